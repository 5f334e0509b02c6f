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

import { gapsAt, keysAt, mergeDistinct, stretch } from "./merge";
import { distance, follows, valueOf, valuesOf } from "./steps";
import { addTo } from "./two-sum";

/**
 * Adds all doubles that lie between the passes before and after, given as keys with their ends (`keysOf`). Runs of equal
 * values must not be cut. With `areas` 0 the integrals are left out. `scratch`: see merge.ts.
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
  scratch: usize,
): void {
  const lastReference = reference + (<usize>referenceLength << 3);
  const lastCurrent = current + (<usize>currentLength << 3);
  store<u32>(scratch, <u32>reference);
  store<u32>(scratch, <u32>current, 4);
  const exact = <f64>n * <f64>m < 9007199254740992.0;
  let distinct = stretch;
  while (<usize>load<u32>(scratch) < lastReference || <usize>load<u32>(scratch, 4) < lastCurrent) {
    if (exact) {
      const from = <usize>load<u32>(scratch);
      store<i64>(scratch, load<i64>(state, 24), keysAt);
      const gap = <f64>(load<i64>(state) * m - load<i64>(state, 8) * n);
      distinct = mergeDistinct(scratch, gap, <f64>n, <f64>m);
      if (distinct) addDistinct(state, scratch, distinct, (<usize>load<u32>(scratch) - from) >>> 3, n, m, areas);
      if (distinct == stretch) continue;
    }
    // Among many ties it is not worth looking for values without.
    const most = exact ? (distinct < 16 ? 64 : 1) : i32.MAX_VALUE;
    walkTies<f64>(state, scratch, lastReference, lastCurrent, n, m, areas, most);
  }
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
  scratch: usize,
): void {
  store<u32>(scratch, <u32>reference);
  store<u32>(scratch, <u32>current, 4);
  const lastReference = reference + (<usize>referenceLength << 3);
  const lastCurrent = current + (<usize>currentLength << 3);
  while (<usize>load<u32>(scratch) < lastReference || <usize>load<u32>(scratch, 4) < lastCurrent) {
    walkTies<i64>(state, scratch, lastReference, lastCurrent, n, m, areas, i32.MAX_VALUE);
  }
}

/** Adds `count` merged values, all different, of which `p` are the reference's. */
function addDistinct(state: usize, scratch: usize, count: i32, p: i64, n: i64, m: i64, areas: i32): void {
  const inverse = f64x2.splat(1.0 / (<f64>n * <f64>m));
  const quarter = f64x2.splat(0.25);
  const up = f64x2.splat(4.149515568880993e180); // 2^600
  const zero = f64x2.splat(0);
  let small = zero;
  let large = zero;
  let squares = zero;
  let gaps = scratch + gapsAt;
  let keys = scratch + keysAt;
  if (count & 1) {
    // The last is added by itself.
    const at = <usize>(count - 1) << 3;
    const from = load<f64>(gaps + at);
    const to = load<f64>(gaps + at, 8);
    addTo(state + 64, from * from + from * to + to * to);
    if (areas && from != 0) {
      const height = from / (<f64>n * <f64>m);
      addTo(state + 32, height * height * shrunk<f64>(load<i64>(keys + at), load<i64>(keys + at, 8)));
      addTo(state + 48, height * height * stretched<f64>(load<i64>(keys + at), load<i64>(keys + at, 8)));
    }
  }
  for (let k = 0; k < count - 1; k += 2, gaps += 16, keys += 16) {
    const from = v128.load(gaps);
    const to = v128.load(gaps, 8);
    squares = f64x2.add(squares, f64x2.add(f64x2.mul(from, f64x2.add(from, to)), f64x2.mul(to, to)));
    if (areas) {
      const low = valuesOf(v128.load(keys));
      const high = valuesOf(v128.load(keys, 8));
      const height = f64x2.mul(from, inverse);
      const square = f64x2.mul(height, height);
      // Not at gap 0: there the step may be infinite.
      const open = f64x2.ne(from, zero);
      const step = f64x2.sub(f64x2.mul(high, quarter), f64x2.mul(low, quarter));
      small = f64x2.add(small, v128.and(f64x2.mul(square, step), open));
      large = f64x2.add(large, v128.and(f64x2.mul(square, f64x2.mul(f64x2.sub(high, low), up)), open));
    }
  }
  addTo(state + 32, f64x2.extract_lane(small, 0) + f64x2.extract_lane(small, 1));
  addTo(state + 48, f64x2.extract_lane(large, 0) + f64x2.extract_lane(large, 1));
  addTo(state + 64, f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1));
  // The q-th of the reference's values, at place u of the stretch, comes after u - q of the current side's; and the sum
  // of the places is p (count + 1) minus the sum of the values passed.
  const i = load<i64>(state);
  const j = load<i64>(state, 8);
  const places = p * (<i64>count + 1) - load<i64>(scratch, 8);
  store<i64>(state, load<i64>(state, 16) + 2 * (p * j + places) - p * (p + 1), 16);
  store<i64>(state, i + p);
  store<i64>(state, j + count - p, 8);
  store<i64>(state, load<i64>(scratch + keysAt + (<usize>count << 3)), 24);
}

/** Walks on by whole runs of equal values until at least `most` values have been passed. */
// @ts-ignore: decorator
@inline
function walkTies<T extends number>(
  state: usize,
  cursor: usize,
  lastReference: usize,
  lastCurrent: usize,
  n: i64,
  m: i64,
  areas: i32,
  most: i32,
): void {
  let reference = <usize>load<u32>(cursor);
  let current = <usize>load<u32>(cursor, 4);
  let i = load<i64>(state);
  let j = load<i64>(state, 8);
  let pairs = load<i64>(state, 16);
  let previous = load<i64>(state, 24);
  const inverse = 1.0 / (<f64>n * <f64>m);
  let small: f64 = 0;
  let large: f64 = 0;
  let squares: f64 = 0;
  let pending = 0;
  const stop = i + j + most;
  let exact = i * m - j * n;
  let before = <f64>exact;
  while (i + j < stop && (reference < lastReference || current < lastCurrent)) {
    const iBefore = i;
    const jBefore = j;
    let value: i64;
    do {
      if (isFloat<T>() || (reference < lastReference && current < lastCurrent)) {
        const a = load<i64>(reference);
        const b = load<i64>(current);
        const fromReference = i64(a <= b);
        const fromCurrent = i64(b <= a);
        value = b < a ? b : a;
        reference += <usize>fromReference << 3;
        current += <usize>fromCurrent << 3;
        i += fromReference;
        j += fromCurrent;
      } else if (reference < lastReference) {
        value = load<i64>(reference);
        reference += 8;
        i++;
      } else {
        value = load<i64>(current);
        current += 8;
        j++;
      }
    } while (follows<i64>(value, reference, lastReference) || follows<i64>(value, current, lastCurrent));
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
    pairs += p * (jBefore + j);
    exact = i * m - j * n;
    const gap = <f64>exact;
    squares += <f64>(p + q) * (before * before + before * gap + gap * gap);
    if (p + q > 1) addTies(state, <f64>(iBefore + jBefore), p, q, n, m);
    before = gap;
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
  store<u32>(cursor, <u32>reference);
  store<u32>(cursor, <u32>current, 4);
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
