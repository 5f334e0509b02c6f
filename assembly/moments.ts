// Moments of finite values in one stream of blocks.
//
// Power sums lose every digit when the mean is large against the spread, and Welford's update loses a digit per factor
// of ten in the count. Here each block of at most 1 024 values gets its sums about a pilot close to its mean, moved to
// the mean by the correction terms of the corrected two-pass algorithm [1], and folded into the state by the pairwise
// formulas [1, 2]. The running mean and m2 are unevaluated sums of two doubles, so that folding a million blocks costs
// no digit.
//
// The pilot is the mean of two values out of eight, found at a quarter of the cost of the mean. Moving takes
// n (mean - pilot)² away from the sum of squares, about 1 part in 256 where values do not depend on their place. Where
// it would take more than 1 in 16, or a sum is not finite, the block is done again: about its mean, and without its
// infinite and NaN values, which are compacted away.
//
// [1] Chan, Golub, LeVeque: Algorithms for computing the sample variance. The American Statistician 37 (1983).
// [2] Pébay: Formulas for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments.
//     Sandia report SAND2008-6212 (2008).

import { fold, maxAt, minAt, nanAt, negativeAt, positiveAt } from "./moments-state";
import { sumError, sumErrors } from "./two-sum";

/** Values that are summed at a time: they stay in the first-level cache. */
const blockLength: i32 = 1024;

/** Sums of so many bytes of values, 64, lose next to nothing; where such sums are added, nothing is lost. */
const shortBytes: usize = 512;

/** Share of a sum of squares that may be moved away: it costs no digit yet. */
const mostMoved: f64 = -0.0625;

/**
 * Adds `length` dense f64 values to m0, m1 and m2, in blocks of 1 024. `scratch` has room for a block. Neither min and
 * max nor m3 and m4 are touched.
 */
export function momentsUpdate2(state: usize, values: usize, length: i32, scratch: usize): void {
  for (; length > 0; length -= blockLength, values += <usize>blockLength << 3) {
    update(state, values, min(length, blockLength), scratch, false);
  }
}

/** Adds `length` dense f64 values to everything, in blocks of 1 024. `scratch` has room for a block. */
export function momentsUpdate4(state: usize, values: usize, length: i32, scratch: usize): void {
  for (; length > 0; length -= blockLength, values += <usize>blockLength << 3) {
    update(state, values, min(length, blockLength), scratch, true);
  }
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

/** The same for a sum whose lost parts were kept. */
// @ts-ignore: decorator
@inline
function lanesWith(x: v128, lost: v128): f64 {
  const a = f64x2.extract_lane(x, 0);
  const b = f64x2.extract_lane(x, 1);
  const total = a + b;
  return total + (sumError(a, b, total) + lanes(lost));
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

/** Mean of the first two values of every eight; of fewer than eight values, of all. */
function pilotOf(values: usize, length: i32): f64 {
  if (length < 8) return sum(values, length) / <f64>length;
  let a = f64x2.splat(0);
  let b = a;
  let at = values;
  for (const stop = values + (<usize>(length & ~15) << 3); at < stop; at += 128) {
    a = f64x2.add(a, v128.load(at));
    b = f64x2.add(b, v128.load(at, 64));
  }
  if (length & 8) a = f64x2.add(a, v128.load(at));
  return lanes(f64x2.add(a, b)) / <f64>((length >>> 3) << 1);
}

// @ts-ignore: decorator
@inline
function update(state: usize, values: usize, length: i32, scratch: usize, full: bool): void {
  const pilot = pilotOf(values, length);
  if (full ? fold4(state, values, length, pilot, false) : fold2(state, values, length, pilot, false)) return;
  let total = sum(values, length);
  if (total - total != 0) {
    length = finite(state, values, length, scratch);
    if (!length) return;
    values = scratch;
    total = sum(values, length);
  }
  const mean = total / <f64>length;
  if (full) fold4(state, values, length, mean, true);
  else fold2(state, values, length, mean, true);
}

/** Folds a block's mean and m2 into the state; only if the pilot is close enough, unless it must. */
function fold2(state: usize, values: usize, length: i32, pilot: f64, must: bool): bool {
  const shift = f64x2.splat(pilot);
  const zero = f64x2.splat(0);
  let sums = zero;
  let sumsLost = zero; // what rounding took from `sums`
  let squares = zero;
  let squaresLost = zero;
  let at = values;
  const end = values + (<usize>length << 3);
  for (const last = values + (<usize>(length & ~7) << 3); at < last; ) {
    let a1 = zero;
    let a2 = zero;
    let b1 = zero;
    let b2 = zero;
    for (const stop = min(at + shortBytes, last); at < stop; at += 64) {
      const dx = f64x2.sub(v128.load(at), shift);
      const dy = f64x2.sub(v128.load(at, 16), shift);
      a1 = f64x2.add(a1, f64x2.add(dx, dy));
      a2 = f64x2.add(a2, f64x2.add(f64x2.mul(dx, dx), f64x2.mul(dy, dy)));
      const dz = f64x2.sub(v128.load(at, 32), shift);
      const dw = f64x2.sub(v128.load(at, 48), shift);
      b1 = f64x2.add(b1, f64x2.add(dz, dw));
      b2 = f64x2.add(b2, f64x2.add(f64x2.mul(dz, dz), f64x2.mul(dw, dw)));
    }
    a1 = f64x2.add(a1, b1);
    a2 = f64x2.add(a2, b2);
    const nextSums = f64x2.add(sums, a1);
    const nextSquares = f64x2.add(squares, a2);
    sumsLost = f64x2.add(sumsLost, sumErrors(sums, a1, nextSums));
    squaresLost = f64x2.add(squaresLost, sumErrors(squares, a2, nextSquares));
    sums = nextSums;
    squares = nextSquares;
  }
  let s1 = lanesWith(sums, sumsLost);
  let s2 = lanesWith(squares, squaresLost);
  let s2Low: f64 = 0;
  for (; at < end; at += 8) {
    const d = load<f64>(at) - pilot;
    const d2 = d * d;
    const next = s2 + d2;
    s1 += d;
    s2Low += sumError(s2, d2, next);
    s2 = next;
  }
  const n = <f64>length;
  const error = s1 / n;
  const moved = -s1 * error;
  if (!must && !(moved - s2 * mostMoved >= 0)) return false; // NaN, too
  const m2 = s2 + moved;
  fold(state, n, pilot, error, m2, s2Low + sumError(s2, moved, m2), 0, 0);
  return true;
}

/** The same with m3, m4, smallest and largest. */
function fold4(state: usize, values: usize, length: i32, pilot: f64, must: bool): bool {
  const shift = f64x2.splat(pilot);
  const zero = f64x2.splat(0);
  let sums = zero;
  let sumsLost = zero;
  let squares = zero;
  let squaresLost = zero;
  let a3 = zero;
  let a4 = zero;
  let b3 = zero;
  let b4 = zero;
  let low = f64x2.splat(Infinity);
  let high = f64x2.splat(-Infinity);
  let at = values;
  const end = values + (<usize>length << 3);
  for (const last = values + (<usize>(length & ~7) << 3); at < last; ) {
    let a1 = zero;
    let a2 = zero;
    let b1 = zero;
    let b2 = zero;
    for (const stop = min(at + shortBytes, last); at < stop; at += 64) {
      const x = v128.load(at);
      const y = v128.load(at, 16);
      low = f64x2.pmin(low, f64x2.pmin(x, y));
      high = f64x2.pmax(high, f64x2.pmax(x, y));
      const dx = f64x2.sub(x, shift);
      const dy = f64x2.sub(y, shift);
      const dx2 = f64x2.mul(dx, dx);
      const dy2 = f64x2.mul(dy, dy);
      a1 = f64x2.add(a1, f64x2.add(dx, dy));
      a2 = f64x2.add(a2, f64x2.add(dx2, dy2));
      a3 = f64x2.add(a3, f64x2.add(f64x2.mul(dx2, dx), f64x2.mul(dy2, dy)));
      a4 = f64x2.add(a4, f64x2.add(f64x2.mul(dx2, dx2), f64x2.mul(dy2, dy2)));
      const z = v128.load(at, 32);
      const w = v128.load(at, 48);
      low = f64x2.pmin(low, f64x2.pmin(z, w));
      high = f64x2.pmax(high, f64x2.pmax(z, w));
      const dz = f64x2.sub(z, shift);
      const dw = f64x2.sub(w, shift);
      const dz2 = f64x2.mul(dz, dz);
      const dw2 = f64x2.mul(dw, dw);
      b1 = f64x2.add(b1, f64x2.add(dz, dw));
      b2 = f64x2.add(b2, f64x2.add(dz2, dw2));
      b3 = f64x2.add(b3, f64x2.add(f64x2.mul(dz2, dz), f64x2.mul(dw2, dw)));
      b4 = f64x2.add(b4, f64x2.add(f64x2.mul(dz2, dz2), f64x2.mul(dw2, dw2)));
    }
    a1 = f64x2.add(a1, b1);
    a2 = f64x2.add(a2, b2);
    const nextSums = f64x2.add(sums, a1);
    const nextSquares = f64x2.add(squares, a2);
    sumsLost = f64x2.add(sumsLost, sumErrors(sums, a1, nextSums));
    squaresLost = f64x2.add(squaresLost, sumErrors(squares, a2, nextSquares));
    sums = nextSums;
    squares = nextSquares;
  }
  let s1 = lanesWith(sums, sumsLost);
  let s2 = lanesWith(squares, squaresLost);
  let s2Low: f64 = 0;
  let s3 = lanes(f64x2.add(a3, b3));
  let s4 = lanes(f64x2.add(a4, b4));
  let smallest = min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
  let largest = max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1));
  for (; at < end; at += 8) {
    const x = load<f64>(at);
    const d = x - pilot;
    const d2 = d * d;
    const next = s2 + d2;
    s1 += d;
    s2Low += sumError(s2, d2, next);
    s2 = next;
    s3 += d2 * d;
    s4 += d2 * d2;
    smallest = min(smallest, x);
    largest = max(largest, x);
  }
  const n = <f64>length;
  const error = s1 / n;
  const moved = -s1 * error;
  if (!must && !(moved - s2 * mostMoved >= 0)) return false;
  store<f64>(state, min(load<f64>(state, minAt), smallest), minAt);
  store<f64>(state, max(load<f64>(state, maxAt), largest), maxAt);
  const m2 = s2 + moved;
  const m3 = s3 - error * (3 * s2 - 2 * s1 * error);
  const m4 = s4 - error * (4 * s3 - error * (6 * s2 - 3 * s1 * error));
  fold(state, n, pilot, error, m2, s2Low + sumError(s2, moved, m2), m3, m4);
  return true;
}
