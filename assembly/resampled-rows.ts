// Rows drawn anew with replacement, as how often each was drawn (u16), and what a model's metrics become then. As many
// are drawn as there are: that one is drawn 65 536 times has a probability below 1e-280000.

import { nextBelow } from "./sfc32";

/** Draws `rows` rows of as many: how often each was, to `counts` (u16). */
export function resampleRows(state: usize, rows: u32, counts: usize): void {
  memory.fill(counts, 0, <usize>rows << 1);
  for (let k: u32 = 0; k < rows; k++) {
    const at = counts + (<usize>nextBelow(state, rows) << 1);
    store<u16>(at, load<u16>(at) + 1);
  }
}

/** The sum of `length` f64, each as often as its row was drawn. */
export function resampledSum(counts: usize, values: usize, length: u32): f64 {
  let even: f64 = 0;
  let odd: f64 = 0;
  let k: u32 = 0;
  for (const pairs = length & ~1; k < pairs; k += 2) {
    even += <f64>load<u16>(counts + (<usize>k << 1)) * load<f64>(values + (<usize>k << 3));
    odd += <f64>load<u16>(counts + (<usize>k << 1), 2) * load<f64>(values + (<usize>k << 3), 8);
  }
  if (k < length) even += <f64>load<u16>(counts + (<usize>k << 1)) * load<f64>(values + (<usize>k << 3));
  return even + odd;
}

/** The row at a rank (from 0) among the drawn ones, rows being in order. */
export function resampledRank(counts: usize, length: u32, rank: u32): u32 {
  let passed: u32 = 0;
  for (let row: u32 = 0; row < length; row++) {
    passed += load<u16>(counts + (<usize>row << 1));
    if (passed > rank) return row;
  }
  return length;
}

/** Adds to u32 `totals` how often rows of each class (u16) were drawn. */
export function resampledClasses(counts: usize, labels: usize, length: u32, totals: usize): void {
  for (const end = counts + (<usize>length << 1); counts < end; counts += 2, labels += 2) {
    const at = totals + (<usize>load<u16>(labels) << 2);
    store<u32>(at, load<u32>(at) + load<u16>(counts));
  }
}

/**
 * Walks over rows in ascending order of their score: `order` (u32) has their numbers, `flags` (bytes) 1 for those of a class
 * plus 2 for the last of equal scores. To `out`, with `ours` rows of the class among `total` drawn ones:
 * - twice the pairs in which a row of the class is above another, equal scores counting once;
 * - the sum, over the rows of the class, of the share of the class among the rows from their score up;
 * - the same of the others, and of the rows from their score down.
 */
export function resampledRanks(
  counts: usize,
  order: usize,
  flags: usize,
  length: u32,
  ours: f64,
  total: f64,
  out: usize,
): void {
  let pairs: f64 = 0;
  let fromAbove: f64 = 0;
  let fromBelow: f64 = 0;
  let ourBelow: f64 = 0;
  let otherBelow: f64 = 0;
  let own: f64 = 0;
  let other: f64 = 0;
  for (const end = order + (<usize>length << 2); order < end; order += 4, flags += 1) {
    const drawn = <f64>load<u16>(counts + (<usize>load<u32>(order) << 1));
    const flag = load<u8>(flags);
    const mine = drawn * <f64>(flag & 1);
    own += mine;
    other += drawn - mine;
    if (flag < 2) continue;
    pairs += own * (2.0 * otherBelow + other);
    fromAbove += (own * (ours - ourBelow)) / max(1.0, total - ourBelow - otherBelow);
    ourBelow += own;
    otherBelow += other;
    fromBelow += (other * otherBelow) / max(1.0, ourBelow + otherBelow);
    own = 0;
    other = 0;
  }
  store<f64>(out, pairs);
  store<f64>(out, fromAbove, 8);
  store<f64>(out, fromBelow, 16);
}
