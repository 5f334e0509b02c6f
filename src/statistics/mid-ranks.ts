/** Ranks of values, equal ones sharing the mean of theirs. */
import { denseOf } from "../engine/dense.js";
import { orderAll } from "../engine/order.js";

/** From 1 on, in the order of the values; none of them is NaN. */
export function midRanks(values: Float64Array): Float64Array {
  const inOrder = orderAll(denseOf(values)).values as Float64Array;
  const distinct = new Float64Array(inOrder.length);
  const ranks = new Float64Array(inOrder.length);
  let count = 0;
  for (let from = 0; from < inOrder.length; ) {
    let to = from + 1;
    while (to < inOrder.length && inOrder[to] === inOrder[from]) to++;
    distinct[count] = inOrder[from]!;
    ranks[count++] = (from + to + 1) / 2;
    from = to;
  }
  return values.map((value) => ranks[placeOf(value, distinct, count)]!);
}

/** The last of the distinct values that is not above. */
function placeOf(value: number, distinct: Float64Array, count: number): number {
  let low = 0;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (distinct[middle]! <= value) low = middle;
    else high = middle;
  }
  return low;
}
