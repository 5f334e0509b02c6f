// Walking over two sorted sides of which only the current one is passed value by value: its values come with their places
// among the reference's, and what lies between two of them is added up at once (placed-weights.ts). The gap i·m - j·n is
// largest at the ends of what lies between.
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

import { addProductTo, areApart, turnAt, walkApart } from "./apart-walk";
import { singles, step } from "./placed-weights";
import { addTo, sumError } from "./two-sum";

/** Size of what `placedWalk` writes to `out`. */
export function placedWalkSize(): i32 {
  return 112;
}

/**
 * Walks over `length` ascending current values among n of the reference's. Room for four f64 a current value and four more
 * at `turns`.
 *
 * @param places  what `placesOf` wrote
 * @param weigh  bit 0: A² is wanted even where all values differ; bit 1: the sum of squared weights is not
 */
export function placedWalk(
  out: usize,
  values: usize,
  length: u32,
  places: usize,
  ties: usize,
  tieCount: u32,
  n: f64,
  weigh: i32,
  turns: usize,
): void {
  memory.fill(out, 0, placedWalkSize());
  const below = places;
  const upTo = places + (<usize>length << 2);
  if ((weigh & 1) == 0 && length > 0 && tieCount == 0 && areApart(values, length, below, upTo)) {
    store<f64>(out, <f64>length, 80);
    walkApart(out, values, length, below, n, turns);
    return;
  }
  const m = <f64>length;
  const total = n + m;
  const upper = 0.5 * (total + Math.sqrt(total * (total - 1)));
  const lower = (0.25 * total) / upper;
  const alone = countDistinct(out, values, length, below, upTo);
  const tied = (weigh & 2) == 0 && <bool>(i32(tieCount > 0) | i32(alone < length));
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
      sum += tiedRun(i, j, tie, n, m, lower, upper, tied, out);
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
    sum += tiedRun(i, m, tie, n, m, lower, upper, tied, out);
    i = load<u32>(tie, 4);
  }
  addTo(out, sum + singles(i, <u32>n, m, n, m, lower, upper, tied, out));
  store<f64>(out, ours, 48);
  store<f64>(out, oursLow, 56);
  store<f64>(out, <f64>((turn - turns) >>> 4), 104);
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

/** What the reference's values from i to the end of a run of equal ones add. */
function tiedRun(
  i: u32,
  j: f64,
  tie: usize,
  n: f64,
  m: f64,
  lower: f64,
  upper: f64,
  tied: bool,
  out: usize,
): f64 {
  const first = load<u32>(tie);
  const half = 0.5 * <f64>(load<u32>(tie, 4) - first);
  const before = i < first ? singles(i, first, j, n, m, lower, upper, tied, out) : 0;
  return before + step((<f64>first + half) * m - j * n, <f64>first + j + half, 2 * half, n + m, tied, out);
}

