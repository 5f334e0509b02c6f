// Finding and ordering the values of open cells.
//
// `select…` copies the values of open cells out of a block. Open cells are often neighbours (a gap between two
// distribution functions is largest around one place), so where they form a few runs a comparison with the runs' ends,
// two values at a time, is far cheaper than computing every value's cell.
//
// `place…` then puts each selected value where its cell begins, since the counts are known: a counting sort by cell.
// `sortCells` (sort.ts) orders the values inside each cell.

import { Edges, Key, Scale } from "./grid";

/** Appends to `out` the values whose cell is open (`open`: one byte a cell); returns how many. NaN is left out. */
export function selectByScale(
  values: usize,
  length: i32,
  low: f64,
  scale: f64,
  count: i32,
  open: usize,
  out: usize,
): i32 {
  const vLow = f64x2.splat(low);
  const vScale = f64x2.splat(scale);
  const vLast = f64x2.splat(<f64>(count - 1));
  const magic = f64x2.splat(4503599627370496);
  let to = out;
  let at = values;
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~1) << 3); at < stop; at += 16) {
    const x = v128.load(at);
    const cells = Scale.pair(x, vLow, vScale, vLast, magic);
    const a = f64x2.extract_lane(x, 0);
    const b = f64x2.extract_lane(x, 1);
    store<f64>(to, a + 0);
    to += <usize>(load<u8>(open + <usize>i32x4.extract_lane(cells, 0)) & u8(a == a)) << 3;
    store<f64>(to, b + 0);
    to += <usize>(load<u8>(open + <usize>i32x4.extract_lane(cells, 2)) & u8(b == b)) << 3;
  }
  if (at < end) {
    const x = load<f64>(at);
    store<f64>(to, x + 0);
    to += <usize>(load<u8>(open + <usize>Scale.cell(x, low, scale, count)) & u8(x == x)) << 3;
  }
  return <i32>((to - out) >>> 3);
}

export function selectByKey(
  values: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
  open: usize,
  out: usize,
): i32 {
  let to = out;
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    store<f64>(to, x + 0);
    to += <usize>(load<u8>(open + <usize>Key.cell(Key.from(x), low, shift, count)) & u8(x == x)) << 3;
  }
  return <i32>((to - out) >>> 3);
}

export function selectByWideKey(
  keys: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
  open: usize,
  out: usize,
): i32 {
  let to = out;
  for (let end = keys + (<usize>length << 3); keys < end; keys += 8) {
    const key = load<i64>(keys);
    store<i64>(to, key);
    to += <usize>load<u8>(open + <usize>Key.cell(key, low, shift, count)) << 3;
  }
  return <i32>((to - out) >>> 3);
}

export function selectByEdges(
  values: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
  open: usize,
  out: usize,
): i32 {
  let to = out;
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    store<f64>(to, x + 0);
    to += <usize>(load<u8>(open + <usize>Edges.cell<f64>(x, edges, edgeCount, closed)) & u8(x == x)) << 3;
  }
  return <i32>((to - out) >>> 3);
}

export function selectByWideEdges(
  keys: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
  open: usize,
  out: usize,
): i32 {
  let to = out;
  for (let end = keys + (<usize>length << 3); keys < end; keys += 8) {
    const key = load<i64>(keys);
    store<i64>(to, key);
    to += <usize>load<u8>(open + <usize>Edges.cell<i64>(key, edges, edgeCount, closed)) << 3;
  }
  return <i32>((to - out) >>> 3);
}

/** Appends to `out` the values in any of up to three closed intervals, given as pairs of f64; returns how many. */
export function selectByRuns(values: usize, length: i32, runs: usize, runCount: i32, out: usize): i32 {
  if (runCount == 1) return within(values, length, runs, 1, out);
  if (runCount == 2) return within(values, length, runs, 2, out);
  return within(values, length, runs, 3, out);
}

// @ts-ignore: decorator
@inline
function inside(x: v128, first: v128, last: v128): v128 {
  return v128.and(f64x2.ge(x, first), f64x2.le(x, last));
}

// @ts-ignore: decorator
@inline
function within(values: usize, length: i32, runs: usize, runCount: i32, out: usize): i32 {
  const firstA = v128.load_splat<f64>(runs);
  const lastA = v128.load_splat<f64>(runs, 8);
  const firstB = runCount > 1 ? v128.load_splat<f64>(runs, 16) : firstA;
  const lastB = runCount > 1 ? v128.load_splat<f64>(runs, 24) : lastA;
  const firstC = runCount > 2 ? v128.load_splat<f64>(runs, 32) : firstA;
  const lastC = runCount > 2 ? v128.load_splat<f64>(runs, 40) : lastA;
  let to = out;
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~3) << 3); values < stop; values += 32) {
    const x = v128.load(values);
    const y = v128.load(values, 16);
    let inX = inside(x, firstA, lastA);
    let inY = inside(y, firstA, lastA);
    if (runCount > 1) {
      inX = v128.or(inX, inside(x, firstB, lastB));
      inY = v128.or(inY, inside(y, firstB, lastB));
    }
    if (runCount > 2) {
      inX = v128.or(inX, inside(x, firstC, lastC));
      inY = v128.or(inY, inside(y, firstC, lastC));
    }
    if (v128.any_true(v128.or(inX, inY))) {
      store<f64>(to, f64x2.extract_lane(x, 0) + 0);
      to += <usize>(i64x2.extract_lane(inX, 0) & 8);
      store<f64>(to, f64x2.extract_lane(x, 1) + 0);
      to += <usize>(i64x2.extract_lane(inX, 1) & 8);
      store<f64>(to, f64x2.extract_lane(y, 0) + 0);
      to += <usize>(i64x2.extract_lane(inY, 0) & 8);
      store<f64>(to, f64x2.extract_lane(y, 1) + 0);
      to += <usize>(i64x2.extract_lane(inY, 1) & 8);
    }
  }
  for (; values < end; values += 8) {
    const x = load<f64>(values);
    const a = u32(x >= load<f64>(runs)) & u32(x <= load<f64>(runs, 8));
    const b = runCount > 1 ? u32(x >= load<f64>(runs, 16)) & u32(x <= load<f64>(runs, 24)) : 0;
    const c = runCount > 2 ? u32(x >= load<f64>(runs, 32)) & u32(x <= load<f64>(runs, 40)) : 0;
    store<f64>(to, x + 0);
    to += <usize>(a | b | c) << 3;
  }
  return <i32>((to - out) >>> 3);
}

// @ts-ignore: decorator
@inline
function put<T extends number>(value: T, cell: i32, starts: usize, out: usize): void {
  const start = starts + (<usize>cell << 2);
  const position = load<u32>(start);
  store<u32>(start, position + 1);
  store<T>(out + (<usize>position << 3), value);
}

/** Puts each value at the position that `starts` (u32 a cell) gives for its cell, and advances it. */
export function placeByScale(
  values: usize,
  length: i32,
  low: f64,
  scale: f64,
  count: i32,
  starts: usize,
  out: usize,
): void {
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    put<f64>(x + 0, Scale.cell(x, low, scale, count), starts, out);
  }
}

export function placeByKey(
  values: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
  starts: usize,
  out: usize,
): void {
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    put<f64>(x + 0, Key.cell(Key.from(x), low, shift, count), starts, out);
  }
}

export function placeByWideKey(
  keys: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
  starts: usize,
  out: usize,
): void {
  for (let end = keys + (<usize>length << 3); keys < end; keys += 8) {
    const key = load<i64>(keys);
    put<i64>(key, Key.cell(key, low, shift, count), starts, out);
  }
}

export function placeByEdges(
  values: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
  starts: usize,
  out: usize,
): void {
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    put<f64>(x + 0, Edges.cell<f64>(x, edges, edgeCount, closed), starts, out);
  }
}

export function placeByWideEdges(
  keys: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
  starts: usize,
  out: usize,
): void {
  for (let end = keys + (<usize>length << 3); keys < end; keys += 8) {
    const key = load<i64>(keys);
    put<i64>(key, Edges.cell<i64>(key, edges, edgeCount, closed), starts, out);
  }
}
