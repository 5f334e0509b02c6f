// Walking open stretches of two sorted runs in step: the largest gap and the area between two empirical distribution
// functions.
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
// KS state: 0 i64 largest |gap|   8 i64 that gap, with its sign   16 f64 or i64 location

import { follows, least } from "./steps";
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
    const i = load<u32>(segments);
    const j = load<u32>(segments, 4);
    let gap = <f64>i * m - <f64>j * n;
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
    // Anew: behind the last value it has to be 0, and beyond 2^53 the steps above were rounded.
    gap = <f64>(i + load<u32>(segments, 8)) * m - <f64>(j + load<u32>(segments, 12)) * n;
    if (gap != 0) area += abs(gap) * (load<f64>(segments, 24) - previous);
    addTo(sum, area);
  }
}
