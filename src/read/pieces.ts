/** A part's rows piece by piece, so that memory does not grow with the number of rows: each checked like a whole part. */
import { countBits } from "../column/bits.js";
import {
  fixedChunk,
  needBytes,
  nullChunk,
  type RawRows,
  textChunk,
  textViewChunk,
  vectorChunk,
} from "../column/chunks.js";
import { FormatError } from "../column/format-error.js";
import { sliceChunk } from "../column/slice.js";
import { bitsOf, type Chunk, type FixedChunk } from "../engine/chunk.js";
import { decompressed } from "./arrow-body.js";
import type { CodesPart, FixedPart, Part, Span, TextPart, VectorPart, ViewPart } from "./part.js";
import { checkNulls, codesChunk, nullsOf, partChunk } from "./part-chunk.js";
import type { OpenPlace } from "./place.js";
import type { Room } from "./room.js";
import { checkUtf8 } from "./utf8.js";

/** Rows of a piece: they stay in the second-level cache. A multiple of 8, as bitmaps need it. */
export const pieceRows = 1 << 16;

/** Bytes of text that are read at once, unless a single row has more. */
const pieceBytes = 1 << 22;

/** Where a pass reads from, and into what. */
export interface Reading {
  readonly place: OpenPlace;
  readonly room: Room;
}

const slots = { validity: 0, values: 1, texts: 2, inner: 3, innerValidity: 4, raw: 5, first: 8 } as const;

function read({ place, room }: Reading, slot: number, at: number, length: number): Uint8Array {
  const into = room.take(slot, length);
  place.read(at, into);
  return into;
}

/** Refuses what the sizes of buffers alone show to be wrong. @throws FormatError */
export function checkSizes(part: Part): void {
  if (part.codec !== null || part.form === "null") return;
  const { where, length, validity } = part;
  if (validity.length === 0) checkNulls(where, part.nulls, 0);
  if (validity.length > 0) need(where, "validity", validity, Math.ceil(length / 8));
  switch (part.form) {
    case "fixed":
    case "codes":
      need(where, "values", part.values, Math.ceil((length * bitsOf[part.type.layout]) / 8));
      return;
    case "vectors": {
      const needed = length * part.dimension;
      const found = part.components.length;
      if (found < needed)
        throw new FormatError(where, `${needed} components of ${length} vectors`, `${found} components`);
      checkSizes(part.components);
      return;
    }
    case "text":
      if (length > 0 || part.offsets.length >= part.width)
        need(where, "offsets", part.offsets, (length + 1) * part.width);
      return;
    case "views":
      need(where, "views", part.views, length * 16);
  }
}

function need(where: string, what: string, { length }: Span, needed: number): void {
  needBytes(where, what, { length } as Uint8Array, needed);
}

/**
 * Some rows of a part, from a multiple of 8 on. Not all of what is wrong with a part shows in some of its rows.
 *
 * @throws FormatError when a buffer is not what the part promises
 */
export function* someOf(part: Part, from: number, to: number, reading: Reading): Generator<Chunk> {
  if (part.codec !== null) {
    yield sliceChunk(wholeChunk(part, reading), from, to);
    return;
  }
  for (let at = from; at < to; ) {
    const chunk = pieceOf(part, rawRows(part, at, Math.min(mostRows(part), to - at), reading), at, reading);
    yield chunk;
    at += chunk.length;
  }
}

/**
 * The rows of a part, in order. A piece is good until the next one is asked for.
 *
 * @throws FormatError when a buffer is not what the part promises
 */
export function* piecesOf(part: Part, reading: Reading): Generator<Chunk> {
  const { where, length } = part;
  if (part.codec !== null) {
    yield wholeChunk(part, reading);
    return;
  }
  let nulls = 0;
  let innerNulls = 0;
  for (let from = 0; from < length; ) {
    const raw = rawRows(part, from, Math.min(mostRows(part), length - from), reading);
    const chunk = pieceOf(part, raw, from, reading);
    if (raw.validity) nulls += nullsOf(raw.validity, chunk.length);
    if ("components" in chunk) innerNulls += nullsIn(chunk.components);
    yield chunk;
    from += chunk.length;
  }
  if (part.form !== "null") checkNulls(where, part.nulls, nulls);
  if (part.form === "vectors") {
    const { components } = part;
    checkNulls(
      components.where,
      components.nulls,
      innerNulls + nullsAfter(components, length * part.dimension, reading),
    );
  }
}

function nullsIn({ validity, validityOffset, length }: FixedChunk): number {
  return validity ? length - countBits(validity, validityOffset, length) : 0;
}

/** Nulls among components that no vector has. */
function nullsAfter({ validity, length }: FixedPart, used: number, reading: Reading): number {
  if (validity.length === 0 || length === used) return 0;
  const first = Math.floor(used / 8);
  const bits = read(reading, slots.innerValidity, validity.at + first, Math.ceil(length / 8) - first);
  return length - used - countBits(bits, used - 8 * first, length - used);
}

/** Compressed buffers are decoded whole. */
function wholeChunk(part: Part, reading: Reading): Chunk {
  let slot = slots.first;
  return partChunk(part, ({ at, length }, codec, where) => {
    const raw = read(reading, slots.raw, at, length);
    const own = slot++;
    if (codec === null || length === 0) return raw.subarray(0, 0);
    const out = decompressed(raw, codec, { take: (size) => reading.room.take(own, size) }, where);
    if (out.buffer !== raw.buffer) return out;
    // What was stored as it is lies where the next buffer is read to.
    const kept = reading.room.take(own, out.length);
    kept.set(out);
    return kept;
  });
}

function mostRows(part: Part): number {
  if (part.form !== "vectors") return pieceRows;
  return Math.max(8, Math.floor(pieceRows / part.dimension / 8) * 8);
}

function rawRows(part: Part, from: number, length: number, reading: Reading): RawRows {
  const { where } = part;
  const bitmap = part.form !== "null" && part.validity.length > 0 ? part.validity : null;
  const validity = bitmap && read(reading, slots.validity, bitmap.at + from / 8, Math.ceil(length / 8));
  return { where, length, validity, validityOffset: 0 };
}

/** Rows from `from` on: as many as there are in `raw`, or fewer where texts are long; then a multiple of 8. */
function pieceOf(part: Part, raw: RawRows, from: number, reading: Reading): Chunk {
  switch (part.form) {
    case "null":
      return nullChunk(raw.length);
    case "fixed":
      return fixedChunk(part.type, raw, values(part, from, raw.length, reading));
    case "codes":
      return codesChunk(part, raw, values(part, from, raw.length, reading));
    case "vectors":
      return vectorPiece(part, raw, from, reading);
    case "text":
      return textPiece(part, raw, from, reading);
    case "views":
      return viewPiece(part, raw, from, reading);
  }
}

function values(part: FixedPart | CodesPart, from: number, length: number, reading: Reading): Uint8Array {
  const bits = bitsOf[part.type.layout];
  return read(reading, slots.values, part.values.at + (from * bits) / 8, Math.ceil((length * bits) / 8));
}

function vectorPiece(part: VectorPart, raw: RawRows, from: number, reading: Reading): Chunk {
  const { components, dimension } = part;
  const first = from * dimension;
  const length = raw.length * dimension;
  const { where } = components;
  const bitmap = components.validity;
  const validity =
    bitmap.length > 0 ? read(reading, slots.innerValidity, bitmap.at + first / 8, Math.ceil(length / 8)) : null;
  const inner = { where, length, validity, validityOffset: 0 };
  const chunk: FixedChunk = fixedChunk(components.type, inner, values(components, first, length, reading));
  return vectorChunk(part, raw, chunk);
}

/** Fewer rows of the same. */
function fewer(raw: RawRows): RawRows {
  return { ...raw, length: Math.ceil(raw.length / 16) * 8 };
}

function textPiece(part: TextPart, given: RawRows, from: number, reading: Reading): Chunk {
  const { where, width } = part;
  const offsets = read(reading, slots.values, part.offsets.at + from * width, (given.length + 1) * width);
  const words = new DataView(offsets.buffer, offsets.byteOffset, offsets.byteLength);
  const offset = (row: number): number =>
    width === 4 ? words.getInt32(4 * row, true) : Number(words.getBigInt64(8 * row, true));
  const first = offset(0);
  let raw = given;
  while (raw.length > 8 && offset(raw.length) - first > pieceBytes) raw = fewer(raw);
  const last = offset(raw.length);
  if (first < 0 || last < first || last > part.bytes.length) {
    throw new FormatError(where, `offsets that rise within ${part.bytes.length} bytes`, `${first} to ${last}`);
  }
  const bytes = read(reading, slots.texts, part.bytes.at + first, last - first);
  const shifted = new Uint8Array(
    reading.room.take(slots.inner, (raw.length + 1) * width).buffer,
    0,
    (raw.length + 1) * width,
  );
  shift(offsets, shifted, width, first);
  const chunk = textChunk(raw, shifted, width, bytes);
  checkUtf8(where, chunk);
  return chunk;
}

/** Offsets from the first of them on. */
function shift(offsets: Uint8Array, out: Uint8Array, width: 4 | 8, first: number): void {
  if (width === 4) {
    const from = new Int32Array(offsets.buffer, offsets.byteOffset, out.length / 4);
    const to = new Int32Array(out.buffer, out.byteOffset, out.length / 4);
    for (let k = 0; k < to.length; k++) to[k] = from[k]! - first;
    return;
  }
  const from = new BigInt64Array(offsets.buffer, offsets.byteOffset, out.length / 8);
  const to = new BigInt64Array(out.buffer, out.byteOffset, out.length / 8);
  const low = BigInt(first);
  for (let k = 0; k < to.length; k++) to[k] = from[k]! - low;
}

/** Of each buffer what lies between the first and the last text of the piece. */
function viewPiece(part: ViewPart, given: RawRows, from: number, reading: Reading): Chunk {
  const { where, buffers } = part;
  const views = read(reading, slots.values, part.views.at + from * 16, given.length * 16);
  const words = new Int32Array(views.buffer, views.byteOffset, given.length * 4);
  let raw = given;
  let spans = spansOf(part, words, raw);
  while (raw.length > 8 && spans.reduce((sum, { low, high }) => sum + Math.max(high - low, 0), 0) > pieceBytes) {
    raw = fewer(raw);
    spans = spansOf(part, words, raw);
  }
  for (let row = 0; row < raw.length; row++) {
    if (isOutside(words, row, raw)) words[4 * row + 3]! -= spans[words[4 * row + 2]!]!.low;
  }
  const texts = spans.map(({ low, high }, k) =>
    high > low ? read(reading, slots.first + k, buffers[k]!.at + low, high - low) : views.subarray(0, 0),
  );
  const chunk = textViewChunk(raw, views, texts);
  checkUtf8(where, chunk);
  return chunk;
}

/** Whether a row has a text that lies in a buffer. */
function isOutside(words: Int32Array, row: number, { validity }: RawRows): boolean {
  const length = words[4 * row]!;
  if (length >= 0 && length <= 12) return false;
  return !validity || ((validity[row >> 3]! >> (row & 7)) & 1) === 1;
}

function spansOf({ where, buffers }: ViewPart, words: Int32Array, raw: RawRows): { low: number; high: number }[] {
  const spans = buffers.map(() => ({ low: Number.POSITIVE_INFINITY, high: 0 }));
  for (let row = 0; row < raw.length; row++) {
    if (!isOutside(words, row, raw)) continue;
    const length = words[4 * row]!;
    const index = words[4 * row + 2]!;
    const at = words[4 * row + 3]!;
    const span = spans[index];
    if (length < 0 || at < 0 || !span || at + length > buffers[index]!.length) {
      const found = `row ${row} with ${length} bytes at ${at} of buffer ${index}`;
      throw new FormatError(where, `views within ${buffers.length} buffers`, found);
    }
    span.low = Math.min(span.low, at);
    span.high = Math.max(span.high, at + length);
  }
  return spans;
}
