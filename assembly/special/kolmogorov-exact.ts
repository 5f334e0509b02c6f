// The exact law of the two-sample Kolmogorov-Smirnov statistic.
//
// Under the null hypothesis every lattice path from (0, 0) to (n, m), a step to the right for a value of the first
// sample and one up for a value of the second, is equally likely, and D >= d means that the path meets a cell with
// |i m - j n| >= gap, where gap = d n m is an integer. All quantities below are probabilities of having met such a
// cell, so that small p-values come out with all of their digits; nothing is subtracted.
//
// - n != m, or ties: u(i, j) = (i u(i - 1, j) + j u(i, j - 1))/(i + j), with u = 1 where the path is over the gap [1].
//   The law is walked along antidiagonals k = i + j, two cells at a time, and only between the two boundaries. With
//   ties the pooled values come in blocks, and D can be attained only where a block ends: between ends the walk keeps
//   to the cells that a path from inside the boundaries at the last end to inside at the next can reach. What it
//   gives is the law conditional on the tie pattern [1].
// - n = m without ties: the reflection series 2 (t_1 - t_2 + t_3 - …) with t_k = C(2n, n - k h)/C(2n, n), and where it
//   nears 1, its dual, a sum of even powers of cosines. Constant time at any size [2].
//
// [1] Schroeer, Trenkler: Exact and randomization distributions of Kolmogorov-Smirnov tests two or three samples.
//     Computational Statistics & Data Analysis 20 (1995).
// [2] Gnedenko, Korolyuk: On the maximum discrepancy between two empirical distributions. Doklady 80 (1951);
//     Feller: An Introduction to Probability Theory and Its Applications I, chapter III.
import { add, exponential, pair, scale, subtract } from "./double-double";
import { logGamma } from "./log-gamma";

/** What 1 is stored as: cells deep between the boundaries may be far below the p-value, and stay normal numbers. */
const one: f64 = 9.745314011399999e288; // 2^960

/**
 * P(D >= gap/(n m)) for two samples of n and m values, conditional on ties.
 *
 * @param gap       largest |i m - j n|, or i m - j n when one-sided, at least 1
 * @param oneSided  1: only i m - j n >= gap counts
 * @param ends      address of u32: where the blocks of equal pooled values end (cumulative sizes), the last n + m;
 *                  0 when there are no ties
 * @param scratch   room for n + 5 f64
 */
export function ksExact(n: i32, m: i32, gap: f64, oneSided: i32, ends: usize, scratch: usize): f64 {
  const total = n + m;
  const a = <f64>m;
  const b = <f64>n;
  // cells i = -2 … n + 2; all over the gap until written
  const cells = scratch + 16;
  for (let at = scratch, stop = scratch + ((<usize>n + 5) << 3); at < stop; at += 8) store<f64>(at, one);

  // below this antidiagonal no cell is over the gap
  let start = <i32>Math.min(Math.ceil(gap / a), oneSided != 0 ? <f64>total : Math.ceil(gap / b)) - 1;
  let end = start;
  if (ends != 0) {
    // a tie block that spans the start begins earlier
    end = 0;
    while (<i32>load<u32>(ends) <= start) {
      end = <i32>load<u32>(ends);
      ends += 4;
    }
    start = end;
  }
  let low = max(0, start - m);
  let high = min(n, start);
  for (let i = low; i <= high; i++) store<f64>(cells + (<usize>i << 3), 0);

  const inverse = 1.0 / (a + b);
  let k = start;
  while (k < total) {
    let next = k + 1;
    if (ends != 0) {
      next = <i32>load<u32>(ends);
      ends += 4;
    }
    // the cells under the gap on antidiagonal `next`: i (n + m) - next n within (-gap, gap)
    const middle = <f64>next * b;
    let nextHigh = <i32>Math.floor((middle + gap) * inverse) + 1;
    while (<f64>nextHigh * (a + b) >= middle + gap) nextHigh--;
    nextHigh = min(nextHigh, min(n, next));
    let nextLow = max(0, next - m);
    if (oneSided == 0) {
      let edge = <i32>Math.ceil((middle - gap) * inverse) - 1;
      while (<f64>edge * (a + b) <= middle - gap) edge++;
      nextLow = max(nextLow, edge);
    }
    for (let at = k + 1; at <= next; at++) {
      const from = max(low, max(nextLow - (next - at), at - m));
      const to = min(min(high + (at - k), nextHigh), min(at, n));
      advance(cells, from, to, at);
    }
    for (let i = low; i < nextLow; i++) store<f64>(cells + (<usize>i << 3), one);
    low = nextLow;
    high = nextHigh;
    k = next;
  }
  return low > n || high < n ? 1.0 : load<f64>(cells + (<usize>n << 3)) / one;
}

/** Antidiagonal k from k - 1, in place, from `to` down to `from`: cell i takes i/k of cell i - 1 and the rest of i. */
// @ts-ignore: decorator
@inline
function advance(cells: usize, from: i32, to: i32, k: i32): void {
  const inverse = 1.0 / <f64>k;
  let i = to;
  let at = cells + (<usize>to << 3);
  if ((to - from) & 1 ? false : to >= from) {
    const right = <f64>i * inverse;
    store<f64>(at, load<f64>(at - 8) * right + load<f64>(at) * (<f64>(k - i) * inverse));
    i--;
    at -= 8;
  }
  const factor = f64x2.splat(inverse);
  let rights = f64x2.replace_lane(f64x2.splat(<f64>(i - 1)), 1, <f64>i);
  let ups = f64x2.sub(f64x2.splat(<f64>k), rights);
  const two = f64x2.splat(2.0);
  for (; i > from; i -= 2) {
    const cell = f64x2.mul(
      f64x2.add(f64x2.mul(v128.load(at - 16), rights), f64x2.mul(v128.load(at - 8), ups)),
      factor,
    );
    v128.store(at - 8, cell);
    rights = f64x2.sub(rights, two);
    ups = f64x2.add(ups, two);
    at -= 16;
  }
}

/** P(D+ >= h/n) for two samples of n values each, without ties: C(2n, n - h)/C(2n, n). */
export function ksEqualOneSided(n: f64, h: f64): f64 {
  return h > n ? 0.0 : h <= 0 ? 1.0 : reflected(n, h, centre(n));
}

/** P(D >= h/n) for two samples of n values each, without ties. */
export function ksEqualTwoSided(n: f64, h: f64): f64 {
  if (h > n) return 0;
  if (h <= 1.0) return 1;
  const atCentre = centre(n);
  if (h * h >= n) {
    let sum = 0.0;
    let sign = 2.0;
    for (let kh = h; kh <= n; kh += h) {
      const term = reflected(n, kh, atCentre);
      if (term < sum * 1e-18) break;
      sum += sign * term;
      sign = -sign;
    }
    return sum;
  }
  // P(D < h/n) = (2/h) 4^n / C(2n, n) * sum over odd j < h of cos(pi j/(2h))^2n, the middle term once
  let sum = 0.0;
  for (let j = 1.0; j <= h; j += 2.0) {
    const sine = Math.sin((1.5707963267948966 * j) / h);
    const term = j == h ? 0.0 : Math.exp(n * Math.log1p(-sine * sine));
    sum += term;
    if (term < sum * 1e-18) break;
  }
  const choose = subtract(atCentre, logGamma(pair(2.0 * n + 1.0, 0)));
  const factor = exponential(add(scale(pair(1.3862943611198906, 4.638093627692599e-17), n), choose));
  return 1.0 - (2.0 / h) * factor * sum;
}

/** 2 log n! in twice the digits. */
function centre(n: f64): v128 {
  return scale(logGamma(pair(n + 1.0, 0)), 2.0);
}

/** n!^2 / ((n - h)! (n + h)!). */
function reflected(n: f64, h: f64, atCentre: v128): f64 {
  const other = add(logGamma(pair(n - h + 1.0, 0)), logGamma(pair(n + h + 1.0, 0)));
  return exponential(subtract(atCentre, other));
}
