/** A column in order, as one plain array. */
import { withResident } from "../engine/dense.js";
import { wholeGrid } from "../engine/grid.js";
import { cellsToOrder } from "../source/grid-for.js";
import { answerNow, one, type Plan, type Side } from "../source/plan.js";
import { isPrepared, type Prepared } from "../source/prepared.js";
import { type NumericInput, numericSide } from "../source/sides.js";
import type { Missing, Values } from "../source/source.js";
import { denseSource, integersOf } from "../source/values.js";
import { orderAtOnce } from "./gap.js";

/** What `sort` returns. */
export interface SortedColumn {
  /** BigInt64Array and BigUint64Array for columns of 64-bit integers, Float64Array for all others. */
  readonly values: Float64Array | BigInt64Array | BigUint64Array;
  readonly missing: Missing;
}

/**
 * Sorts a column's values; truth values are 0 and 1, points in time are in the column's unit.
 *
 * @param column  numbers; nulls and NaN are left out and counted, -0 comes as 0
 * @returns all values in ascending order, in an array of their own
 * @throws TypeError for text
 * @see oracle: numpy.sort
 */
export function sort(column: NumericInput): SortedColumn {
  const side = numericSide("sort", "the column", column);
  if (isPrepared(side)) return { values: copyOf(side), missing: side.missing };
  const { chunks, rows } = side;
  // What the column's type is, whatever its values are.
  const dense = { chunks, rows, representation: integersOf(side) ?? "f64", selection: null } as const;
  return withResident([dense], ([column]) => {
    const source = denseSource(column!);
    return { values: answerNow(sortedPlan(0), source), missing: source.missing() };
  });
}

/** All values of one side in order: of long columns cell by cell, each of which is sorted inside the cache. */
export function* sortedPlan(side: Side): Plan<Values> {
  const size = yield* one(side, "size");
  if (size <= orderAtOnce) return yield* one(side, "ordered", wholeGrid, Uint32Array.of(0));
  const grid = yield* one(side, "grid", cellsToOrder);
  const all = Uint32Array.from({ length: grid.count }, (_, cell) => cell);
  return yield* one(side, "ordered", grid, all);
}

/** Prepared integers that doubles can hold were kept as doubles. */
function copyOf({ values, integers }: Prepared): Values {
  if (integers === null || !(values instanceof Float64Array)) return values.slice();
  const found = Array.from(values, BigInt);
  return integers === "u64" ? BigUint64Array.from(found) : BigInt64Array.from(found);
}
