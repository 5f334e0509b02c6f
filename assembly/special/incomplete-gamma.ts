// Regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x).
//
// Whichever is the smaller tail is the density-like factor x^a e^-x / Gamma(a) times an integral of positive terms; the
// other is its complement. The factor is where digits die: its logarithm is computed in twice the digits and rounded
// once [1]. The integral, in v with t = x (1 -+ v), is
//
//   x < a < 8, x < 0.3 a  the series sum of x^n / (a (a + 1) … (a + n)), all terms positive
//   a >= 8                quadrature of exp(c v + (a - 1)(log1p(v) - v)), smooth and log-concave
//   a < 8, x >= a         quadrature in s with t = x e^s, whose integrand is entire
//   a < 1/2, x < 0.6      Q from 1 - x^a/Gamma(1 + a) by expm1, where P is nearly 1
//
// [1] Loader: Fast and accurate computation of binomial probabilities (2000).
// [2] Gil, Segura, Temme: Efficient and accurate algorithms for the computation and inversion of the incomplete gamma
//     function ratios. SIAM Journal on Scientific Computing 34 (2012).
import { add, divide, exponential, exponentialPair, high, logarithm, low, multiply, pair, productOf, rounded, scale, subtract, sumOf } from "./double-double";
import { logGamma, logGammaAboveOne, stirlingError } from "./log-gamma";
import { log1pMinus } from "./log1p-minus";
import { cutOff, legendre, legendreLength } from "./quadrature";

/** P(a, x), the lower tail of the gamma law of shape a > 0. */
export function gammaP(a: f64, x: f64): f64 {
  return incompleteGamma(a, x, false);
}

/** Q(a, x), its upper tail. */
export function gammaQ(a: f64, x: f64): f64 {
  return incompleteGamma(a, x, true);
}

/** P(a, x/scaled), or Q for upper = 1: what the quotient loses to rounding moves the tail by its density. */
export function gammaTail(a: f64, x: f64, scaled: f64, upper: i32): f64 {
  const at = x / scaled;
  const tail = incompleteGamma(a, at, upper != 0);
  if (!(tail > 0 && tail < 1.0 && at > 1e-280 && at < 1e280)) return tail;
  const lost = rounded(subtract(divide(pair(x, 0), pair(scaled, 0)), pair(at, 0)));
  if (!(Math.abs(lost) > 0)) return tail;
  const change = (exponential(gammaLogFactor(a, at)) / at) * lost;
  return upper != 0 ? tail - change : tail + change;
}

/**
 * log(x^a e^-x / Gamma(a)) in twice the digits. From a = 16 on it is a log(x/a) - (x - a) and what Stirling's formula
 * has besides, so that a may be of any size [1].
 */
export function gammaLogFactor(a: f64, x: f64): v128 {
  if (a >= 16.0) {
    const large = pair(a, 0);
    const power = add(scale(logarithm(divide(pair(x, 0), large)), a), sumOf(a, -x));
    const root = add(scale(logarithm(large), 0.5), pair(-0.9189385332046728, 3.8782941580672414e-17)); // log(2 pi)/2
    return add(power, subtract(root, stirlingError(large)));
  }
  const power = scale(logarithm(pair(x, 0)), a);
  return subtract(add(power, pair(-x, 0)), logGamma(pair(a, 0)));
}

function incompleteGamma(a: f64, x: f64, upper: bool): f64 {
  if (!(a > 0) || x != x || a == Infinity) return NaN;
  if (x <= 0) return upper ? 1.0 : 0.0;
  if (x == Infinity) return upper ? 0.0 : 1.0;
  if (x < 2.3e-308) x = 2.3e-308;
  if (a < 1e-290) return upper ? 0.0 : 1.0;
  const isUpper = a < 1.0 ? x >= 0.6 : x >= a;
  if (upper && !isUpper && a < 0.5) return upperOfSmallShape(a, x);
  const logFactor = gammaLogFactor(a, x);
  // what follows is kept in twice the digits and rounded once
  const factor = exponentialPair(logFactor);
  if (high(factor) == 0) return upper == isUpper ? 0.0 : 1.0;
  const isSeries = !isUpper && (a < 8.0 || x < 0.3 * a);
  const sum = isSeries ? series(a, x) : a >= 8.0 ? integral(a, x, isUpper) : entireIntegral(a, x);
  const tail = multiply(factor, sum);
  return upper == isUpper ? rounded(tail) : rounded(subtract(pair(1.0, 0), tail));
}

/** Q(a, x) = 1 - x^a/Gamma(1 + a) (1 + a sum of (-x)^n / (n! (a + n))) for a < 1/2, x < 0.6. */
function upperOfSmallShape(a: f64, x: f64): f64 {
  const log = subtract(scale(logarithm(pair(x, 0)), a), logGammaAboveOne(a));
  let sum = 0.0;
  let term = 1.0;
  for (let n = 1.0; n < 30.0; n += 1.0) {
    term *= -x / n;
    const next = sum + term / (a + n);
    if (next == sum) break;
    sum = next;
  }
  // the two parts may cancel: they are added as logarithms
  return -Math.expm1(rounded(add(log, logarithm(add(productOf(a, sum), pair(1.0, 0))))));
}

/** Sum of x^n / (a (a + 1) … (a + n)). */
function series(a: f64, x: f64): v128 {
  const at = pair(x, 0);
  let term = divide(pair(1.0, 0), pair(a, 0));
  let sum = term;
  for (let n = 1.0; n < 1000.0; n += 1.0) {
    term = multiply(term, divide(at, sumOf(a, n)));
    sum = add(sum, term);
    if (high(term) < high(sum) * 1e-18) break;
  }
  return sum;
}

/** Integral of exp(a s - x (e^s - 1)) over s > 0, for a < 8 and x >= 0.6. */
function entireIntegral(a: f64, x: f64): v128 {
  const end = Math.log1p((cutOff + 3.0 * a) / x);
  let sum = 0.0;
  let lost = 0.0;
  for (let i = 0; i < legendreLength; i += 2) {
    const s = end * unchecked(legendre[i]);
    const next = sumOf(sum, unchecked(legendre[i + 1]) * Math.exp(a * s - x * Math.expm1(s)));
    sum = high(next);
    lost += low(next);
  }
  return scale(sumOf(sum, lost), end);
}

/** Integral of (1 +- v)^(a - 1) e^(-+ x v), v from 0 to infinity or 1, for a >= 8. */
function integral(a: f64, x: f64, upper: bool): v128 {
  const shape = a - 1.0;
  const sign = upper ? 1.0 : -1.0;
  // the exponent is slope * v + shape * log1pMinus(sign * v), slope = -+ (x - shape)
  const slope = -sign * rounded(add(sumOf(x, -a), pair(1.0, 0)));
  let end = (slope + Math.sqrt(slope * slope + 2.0 * shape * cutOff)) / shape;
  if (upper || end < 0.9) {
    for (let step = 0; step < 3; step++) {
      const value = slope * end + shape * log1pMinus(sign * end) + cutOff;
      const derivative = slope - shape * end / (1.0 + sign * end);
      end -= value / derivative;
    }
  } else end = 1.0;
  let sum = 0.0;
  let lost = 0.0;
  for (let i = 0; i < legendreLength; i += 2) {
    const v = end * unchecked(legendre[i]);
    const next = sumOf(sum, unchecked(legendre[i + 1]) * Math.exp(slope * v + shape * log1pMinus(sign * v)));
    sum = high(next);
    lost += low(next);
  }
  return scale(sumOf(sum, lost), end);
}
