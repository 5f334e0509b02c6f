// Sums that keep what rounding takes, as the unevaluated sum of two doubles.

/** What rounding took from total = a + b (Knuth's two-sum). */
// @ts-ignore: decorator
@inline
export function sumError(a: f64, b: f64, total: f64): f64 {
  const part = total - a;
  return a - (total - part) + (b - part);
}

/** The same for both lanes. */
// @ts-ignore: decorator
@inline
export function sumErrors(a: v128, b: v128, total: v128): v128 {
  const part = f64x2.sub(total, a);
  return f64x2.add(f64x2.sub(a, f64x2.sub(total, part)), f64x2.sub(b, part));
}

/** Adds x to the sum of the two f64 at `sum`. */
// @ts-ignore: decorator
@inline
export function addTo(sum: usize, x: f64): void {
  const before = load<f64>(sum);
  const after = before + x;
  store<f64>(sum, after);
  store<f64>(sum, load<f64>(sum, 8) + sumError(before, x, after), 8);
}
