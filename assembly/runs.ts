// Sorted runs of a quantile sketch.

/**
 * Merges two ascending runs of f64 without NaN. What comes next cannot be predicted, so both runs are moved on by a
 * comparison's result; and it is found from both ends at once, because each step waits for the one before.
 */
export function mergeRuns(a: usize, lengthA: u32, b: usize, lengthB: u32, out: usize): void {
  let endA = a + (<usize>lengthA << 3);
  let endB = b + (<usize>lengthB << 3);
  let end = out + (<usize>(lengthA + lengthB) << 3);
  for (;;) {
    // So many values are left in both, whichever they are taken from.
    let rounds = min<usize>(endA - a, endB - b) >>> 4;
    if (rounds == 0) break;
    for (; rounds > 0; rounds--) {
      const x = load<f64>(a);
      const y = load<f64>(b);
      const first = usize(x <= y) << 3;
      v128.store64_lane(out, f64x2.pmin(f64x2.splat(x), f64x2.splat(y)), 0);
      a += first;
      b += 8 - first;
      out += 8;
      const v = load<f64>(endA - 8);
      const w = load<f64>(endB - 8);
      const last = usize(v > w) << 3;
      end -= 8;
      v128.store64_lane(end, f64x2.pmax(f64x2.splat(v), f64x2.splat(w)), 0);
      endA -= last;
      endB -= 8 - last;
    }
  }
  while (a < endA && b < endB) {
    const x = load<f64>(a);
    const y = load<f64>(b);
    const first = usize(x <= y) << 3;
    store<f64>(out, x <= y ? x : y);
    a += first;
    b += 8 - first;
    out += 8;
  }
  copy(a, endA, out);
  copy(b, endB, out + (endA - a));
}

// @ts-ignore: decorator
@inline
function copy(from: usize, end: usize, out: usize): void {
  for (; from + 16 <= end; from += 16, out += 16) v128.store(out, v128.load(from));
  if (from < end) store<f64>(out, load<f64>(from));
}

/** 1 if `length` f64 ascend from `low` to `high` and hold neither NaN nor -0, else 0. */
export function ascends(values: usize, length: u32, low: f64, high: f64): i32 {
  if (length == 0) return 1;
  const minusZero = f64x2.splat(-0.0);
  const last = values + (<usize>(length - 1) << 3);
  let good = i32(low <= load<f64>(values)) & i32(load<f64>(last) <= high);
  let ordered = i64x2.splat(-1);
  let zeros = i64x2.splat(0);
  for (; values + 16 <= last; values += 16) {
    const some = v128.load(values);
    ordered = v128.and(ordered, f64x2.le(some, v128.load(values, 8)));
    zeros = v128.or(zeros, i64x2.eq(some, minusZero));
  }
  for (; values <= last; values += 8) {
    const x = load<f64>(values);
    good &= i32(values == last || x <= load<f64>(values, 8)) & i32(reinterpret<i64>(x) != i64.MIN_VALUE);
  }
  return good & i32(i64x2.all_true(ordered)) & i32(!v128.any_true(zeros));
}

/** Every other of `length` values, from the one at `values` on, to `out`, which may be below. */
export function everyOther(values: usize, length: u32, out: usize): void {
  for (const end = out + (<usize>length << 3); out < end; out += 8, values += 16) store<f64>(out, load<f64>(values));
}
