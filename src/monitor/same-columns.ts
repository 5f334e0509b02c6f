/** Rows that are put together have the same columns. */
import type { Column, Table } from "../column/column.js";
import { shown } from "../statistics/option-checks.js";

/**
 * @param known  rows that came before
 * @returns what the next rows have to have: columns without rows
 * @throws RangeError for rows with other columns, TypeError for a column of another type
 */
export function sameColumns(known: Table | null, { columns, unsupported }: Table): Table {
  if (known === null) {
    const none = [...columns].map(([name, column]): [string, Column] => [name, { ...column, rows: 0, chunks: [] }]);
    return { rows: 0, columns: new Map(none), unsupported };
  }
  for (const [name, { type }] of known.columns) {
    const column = columns.get(name);
    if (!column)
      throw new RangeError(`Monitor.push: rows need column ${shown(name)} as the ones before, and have none`);
    if (column.type !== type) {
      throw new TypeError(`Monitor.push: column ${shown(name)} must be ${type} as before, got ${column.type}`);
    }
  }
  const more = [...columns.keys()].find((name) => !known.columns.has(name));
  if (more === undefined) return known;
  throw new RangeError(`Monitor.push: rows need the columns of the ones before, got ${shown(more)} as well`);
}
