// How likely paths to the cells of one antidiagonal have met the gap, for kolmogorov-exact.ts.
//
// u(i, j) = (i u(i - 1, j) + j u(i, j - 1))/(i + j) is the chance that a path to (i, j) has met a cell over the gap, with
// u = 1 where the path is over it now [1]. It is walked along antidiagonals k = i + j, two cells at a time. With ties
// only the ends of blocks count: short blocks are walked step by step, in the cells that a path from inside the
// boundaries at the last end to inside at the next can reach; long ones are taken at once (kolmogorov-blocks.ts).
//
// - Both sides: between the two boundaries.
// - One side: below one boundary, and above the cell whose h u, the chance that a path has met the gap and is there, is
//   negligible beside p. Its column never comes back into the walk, for paths never go to the left. The walk begins where
//   the chance to be over the gap stops being negligible. That makes far tails cheap, and one side as cheap as both.
//
// [1] Schroeer, Trenkler: Exact and randomization distributions of Kolmogorov-Smirnov tests two or three samples.
//     Computational Statistics & Data Analysis 20 (1995).
import { isCheaper, jump } from "./kolmogorov-blocks";
import { add, pair, rounded, subtract } from "./double-double";
import { logGamma } from "./log-gamma";

/** What 1 is stored as: cells deep between the boundaries may be far below the p-value, and stay normal numbers. */
export const one: f64 = 9.745314011399999e288; // 2^960

/**
 * Writes u, times `one`, of the cells i = -4 … n + 3 of antidiagonal `until` to `cells`, which is the address of cell 0.
 *
 * @param start  the antidiagonal that is in the cells, or -1
 * @param reach  chances below e^-reach do not matter
 * @param work   room for 3 (max(n, m) + 8) f64
 */
export function walkBetween(
  n: i32,
  m: i32,
  gap: f64,
  ends: usize,
  start: i32,
  until: i32,
  reach: f64,
  cells: usize,
  work: usize,
): void {
  let k = start;
  if (k < 0) {
    // below this antidiagonal no cell is over the gap
    k = min(until, <i32>Math.ceil(gap / <f64>max(n, m)) - 1);
    const skipped = blocksBefore(ends, k, until);
    if (ends != 0) k = skipped > 0 ? <i32>load<u32>(ends + ((skipped - 1) << 2)) : 0;
    ends += skipped << 2;
    for (let i = -4; i <= n + 3; i++) store<f64>(cells + (<usize>i << 3), one);
    for (let i = max(0, k - m); i <= min(n, k); i++) store<f64>(cells + (<usize>i << 3), 0);
  }
  let low = lowest(n, m, k, gap);
  let high = firstOver(n, m, k, gap) - 1;
  while (k < until) {
    let next = k + 1;
    if (ends != 0) {
      next = <i32>load<u32>(ends);
      ends += 4;
    }
    const nextLow = lowest(n, m, next, gap);
    const nextHigh = firstOver(n, m, next, gap) - 1;
    pass(n, m, k, next, low, high, nextLow, nextHigh, reach, one, cells, work);
    for (let i = low; i < nextLow; i++) store<f64>(cells + (<usize>i << 3), one);
    low = nextLow;
    high = nextHigh;
    k = next;
  }
}

/**
 * The same where only i m - j n >= gap counts.
 *
 * @param best        an antidiagonal whose chance to be over the gap is at least
 * @param least       e^least, a lower bound of p
 * @param negligible  what is left out is below e^-negligible of p
 */
export function walkBelow(
  n: i32,
  m: i32,
  gap: f64,
  ends: usize,
  until: i32,
  best: i32,
  least: f64,
  negligible: f64,
  cells: usize,
  work: usize,
): void {
  let k = beginning(n, m, gap, min(until, best), least - negligible - 15.0);
  const skipped = blocksBefore(ends, k, until);
  if (ends != 0) k = skipped > 0 ? <i32>load<u32>(ends + ((skipped - 1) << 2)) : 0;
  ends += skipped << 2;
  let high = firstOver(n, m, k, gap) - 1;
  for (let i = -4; i <= n + 3; i++) store<f64>(cells + (<usize>i << 3), i > high ? one : 0.0);
  let low = high;
  // h of cell `low`, relative to p
  let h = Math.exp(passes(n, m, k, low) - least);
  const cut = one * Math.exp(-negligible);
  const total = <f64>n + <f64>m;
  while (k < until) {
    let next = k + 1;
    if (ends != 0) {
      next = <i32>load<u32>(ends);
      ends += 4;
    }
    const nextHigh = firstOver(n, m, next, gap) - 1;
    // worth a search for the first cell that matters
    const isBlock = next > k + 256;
    const nextLow = isBlock ? firstLikely(n, m, next, max(low, next - m), nextHigh, least - negligible) : max(low, next - m);
    pass(n, m, k, next, low, high, nextLow, nextHigh, negligible - least, 0, cells, work);
    if (isBlock) {
      for (let i = low; i < nextLow; i++) store<f64>(cells + (<usize>i << 3), 0);
      low = nextLow;
      h = Math.exp(passes(n, m, next, low) - least);
    } else {
      for (let at = k; at < next; at++) {
        // up while there is room, then to the right
        if (low > at - m) {
          h *= (<f64>(at + 1) * <f64>(m - at + low)) / (<f64>(at + 1 - low) * (total - <f64>at));
        } else {
          h *= (<f64>(at + 1) * <f64>(n - low)) / (<f64>(low + 1) * (total - <f64>at));
          store<f64>(cells + (<usize>low << 3), 0);
          low++;
        }
      }
    }
    high = nextHigh;
    k = next;
    while (low < high && load<f64>(cells + (<usize>low << 3)) * h < cut) {
      store<f64>(cells + (<usize>low << 3), 0);
      h *= toTheRight(n, m, k, low);
      low++;
    }
  }
}

/** log P(a path passes cell i of antidiagonal k). */
export function passes(n: i32, m: i32, k: i32, i: i32): f64 {
  const ways = add(choose(<f64>k, <f64>i), choose(<f64>(n + m - k), <f64>(n - i)));
  return rounded(subtract(ways, choose(<f64>n + <f64>m, <f64>n)));
}

/** log C(n, k) in twice the digits. */
export function choose(n: f64, k: f64): v128 {
  return subtract(logGamma(pair(n + 1.0, 0)), add(logGamma(pair(k + 1.0, 0)), logGamma(pair(n - k + 1.0, 0))));
}

/** The first of the cells low … high of antidiagonal k that a path passes with a chance of at least e^log, or the last. */
function firstLikely(n: i32, m: i32, k: i32, low: i32, high: i32, log: f64): i32 {
  let after = max(low, min(high, <i32>((<f64>k * <f64>n) / (<f64>n + <f64>m))));
  let before = low - 1;
  while (after - before > 1) {
    const i = (before + after) >> 1;
    if (passes(n, m, k, i) < log) before = i;
    else after = i;
  }
  return after;
}

/** How much more likely a path passes cell i + 1 of antidiagonal k than cell i. */
// @ts-ignore: decorator
@inline
function toTheRight(n: i32, m: i32, k: i32, i: i32): f64 {
  return (<f64>(k - i) * <f64>(n - i)) / (<f64>(i + 1) * <f64>(m - k + i + 1));
}

/** Antidiagonal `next` from k, by steps or at once. */
// @ts-ignore: decorator
@inline
function pass(
  n: i32,
  m: i32,
  k: i32,
  next: i32,
  low: i32,
  high: i32,
  nextLow: i32,
  nextHigh: i32,
  reach: f64,
  below: f64,
  cells: usize,
  work: usize,
): void {
  if (next > k + 8 && isCheaper(n, m, k, next, nextLow, nextHigh, reach)) {
    jump(n, m, k, next, low, high, nextLow, nextHigh, reach, one, below, cells, work);
    return;
  }
  for (let at = k + 1; at <= next; at++) {
    const from = max(low, max(nextLow - (next - at), at - m));
    const to = min(min(high + (at - k), nextHigh), min(at, n));
    advance(cells, from, to, at);
  }
}

/** How many blocks end at or before antidiagonal k, and at or before `until`. */
function blocksBefore(ends: usize, k: i32, until: i32): i32 {
  if (ends == 0) return 0;
  let count = 0;
  while (<i32>load<u32>(ends + (count << 2)) <= k) {
    count++;
    if (<i32>load<u32>(ends + ((count - 1) << 2)) == until) break;
  }
  return count;
}

/** The last antidiagonal before those whose chance to be over the gap is at least e^log; these are one stretch. */
function beginning(n: i32, m: i32, gap: f64, until: i32, log: f64): i32 {
  let before = <i32>Math.min(Math.ceil(gap / <f64>m), <f64>until + 1.0) - 1;
  let after = until;
  while (after - before > 1) {
    const k = (before + after) >> 1;
    const i = firstOver(n, m, k, gap);
    if (i <= min(n, k) && passes(n, m, k, i) < log) before = k;
    else after = k;
  }
  return before;
}

/** The first cell of antidiagonal k with i (n + m) - k n >= gap, or the first to the right of all its cells. */
// @ts-ignore: decorator
@inline
export function firstOver(n: i32, m: i32, k: i32, gap: f64): i32 {
  const total = <f64>n + <f64>m;
  const edge = <f64>k * <f64>n + gap;
  let i = <i32>Math.floor(edge / total) + 1;
  while (<f64>(i - 1) * total >= edge) i--;
  return min(i, min(n, k) + 1);
}

/** The first cell of antidiagonal k with i (n + m) - k n > -gap. */
// @ts-ignore: decorator
@inline
function lowest(n: i32, m: i32, k: i32, gap: f64): i32 {
  const total = <f64>n + <f64>m;
  const edge = <f64>k * <f64>n - gap;
  let i = <i32>Math.ceil(edge / total) - 1;
  while (<f64>i * total <= edge) i++;
  return max(0, max(k - m, i));
}

/** Antidiagonal k from k - 1, in place, from `to` down to `from`: cell i takes i/k of cell i - 1 and the rest of i. */
function advance(cells: usize, from: i32, to: i32, k: i32): void {
  const inverse = 1.0 / <f64>k;
  const factor = f64x2.splat(inverse);
  const all = f64x2.splat(<f64>k);
  const step = f64x2.splat(4.0);
  let i = to;
  let at = cells + (<usize>to << 3);
  // two of a kind, so that neither waits for the other
  let right = f64x2.replace_lane(f64x2.splat(<f64>(i - 1)), 1, <f64>i);
  let nextRight = f64x2.sub(right, f64x2.splat(2.0));
  for (; i >= from + 3; i -= 4) {
    const above = v128.load(at - 24);
    const between = v128.load(at - 16);
    const up = v128.load(at - 8);
    v128.store(at - 8, taken(between, up, right, all, factor));
    v128.store(at - 24, taken(v128.load(at - 32), above, nextRight, all, factor));
    right = f64x2.sub(right, step);
    nextRight = f64x2.sub(nextRight, step);
    at -= 32;
  }
  for (; i >= from; i--) {
    const moved = <f64>i;
    store<f64>(at, (load<f64>(at - 8) * moved + load<f64>(at) * (<f64>k - moved)) * inverse);
    at -= 8;
  }
}

// @ts-ignore: decorator
@inline
function taken(left: v128, cell: v128, right: v128, all: v128, factor: v128): v128 {
  return f64x2.mul(f64x2.add(f64x2.mul(left, right), f64x2.mul(cell, f64x2.sub(all, right))), factor);
}
