// Sorting f64 (without NaN) or i64 keys in place.
//
// Up to 24 values: insertion. Up to 32 000, which with their copy stay in the second-level cache: the values are
// distributed over twice as many buckets by their position between the smallest and the largest, and insertion does the
// rest; where values crowd, each bucket is sorted by itself, by quicksort with the median of three. Beyond: they are
// distributed over at most 48 buckets by position, few enough for the processor to keep their pages at hand, and each
// bucket is sorted by itself. Where most of the values fall into one bucket they are distributed by the leading bits in
// which their keys differ instead (most significant digit first). That digit is taken between the smallest and the
// largest key, so a level divides the range of keys by at least 128 whatever the distribution: at most ten levels, and
// time linear in the length even for heavy tails.

import { Key } from "./grid";
import { bucketsOf, insertion, insertionLimit, largest, offset, smallest, spread } from "./sort-small";

const spreadLimit: u32 = 32_000;

/**
 * u32 counters that `sortF64` and `sortI64` need beside one value-sized slot a value: all levels together. Levels by
 * position divide the length at least by two each, and need 64.
 */
export function sortCounters(): i32 {
  return 65536 * 10 + 64 * 32 + indexed / 2;
}

/** Values whose buckets are found at once. */
const indexed: i32 = 4096;

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
  else if (!distributeEvenly<T>(values, length, scratch, counters)) distribute<T>(values, length, scratch, counters);
}

// @ts-ignore: decorator
@inline
function keyOf<T extends number>(value: T): i64 {
  return isFloat<T>() ? Key.from(<f64>value) : <i64>value;
}

/** Distributes by position and sorts each bucket; does nothing and returns `false` where most fall into one bucket. */
function distributeEvenly<T extends number>(values: usize, length: u32, scratch: usize, counters: usize): bool {
  const end = values + (<usize>length << 3);
  const low = smallest<T>(values, end);
  const high = largest<T>(values, end);
  if (low == high) return true;
  const buckets = min<u32>(48, length >>> 12);
  const scale = <f64>(buckets - 1) / offset<T>(low, high);
  if (!(scale > 0 && scale < Infinity)) return false;
  const index = counters + (<usize>buckets << 2);
  memory.fill(counters, 0, <usize>buckets << 2);
  for (let at = values; at < end; at += <usize>indexed << 3) {
    const stop = min(end, at + (<usize>indexed << 3));
    bucketsOf<T>(at, stop, low, scale, index);
    for (let from = index, last = index + ((stop - at) >>> 2); from < last; from += 2) {
      const counter = counters + (<usize>load<u16>(from) << 2);
      store<u32>(counter, load<u32>(counter) + 1);
    }
  }
  let start: u32 = 0;
  let most: u32 = 0;
  for (let counter = counters; counter < index; counter += 4) {
    const count = load<u32>(counter);
    store<u32>(counter, start);
    start += count;
    most = max(most, count);
  }
  if (most > length >>> 1) return false;
  for (let at = values; at < end; at += <usize>indexed << 3) {
    const stop = min(end, at + (<usize>indexed << 3));
    bucketsOf<T>(at, stop, low, scale, index);
    for (let value = at, from = index; value < stop; value += 8, from += 2) {
      const counter = counters + (<usize>load<u16>(from) << 2);
      const position = load<u32>(counter);
      store<u32>(counter, position + 1);
      store<T>(scratch + (<usize>position << 3), load<T>(value));
    }
  }
  memory.copy(values, scratch, <usize>length << 3);
  start = 0;
  for (let k: u32 = 0; k < buckets; k++) {
    const bucketEnd = load<u32>(counters + (<usize>k << 2));
    sort<T>(values + (<usize>start << 3), bucketEnd - start, scratch, index);
    start = bucketEnd;
  }
  return true;
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
