/** Copies values of fixed width row by row, in loops over whole words. */
import { bitsOf, type Layout, type Rows } from "../engine/chunk.js";
import type { Run } from "./take-runs.js";

/** A value is `count` words of `width` bytes. */
export interface Words {
  readonly width: 1 | 2 | 4;
  readonly count: number;
}

/** How a layout of whole bytes is copied. Never as floating-point numbers: a NaN keeps its bits. */
export function wordsOf(layout: Layout): Words {
  const size = bitsOf[layout] / 8;
  const width = size >= 4 ? 4 : size === 2 ? 2 : 1;
  return { width, count: size / width };
}

/** The taken rows' values one after the other; `bytesOf` says where a chunk's lie. */
export function takeElements<C extends Rows>(
  runs: readonly Run<C>[],
  rows: Uint32Array,
  { width, count }: Words,
  bytesOf: (chunk: C) => Uint8Array,
): Uint8Array {
  const bytes = new Uint8Array(rows.length * width * count);
  const out = viewOf(bytes, width);
  const views = new Map<C, Uint8Array | Uint16Array | Uint32Array>();
  for (const { chunk, start, from, to } of runs) {
    let source = views.get(chunk);
    if (!source) {
      source = viewOf(bytesOf(chunk), width);
      views.set(chunk, source);
    }
    if (count === 1) for (let k = from; k < to; k++) out[k] = source[rows[k]! - start]!;
    else if (count === 2) takePairs(source, out, rows, start, from, to);
    else {
      for (let k = from; k < to; k++) {
        for (let i = 0, at = (rows[k]! - start) * count; i < count; i++) out[k * count + i] = source[at + i]!;
      }
    }
  }
  return bytes;
}

type Unsigned = Uint8Array | Uint16Array | Uint32Array;

function takePairs(source: Unsigned, out: Unsigned, rows: Uint32Array, start: number, from: number, to: number): void {
  for (let k = from; k < to; k++) {
    const at = 2 * (rows[k]! - start);
    out[2 * k] = source[at]!;
    out[2 * k + 1] = source[at + 1]!;
  }
}

/** Bytes as words; copied where they do not lie on their alignment. */
function viewOf(bytes: Uint8Array, width: Words["width"]): Unsigned {
  if (width === 1) return bytes;
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);
  const length = Math.floor(byteLength / width);
  return width === 2 ? new Uint16Array(buffer, byteOffset, length) : new Uint32Array(buffer, byteOffset, length);
}
