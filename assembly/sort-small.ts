// Sorting what lies in the cache: insertion of a few values, and buckets of equal width for more. See sort.ts.

import { greatest, least } from "./steps";

/** Up to so many values are sorted by insertion. */
export const insertionLimit: isize = 24;

export function insertion<T extends number>(first: usize, last: usize): void {
  for (let at = first + 8; at <= last; at += 8) {
    const value = load<T>(at);
    let hole = at;
    while (hole > first && load<T>(hole - 8) > value) {
      store<T>(hole, load<T>(hole - 8));
      hole -= 8;
    }
    store<T>(hole, value);
  }
}

function quick<T extends number>(first: usize, last: usize): void {
  while (<isize>(last - first) >= insertionLimit << 3) {
    const middle = first + ((((last - first) >>> 3) >>> 1) << 3);
    const a = load<T>(first);
    const b = load<T>(middle);
    const c = load<T>(last);
    const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
    let low = first;
    let high = last;
    while (low <= high) {
      while (load<T>(low) < pivot) low += 8;
      while (load<T>(high) > pivot) high -= 8;
      if (low <= high) {
        const swap = load<T>(low);
        store<T>(low, load<T>(high));
        store<T>(high, swap);
        low += 8;
        high -= 8;
      }
    }
    if (high - first < last - low) {
      if (<isize>(high - first) > 0) quick<T>(first, high);
      first = low;
    } else {
      if (<isize>(last - low) > 0) quick<T>(low, last);
      last = high;
    }
  }
  insertion<T>(first, last);
}

/**
 * Distributes over two buckets a value, of equal width, and lets insertion do the rest. `counters` has room for 2 u16 a
 * value, and 1 more for the bucket of each.
 */
export function spread<T extends number>(values: usize, length: u32, scratch: usize, counters: usize): void {
  const end = values + (<usize>length << 3);
  const low = smallest<T>(values, end);
  const high = largest<T>(values, end);
  if (low == high) return;
  const buckets = length << 1;
  const scale = <f64>(buckets - 1) / offset<T>(low, high);
  if (!(scale > 0 && scale < Infinity)) {
    quick<T>(values, end - 8); // the range or its inverse is no double
    return;
  }
  // Whole vectors of counters: those at the end count nothing.
  const last = counters + (<usize>((buckets + 7) & ~7) << 1);
  const index = (last + 15) & ~15;
  memory.fill(counters, 0, last - counters);
  bucketsOf<T>(values, end, low, scale, index);
  const indexEnd = index + (<usize>length << 1);
  for (let at = index; at < indexEnd; at += 2) {
    const counter = counters + (<usize>load<u16>(at) << 1);
    store<u16>(counter, load<u16>(counter) + 1);
  }
  const most = startsOf(counters, last);
  for (let at = index, from = values; at < indexEnd; at += 2, from += 8) {
    const counter = counters + (<usize>load<u16>(at) << 1);
    const position = load<u16>(counter);
    store<u16>(counter, position + 1);
    store<T>(scratch + (<usize>position << 3), load<T>(from));
  }
  if (most <= <u32>insertionLimit) {
    insertFrom<T>(scratch, values, end); // every value is at most a bucket from its place
    return;
  }
  memory.copy(values, scratch, <usize>length << 3);
  let first = values;
  for (let counter = counters; counter < last; counter += 2) {
    const bucketEnd = values + (<usize>load<u16>(counter) << 3);
    if (bucketEnd > first + 8) quick<T>(first, bucketEnd - 8);
    first = bucketEnd;
  }
}

/** Makes counts (u16) the sums of those before them, eight at a time; returns the largest count. */
// @ts-ignore: decorator
@inline
function startsOf(counters: usize, last: usize): u32 {
  const zero = i16x8.splat(0);
  let before = zero;
  let most = zero;
  for (; counters < last; counters += 16) {
    const counts = v128.load(counters);
    most = i16x8.max_u(most, counts);
    let sums = i16x8.add(counts, v128.shuffle<u16>(zero, counts, 7, 8, 9, 10, 11, 12, 13, 14));
    sums = i16x8.add(sums, v128.shuffle<u16>(zero, sums, 6, 7, 8, 9, 10, 11, 12, 13));
    sums = i16x8.add(sums, v128.shuffle<u16>(zero, sums, 4, 5, 6, 7, 8, 9, 10, 11));
    v128.store(counters, i16x8.add(before, i16x8.sub(sums, counts)));
    before = i16x8.add(before, v128.shuffle<u16>(sums, sums, 7, 7, 7, 7, 7, 7, 7, 7));
  }
  most = i16x8.max_u(most, v128.shuffle<u16>(most, most, 4, 5, 6, 7, 4, 5, 6, 7));
  most = i16x8.max_u(most, v128.shuffle<u16>(most, most, 2, 3, 2, 3, 2, 3, 2, 3));
  return max<u32>(i16x8.extract_lane_u(most, 0), i16x8.extract_lane_u(most, 1));
}

/**
 * Insertion of values that are nearly in order, from elsewhere. Nobody can predict which of two neighbours is the smaller:
 * the larger one is carried on without a branch, which leaves few to insert.
 */
// @ts-ignore: decorator
@inline
function insertFrom<T extends number>(from: usize, values: usize, end: usize): void {
  let carried = load<T>(from);
  let before = <T>(isFloat<T>() ? -Infinity : i64.MIN_VALUE);
  from += 8;
  const last = end - 8;
  for (let at = values; at < last; at += 8, from += 8) {
    const value = load<T>(from);
    const lower = least<T>(carried, value);
    carried = greatest<T>(carried, value);
    let hole = at;
    if (lower < before) {
      do {
        store<T>(hole, load<T>(hole - 8));
        hole -= 8;
      } while (hole > values && load<T>(hole - 8) > lower);
    } else before = lower;
    store<T>(hole, lower);
  }
  store<T>(last, carried);
}

// @ts-ignore: decorator
@inline
export function smallest<T extends number>(values: usize, end: usize): T {
  let low = load<T>(values);
  if (isFloat<T>()) {
    let a = f64x2.splat(<f64>low);
    let b = a;
    for (; values + 32 <= end; values += 32) {
      a = f64x2.pmin(a, v128.load(values));
      b = f64x2.pmin(b, v128.load(values, 16));
    }
    a = f64x2.pmin(a, b);
    low = <T>min(f64x2.extract_lane(a, 0), f64x2.extract_lane(a, 1));
  }
  for (; values < end; values += 8) {
    const value = load<T>(values);
    low = value < low ? value : low;
  }
  return low;
}

// @ts-ignore: decorator
@inline
export function largest<T extends number>(values: usize, end: usize): T {
  let high = load<T>(values);
  if (isFloat<T>()) {
    let a = f64x2.splat(<f64>high);
    let b = a;
    for (; values + 32 <= end; values += 32) {
      a = f64x2.pmax(a, v128.load(values));
      b = f64x2.pmax(b, v128.load(values, 16));
    }
    a = f64x2.pmax(a, b);
    high = <T>max(f64x2.extract_lane(a, 0), f64x2.extract_lane(a, 1));
  }
  for (; values < end; values += 8) {
    const value = load<T>(values);
    high = value > high ? value : high;
  }
  return high;
}

/** Writes the bucket (u16) of each value; adding 2^52 leaves the rounded position in the low bits. */
// @ts-ignore: decorator
@inline
export function bucketsOf<T extends number>(values: usize, end: usize, low: T, scale: f64, index: usize): void {
  if (isFloat<T>()) {
    const vLow = f64x2.splat(<f64>low);
    const vScale = f64x2.splat(scale);
    for (; values + 64 <= end; values += 64, index += 16) {
      const a = v128.shuffle<u32>(position(values, vLow, vScale), position(values + 16, vLow, vScale), 0, 2, 4, 6);
      const b = v128.shuffle<u32>(position(values + 32, vLow, vScale), position(values + 48, vLow, vScale), 0, 2, 4, 6);
      v128.store(index, i16x8.narrow_i32x4_u(a, b));
    }
  }
  for (; values < end; values += 8, index += 2) {
    store<u16>(index, <u16>reinterpret<u64>(offset<T>(low, load<T>(values)) * scale + 4503599627370496.0));
  }
}

// @ts-ignore: decorator
@inline
function position(values: usize, low: v128, scale: v128): v128 {
  return f64x2.add(f64x2.mul(f64x2.sub(v128.load(values), low), scale), f64x2.splat(4503599627370496));
}

/** How far a value lies above another one; between 64-bit integers that can be more than an i64 holds. */
// @ts-ignore: decorator
@inline
export function offset<T extends number>(low: T, value: T): f64 {
  return isFloat<T>() ? <f64>(value - low) : <f64>(<u64>(value - low));
}
