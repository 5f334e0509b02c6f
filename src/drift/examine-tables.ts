/** All columns of two tables, one after the other: what each shows, before anything is decided. */
import type { Kind, Table } from "../column/column.js";
import { type ColumnFindings, examine, type SideColumn } from "./columns.js";
import { type CompareOptions, choiceOf, columnNames, type Settings } from "./options.js";
import type { AnyTable } from "./prepare.js";

/** What was found in two tables. */
export interface Examined {
  readonly rows: { readonly reference: number; readonly current: number };
  readonly columns: ReadonlyMap<string, ColumnFindings>;
}

/** Milliseconds after which other work gets a turn: between two columns. */
const turn = 5;

/** Gives other work a turn now and then, reports progress after each column and stops when told to. */
export async function examineTables(
  before: AnyTable,
  after: Table,
  options: CompareOptions,
  { minimumValues }: Settings,
): Promise<Examined> {
  const names = columnNames(before, after, options.columns);
  const columns = new Map<string, ColumnFindings>();
  let since = performance.now();
  for (const [done, column] of names.entries()) {
    options.signal?.throwIfAborted();
    const choose = (kind: Kind) => choiceOf(options, column, kind);
    const settings = { choose, temporal: options.temporal ?? false, minimumValues };
    columns.set(column, examine(side(before, column), side(after, column), settings));
    options.onProgress?.({ done: done + 1, total: names.length, column });
    if (performance.now() - since < turn) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
  return { rows: { reference: before.rows, current: after.rows }, columns };
}

function side(table: AnyTable, name: string): SideColumn {
  const unsupported = table.unsupported.get(name);
  return table.columns.get(name) ?? (unsupported === undefined ? null : { unsupported });
}
