// The limit laws of the Anderson-Darling and Cramer-von Mises statistics: sums of Z_k^2 / lambda_k over independent
// standard normal Z_k, with lambda_k = k (k + 1) and (k pi)^2.
//
// Upper tail, Smirnov's formula [1]: with D(u) the product of (1 - u/lambda_k),
//
//   sf(x) = 1/pi sum over k >= 1 of (-1)^(k+1) integral over (lambda_2k-1, lambda_2k) of e^(-x u/2) / (u sqrt(-D(u))) du
//
// Written in s = sqrt(1 + 4 u) or sqrt(u), D is a cosine that vanishes at both ends of every interval. Divided by
// 1 - t^2, t in (-1, 1) along the interval, it does not, so that Gauss-Chebyshev quadrature converges geometrically. The
// first factor e^(-x lambda_1/2) is taken out, hence full relative accuracy as far as f64 reaches. The density is the same
// integral with u/2 as a further factor.
//
// Lower tail: the series of Anderson and Darling [2, 3], with its integrals by the trapezoidal rule, which converges
// geometrically too; the density is their derivative under the integral.
//
// [1] Smirnov: On the distribution of the omega-squared criterion. Rec. Math. (Mat. Sbornik) 2 (1937); Martynov (1975).
// [2] Anderson, Darling: Asymptotic theory of certain goodness of fit criteria. Ann. Math. Statist. 23 (1952); JASA 49 (1954).
// [3] Marsaglia, Marsaglia: Evaluating the Anderson-Darling distribution. Journal of Statistical Software 9 (2004).
import { divide, exponential, pair, rounded, scale } from "./double-double";

const pi: f64 = 3.141592653589793;
const pi2: f64 = 9.869604401089358;

/** What is wanted of a law. */
const tail = 0;
const density = 1;
const logDensity = 2;

/** Where the first term is all of a density's logarithm: c/sqrt(x) e^(-rate x), and e^(-c/x). */
const farAbove: f64 = 1e7;
const farBelow: f64 = 1e-100;

/** P(A^2 > x) in the limit of many values. */
export function andersonDarlingSf(x: f64): f64 {
  return x != x ? x : x <= 0 ? 1.0 : x < 1.0 ? 1.0 - andersonDarlingLower(x, tail) : andersonDarlingUpper(x, tail);
}

/** P(A^2 <= x). */
export function andersonDarlingCdf(x: f64): f64 {
  return x != x ? x : x <= 0 ? 0.0 : x < 1.0 ? andersonDarlingLower(x, tail) : 1.0 - andersonDarlingUpper(x, tail);
}

/** P(W^2 > x) in the limit of many values. */
export function cramerVonMisesSf(x: f64): f64 {
  return x != x ? x : x <= 0 ? 1.0 : x < 0.125 ? 1.0 - cramerVonMisesLower(x, tail) : cramerVonMisesUpper(x, tail);
}

/** P(W^2 <= x). */
export function cramerVonMisesCdf(x: f64): f64 {
  return x != x ? x : x <= 0 ? 0.0 : x < 0.125 ? cramerVonMisesLower(x, tail) : 1.0 - cramerVonMisesUpper(x, tail);
}

/** The density of A^2 in the limit, or its logarithm: what is integrated for a tail is multiplied by its rate. */
export function andersonDarlingDensity(x: f64, logarithmic: i32): f64 {
  if (x != x) return x;
  if (x <= 0 || x == Infinity) return logarithmic != 0 ? -Infinity : 0.0;
  const wanted = logarithmic != 0 ? logDensity : density;
  if (wanted == logDensity && (x > farAbove || x < farBelow)) {
    if (x < farBelow) return -1.2337005501361697 / x;
    return andersonDarlingUpper(farAbove, logDensity) - (x - farAbove) - 0.5 * Math.log(x / farAbove);
  }
  return x < 1.0 ? andersonDarlingLower(x, wanted) : andersonDarlingUpper(x, wanted);
}

/** The density of W^2 in the limit, or its logarithm. */
export function cramerVonMisesDensity(x: f64, logarithmic: i32): f64 {
  if (x != x) return x;
  if (x <= 0 || x == Infinity) return logarithmic != 0 ? -Infinity : 0.0;
  const wanted = logarithmic != 0 ? logDensity : density;
  if (wanted == logDensity && (x > farAbove || x < farBelow)) {
    if (x < farBelow) return -0.125 / x;
    return cramerVonMisesUpper(farAbove, logDensity) - 4.934802200544679 * (x - farAbove) - 0.5 * Math.log(x / farAbove);
  }
  return x < 0.125 ? cramerVonMisesLower(x, wanted) : cramerVonMisesUpper(x, wanted);
}

/** (1 - t^2)/cos(pi t/2) at t = 1 - tau, tau in (0, 1]: sin(pi tau/2) has no cancellation at the end. */
// @ts-ignore: decorator
@inline
function inverseShape(tau: f64): f64 {
  return (tau * (2.0 - tau)) / Math.sin(0.5 * pi * tau);
}

/** Nodes for a tail whose exponent falls by `fall` along its interval. */
// @ts-ignore: decorator
@inline
function nodesFor(fall: f64): i32 {
  return 24 + <i32>(5.0 * Math.sqrt(fall));
}

function andersonDarlingUpper(x: f64, wanted: i32): f64 {
  if (x > 760.0 && wanted != logDensity) return 0;
  let sum = 0.0;
  let sign = 1.0;
  for (let k = 1.0; k < 12.0; k += 1.0) {
    // s = 4k + t from 4k - 1 on; relative to the first interval's start, s = 3
    const start = 4.0 * k - 1.0;
    const before = 0.125 * x * (start * start - 9.0);
    if (before > 45.0) break;
    const nodes = nodesFor(x * k);
    let part = 0.0;
    for (let i = 0; i < nodes; i++) {
      const half = Math.sin((0.25 * pi * <f64>(2 * i + 1)) / <f64>nodes);
      const tau = 2.0 * half * half; // 1 + t
      const s = start + tau;
      const fall = 0.125 * x * tau * (2.0 * start + tau);
      if (fall > 50.0) break;
      const u = 0.25 * (s * s - 1.0);
      const rate = wanted != tail ? 0.5 * u : 1.0;
      part += rate * Math.exp(-fall) * s * Math.sqrt(inverseShape(tau <= 1.0 ? tau : 2.0 - tau) / u);
    }
    sum += (sign * Math.exp(-before) * part) / <f64>nodes;
    sign = -sign;
  }
  sum *= 0.5 * Math.sqrt(pi);
  return wanted == logDensity ? Math.log(sum) - x : Math.exp(-x) * sum;
}

function cramerVonMisesUpper(x: f64, wanted: i32): f64 {
  if (x > 155.0 && wanted != logDensity) return 0;
  let sum = 0.0;
  let sign = 1.0;
  for (let k = 1.0; k < 12.0; k += 1.0) {
    // s = pi (2k - 1 + tau/2); the exponent is x pi^2/2 times the square of the bracket
    const start = 2.0 * k - 1.0;
    const before = 0.5 * pi2 * x * (start * start - 1.0);
    if (before > 45.0) break;
    const nodes = nodesFor(8.0 * x * k);
    let part = 0.0;
    for (let i = 0; i < nodes; i++) {
      const half = Math.sin((0.25 * pi * <f64>(2 * i + 1)) / <f64>nodes);
      const tau = 2.0 * half * half;
      const fall = 0.5 * pi2 * x * (start + 0.25 * tau) * tau;
      if (fall > 50.0) break;
      const root = pi * (start + 0.5 * tau);
      const rate = wanted != tail ? 0.5 * root * root : 1.0;
      part += rate * Math.exp(-fall) * Math.sqrt(inverseShape(tau <= 1.0 ? tau : 2.0 - tau) / root);
    }
    sum += (sign * Math.exp(-before) * part) / <f64>nodes;
    sign = -sign;
  }
  sum *= pi;
  const fall = scale(pair(-4.934802200544679, -3.1326477543698557e-16), x);
  return wanted == logDensity ? Math.log(sum) + rounded(fall) : exponential(fall) * sum;
}

function andersonDarlingLower(x: f64, wanted: i32): f64 {
  if (x < 0.0016 && wanted != logDensity) return 0;
  let sum = 0.0;
  let binomial = 1.0; // C(-1/2, j)
  for (let j = 0.0; j < 20.0; j += 1.0) {
    const m = 4.0 * j + 1.0;
    const rate = (m * m * pi2) / (8.0 * x);
    const before = ((m * m - 1.0) * pi2) / (8.0 * x);
    if (before > 45.0) break;
    const step = Math.min(0.1, 0.5 / Math.sqrt(rate));
    let area = 0.5 * Math.exp(0.125 * x) * (wanted != tail ? (rate - 1.0) / x + 0.125 : 1.0);
    for (let w = step; ; w += step) {
      const fall = rate * w * w;
      if (fall > 45.0) break;
      const part = Math.exp((0.125 * x) / (1.0 + w * w) - fall);
      area += wanted != tail ? part * ((rate + fall - 1.0) / x + 0.125 / (1.0 + w * w)) : part;
    }
    sum += binomial * m * Math.exp(-before) * step * area;
    binomial *= -(j + 0.5) / (j + 1.0);
  }
  sum *= 2.5066282746310002 / x;
  const fall = divide(pair(-1.2337005501361697, -7.831619385924639e-17), pair(x, 0));
  return wanted == logDensity ? Math.log(sum) + rounded(fall) : exponential(fall) * sum;
}

function cramerVonMisesLower(x: f64, wanted: i32): f64 {
  if (x < 0.00016 && wanted != logDensity) return 0;
  let sum = 0.0;
  let binomial = 1.0; // (-1)^j C(-1/2, j)
  for (let j = 0.0; j < 20.0; j += 1.0) {
    const m = 4.0 * j + 1.0;
    const z = (m * m) / (16.0 * x);
    const before = (m * m - 1.0) / (8.0 * x);
    if (before > 45.0) break;
    // e^z K_1/4(z) = integral of exp(-2 z sinh^2(t/2)) cosh(t/4), t > 0
    const step = Math.min(0.15, 0.5 / Math.sqrt(z));
    let area = wanted != tail ? (z - 0.25) / x : 0.5;
    for (let t = step; ; t += step) {
      const half = 0.5 * (Math.exp(0.5 * t) - Math.exp(-0.5 * t));
      const fall = 2.0 * z * half * half;
      if (fall > 45.0) break;
      const part = Math.exp(-fall) * 0.5 * (Math.exp(0.25 * t) + Math.exp(-0.25 * t));
      area += wanted != tail ? (part * (2.0 * z + fall - 0.5)) / x : part;
    }
    sum += binomial * Math.sqrt(m) * Math.exp(-before) * step * area;
    binomial *= (j + 0.5) / (j + 1.0);
  }
  sum /= pi * Math.sqrt(x);
  const fall = divide(pair(-0.125, 0), pair(x, 0));
  return wanted == logDensity ? Math.log(sum) + rounded(fall) : exponential(fall) * sum;
}
