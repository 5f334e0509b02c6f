// An index of cells that are there already, in which others are looked up without a search: for each run of 64 numbers of
// cells of which one is occupied
//
//   0 the run's number i64    8 which cells are occupied u64    16 how many are in runs before u32    20 0
//
// ascending, and at the end a run above all others. The place of a cell is how many lie before its run and, by their bits,
// in it before itself.

import { Key } from "./grid";
import { startOf } from "./key-cells";

/** Bytes of a run. */
export const runBytes: usize = 24;

/** Most bytes that the index of `length` cells takes. */
export function cellIndexBytes(length: u32): u32 {
  return <u32>runBytes * (length + 1);
}

/** Indexes `length` cells that begin at `starts`; returns the number of bytes. */
export function indexCells(starts: usize, length: u32, shift: i32, out: usize): u32 {
  let at = out - runBytes;
  let run = i64.MAX_VALUE; // of no cell
  for (let k: u32 = 0; k < length; k++, starts += 8) {
    const cell = Key.from(load<f64>(starts)) >> <i64>shift;
    if (cell >> 6 != run) {
      run = cell >> 6;
      at += runBytes;
      store<i64>(at, run);
      store<u64>(at, 0, 8);
      store<u64>(at, k, 16);
    }
    store<u64>(at, load<u64>(at, 8) | (<u64>1 << <u64>cell), 8);
  }
  at += runBytes;
  store<i64>(at, i64.MAX_VALUE);
  store<u64>(at, 0, 8);
  store<u64>(at, length, 16);
  return <u32>(at + runBytes - out);
}

/**
 * Adds the counts (f64) of `length` ascending numbers of cells (i64) to those of `known` ones (f64), which have an index.
 * The others are joined, those that are equal, and remain: where they begin at `cells` (f64) and their `counts`; returns
 * how many they are.
 */
export function placeCells(cells: usize, counts: usize, length: u32, shift: i32, index: usize, known: usize): u32 {
  const by = <i64>shift;
  const end = cells + (<usize>length << 3);
  let fresh: u32 = 0;
  const first = cells;
  const firstCount = counts;
  let run = i64.MAX_VALUE; // of no cell
  let occupied: u64 = 0;
  let before: usize = 0;
  for (; cells < end; cells += 8, counts += 8) {
    const cell = load<i64>(cells);
    if (cell >> 6 != run) {
      run = cell >> 6;
      // There is one that is not below: the last is above all.
      while (load<i64>(index) < run) index += runBytes;
      occupied = load<i64>(index) == run ? load<u64>(index, 8) : 0;
      before = known + (<usize>load<u32>(index, 16) << 3);
    }
    const bit = <u64>1 << <u64>cell;
    if (occupied & bit) {
      const at = before + (<usize>popcnt(occupied & (bit - 1)) << 3);
      store<f64>(at, load<f64>(at) + load<f64>(counts));
    } else {
      store<i64>(first + (<usize>fresh << 3), cell);
      store<f64>(firstCount + (<usize>fresh << 3), load<f64>(counts));
      fresh++;
    }
  }
  return joinCells(first, firstCount, fresh, shift);
}

/** Joins ascending numbers of cells (i64) that are equal, in place: where each begins (f64), and its count (f64). */
export function joinCells(cells: usize, counts: usize, length: u32, shift: i32): u32 {
  if (length == 0) return 0;
  const first = cells;
  const end = cells + (<usize>length << 3);
  let out = cells - 8;
  let outCounts = counts - 8;
  let joined: i64 = i64.MAX_VALUE; // of no cell but one of NaN
  let sum: i64 = 0;
  for (; cells < end; cells += 8, counts += 8) {
    const cell = load<i64>(cells);
    // Without a branch, which nobody could predict.
    const next = usize(cell != joined);
    sum = <i64>load<f64>(counts) + (sum & (<i64>next - 1));
    out += next << 3;
    outCounts += next << 3;
    joined = cell;
    store<f64>(out, startOf(cell, <i64>shift));
    store<f64>(outCounts, <f64>sum);
  }
  return <u32>((out + 8 - first) >>> 3);
}
