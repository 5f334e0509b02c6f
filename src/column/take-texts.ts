/** Texts of chosen rows. */
import type { TextChunk, TextViewChunk } from "../engine/chunk.js";
import { bitAt } from "./bits.js";
import { takeElements } from "./take-elements.js";
import type { Run } from "./take-runs.js";

/** Texts up to this length are copied byte by byte: a call costs more. */
const shortText = 24;

/** Utf8 and LargeUtf8, with 32-bit offsets where these are enough. */
export function takeTexts(runs: readonly Run<TextChunk>[], rows: Uint32Array): Pick<TextChunk, "offsets" | "bytes"> {
  const ends = new Float64Array(rows.length + 1);
  let size = 0;
  for (const { chunk, start, from, to } of runs) {
    const offsets = positions(chunk);
    for (let k = from; k < to; k++) {
      const row = rows[k]! - start;
      if (isValid(chunk, row)) size += Number(offsets[row + 1]) - Number(offsets[row]);
      ends[k + 1] = size;
    }
  }
  const bytes = new Uint8Array(size);
  for (const { chunk, start, from, to } of runs) {
    const offsets = positions(chunk);
    for (let k = from; k < to; k++)
      copyText(chunk.bytes, Number(offsets[rows[k]! - start]), bytes, ends[k]!, ends[k + 1]!);
  }
  const offsets = size < 2 ** 31 ? Int32Array.from(ends) : BigInt64Array.from(ends, BigInt);
  return { offsets, bytes };
}

function copyText(source: Uint8Array, at: number, out: Uint8Array, from: number, to: number): void {
  if (to - from > shortText) out.set(source.subarray(at, at + to - from), from);
  else for (let k = from, i = at; k < to; k++, i++) out[k] = source[i]!;
}

/** 64-bit offsets as they are: whoever reads one makes it a number. */
function positions({ offsets }: TextChunk): ArrayLike<number | bigint> {
  return offsets;
}

function isValid({ validity, validityOffset }: TextChunk, row: number): boolean {
  return validity === null || bitAt(validity, validityOffset + row) === 1;
}

/** Views, which point to the same buffers as before. */
export function takeViews(
  runs: readonly Run<TextViewChunk>[],
  rows: Uint32Array,
): Pick<TextViewChunk, "views" | "buffers"> {
  const views = takeElements(runs, rows, { width: 4, count: 4 }, (chunk) => chunk.views);
  const words = new Int32Array(views.buffer);
  const buffers: Uint8Array[] = [];
  const first = new Map<TextViewChunk, number>();
  for (const { chunk, from, to } of runs) {
    let index = first.get(chunk);
    if (index === undefined) {
      index = buffers.length;
      first.set(chunk, index);
      buffers.push(...chunk.buffers);
    }
    // Of short texts the view holds the text itself, in this word too.
    for (let k = from; index > 0 && k < to; k++) if (words[4 * k]! > 12) words[4 * k + 2]! += index;
  }
  return { views, buffers };
}
