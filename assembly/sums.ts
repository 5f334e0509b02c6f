// Sums over a grid: with a sign per cell (Wasserstein's closed stretches), extremes per cell, sums per bin.

import { Edges, Key, Scale } from "./grid";
import { addTo } from "./two-sum";

/**
 * Adds to `state` (four f64: sum, its low part, +inf, -inf) the sum of signs[cell(x)] · (x - centre). `signs` holds one
 * f64 a cell. NaN is left out, infinite values are counted instead of summed. Values of cells for which `open` holds 8
 * instead of 0 (one byte a cell) are appended to `rest`, which has room for one more; returns how many. Not with NaN.
 */
export function signedSumByScale(
  state: usize,
  values: usize,
  length: i32,
  low: f64,
  scale: f64,
  count: i32,
  signs: usize,
  centre: f64,
  open: usize,
  rest: usize,
): i32 {
  const vLow = f64x2.splat(low);
  const vScale = f64x2.splat(scale);
  const vLast = f64x2.splat(<f64>(count - 1));
  const magic = f64x2.splat(4503599627370496);
  const vCentre = f64x2.splat(centre);
  let a = f64x2.splat(0);
  let b = a;
  let to = rest;
  let at = values;
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~3) << 3); at < stop; at += 32) {
    const x = v128.load(at);
    const y = v128.load(at, 16);
    const i = Scale.pair(x, vLow, vScale, vLast, magic);
    const k = Scale.pair(y, vLow, vScale, vLast, magic);
    const i0 = <usize>i32x4.extract_lane(i, 0);
    const i1 = <usize>i32x4.extract_lane(i, 2);
    const k0 = <usize>i32x4.extract_lane(k, 0);
    const k1 = <usize>i32x4.extract_lane(k, 2);
    const sx = v128.load64_lane(signs + (i1 << 3), v128.load64_zero(signs + (i0 << 3)), 1);
    const sy = v128.load64_lane(signs + (k1 << 3), v128.load64_zero(signs + (k0 << 3)), 1);
    a = f64x2.add(a, f64x2.mul(sx, f64x2.sub(x, vCentre)));
    b = f64x2.add(b, f64x2.mul(sy, f64x2.sub(y, vCentre)));
    v128.store64_lane(to, x, 0);
    to += <usize>load<u8>(open + i0);
    v128.store64_lane(to, x, 1);
    to += <usize>load<u8>(open + i1);
    v128.store64_lane(to, y, 0);
    to += <usize>load<u8>(open + k0);
    v128.store64_lane(to, y, 1);
    to += <usize>load<u8>(open + k1);
  }
  a = f64x2.add(a, b);
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  for (; at < end; at += 8) {
    const x = load<f64>(at);
    const cell = <usize>Scale.cell(x, low, scale, count);
    sum += load<f64>(signs + (cell << 3)) * (x - centre);
    store<f64>(to, x);
    to += <usize>load<u8>(open + cell);
  }
  if (sum - sum != 0) {
    sum = 0;
    for (at = values; at < end; at += 8) {
      const x = load<f64>(at);
      if (x - x == 0) {
        sum += load<f64>(signs + (<usize>Scale.cell(x, low, scale, count) << 3)) * (x - centre);
      } else countInfinity(state, x);
    }
  }
  addTo(state, sum);
  return <i32>((to - rest) >>> 3);
}

export function signedSumByKey(
  state: usize,
  values: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
  signs: usize,
  centre: f64,
): void {
  let sum: f64 = 0;
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    if (x - x == 0) sum += load<f64>(signs + (<usize>Key.cell(Key.from(x), low, shift, count) << 3)) * (x - centre);
    else countInfinity(state, x);
  }
  addTo(state, sum);
}

/** For 64-bit integer keys; `centre` is a key too, and the difference is exact before it is rounded. */
export function signedSumByWideKey(
  state: usize,
  keys: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
  signs: usize,
  centre: i64,
): void {
  let sum: f64 = 0;
  for (let end = keys + (<usize>length << 3); keys < end; keys += 8) {
    const key = load<i64>(keys);
    const distance = key >= centre ? <f64>(<u64>(key - centre)) : -<f64>(<u64>(centre - key));
    sum += load<f64>(signs + (<usize>Key.cell(key, low, shift, count) << 3)) * distance;
  }
  addTo(state, sum);
}

export function signedSumByEdges(
  state: usize,
  values: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
  signs: usize,
  centre: f64,
): void {
  let sum: f64 = 0;
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    if (x - x == 0) sum += load<f64>(signs + (<usize>Edges.cell<f64>(x, edges, edgeCount, closed) << 3)) * (x - centre);
    else countInfinity(state, x);
  }
  addTo(state, sum);
}

function countInfinity(state: usize, x: f64): void {
  if (x == Infinity) store<f64>(state, load<f64>(state, 16) + 1, 16);
  else if (x == -Infinity) store<f64>(state, load<f64>(state, 24) + 1, 24);
}

/** Widens the smallest and largest value of each cell (two f64 a cell at `spans`) by dense f64; NaN is left out. */
export function spansByScale(
  spans: usize,
  values: usize,
  length: i32,
  low: f64,
  scale: f64,
  count: i32,
): void {
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    widen<f64>(spans + (<usize>Scale.cell(x, low, scale, count) << 4), x);
  }
}

export function spansByKey(
  spans: usize,
  values: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
): void {
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    widen<f64>(spans + (<usize>Key.cell(Key.from(x), low, shift, count) << 4), x);
  }
}

export function spansByWideKey(
  spans: usize,
  keys: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
): void {
  for (let end = keys + (<usize>length << 3); keys < end; keys += 8) {
    const key = load<i64>(keys);
    widen<i64>(spans + (<usize>Key.cell(key, low, shift, count) << 4), key);
  }
}

// @ts-ignore: decorator
@inline
function widen<T extends number>(span: usize, x: T): void {
  if (x < load<T>(span)) store<T>(span, x);
  if (x > load<T>(span, 8)) store<T>(span, x, 8);
}
