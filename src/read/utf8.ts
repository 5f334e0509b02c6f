/** Whether text is UTF-8: Arrow promises it, files do not always keep it. */
import { isAscii, isUtf8 } from "node:buffer";
import { bitAt } from "../column/bits.js";
import { FormatError } from "../column/format-error.js";
import { textBytes } from "../column/texts.js";
import type { TextChunk, TextViewChunk } from "../engine/chunk.js";

/** Whether all text is UTF-8 and no row begins inside a character. What it refuses may still be valid row by row. */
function wholeIsUtf8({ offsets, bytes, length }: TextChunk): boolean {
  const start = Number(offsets[0]);
  const all = bytes.subarray(start, Number(offsets[length]));
  if (isAscii(all)) return true;
  if (!isUtf8(all)) return false;
  for (let row = 0; row < length; row++) {
    if ((bytes[Number(offsets[row])]! & 0xc0) === 0x80) return false;
  }
  return true;
}

/** Refuses a chunk when a valid row is not UTF-8. @throws FormatError */
export function checkUtf8(where: string, chunk: TextChunk | TextViewChunk): void {
  if ("offsets" in chunk && wholeIsUtf8(chunk)) return;
  for (let row = 0; row < chunk.length; row++) {
    // What a view of a null shows may be nowhere.
    if (chunk.validity && !bitAt(chunk.validity, chunk.validityOffset + row)) continue;
    if (isUtf8(textBytes(chunk, row))) continue;
    throw new FormatError(where, "UTF-8", `other bytes in row ${row}`);
  }
}
