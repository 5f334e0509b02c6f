/**
 * Checks: raw buffers that claim to be Arrow's become chunks here, or a FormatError. Nothing above this file looks at a
 * buffer's size again, and nothing is copied (offsets that do not lie on their alignment excepted).
 */
import {
  bitsOf,
  type FixedChunk,
  type Rows,
  type TextChunk,
  type TextViewChunk,
  type VectorChunk,
} from "../engine/chunk.js";
import { allSet, bitAt } from "./bits.js";
import { FormatError } from "./format-error.js";
import type { FixedType, VectorType } from "./type.js";

/** The rows of one column in one batch, as they came from outside. */
export interface RawRows {
  /** For messages: the column, or the file and the column. */
  readonly where: string;
  readonly length: number;
  /** Empty or missing: no row is null. */
  readonly validity: Uint8Array | null;
  /** Bit of `validity` that belongs to row 0. */
  readonly validityOffset: number;
}

/** Refuses what is too short. */
export function needBytes(where: string, what: string, bytes: Uint8Array, needed: number): void {
  if (bytes.length < needed) throw new FormatError(where, `${needed} bytes of ${what}`, `${bytes.length} bytes`);
}

/** Checks length and bitmap; the bitmap is dropped when it marks no row as null. */
export function checkedRows({ where, length, validity, validityOffset }: RawRows): Rows {
  if (!Number.isSafeInteger(length) || length < 0 || length > 0x7fff_ffff) {
    throw new FormatError(where, "a batch of 0 to 2147483647 rows", `${length} rows`);
  }
  if (validity === null || validity.length === 0) return { length, validity: null, validityOffset: 0 };
  if (!Number.isSafeInteger(validityOffset) || validityOffset < 0) {
    throw new FormatError(where, "an offset of at least 0", `${validityOffset}`);
  }
  needBytes(where, "validity", validity, Math.ceil((validityOffset + length) / 8));
  if (allSet(validity, validityOffset, length)) return { length, validity: null, validityOffset: 0 };
  return { length, validity: validity.subarray(Math.floor(validityOffset / 8)), validityOffset: validityOffset & 7 };
}

/** Fixed-width values; `bitOffset` is row 0's bit in `bytes` (layout `bit` only). */
export function fixedChunk(
  type: Pick<FixedType, "layout" | "scale">,
  raw: RawRows,
  bytes: Uint8Array,
  bitOffset = 0,
): FixedChunk {
  const rows = checkedRows(raw);
  const start = Math.floor(bitOffset / 8);
  const end = Math.ceil((bitOffset + rows.length * bitsOf[type.layout]) / 8);
  needBytes(raw.where, "values", bytes, end);
  return {
    ...rows,
    layout: type.layout,
    scale: type.scale,
    bytes: bytes.subarray(start, end),
    bitOffset: bitOffset & 7,
  };
}

/** Vectors: checks that there are as many components as the rows need. */
export function vectorChunk(
  { dimension }: Pick<VectorType, "dimension">,
  raw: RawRows,
  components: FixedChunk,
): VectorChunk {
  const rows = checkedRows(raw);
  const needed = rows.length * dimension;
  if (components.length < needed) {
    const found = `${components.length} components`;
    throw new FormatError(raw.where, `${needed} components of ${rows.length} vectors`, found);
  }
  return { ...rows, dimension, components };
}

/** A chunk of `length` nulls. */
export function nullChunk(length: number): FixedChunk {
  const zeros = new Uint8Array(Math.ceil(length / 8));
  return { length, validity: zeros, validityOffset: 0, layout: "bit", bytes: zeros, bitOffset: 0, scale: 0 };
}

/** `bytes` as numbers of the wanted width, copied only when they do not lie on their alignment. */
function aligned(bytes: Uint8Array, width: number): Uint8Array {
  return bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);
}

/** Utf8 (`width` 4) or LargeUtf8 (8): checks that the offsets rise and stay inside `bytes`. */
export function textChunk(raw: RawRows, offsetBytes: Uint8Array, width: 4 | 8, bytes: Uint8Array): TextChunk {
  const rows = checkedRows(raw);
  const count = rows.length + 1;
  // Arrow allows an empty offsets buffer where there are no rows.
  if (rows.length === 0 && offsetBytes.length < width) return { ...rows, offsets: new Int32Array(1), bytes };
  needBytes(raw.where, "offsets", offsetBytes, count * width);
  const source = aligned(offsetBytes, width);
  const words = new Int32Array(source.buffer, source.byteOffset, count * (width / 4));
  let last = 0;
  let row = 0;
  if (width === 4) {
    for (; row < count && words[row]! >= last; row++) last = words[row]!;
  } else {
    for (; row < count; row++) {
      const offset = words[2 * row + 1]! * 2 ** 32 + (words[2 * row]! >>> 0);
      if (offset < last) break;
      last = offset;
    }
  }
  if (row < count) throw new FormatError(raw.where, `offsets that rise from 0`, `offset ${row} below ${last}`);
  if (last > bytes.length) throw new FormatError(raw.where, `offsets within ${bytes.length} bytes`, `offset ${last}`);
  const offsets = width === 4 ? words : new BigInt64Array(source.buffer, source.byteOffset, count);
  return { ...rows, offsets, bytes };
}

/** Utf8View: checks that every view of a valid row is inline, or within its buffer and begins as its prefix says. */
export function textViewChunk(raw: RawRows, viewBytes: Uint8Array, buffers: readonly Uint8Array[]): TextViewChunk {
  const rows = checkedRows(raw);
  needBytes(raw.where, "views", viewBytes, rows.length * 16);
  const views = aligned(viewBytes.subarray(0, rows.length * 16), 4);
  const words = new Int32Array(views.buffer, views.byteOffset, rows.length * 4);
  for (let row = 0; row < rows.length; row++) {
    const length = words[4 * row]!;
    if (length >= 0 && length <= 12) continue;
    if (rows.validity && !bitAt(rows.validity, rows.validityOffset + row)) continue;
    const index = words[4 * row + 2]!;
    const offset = words[4 * row + 3]!;
    const buffer = buffers[index];
    if (length < 0 || offset < 0 || buffer === undefined || offset + length > buffer.length) {
      const found = `row ${row} with ${length} bytes at ${offset} of buffer ${index}`;
      throw new FormatError(raw.where, `views within ${buffers.length} buffers`, found);
    }
    for (let i = 0; i < 4; i++) {
      if (views[16 * row + 4 + i] !== buffer[offset + i]) {
        throw new FormatError(raw.where, "views whose prefix is their text's", `another prefix in row ${row}`);
      }
    }
  }
  return { ...rows, views, buffers };
}
