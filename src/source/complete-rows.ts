/** Several columns row by row, without the rows in which one is missing. */
import { type Column, isFixed } from "../column/column.js";
import { type ColumnInput, columnOf } from "../column/column-of.js";
import { type ChosenRows, nullsOf, numbersOf, textsOf } from "./chosen-rows.js";
import type { Missing } from "./source.js";

/** What a column is taken for: numbers, or names (of text, of truth values "false" and "true", of numbers as printed). */
export type RowKind = "numbers" | "names";

export interface NamedColumn {
  readonly name: string;
  readonly input: ColumnInput;
  readonly kind: RowKind;
}

export interface CompleteRows {
  /** By position: the numbers of columns of numbers, in row order; empty for names. */
  readonly numbers: readonly Float64Array[];
  /** By position: the names of columns of names; empty for numbers. */
  readonly names: readonly (readonly string[])[];
  readonly rows: number;
  /** Their numbers in the columns. */
  readonly kept: ChosenRows;
  /** Rows left out: `null` where a column is, `nan` where else one is NaN. */
  readonly missing: Missing;
}

/**
 * @param caller named in errors
 * @throws TypeError for columns that hold neither, RangeError for columns of unequal length
 */
export function completeRows(caller: string, given: readonly NamedColumn[]): CompleteRows {
  const columns = given.map(({ name, input, kind }) => checked(caller, name, columnOf(input, name, caller), kind));
  const rows = columns[0]?.rows ?? 0;
  columns.forEach((column, k) => {
    if (column.rows === rows) return;
    throw new RangeError(`${caller}: ${given[k]!.name} needs ${rows} rows like ${given[0]!.name}, got ${column.rows}`);
  });
  const all = Float64Array.from({ length: rows }, (_, row) => row);
  const isNull = new Uint8Array(rows);
  const nan = new Uint8Array(rows);
  const values = columns.map((column, k) => {
    nullsOf(column, all).forEach((wrong, row) => {
      isNull[row]! |= wrong;
    });
    if (column.kind === "categorical") return textsOf(column, all);
    const found = numbersOf(column, all);
    found.forEach((value, row) => {
      if (Number.isNaN(value)) nan[row] = 1;
    });
    if (given[k]!.kind === "numbers") return found;
    return Array.from(found, (value) => (column.kind === "boolean" ? String(value === 1) : String(value)));
  });
  const kept = all.filter((row) => isNull[row] === 0 && nan[row] === 0);
  const nulls = isNull.reduce((sum, one) => sum + one, 0);
  return {
    numbers: values.map((column) =>
      column instanceof Float64Array ? kept.map((row) => column[row]!) : new Float64Array(0),
    ),
    names: values.map((column) => (column instanceof Float64Array ? [] : Array.from(kept, (row) => column[row]!))),
    rows: kept.length,
    kept,
    missing: { rows, null: nulls, nan: rows - nulls - kept.length },
  };
}

function checked(caller: string, name: string, column: Column, kind: RowKind) {
  if (column.kind !== "vector" && column.kind !== "temporal" && (kind === "names" || isFixed(column))) return column;
  throw new TypeError(`${caller}: ${name} must hold ${kind === "names" ? "classes" : "numbers"}, got ${column.type}`);
}
