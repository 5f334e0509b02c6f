// Regularised incomplete beta function I_x(a, b) and its complement 1 - I_x(a, b) = I_y(b, a), y = 1 - x.
//
// The smaller tail is x^a y^b / B(a, b) times a factor without cancellation; the other is its complement. The logarithm
// of the first part is computed in twice the digits, and so are the product and its complement, which are rounded once.
// x and y travel as double-doubles, so that no digit of a point near 1 is lost; Student's t and Fisher's F pass the odds
// x/y themselves. For x below the mean:
//
//   a, b >= 8             quadrature in v with t = x (1 - v), a smooth log-concave integrand
//   a >= 8 > b            quadrature in s with 1 - t = y e^s, while a y >= 0.6
//   a < 8                 the series sum of (a + b)_n / (a + 1)_n x^n, all terms positive, while x < 0.9
//   otherwise             y is small: 1 minus the series of the other tail, or, for b < 1/2, where that tail is nearly
//                         1, 1 - y^b / (b B(a, b)) (1 + …) by expm1
//
// [1] Didonato, Morris: Algorithm 708, significant digit computation of the incomplete beta function ratios.
//     ACM Transactions on Mathematical Software 18 (1992), for the cases to tell apart.
// [2] Loader: Fast and accurate computation of binomial probabilities (2000).
import { add, divide, high, logarithm, low, multiply, pair, productOf, rounded, scale, subtract, sumOf } from "./double-double";
import { logGamma, logGammaAboveOne, logGammaRise, stirlingError } from "./log-gamma";
import { log1pMinus } from "./log1p-minus";
import { cutOff, legendre, legendreLength } from "./quadrature";

/** I_x(a, b), the lower tail of the beta law. */
export function betaI(a: f64, b: f64, x: f64): f64 {
  if (!(a > 0 && b > 0 && a < 1e280 && b < 1e280) || x != x) return NaN;
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return incompleteBeta(a, b, pair(x, 0), sumOf(1.0, -x), false);
}

/** 1 - I_x(a, b), the upper tail. */
export function betaIComplement(a: f64, b: f64, x: f64): f64 {
  if (!(a > 0 && b > 0 && a < 1e280 && b < 1e280) || x != x) return NaN;
  if (x <= 0) return 1;
  if (x >= 1) return 0;
  return incompleteBeta(a, b, pair(x, 0), sumOf(1.0, -x), true);
}

/**
 * log(x^a y^b / B(a, b)) in twice the digits. From 16 on, a and b are compared with the mean and meet only the errors of
 * Stirling's formula, so that they may be of any size [2].
 */
export function betaLogFactor(a: f64, b: f64, x: v128, y: v128): v128 {
  if (a < 16.0) return b < 16.0 ? smallFactor(a, b, x, y) : mixedFactor(b, a, y, x);
  if (b < 16.0) return mixedFactor(a, b, x, y);
  const total = sumOf(a, b);
  const first = pair(a, 0);
  const second = pair(b, 0);
  const powers = add(
    scale(logarithm(divide(multiply(x, total), first)), a),
    scale(logarithm(divide(multiply(y, total), second)), b),
  );
  const root = scale(logarithm(scale(divide(first, total), b)), 0.5);
  const errors = subtract(stirlingError(total), add(stirlingError(first), stirlingError(second)));
  return add(powers, add(add(root, pair(-0.9189385332046728, 3.8782941580672414e-17)), errors)); // log(2 pi)/2
}

/** The same for a >= 16 > b. */
function mixedFactor(a: f64, b: f64, x: v128, y: v128): v128 {
  const total = sumOf(a, b);
  const first = pair(a, 0);
  const over = logarithm(divide(total, first)); // log((a + b)/a)
  const large = subtract(scale(add(logarithm(x), over), a), pair(b, 0));
  const small = subtract(scale(logarithm(multiply(y, total)), b), logGamma(pair(b, 0)));
  const errors = subtract(stirlingError(total), stirlingError(first));
  return add(add(large, small), subtract(errors, scale(over, 0.5)));
}

/** The same for a, b < 16. */
function smallFactor(a: f64, b: f64, x: v128, y: v128): v128 {
  const powers = add(scale(logarithm(x), a), scale(logarithm(y), b));
  return subtract(powers, logBeta(a, b));
}

/** log B(a, b) for a, b < 16. */
function logBeta(a: f64, b: f64): v128 {
  return subtract(add(logGamma(pair(a, 0)), logGamma(pair(b, 0))), logGamma(sumOf(a, b)));
}

/** The lower (or upper) tail at x = 1 - y, both positive and normal. */
export function incompleteBeta(a: f64, b: f64, x: v128, y: v128, upper: bool): f64 {
  if (high(x) * b >= high(y) * a) return lowerSide(b, a, y, x, !upper);
  return lowerSide(a, b, x, y, upper);
}

/** The lower (or upper) tail at x below the mean a/(a + b). */
function lowerSide(a: f64, b: f64, x: v128, y: v128, upper: bool): f64 {
  const at = high(x);
  const beside = high(y);
  if (upper && a < 0.5 && b * at < 0.7 && at < 0.7) return complementOfSmallShape(a, b, x);
  const near = a < 8.0 ? at >= 0.9 : b < 8.0 && a * beside < 0.6;
  if (near && b < 0.5) {
    const tail = complementOfSmallShape(b, a, y);
    return upper ? 1.0 - tail : tail;
  }
  // what follows is kept in twice the digits and rounded once: the exponential's own error is what is left
  const log = betaLogFactor(a, b, x, y);
  const size = Math.exp(high(log));
  if (size == 0) return upper ? 1.0 : 0.0;
  const factor = sumOf(size, size * low(log));
  const sum = near
    ? series(b, a, y)
    : a < 8.0 ? series(a, b, x) : b < 8.0 ? shortIntegral(a, b, x, y) : integral(a, b, x, y);
  const tail = multiply(factor, sum);
  return upper == near ? rounded(tail) : rounded(subtract(pair(1.0, 0), tail));
}

/** (1/a) sum of (a + b)_n / (a + 1)_n x^n. Hundreds of factors follow each other: they carry their rounding errors. */
function series(a: f64, b: f64, x: v128): v128 {
  const ab = sumOf(a, b);
  let term = 1.0;
  let termLow = 0.0;
  let sum = 1.0;
  let sumLow = 0.0;
  for (let n = 1.0; n < 2000.0; n += 1.0) {
    const above = sumOf(high(ab), n - 1.0);
    const below = sumOf(a, n);
    const numerator = productOf(high(x), high(above));
    const ratio = high(numerator) / high(below);
    const back = productOf(ratio, high(below));
    const ratioLow =
      (high(numerator) - high(back) - low(back) + low(numerator) + high(x) * (low(above) + low(ab)) +
        low(x) * high(above) - ratio * low(below)) / high(below);
    const product = productOf(term, ratio);
    termLow = low(product) + term * ratioLow + termLow * ratio;
    term = high(product);
    const next = sumOf(sum, term);
    sum = high(next);
    sumLow += low(next) + termLow;
    if (ratio < 1.0 && term < sum * 1e-17 * (1.0 - ratio)) break;
  }
  return divide(sumOf(sum, sumLow), pair(a, 0));
}

/** 1 - x^a / (a B(a, b)) (1 + a sum of (1 - b)_n x^n / (n! (a + n))), for small a and b x < 0.7. */
function complementOfSmallShape(a: f64, b: f64, x: v128): f64 {
  const beta = subtract(logGammaAboveOne(a), logGammaRise(b, a));
  const log = subtract(scale(logarithm(x), a), beta);
  const at = high(x);
  let sum = 0.0;
  let term = 1.0;
  for (let n = 1.0; n < 200.0; n += 1.0) {
    term *= (at * (n - b)) / n;
    const next = sum + term / (a + n);
    if (next == sum) break;
    sum = next;
  }
  // the two parts may cancel: they are added as logarithms
  return -Math.expm1(rounded(add(log, logarithm(add(productOf(a, sum), pair(1.0, 0))))));
}

/**
 * Integral of e^(b s) (1 - (y/x)(e^s - 1))^(a - 1) / x over s > 0 until t = 1 - y e^s is 0, for a >= 8 > b: b is too
 * small for the other form, whose integrand has a branch point at 1 - t = 0.
 */
function shortIntegral(a: f64, b: f64, x: v128, y: v128): v128 {
  const q = rounded(divide(y, x));
  const shape = a - 1.0;
  const last = Math.log1p(1.0 / q);
  let end = Math.log1p((cutOff + 3.0 * b) / (shape * q));
  if (end > 0.98 * last) end = last;
  for (let step = 0; step < 3 && end < last; step++) {
    const fall = q * Math.expm1(end);
    const value = b * end + shape * Math.log1p(-fall) + cutOff;
    const derivative = b - (shape * (fall + q)) / (1.0 - fall);
    end -= value / derivative;
    if (!(end < 0.98 * last)) end = last;
  }
  let sum = 0.0;
  let lost = 0.0;
  for (let i = 0; i < legendreLength; i += 2) {
    const s = end * unchecked(legendre[i]);
    const term = unchecked(legendre[i + 1]) * Math.exp(b * s + shape * Math.log1p(-q * Math.expm1(s)));
    const next = sumOf(sum, term);
    sum = high(next);
    lost += low(next);
  }
  return divide(scale(sumOf(sum, lost), end), x);
}

/** Integral of (1 - v)^(a - 1) (1 + q v)^(b - 1) / y over v in [0, 1], q = x/y. */
function integral(a: f64, b: f64, x: v128, y: v128): v128 {
  const q = rounded(divide(x, y));
  const first = a - 1.0;
  const second = b - 1.0;
  // the exponent is slope * v + first * log1pMinus(-v) + second * log1pMinus(q v)
  const toMode = subtract(scale(x, b), scale(y, a));
  const slope = rounded(divide(add(toMode, subtract(y, x)), y));
  const curvature = first + second * q * q;
  let end = (slope + Math.sqrt(slope * slope + 2.0 * curvature * cutOff)) / curvature;
  for (let step = 0; step < 8; step++) {
    if (end >= 0.98) {
      end = 1.0;
      break;
    }
    const value = slope * end + first * log1pMinus(-end) + second * log1pMinus(q * end) + cutOff;
    const derivative = slope - first * end / (1.0 - end) - (second * q * q * end) / (1.0 + q * end);
    const move = value / derivative;
    end -= move;
    if (Math.abs(move) < 0.01 * end) break;
  }
  let sum = 0.0;
  let lost = 0.0;
  for (let i = 0; i < legendreLength; i += 2) {
    const v = end * unchecked(legendre[i]);
    const term =
      unchecked(legendre[i + 1]) * Math.exp(slope * v + (first * log1pMinus(-v) + second * log1pMinus(q * v)));
    const next = sumOf(sum, term);
    sum = high(next);
    lost += low(next);
  }
  return divide(scale(sumOf(sum, lost), end), y);
}
