/**
 * Two columns row by row, as kernels want them: blocks of pairs in which neither side is missing. Blocks are 1 024 pairs,
 * counted from the first, so that a result depends neither on how a column was cut into chunks nor on missing rows.
 */
import { bitsOf, type FixedChunk } from "./chunk.js";
import { blockRows, type Dense, eachBlock, type Selection } from "./dense.js";
import { chunksInMemory } from "./in-memory.js";
import type { Engine } from "./memory.js";
import { rowMasks } from "./row-mask.js";
import { type Take, withScratch } from "./workspace.js";

/** Rows of two columns, and what became of them: in `rows - nulls - nan` of them both sides hold a value. */
export interface PairsSeen {
  readonly rows: number;
  /** Rows in which a side is null. */
  readonly nulls: number;
  /** Of the others those in which a side is NaN. */
  readonly nan: number;
}

/** Rows brought together at once. */
const stretchRows = 8192;

/** Hands block after block of pairs (two addresses, a length) to `visit`. Both columns have equally many rows. */
export function eachPair(
  x: Dense,
  y: Dense,
  engine: Engine,
  take: Take,
  visit: (x: number, y: number, length: number) => void,
): PairsSeen {
  const { kernels, u8 } = engine;
  const room = (stretchRows + blockRows) * 8;
  const [xs, ys] = [take(room), take(room)];
  const masksOfX = rowMasks(null, engine, take, stretchRows);
  const masksOfY = rowMasks(null, engine, take, stretchRows);
  const wide = x.representation !== "f64";
  let filled = 0;
  let nulls = 0;
  let nan = 0;
  for (const { left, right, leftFrom, rightFrom, rows } of stretches(x, y)) {
    let { mask } = masksOfX(left, leftFrom, rows, 0);
    const other = masksOfY(right, rightFrom, rows, 0).mask;
    if (mask && other) kernels.andMask(mask, other, rows);
    else mask ||= other;
    const selection = mask ? { bits: u8.subarray(mask, mask + Math.ceil(rows / 8)), offset: 0 } : null;
    const found = gather(x, left, leftFrom, rows, selection, engine, xs + filled * 8);
    gather(y, right, rightFrom, rows, selection, engine, ys + filled * 8);
    nulls += rows - found;
    const kept = wide ? found : kernels.keepComparable(xs + filled * 8, ys + filled * 8, found);
    nan += found - kept;
    filled += kept;
    let from = 0;
    for (; filled - from >= blockRows; from += blockRows) visit(xs + from * 8, ys + from * 8, blockRows);
    if (from > 0) {
      for (const start of [xs, ys]) u8.copyWithin(start, start + from * 8, start + filled * 8);
      filled -= from;
    }
  }
  if (filled > 0) visit(xs, ys, filled);
  return { rows: x.rows, nulls, nan };
}

/**
 * Differences x - y of all pairs. Where `halved` they are half as large, because some would have been too large for a
 * double.
 */
export function differencesOf(x: Dense, y: Dense): { values: Float64Array; halved: boolean; seen: PairsSeen } {
  const first = subtracted(x, y, 1);
  return first.overflows ? { ...subtracted(x, y, 0.5), halved: true } : { ...first, halved: false };
}

/** The values of x in the rows in which neither side is missing. */
export function valuesInPairs(x: Dense, y: Dense): Float64Array {
  return withScratch((engine, take) => {
    const all = new Float64Array(x.rows);
    let length = 0;
    eachPair(x, y, engine, take, (address, _, pairs) => {
      all.set(engine.f64.subarray(address / 8, address / 8 + pairs), length);
      length += pairs;
    });
    return all.subarray(0, length);
  });
}

/** The values of both sides in the rows in which neither is missing. */
export function valuesOfPairs(x: Dense, y: Dense): { first: Float64Array; second: Float64Array; seen: PairsSeen } {
  return withScratch((engine, take) => {
    const [first, second] = [new Float64Array(x.rows), new Float64Array(x.rows)];
    let length = 0;
    const seen = eachPair(x, y, engine, take, (a, b, pairs) => {
      first.set(engine.f64.subarray(a / 8, a / 8 + pairs), length);
      second.set(engine.f64.subarray(b / 8, b / 8 + pairs), length);
      length += pairs;
    });
    return { first: first.subarray(0, length), second: second.subarray(0, length), seen };
  });
}

function subtracted(x: Dense, y: Dense, factor: number) {
  return withScratch((engine, take) => {
    const { kernels, f64 } = engine;
    const all = new Float64Array(x.rows);
    const out = take(blockRows * 8);
    let length = 0;
    let overflows = false;
    const seen = eachPair(x, y, engine, take, (a, b, pairs) => {
      if (x.representation === "f64") kernels.subtract(a, b, pairs, factor, out);
      else kernels.subtractKeys(a, b, pairs, out);
      overflows ||= !kernels.allFinite(out, pairs);
      all.set(f64.subarray(out / 8, out / 8 + pairs), length);
      length += pairs;
    });
    return { values: all.subarray(0, length), overflows, seen };
  });
}

interface Stretch {
  readonly left: FixedChunk;
  readonly right: FixedChunk;
  readonly leftFrom: number;
  readonly rightFrom: number;
  readonly rows: number;
}

/** Runs of rows that lie in one chunk on either side. */
function* stretches(x: Dense, y: Dense): Generator<Stretch> {
  const [lefts, rights] = [chunksInMemory(x.chunks), chunksInMemory(y.chunks)];
  let [i, j, leftFrom, rightFrom] = [0, 0, 0, 0];
  while (i < lefts.length && j < rights.length) {
    const left = lefts[i]!;
    const right = rights[j]!;
    const rows = Math.min(stretchRows, left.length - leftFrom, right.length - rightFrom);
    if (rows > 0) yield { left, right, leftFrom, rightFrom, rows };
    leftFrom += rows;
    rightFrom += rows;
    if (leftFrom === left.length) [i, leftFrom] = [i + 1, 0];
    if (rightFrom === right.length) [j, rightFrom] = [j + 1, 0];
  }
}

/** Puts the selected rows of a part of a chunk at `out`; returns how many there are. */
function gather(
  column: Dense,
  chunk: FixedChunk,
  from: number,
  rows: number,
  selection: Selection | null,
  engine: Engine,
  out: number,
): number {
  if (chunk.layout === "f64" && column.representation === "f64" && !selection) {
    engine.copyIn(chunk.bytes.subarray(from * 8, (from + rows) * 8), out);
    return rows;
  }
  if (chunk.layout === "f32" && !selection) {
    // Into the second half of the room, from where they widen towards its beginning without overtaking themselves.
    const raw = out + rows * 4;
    engine.copyIn(chunk.bytes.subarray(from * 4, (from + rows) * 4), raw);
    return engine.kernels.gatherF32(raw, 0, rows, out);
  }
  const firstBit = chunk.bitOffset + from * bitsOf[chunk.layout];
  const bytes = chunk.bytes.subarray(Math.floor(firstBit / 8), Math.ceil((firstBit + rows * bitsOf[chunk.layout]) / 8));
  // The selection already holds the chunk's own validity.
  const part: FixedChunk = { ...chunk, length: rows, bytes, bitOffset: firstBit % 8, validity: null };
  const dense = { chunks: [part], rows, representation: column.representation, selection };
  let end = out;
  withScratch((_, take) =>
    eachBlock(dense, engine, take, (address, length) => {
      engine.u8.copyWithin(end, address, address + length * 8);
      end += length * 8;
    }),
  );
  return (end - out) / 8;
}
