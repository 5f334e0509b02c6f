/** A column's values as they come, row by row: for what depends on more than their order. */
import { isFixed } from "../column/column.js";
import { type ColumnInput, columnOf } from "../column/column-of.js";
import { denseValues } from "../engine/sample.js";
import { isPrepared } from "./prepared.js";
import type { NumericInput } from "./sides.js";
import type { Missing } from "./source.js";

/**
 * The values of one side as doubles, without null and NaN; those of a prepared column in order.
 *
 * @param caller, which named in errors
 * @throws TypeError for text
 */
export function rowValues(
  caller: string,
  which: string,
  input: NumericInput,
): { readonly values: Float64Array; readonly missing: Missing } {
  if (isPrepared(input) && input.kind !== "categorical") {
    return { values: Float64Array.from(input.values as Float64Array, Number), missing: input.missing };
  }
  const column = isPrepared(input) ? input : columnOf(input as ColumnInput, which, caller);
  if (!("chunks" in column) || !isFixed(column)) {
    throw new TypeError(`${caller}: ${which} must hold numbers, got ${column.type}`);
  }
  const { chunks, rows } = column;
  const found = denseValues({ chunks, rows, representation: "f64", selection: null });
  const values = found.some(Number.isNaN) ? found.filter((value) => !Number.isNaN(value)) : found;
  return { values, missing: { rows, null: rows - found.length, nan: found.length - values.length } };
}
