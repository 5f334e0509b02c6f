/** A column in order, as one plain array. */
import { wholeGrid } from "../engine/grid.js";
import { isPrepared, type Prepared } from "../source/prepared.js";
import { type NumericInput, numericSide } from "../source/sides.js";
import type { Missing, Values } from "../source/source.js";
import { denseSource, integersOf } from "../source/values.js";

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
  const source = denseSource({ chunks, rows, representation: integersOf(side) ?? "f64", selection: null });
  const values = source.ordered(wholeGrid, Uint32Array.of(0));
  return { values, missing: source.missing() };
}

/** Prepared integers that doubles can hold were kept as doubles. */
function copyOf({ values, integers }: Prepared): Values {
  if (integers === null || !(values instanceof Float64Array)) return values.slice();
  const found = Array.from(values, BigInt);
  return integers === "u64" ? BigUint64Array.from(found) : BigInt64Array.from(found);
}
