// The logarithm of the gamma function, once as a good f64 and once in twice the digits for densities and binomials.
//
// In [1/2, 5/2] the Taylor series of lgamma(2 + e), whose coefficients (zeta(k) - 1)/k fall like 2^-k, keeps the zeros
// at 1 and 2 exact. Elsewhere Stirling's series after a shift to 16 or more; its first two terms and everything that
// grows with x are double-double [1].
//
// [1] Loader: Fast and accurate computation of binomial probabilities (2000), for the idea that Stirling's error and
//     the rest must be kept apart.
import { add, divide, high, logarithm, low, multiply, pair, rounded, scale, subtract, sumOf } from "./double-double";
import { log1pMinus } from "./log1p-minus";

/** (-1)^k (zeta(k) - 1)/k for k = 2, 3, … 33 (mpmath, 60 digits). */
const zetas: StaticArray<f64> = [
  0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
  0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939,
  9.945751278180853e-05, -4.492623673813314e-05, 2.050721277567069e-05, -9.439488275268397e-06,
  4.374866789907488e-06, -2.039215753801366e-06, 9.55141213040742e-07, -4.492469198764566e-07,
  2.1207184805554665e-07, -1.0043224823968099e-07, 4.7698101693639804e-08, -2.2711094608943164e-08,
  1.0838659214896955e-08, -5.183475041970047e-09, 2.4836745438024785e-09, -1.1921401405860912e-09,
  5.731367241678862e-10, -2.7595228851242334e-10, 1.330476437424449e-10, -6.4229645638381e-11,
  3.1044247747322276e-11, -1.5021384080754142e-11, 7.275974480239079e-12, -3.527742476575915e-12,
];

/** log Gamma(x) for x > 0; infinite at 0, NaN below. */
export function lgamma(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? Infinity : NaN;
  if (x < 1e-17) return -Math.log(x);
  if (x < 0.5) return lgamma1p(x) - Math.log(x);
  if (x < 1.5) return lgamma1p(x - 1.0);
  if (x <= 2.5) return lgamma2p(x - 2.0);
  if (x > 1e290) return x * (Math.log(x) - 1.0);
  return rounded(logGamma(pair(x, 0)));
}

/** log Gamma(1 + e) for -1/2 <= e <= 1/2. */
export function lgamma1p(e: f64): f64 {
  return e * -0.5772156649015329 + (e * e * zetaSum(e) - log1pMinus(e));
}

/** log Gamma(2 + e) for -1/2 <= e <= 1/2. */
// @ts-ignore: decorator
@inline
function lgamma2p(e: f64): f64 {
  return e * (0.42278433509846713 + e * zetaSum(e));
}

function zetaSum(e: f64): f64 {
  let sum = 0.0;
  for (let k = 31; k >= 0; k--) sum = sum * e + unchecked(zetas[k]);
  return sum;
}

/** log Gamma(x) in twice the digits: absolute error about 2^-83 + |result| 2^-90, for 0 < x < 1e280. */
export function logGamma(x: v128): v128 {
  let product = pair(1.0, 0);
  let shifted = false;
  while (high(x) < 16.0) {
    product = multiply(product, x);
    x = add(x, pair(1.0, 0));
    shifted = true;
  }
  let sum = subtract(multiply(subtract(x, pair(0.5, 0)), logarithm(x)), x);
  sum = add(sum, pair(0.9189385332046728, -3.8782941580672414e-17)); // log(2 pi)/2
  sum = add(sum, stirlingError(x));
  return shifted ? subtract(sum, logarithm(product)) : sum;
}

/** log Gamma(1 + e) for 0 < e <= 1/2, all of its digits where it is about -0.577 e. */
export function logGammaAboveOne(e: f64): v128 {
  if (e > 1e-5) return logGamma(sumOf(1.0, e));
  const rest = e * (0.8224670334241132 + e * (-0.40068563438653143 + e * 0.27058080842778455));
  return scale(add(pair(-0.5772156649015329, 4.942915152430645e-18), pair(rest, 0)), e);
}

/** log Gamma(x + e) - log Gamma(x) for e > 0, all of its digits where e is small. */
export function logGammaRise(x: f64, e: f64): v128 {
  if (e > 1e-5) return subtract(logGamma(sumOf(x, e)), logGamma(pair(x, 0)));
  let product = pair(1.0, 0);
  let at = pair(x, 0);
  while (high(at) < 16.0) {
    product = multiply(product, add(pair(1.0, 0), divide(pair(e, 0), at)));
    at = add(at, pair(1.0, 0));
  }
  // Taylor's series, by the digamma function log x - 1/(2x) - 1/(12 x^2) + … and its derivatives
  const inverse = divide(pair(1.0, 0), at);
  const i = high(inverse);
  const s = i * i;
  const tail = s * (-1.0 / 12.0 + s * (1.0 / 120.0 + s * (-1.0 / 252.0 + s * (1.0 / 240.0 + s * (-1.0 / 132.0)))));
  const second = i + s * (0.5 + i * (1.0 / 6.0 + s * (-1.0 / 30.0 + s / 42.0)));
  const more = 0.5 * e * (second - (e / 3.0) * s * (1.0 + i + 0.5 * s));
  const digamma = add(subtract(logarithm(at), scale(inverse, 0.5)), sumOf(tail, more));
  return subtract(scale(digamma, e), logarithm(product));
}

/** What Stirling's formula leaves out: sum of B_2k / (2k (2k - 1) x^(2k - 1)), for x >= 16. */
export function stirlingError(x: v128): v128 {
  const inverse = divide(pair(1.0, 0), x);
  const square = multiply(inverse, inverse);
  const s = high(square);
  // prettier-ignore
  const tail = s * s * (1.0 / 1260.0 + s * (-1.0 / 1680.0 + s * (1.0 / 1188.0 + s * (-691.0 / 360360.0 +
    s * (1.0 / 156.0 + s * (-3617.0 / 122400.0 + s * (43867.0 / 244188.0 + s * (-174611.0 / 125400.0))))))));
  const second = multiply(square, pair(-0.002777777777777778, 1.0601087908747154e-19));
  return multiply(inverse, add(add(pair(0.08333333333333333, 4.625929269271485e-18), second), pair(tail, 0)));
}

/** The same for any x > 0, rounded. */
export function stirling(x: f64): f64 {
  if (x < 16.0) return rounded(stirlingPair(x));
  const s = 1.0 / (x * x);
  return (1.0 / 12.0 + s * (-1.0 / 360.0 + s * (1.0 / 1260.0 + s * (-1.0 / 1680.0 + s * (1.0 / 1188.0 + s * (-691.0 / 360360.0)))))) / x;
}

/** The same in twice the digits: log x! - (x log x - x + log(2 pi x)/2). */
export function stirlingPair(x: f64): v128 {
  if (x >= 16.0) return stirlingError(pair(x, 0));
  const power = subtract(scale(logarithm(pair(x, 0)), x + 0.5), pair(x, 0));
  const whole = subtract(logGamma(pair(x + 1.0, 0)), power);
  return subtract(whole, pair(0.9189385332046728, -3.8782941580672414e-17));
}
