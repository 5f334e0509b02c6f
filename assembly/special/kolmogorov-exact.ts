// The exact law of the two-sample Kolmogorov-Smirnov statistic.
//
// Under the null hypothesis every lattice path from (0, 0) to (n, m), a step to the right for a value of the first
// sample and one up for a value of the second, is equally likely, and D >= d means that the path meets a cell with
// |i m - j n| >= gap, where gap = d n m is an integer. All quantities below are probabilities of having met such a
// cell, so that small p-values come out with all of their digits; nothing is subtracted.
//
// With u(i, k) the chance that a path to cell i of antidiagonal k has met the gap (kolmogorov-walk.ts), h(i) the chance
// that a path passes cell i of an antidiagonal near the middle, and w(i) the u of the path walked backwards to there,
//
//   P(D >= d) = sum of h(i) (u(i) + (1 - u(i)) w(i)).
//
// With ties the pooled values come in blocks, and D can be attained only where a block ends; what this gives is the law
// conditional on the tie pattern [1]. The two-sided law is the sum of both sides once no more than e^-45 of its paths
// meet both: a walk along one side needs few cells. Equal sizes without ties have a closed form (kolmogorov-equal.ts).
//
// [1] Schroeer, Trenkler: Exact and randomization distributions of Kolmogorov-Smirnov tests two or three samples.
//     Computational Statistics & Data Analysis 20 (1995).
import { add, exponential, subtract } from "./double-double";
import { choose, firstOver, one, passes, walkBelow, walkBetween } from "./kolmogorov-walk";

const inverseOne: f64 = 1.0261342003245941e-289; // 2^-960

/** What may be left out is below e^-45 of p. */
const negligible: f64 = 45.0;

/** Bytes of scratch for two samples of n and m values. */
export function ksExactSize(n: f64, m: f64): f64 {
  return 8.0 * (5.0 * Math.max(n, m) + 64.0);
}

/**
 * P(D >= gap/(n m)) for two samples of n and m values, conditional on ties.
 *
 * @param gap       largest |i m - j n|, or i m - j n when one-sided, at least 1
 * @param oneSided  1: only i m - j n >= gap counts
 * @param ends      address of u32: where the blocks of equal pooled values end (cumulative sizes), the last n + m;
 *                  0 when there are no ties
 * @param reversed  the same of the reversed order
 * @param middle    an end (n + m)/2 is near to; half of n + m, rounded down, when there are no ties
 * @param scratch   ksExactSize(n, m) bytes
 */
export function ksExact(
  n: i32,
  m: i32,
  gap: f64,
  oneSided: i32,
  ends: usize,
  reversed: usize,
  middle: i32,
  scratch: usize,
): f64 {
  const least = overAt(n, m, likeliest(n, m, gap, ends, middle), gap);
  if (ends == 0 && least < -760.0) return 0;
  // both sides are met by normal paths with a chance of e^-8a², and by others with what these err by
  const a = gap / Math.sqrt(<f64>n + <f64>m) / Math.sqrt(<f64>n * <f64>m);
  const d = gap / <f64>n / <f64>m;
  const errors = a * a * d * (d + (2.0 * Math.abs(<f64>n - <f64>m)) / (<f64>n + <f64>m));
  const isBoth = oneSided == 0 && d <= 0.5 && 8.0 * a * a < negligible + errors - least;
  if (isBoth) return between(n, m, gap, ends, reversed, middle, negligible - least, scratch);
  const above = oneWay(n, m, gap, ends, reversed, middle, scratch);
  if (oneSided != 0) return above;
  if (ends == 0) return Math.min(1.0, 2.0 * above);
  // the other side is this one of the reversed order
  return Math.min(1.0, above + oneWay(n, m, gap, reversed, ends, n + m - middle, scratch));
}

/** The antidiagonal, of some 32, where a path is over the gap most likely. */
function likeliest(n: i32, m: i32, gap: f64, ends: usize, middle: i32): i32 {
  let best = ends == 0 ? <i32>Math.ceil(gap / <f64>m) : middle;
  let most = overAt(n, m, best, gap);
  let count = 32;
  if (ends != 0) {
    count = 1;
    while (<i32>load<u32>(ends + ((count - 1) << 2)) < n + m) count++;
  }
  for (let part = 1, stride = (count >> 5) + 1; part < count; part += stride) {
    const k = ends != 0 ? <i32>load<u32>(ends + ((part - 1) << 2)) : <i32>((<i64>(n + m) * part) >> 5);
    const log = overAt(n, m, k, gap);
    if (log > most) best = k;
    most = Math.max(most, log);
  }
  return best;
}

/** log P(a path is in the first cell over the gap on antidiagonal k). */
function overAt(n: i32, m: i32, k: i32, gap: f64): f64 {
  const i = firstOver(n, m, k, gap);
  return i > min(n, k) || i < k - m ? -1e9 : passes(n, m, k, i);
}

/** Both sides at once. */
function between(n: i32, m: i32, gap: f64, ends: usize, reversed: usize, middle: i32, reach: f64, scratch: usize): f64 {
  const room = <usize>(n + 8) << 3;
  const forward = scratch + 32;
  const backward = forward + room;
  const work = backward + room;
  const rest = n + m - middle;
  walkBetween(n, m, gap, ends, -1, middle, reach, forward, work);
  if (ends != 0) {
    walkBetween(n, m, gap, reversed, -1, rest, reach, backward, work);
  } else {
    memory.copy(backward - 32, forward - 32, room);
    walkBetween(n, m, gap, 0, middle, rest, reach, backward, work);
  }
  return meet(n, m, middle, forward, backward + (<usize>n << 3), -8);
}

/** P(i m - j n >= gap somewhere). The path backwards has the gap on the other side: the samples change places. */
function oneWay(
  n: i32,
  m: i32,
  gap: f64,
  ends: usize,
  reversed: usize,
  middle: i32,
  scratch: usize,
): f64 {
  const best = likeliest(n, m, gap, ends, middle);
  const least = overAt(n, m, best, gap);
  const room = <usize>(max(n, m) + 8) << 3;
  const forward = scratch + 32;
  const backward = forward + room;
  const work = backward + room;
  walkBelow(n, m, gap, ends, middle, best, least, negligible, forward, work);
  walkBelow(m, n, gap, reversed, n + m - middle, n + m - best, least, negligible, backward, work);
  // cell i is at j = middle - i, which is cell m - j of the path backwards
  return meet(n, m, middle, forward, backward + <usize>((m - middle) << 3), 8);
}

/** Sum over the cells of antidiagonal k: w of cell i is at `backward` + i `stride`. */
function meet(n: i32, m: i32, k: i32, forward: usize, backward: usize, stride: i32): f64 {
  const from = max(0, k - m);
  const to = min(n, k);
  const mode = max(from, min(to, <i32>(((<f64>k + 1.0) * (<f64>n + 1.0)) / (<f64>n + <f64>m + 2.0))));
  const atMode = exponential(
    subtract(
      add(choose(<f64>k, <f64>mode), choose(<f64>(n + m - k), <f64>(n - mode))),
      choose(<f64>n + <f64>m, <f64>n),
    ),
  );
  // 2^60: the chance of a cell may be below p
  let sum = 0.0;
  let h = atMode * 1152921504606846976.0;
  for (let i = mode; i <= to; i++) {
    const term = h * met(forward, backward, i, stride);
    sum += term;
    if (h * one < sum * 1e-22) break;
    h *= (<f64>(k - i) * <f64>(n - i)) / (<f64>(i + 1) * <f64>(m - k + i + 1));
  }
  h = atMode * 1152921504606846976.0;
  for (let i = mode; i > from; i--) {
    h *= (<f64>i * <f64>(m - k + i)) / (<f64>(k - i + 1) * <f64>(n - i + 1));
    const term = h * met(forward, backward, i - 1, stride);
    sum += term;
    if (h * one < sum * 1e-22) break;
  }
  return Math.min(1.0, sum / one / 1152921504606846976.0);
}

// @ts-ignore: decorator
@inline
function met(forward: usize, backward: usize, i: i32, stride: i32): f64 {
  const u = load<f64>(forward + (<usize>i << 3));
  const w = load<f64>(backward + <usize>(<isize>i * <isize>stride));
  return u + (1.0 - u * inverseOne) * w;
}
