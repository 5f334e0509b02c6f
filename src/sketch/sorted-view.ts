/** Ranks and quantiles of a sketch. */
import type { QuantileSketch } from "./quantile-sketch.js";

/** All values that a sketch kept, ascending, and how many of those added it takes to lie there or before; of equal values the last counts. */
export interface SortedView {
  readonly values: Float64Array;
  readonly ranks: Float64Array;
}

export function sortedView({ values, sizes }: QuantileSketch): SortedView {
  let merged: SortedView = { values: new Float64Array(0), ranks: new Float64Array(0) };
  let from = 0;
  for (let h = 0; h < sizes.length; h++) {
    if (sizes[h] === 0) continue;
    merged = beside(merged, values.subarray(from, from + sizes[h]!), 2 ** h);
    from += sizes[h]!;
  }
  return merged;
}

/** A view with the values of one more level. */
function beside({ values, ranks }: SortedView, level: Float64Array, weight: number): SortedView {
  const all = {
    values: new Float64Array(values.length + level.length),
    ranks: new Float64Array(values.length + level.length),
  };
  for (let i = 0, j = 0, k = 0; k < all.values.length; k++) {
    if (j === level.length || (i < values.length && values[i]! <= level[j]!)) all.values[k] = values[i++]!;
    else all.values[k] = level[j++]!;
    all.ranks[k] = (i > 0 ? ranks[i - 1]! : 0) + j * weight;
  }
  return all;
}

/** Share of the values at or below `value`: 0 below the smallest, 1 from the largest on. @throws RangeError of no values */
export function sketchRank(sketch: QuantileSketch, value: number): number {
  if (sketch.count === 0) throw new RangeError("sketchRank: the sketch needs at least one value");
  if (value < sketch.min) return 0;
  return value >= sketch.max ? 1 : rankOf(sketch, value) / sketch.count;
}

/** Σ 2^h · how many values of level h are at or below. */
function rankOf({ values, sizes }: QuantileSketch, value: number): number {
  let rank = 0;
  let from = 0;
  for (let h = 0; h < sizes.length; h++) {
    const end = from + sizes[h]!;
    rank += 2 ** h * (firstAbove(values, from, end, value) - from);
    from = end;
  }
  return rank;
}

/** The first index in [from, end) whose value is above, else `end`. */
function firstAbove(values: Float64Array, from: number, end: number, value: number): number {
  let low = from;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * For each probability p the smallest kept value at or below which there are at least p of all; the smallest and the
 * largest value of all for 0 and 1.
 *
 * @throws RangeError of no values, and for what is not in [0, 1]
 */
export function sketchQuantiles(sketch: QuantileSketch, probabilities: readonly number[]): number[] {
  if (sketch.count === 0) throw new RangeError("sketchQuantiles: the sketch needs at least one value");
  const { values, ranks } = sortedView(sketch);
  return probabilities.map((p) => {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`sketchQuantiles: probabilities must be in [0, 1], got ${p}`);
    if (p === 0 || p === 1) return p === 0 ? sketch.min : sketch.max;
    let low = 0;
    let high = values.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ranks[middle]! >= p * sketch.count) high = middle;
      else low = middle + 1;
    }
    return values[low]!;
  });
}
