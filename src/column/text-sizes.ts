/** How many bytes texts take once they are stored one after the other, though fewer say what they are. */
import type { CategoryChunk } from "../engine/categories.js";
import type { DictionaryChunk, TextViewChunk } from "../engine/chunk.js";
import { utf8Length } from "../engine/encode-utf8.js";
import { bitAt } from "./bits.js";
import { codeNumbers } from "./codes.js";

/** Bytes of all texts that the views of valid rows show. */
export function viewedBytes({ views, length, validity, validityOffset }: TextViewChunk): number {
  const words = new DataView(views.buffer, views.byteOffset, views.byteLength);
  let sum = 0;
  for (let row = 0; row < length; row++) {
    if (!validity || bitAt(validity, validityOffset + row)) sum += words.getInt32(16 * row, true);
  }
  return sum;
}

/** The row with the longest text, and its length: bytes, or UTF-16 units of what is in JavaScript already; -1 without rows. */
export function longestText(chunk: CategoryChunk): { readonly row: number; readonly length: number } {
  const lengthOf = textLength(chunk);
  const longest = { row: -1, length: -1 };
  for (let row = 0; row < chunk.length; row++) {
    const length = lengthOf(row);
    if (length > longest.length) Object.assign(longest, { row, length });
  }
  return longest;
}

function textLength(chunk: CategoryChunk): (row: number) => number {
  if ("offsets" in chunk) {
    const { offsets } = chunk;
    return (row) => Number(offsets[row + 1]) - Number(offsets[row]);
  }
  if ("strings" in chunk) return (row) => chunk.strings[row]?.length ?? 0;
  if ("views" in chunk) {
    const words = new DataView(chunk.views.buffer, chunk.views.byteOffset, chunk.views.byteLength);
    const { validity, validityOffset } = chunk;
    return (row) => (!validity || bitAt(validity, validityOffset + row) ? words.getInt32(16 * row, true) : 0);
  }
  const code = codeNumbers(chunk.codes);
  return (row) => chunk.dictionary[code[row]!]?.length ?? 0;
}

/** By dictionary, which many batches share; of those texts that rows have. */
const lengths = new WeakMap<DictionaryChunk["dictionary"], number[]>();

/** Bytes of all texts that valid codes stand for. */
export function codedBytes({ codes, dictionary, length, validity, validityOffset }: DictionaryChunk): number {
  const code = codeNumbers(codes);
  const known = lengths.get(dictionary) ?? [];
  lengths.set(dictionary, known);
  let sum = 0;
  for (let row = 0; row < length; row++) {
    if (validity && !bitAt(validity, validityOffset + row)) continue;
    const at = code[row]!;
    known[at] ??= utf8Length(dictionary[at] ?? "");
    sum += known[at];
  }
  return sum;
}
