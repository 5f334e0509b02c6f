// The walk of placed-walk.ts where all values differ, two current values at a time, and without A².
//
// The gap at current value k is first·m - k·n before it and n less after it, `first` of the reference's being below it: so
// it is largest before one of them, or smallest after one. Its sign seldom changes, and only there one value is looked at.

import { high, low, productOf } from "./special/double-double";
import { addTo } from "./two-sum";

/** Whether `length` ascending current values differ from each other and from all of the reference's. */
export function areApart(values: usize, length: u32, below: usize, upTo: usize): bool {
  let equal = f64x2.splat(0);
  let at = values;
  const end = values + (<usize>length << 3);
  for (; at + 24 <= end; at += 16) equal = v128.or(equal, f64x2.eq(v128.load(at), v128.load(at, 8)));
  for (; at + 16 <= end; at += 8) if (load<f64>(at) == load<f64>(at, 8)) return false;
  const stop = below + (<usize>length << 2);
  for (; below + 16 <= stop; below += 16, upTo += 16) {
    equal = v128.or(equal, i32x4.ne(v128.load(below), v128.load(upTo)));
  }
  for (; below < stop; below += 4, upTo += 4) if (load<u32>(below) != load<u32>(upTo)) return false;
  return !v128.any_true(equal);
}

/** Writes what `placedWalk` writes, to an `out` full of zeros. */
export function walkApart(out: usize, values: usize, length: u32, below: usize, n: f64, turns: usize): void {
  const m = <f64>length;
  const vm = f64x2.splat(m);
  const vn = f64x2.splat(n);
  const zero = f64x2.splat(0);
  let most = f64x2.splat(-Infinity);
  let least = f64x2.splat(Infinity);
  let mostAt = zero;
  let leastAt = zero;
  let ours = zero;
  let oursLow = zero;
  let after = zero;
  let j = f64x2.replace_lane(zero, 1, 1);
  let sign: f64 = 0;
  let turn = turns;
  for (let k: u32 = 0; k < length; k += 2) {
    const isPair = k + 1 < length;
    const first = f64x2.convert_low_i32x4_s(isPair ? v128.load64_zero(below + (<usize>k << 2)) : v128.load32_zero(below + (<usize>k << 2)));
    const value = isPair ? v128.load(values + (<usize>k << 3)) : v128.load64_zero(values + (<usize>k << 3));
    let before = f64x2.sub(f64x2.mul(first, vm), f64x2.mul(j, vn));
    // In place of one that is not there: nothing new.
    if (!isPair) before = f64x2.splat(f64x2.extract_lane(before, 0));
    const previous = v128.shuffle<f64>(after, f64x2.sub(before, vn), 1, 2);
    const changes = sign > 0 ? f64x2.lt(previous, zero) : f64x2.gt(before, zero);
    if (sign == 0 || v128.any_true(changes)) {
      for (let one = k; one < min(k + 2, length); one++) {
        const lane = one > k;
        const gap = lane ? f64x2.extract_lane(previous, 1) : f64x2.extract_lane(previous, 0);
        const middle = lane ? f64x2.extract_lane(before, 1) : f64x2.extract_lane(before, 0);
        if (middle <= gap) continue;
        const side: f64 = gap >= 0 ? 1 : -1;
        if (sign == 0) store<f64>(out, side, 96);
        else if (side != sign) turn = turnAt(turn, one == 0 ? 0 : <f64>load<u32>(below + (<usize>(one - 1) << 2)), 0);
        sign = side;
        if (gap < 0 && middle > 0) {
          const jn = <f64>one * n;
          const crossing = Math.floor(jn / m);
          turn = turnAt(turn, crossing, 2 * (jn - crossing * m));
          sign = 1;
        }
      }
    }
    const larger = f64x2.gt(before, most);
    most = v128.bitselect(before, most, larger);
    mostAt = v128.bitselect(j, mostAt, larger);
    const smaller = f64x2.lt(before, least);
    least = v128.bitselect(before, least, smaller);
    leastAt = v128.bitselect(j, leastAt, smaller);
    const down = f64x2.le(before, zero);
    const up = v128.andnot(f64x2.ge(before, vn), down);
    const term = f64x2.sub(v128.and(value, up), v128.and(value, down));
    const next = f64x2.add(ours, term);
    const part = f64x2.sub(next, ours);
    const rounding = f64x2.add(f64x2.sub(ours, f64x2.sub(next, part)), f64x2.sub(term, part));
    oursLow = f64x2.add(oursLow, rounding);
    ours = next;
    if (!i64x2.all_true(v128.or(up, down))) {
      addBetween(out, f64x2.extract_lane(value, 0), f64x2.extract_lane(before, 0), n);
      addBetween(out, f64x2.extract_lane(value, 1), f64x2.extract_lane(before, 1), n);
    }
    after = f64x2.sub(before, vn);
    j = f64x2.add(j, f64x2.splat(2));
  }
  const end = length == 0 ? 0 : load<u32>(below + (<usize>(length - 1) << 2));
  if (<f64>end < n) {
    if (sign == 0) store<f64>(out, -1, 96);
    else if (sign > 0) turn = turnAt(turn, <f64>end, 0);
  }
  storeGap(out, most, mostAt, least, leastAt, below, n);
  store<f64>(out, f64x2.extract_lane(ours, 0), 48);
  store<f64>(out, f64x2.extract_lane(oursLow, 0) + f64x2.extract_lane(oursLow, 1), 56);
  addTo(out + 48, f64x2.extract_lane(ours, 1));
  store<f64>(out, <f64>((turn - turns) >>> 4), 104);
}

// @ts-ignore: decorator
@inline
export function turnAt(turn: usize, place: f64, weight: f64): usize {
  store<f64>(turn, place);
  store<f64>(turn, weight, 8);
  return turn + 16;
}

/** Adds a current value by which the gap changes its sign. */
function addBetween(out: usize, value: f64, gap: f64, n: f64): void {
  if (gap > 0 && gap < n) addProductTo(out + 64, value, 2 * gap - n);
}

export function addProductTo(sum: usize, a: f64, b: f64): void {
  const product = productOf(a, b);
  addTo(sum, high(product));
  store<f64>(sum, load<f64>(sum, 8) + low(product), 8);
}

/** The largest gap of both lanes: of equally large ones a positive one counts more, then the first. */
function storeGap(
  out: usize,
  most: v128,
  mostAt: v128,
  least: v128,
  leastAt: v128,
  below: usize,
  n: f64,
): void {
  const high0 = f64x2.extract_lane(most, 0);
  const high1 = f64x2.extract_lane(most, 1);
  const low0 = f64x2.extract_lane(least, 0);
  const low1 = f64x2.extract_lane(least, 1);
  const highAt0 = f64x2.extract_lane(mostAt, 0);
  const highAt1 = f64x2.extract_lane(mostAt, 1);
  const lowAt0 = f64x2.extract_lane(leastAt, 0);
  const lowAt1 = f64x2.extract_lane(leastAt, 1);
  const largest = max(high0, high1);
  const smallest = min(low0, low1) - n;
  if (largest > 0 && largest >= -smallest) {
    const k = high0 == high1 ? min(highAt0, highAt1) : high0 > high1 ? highAt0 : highAt1;
    store<f64>(out, largest, 32);
    store<f64>(out, <f64>load<u32>(below + (<usize>k << 2)) - 1, 40);
  } else if (smallest < 0) {
    const k = low0 == low1 ? min(lowAt0, lowAt1) : low0 < low1 ? lowAt0 : lowAt1;
    store<f64>(out, smallest, 32);
    store<f64>(out, n + k, 40);
  }
}
