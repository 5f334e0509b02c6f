/** `profileStream`: rows in, as they come, and at any time a profile of those that came. */
import type { Column, Table } from "../column/column.js";
import { columnOf } from "../column/column-of.js";
import { type TableInput, tableOf } from "../column/table-of.js";
import { knownOptions, shown } from "../statistics/option-checks.js";
import type { Profile } from "./profile.js";
import { type CategoriesOption, checkedLimit } from "./profile-column.js";
import { addTable, emptyTable, tableProfile } from "./table-accumulator.js";

/** One value of a row; undefined is null. */
export type RowValue = number | bigint | boolean | string | Date | null | undefined;

/** One row: its columns' values by name. A column that it lacks is null in it. */
export type Row = { readonly [column: string]: RowValue };

export interface ProfileStream {
  /**
   * Adds rows: objects, a record of columns, an Arrow RecordBatch or Table, or a Smirnov table. Nothing that was passed is
   * kept or changed.
   *
   * @throws TypeError when values of two types are in one column, RangeError when columns differ in length, FormatError for
   *   an Arrow batch that is not what it must be; then nothing of the batch was added
   */
  push(batch: readonly Row[] | TableInput): void;
  /** The profile of all rows so far. */
  profile(): Profile;
  /** The same, and the end: nothing can be pushed afterwards. */
  finish(): Profile;
}

/**
 * Profiles rows as they come, in batches of any size, into the same profile that `profile` makes of all of them at once,
 * bit for bit.
 *
 * A column that appears later held null before, one that no longer comes holds null from then on, and one without values
 * takes any type. It keeps at most 65 536 values a column that are not in the profile yet.
 *
 * @throws TypeError, RangeError for options that are none
 */
export function profileStream(options: CategoriesOption = {}): ProfileStream {
  knownOptions("profileStream", options, ["categories"]);
  const table = emptyTable(checkedLimit("profileStream", options));
  let finished = false;
  return {
    push(batch) {
      if (finished) throw new TypeError("profileStream: nothing can be pushed after finish");
      addTable(table, isRows(batch) ? tableOfRows(batch, table.rows) : tableOf(batch), "profileStream");
    },
    profile: () => tableProfile(table),
    finish() {
      finished = true;
      return tableProfile(table);
    },
  };
}

function isRows(batch: readonly Row[] | TableInput): batch is readonly Row[] {
  return Array.isArray(batch);
}

/** Rows as a table. */
function tableOfRows(rows: readonly Row[], first: number): Table {
  const values = new Map<string, RowValue[]>();
  for (const [k, row] of rows.entries()) {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      throw new TypeError(`profileStream: rows must be objects, got ${shown(row)} in row ${first + k}`);
    }
    for (const name of Object.keys(row)) {
      let column = values.get(name);
      if (!column) {
        column = new Array<RowValue>(rows.length).fill(null);
        values.set(name, column);
      }
      column[k] = row[name];
    }
  }
  const columns = new Map<string, Column>();
  for (const [name, column] of values) columns.set(name, columnOf(column as number[], name, "profileStream"));
  return { rows: rows.length, columns, unsupported: new Map() };
}
