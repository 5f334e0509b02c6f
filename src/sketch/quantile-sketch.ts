/** A summary of a column of numbers from which ranks and quantiles follow within a known error. */

/** Plain data; the functions over it change it in place. */
export interface QuantileSketch {
  /** Values that the largest level may hold before half of them are thrown away. */
  readonly k: number;
  /** Values that were added. */
  count: number;
  /** NaN while there is none. */
  min: number;
  max: number;
  /** `levels[h]`: ascending values that stand for 2^h of those that were added. */
  levels: Float64Array[];
  /** Sum of the squares of the largest errors that each halving may have made, in squared rows; 0 while all values are kept. */
  variance: number;
}
