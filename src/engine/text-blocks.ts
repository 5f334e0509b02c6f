/**
 * Blocks of text rows in engine memory, as the counting kernels read them. A block has fewer rows when its texts are
 * long; what does not fit into the block's space all the same gets memory of its own while it is counted.
 */
import type { TextChunk, TextViewChunk } from "./chunk.js";
import type { Engine } from "./memory.js";
import type { RowMask, RowMasks } from "./row-mask.js";
import { type Take, withScratch } from "./workspace.js";

export interface Block {
  readonly rows: number;
  readonly selected: number;
  /** Bytes of all its texts. */
  readonly bytes: number;
  /** Counts rows from `from` on into a table; returns the first row that did not fit, or `rows`. */
  count(table: number, from: number): number;
  /** Writes the hash of each row to `out`. */
  hash(out: number): void;
}

/** Places rows of a chunk from `from` on, at most `most` of them; `row` is the chunk's first row in the column. */
export type PlaceBlock = (from: number, most: number, row: number) => Block;

/** Bytes of text a block has space for, and those that a kernel may read behind it. */
const blockBytes = 262_144;
const margin = 16;

/** Blocks of Utf8 and LargeUtf8 chunks of at most `mostRows` rows. */
export function textPlacer(
  engine: Engine,
  take: Take,
  mostRows: number,
  masks: RowMasks,
): (chunk: TextChunk) => PlaceBlock {
  const { kernels, copyIn } = engine;
  const starts = take((mostRows + 1) * 8);
  const space = take(blockBytes + margin);
  return (chunk) => {
    const { offsets, bytes } = chunk;
    const wide = offsets instanceof BigInt64Array;
    const size = wide ? 8 : 4;
    const rawOffsets = new Uint8Array(offsets.buffer, offsets.byteOffset, offsets.byteLength);
    return (from, most, row) => {
      const first = Number(offsets[from]);
      let rows = most;
      while (rows > 1 && Number(offsets[from + rows]) - first > blockBytes) rows >>= 1;
      const length = Number(offsets[from + rows]) - first;
      const { mask, selected } = masks(chunk, from, rows, row + from);
      copyIn(rawOffsets.subarray(from * size, (from + rows + 1) * size), starts);
      const placed = spaceFor(length, space, (text) => copyIn(bytes.subarray(first, first + length), text));
      const count = (table: number, start: number): number =>
        placed((text) =>
          wide
            ? kernels.countTextI64(table, starts, text, BigInt(first), mask, start, rows)
            : kernels.countTextI32(table, starts, text, first, mask, start, rows),
        );
      const hash = (out: number): void =>
        placed((text) =>
          wide
            ? kernels.hashTextsI64(starts, BigInt(first), text, mask, rows, out)
            : kernels.hashTextsI32(starts, first, text, mask, rows, out),
        );
      return { rows, selected, bytes: length, count, hash };
    };
  };
}

/** Runs `work` where the texts lie: in the block's space, filled at once, or in memory of their own, filled each time. */
function spaceFor(length: number, space: number, fill: (text: number) => void): <R>(work: (text: number) => R) => R {
  if (length > blockBytes) {
    return (work) =>
      withScratch((_, take) => {
        const text = take(length + margin);
        fill(text);
        return work(text);
      });
  }
  fill(space);
  return (work) => work(space);
}

/** Of more than this many bytes of text buffers only those parts are copied that a block's views point to. */
const mostSpan = 2 ** 28;

/** Bytes that are copied a row at a time, since calling for a copy takes as long. */
const fewBytes = 48;

/**
 * Blocks of Utf8View chunks. Views in an order like that of their texts have all of a block's texts close to each other,
 * which are copied in one piece a buffer; of others each row's text is copied.
 *
 * @param mostBuffers the largest number of buffers of any chunk
 */
export function viewPlacer(
  engine: Engine,
  take: Take,
  mostRows: number,
  masks: RowMasks,
  mostBuffers: number,
): (chunk: TextViewChunk) => PlaceBlock {
  const { kernels, copyIn, u8, u32 } = engine;
  const views = take(mostRows * 16 + margin);
  const space = take(blockBytes + margin);
  const spans = take(mostBuffers * 8);
  const bases = take((mostBuffers + 1) * 4);
  return (chunk) => {
    const { buffers } = chunk;
    /** Bytes of all texts outside views, and of the parts of buffers from the first to the last of them. */
    const look = (from: number, rows: number, { mask }: RowMask): { bytes: number; span: number } => {
      copyIn(chunk.views.subarray(from * 16, (from + rows) * 16), views);
      const bytes = kernels.viewSpans(views, mask, rows, spans, buffers.length);
      let span = 0;
      for (let k = 0; k < buffers.length; k++)
        span += Math.max(u32[spans / 4 + 2 * k + 1]! - u32[spans / 4 + 2 * k]!, 0);
      return { bytes, span };
    };
    const copySpans = (text: number): void => {
      let end = text;
      for (const [k, buffer] of buffers.entries()) {
        const low = u32[spans / 4 + 2 * k]!;
        const high = u32[spans / 4 + 2 * k + 1]!;
        if (low >= high) continue;
        copyIn(buffer.subarray(low, high), end);
        u32[bases / 4 + k] = end - low;
        end += high - low;
      }
    };
    const copyRows = (text: number, from: number, rows: number, mask: number): void => {
      const words = new Int32Array(chunk.views.buffer, chunk.views.byteOffset + from * 16, rows * 4);
      u32[bases / 4 + buffers.length] = text;
      let end = 0;
      for (let row = 0; row < rows; row++) {
        const length = words[4 * row]!;
        if ((length >= 0 && length <= 12) || (mask && ((u8[mask + (row >> 3)]! >> (row & 7)) & 1) === 0)) continue;
        const at = words[4 * row + 3]!;
        const buffer = buffers[words[4 * row + 2]!]!;
        if (length <= fewBytes) for (let i = 0; i < length; i++) u8[text + end + i] = buffer[at + i]!;
        else copyIn(buffer.subarray(at, at + length), text + end);
        u32[views / 4 + 4 * row + 2] = buffers.length;
        u32[views / 4 + 4 * row + 3] = end;
        end += length;
      }
    };
    return (from, most, row) => {
      for (let rows = most; ; rows >>= 1) {
        const rowMask = masks(chunk, from, rows, row + from);
        const { bytes, span } = look(from, rows, rowMask);
        const together = span <= Math.max(blockBytes, Math.min(2 * bytes, mostSpan));
        if (!together && bytes > blockBytes && rows > 1) continue;
        const { mask, selected } = rowMask;
        const fill = together ? copySpans : (text: number): void => copyRows(text, from, rows, mask);
        const placed = spaceFor(together ? span : bytes, space, fill);
        const count = (table: number, start: number): number =>
          placed(() => kernels.countViews(table, views, bases, mask, start, rows));
        const hash = (out: number): void => placed(() => kernels.hashViews(views, bases, mask, rows, out));
        return { rows, selected, bytes, count, hash };
      }
    };
  };
}
