/** Rows of a table, without copying any. */
import { bitsOf, type Chunk, type Chunks, type FixedChunk, isStored, type Rows } from "../engine/chunk.js";
import type { Column, Table } from "./column.js";

/**
 * The rows from `start` up to but without `end`, as views of the same buffers.
 *
 * @throws RangeError unless 0 <= start <= end <= rows
 */
export function sliceTable(table: Table, start: number, end: number): Table {
  if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= table.rows)) {
    throw new RangeError(`sliceTable: rows must lie within 0 to ${table.rows}, got ${start} to ${end}`);
  }
  const columns = [...table.columns].map(([name, column]) => [name, sliceColumn(column, start, end)] as const);
  return { rows: end - start, columns: new Map(columns), unsupported: table.unsupported };
}

/** The rows of one column, as `sliceTable` takes them of all; of a stored one they are copied. */
export function sliceColumn(column: Column, start: number, end: number): Column {
  const chunks: Chunk[] = [];
  const all = column.chunks as Chunks<Chunk>;
  if (isStored(all)) return { ...column, rows: end - start, chunks: all.slice(start, end) } as Column;
  let row = 0;
  for (const chunk of all) {
    const from = Math.max(start - row, 0);
    const to = Math.min(end - row, chunk.length);
    if (from < to) chunks.push(sliceChunk(chunk, from, to));
    row += chunk.length;
  }
  return { ...column, rows: end - start, chunks } as Column;
}

/** Some rows of a chunk, as views of the same buffers. */
export function sliceChunk(chunk: Chunk, from: number, to: number): Chunk {
  if ("layout" in chunk) return sliceFixed(chunk, from, to);
  const rows = sliceRows(chunk, from, to);
  if ("components" in chunk) {
    const { dimension, components } = chunk;
    return { ...chunk, ...rows, components: sliceFixed(components, from * dimension, to * dimension) };
  }
  if ("strings" in chunk) return { ...chunk, ...rows, strings: chunk.strings.slice(from, to) };
  if ("codes" in chunk) return { ...chunk, ...rows, codes: sliceFixed(chunk.codes, from, to) };
  if ("views" in chunk) return { ...chunk, ...rows, views: chunk.views.subarray(16 * from, 16 * to) };
  return { ...chunk, ...rows, offsets: chunk.offsets.subarray(from, to + 1) };
}

function sliceFixed(chunk: FixedChunk, from: number, to: number): FixedChunk {
  const firstBit = chunk.bitOffset + from * bitsOf[chunk.layout];
  const lastBit = chunk.bitOffset + to * bitsOf[chunk.layout];
  const bytes = chunk.bytes.subarray(Math.floor(firstBit / 8), Math.ceil(lastBit / 8));
  return { ...chunk, ...sliceRows(chunk, from, to), bytes, bitOffset: firstBit % 8 };
}

function sliceRows({ validityOffset }: Rows, from: number, to: number): Pick<Rows, "length" | "validityOffset"> {
  return { length: to - from, validityOffset: validityOffset + from };
}
