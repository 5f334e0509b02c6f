// Cells of a histogram whose grid does not depend on the data: a double's cell is its key shifted right. Cells of a
// smaller shift lie within those of a larger one, so lists of cells can be brought to a common shift without loss.
//
// Of ascending values, two neighbours lie in different cells just where the highest bit in which their keys differ is not
// shifted out. Counting these bits once tells the number of cells at every shift.

import { Key } from "./grid";
import { valueOf } from "./steps";

/**
 * The smallest shift from `least` on at which `length` ascending f64 without NaN lie in at most `most` cells, which are
 * at least 2. `counters` has room for 64 u32.
 */
export function cellShift(values: usize, length: u32, least: i32, most: u32, counters: usize): i32 {
  if (length < 2) return least;
  memory.fill(counters, 0, 256);
  const end = values + (<usize>length << 3);
  let before = Key.from(load<f64>(values));
  for (let at = values + 8; at < end; at += 8) {
    const key = Key.from(load<f64>(at));
    const different = key ^ before;
    if (different == 0) continue;
    const counter = counters + (<usize>(63 - <i32>clz(different)) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
    before = key;
  }
  let cells: u32 = 1;
  for (let shift = 63; shift >= least; shift--) {
    cells += load<u32>(counters + (<usize>shift << 2));
    if (cells > most) return shift + 1;
  }
  return least;
}

/**
 * Writes the smallest double of each occupied cell to `starts` and its count (f64) to `sums`, which may be the inputs;
 * returns the number of cells. The values ascend, without NaN. `counts` (f64) says how often each occurs; 0: once.
 */
export function cellRuns(values: usize, counts: usize, length: u32, shift: i32, starts: usize, sums: usize): u32 {
  if (length == 0) return 0;
  const by = <i64>shift;
  const end = values + (<usize>length << 3);
  const first = starts;
  let cell = Key.from(load<f64>(values)) >> by;
  let sum: f64 = 0;
  for (; values < end; values += 8) {
    const next = Key.from(load<f64>(values)) >> by;
    if (next != cell) {
      store<f64>(starts, startOf(cell, by));
      store<f64>(sums, sum);
      starts += 8;
      sums += 8;
      cell = next;
      sum = 0;
    }
    sum += counts ? load<f64>(counts) : 1;
    if (counts) counts += 8;
  }
  store<f64>(starts, startOf(cell, by));
  store<f64>(sums, sum);
  return <u32>((starts - first) >>> 3) + 1;
}

/** The smallest double of a cell; below -Infinity there are keys of no number. */
// @ts-ignore: decorator
@inline
export function startOf(cell: i64, shift: i64): f64 {
  return valueOf(max(cell << shift, Key.from(-Infinity)));
}
