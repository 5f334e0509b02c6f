/**
 * Blocks of text rows in engine memory, as the counting kernels read them. A block has fewer rows when its texts are
 * long; a single text that is longer than the block's space gets memory of its own while it is counted.
 */
import type { TextChunk, TextViewChunk } from "./chunk.js";
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

export interface Block {
  readonly rows: number;
  /** Bytes of all its texts. */
  readonly bytes: number;
  /** Counts rows from `from` on into a table; returns the first row that did not fit, or `rows`. */
  count(table: number, mask: number, from: number): number;
}

/** Places rows of a chunk from `from` on, at most `most` of them. */
export type PlaceBlock = (from: number, most: number) => Block;

/** Bytes of text a block has space for, and those that a kernel may read behind it. */
const blockBytes = 65_536;
const margin = 8;

/** Blocks of Utf8 and LargeUtf8 chunks of at most `mostRows` rows. */
export function textPlacer(engine: Engine, take: Take, mostRows: number): (chunk: TextChunk) => PlaceBlock {
  const { kernels, u8 } = engine;
  const starts = take((mostRows + 1) * 8);
  const space = take(blockBytes + margin);
  return ({ offsets, bytes }) => {
    const wide = offsets instanceof BigInt64Array;
    const size = wide ? 8 : 4;
    const rawOffsets = new Uint8Array(offsets.buffer, offsets.byteOffset, offsets.byteLength);
    return (from, most) => {
      const first = Number(offsets[from]);
      let rows = most;
      while (rows > 1 && Number(offsets[from + rows]) - first > blockBytes) rows >>= 1;
      const length = Number(offsets[from + rows]) - first;
      const count = (table: number, text: number, mask: number, start: number): number =>
        wide
          ? kernels.countTextI64(table, starts, text, BigInt(first), mask, start, rows)
          : kernels.countTextI32(table, starts, text, first, mask, start, rows);
      const place = (text: number): number => {
        u8.set(rawOffsets.subarray(from * size, (from + rows + 1) * size), starts);
        u8.set(bytes.subarray(first, first + length), text);
        return text;
      };
      return blockOf(rows, length, space, place, count);
    };
  };
}

/** Blocks of Utf8View chunks: texts of more than 12 bytes are brought together, and their views point there. */
export function viewPlacer(engine: Engine, take: Take, mostRows: number): (chunk: TextViewChunk) => PlaceBlock {
  const { kernels, u8, u32 } = engine;
  const views = take(mostRows * 16);
  const space = take(blockBytes + margin);
  return (chunk) => {
    const words = new Int32Array(chunk.views.buffer, chunk.views.byteOffset, chunk.length * 4);
    /** Bytes that row needs outside its view; the views of null rows may be anything. */
    const outside = (row: number): number => {
      const length = words[4 * row]!;
      return length >= 0 && length <= 12 ? 0 : isNull(chunk, row) ? 0 : length;
    };
    return (from, most) => {
      let rows = 0;
      let length = 0;
      for (; rows < most; rows++) {
        const more = outside(from + rows);
        if (rows > 0 && length + more > blockBytes) break;
        length += more;
      }
      const place = (text: number): number => {
        u8.set(chunk.views.subarray(from * 16, (from + rows) * 16), views);
        if (length === 0) return text;
        let end = 0;
        for (let row = from; row < from + rows; row++) {
          const bytes = outside(row);
          if (bytes === 0) continue;
          const at = words[4 * row + 3]!;
          u8.set(chunk.buffers[words[4 * row + 2]!]!.subarray(at, at + bytes), text + end);
          u32[views / 4 + 4 * (row - from) + 3] = end;
          end += bytes;
        }
        return text;
      };
      const count = (table: number, text: number, mask: number, start: number): number =>
        kernels.countViews(table, views, text, mask, start, rows);
      return blockOf(rows, length, space, place, count);
    };
  };
}

function blockOf(
  rows: number,
  bytes: number,
  space: number,
  place: (text: number) => number,
  count: (table: number, text: number, mask: number, from: number) => number,
): Block {
  if (bytes > blockBytes) {
    return {
      rows,
      bytes,
      count: (table, mask, from) => withScratch((_, take) => count(table, place(take(bytes + margin)), mask, from)),
    };
  }
  const text = place(space);
  return { rows, bytes, count: (table, mask, from) => count(table, text, mask, from) };
}

function isNull({ validity, validityOffset }: TextViewChunk, row: number): boolean {
  const bit = validityOffset + row;
  return validity !== null && ((validity[Math.floor(bit / 8)]! >> (bit & 7)) & 1) === 0;
}
