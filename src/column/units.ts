/** Points in time and durations of different units, brought to the finer one. */
import { type Chunks, type FixedChunk, isStored } from "../engine/chunk.js";
import type { FixedColumn } from "./column.js";

/** Whether a column's numbers are counts of its unit: points in time and durations. Other numbers have none. */
export function countsTime({ kind, type }: { readonly kind: string; readonly type: string }): boolean {
  return kind === "temporal" || type.startsWith("Duration");
}

/**
 * Both columns in the finer of their units; as they are when they agree or one has none. Integers stay exact; times beyond
 * what 64 bits count in the finer unit become the last ones within: the other side has none there.
 */
export function commonUnit(one: FixedColumn, other: FixedColumn): [FixedColumn, FixedColumn] {
  if (!countsTime(one) || !countsTime(other)) return [one, other];
  const units = Math.max(one.unitsPerSecond, other.unitsPerSecond);
  return [inUnits(one, units), inUnits(other, units)];
}

function inUnits(column: FixedColumn, unitsPerSecond: number): FixedColumn {
  const factor = Math.round(unitsPerSecond / column.unitsPerSecond);
  if (factor === 1) return column;
  return { ...column, unitsPerSecond, chunks: scaledChunks(column.chunks, BigInt(factor)) };
}

function scaledChunks(chunks: Chunks<FixedChunk>, factor: bigint): Chunks<FixedChunk> {
  if (!isStored(chunks)) return chunks.map((chunk) => scaled(chunk, factor));
  return {
    stored: true,
    form: "fixed",
    layout: "i64",
    plain: null,
    description: null,
    memory: chunks.memory,
    buffers: 0,
    pick: (rows: Float64Array) => chunks.pick(rows).map((chunk) => scaled(chunk, factor)),
    slice: (start: number, end: number) => chunks.slice(start, end).map((chunk) => scaled(chunk, factor)),
    *[Symbol.iterator]() {
      for (const chunk of chunks) yield scaled(chunk, factor);
    },
  };
}

function scaled(chunk: FixedChunk, factor: bigint): FixedChunk {
  const { bytes, length, layout } = chunk;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = BigInt64Array.from({ length }, (_, row) =>
    clamped((layout === "i32" ? BigInt(view.getInt32(4 * row, true)) : view.getBigInt64(8 * row, true)) * factor),
  );
  return { ...chunk, layout: "i64", bytes: new Uint8Array(values.buffer) };
}

const largest = 2n ** 63n - 1n;

function clamped(value: bigint): bigint {
  if (value > largest) return largest;
  return value < -largest ? -largest : value;
}
