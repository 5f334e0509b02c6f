// A regression's errors (prediction minus target), row by row, and how they go with the target..

import { addTo } from "./two-sum";

/** Rows whose sums are formed before they are added to the total: they lose next to nothing. */
const shortRows: u32 = 128;

/** What scikit-learn divides by at least, NumPy's `eps`. */
const leastDivisor: f64 = 2.220446049250313e-16;

/**
 * Of `length` pairs (f64): the error times `factor` to `errors`, its absolute value to `absolute`, its square to `squares`, and
 * the error over the target (no less than 2^-52) to `shares`. Equal values have the error 0, infinite ones too.
 *
 * Shares are what is at `errors` times `back` over |target| · `targetFactor`, times `shareFactor`; `back` undoes `factor` but for
 * `targetFactor`.
 */
export function regressionErrors(
  target: usize,
  prediction: usize,
  length: u32,
  factor: f64,
  back: f64,
  targetFactor: f64,
  shareFactor: f64,
  errors: usize,
  absolute: usize,
  squares: usize,
  shares: usize,
): void {
  const by = f64x2.splat(factor);
  const backBy = f64x2.splat(back);
  const targetBy = f64x2.splat(targetFactor);
  const shareBy = f64x2.splat(shareFactor);
  const least = f64x2.splat(leastDivisor * targetFactor);
  let at: usize = 0;
  for (const stop = <usize>(length & ~1) << 3; at < stop; at += 16) {
    const y = v128.load(target + at);
    const p = v128.load(prediction + at);
    const error = v128.and(f64x2.sub(f64x2.mul(p, by), f64x2.mul(y, by)), f64x2.ne(p, y));
    const size = f64x2.abs(error);
    const divisor = f64x2.max(f64x2.mul(f64x2.abs(y), targetBy), least);
    v128.store(errors + at, error);
    v128.store(absolute + at, size);
    v128.store(squares + at, f64x2.mul(error, error));
    v128.store(shares + at, f64x2.mul(f64x2.div(f64x2.mul(size, backBy), divisor), shareBy));
  }
  if (length & 1) {
    const y = load<f64>(target + at);
    const p = load<f64>(prediction + at);
    const error = p == y ? 0 : p * factor - y * factor;
    store<f64>(errors + at, error);
    store<f64>(absolute + at, abs(error));
    store<f64>(squares + at, error * error);
    const divisor = max(abs(y) * targetFactor, leastDivisor * targetFactor);
    store<f64>(shares + at, ((abs(error) * back) / divisor) * shareFactor);
  }
}

/**
 * Adds to the two f64 at `sum` the squared influences of rows on log(Σ e² / Σ d²), d = target - mean: the squares of
 * e² · `errorFactor` - d² · `targetFactor`. The mean is `mean` + `meanLow`.
 */
export function residualInfluence(
  target: usize,
  errors: usize,
  length: u32,
  mean: f64,
  meanLow: f64,
  errorFactor: f64,
  targetFactor: f64,
  sum: usize,
): void {
  const centre = f64x2.splat(mean);
  const rest = f64x2.splat(meanLow);
  const errorBy = f64x2.splat(errorFactor);
  const targetBy = f64x2.splat(targetFactor);
  for (let from: u32 = 0; from < length; from += shortRows) {
    const rows = min(shortRows, length - from);
    const end = target + (<usize>rows << 3);
    let total = f64x2.splat(0);
    for (; target + 16 <= end; target += 16, errors += 16) {
      const d = f64x2.sub(f64x2.sub(v128.load(target), centre), rest);
      const e = v128.load(errors);
      const u = f64x2.sub(f64x2.mul(f64x2.mul(e, e), errorBy), f64x2.mul(f64x2.mul(d, d), targetBy));
      total = f64x2.add(total, f64x2.mul(u, u));
    }
    let last = f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
    if (target < end) {
      const d = load<f64>(target) - mean - meanLow;
      const e = load<f64>(errors);
      const u = e * e * errorFactor - d * d * targetFactor;
      last += u * u;
      target += 8;
      errors += 8;
    }
    addTo(sum, last);
  }
}

