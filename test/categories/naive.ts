/** Columns of text in every way they can be stored, and the obviously right way to count them. */
import fc from "fast-check";
import type { CategoryChunk } from "../../src/engine/categories.js";
import type { Layout } from "../../src/engine/chunk.js";

export type Texts = readonly (string | null)[];

const utf8 = new TextEncoder();

/** Bits of rows, the first at bit `offset`; what lies before is set where the offset is odd. */
export function bitmapOf(rows: readonly boolean[], offset: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil((offset + rows.length) / 8)).fill(offset % 2 ? 255 : 0);
  rows.forEach((set, row) => {
    const bit = offset + row;
    if (set) bits[bit >> 3]! |= 1 << (bit & 7);
    else bits[bit >> 3]! &= ~(1 << (bit & 7));
  });
  return bits;
}

/** Selections of any rows of so many. */
export const bitmap = (rows: number) => fc.uint8Array({ minLength: rows / 8 + 2, maxLength: rows / 8 + 2 });

/** A bitmap with some bits before row 0; null rows are 0. */
function validityOf(texts: Texts, offset: number): { validity: Uint8Array | null; validityOffset: number } {
  if (texts.every((text) => text !== null)) return { validity: null, validityOffset: 0 };
  const present = texts.map((text) => text !== null);
  return { validity: bitmapOf(present, offset), validityOffset: offset };
}

/** Utf8 or LargeUtf8; null rows hold bytes all the same, and the text does not begin at byte 0. */
function textChunk(texts: Texts, wide: boolean, offset: number): CategoryChunk {
  const parts = texts.map((text) => utf8.encode(text ?? "no row"));
  const starts = [3];
  for (const part of parts) starts.push(starts.at(-1)! + part.length);
  const bytes = new Uint8Array(starts.at(-1)!);
  parts.forEach((part, row) => {
    bytes.set(part, starts[row]!);
  });
  const offsets = wide ? BigInt64Array.from(starts, BigInt) : Int32Array.from(starts);
  return { length: texts.length, ...validityOf(texts, offset), offsets, bytes };
}

/** Utf8 without nulls, of ASCII only: quick to make. */
export function asciiChunk(texts: readonly string[]): CategoryChunk {
  const offsets = new Int32Array(texts.length + 1);
  texts.forEach((text, row) => {
    offsets[row + 1] = offsets[row]! + text.length;
  });
  const bytes = utf8.encode(texts.join(""));
  return { length: texts.length, validity: null, validityOffset: 0, offsets, bytes };
}

/** Utf8View with two buffers; the views of null rows are garbage. */
function viewChunk(texts: Texts, offset: number): CategoryChunk {
  const views = new DataView(new ArrayBuffer(texts.length * 16));
  const buffers: number[][] = [[], [7, 7, 7]];
  texts.forEach((text, row) => {
    if (text === null) {
      for (let k = 0; k < 16; k++) views.setUint8(16 * row + k, 0xee);
      return;
    }
    const part = utf8.encode(text);
    views.setInt32(16 * row, part.length, true);
    if (part.length <= 12) {
      part.forEach((byte, k) => {
        views.setUint8(16 * row + 4 + k, byte);
      });
      return;
    }
    const buffer = row % 2;
    for (let k = 0; k < 4; k++) views.setUint8(16 * row + 4 + k, part[k]!);
    views.setInt32(16 * row + 8, buffer, true);
    views.setInt32(16 * row + 12, buffers[buffer]!.length, true);
    for (const byte of part) buffers[buffer]!.push(byte);
  });
  return {
    length: texts.length,
    ...validityOf(texts, offset),
    views: new Uint8Array(views.buffer),
    buffers: buffers.map((buffer) => Uint8Array.from(buffer)),
  };
}

const codeArrays = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
} as const;

/** Codes of any width; null rows have a code out of range, or one of a null in the dictionary. */
function dictionaryChunk(texts: Texts, layout: Layout, offset: number, nullsInDictionary: boolean): CategoryChunk {
  const dictionary: (string | null)[] = [...new Set(texts.filter((text) => text !== null))].reverse();
  dictionary.push("never used", null, ...dictionary.slice(0, 1));
  const rows = nullsInDictionary ? texts.map((text) => text ?? "") : texts;
  const nullCode = nullsInDictionary ? dictionary.indexOf(null) : 120;
  const codes = texts.map((text) => (text === null ? nullCode : dictionary.indexOf(text)));
  const array =
    layout in codeArrays
      ? codeArrays[layout as keyof typeof codeArrays].from(codes)
      : BigInt64Array.from(codes, BigInt);
  const bytes = new Uint8Array(array.buffer);
  const valid = validityOf(rows, offset);
  const fixed = { length: texts.length, layout, bytes, bitOffset: 0, scale: 0, ...valid };
  return { length: texts.length, ...valid, codes: fixed, dictionary };
}

/** Every way to store a column of text. */
export const storages: Readonly<Record<string, (texts: Texts, offset: number) => CategoryChunk>> = {
  Utf8: (texts, offset) => textChunk(texts, false, offset),
  LargeUtf8: (texts, offset) => textChunk(texts, true, offset),
  Utf8View: viewChunk,
  "plain strings": (texts) => ({ length: texts.length, validity: null, validityOffset: 0, strings: texts }),
  ...Object.fromEntries(
    (["i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64"] as const).map((layout) => [
      `dictionary of ${layout}`,
      (texts: Texts, offset: number) => dictionaryChunk(texts, layout, offset, offset % 3 === 0),
    ]),
  ),
};

/** A Map, one value at a time. */
export function countNaively(texts: Texts): { counts: Record<string, number>; rows: number; nulls: number } {
  const counts = new Map<string, number>();
  let nulls = 0;
  for (const text of texts) {
    if (text === null) nulls++;
    else counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return { counts: sorted(counts), rows: texts.length, nulls };
}

/** Counts in an order of their own, to be compared. */
export function sorted(counts: Iterable<readonly [string, number]>): Record<string, number> {
  return Object.fromEntries([...counts].map(([name, count]) => [`"${name}"`, count] as const).sort());
}

/** Texts around the sizes at which kernels change their ways, some alike but for one byte. */
const text = fc.oneof(
  fc.constantFrom("", "a", "b", "a\0", "\0", "ab", "de", "größe", "😀", "\ufeffbom", "constructor", "__proto__"),
  fc.string({ maxLength: 20 }),
  fc.tuple(fc.integer({ min: 5, max: 40 }), fc.integer({ min: 0, max: 40 })).map(([length, at]) => {
    const same = "x".repeat(length);
    return at < length ? `${same.slice(0, at)}y${same.slice(at + 1)}` : same;
  }),
);

export const texts = fc.array(fc.option(text, { freq: 6 }), { maxLength: 70 });
