/** Texts however they are stored, as UTF-8 one after the other with 32-bit offsets. */
import type { CategoryChunk } from "../engine/categories.js";
import type { DictionaryChunk, Rows, TextChunk } from "../engine/chunk.js";
import { encodeUtf8, utf8Length } from "../engine/encode-utf8.js";
import { bitAt } from "./bits.js";
import { codeNumbers } from "./codes.js";
import { FormatError } from "./format-error.js";
import { textBytes } from "./texts.js";

/** A chunk of texts with offsets of 32 bits. */
export interface PlainTexts extends TextChunk {
  readonly offsets: Int32Array;
}

/** Bytes that 32-bit offsets reach, less what blocks may hold already. */
const mostBytes = 2 ** 30;

/**
 * The chunk itself where it is that already, else a copy. Half a surrogate pair becomes U+FFFD, null an empty text that the
 * bitmap says to be null; other bytes stay as they are.
 *
 * @param where begins the message
 * @throws FormatError for more than a GiB of texts
 */
export function asTexts(chunk: CategoryChunk, where: string): PlainTexts {
  if ("offsets" in chunk) {
    if (chunk.offsets instanceof Int32Array) return chunk as PlainTexts;
    const [first, last] = [Number(chunk.offsets[0]), Number(chunk.offsets[chunk.length])];
    checkSize(where, last - first);
    const offsets = Int32Array.from(chunk.offsets, (offset) => Number(offset) - first);
    return { ...chunk, offsets, bytes: chunk.bytes.subarray(first, last) };
  }
  if ("strings" in chunk) {
    const { strings } = chunk;
    const lengthOf = (row: number) => (typeof strings[row] === "string" ? utf8Length(strings[row]) : -1);
    return written(where, chunk, lengthOf, (row, bytes, at) => encodeUtf8(strings[row] as string, bytes, at));
  }
  const bytesAt = "codes" in chunk ? codedBytes(chunk) : (row: number) => textBytes(chunk, row);
  return written(
    where,
    chunk,
    (row) => bytesAt(row)?.length ?? -1,
    (row, bytes, at) => bytes.set(bytesAt(row)!, at),
  );
}

/** The bytes of a coded row; texts of the dictionary that rows have are encoded once, others not at all. */
function codedBytes({ codes, dictionary }: DictionaryChunk): (row: number) => Uint8Array | null {
  const code = codeNumbers(codes);
  const encoded: (Uint8Array | undefined)[] = [];
  return (row) => {
    const at = code[row]!;
    const known = encoded[at];
    if (known) return known;
    const text = dictionary[at] ?? null;
    if (text === null) return null;
    const bytes = new Uint8Array(utf8Length(text));
    encodeUtf8(text, bytes, 0);
    encoded[at] = bytes;
    return bytes;
  };
}

/** @param lengthOf  bytes of a row that the bitmap does not say to be null; -1 where it has no text all the same */
function written(
  where: string,
  { length, validity, validityOffset }: Rows,
  lengthOf: (row: number) => number,
  write: (row: number, bytes: Uint8Array, at: number) => void,
): PlainTexts {
  const offsets = new Int32Array(length + 1);
  const present = new Uint8Array(Math.ceil(length / 8));
  let size = 0;
  let nulls = 0;
  for (let row = 0; row < length; row++) {
    const bytes = validity && !bitAt(validity, validityOffset + row) ? -1 : lengthOf(row);
    if (bytes < 0) nulls++;
    else {
      present[row >> 3]! |= 1 << (row & 7);
      size += bytes;
      checkSize(where, size);
    }
    offsets[row + 1] = size;
  }
  const bytes = new Uint8Array(size);
  for (let row = 0; row < length; row++) {
    if ((present[row >> 3]! >> (row & 7)) & 1) write(row, bytes, offsets[row]!);
  }
  return { length, validity: nulls ? present : null, validityOffset: 0, offsets, bytes };
}

function checkSize(where: string, size: number): void {
  if (size > mostBytes) throw new FormatError(where, `at most ${mostBytes} bytes of texts at a time`, `${size}`);
}
