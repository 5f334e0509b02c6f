/** Pearson's correlation of two arrays of finite numbers, at any scale. */

/**
 * Deviations from the means are formed first and multiplied afterwards, so that values far from zero lose no digits.
 *
 * @returns r in [-1, 1], or `null` where a side has no spread or is not finite
 */
export function productMoment(x: Float64Array, y: Float64Array): number | null {
  const [u, v] = [deviations(x), deviations(y)];
  let [uu, vv, uv] = [0, 0, 0];
  for (let k = 0; k < u.length; k++) {
    uu += u[k]! * u[k]!;
    vv += v[k]! * v[k]!;
    uv += u[k]! * v[k]!;
  }
  const r = uv / (Math.sqrt(uu) * Math.sqrt(vv));
  return Number.isFinite(r) ? Math.max(-1, Math.min(1, r)) : null;
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
