// Counting values into the cells of a grid, and the same rule for whoever has to find the values of a cell again.
//
// A cell's index is computed four values at a time without a conversion instruction: adding 2^52 leaves the rounded
// index in the low bits of the double. Consecutive equal values would wait for each other's counter, so two values that
// are handled together never touch the same one: the counts come in two halves, `counts` and `counts + size`, which
// `joinHalves` adds up. NaN falls into cell 0 and is counted by the return value, for the caller to subtract.

import { Edges, Key, Scale } from "./grid";

/** Adds to the two halves of `counts` (2 · count u32) the cells of `length` dense f64; returns the number of NaN. */
export function cellsByScale(
  counts: usize,
  values: usize,
  length: i32,
  low: f64,
  scale: f64,
  count: i32,
): i32 {
  const half = <usize>count << 2;
  const vLow = f64x2.splat(low);
  const vScale = f64x2.splat(scale);
  const vLast = f64x2.splat(<f64>(count - 1));
  const magic = f64x2.splat(4503599627370496);
  let missing = i64x2.splat(0);
  let at = values;
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~3) << 3); at < stop; at += 32) {
    const x = v128.load(at);
    const y = v128.load(at, 16);
    missing = i64x2.add(missing, i64x2.add(f64x2.ne(x, x), f64x2.ne(y, y)));
    const i = Scale.pair(x, vLow, vScale, vLast, magic);
    const k = Scale.pair(y, vLow, vScale, vLast, magic);
    increment(counts + (<usize>i32x4.extract_lane(i, 0) << 2));
    increment(counts + half + (<usize>i32x4.extract_lane(i, 2) << 2));
    increment(counts + (<usize>i32x4.extract_lane(k, 0) << 2));
    increment(counts + half + (<usize>i32x4.extract_lane(k, 2) << 2));
  }
  let nan = -<i32>(i64x2.extract_lane(missing, 0) + i64x2.extract_lane(missing, 1));
  for (; at < end; at += 8) {
    const x = load<f64>(at);
    nan += i32(x != x);
    increment(counts + (<usize>Scale.cell(x, low, scale, count) << 2));
  }
  return nan;
}

/** The same by the integer key of the bit pattern. */
export function cellsByKey(
  counts: usize,
  values: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
): i32 {
  let nan = 0;
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    nan += i32(x != x);
    increment(counts + (<usize>Key.cell(Key.from(x), low, shift, count) << 2));
  }
  return nan;
}

/** The same for 64-bit integer keys; none of them is NaN. */
export function cellsByWideKey(
  counts: usize,
  keys: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
): i32 {
  for (let end = keys + (<usize>length << 3); keys < end; keys += 8) {
    increment(counts + (<usize>Key.cell(load<i64>(keys), low, shift, count) << 2));
  }
  return 0;
}

/** The same by `edgeCount` ascending f64 edges: edgeCount + 1 cells. */
export function cellsByEdges(
  counts: usize,
  values: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
): i32 {
  let nan = 0;
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    nan += i32(x != x);
    increment(counts + (<usize>Edges.cell<f64>(x, edges, edgeCount, closed) << 2));
  }
  return nan;
}

/** The same for 64-bit integer keys and edges. */
export function cellsByWideEdges(
  counts: usize,
  keys: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
): i32 {
  for (let end = keys + (<usize>length << 3); keys < end; keys += 8) {
    increment(counts + (<usize>Edges.cell<i64>(load<i64>(keys), edges, edgeCount, closed) << 2));
  }
  return 0;
}

/** Adds the second half of `counts` to the first. */
export function joinHalves(counts: usize, count: i32): void {
  for (let k = 0; k < count; k++) {
    const at = counts + (<usize>k << 2);
    store<u32>(at, load<u32>(at) + load<u32>(at + (<usize>count << 2)));
  }
}

// @ts-ignore: decorator
@inline
function increment(counter: usize): void {
  store<u32>(counter, load<u32>(counter) + 1);
}
