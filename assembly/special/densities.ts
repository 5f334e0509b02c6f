// Densities of the laws, and their logarithms. Their logarithm is known in twice the digits, so that a density of 1e-300
// has all of its digits, and a logarithm keeps its own where the density is near 1.
import { add, divide, exponential, high, logarithm, multiply, negative, pair, productOf, rounded, scale, subtract, sumOf } from "./double-double";
import { betaLogFactor } from "./incomplete-beta";
import { gammaLogFactor } from "./incomplete-gamma";
import { logGamma } from "./log-gamma";
import { standardised } from "./normal";

const inverseSqrtTwoPi: f64 = 0.3989422804014327;
const halfLogTwoPi: f64 = 0.9189385332046728;
const halfLogTwoPiLow: f64 = -3.8782941580672414e-17;

/** e^x, or x itself. */
// @ts-ignore: decorator
@inline
function given(x: v128, logarithmic: i32): f64 {
  if (logarithmic != 0) return rounded(x);
  return high(x) > 709.9 ? Infinity : exponential(x);
}

/** A density that is 0 or infinite, or its logarithm. */
// @ts-ignore: decorator
@inline
function atEnd(density: f64, logarithmic: i32): f64 {
  return logarithmic != 0 ? Math.log(density) : density;
}

/** x^(a - 1) e^-x / Gamma(a), or its logarithm. */
export function gammaDensity(a: f64, x: f64, logarithmic: i32): f64 {
  if (!(a > 0 && a < 1e280) || x != x) return NaN;
  if (x < 0 || x == Infinity) return atEnd(0, logarithmic);
  if (x == 0) return atEnd(a < 1.0 ? Infinity : a == 1.0 ? 1.0 : 0.0, logarithmic);
  return given(subtract(gammaLogFactor(a, x), logarithm(pair(x, 0))), logarithmic);
}

/** x^(a - 1) (1 - x)^(b - 1) / B(a, b), or its logarithm. */
export function betaDensity(a: f64, b: f64, x: f64, logarithmic: i32): f64 {
  if (!(a > 0 && b > 0 && a < 1e280 && b < 1e280) || x != x) return NaN;
  if (x < 0 || x > 1.0) return atEnd(0, logarithmic);
  if (x == 0) return atEnd(a < 1.0 ? Infinity : a == 1.0 ? b : 0.0, logarithmic);
  if (x == 1.0) return atEnd(b < 1.0 ? Infinity : b == 1.0 ? a : 0.0, logarithmic);
  const lower = pair(x, 0);
  const upper = sumOf(1.0, -x);
  const both = add(logarithm(lower), logarithm(upper));
  return given(subtract(betaLogFactor(a, b, lower, upper), both), logarithmic);
}

/** Density of Student's law at t: x^(df/2) / (sqrt(df + t^2) B(df/2, 1/2)) with x = df/(df + t^2), or its logarithm. */
export function studentDensity(t: f64, df: f64, logarithmic: i32): f64 {
  if (t != t || !(df > 0)) return NaN;
  if (df > 1e40) return normalDensity(t, 0, 1.0, logarithmic);
  const size = Math.abs(t);
  if (size == Infinity) return atEnd(0, logarithmic);
  if (size < 1e100) {
    const total = add(productOf(t, t), pair(df, 0));
    const x = divide(pair(df, 0), total);
    return given(betaLogFactor(0.5 * df, 0.5, x, divide(pair(1.0, 0), total)), logarithmic);
  }
  // t^2 itself may overflow: x = df/t^2
  const log = scale(logarithm(pair(t < 0 ? -t : t, 0)), df + 1.0);
  const power = subtract(scale(logarithm(pair(df, 0)), 0.5 * df), log);
  return given(subtract(power, logBetaHalf(df)), logarithmic);
}

/** log B(df/2, 1/2). */
function logBetaHalf(df: f64): v128 {
  const a = pair(0.5 * df, 0);
  const half = pair(0.5, 0);
  return subtract(add(logGamma(a), logGamma(half)), logGamma(add(a, half)));
}

/** Density of Fisher's law at f: x^(d1/2) y^(d2/2) / (f B(d1/2, d2/2)) with x/y = d1 f/d2, or its logarithm. */
export function fisherDensity(f: f64, d1: f64, d2: f64, logarithmic: i32): f64 {
  if (f != f || !(d1 > 0 && d2 > 0 && d1 < 1e280 && d2 < 1e280)) return NaN;
  if (f < 0 || f == Infinity) return atEnd(0, logarithmic);
  if (f == 0) return atEnd(d1 < 2.0 ? Infinity : d1 == 2.0 ? 1.0 : 0.0, logarithmic);
  let x = pair(1.0, 0);
  let y = pair(d2 / d1 / f, 0);
  if (f < 1e280 / d1) {
    const above = productOf(f, d1);
    const total = add(above, pair(d2, 0));
    x = divide(above, total);
    y = divide(pair(d2, 0), total);
  }
  return given(subtract(betaLogFactor(0.5 * d1, 0.5 * d2, x, y), logarithm(pair(f, 0))), logarithmic);
}

/** Density of the normal law, or its logarithm. */
export function normalDensity(x: f64, mean: f64, sd: f64, logarithmic: i32): f64 {
  return ofStandardised(standardised(x, mean, sd), sd, logarithmic);
}

/** Density of the law of e^X, X normal, or its logarithm. */
export function logNormalDensity(x: f64, mu: f64, sigma: f64, logarithmic: i32): f64 {
  if (x <= 0 || x == Infinity) return atEnd(0, logarithmic);
  if (x != x) return x;
  const log = logarithm(pair(x, 0));
  const z = divide(subtract(log, pair(mu, 0)), pair(sigma, 0));
  if (logarithmic == 0) return x < 1e-290 ? exponentialOf(z, sigma, log) : ofStandardised(z, sigma, 0) / x;
  return rounded(subtract(logOfStandardised(z, sigma), log));
}

/** The density by its logarithm: next to 0 the parts leave the range of exponents. */
function exponentialOf(z: v128, sigma: f64, log: v128): f64 {
  return given(subtract(logOfStandardised(z, sigma), log), 0);
}

function ofStandardised(z: v128, sd: f64, logarithmic: i32): f64 {
  const size = Math.abs(high(z));
  if (size != size) return NaN;
  if (!(size < 1e140)) return logarithmic != 0 ? -0.5 * size * size : 0.0;
  if (logarithmic != 0) return rounded(logOfStandardised(z, sd));
  return (exponential(scale(multiply(z, z), -0.5)) * inverseSqrtTwoPi) / sd;
}

function logOfStandardised(z: v128, sd: f64): v128 {
  const constant = add(logarithm(pair(sd, 0)), pair(halfLogTwoPi, halfLogTwoPiLow));
  return subtract(scale(multiply(z, z), -0.5), constant);
}

/** P(X > x) for the exponential law: the product may be large, and its rounding an error of the tail. */
export function exponentialSf(x: f64, rate: f64): f64 {
  const product = x * rate;
  if (!(product < 1e3 && product > 0)) return product <= 0 ? 1.0 : Math.exp(-product);
  return exponential(negative(productOf(x, rate)));
}
