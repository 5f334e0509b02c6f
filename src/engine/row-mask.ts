/** Which rows of a block count: those that are selected and hold a value, as a bitmap in engine memory. */
import type { Rows } from "./chunk.js";
import type { Selection } from "./dense.js";
import type { Engine } from "./memory.js";
import type { Take } from "./workspace.js";

/** A block's bitmap (0: every row counts) and how many of its rows are selected, missing ones among them. */
export interface RowMask {
  readonly mask: number;
  readonly selected: number;
}

/** Makes the bitmap of `length` rows of a chunk; `row` is the first one's number in the column. */
export type RowMasks = (chunk: Rows, from: number, length: number, row: number) => RowMask;

/** A function that makes bitmaps of up to `maxRows` rows, each in the place of the one before. */
export function rowMasks(selection: Selection | null, engine: Engine, take: Take, maxRows: number): RowMasks {
  const bytes = maxRows / 8 + 8;
  const raw = take(bytes);
  const mask = take(bytes);
  const other = take(bytes);
  const { kernels, u8 } = engine;
  const place = (bits: Uint8Array, offset: number, length: number, to: number): void => {
    u8.set(bits.subarray(Math.floor(offset / 8), Math.ceil((offset + length) / 8)), raw);
    kernels.alignMask(raw, offset % 8, length, to);
  };
  return (chunk, from, length, row) => {
    if (chunk.validity) place(chunk.validity, chunk.validityOffset + from, length, mask);
    if (!selection) return { mask: chunk.validity ? mask : 0, selected: length };
    if (!chunk.validity) u8.fill(0xff, mask, mask + Math.ceil(length / 8));
    place(selection.bits, selection.offset + row, length, other);
    return { mask, selected: kernels.andMask(mask, other, length) };
  };
}
