/** Text chunks as JavaScript strings. */
import type { StringsChunk, TextChunk, TextViewChunk } from "../engine/chunk.js";
import { chunksInMemory } from "../engine/in-memory.js";
import { bitAt } from "./bits.js";
import type { TextColumn } from "./column.js";

/** One decoder for bytes from outside: malformed UTF-8 becomes U+FFFD. */
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The bytes of one row. */
export function textBytes(chunk: TextChunk | TextViewChunk, row: number): Uint8Array {
  if ("offsets" in chunk) return chunk.bytes.subarray(Number(chunk.offsets[row]), Number(chunk.offsets[row + 1]));
  const { views } = chunk;
  const word = (at: number) => views[at]! | (views[at + 1]! << 8) | (views[at + 2]! << 16) | (views[at + 3]! << 24);
  const start = 16 * row;
  const length = word(start);
  if (length <= 12) return views.subarray(start + 4, start + 4 + length);
  const offset = word(start + 12);
  return chunk.buffers[word(start + 8)]!.subarray(offset, offset + length);
}

/** Every row of a chunk as a string or null, decoded by `decode` (by default: replacing malformed UTF-8). */
export function textsOf(
  chunk: TextChunk | TextViewChunk | StringsChunk,
  decode: (bytes: Uint8Array) => string = (bytes) => utf8.decode(bytes),
): (string | null)[] {
  return Array.from({ length: chunk.length }, (_, row) => {
    if ("strings" in chunk) return chunk.strings[row] ?? null;
    if (chunk.validity && !bitAt(chunk.validity, chunk.validityOffset + row)) return null;
    return decode(textBytes(chunk, row));
  });
}

/** Every row of a column as a string or null: what a dictionary is decoded with. Dictionary codes are resolved. */
export function columnTexts(column: TextColumn): (string | null)[] {
  return chunksInMemory(column.chunks).flatMap((chunk) => {
    if ("codes" in chunk) throw new TypeError("a dictionary of dictionaries is not a column");
    return textsOf(chunk);
  });
}
