// Sorting f64 (without NaN) or i64 keys in place.
//
// Up to 24 values: insertion. Up to 4 096, which with its copy stays in the first- or second-level cache: the values are
// distributed over as many buckets by their position between the smallest and the largest, and insertion does the
// rest; where values crowd, each bucket is sorted by itself, by quicksort with the median of three. Beyond: one pass
// distributes by the leading bits in which the keys differ (most significant digit first), then every bucket is sorted
// by itself. That digit is taken between the smallest and the largest key, so a level divides the range of keys by at
// least 128 whatever the distribution: at most ten levels, and time linear in the length even for heavy tails.

import { Key } from "./grid";

const insertionLimit: isize = 24;
const spreadLimit: u32 = 4096;

/** u32 counters that `sortF64` and `sortI64` need beside one value-sized slot a value: all levels together. */
export function sortCounters(): i32 {
  return 65536 * 10;
}

/** Sorts `length` f64 without NaN; `scratch` has room for `length` f64, `counters` for `sortCounters()` u32. */
export function sortF64(values: usize, length: u32, scratch: usize, counters: usize): void {
  sort<f64>(values, length, scratch, counters);
}

/** Sorts `length` i64. */
export function sortI64(values: usize, length: u32, scratch: usize, counters: usize): void {
  sort<i64>(values, length, scratch, counters);
}

/** Sorts each of `cellCount` neighbouring runs; `ends` (u32) are their ends, the first begins at 0. */
export function sortCellsF64(values: usize, ends: usize, cellCount: i32, scratch: usize, counters: usize): void {
  sortCells<f64>(values, ends, cellCount, scratch, counters);
}

export function sortCellsI64(values: usize, ends: usize, cellCount: i32, scratch: usize, counters: usize): void {
  sortCells<i64>(values, ends, cellCount, scratch, counters);
}

// @ts-ignore: decorator
@inline
function sortCells<T extends number>(values: usize, ends: usize, cellCount: i32, scratch: usize, counters: usize): void {
  let start: u32 = 0;
  for (let k = 0; k < cellCount; k++) {
    const end = load<u32>(ends + (<usize>k << 2));
    sort<T>(values + (<usize>start << 3), end - start, scratch, counters);
    start = end;
  }
}

function sort<T extends number>(values: usize, length: u32, scratch: usize, counters: usize): void {
  if (length < 2) return;
  const first = values;
  const last = values + (<usize>(length - 1) << 3);
  if (length <= <u32>insertionLimit) insertion<T>(first, last);
  else if (length <= spreadLimit) spread<T>(values, length, scratch, counters);
  else distribute<T>(values, length, scratch, counters);
}

function insertion<T extends number>(first: usize, last: usize): void {
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

/** Distributes over buckets of equal width; `counters` has room for as many u32. */
function spread<T extends number>(values: usize, length: u32, scratch: usize, counters: usize): void {
  const end = values + (<usize>length << 3);
  let low = load<T>(values);
  let high = low;
  for (let at = values + 8; at < end; at += 8) {
    const value = load<T>(at);
    low = value < low ? value : low;
    high = value > high ? value : high;
  }
  if (low == high) return;
  const buckets = length;
  const scale = <f64>(buckets - 1) / offset<T>(low, high);
  if (!(scale > 0 && scale < Infinity)) {
    quick<T>(values, end - 8); // the range or its inverse is no double
    return;
  }
  memory.fill(counters, 0, <usize>buckets << 2);
  for (let at = values; at < end; at += 8) {
    const counter = counters + bucket<T>(low, load<T>(at), scale);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  let start: u32 = 0;
  let most: u32 = 0;
  const last = counters + (<usize>buckets << 2);
  for (let counter = counters; counter < last; counter += 4) {
    const count = load<u32>(counter);
    store<u32>(counter, start);
    start += count;
    most = max(most, count);
  }
  for (let at = values; at < end; at += 8) {
    const value = load<T>(at);
    const counter = counters + bucket<T>(low, value, scale);
    const position = load<u32>(counter);
    store<u32>(counter, position + 1);
    store<T>(scratch + (<usize>position << 3), value);
  }
  memory.copy(values, scratch, <usize>length << 3);
  if (most <= <u32>insertionLimit) {
    insertion<T>(values, end - 8); // every value is at most a bucket from its place
    return;
  }
  let first = values;
  for (let counter = counters; counter < last; counter += 4) {
    const bucketEnd = values + (<usize>load<u32>(counter) << 3);
    if (bucketEnd > first + 8) quick<T>(first, bucketEnd - 8);
    first = bucketEnd;
  }
}

/** Byte offset of a value's counter; adding 2^52 leaves the rounded position in the low bits. */
// @ts-ignore: decorator
@inline
function bucket<T extends number>(low: T, value: T, scale: f64): usize {
  return <usize>(<u32>reinterpret<u64>(offset<T>(low, value) * scale + 4503599627370496.0)) << 2;
}

/** How far a value lies above another one; between 64-bit integers that can be more than an i64 holds. */
// @ts-ignore: decorator
@inline
function offset<T extends number>(low: T, value: T): f64 {
  return isFloat<T>() ? <f64>(value - low) : <f64>(<u64>(value - low));
}

// @ts-ignore: decorator
@inline
function keyOf<T extends number>(value: T): i64 {
  return isFloat<T>() ? Key.from(<f64>value) : <i64>value;
}

function distribute<T extends number>(values: usize, length: u32, scratch: usize, counters: usize): void {
  const end = values + (<usize>length << 3);
  let low = load<T>(values);
  let high = low;
  for (let at = values + 8; at < end; at += 8) {
    const value = load<T>(at);
    low = value < low ? value : low;
    high = value > high ? value : high;
  }
  if (low == high) return;
  const origin = keyOf<T>(low);
  const range = <u64>(keyOf<T>(high) - origin);
  // About eight values a bucket when they spread evenly, never fewer than 128 buckets nor more than 65 536.
  const bits = min<i32>(16, max<i32>(7, 32 - <i32>clz<u32>(length >>> 3)));
  const shift = <u64>max<i32>(0, 64 - <i32>clz<u64>(range) - bits);
  const buckets = <i32>(range >> shift) + 1;

  memory.fill(counters, 0, <usize>buckets << 2);
  for (let at = values; at < end; at += 8) {
    const counter = counters + (<usize>(<u64>(keyOf<T>(load<T>(at)) - origin) >> shift) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  let start: u32 = 0;
  for (let k = 0; k < buckets; k++) {
    const counter = counters + (<usize>k << 2);
    const count = load<u32>(counter);
    store<u32>(counter, start);
    start += count;
  }
  for (let at = values; at < end; at += 8) {
    const value = load<T>(at);
    const counter = counters + (<usize>(<u64>(keyOf<T>(value) - origin) >> shift) << 2);
    const position = load<u32>(counter);
    store<u32>(counter, position + 1);
    store<T>(scratch + (<usize>position << 3), value);
  }
  memory.copy(values, scratch, <usize>length << 3);
  if (shift == 0) return; // a bucket is one key
  const next = counters + (<usize>buckets << 2);
  start = 0;
  for (let k = 0; k < buckets; k++) {
    const bucketEnd = load<u32>(counters + (<usize>k << 2));
    sort<T>(values + (<usize>start << 3), bucketEnd - start, scratch, next);
    start = bucketEnd;
  }
}
