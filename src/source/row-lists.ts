/** Rows of two columns of numbers in lists, one for each value of a third. */
import { numbersByRow, presence } from "../column/by-row.js";
import { type FixedColumn, isFixed } from "../column/column.js";
import { type ColumnInput, columnOf } from "../column/column-of.js";
import { nanCode, nullCode, rowCodes } from "../column/row-codes.js";
import { isPrepared } from "./prepared.js";
import type { Missing } from "./source.js";

export interface NamedInput {
  readonly name: string;
  readonly input: ColumnInput;
}

export interface RowLists {
  /** Row by row, one list after the other, in the order in which lists are first seen. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** Where each list ends. */
  readonly ends: Uint32Array;
  /** Rows left out: `null` where one of the three is, `nan` where else one is NaN. */
  readonly missing: Missing;
}

/**
 * @param caller named in errors
 * @throws TypeError for text where numbers are needed, for vectors, and for prepared columns, whose rows are in another order;
 *   RangeError for columns of unequal length
 */
export function rowLists(caller: string, first: NamedInput, second: NamedInput, list: NamedInput): RowLists {
  const columns = [first, second, list].map(({ name, input }) => {
    if (!isPrepared(input)) return columnOf(input, name, caller);
    throw new TypeError(`${caller}: rows that belong together need the columns as they are, got a prepared ${name}`);
  });
  const [one, other] = [first, second].map(({ name }, k) => {
    const column = columns[k]!;
    if (isFixed(column)) return column;
    throw new TypeError(`${caller}: ${name} must hold numbers, got ${column.type}`);
  }) as [FixedColumn, FixedColumn];
  const key = columns[2]!;
  if (key.kind === "vector") throw new TypeError(`${caller}: ${list.name} must tell lists apart, got ${key.type}`);
  for (const [k, column] of columns.entries()) {
    if (column.rows === one.rows) continue;
    const { name } = [first, second, list][k]!;
    throw new RangeError(`${caller}: ${name} needs ${one.rows} rows like ${first.name}, got ${column.rows}`);
  }
  const [x, y] = [numbersByRow(one), numbersByRow(other)];
  const [hasX, hasY] = [presence(one), presence(other)];
  const { codes, limit } = rowCodes([key]);
  const lists = codes[0]!;
  let nulls = 0;
  let nan = 0;
  const sizes = new Uint32Array(limit);
  for (let row = 0; row < one.rows; row++) {
    const code = lists[row]!;
    if (code === nullCode || hasX[row] === 0 || hasY[row] === 0) nulls++;
    else if (code === nanCode || Number.isNaN(x[row]) || Number.isNaN(y[row])) nan++;
    else {
      sizes[code]!++;
      continue;
    }
    lists[row] = nullCode;
  }
  const next = new Uint32Array(limit);
  let rows = 0;
  for (let code = 0; code < limit; code++) {
    next[code] = rows;
    rows += sizes[code]!;
  }
  const [left, right] = [new Float64Array(rows), new Float64Array(rows)];
  for (let row = 0; row < one.rows; row++) {
    const code = lists[row]!;
    if (code === nullCode) continue;
    const to = next[code]!++;
    left[to] = x[row]!;
    right[to] = y[row]!;
  }
  const ends = next.filter((_, code) => sizes[code]! > 0);
  return { first: left, second: right, ends, missing: { rows: one.rows, null: nulls, nan } };
}
