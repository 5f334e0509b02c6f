// Walking over all of two sorted runs: the largest gap, the area between the distribution functions and A², in one state.
// See walk.ts for the gap i·m - j·n.
//
// State:  0 i64 i   8 i64 j   16 i64 largest |gap|   24 i64 that gap   32 i64 location   40 i64 last value, both keys
//        48 f64 W1 sum   56 its low part   64 f64 A² sum   72 its low part
//        80 f64 sum of l·B² / D   88 f64 N² times the sum of squared weights of A², over the values below 104
//        96 i64 distinct values   104 i64 how many values the sums at 80 and 88 are of: none before the first tie
//       112 i64 values passed up to the location
// with l pooled values equal, B half of them and all below, D the variance of the gap there. Given the ties A² is a sum of
// squares of normal values, of which one at B and one at C > B correlate by B·(N - C) / sqrt(D_B·D_C).
//
// Values that differ from all others are merged first (merge.ts) and added up two at a time.
//
// Scratch: see merge.ts.

import { gapsAt, keysAt, mergeDistinct, mergeTwice, stretch, stretchBytes } from "./merge";
import { distance, follows, valuesOf } from "./steps";
import { addTo } from "./two-sum";

/**
 * Walks over everything that lies between the passes before and after. Doubles are given as keys with their ends
 * (`keysOf`). Runs of equal values must not be cut.
 */
export function fullWalkF64(
  state: usize,
  reference: usize,
  referenceLength: u32,
  current: usize,
  currentLength: u32,
  n: i64,
  m: i64,
  scratch: usize,
): void {
  const lastReference = reference + (<usize>referenceLength << 3);
  const lastCurrent = current + (<usize>currentLength << 3);
  store<u32>(scratch, <u32>reference);
  store<u32>(scratch, <u32>current, 4);
  const exact = <f64>n * <f64>m < 9007199254740992.0;
  const second = scratch + stretchBytes;
  let distinct = stretch;
  while (<usize>load<u32>(scratch) < lastReference || <usize>load<u32>(scratch, 4) < lastCurrent) {
    if (exact) {
      const from = <usize>load<u32>(scratch);
      const gap = <f64>(load<i64>(state) * m - load<i64>(state, 8) * n);
      store<i64>(scratch, load<i64>(state, 40), keysAt);
      // As long as all differ.
      if (distinct == stretch && mergeTwice(scratch, second, lastReference, lastCurrent, gap, <f64>n, <f64>m)) {
        const middle = <usize>load<u32>(second);
        addDistinct(state, scratch, stretch, (middle - from) >>> 3, n, m);
        addDistinct(state, second, stretch, (<usize>load<u32>(scratch) - middle) >>> 3, n, m);
        continue;
      }
      distinct = mergeDistinct(scratch, gap, <f64>n, <f64>m);
      if (distinct) addDistinct(state, scratch, distinct, (<usize>load<u32>(scratch) - from) >>> 3, n, m);
      if (distinct == stretch) continue;
    }
    // Among many ties it is not worth looking for values without.
    const most = exact ? (distinct < 16 ? 64 : 1) : i32.MAX_VALUE;
    walkTies<f64>(state, scratch, lastReference, lastCurrent, n, m, most);
  }
  if (load<i64>(state, 104)) settle(state, load<i64>(state) + load<i64>(state, 8), <f64>(n + m));
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
  scratch: usize,
): void {
  store<u32>(scratch, <u32>reference);
  store<u32>(scratch, <u32>current, 4);
  const lastReference = reference + (<usize>referenceLength << 3);
  const lastCurrent = current + (<usize>currentLength << 3);
  while (<usize>load<u32>(scratch) < lastReference || <usize>load<u32>(scratch, 4) < lastCurrent) {
    walkTies<i64>(state, scratch, lastReference, lastCurrent, n, m, i32.MAX_VALUE);
  }
  if (load<i64>(state, 104)) settle(state, load<i64>(state) + load<i64>(state, 8), <f64>(n + m));
}

/** Adds `count` merged values, all different, of which `fromReference` are the reference's. */
function addDistinct(state: usize, scratch: usize, count: i32, fromReference: i64, n: i64, m: i64): void {
  const total = <f64>(n + m);
  const before = load<i64>(state) + load<i64>(state, 8);
  const all = f64x2.splat(total);
  const half = f64x2.splat(0.5);
  const quarter = f64x2.splat(0.25 * total);
  const two = f64x2.splat(2);
  const zero = f64x2.splat(0);
  let middle = f64x2.replace_lane(f64x2.splat(<f64>before + 0.5), 1, <f64>before + 1.5);
  let area = zero;
  let weighted = zero;
  let most = zero;
  let lower = valuesOf(v128.load64_splat(scratch + keysAt));
  let gaps = scratch + gapsAt;
  let keys = scratch + keysAt;
  // With an odd number the last is added twice: once more with no weight.
  if (count & 1) {
    store<f64>(gaps + (<usize>count << 3), load<f64>(gaps + (<usize>count << 3)), 8);
    store<i64>(keys + (<usize>count << 3), load<i64>(keys + (<usize>count << 3)), 8);
  }
  for (let k = 0; k < count; k += 2, gaps += 16, keys += 16) {
    const from = v128.load(gaps);
    const to = v128.load(gaps, 8);
    const high = valuesOf(v128.load(keys, 8));
    const step = f64x2.sub(high, v128.shuffle<u64>(lower, high, 1, 2));
    lower = high;
    // Not at gap 0: there the step may be infinite.
    area = f64x2.add(area, v128.and(f64x2.mul(f64x2.abs(from), step), f64x2.ne(from, zero)));
    most = f64x2.pmax(most, f64x2.abs(to));
    let variance = f64x2.sub(f64x2.mul(middle, f64x2.sub(all, middle)), quarter);
    if (k + 1 == count) variance = f64x2.replace_lane(variance, 1, 0);
    const gap = f64x2.mul(half, f64x2.add(from, to));
    const term = f64x2.div(f64x2.mul(gap, gap), variance);
    weighted = f64x2.add(weighted, v128.and(term, f64x2.gt(variance, zero)));
    middle = f64x2.add(middle, two);
  }
  addTo(state + 48, f64x2.extract_lane(area, 0) + f64x2.extract_lane(area, 1));
  addTo(state + 64, f64x2.extract_lane(weighted, 0) + f64x2.extract_lane(weighted, 1));
  const largest = <i64>max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  if (largest >= load<i64>(state, 16)) locate(state, scratch, count);
  store<i64>(state, load<i64>(scratch + keysAt + (<usize>count << 3)), 40);
  store<i64>(state, load<i64>(state, 96) + count, 96);
  store<i64>(state, load<i64>(state) + fromReference, 0);
  store<i64>(state, load<i64>(state, 8) + count - fromReference, 8);
}

/** Looks among merged values for a larger gap, or a positive one as large as a negative one was. */
function locate(state: usize, scratch: usize, count: i32): void {
  const before = load<i64>(state) + load<i64>(state, 8);
  for (let k: usize = 8; k <= <usize>count << 3; k += 8) {
    better(state, <i64>load<f64>(scratch + gapsAt + k), load<i64>(scratch + keysAt + k), before + <i64>(k >>> 3));
  }
}

// @ts-ignore: decorator
@inline
function better(state: usize, gap: i64, value: i64, passed: i64): void {
  const best = load<i64>(state, 16);
  const size = gap < 0 ? -gap : gap;
  if (size > best || (size == best && (best == 0 || (load<i64>(state, 24) < 0 && gap > 0)))) {
    store<i64>(state, size, 16);
    store<i64>(state, gap, 24);
    store<i64>(state, value, 32);
    store<i64>(state, passed, 112);
  }
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
  most: i32,
): void {
  let reference = <usize>load<u32>(cursor);
  let current = <usize>load<u32>(cursor, 4);
  const firstReference = reference;
  const firstCurrent = current;
  let previous = load<i64>(state, 40);
  const i = load<i64>(state);
  const j = load<i64>(state, 8);
  let gap = i * m - j * n;
  const total = <f64>(n + m);
  let area: f64 = 0;
  let weighted: f64 = 0;
  let pending = 0;
  let beforeGap = gap;
  let before = i + j;
  let passed = before;
  const stop = before + most;
  let distinct = load<i64>(state, 96);
  while (passed < stop && (reference < lastReference || current < lastCurrent)) {
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
    } while (follows<i64>(value, reference, lastReference) || follows<i64>(value, current, lastCurrent));
    if (beforeGap != 0) area += abs(<f64>beforeGap) * distance<T>(previous, value);
    previous = value;
    better(state, gap, value, passed);
    // Mid-ranks: both distribution functions are taken in the middle of their step, as is the pooled rank.
    const ties = <f64>(passed - before);
    const middle = <f64>before + 0.5 * ties;
    const middleGap = 0.5 * (<f64>beforeGap + <f64>gap);
    const variance = middle * (total - middle) - 0.25 * total * ties;
    if (variance > 0) weighted += (ties / variance) * middleGap * middleGap;
    if (passed - before > 1 || load<i64>(state, 104)) {
      settle(state, before, total);
      addTied(state, ties, middle, variance, total);
      store<i64>(state, passed, 104);
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
  store<i64>(state, i + <i64>((reference - firstReference) >>> 3));
  store<i64>(state, j + <i64>((current - firstCurrent) >>> 3), 8);
  store<i64>(state, previous, 40);
  store<i64>(state, distinct, 96);
  store<u32>(cursor, <u32>reference);
  store<u32>(cursor, <u32>current, 4);
}

/** Brings the sums over the weights up to the first `to` values: those since the last are all different. */
function settle(state: usize, to: i64, total: f64): void {
  for (let k = load<i64>(state, 104); k < to; k++) {
    const middle = <f64>k + 0.5;
    addTied(state, 1, middle, middle * (total - middle) - 0.25 * total, total);
  }
  store<i64>(state, max(load<i64>(state, 104), to), 104);
}

// @ts-ignore: decorator
@inline
function addTied(state: usize, ties: f64, middle: f64, variance: f64, total: f64): void {
  if (!(variance > 0)) return;
  const weight = ties / variance;
  const correlated = load<f64>(state, 80);
  const above = total - middle;
  store<f64>(state, load<f64>(state, 88) + ties * ties + 2 * weight * above * above * correlated, 88);
  store<f64>(state, correlated + weight * middle * middle, 80);
}
