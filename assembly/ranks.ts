// Walking two sorted runs in step, for everything that is a sum over ranks: Mann-Whitney's U, the Cramér-von Mises
// statistic and the energy distance. See walk.ts for the gap i·m - j·n and how a walk goes on from round to round.
//
// State: 0 i64 i   8 i64 j   16 i64 twice the number of pairs in which the reference's value is larger (ties: 1)
//       24 i64 last value, of doubles its key
//       32 f64 ∫(F - G)² dx, of values times 2^-2, and its low part   48 the same of values times 2^600
//       64 f64 Σ t (g² + g g' + g'²) over the distinct values, t of them equal, g and g' the gaps before and after
//   over the values that are tied:
//       80 f64 Σ t (N² - t²)   96 f64 Σ t (N - t)   112 f64 Σ (t (p - q) (np - mq) - (np + mq)), with p of t in the reference
//      128 f64 what ties take from the variance of the Cramér-von Mises integral
//      144 i64 how many values are tied

import { distance, follows, valueOf } from "./steps";
import { addTo } from "./two-sum";

/**
 * Adds all doubles that lie between the passes before and after, given as keys with their ends (`keysOf`). Runs of equal
 * values must not be cut. With `areas` 0 the integrals are left out.
 */
export function rankWalkF64(
  state: usize,
  reference: usize,
  referenceLength: u32,
  current: usize,
  currentLength: u32,
  n: i64,
  m: i64,
  areas: i32,
): void {
  rankWalk<f64>(state, reference, referenceLength, current, currentLength, n, m, areas);
}

/** The same of 64-bit integers, without ends. */
export function rankWalkI64(
  state: usize,
  reference: usize,
  referenceLength: u32,
  current: usize,
  currentLength: u32,
  n: i64,
  m: i64,
  areas: i32,
): void {
  rankWalk<i64>(state, reference, referenceLength, current, currentLength, n, m, areas);
}

// @ts-ignore: decorator
@inline
function rankWalk<T extends number>(
  state: usize,
  reference: usize,
  referenceLength: u32,
  current: usize,
  currentLength: u32,
  n: i64,
  m: i64,
  areas: i32,
): void {
  const lastReference = reference + (<usize>referenceLength << 3);
  const lastCurrent = current + (<usize>currentLength << 3);
  let i = load<i64>(state);
  let j = load<i64>(state, 8);
  let pairs = load<i64>(state, 16);
  let previous = load<i64>(state, 24);
  const inverse = 1.0 / (<f64>n * <f64>m);
  let small: f64 = 0;
  let large: f64 = 0;
  let squares: f64 = 0;
  let pending = 0;
  let iBefore = i;
  let jBefore = j;
  let exact = i * m - j * n;
  let before = <f64>exact;
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
      i += fromReference;
      j += fromCurrent;
      exact += (-fromReference & m) - (-fromCurrent & n);
    } else if (reference < lastReference) {
      value = load<i64>(reference);
      reference += 8;
      i++;
      exact += m;
    } else {
      value = load<i64>(current);
      current += 8;
      j++;
      exact -= n;
    }
    if (isFloat<T>()) {
      if (load<i64>(reference) == value || load<i64>(current) == value) continue;
    } else if (follows<i64>(value, reference, lastReference) || follows<i64>(value, current, lastCurrent)) continue;
    // Not at gap 0: there the step may be infinite, or no number.
    if (areas && before != 0) {
      const height = before * inverse;
      const area = height * height;
      small += area * shrunk<T>(previous, value);
      large += area * stretched<T>(previous, value);
    }
    previous = value;
    const p = i - iBefore;
    const q = j - jBefore;
    const gap = <f64>exact;
    const square = before * before + before * gap + gap * gap;
    if (p + q == 1) {
      pairs += -p & (j << 1);
      squares += square;
    } else {
      pairs += p * (jBefore + j);
      squares += <f64>(p + q) * square;
      addTies(state, <f64>(iBefore + jBefore), p, q, n, m);
    }
    before = gap;
    iBefore = i;
    jBefore = j;
    if (++pending == 1024) {
      addTo(state + 32, small);
      addTo(state + 48, large);
      addTo(state + 64, squares);
      small = large = squares = 0;
      pending = 0;
    }
  }
  addTo(state + 32, small);
  addTo(state + 48, large);
  addTo(state + 64, squares);
  store<i64>(state, i);
  store<i64>(state, j, 8);
  store<i64>(state, pairs, 16);
  store<i64>(state, previous, 24);
}

/** p values of the reference and q of the current side are equal, with `below` values below them. */
function addTies(state: usize, below: f64, p: i64, q: i64, n: i64, m: i64): void {
  const t = <f64>(p + q);
  const total = <f64>(n + m);
  const one = <f64>n * <f64>p;
  const other = <f64>m * <f64>q;
  addTo(state + 80, t * (total - t) * (total + t));
  addTo(state + 96, t * (total - t));
  addTo(state + 112, t * <f64>(p - q) * (one - other) - (one + other));
  // Between the ends of the run the bridge is replaced by a straight line. With P, Q and R its covariances at the ends
  // and d the run's share, ∫∫ of the squared covariance falls by d² (2d ((P + R) / 45 + 7 Q / 180) + d² / 90).
  const from = below / total;
  const d = t / total;
  const rest = (total - below - t) / total;
  const covariances = (from * (1 - from) + (from + d) * rest) / 45 + (from * rest * 7) / 180;
  addTo(state + 128, (d * d - 1 / (total * total)) * (2 * d * covariances + (d * d) / 90));
  store<i64>(state, load<i64>(state, 144) + p + q, 144);
}

/** How far `to` lies above `from`, times 2^-2 so that it cannot overflow. */
// @ts-ignore: decorator
@inline
function shrunk<T extends number>(from: i64, to: i64): f64 {
  return isFloat<T>() ? valueOf(to) * 0.25 - valueOf(from) * 0.25 : distance<T>(from, to) * 0.25;
}

/** The same times 2^600, for subnormal values; infinite for those that do not need it. */
// @ts-ignore: decorator
@inline
function stretched<T extends number>(from: i64, to: i64): f64 {
  return isFloat<T>() ? distance<T>(from, to) * 4.149515568880993e180 : 0;
}
