/** A summary of a column from which the number of distinct values can be estimated (HyperLogLog). */

/** Plain data; the functions over it change the registers in place. */
export interface DistinctSketch {
  /** Bits of a hash that choose the register: there are 2^precision. */
  readonly precision: number;
  readonly registers: Uint8Array;
}
