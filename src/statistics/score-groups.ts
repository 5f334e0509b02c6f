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
  const groupOf = new Uint32Array(scores.length);
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (distinct[middle]! < score) low = middle + 1;
      else high = middle;
    }
    groupOf[row] = low;
  }
  return { distinct, groupOf };
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
