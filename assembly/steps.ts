// One step of a walk over two sorted runs.

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
