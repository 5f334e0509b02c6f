// Kolmogorov's exact law for one sample of n values by Durbin's matrix: P(D < d) = n!/n^n (H^n)_kk, where n d = k - h,
// k an integer, 0 <= h < 1, and H is a (2k - 1)-square matrix of non-negative numbers. Every operation adds or multiplies
// non-negative numbers, so the cdf keeps its relative accuracy. The power is taken by squaring, applied to one row.
//
// [1] Marsaglia, Tsang, Wang: Evaluating Kolmogorov's distribution. Journal of Statistical Software 8 (2003).
import { add, exponential, logarithm, pair, scale, subtract } from "./double-double";
import { logGamma } from "./log-gamma";

/** What a matrix is divided by when its middle grows beyond it, and its binary logarithm. */
const large: f64 = 1.157920892373162e77; // 2^256
const largeBits: f64 = 256;

/** Bytes of scratch that `kolmogorovMatrixCdf` needs for n values and a distance d. */
export function kolmogorovMatrixSize(n: f64, d: f64): i32 {
  const side = 2 * <i32>Math.floor(n * d) + 1;
  return 8 * (2 * side * side + 2 * side);
}

/** P(D < d) for n values, 0 < d < 1; scratch as `kolmogorovMatrixSize` says. */
export function kolmogorovMatrixCdf(n: i32, d: f64, scratch: usize): f64 {
  const scaled = <f64>n * d;
  const k = <i32>Math.floor(scaled) + 1;
  const h = <f64>k - scaled;
  const side = 2 * k - 1;
  const bytes = <usize>side << 3;
  let matrix = scratch;
  let other = scratch + bytes * <usize>side;
  let row = other + bytes * <usize>side;
  let nextRow = row + bytes;
  fill(matrix, side, h);
  memory.fill(row, 0, bytes);
  store<f64>(row + (<usize>(k - 1) << 3), 1.0);
  const middle = (<usize>(k - 1) * <usize>side + <usize>(k - 1)) << 3;
  let matrixBits = 0.0;
  let rowBits = 0.0;
  for (let left = n; ; ) {
    if (left & 1) {
      multiplyRows(row, matrix, nextRow, 1, side);
      const swap = row;
      row = nextRow;
      nextRow = swap;
      rowBits += matrixBits;
      if (load<f64>(row + (<usize>(k - 1) << 3)) > large) {
        shrink(row, side);
        rowBits += largeBits;
      }
    }
    left >>= 1;
    if (left == 0) break;
    multiplyRows(matrix, matrix, other, side, side);
    const swap = matrix;
    matrix = other;
    other = swap;
    matrixBits *= 2.0;
    if (load<f64>(matrix + middle) > large) {
      shrink(matrix, side * side);
      matrixBits += largeBits;
    }
  }
  const factorial = subtract(logGamma(pair(<f64>n + 1.0, 0)), scale(logarithm(pair(<f64>n, 0)), <f64>n));
  const bits = scale(pair(0.6931471805599453, 2.3190468138462996e-17), rowBits);
  return Math.min(1.0, load<f64>(row + (<usize>(k - 1) << 3)) * exponential(add(factorial, bits)));
}

/** Row i, column j: 1/(i - j + 1)! for j <= i + 1, less powers of h in the first column and the last row. */
function fill(matrix: usize, side: i32, h: f64): void {
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) {
      let value = i - j + 1 < 0 ? 0.0 : 1.0;
      const order = i - j + 1;
      if (j == 0 && i == side - 1) {
        value = 1.0 - 2.0 * power(h, order) + (h > 0.5 ? power(2.0 * h - 1.0, order) : 0.0);
      } else if (j == 0) value = 1.0 - power(h, order);
      else if (i == side - 1) value = 1.0 - power(h, order);
      for (let g = 2; g <= order; g++) value /= <f64>g;
      store<f64>(matrix + (<usize>(i * side + j) << 3), value);
    }
  }
}

function power(x: f64, exponent: i32): f64 {
  let product = 1.0;
  for (let i = 0; i < exponent; i++) product *= x;
  return product;
}

/** out = left * right, where left has `rows` rows and right is square. */
function multiplyRows(left: usize, right: usize, out: usize, rows: i32, side: i32): void {
  const bytes = <usize>side << 3;
  memory.fill(out, 0, bytes * <usize>rows);
  for (let i = 0; i < rows; i++, left += bytes, out += bytes) {
    for (let j: usize = 0; j < bytes; j += 8) {
      const factor = load<f64>(left + j);
      if (factor == 0) continue;
      const factors = f64x2.splat(factor);
      const from = right + (j >> 3) * bytes;
      let at: usize = 0;
      for (; at + 8 < bytes; at += 16) {
        v128.store(out + at, f64x2.add(v128.load(out + at), f64x2.mul(factors, v128.load(from + at))));
      }
      store<f64>(out + at, load<f64>(out + at) + factor * load<f64>(from + at));
    }
  }
}

function shrink(values: usize, length: i32): void {
  for (let at = values, end = values + (<usize>length << 3); at < end; at += 8) {
    store<f64>(at, load<f64>(at) / large);
  }
}
