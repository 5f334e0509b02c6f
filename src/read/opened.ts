/** Files of one schema as one table. */
import type { Column, Table } from "../column/column.js";
import type { Chunk, Chunks } from "../engine/chunk.js";
import type { Spill, SpilledColumn } from "./spill.js";
import { FileChunks, type Stretch } from "./stored-chunks.js";

/** One column of one file: without chunks, and where its rows lie. */
export interface OpenedColumn {
  readonly about: Column;
  /** Where they lie in a file that stays where it is. */
  readonly stretch?: Stretch;
  /** What was decoded. */
  readonly spilled?: SpilledColumn;
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
 * @param spill  holds what was decoded
 * @throws TypeError when a file has other columns than the first, or a column of another type
 */
export function tableOfFiles(files: readonly Opened[], memory: number, spill: Spill): Table {
  const [first, ...others] = files as [Opened, ...Opened[]];
  for (const other of others) checkSame(first, other);
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const columns = new Map<string, Column>();
  // What stays in a file and what is in memory do not make one column.
  if (files.some((file) => [...file.columns.values()].some(({ stretch }) => stretch))) spill.toFile();
  for (const [name, { about }] of first.columns) {
    const parts = files.map((file) => file.columns.get(name)!);
    columns.set(name, { ...about, rows, chunks: rows === 0 ? [] : chunksOf(parts, memory, spill) } as Column);
  }
  return { rows, columns, unsupported: first.unsupported, stored: true };
}

function chunksOf(parts: readonly OpenedColumn[], memory: number, spill: Spill): Chunks<Chunk> {
  const place = spill.place();
  if (!place && parts.every(({ spilled }) => spilled)) return parts.flatMap(({ spilled }) => spilled!.chunks);
  const stretches = parts.map(({ stretch, spilled }) => stretch ?? { place: place!, parts: spilled!.parts });
  return new FileChunks({ stretches, memory }, spill);
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
    if (!expected.has(name))
      throw new TypeError(`openTable: ${other.where} has ${name}, and ${first.where} has no such column`);
  }
}
