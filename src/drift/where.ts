/** The rows of what is looked at that fulfil conditions, where any are given. */
import type { Table } from "../column/column.js";
import { rowsWhere } from "../column/filter-rows.js";
import type { RowFilter } from "../column/row-filter.js";
import { type AnyTable, isPreparedTable } from "./prepare.js";
import { isProfile } from "./profiles/is-profile.js";

/**
 * @param side  what messages call the table
 * @throws TypeError for what has kept no rows, and as `filterRows`
 */
export function tableWhere<T extends AnyTable>(
  caller: string,
  table: T,
  where: RowFilter | undefined,
  side: string,
): T {
  if (where === undefined) return table;
  if (isPreparedTable(table) || isProfile(table)) {
    const what = isProfile(table) ? "a profile" : "a prepared table";
    throw new TypeError(`${caller}: where needs the rows of ${side}, got ${what}`);
  }
  return rowsWhere(caller, table as Table, where, side) as AnyTable as T;
}
