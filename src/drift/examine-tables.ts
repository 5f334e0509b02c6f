/** All columns of two tables, one after the other: what each shows, before anything is decided. */
import type { Column, Table } from "../column/column.js";
import { type ColumnFindings, examine } from "./columns.js";
import { type CompareOptions, choiceOf, columnNames, type Settings } from "./options.js";

/** What was found in two tables. */
export interface Examined {
  readonly rows: { readonly reference: number; readonly current: number };
  readonly columns: ReadonlyMap<string, ColumnFindings>;
}

/** Gives other work a turn after each column, reports progress and stops when told to. */
export async function examineTables(
  before: Table,
  after: Table,
  options: CompareOptions,
  { minimumValues }: Settings,
): Promise<Examined> {
  const names = columnNames(before, after, options.columns);
  const columns = new Map<string, ColumnFindings>();
  for (const [done, column] of names.entries()) {
    options.signal?.throwIfAborted();
    const choose = (kind: Column["kind"]) => choiceOf(options, column, kind);
    const settings = { choose, temporal: options.temporal ?? false, minimumValues };
    columns.set(column, examine(side(before, column), side(after, column), settings));
    options.onProgress?.({ done: done + 1, total: names.length, column });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { rows: { reference: before.rows, current: after.rows }, columns };
}

function side(table: Table, name: string): Column | { readonly unsupported: string } | null {
  const unsupported = table.unsupported.get(name);
  return table.columns.get(name) ?? (unsupported === undefined ? null : { unsupported });
}
