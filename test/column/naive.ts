/** Reads chunks value by value with a DataView: slow, and obviously right. Whatever is faster is compared with it. */
import type { Column } from "../../src/column/column.js";
import type { Chunk, FixedChunk, Rows } from "../../src/engine/chunk.js";

export type Value = number | bigint | boolean | string | null | readonly Value[];

const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const bit = (bytes: Uint8Array, index: number) => ((bytes[Math.floor(index / 8)]! >> (index % 8)) & 1) === 1;

/** A half-precision float, from its definition. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

/** A decimal's digits as an integer, not scaled. */
function decimal(view: DataView, at: number, words: number): bigint {
  let value = view.getInt32(at + 4 * (words - 1), true) as number | bigint;
  value = BigInt(value);
  for (let word = words - 2; word >= 0; word--) value = value * 2n ** 32n + BigInt(view.getUint32(at + 4 * word, true));
  return value;
}

function fixedValue(chunk: FixedChunk, row: number): Value {
  const { bytes, layout } = chunk;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (layout) {
    case "bit":
      return bit(bytes, chunk.bitOffset + row);
    case "i8":
      return view.getInt8(row);
    case "u8":
      return view.getUint8(row);
    case "i16":
      return view.getInt16(2 * row, true);
    case "u16":
      return view.getUint16(2 * row, true);
    case "i32":
      return view.getInt32(4 * row, true);
    case "u32":
      return view.getUint32(4 * row, true);
    case "i64":
      return view.getBigInt64(8 * row, true);
    case "u64":
      return view.getBigUint64(8 * row, true);
    case "f16":
      return half(view.getUint16(2 * row, true));
    case "f32":
      return view.getFloat32(4 * row, true);
    case "f64":
      return view.getFloat64(8 * row, true);
    default: {
      const bits = Number(layout.slice("decimal".length));
      return decimal(view, (row * bits) / 8, bits / 32);
    }
  }
}

function value(chunk: Chunk, row: number): Value {
  if ("layout" in chunk) return fixedValue(chunk, row);
  if ("components" in chunk) {
    const { dimension, components } = chunk;
    const at = (k: number) => row * dimension + k;
    return Array.from({ length: dimension }, (_, k) =>
      isNull(components, at(k)) ? null : fixedValue(components, at(k)),
    );
  }
  if ("strings" in chunk) return chunk.strings[row] ?? null;
  if ("codes" in chunk) return chunk.dictionary[Number(fixedValue(chunk.codes, row))]!;
  if ("offsets" in chunk) {
    return text.decode(chunk.bytes.slice(Number(chunk.offsets[row]), Number(chunk.offsets[row + 1])));
  }
  const view = new DataView(chunk.views.buffer, chunk.views.byteOffset + 16 * row, 16);
  const length = view.getInt32(0, true);
  if (length <= 12) return text.decode(chunk.views.slice(16 * row + 4, 16 * row + 4 + length));
  const from = view.getInt32(12, true);
  return text.decode(chunk.buffers[view.getInt32(8, true)]!.slice(from, from + length));
}

const isNull = ({ validity, validityOffset }: Rows, row: number) =>
  validity !== null && !bit(validity, validityOffset + row);

/** The first chunk of a column in memory. */
export const firstChunk = (column: Column): Chunk => (column.chunks as readonly Chunk[])[0]!;

/** All values of a column, null where a row is null; 64-bit integers and decimals as bigint. */
export function valuesOf(column: Column): Value[] {
  return [...(column.chunks as Iterable<Chunk>)].flatMap((chunk) =>
    Array.from({ length: chunk.length }, (_, row) => (isNull(chunk, row) ? null : value(chunk, row))),
  );
}
