/** Truth values and integers of up to 16 bits as categories: few enough values for a counter each. */
import { tally } from "./category-codes.js";
import { bitsOf, type Chunks, type FixedChunk, type Layout, layoutsOf } from "./chunk.js";
import type { Selection } from "./dense.js";
import type { Engine } from "./memory.js";
import { rowMasks } from "./row-mask.js";
import { type Take, withScratch } from "./workspace.js";

/** What `countNumbers` returns. */
export interface NumberCounts {
  /** Text of each value → count. */
  readonly counts: Map<string, number>;
  readonly rows: number;
  readonly nulls: number;
  readonly nan: number;
}

const small = ["bit", "i8", "u8", "i16", "u16"];

/** Whether all chunks hold one type of so few values. */
export function isSmall(chunks: Chunks<FixedChunk>): boolean {
  const [layout = "f64", ...others] = layoutsOf(chunks);
  return small.includes(layout) && others.length === 0;
}

/** Counts small values in their own order; `null` for more than `limit` distinct ones, found out as early as can be. */
export function countSmall(
  chunks: Chunks<FixedChunk>,
  selection: Selection | null,
  limit: number,
): NumberCounts | null {
  const [layout] = layoutsOf(chunks) as [Layout];
  return withScratch((engine, take) => {
    if (layout === "bit") return found(countBits(chunks, selection, engine, take), limit);
    const values = 2 ** bitsOf[layout];
    const stride = values <= 256 ? values : 0;
    const counters = take(values * (stride ? 16 : 4));
    engine.u32.fill(0, counters / 4, counters / 4 + values * (stride ? 4 : 1));
    let rows = 0;
    let row = 0;
    let nextLook = firstLook;
    for (const chunk of chunks) {
      for (let from = 0; from < chunk.length; ) {
        const length = Math.min(chunk.length - from, nextLook - row);
        const part = rowsOf(chunk, from, length);
        rows += withScratch((_, takeBlock) =>
          tally([{ chunk: part, row }], selection, counters, stride * 4, engine, takeBlock),
        );
        from += length;
        row += length;
        if (row === nextLook) {
          nextLook *= 2;
          if (distinctOf(engine.u32.subarray(counters / 4, counters / 4 + values * (stride ? 4 : 1)), values) > limit) {
            return null;
          }
        }
      }
    }
    if (stride) engine.kernels.joinQuarters(counters, values);
    const first = layout.startsWith("i") ? -values / 2 : 0;
    const counts: [string, number][] = [];
    for (let k = 0; k < values; k++) {
      const value = first + k;
      const count = engine.u32[counters / 4 + (value < 0 ? value + values : value)]!;
      if (count > 0) counts.push([String(value), count]);
    }
    return found({ counts, rows }, limit);
  });
}

/** Rows after which the distinct values are looked at first; then after twice as many, and so on. */
const firstLook = 65_536;

function distinctOf(counters: Uint32Array, values: number): number {
  let distinct = 0;
  for (let k = 0; k < values; k++) {
    let used = false;
    for (let at = k; at < counters.length && !used; at += values) used = counters[at]! > 0;
    if (used) distinct++;
  }
  return distinct;
}

function rowsOf(chunk: FixedChunk, from: number, length: number): FixedChunk {
  const width = bitsOf[chunk.layout] / 8;
  const bytes = chunk.bytes.subarray(from * width, (from + length) * width);
  return { ...chunk, length, bytes, validityOffset: chunk.validityOffset + from };
}

/** Rows a block of truth values. */
const bitRows = 65_536;

function countBits(
  chunks: Chunks<FixedChunk>,
  selection: Selection | null,
  engine: Engine,
  take: Take,
): { counts: [string, number][]; rows: number } {
  const { kernels, u8 } = engine;
  const masks = rowMasks(selection, engine, take, bitRows);
  const raw = take(bitRows / 8 + 8);
  const bits = take(bitRows / 8 + 8);
  const sums = { rows: 0, values: 0, trues: 0 };
  let row = 0;
  for (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += bitRows) {
      const length = Math.min(bitRows, chunk.length - from);
      const first = chunk.bitOffset + from;
      u8.set(chunk.bytes.subarray(Math.floor(first / 8), Math.ceil((first + length) / 8)), raw);
      kernels.alignMask(raw, first % 8, length, bits);
      const { mask, selected } = masks(chunk, from, length, row + from);
      sums.rows += selected;
      // Leaves only the bits of rows that count, and returns the number of those rows.
      sums.values += mask ? kernels.andMask(bits, mask, length) : length;
      sums.trues += kernels.andMask(bits, bits, length);
    }
    row += chunk.length;
  }
  const { rows, values, trues } = sums;
  const counts: [string, number][] = [
    ["false", values - trues],
    ["true", trues],
  ];
  return { counts: counts.filter(([, count]) => count > 0), rows };
}

function found({ counts, rows }: { counts: [string, number][]; rows: number }, limit: number): NumberCounts | null {
  if (counts.length > limit) return null;
  const values = counts.reduce((sum, [, count]) => sum + count, 0);
  return { counts: new Map(counts), rows, nulls: rows - values, nan: 0 };
}
