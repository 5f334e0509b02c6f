// Moments of finite values in one stream of blocks.
//
// Power sums lose every digit when the mean is large against the spread, and Welford's update loses a digit per factor
// of ten in the count. Each update here takes a block that lies in the first-level cache, computes its mean in one pass
// and its central sums about that mean in a second, with the correction terms of the corrected two-pass algorithm [1],
// and folds the result into the state by the pairwise formulas [1, 2]. The running mean and m2 are unevaluated sums of
// two doubles, so that folding a million blocks costs no digit.
//
// Infinite and NaN values are rare: a block is first summed as if it had none, and only when that sum is not finite are
// its finite values compacted into scratch.
//
// [1] Chan, Golub, LeVeque: Algorithms for computing the sample variance. The American Statistician 37 (1983).
// [2] Pébay: Formulas for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments.
//     Sandia report SAND2008-6212 (2008).

import { sumError, sumErrors } from "./two-sum";

// state, consecutive f64:
//   0 count   1 mean   2 mean, low part   3 m2   4 m2, low part   5 m3   6 m4   7 min   8 max
//   9 +inf   10 -inf   11 NaN
const countAt: usize = 0;
const meanAt: usize = 8;
const meanLowAt: usize = 16;
const m2At: usize = 24;
const m2LowAt: usize = 32;
const m3At: usize = 40;
const m4At: usize = 48;
const minAt: usize = 56;
const maxAt: usize = 64;
const positiveAt: usize = 72;
const negativeAt: usize = 80;
const nanAt: usize = 88;

export function momentsSize(): i32 {
  return 96;
}

/** The state of no values. */
export function momentsInit(state: usize): void {
  memory.fill(state, 0, 96);
  store<f64>(state, Infinity, minAt);
  store<f64>(state, -Infinity, maxAt);
}

/**
 * Adds `length` dense f64 values to m0, m1 and m2. `scratch` has room for `length` f64. Neither min and max nor m3 and
 * m4 are touched.
 */
export function momentsUpdate2(state: usize, values: usize, length: i32, scratch: usize): void {
  update(state, values, length, scratch, false);
}

/** Adds `length` dense f64 values to everything. `scratch` has room for `length` f64. */
export function momentsUpdate4(state: usize, values: usize, length: i32, scratch: usize): void {
  update(state, values, length, scratch, true);
}

/** Adds `other` to `state`; `other` is only read. */
export function momentsMerge(state: usize, other: usize): void {
  fold(
    state,
    load<f64>(other, countAt),
    load<f64>(other, meanAt),
    load<f64>(other, meanLowAt),
    load<f64>(other, m2At),
    load<f64>(other, m2LowAt),
    load<f64>(other, m3At),
    load<f64>(other, m4At),
  );
  store<f64>(state, min(load<f64>(state, minAt), load<f64>(other, minAt)), minAt);
  store<f64>(state, max(load<f64>(state, maxAt), load<f64>(other, maxAt)), maxAt);
  store<f64>(state, load<f64>(state, positiveAt) + load<f64>(other, positiveAt), positiveAt);
  store<f64>(state, load<f64>(state, negativeAt) + load<f64>(other, negativeAt), negativeAt);
  store<f64>(state, load<f64>(state, nanAt) + load<f64>(other, nanAt), nanAt);
}

/** Multiplies `length` f64 in place by two factors in turn: 2^-1100 is no double, its two halves are. */
export function scale(values: usize, length: i32, first: f64, second: f64): void {
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    store<f64>(values, load<f64>(values) * first * second);
  }
}

/** |x - about - low| of `length` f64, in place: a point far from zero needs more digits than `about` has. */
export function distancesFrom(values: usize, length: i32, about: f64, low: f64): void {
  const point = f64x2.splat(about);
  const rest = f64x2.splat(low);
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~1) << 3); values < stop; values += 16) {
    v128.store(values, f64x2.abs(f64x2.sub(f64x2.sub(v128.load(values), point), rest)));
  }
  for (; values < end; values += 8) store<f64>(values, abs(load<f64>(values) - about - low));
}

// @ts-ignore: decorator
@inline
function lanes(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** Sum of dense values, four independent chains. */
function sum(values: usize, length: i32): f64 {
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let at = values;
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~7) << 3); at < stop; at += 64) {
    a = f64x2.add(a, v128.load(at));
    b = f64x2.add(b, v128.load(at, 16));
    c = f64x2.add(c, v128.load(at, 32));
    d = f64x2.add(d, v128.load(at, 48));
  }
  let total = lanes(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)));
  for (; at < end; at += 8) total += load<f64>(at);
  return total;
}

/** Moves the finite values to `out`, counts the others in `state`; returns how many were finite. */
function finite(state: usize, values: usize, length: i32, out: usize): i32 {
  let to = out;
  let positive = 0;
  let negative = 0;
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    store<f64>(to, x);
    to += <usize>(x - x == 0) << 3;
    positive += i32(x == Infinity);
    negative += i32(x == -Infinity);
  }
  const kept = <i32>((to - out) >>> 3);
  store<f64>(state, load<f64>(state, positiveAt) + <f64>positive, positiveAt);
  store<f64>(state, load<f64>(state, negativeAt) + <f64>negative, negativeAt);
  store<f64>(state, load<f64>(state, nanAt) + <f64>(length - kept - positive - negative), nanAt);
  return kept;
}

// @ts-ignore: decorator
@inline
function update(state: usize, values: usize, length: i32, scratch: usize, full: bool): void {
  let total = sum(values, length);
  if (total - total != 0) {
    length = finite(state, values, length, scratch);
    values = scratch;
    total = sum(values, length);
  }
  if (!length) return;
  const n = <f64>length;
  const mean = total / n;
  const shift = f64x2.splat(mean);
  let a1 = f64x2.splat(0);
  let a2 = a1;
  let a3 = a1;
  let a4 = a1;
  let b1 = a1;
  let b2 = a1;
  let b3 = a1;
  let b4 = a1;
  let lost = a1; // what rounding took from the sums of squares
  let low = f64x2.splat(Infinity);
  let high = f64x2.splat(-Infinity);
  let at = values;
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~3) << 3); at < stop; at += 32) {
    const x = v128.load(at);
    const y = v128.load(at, 16);
    const dx = f64x2.sub(x, shift);
    const dy = f64x2.sub(y, shift);
    const dx2 = f64x2.mul(dx, dx);
    const dy2 = f64x2.mul(dy, dy);
    a1 = f64x2.add(a1, dx);
    b1 = f64x2.add(b1, dy);
    if (!full) {
      a2 = f64x2.add(a2, dx2);
      b2 = f64x2.add(b2, dy2);
    } else {
      const nextA = f64x2.add(a2, dx2);
      const nextB = f64x2.add(b2, dy2);
      lost = f64x2.add(lost, f64x2.add(sumErrors(a2, dx2, nextA), sumErrors(b2, dy2, nextB)));
      a2 = nextA;
      b2 = nextB;
      a3 = f64x2.add(a3, f64x2.mul(dx2, dx));
      b3 = f64x2.add(b3, f64x2.mul(dy2, dy));
      a4 = f64x2.add(a4, f64x2.mul(dx2, dx2));
      b4 = f64x2.add(b4, f64x2.mul(dy2, dy2));
      low = f64x2.pmin(low, f64x2.pmin(x, y));
      high = f64x2.pmax(high, f64x2.pmax(x, y));
    }
  }
  let s1 = lanes(f64x2.add(a1, b1));
  const pairs = f64x2.add(a2, b2);
  let s2 = lanes(pairs);
  let s2Low: f64 = 0;
  if (full) {
    s2Low = lanes(f64x2.add(lost, sumErrors(a2, b2, pairs)));
    s2Low += sumError(f64x2.extract_lane(pairs, 0), f64x2.extract_lane(pairs, 1), s2);
  }
  let s3 = lanes(f64x2.add(a3, b3));
  let s4 = lanes(f64x2.add(a4, b4));
  let smallest = min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
  let largest = max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1));
  for (; at < end; at += 8) {
    const x = load<f64>(at);
    const d = x - mean;
    s1 += d;
    s2 += d * d;
    if (full) {
      s3 += d * d * d;
      s4 += d * d * (d * d);
      smallest = min(smallest, x);
      largest = max(largest, x);
    }
  }
  // The sums are about `mean`, which is off by `error`: move them to the true mean of the block.
  const error = s1 / n;
  const moved = -s1 * error;
  const m2 = s2 + moved;
  const m2Low = s2Low + sumError(s2, moved, m2);
  let m3: f64 = 0;
  let m4: f64 = 0;
  if (full) {
    m3 = s3 - error * (3 * s2 - 2 * s1 * error);
    m4 = s4 - error * (4 * s3 - error * (6 * s2 - 3 * s1 * error));
    store<f64>(state, min(load<f64>(state, minAt), smallest), minAt);
    store<f64>(state, max(load<f64>(state, maxAt), largest), maxAt);
  }
  fold(state, n, mean, error, m2, m2Low, m3, m4);
}

/** Adds the moments of n more values, whose mean is mean + meanLow, to the state. */
function fold(state: usize, n: f64, mean: f64, meanLow: f64, m2: f64, m2Low: f64, m3: f64, m4: f64): void {
  if (n == 0) return;
  const before = load<f64>(state, countAt);
  const count = before + n;
  store<f64>(state, count, countAt);
  if (before == 0) {
    const rounded = mean + meanLow;
    store<f64>(state, rounded, meanAt);
    store<f64>(state, mean - rounded + meanLow, meanLowAt);
    store<f64>(state, m2, m2At);
    store<f64>(state, m2Low, m2LowAt);
    store<f64>(state, m3, m3At);
    store<f64>(state, m4, m4At);
    return;
  }
  const stateM2 = load<f64>(state, m2At);
  const stateM3 = load<f64>(state, m3At);
  const stateMean = load<f64>(state, meanAt);
  const stateMeanLow = load<f64>(state, meanLowAt);
  const delta = mean - stateMean + (meanLow - stateMeanLow);
  const share = delta / count; // divided first: delta² may overflow where the result does not
  const between = share * delta * before * n;

  const step = share * n;
  const newMean = stateMean + step;
  store<f64>(state, newMean, meanAt);
  store<f64>(state, stateMeanLow + sumError(stateMean, step, newMean), meanLowAt);

  store<f64>(
    state,
    load<f64>(state, m4At) +
      m4 +
      between * share * share * (before * before - before * n + n * n) +
      6 * share * share * (before * before * m2 + n * n * stateM2) +
      4 * share * (before * m3 - n * stateM3),
    m4At,
  );
  store<f64>(state, stateM3 + m3 + between * share * (before - n) + 3 * share * (before * m2 - n * stateM2), m3At);

  const added = m2 + between;
  const newM2 = stateM2 + added;
  const lost = sumError(m2, between, added) + sumError(stateM2, added, newM2);
  store<f64>(state, newM2, m2At);
  store<f64>(state, load<f64>(state, m2LowAt) + m2Low + lost, m2LowAt);
}
