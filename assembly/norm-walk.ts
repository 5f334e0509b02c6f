// Walking two sorted runs in step, for the p-norm of the difference of two distribution functions: ∫ |F - G|^p dx. See
// walk.ts for the gap i·m - j·n and how a walk goes on from round to round.
//
// State: 0 i64 i   8 i64 j   16 f64 or i64 last value
//       24 f64 sum of |gap · unit|^p · step / 4   32 its low part
//       40 f64 sum of |gap · unit|^p · step · 2^600, for subnormal values   48 its low part

import { follows, least } from "./steps";
import { addTo } from "./two-sum";

/** Walks everything that lies between the passes before and after; `unit` brings gaps to at most about 1. */
export function normWalkF64(
  state: usize,
  reference: usize,
  referenceLength: u32,
  current: usize,
  currentLength: u32,
  n: i64,
  m: i64,
  unit: f64,
  p: f64,
): void {
  normWalk<f64>(state, reference, referenceLength, current, currentLength, n, m, unit, p);
}

export function normWalkI64(
  state: usize,
  reference: usize,
  referenceLength: u32,
  current: usize,
  currentLength: u32,
  n: i64,
  m: i64,
  unit: f64,
  p: f64,
): void {
  normWalk<i64>(state, reference, referenceLength, current, currentLength, n, m, unit, p);
}

// @ts-ignore: decorator
@inline
function normWalk<T extends number>(
  state: usize,
  reference: usize,
  referenceLength: u32,
  current: usize,
  currentLength: u32,
  n: i64,
  m: i64,
  unit: f64,
  p: f64,
): void {
  const lastReference = reference + (<usize>referenceLength << 3);
  const lastCurrent = current + (<usize>currentLength << 3);
  let i = load<i64>(state);
  let j = load<i64>(state, 8);
  let previous = load<T>(state, 16);
  let gap = i * m - j * n;
  const whole = p <= 8 && p == floor(p) ? <i32>p : 0;
  while (reference < lastReference || current < lastCurrent) {
    let value: T;
    if (reference < lastReference && current < lastCurrent) {
      // Which side comes next cannot be predicted, so both are moved on by a comparison's result.
      const a = load<T>(reference);
      const b = load<T>(current);
      const fromReference = i32(a <= b);
      const fromCurrent = i32(b <= a);
      value = least<T>(a, b);
      reference += <usize>fromReference << 3;
      current += <usize>fromCurrent << 3;
      i += <i64>fromReference;
      j += <i64>fromCurrent;
    } else if (reference < lastReference) {
      value = load<T>(reference);
      reference += 8;
      i++;
    } else {
      value = load<T>(current);
      current += 8;
      j++;
    }
    if (follows<T>(value, reference, lastReference) || follows<T>(value, current, lastCurrent)) continue;
    // Not at gap 0: there the step may be infinite, or no number.
    if (gap != 0) {
      const power = powerOf(abs(<f64>gap) * unit, p, whole);
      addTo(state + 24, power * quarter<T>(previous, value));
      addTo(state + 40, power > 0 ? power * stretched<T>(previous, value) : 0);
    }
    previous = value;
    gap = i * m - j * n;
  }
  store<i64>(state, i);
  store<i64>(state, j, 8);
  store<T>(state, previous, 16);
}

/** x^p; `whole` is p where it is a small whole number, else 0. */
// @ts-ignore: decorator
@inline
function powerOf(x: f64, p: f64, whole: i32): f64 {
  // Up to t · 2^-52 off where the power is exp(-t): what is far off is also small.
  if (!whole) return Math.exp(p * Math.log(x));
  let power = x;
  for (let k = 1; k < whole; k++) power *= x;
  return power;
}

/** A quarter of how far `to` lies above `from`, which cannot overflow. */
// @ts-ignore: decorator
@inline
function quarter<T extends number>(from: T, to: T): f64 {
  return isFloat<T>() ? <f64>to * 0.25 - <f64>from * 0.25 : <f64>(<u64>(to - from)) * 0.25;
}

/** The same scaled up, for subnormal values; infinite for those that do not need it. */
// @ts-ignore: decorator
@inline
function stretched<T extends number>(from: T, to: T): f64 {
  const up: f64 = 4.149515568880993e180; // 2^600
  return isFloat<T>() ? <f64>(to - from) * up : 0;
}
