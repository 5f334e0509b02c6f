// Which cell of a grid each value lies in.
//
// `index…` writes the cells of a block of values as u16; everything that works by cell (counting, sums, extremes,
// selecting, placing) reads this index and need not know the grid. It is kept for later passes: two bytes a value where
// the values are eight. NaN gets cell 0 and is counted by the return value, for the caller to subtract.
//
// By scale, eight values are indexed at a time without a conversion instruction: see `Scale`.

import { Edges, Key, Scale } from "./grid";
import { valuesOf } from "./steps";

/** Cells by scale (up to 65 536) of `length` dense f64, to `index`; returns the number of NaN. */
export function indexByScale(
  values: usize,
  length: i32,
  low: f64,
  scale: f64,
  count: i32,
  index: usize,
): i32 {
  const offset = Scale.offset(low, scale);
  const vOffset = f64x2.splat(offset);
  const vScale = f64x2.splat(scale);
  const vFirst = f64x2.splat(4503599627370496);
  const vLast = f64x2.splat(4503599627370496.0 + <f64>(count - 1));
  let sum = f64x2.splat(0);
  let at = values;
  let to = index;
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~7) << 3); at < stop; at += 64, to += 16) {
    const a = f64x2.add(f64x2.mul(v128.load(at), vScale), vOffset);
    const b = f64x2.add(f64x2.mul(v128.load(at, 16), vScale), vOffset);
    const c = f64x2.add(f64x2.mul(v128.load(at, 32), vScale), vOffset);
    const d = f64x2.add(f64x2.mul(v128.load(at, 48), vScale), vOffset);
    sum = f64x2.add(sum, f64x2.add(f64x2.add(a, b), f64x2.add(c, d)));
    const ab = v128.shuffle<u32>(clamp(a, vFirst, vLast), clamp(b, vFirst, vLast), 0, 2, 4, 6);
    const cd = v128.shuffle<u32>(clamp(c, vFirst, vLast), clamp(d, vFirst, vLast), 0, 2, 4, 6);
    v128.store(to, i16x8.narrow_i32x4_u(ab, cd));
  }
  let rest: f64 = 0;
  for (; at < end; at += 8, to += 2) {
    const x = load<f64>(at);
    rest += x;
    store<u16>(to, Scale.cell(x, offset, scale, count));
  }
  // A NaN leaves its trace in the sum; so may infinities.
  rest += f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  return rest == rest ? 0 : countNaN(values, length);
}

// @ts-ignore: decorator
@inline
function clamp(x: v128, first: v128, last: v128): v128 {
  return f64x2.pmin(f64x2.pmax(first, x), last);
}

/** How many of `length` f64 are NaN. */
function countNaN(values: usize, length: i32): i32 {
  let nan = 0;
  for (const end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    nan += i32(x != x);
  }
  return nan;
}

/** The same by the integer key of the bit pattern. */
export function indexByKey(
  values: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
  index: usize,
): i32 {
  return byKey<f64>(values, length, low, shift, count, index);
}

/** The same for 64-bit integer keys; none of them is NaN. */
export function indexByWideKey(
  keys: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
  index: usize,
): i32 {
  return byKey<i64>(keys, length, low, shift, count, index);
}

// @ts-ignore: decorator
@inline
function byKey<T extends number>(values: usize, length: i32, low: i64, shift: i32, count: i32, index: usize): i32 {
  const vLow = i64x2.splat(low);
  const vLast = i64x2.splat(<i64>(count - 1));
  let missing = i64x2.splat(0);
  let at = values;
  let to = index;
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~3) << 3); at < stop; at += 32, to += 8) {
    let x = v128.load(at);
    let y = v128.load(at, 16);
    let openX = i64x2.splat(-1);
    let openY = openX;
    if (isFloat<T>()) {
      openX = f64x2.eq(x, x);
      openY = f64x2.eq(y, y);
      missing = i64x2.add(missing, i64x2.add(openX, openY));
      x = valuesOf(f64x2.add(x, f64x2.splat(0)));
      y = valuesOf(f64x2.add(y, f64x2.splat(0)));
    }
    openX = v128.and(openX, i64x2.gt_s(x, vLow));
    openY = v128.and(openY, i64x2.gt_s(y, vLow));
    const cells = v128.shuffle<u32>(
      v128.and(steps(i64x2.sub(x, vLow), shift, vLast), openX),
      v128.and(steps(i64x2.sub(y, vLow), shift, vLast), openY),
      0,
      2,
      4,
      6,
    );
    v128.store64_lane(to, i16x8.narrow_i32x4_u(cells, cells), 0);
  }
  // Every number took 1 from the sum.
  let nan = isFloat<T>()
    ? (length & ~3) + <i32>(i64x2.extract_lane(missing, 0) + i64x2.extract_lane(missing, 1))
    : 0;
  for (; at < end; at += 8, to += 2) {
    const x = load<T>(at);
    if (isFloat<T>()) nan += i32(x != x);
    store<u16>(to, Key.cell(isFloat<T>() ? Key.from(<f64>x) : <i64>x, low, shift, count));
  }
  return nan;
}

/** Distances above 0, up to 2^64, in steps of 2^shift and at most `last`. */
// @ts-ignore: decorator
@inline
function steps(distance: v128, shift: i32, last: v128): v128 {
  const count = i64x2.shr_u(distance, shift);
  const beyond = v128.or(i64x2.gt_s(count, last), i64x2.gt_s(i64x2.splat(0), count));
  return v128.bitselect(last, count, beyond);
}

/** The same by `edgeCount` ascending f64 edges: edgeCount + 1 cells. */
export function indexByEdges(
  values: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
  index: usize,
): i32 {
  let nan = 0;
  for (const end = values + (<usize>length << 3); values < end; values += 8, index += 2) {
    const x = load<f64>(values);
    nan += i32(x != x);
    store<u16>(index, Edges.cell<f64>(x, edges, edgeCount, closed));
  }
  return nan;
}

/** The same for 64-bit integer keys and edges. */
export function indexByWideEdges(
  keys: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
  index: usize,
): i32 {
  for (const end = keys + (<usize>length << 3); keys < end; keys += 8, index += 2) {
    store<u16>(index, Edges.cell<i64>(load<i64>(keys), edges, edgeCount, closed));
  }
  return 0;
}
