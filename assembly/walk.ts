// Walking two sorted runs in step: everything that compares two empirical distribution functions.
//
// With i values of the reference (n in all) and j of the current side (m) passed, F - G = (i·m - j·n) / (n·m). The
// numerator is an integer, so gaps and ties between gaps are exact, and the only rounding is a last division by the
// caller. Equal values of both sides are passed together.
//
// A segment is what a plan left open: a stretch of values that begins when i and j values have been passed.
//
//   KS segment, u32:   i  j  number of reference values  number of current values
//   W1 segment:        the same four u32, then two f64: where the stretch begins and ends
//
// KS state:   0 i64 largest |gap|   8 i64 that gap, with its sign   16 f64 or i64 location
// Full state: 0 i64 i   8 i64 j   16 i64 largest |gap|   24 i64 that gap   32 i64 location
//            40 i64 last value, both keys   48 f64 W1 sum   56 its low part   64 f64 A² sum   72 its low part
//            80 f64 sum of l·B² / D   88 f64 N² times the sum of squared weights of A²   96 i64 distinct values
// with l pooled values equal, B half of them and all below, D the variance of the gap there. Given the ties A² is a sum of
// squares of normal values, of which one at B and one at C > B correlate by B·(N - C) / sqrt(D_B·D_C).

import { distance, follows, least } from "./steps";
import { addTo } from "./two-sum";

/**
 * Finds the largest |i·m - j·n| over the segments, its sign and its location: the smallest value that attains it, and
 * the positive gap where a positive and a negative one are equally large. Segments that cannot reach it are skipped.
 * `direction` 1 looks for positive gaps only, -1 for negative ones, 0 for both.
 */
export function ksWalkF64(
  state: usize,
  reference: usize,
  current: usize,
  segments: usize,
  segmentCount: i32,
  n: i64,
  m: i64,
  direction: i32,
): void {
  ksWalk<f64>(state, reference, current, segments, segmentCount, n, m, direction);
}

export function ksWalkI64(
  state: usize,
  reference: usize,
  current: usize,
  segments: usize,
  segmentCount: i32,
  n: i64,
  m: i64,
  direction: i32,
): void {
  ksWalk<i64>(state, reference, current, segments, segmentCount, n, m, direction);
}

// @ts-ignore: decorator
@inline
function ksWalk<T extends number>(
  state: usize,
  reference: usize,
  current: usize,
  segments: usize,
  segmentCount: i32,
  n: i64,
  m: i64,
  direction: i32,
): void {
  const up: i64 = direction < 0 ? 0 : -1;
  const down: i64 = direction > 0 ? 0 : -1;
  let best = load<i64>(state);
  let bestGap = load<i64>(state, 8);
  let location = load<T>(state, 16);
  let found = bestGap != 0;
  for (const end = segments + (<usize>segmentCount << 4); segments < end; segments += 16) {
    let gap = <i64>load<u32>(segments) * m - <i64>load<u32>(segments, 4) * n;
    const lastReference = reference + (<usize>load<u32>(segments, 8) << 3);
    const lastCurrent = current + (<usize>load<u32>(segments, 12) << 3);
    if (
      (up & (gap + <i64>load<u32>(segments, 8) * m)) < best &&
      (down & (<i64>load<u32>(segments, 12) * n - gap)) < best
    ) {
      reference = lastReference;
      current = lastCurrent;
      continue;
    }
    while (reference < lastReference || current < lastCurrent) {
      let value: T;
      if (reference < lastReference && current < lastCurrent) {
        // Which side comes next cannot be predicted, so both are moved on by a comparison's result.
        const a = load<T>(reference);
        const b = load<T>(current);
        value = least<T>(a, b);
        const fromReference = i64(a <= b);
        const fromCurrent = i64(b <= a);
        reference += <usize>fromReference << 3;
        current += <usize>fromCurrent << 3;
        gap += (-fromReference & m) - (-fromCurrent & n);
      } else if (reference < lastReference) {
        value = load<T>(reference);
        reference += 8;
        gap += m;
      } else {
        value = load<T>(current);
        current += 8;
        gap -= n;
      }
      if (follows<T>(value, reference, lastReference) || follows<T>(value, current, lastCurrent)) continue;
      const size = gap < 0 ? down & -gap : up & gap;
      if (size > best || (size == best && (!found || (bestGap < 0 && gap > 0)))) {
        best = size;
        bestGap = gap & (gap < 0 ? down : up);
        location = value;
        found = true;
      }
    }
  }
  store<i64>(state, best);
  store<i64>(state, bestGap, 8);
  store<T>(state, location, 16);
}

/** Adds the integral of |i·m - j·n| over the segments to the sum of two f64 at `sum`. */
export function areaWalkF64(
  sum: usize,
  reference: usize,
  current: usize,
  segments: usize,
  segmentCount: i32,
  n: f64,
  m: f64,
): void {
  for (const end = segments + (<usize>segmentCount << 5); segments < end; segments += 32) {
    let gap = <f64>load<u32>(segments) * m - <f64>load<u32>(segments, 4) * n;
    const lastReference = reference + (<usize>load<u32>(segments, 8) << 3);
    const lastCurrent = current + (<usize>load<u32>(segments, 12) << 3);
    let previous = load<f64>(segments, 16);
    let area: f64 = 0;
    while (reference < lastReference && current < lastCurrent) {
      const a = load<f64>(reference);
      const b = load<f64>(current);
      const value = least<f64>(a, b);
      // Not at gap 0 nor between equal values: there the step may be infinite, or no number.
      if (gap != 0 && value != previous) area += abs(gap) * (value - previous);
      previous = value;
      const fromReference = i32(a <= b);
      gap += <f64>fromReference * (m + n) - n;
      reference += <usize>fromReference << 3;
      current += <usize>(1 - fromReference) << 3;
    }
    for (; reference < lastReference; reference += 8) {
      const value = load<f64>(reference);
      if (gap != 0 && value != previous) area += abs(gap) * (value - previous);
      previous = value;
      gap += m;
    }
    for (; current < lastCurrent; current += 8) {
      const value = load<f64>(current);
      if (gap != 0 && value != previous) area += abs(gap) * (value - previous);
      previous = value;
      gap -= n;
    }
    if (gap != 0) area += abs(gap) * (load<f64>(segments, 24) - previous);
    addTo(sum, area);
  }
}

/**
 * Walks everything that lies between the passes before and after: the largest gap, W1 and A², in one state. Doubles are
 * given as keys with their ends (`keysOf`).
 */
export function fullWalkF64(
  state: usize,
  reference: usize,
  referenceLength: u32,
  current: usize,
  currentLength: u32,
  n: i64,
  m: i64,
): void {
  fullWalk<f64>(state, reference, referenceLength, current, currentLength, n, m);
}

/** The same of 64-bit integers, without ends. */
export function fullWalkI64(
  state: usize,
  reference: usize,
  referenceLength: u32,
  current: usize,
  currentLength: u32,
  n: i64,
  m: i64,
): void {
  fullWalk<i64>(state, reference, referenceLength, current, currentLength, n, m);
}

// @ts-ignore: decorator
@inline
function fullWalk<T extends number>(
  state: usize,
  reference: usize,
  referenceLength: u32,
  current: usize,
  currentLength: u32,
  n: i64,
  m: i64,
): void {
  const lastReference = reference + (<usize>referenceLength << 3);
  const lastCurrent = current + (<usize>currentLength << 3);
  const i = load<i64>(state);
  const j = load<i64>(state, 8);
  let best = load<i64>(state, 16);
  let bestGap = load<i64>(state, 24);
  let location = load<i64>(state, 32);
  let previous = load<i64>(state, 40);
  let gap = i * m - j * n;
  let found = best != 0;
  const total = <f64>(n + m);
  let area: f64 = 0;
  let weighted: f64 = 0;
  let pending = 0;
  let beforeGap = gap;
  let before = i + j;
  let passed = before;
  let correlated = load<f64>(state, 80);
  let spread = load<f64>(state, 88);
  let distinct = load<i64>(state, 96);
  while (reference < lastReference || current < lastCurrent) {
    let value: i64;
    if (isFloat<T>() || (reference < lastReference && current < lastCurrent)) {
      // Which side comes next cannot be predicted, so both are moved on by a comparison's result.
      const a = load<i64>(reference);
      const b = load<i64>(current);
      const fromReference = i64(a <= b);
      const fromCurrent = i64(b <= a);
      value = b < a ? b : a;
      reference += <usize>fromReference << 3;
      current += <usize>fromCurrent << 3;
      passed += fromReference + fromCurrent;
      gap += (-fromReference & m) - (-fromCurrent & n);
    } else if (reference < lastReference) {
      value = load<i64>(reference);
      reference += 8;
      passed++;
      gap += m;
    } else {
      value = load<i64>(current);
      current += 8;
      passed++;
      gap -= n;
    }
    if (isFloat<T>()) {
      if (load<i64>(reference) == value || load<i64>(current) == value) continue;
    } else if (follows<i64>(value, reference, lastReference) || follows<i64>(value, current, lastCurrent)) continue;
    if (beforeGap != 0) area += abs(<f64>beforeGap) * distance<T>(previous, value);
    previous = value;
    const size = gap < 0 ? -gap : gap;
    if (size > best || (size == best && (!found || (bestGap < 0 && gap > 0)))) {
      best = size;
      bestGap = gap;
      location = value;
      found = true;
    }
    // Mid-ranks: both distribution functions are taken in the middle of their step, as is the pooled rank.
    const ties = <f64>(passed - before);
    const middle = <f64>before + 0.5 * ties;
    const middleGap = 0.5 * (<f64>beforeGap + <f64>gap);
    const variance = middle * (total - middle) - 0.25 * total * ties;
    if (variance > 0) {
      const weight = ties / variance;
      weighted += weight * middleGap * middleGap;
      spread += ties * ties + 2 * weight * (total - middle) * (total - middle) * correlated;
      correlated += weight * middle * middle;
    }
    distinct++;
    beforeGap = gap;
    before = passed;
    if (++pending == 1024) {
      addTo(state + 48, area);
      addTo(state + 64, weighted);
      area = 0;
      weighted = 0;
      pending = 0;
    }
  }
  addTo(state + 48, area);
  addTo(state + 64, weighted);
  store<i64>(state, i + <i64>referenceLength);
  store<i64>(state, j + <i64>currentLength, 8);
  store<i64>(state, best, 16);
  store<i64>(state, bestGap, 24);
  store<i64>(state, location, 32);
  store<i64>(state, previous, 40);
  store<f64>(state, correlated, 80);
  store<f64>(state, spread, 88);
  store<i64>(state, distinct, 96);
}
