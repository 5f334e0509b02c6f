/** A few values from all over a column, to see its shape before reading it. */

import { bitsOf, type FixedChunk, isStored } from "./chunk.js";
import { type Dense, eachBlock, plainChunk } from "./dense.js";
import type { Values } from "./grid.js";
import { chunksInMemory } from "./in-memory.js";
import { orderAll } from "./order.js";
import { withScratch } from "./workspace.js";

/** Up to `count` values from rows spread evenly (with a fixed jitter, so that periodic data cannot hide), sorted. */
export function sampleOf(column: Dense, count: number): Values {
  if (column.rows <= count) return orderAll(column).values;
  const rows = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const jitter = (k * 0.6180339887498949) % 1;
    rows[k] = Math.floor(((k + jitter) / count) * column.rows);
  }
  const only = plainChunk(column);
  if (!only) return orderAll(picked(column, rows)).values;
  const view = new DataView(only.bytes.buffer, only.bytes.byteOffset, only.bytes.byteLength);
  const values = new Float64Array(count);
  let found = 0;
  for (let k = 0; k < count; k++) {
    const value = view.getFloat64(rows[k]! * 8, true);
    if (!Number.isNaN(value)) values[found++] = value;
  }
  return values.subarray(0, found).sort();
}

/** The chosen rows that hold a value, each as a chunk of its own. */
function picked(column: Dense, rows: Float64Array): Dense {
  if (isStored(column.chunks) && !column.selection) {
    const found = column.chunks.pick(rows);
    return { chunks: found, rows: found.length, representation: column.representation, selection: null };
  }
  const held = chunksInMemory(column.chunks);
  const chunks: FixedChunk[] = [];
  let chunk = 0;
  let start = 0;
  const { selection } = column;
  for (const row of rows) {
    while (row >= start + held[chunk]!.length) start += held[chunk++]!.length;
    if (selection && !bit(selection.bits, selection.offset + row)) continue;
    const source = held[chunk]!;
    const inChunk = row - start;
    if (source.validity && !bit(source.validity, source.validityOffset + inChunk)) continue;
    const firstBit = source.bitOffset + inChunk * bitsOf[source.layout];
    chunks.push({
      ...source,
      length: 1,
      validity: null,
      bytes: source.bytes.subarray(Math.floor(firstBit / 8), Math.ceil((firstBit + bitsOf[source.layout]) / 8)),
      bitOffset: firstBit % 8,
    });
  }
  return { chunks, rows: chunks.length, representation: column.representation, selection: null };
}

function bit(bits: Uint8Array, index: number): boolean {
  return ((bits[Math.floor(index / 8)]! >> (index % 8)) & 1) === 1;
}

/** Values of the column, in row order, without the missing ones. For tests and small columns. */
export function denseValues(column: Dense): Float64Array {
  const parts: Float64Array[] = [];
  withScratch((engine, take) =>
    eachBlock(column, engine, take, (address, length) => {
      parts.push(engine.f64.slice(address / 8, address / 8 + length));
    }),
  );
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
