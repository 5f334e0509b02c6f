// How many values lie in each cell, by the index of cells that `cells.ts` writes; or by edges, where an index cannot hold
// as many cells.

import { Edges } from "./grid";

/**
 * Adds the values of each cell to the two halves of `counts` (2 · count u32): neighbouring values that are equal would
 * wait for each other's counter, so they never share one. `joinHalves` adds the halves up.
 */
export function tally(counts: usize, count: i32, index: usize, length: i32): void {
  addOnes<u32>(counts, counts + (<usize>count << 2), index, length);
}

/** Adds 1 to the counter of each cell, in turns to the first's and the second's. */
// @ts-ignore: decorator
@inline
function addOnes<T>(first: usize, second: usize, index: usize, length: i32): void {
  const end = index + (<usize>length << 1);
  for (const stop = index + (<usize>(length & ~3) << 1); index < stop; index += 8) {
    const a = <usize>load<u16>(index);
    const b = <usize>load<u16>(index, 2);
    const c = <usize>load<u16>(index, 4);
    const d = <usize>load<u16>(index, 6);
    increment<T>(first, a);
    increment<T>(second, b);
    increment<T>(first, c);
    increment<T>(second, d);
  }
  for (; index < end; index += 2) increment<T>(first, <usize>load<u16>(index));
}

// @ts-ignore: decorator
@inline
function increment<T>(counts: usize, cell: usize): void {
  const counter = counts + cell * sizeof<T>();
  store<T>(counter, <T>(load<T>(counter) + <T>1));
}

/** Adds the second half of `counts` to the first. */
export function joinHalves(counts: usize, count: i32): void {
  const half = <usize>count << 2;
  const end = counts + half;
  for (const stop = counts + (<usize>(count & ~3) << 2); counts < stop; counts += 16) {
    v128.store(counts, i32x4.add(v128.load(counts), v128.load(counts + half)));
  }
  for (; counts < end; counts += 4) store<u32>(counts, load<u32>(counts) + load<u32>(counts + half));
}

/** The same in u16 `counts`, which stay in the cache. Counts of 65 536 and more wrap: see `takeSmall`. */
export function tallySmall(counts: usize, index: usize, length: i32): void {
  addOnes<u16>(counts, counts, index, length);
}

/**
 * Moves u16 `small` (room for a multiple of 8) to u32 `counts` if they add up to `total`, which they do unless one has
 * wrapped; clears them; returns whether they did.
 */
export function takeSmall(counts: usize, small: usize, count: i32, total: i32): bool {
  let sums = i32x4.splat(0);
  const bytes = <usize>((count + 7) & ~7) << 1;
  const end = small + bytes;
  for (let at = small; at < end; at += 16) {
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(v128.load(at)));
  }
  const sum =
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3);
  if (sum == total) {
    let to = counts;
    let at = small;
    for (const stop = small + (<usize>(count & ~3) << 1); at < stop; at += 8, to += 16) {
      v128.store(to, i32x4.add(v128.load(to), v128.load16x4_u(at)));
    }
    for (const stop = small + (<usize>count << 1); at < stop; at += 2, to += 4) {
      store<u32>(to, load<u32>(to) + load<u16>(at));
    }
  }
  memory.fill(small, 0, bytes);
  return sum == total;
}

/** Counts of more cells than an index holds, by f64 edges, in u32 `counts`; returns the number of NaN. */
export function countByEdges(
  counts: usize,
  values: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
): i32 {
  return countBy<f64>(counts, values, length, edges, edgeCount, closed);
}

/** The same for 64-bit integer keys and edges. */
export function countByWideEdges(
  counts: usize,
  keys: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
): i32 {
  return countBy<i64>(counts, keys, length, edges, edgeCount, closed);
}

// @ts-ignore: decorator
@inline
function countBy<T extends number>(
  counts: usize,
  values: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
): i32 {
  let nan = 0;
  for (const end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<T>(values);
    if (isFloat<T>()) nan += i32(x != x);
    increment<u32>(counts, <usize>Edges.cell<T>(x, edges, edgeCount, closed));
  }
  return nan;
}
