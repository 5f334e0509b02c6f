/**
 * Rows of a chunk made dense. Their bytes and those of their bitmaps are copied to engine memory in long stretches, which
 * is the fast way to copy, and kernels convert them from there block by block.
 */
import { bitsOf, type FixedChunk, layoutsOf } from "./chunk.js";
import type { Dense } from "./dense.js";
import type { Engine } from "./memory.js";
import type { Take } from "./workspace.js";

/** Rows a block: 8 KiB of values stay in the first-level cache between the passes of a kernel. */
export const blockRows = 1024;

/** Rows of a stretch: they stay in the second-level cache until they are dense. */
export const stretchRows = 32 * blockRows;

/** Flips the sign bit: unsigned integers become signed keys of the same order. */
export const unsignedFlip = -(2n ** 63n);

interface Gatherer {
  /** Copies a stretch of at most `stretchRows` rows, of which the first is `row` of the column; returns the rows selected. */
  stage(chunk: FixedChunk, from: number, length: number, row: number): number;
  /** Makes rows of the stretch dense at `out`, which has room for all of them; returns how many have a value. */
  gather(from: number, length: number, out: number): number;
}

/** For one chunk of a column after another. */
export function gatherer(column: Dense, engine: Engine, take: Take): Gatherer {
  const { kernels } = engine;
  const longest = Math.min(stretchRows, column.rows);
  const widest = Math.max(0, ...layoutsOf(column.chunks).map((layout) => bitsOf[layout]));
  const raw = take(Math.ceil((longest * widest) / 8) + 8);
  const bits = take(Math.ceil(longest / 8) + 8);
  const mask = take(Math.ceil(longest / 8) + 8);
  const other = take(Math.ceil(longest / 8) + 8);
  let staged: FixedChunk;
  let firstBit = 0;
  let masked = false;
  const place = (bitmap: Uint8Array, offset: number, length: number, to: number): void => {
    engine.copyIn(bitmap.subarray(Math.floor(offset / 8), Math.ceil((offset + length) / 8)), bits);
    kernels.alignMask(bits, offset % 8, length, to);
  };
  return {
    stage(chunk, from, length, row) {
      staged = chunk;
      const first = chunk.bitOffset + from * bitsOf[chunk.layout];
      const end = Math.ceil((first + length * bitsOf[chunk.layout]) / 8);
      firstBit = first % 8;
      engine.copyIn(chunk.bytes.subarray(Math.floor(first / 8), end), raw);
      masked = chunk.validity !== null || column.selection !== null;
      if (chunk.validity) place(chunk.validity, chunk.validityOffset + from, length, mask);
      if (!column.selection) return length;
      if (!chunk.validity) engine.u8.fill(0xff, mask, mask + (length >>> 3) + 1);
      place(column.selection.bits, column.selection.offset + row, length, other);
      return kernels.andMask(mask, other, length);
    },
    gather(from, length, out) {
      const bit = firstBit + from * bitsOf[staged.layout];
      let rows = 0;
      if (masked) {
        rows = mask + from / 8;
        if (from % 8 !== 0 || length % 8 !== 0) {
          kernels.alignMask(mask, from, length, bits);
          rows = bits;
        }
      }
      return convert(column, staged, engine, raw + Math.floor(bit / 8), bit % 8, rows, length, out);
    },
  };
}

function convert(
  { representation }: Dense,
  chunk: FixedChunk,
  engine: Engine,
  raw: number,
  bit: number,
  mask: number,
  length: number,
  out: number,
): number {
  if (representation === "f64") return gatherDoubles(chunk, engine, raw, bit, mask, length, out);
  return engine.kernels.gatherKeys(raw, mask, length, representation === "u64" ? unsignedFlip : 0n, out);
}

/** Values of a chunk that lie at `raw`, of truth values from a `bit` on, as doubles at `out`; `mask` as kernels take it. */
export function gatherDoubles(
  chunk: FixedChunk,
  { kernels }: Engine,
  raw: number,
  bit: number,
  mask: number,
  length: number,
  out: number,
): number {
  switch (chunk.layout) {
    case "i8":
      return kernels.gatherI8(raw, mask, length, out);
    case "u8":
      return kernels.gatherU8(raw, mask, length, out);
    case "i16":
      return kernels.gatherI16(raw, mask, length, out);
    case "u16":
      return kernels.gatherU16(raw, mask, length, out);
    case "i32":
      return kernels.gatherI32(raw, mask, length, out);
    case "u32":
      return kernels.gatherU32(raw, mask, length, out);
    case "i64":
      return kernels.gatherI64(raw, mask, length, out);
    case "u64":
      return kernels.gatherU64(raw, mask, length, out);
    case "f16":
      return kernels.gatherF16(raw, mask, length, out);
    case "f32":
      return kernels.gatherF32(raw, mask, length, out);
    case "f64":
      return kernels.gatherF64(raw, mask, length, out);
    case "bit":
      return kernels.gatherBits(raw, bit, mask, length, out);
    case "decimal32":
      return kernels.gatherDecimal32(raw, 10 ** chunk.scale, mask, length, out);
    case "decimal64":
      return kernels.gatherDecimal(raw, 1, 10 ** chunk.scale, mask, length, out);
    case "decimal128":
      return kernels.gatherDecimal(raw, 2, 10 ** chunk.scale, mask, length, out);
    case "decimal256":
      return kernels.gatherDecimal(raw, 4, 10 ** chunk.scale, mask, length, out);
  }
}
