/** Ranks of values, equal ones sharing the mean of theirs. */
import { denseOf } from "../engine/dense.js";
import { doubledRanks } from "../engine/row-ranks.js";

/** From 1 on, in the order of the values; none of them is NaN. */
export function midRanks(values: Float64Array): Float64Array {
  return Float64Array.from(doubledRanks(denseOf(values)), (rank) => rank / 2);
}
