/** Record batches as they come, as one table. */
import type { Column, Table } from "../column/column.js";
import { type TableInput, tableOf } from "../column/table-of.js";
import { wantedColumns } from "./columns.js";
import type { Opened, OpenedColumn } from "./opened.js";
import type { Spill, SpilledColumn } from "./spill.js";

/** What gives batches: tables, Arrow Tables or RecordBatches, or records of columns. */
export type Batches = AsyncIterable<TableInput> | Iterable<TableInput>;

/**
 * Takes batch after batch; nothing of one is used after the next was asked for.
 *
 * @param columns only these; all when undefined
 * @throws TypeError when a batch has other columns than the first; RangeError for none, and for a column that is not there
 */
export async function openBatches(
  batches: Batches,
  columns: readonly string[] | undefined,
  spill: Spill,
): Promise<Opened> {
  let first: { readonly types: Map<string, string>; readonly made: Map<string, SpilledColumn> } | undefined;
  const unsupported = new Map<string, string>();
  let [rows, number] = [0, 0];
  for await (const batch of batches) {
    const table = tableOf(batch);
    const types = typesOf(table);
    number++;
    if (!first) {
      first = { types, made: new Map() };
      const names = [...types.keys()];
      const selected = wantedColumns(names, columns, "openTable");
      const wanted = new Set(names.filter((_, index) => selected[index]));
      for (const [name, column] of table.columns) {
        const about = { ...column, rows: 0, chunks: [] } as Column;
        if (wanted.has(name)) first.made.set(name, spill.column(about, `column ${name}`));
      }
      for (const [name, type] of table.unsupported) if (wanted.has(name)) unsupported.set(name, type);
    } else checkSame(first.types, types, number);
    for (const [name, column] of first.made) {
      for (const chunk of table.columns.get(name)!.chunks) spill.add(column, chunk, false);
    }
    rows += table.rows;
  }
  if (!first) throw new RangeError("openTable: needs at least one batch, got none");
  const opened = [...first.made].map(([name, spilled]): [string, OpenedColumn] => [
    name,
    { about: spilled.about, spilled },
  ]);
  return { where: "batches", rows, columns: new Map(opened), unsupported };
}

function typesOf({ columns, unsupported }: Table): Map<string, string> {
  const types = new Map<string, string>();
  for (const [name, { type }] of columns) types.set(name, type);
  for (const [name, type] of unsupported) types.set(name, type);
  return types;
}

function checkSame(expected: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>, number: number): void {
  for (const [name, type] of expected) {
    const own = found.get(name);
    if (own === type) continue;
    throw new TypeError(
      `openTable: ${name} is ${type} in the first batch, and batch ${number} has ${own ?? "no such column"}`,
    );
  }
  for (const name of found.keys()) {
    if (!expected.has(name))
      throw new TypeError(`openTable: batch ${number} has ${name}, and the first has no such column`);
  }
}
