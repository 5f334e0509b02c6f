/** What lies in a pane: rows in the order in which they came, and values of series. */
import type { Column, Table } from "../column/column.js";
import { sliceTable } from "../column/slice.js";
import type { Chunk, Chunks } from "../engine/chunk.js";
import { sizeOf } from "../engine/in-memory.js";
import { inSharedMemory } from "../engine/sendable.js";

export interface Pane {
  readonly pieces: Table[];
  rows: number;
  bytes: number;
  /** Of its rows; infinite where there is none. */
  first: number;
  last: number;
  /** By series. */
  readonly series: Map<string, number[]>;
}

export function newPane(): Pane {
  return {
    pieces: [],
    rows: 0,
    bytes: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    series: new Map(),
  };
}

/** Adds rows, whose buffers nobody else changes; they are put into shared memory. */
export function addRows(pane: Pane, rows: Table, first: number, last: number): void {
  const shared = inSharedMemory(rows);
  pane.pieces.push(shared);
  pane.rows += rows.rows;
  pane.bytes += bytesOf(shared);
  pane.first = Math.min(pane.first, first);
  pane.last = Math.max(pane.last, last);
}

/** Bytes of a table's buffers. */
export function bytesOf({ columns }: Table): number {
  let bytes = 0;
  for (const { chunks } of columns.values()) for (const chunk of chunks as Iterable<Chunk>) bytes += sizeOf(chunk);
  return bytes;
}

/** Tables of the same columns, one after the other, without copying any. */
export function concatenated(tables: readonly Table[]): Table | null {
  const [first] = tables;
  if (!first) return null;
  if (tables.length === 1) return first;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const columns = [...first.columns].map(([name, column]): [string, Column] => {
    const chunks = tables.flatMap((table) => [...(table.columns.get(name)!.chunks as Chunks<Chunk>)]);
    return [name, { ...column, rows, chunks } as Column];
  });
  return { rows, columns: new Map(columns), unsupported: first.unsupported };
}

/** The first rows of a pane. */
export function firstRows({ pieces, rows }: Pane, count: number): Table | null {
  const whole = count === 0 ? null : concatenated(pieces);
  return whole && (count < rows ? sliceTable(whole, 0, count) : whole);
}
