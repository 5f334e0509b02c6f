/** Pearson's correlation of two arrays of finite numbers, at any scale. */

/**
 * Deviations from the means are formed first and multiplied afterwards, so that values far from zero lose no digits.
 *
 * @returns r in [-1, 1], or `null` where a side has no spread or is not finite
 */
export function productMoment(x: Float64Array, y: Float64Array): number | null {
  const [u, v] = [deviations(x), deviations(y)];
  // Not of unit deviations: two columns of which one is twice the other correlate by exactly 1.
  const r = sumOfProducts(u, v) / Math.sqrt(sumOfProducts(u, u) * sumOfProducts(v, v));
  return Number.isFinite(r) ? Math.max(-1, Math.min(1, r)) : null;
}

/** Deviations from the mean whose squares add up to 1; `null` where there is no spread, or a value is not finite. */
export function unitDeviations(values: Float64Array): Float64Array | null {
  const from = deviations(values);
  const size = Math.sqrt(sumOfProducts(from, from));
  if (!(size > 0 && Number.isFinite(size))) return null;
  for (let k = 0; k < from.length; k++) from[k]! /= size;
  return from;
}

/** r of two columns' unit deviations. */
export function innerProduct(u: Float64Array, v: Float64Array): number {
  return Math.max(-1, Math.min(1, sumOfProducts(u, v)));
}

/** Four sums: one alone would wait for each addition. */
function sumOfProducts(u: Float64Array, v: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 4 <= u.length; k += 4) {
    a += u[k]! * v[k]!;
    b += u[k + 1]! * v[k + 1]!;
    c += u[k + 2]! * v[k + 2]!;
    d += u[k + 3]! * v[k + 3]!;
  }
  for (; k < u.length; k++) a += u[k]! * v[k]!;
  return a + b + (c + d);
}

/** Deviations from the mean, over the largest of them: a constant has none but zeros. */
function deviations(values: Float64Array): Float64Array {
  const unit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = unit > 0 ? 2 ** -Math.floor(Math.log2(unit)) : 1;
  // Subnormal numbers need more than one step.
  const scaled = values.map((value) =>
    scale === Number.POSITIVE_INFINITY ? value * 2 ** 1000 * 2 ** 74 : value * scale,
  );
  let mean = scaled.reduce((sum, value) => sum + value, 0) / scaled.length;
  mean += scaled.reduce((sum, value) => sum + (value - mean), 0) / scaled.length;
  const from = scaled.map((value) => value - mean);
  const least = scaled.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
  const most = scaled.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  return least === most ? from.fill(0) : from;
}
