/** `prepare`: a reference that many windows will be compared with is read once, column by column or a table at once. */
import { type FixedColumn, isFixed, type Table, type TextColumn, type VectorColumn } from "../column/column.js";
import { type ColumnInput, isColumn, isVectors } from "../column/column-of.js";
import { type TableInput, tableOf } from "../column/table-of.js";
import { isVector } from "../column/vector.js";
import type { ColumnProfile } from "../profile/profile.js";
import type { PreparedCategories } from "../source/categories.js";
import type { Prepared } from "../source/prepared.js";
import { prepare as prepareOne } from "../source/sides.js";

/** A table that was read once, as `prepare` returns it. Give it to `compare` as the reference. */
export interface PreparedTable {
  readonly prepared: true;
  readonly rows: number;
  /** Vectors are as they were. */
  readonly columns: ReadonlyMap<string, Prepared | PreparedCategories | VectorColumn>;
  readonly unsupported: Table["unsupported"];
}

/** A column, or one that was prepared. */
export type AnyColumn = FixedColumn | TextColumn | VectorColumn | Prepared | PreparedCategories;

/** A table, one that was prepared, or a profile. */
export interface AnyTable extends Pick<Table, "rows" | "unsupported"> {
  readonly columns: ReadonlyMap<string, AnyColumn | ColumnProfile>;
}

/**
 * Orders a column of numbers, or counts a column of text, once; of a table, every column. Every later comparison with it
 * as the reference reads only the current side.
 *
 * @param reference numbers, truth values, points in time or text, or a table of such columns; nulls and NaN are left out
 *   and counted. A table's vectors and what is not supported are carried along as they are
 * @returns plain data, valid as long as it is referenced and safe to share between comparisons that run at the same time;
 *   costs 13 bytes a value, or an entry for each distinct text
 * @throws TypeError for types that are not supported, and as `tableOf` for what is no table
 */
export function prepare(reference: readonly (number | null | undefined)[] | ArrayBufferView | FixedColumn): Prepared;
export function prepare(reference: readonly (string | null | undefined)[] | TextColumn): PreparedCategories;
export function prepare(reference: Exclude<ColumnInput, VectorColumn>): Prepared | PreparedCategories;
export function prepare(reference: TableInput): PreparedTable;
export function prepare(reference: ColumnInput | TableInput): Prepared | PreparedCategories | PreparedTable {
  if (isOneColumn(reference)) return prepareOne(reference);
  const { rows, columns, unsupported } = tableOf(reference);
  const prepared = new Map<string, Prepared | PreparedCategories | VectorColumn>();
  for (const [name, column] of columns) {
    prepared.set(name, isFixed(column) || column.kind === "categorical" ? prepareOne(column) : column);
  }
  return { prepared: true, rows, columns: prepared, unsupported };
}

/** What is no object is left to `columnOf` to refuse. */
function isOneColumn(input: ColumnInput | TableInput): input is ColumnInput {
  if (typeof input !== "object" || input === null || ArrayBuffer.isView(input) || Array.isArray(input)) return true;
  return isVector(input) || isColumn(input) || isVectors(input);
}

/** Whether a table came from `prepare`. */
export function isPreparedTable(input: unknown): input is PreparedTable {
  if (typeof input !== "object" || input === null || (input as Partial<PreparedTable>).prepared !== true) return false;
  const { columns, unsupported } = input as Partial<PreparedTable>;
  return columns instanceof Map && unsupported instanceof Map;
}
