// One step of a walk over two sorted runs of 64-bit keys.
//
// Doubles are walked as integer keys in the same order (`keysOf`): comparing integers takes a third of the time, and a
// run of them can end with a key that is above all others, so that no step has to look whether a side is at its end.

import { Key } from "./grid";

/** Writes the keys of `length` sorted f64 without NaN to `out`, and one more: the end. `out` may be `values`. */
export function keysOf(values: usize, length: u32, out: usize): void {
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~1) << 3); values < stop; values += 16, out += 16) {
    v128.store(out, valuesOf(v128.load(values))); // its own inverse
  }
  if (values < end) {
    store<i64>(out, Key.from(load<f64>(values)));
    out += 8;
  }
  store<i64>(out, i64.MAX_VALUE);
}

/** The double of a key. */
// @ts-ignore: decorator
@inline
export function valueOf(key: i64): f64 {
  return reinterpret<f64>(key ^ ((key >> 63) & i64.MAX_VALUE));
}

/** The same of two. */
// @ts-ignore: decorator
@inline
export function valuesOf(keys: v128): v128 {
  return v128.xor(keys, v128.and(i64x2.gt_s(i64x2.splat(0), keys), i64x2.splat(i64.MAX_VALUE)));
}

/** How far one value lies above another; between 64-bit integers that can be more than an i64 holds. */
// @ts-ignore: decorator
@inline
export function distance<T extends number>(from: i64, to: i64): f64 {
  return isFloat<T>() ? valueOf(to) - valueOf(from) : <f64>(<u64>(to - from));
}

/** Whether the next value of a side is equal, so that it has to be passed together with `value`. */
// @ts-ignore: decorator
@inline
export function follows<T extends number>(value: T, next: usize, last: usize): bool {
  return next < last && load<T>(next) == value;
}

/** The smaller of two values; a selection between doubles would be a branch, and one that cannot be predicted. */
// @ts-ignore: decorator
@inline
export function least<T extends number>(a: T, b: T): T {
  if (isFloat<T>()) return <T>f64x2.extract_lane(f64x2.pmin(f64x2.splat(<f64>a), f64x2.splat(<f64>b)), 0);
  return b < a ? b : a;
}

/** The larger of two values, likewise. */
// @ts-ignore: decorator
@inline
export function greatest<T extends number>(a: T, b: T): T {
  if (isFloat<T>()) return <T>f64x2.extract_lane(f64x2.pmax(f64x2.splat(<f64>a), f64x2.splat(<f64>b)), 0);
  return b > a ? b : a;
}
