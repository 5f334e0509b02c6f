/** Files of one schema as one table. */
import type { Column, Table } from "../column/column.js";
import type { Chunk, Chunks } from "../engine/chunk.js";
import { FileChunks, type Stretch } from "./stored-chunks.js";

/** One column of one file: without chunks, and where its rows lie. */
export interface OpenedColumn {
  readonly about: Column;
  readonly stretch: Stretch;
}

/** What is known of one file. */
export interface Opened {
  /** For messages. */
  readonly where: string;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, OpenedColumn>;
  readonly unsupported: ReadonlyMap<string, string>;
}

/**
 * The rows of all files, in order.
 *
 * @param owner what has to live as long as the columns
 * @throws TypeError when a file has other columns than the first, or a column of another type
 */
export function tableOfFiles(files: readonly Opened[], memory: number, owner?: object): Table {
  const [first, ...others] = files as [Opened, ...Opened[]];
  for (const other of others) checkSame(first, other);
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const columns = new Map<string, Column>();
  for (const [name, { about }] of first.columns) {
    const stretches = files.map((file) => file.columns.get(name)!.stretch);
    const chunks: Chunks<Chunk> = rows === 0 ? [] : new FileChunks({ stretches, memory }, owner);
    columns.set(name, { ...about, rows, chunks } as Column);
  }
  return { rows, columns, unsupported: first.unsupported, stored: true };
}

function checkSame(first: Opened, other: Opened): void {
  const types = (file: Opened): Map<string, string> =>
    new Map([...file.unsupported, ...[...file.columns].map(([name, { about }]) => [name, about.type] as const)]);
  const [expected, found] = [types(first), types(other)];
  for (const [name, type] of expected) {
    const own = found.get(name);
    if (own === type) continue;
    const what = own === undefined ? "no such column" : own;
    throw new TypeError(`openTable: ${name} is ${type} in ${first.where}, and ${other.where} has ${what}`);
  }
  for (const name of found.keys()) {
    if (!expected.has(name)) throw new TypeError(`openTable: ${other.where} has ${name}, and ${first.where} has no such column`);
  }
}
