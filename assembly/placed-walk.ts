// The Anderson-Darling statistic when only one side is passed value by value: the current side's distinct values come with
// their places among the reference's values, and what lies between two of them is added up at once.
//
// A² is the sum of l · g² / D over the distinct pooled values (full-walk.ts), with the gap g in the middle of the step
// there and D = p · (N - p) - N · l / 4 at the mid-rank p. Between two current values the reference's own, where none is
// tied, have l = 1, mid-ranks one apart and a gap that grows by m from one to the next: g is linear in p. The roots of D
// are r = N / 4 / s and s = N / 2 + sqrt(N (N - 1)) / 2, and
//   1 / D = (1 / (p - r) + 1 / (s - p)) / (s - r).
// About the middle c of a stretch of L values, with a = c - r, b = s - c, h = L / 2 and the mean E(w) - 1 of
// 1 / (1 - u·u·w/h²) over the stretch's u = p - c, where w is (h / a)² or (h / b)²,
//   Σ g² / D = L / (s - r) · (g(c)² (1 / a + 1 / b) + E(w_a) g(r)² / a + E(w_b) g(s)² / b).
// No term is negative, so that nothing cancels. E is a sum of powers w^k times the mean of (u / h)^(2k), a polynomial in
// 1 / L² that is exact; stretches are cut so that h <= a / 16, b / 16, and six powers give all digits.
//
// The sum of the squared weights of A² given the ties goes from value to value, as in full-walk.ts.
//
// The area between the distribution functions is minus the sum of each value times the change of |i·m - j·n| there: m for a
// reference value and -n for a current one where the gap is positive, the opposite where it is negative, and something
// between only where its sign changes. So of the reference only the places are told between which it has one sign.
//
// Ties: u32 first place, u32 end, of each run of equal reference values, in order.
// Out:  0 f64 sum inside A²   8 its low part   16 f64 N² times the sum of squared weights of A²   24 f64 see addWeight
//      32 f64 largest gap, with its sign   40 f64 place of the smallest value that attains it, a current one's
//      plus n
//      48 f64 sum of the current values by sign   56 its low part   64 f64 sum of what the changes of sign add   72 its
//      low part   80 f64 distinct current values   88 f64 of those that are the reference's too
//      96 f64 the reference's sign at its first value   104 f64 number of turns
// Turns: two f64 for each change of the reference's sign, its place and by how much the value there counts differently.

import { high, low, productOf } from "./special/double-double";
import { addTo, sumError } from "./two-sum";

/** Size of what `placedWalk` writes to `out`. */
export function placedWalkSize(): i32 {
  return 112;
}

/**
 * Finds the places of `length` ascending values without NaN among others in order, of which `starts` (u32) tells where
 * each cell begins and `index` (u16) in which cell to look.
 *
 * @param places  u32 number of those below each value, then u32 number of those not above
 */
export function placesOf(
  index: usize,
  values: usize,
  length: u32,
  ordered: usize,
  starts: usize,
  places: usize,
): void {
  let below = places;
  let upTo = places + (<usize>length << 2);
  for (const end = values + (<usize>length << 3); values < end; values += 8, index += 2, below += 4, upTo += 4) {
    const value = load<f64>(values);
    const cell = starts + (<usize>load<u16>(index) << 2);
    let place = ordered + (<usize>load<u32>(cell) << 3);
    const last = ordered + (<usize>load<u32>(cell, 4) << 3);
    let size = (last - place) >>> 3;
    // A selection, not a branch: it could not be predicted.
    while (size > 1) {
      const half = size >> 1;
      const middle = place + (half << 3);
      place = load<f64>(middle - 8) < value ? middle : place;
      size -= half;
    }
    if (size == 1) place += <usize>(load<f64>(place) < value) << 3;
    store<u32>(below, <u32>((place - ordered) >>> 3));
    if (place < last && load<f64>(place) == value) {
      let above = (last - place) >>> 3;
      while (above > 1) {
        const half = above >> 1;
        const middle = place + (half << 3);
        place = load<f64>(middle - 8) <= value ? middle : place;
        above -= half;
      }
      place += <usize>(load<f64>(place) <= value) << 3;
    }
    store<u32>(upTo, <u32>((place - ordered) >>> 3));
  }
}

/**
 * Walks over `length` ascending current values among n of the reference's. Room for four f64 a current value and four more
 * at `turns`.
 *
 * @param places  what `placesOf` wrote
 */
export function placedWalk(
  out: usize,
  values: usize,
  length: u32,
  places: usize,
  ties: usize,
  tieCount: u32,
  n: f64,
  turns: usize,
): void {
  memory.fill(out, 0, placedWalkSize());
  const below = places;
  const upTo = places + (<usize>length << 2);
  const m = <f64>length;
  const total = n + m;
  const upper = 0.5 * (total + Math.sqrt(total * (total - 1)));
  const lower = (0.25 * total) / upper;
  const tied = <bool>(i32(tieCount > 0) | i32(countDistinct(out, values, length, below, upTo) < length));
  const lastTie = ties + (<usize>tieCount << 3);
  let tie = ties;
  let i: u32 = 0;
  let k: u32 = 0;
  let gap: f64 = 0;
  let sum: f64 = 0;
  let sign: f64 = 0;
  let ours: f64 = 0;
  let oursLow: f64 = 0;
  let turn = turns;
  while (k < length) {
    const value = load<f64>(values + (<usize>k << 3));
    const first = load<u32>(below + (<usize>k << 2));
    const end = load<u32>(upTo + (<usize>k << 2));
    const j = <f64>k;
    const middle = <f64>end * m - j * n;
    // By the reference's values the gap grows to `middle`.
    if (middle > gap) {
      const side: f64 = gap >= 0 ? 1 : -1;
      if (sign == 0) store<f64>(out, side, 96);
      else if (side != sign) turn = turnAt(turn, <f64>i, 0);
      sign = side;
      if (gap < 0 && middle > 0) {
        const crossing = Math.floor((j * n) / m);
        turn = turnAt(turn, crossing, 2 * (j * n - crossing * m));
        sign = 1;
      }
    }
    for (; tie < lastTie && load<u32>(tie) < first; tie += 8) {
      sum += tiedRun(i, j, tie, n, m, lower, upper, out);
      i = load<u32>(tie, 4);
    }
    if (i < first) sum += singles(i, first, j, n, m, lower, upper, tied, out);
    if (tie < lastTie && load<u32>(tie) < end) tie += 8;
    i = end;
    const before = <f64>first * m - j * n;
    if (abs(before) >= abs(load<f64>(out, 32))) better(out, before, <f64>first - 1);
    // By the current values that are equal it falls.
    gap = middle;
    do {
      if (gap > 0 && gap < n) addProductTo(out + 64, value, 2 * gap - n);
      else {
        const term = gap > 0 ? value : -value;
        const next = ours + term;
        oursLow += sumError(ours, term, next);
        ours = next;
      }
      gap -= n;
    } while (++k < length && load<f64>(values + (<usize>k << 3)) == value);
    if (abs(gap) >= abs(load<f64>(out, 32))) better(out, gap, n + <f64>(k - 1));
    const size = <f64>(end - first + k) - j;
    sum += step(0.5 * (before + gap), <f64>first + j + 0.5 * size, size, total, tied, out);
    if ((k & 63) == 0) {
      addTo(out, sum);
      sum = 0;
    }
  }
  if (i < <u32>n) {
    if (sign == 0) store<f64>(out, -1, 96);
    else if (sign > 0) turn = turnAt(turn, <f64>i, 0);
  }
  for (; tie < lastTie; tie += 8) {
    sum += tiedRun(i, m, tie, n, m, lower, upper, out);
    i = load<u32>(tie, 4);
  }
  addTo(out, sum + singles(i, <u32>n, m, n, m, lower, upper, tied, out));
  store<f64>(out, ours, 48);
  store<f64>(out, oursLow, 56);
  store<f64>(out, <f64>((turn - turns) >>> 4), 104);
}

// @ts-ignore: decorator
@inline
function turnAt(turn: usize, place: f64, weight: f64): usize {
  store<f64>(turn, place);
  store<f64>(turn, weight, 8);
  return turn + 16;
}

/** Counts the distinct current values, and those of them that differ from all of the reference's; returns the latter. */
function countDistinct(out: usize, values: usize, length: u32, below: usize, upTo: usize): u32 {
  let distinct: u32 = 0;
  let common: u32 = 0;
  let previous: f64 = NaN;
  for (let k: usize = 0; k < length; k++) {
    const value = load<f64>(values + (k << 3));
    const isNew = u32(value != previous);
    distinct += isNew;
    common += isNew & u32(load<u32>(below + (k << 2)) < load<u32>(upTo + (k << 2)));
    previous = value;
  }
  store<f64>(out, <f64>distinct, 80);
  store<f64>(out, <f64>common, 88);
  return distinct - common;
}

/** Of equally large gaps a positive one counts more, then the first. */
function better(out: usize, gap: f64, place: f64): void {
  const best = load<f64>(out, 32);
  if (abs(gap) > abs(best) || gap > best) {
    store<f64>(out, gap, 32);
    store<f64>(out, place, 40);
  }
}

function addProductTo(sum: usize, a: f64, b: f64): void {
  const product = productOf(a, b);
  addTo(sum, high(product));
  store<f64>(sum, load<f64>(sum, 8) + low(product), 8);
}

/** What the reference's values from i to the end of a run of equal ones add. */
function tiedRun(
  i: u32,
  j: f64,
  tie: usize,
  n: f64,
  m: f64,
  lower: f64,
  upper: f64,
  out: usize,
): f64 {
  const first = load<u32>(tie);
  const half = 0.5 * <f64>(load<u32>(tie, 4) - first);
  const before = i < first ? singles(i, first, j, n, m, lower, upper, true, out) : 0;
  return before + step((<f64>first + half) * m - j * n, <f64>first + j + half, 2 * half, n + m, true, out);
}

/** One distinct value of `size` pooled ones. */
// @ts-ignore: decorator
@inline
function step(gap: f64, middle: f64, size: f64, total: f64, tied: bool, out: usize): f64 {
  const variance = middle * (total - middle) - 0.25 * total * size;
  if (!(variance > 0)) return 0;
  const weight = size / variance;
  if (tied) addWeight(size, weight, middle, total, out);
  return weight * gap * gap;
}

// @ts-ignore: decorator
@inline
function addWeight(size: f64, weight: f64, middle: f64, total: f64, out: usize): void {
  const correlated = load<f64>(out, 24);
  const above = total - middle;
  store<f64>(out, load<f64>(out, 16) + size * size + 2 * weight * above * above * correlated, 16);
  store<f64>(out, correlated + weight * middle * middle, 24);
}

/** What the reference's values from i to `to` add, all different and none equal to a current value; j of those are below. */
function singles(i: u32, to: u32, j: f64, n: f64, m: f64, lower: f64, upper: f64, tied: bool, out: usize): f64 {
  let from = <f64>i;
  const end = <f64>to;
  let alone: f64 = 0;
  let sum: f64 = 0;
  while (from < end) {
    const first = from + j;
    const most = min(0.125 * (first - lower), 0.111 * (upper - first));
    const rest = end - from;
    if (rest <= most) {
      sum += stretch(from, rest, j, n, m, lower, upper);
      break;
    }
    const length = most < 2 ? min(rest, 8) : Math.floor(most);
    if (most < 2) alone += few(from, length, j, n, m);
    else sum += stretch(from, length, j, n, m, lower, upper);
    from += length;
  }
  if (tied) {
    const total = n + m;
    for (let k = <f64>i; k < end; k += 1) {
      const middle = k + j + 0.5;
      const variance = middle * (total - middle) - 0.25 * total;
      if (variance > 0) addWeight(1, 1 / variance, middle, total, out);
    }
  }
  return alone + sum / (upper - lower);
}

/** Value by value. */
function few(from: f64, length: f64, j: f64, n: f64, m: f64): f64 {
  const total = n + m;
  let sum: f64 = 0;
  for (let place = from + 0.5, end = from + length; place < end; place += 1) {
    const middle = place + j;
    const variance = middle * (total - middle) - 0.25 * total;
    const gap = place * m - j * n;
    if (variance > 0) sum += (gap * gap) / variance;
  }
  return sum;
}

/** `length` values at once, times the distance of the roots. */
// @ts-ignore: decorator
@inline
function stretch(from: f64, length: f64, j: f64, n: f64, m: f64, lower: f64, upper: f64): f64 {
  const half = 0.5 * length;
  const place = from + half;
  const centre = place + j;
  const away = f64x2.replace_lane(f64x2.splat(centre - lower), 1, upper - centre);
  const inverse = f64x2.div(f64x2.splat(1), away);
  const scaled = f64x2.mul(f64x2.splat(half), inverse);
  const w = f64x2.mul(scaled, scaled);
  const q = 0.25 / (half * half);
  const widest = max(f64x2.extract_lane(w, 0), f64x2.extract_lane(w, 1));
  let means = f64x2.splat(0);
  if (widest > 0.0000152587890625 /* 2^-16 */) {
    means = next(means, w, mean6(q));
    means = next(means, w, mean5(q));
    means = next(means, w, mean4(q));
  }
  means = next(means, w, 1.0 / 7 - q * (6.0 / 7 - (q * 31.0) / 21));
  means = next(means, w, 0.2 - (q * 7.0) / 15);
  means = next(means, w, 1.0 / 3);
  means = f64x2.mul(means, f64x2.mul(w, f64x2.splat(1 - q)));
  const gap = place * m - j * n;
  const slopes = f64x2.replace_lane(f64x2.splat(-m), 1, m);
  const ends = f64x2.add(f64x2.splat(gap), f64x2.mul(slopes, away));
  const both = f64x2.mul(
    inverse,
    f64x2.add(f64x2.splat(gap * gap), f64x2.mul(means, f64x2.mul(ends, ends))),
  );
  return length * (f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1));
}

// @ts-ignore: decorator
@inline
function next(sum: v128, w: v128, mean: f64): v128 {
  return f64x2.add(f64x2.mul(sum, w), f64x2.splat(mean));
}

// Means of (u / h)^8, (u / h)^10 and (u / h)^12 over 1 - q, where u runs over L values one apart about 0 and q = 1 / L².

// @ts-ignore: decorator
@inline
function mean4(q: f64): f64 {
  return 1.0 / 9 - q * (11.0 / 9 - q * (239.0 / 45 - (q * 127.0) / 15));
}

// @ts-ignore: decorator
@inline
function mean5(q: f64): f64 {
  return 1.0 / 11 - q * (52.0 / 33 - q * (410.0 / 33 - q * (1636.0 / 33 - (q * 2555.0) / 33)));
}

// @ts-ignore: decorator
@inline
function mean6(q: f64): f64 {
  const rest = 46714.0 / 273 - q * (910573.0 / 1365 - (q * 1414477.0) / 1365);
  return 1.0 / 13 - q * (25.0 / 13 - q * (926.0 / 39 - q * rest));
}
