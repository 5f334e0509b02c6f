/** Rows in groups of equal scores: what ranks rows without ordering them. */
import { denseOf } from "../engine/dense.js";
import { orderAll } from "../engine/order.js";

export interface ScoreGroups {
  /** Ascending, all different. */
  readonly distinct: Float64Array;
  /** Of each row: the number of its score among the distinct ones. */
  readonly groupOf: Uint32Array;
}

/** @param scores without NaN */
export function scoreGroups(scores: Float64Array): ScoreGroups {
  const sorted = orderAll(denseOf(scores)).values as Float64Array;
  let count = 0;
  for (let k = 0; k < sorted.length; k++) {
    if (k === 0 || sorted[k] !== sorted[k - 1]) sorted[count++] = sorted[k]!;
  }
  const distinct = sorted.slice(0, count);
  return { distinct, groupOf: groupsOf(scores, distinct) };
}

/**
 * Bisection among the distinct scores of a cell: evenly spaced cells, as many as scores, hold few each unless scores are
 * spread over powers of ten.
 */
function groupsOf(scores: Float64Array, distinct: Float64Array): Uint32Array {
  const count = distinct.length;
  const low = distinct[0]!;
  const width = distinct[count - 1]! - low;
  const scale = width > 0 && count / width < Number.POSITIVE_INFINITY ? count / width : 0;
  // One rule for scores and for those that they are looked up among; what is not finite (∞ · 0) lies in the first cell.
  const cellOf = (score: number): number => Math.min(Math.trunc((score - low) * scale) || 0, count - 1);
  const starts = new Uint32Array(count + 1);
  for (let k = 0; k < count; k++) starts[cellOf(distinct[k]!) + 1] = k + 1;
  for (let cell = 0; cell < count; cell++) starts[cell + 1] = Math.max(starts[cell]!, starts[cell + 1]!);
  const groupOf = new Uint32Array(scores.length);
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    const cell = cellOf(score);
    let [from, to] = [starts[cell]!, starts[cell + 1]! - 1];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (distinct[middle]! < score) from = middle + 1;
      else to = middle;
    }
    groupOf[row] = from;
  }
  return groupOf;
}

/** Sums of what rows hold, by group. */
export function sumByGroup({ distinct, groupOf }: ScoreGroups, values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(distinct.length);
  for (let row = 0; row < groupOf.length; row++) sums[groupOf[row]!]! += values[row]!;
  return sums;
}

/** Rows of each group. */
export function groupSizes({ distinct, groupOf }: ScoreGroups): Float64Array {
  const sizes = new Float64Array(distinct.length);
  for (let row = 0; row < groupOf.length; row++) sizes[groupOf[row]!]!++;
  return sizes;
}
