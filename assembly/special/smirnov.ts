// Smirnov's law of D+, the largest distance of an empirical distribution above the true one, for n values:
//
//   P(D+ > d) = d * sum over 0 <= j <= n (1 - d) of C(n, j) (d + j/n)^(j - 1) (1 - d - j/n)^(n - j)        [1]
//
// - Terms are binomial probabilities by Loader's form, so that none is a difference of large numbers [2]. Terms and sum
//   are kept in twice the digits and rounded once, as the sum or as its complement.
// - Where n d is small, the sum over the other j, which are few and alternate, is the complement (Abel's identity).
// - Above 20 000 values, where (n d)^2 is large, the terms vanish at both ends faster than any power, and a trapezoidal
//   rule over a few hundred points is the sum to rounding; it takes real n.
// - The density is the derivative of each term, added the same way.
//
// [1] Smirnov: Annals of Mathematical Statistics 15 (1944); Birnbaum, Tingey: the same 22 (1951).
// [2] Loader: Fast and accurate computation of binomial probabilities (2000).
import { add, divide, exponential, exponentialPair, high, logarithm, low, multiply, pair, productOf, rounded, scale, squareRoot, subtract, sumOf } from "./double-double";
import { stirling, stirlingPair } from "./log-gamma";
import { log1pMinus } from "./log1p-minus";

const twoPi: f64 = 6.283185307179586;
const twoPiLow: f64 = 2.4492935982947064e-16;

/** P(D+ > d) for one sample of n values (n integer up to 20 000, any real above where n d is at least 90). */
export function smirnovSf(n: f64, d: f64): f64 {
  if (!(n > 0) || d != d) return NaN;
  if (d <= 0) return 1;
  if (d >= 1.0) return 0;
  if (isShort(n, d)) return rounded(subtract(pair(1.0, 0), shortSum(n, d, false)));
  if (isSpread(n, d)) return Math.min(1.0, spreadSum(n, d, false));
  return Math.min(1.0, rounded(fullSum(n, d, false)));
}

/** P(D+ <= d). */
export function smirnovCdf(n: f64, d: f64): f64 {
  if (!(n > 0) || d != d) return NaN;
  if (d <= 0) return 0;
  if (d >= 1.0) return 1;
  if (isShort(n, d)) return rounded(shortSum(n, d, false));
  if (isSpread(n, d)) return Math.max(0.0, 1.0 - spreadSum(n, d, false));
  return Math.max(0.0, rounded(subtract(pair(1.0, 0), fullSum(n, d, false))));
}

/** The density of D+. */
export function smirnovDensity(n: f64, d: f64): f64 {
  if (!(n > 0) || d != d) return NaN;
  if (d <= 0 || d >= 1.0) return 0;
  if (isShort(n, d)) return rounded(shortSum(n, d, true));
  if (isSpread(n, d)) return Math.max(0.0, spreadSum(n, d, true));
  return Math.max(0.0, rounded(fullSum(n, d, true)));
}

/** The alternating sum has n d + 1 terms, and loses e^(n d) to their cancelling. */
// @ts-ignore: decorator
@inline
function isShort(n: f64, d: f64): bool {
  const most = n * d;
  return most < 25.0 && 5.0 * most * most < n && Math.floor(n) == n;
}

// @ts-ignore: decorator
@inline
function isSpread(n: f64, d: f64): bool {
  return n > 20000.0 && n * n * d * d >= 8000.0;
}

/** All terms, from the middle, where they are largest, to both ends. */
function fullSum(n: f64, d: f64, density: bool): v128 {
  const last = n * (1.0 - d);
  const nError = stirlingPair(n);
  const shift = productOf(n, d);
  const middle = Math.max(1.0, Math.floor(0.5 * last));
  let sum = pair(0, 0);
  for (let direction = -1.0; direction < 2.0; direction += 2.0) {
    for (let j = direction < 0 ? middle : middle + 1.0; j >= 1.0 && n - j - high(shift) > 1e-13 * n; j += direction) {
      if (roughly(n, d, j) < -62.0 + Math.log(high(sum))) break;
      let term = precisely(n, shift, j, nError);
      if (density) term = multiply(term, rateOf(n, d, shift, j));
      sum = add(sum, term);
    }
  }
  // j = 0, and j = n (1 - d), whose base is 0 unless its power is
  const rest = sumOf(1.0, -d);
  const logRest = logarithm(rest);
  if (density) {
    // the derivative of (1 - d)^n, of the terms d times their rate
    const first = scale(exponentialPair(scale(logRest, n - 1.0)), n);
    return add(sum, first);
  }
  return add(scale(sum, d), exponentialPair(scale(logRest, n)));
}

/** Minus the derivative of d * term by d, over the term: d ((n - j)/q - (j - 1)/p) - 1 with p = d + j/n, q = 1 - p. */
function rateOf(n: f64, d: f64, shift: v128, j: f64): v128 {
  const up = divide(pair(n * (j - 1.0), 0), add(shift, pair(j, 0)));
  const down = divide(productOf(n, n - j), subtract(pair(n - j, 0), shift));
  return subtract(scale(subtract(down, up), d), pair(1.0, 0));
}

/** log of a term, to a few digits. */
function roughly(n: f64, d: f64, j: f64): f64 {
  const rest = n - j;
  const exponent = j * log1pMinus((d * n) / j) + rest * log1pMinus((-d * n) / rest);
  return exponent + 0.5 * Math.log(n / (twoPi * j * rest)) - Math.log(d + j / n);
}

/** C(n, j) (d + j/n)^(j - 1) (1 - d - j/n)^(n - j) for 0 < j < n (1 - d), shift = n d. */
function precisely(n: f64, shift: v128, j: f64, nError: v128): v128 {
  const rest = n - j;
  const above = add(shift, pair(j, 0));
  const up = scale(logarithm(divide(above, pair(j, 0))), j);
  const down = scale(logarithm(divide(subtract(pair(rest, 0), shift), pair(rest, 0))), rest);
  const errors = subtract(nError, add(stirlingPair(j), stirlingPair(rest)));
  const power = exponentialPair(add(add(up, down), errors));
  const variance = multiply(pair(twoPi, twoPiLow), productOf(j, rest));
  const root = squareRoot(divide(pair(n, 0), variance));
  return scale(divide(multiply(power, root), above), n);
}

/** P(D+ <= d), or its derivative: d * sum of (-1)^m C(n, m) (1 + d - m/n)^(n - m - 1) (d - m/n)^m, m < n d. */
function shortSum(n: f64, d: f64, density: bool): v128 {
  const shift = productOf(n, d);
  let sum = pair(0, 0);
  let choose = pair(1.0, 0); // (-1)^m C(n, m) m!/n^m
  let factorial = 1.0;
  for (let m = 0.0; m < n; m += 1.0) {
    const rest = add(shift, pair(-m, 0));
    if (m > 0) {
      if (!(high(rest) > 0)) break;
      factorial *= m;
      choose = multiply(choose, divide(pair(m - 1.0 - n, 0), pair(n, 0)));
    }
    let term = divide(choose, pair(factorial, 0));
    for (let i = 0.0; i < m; i += 1.0) term = multiply(term, rest);
    const base = add(pair(1.0, 0), divide(rest, pair(n, 0)));
    term = multiply(term, exponentialPair(scale(logarithm(base), n - m - 1.0)));
    if (density) {
      const rates = divide(pair(n - m - 1.0, 0), base);
      const more = m > 0 ? add(rates, scale(divide(pair(n, 0), rest), m)) : rates;
      term = multiply(term, add(scale(more, d), pair(1.0, 0)));
    }
    sum = add(sum, term);
  }
  return density ? sum : scale(sum, d);
}

/** The sum as an integral over j = last/(1 + e^-s), which spreads both ends out. */
function spreadSum(n: f64, d: f64, density: bool): f64 {
  const last = n * (1.0 - d);
  const nError = stirling(n);
  const shift = productOf(n, d);
  const points = 400;
  const step = 24.0 / <f64>points;
  let sum = 0.0;
  let lost = 0.0;
  for (let i = -points; i <= points; i++) {
    const share = 1.0 / (1.0 + Math.exp(-<f64>i * step));
    const j = last * share;
    if (j < 1.0 || last - j < 1.0) continue;
    let term = smirnovTerm(n, d, j, nError) * j * (1.0 - share);
    if (density) term *= rounded(rateOf(n, d, shift, j));
    const next = sumOf(sum, term);
    sum = high(next);
    lost += low(next);
  }
  return (density ? 1.0 : d) * (sum + lost) * step;
}

/** A term as f64. */
function smirnovTerm(n: f64, d: f64, j: f64, nError: f64): f64 {
  const rest = n - j;
  const errors = nError - stirling(j) - stirling(rest);
  const exponent = j * log1pMinus((d * n) / j) + rest * log1pMinus((-d * n) / rest);
  if (exponent < -760.0) return 0;
  const factor = Math.sqrt(n / (twoPi * j * rest)) / (d + j / n);
  // the rounding of a large exponent is an error of the term
  if (exponent > -0.5) return Math.exp(exponent + errors) * factor;
  const shift = productOf(n, d);
  const up = scale(logarithm(divide(add(shift, pair(j, 0)), pair(j, 0))), j);
  const down = scale(logarithm(divide(subtract(pair(rest, 0), shift), pair(rest, 0))), rest);
  return exponential(add(add(up, down), pair(errors, 0))) * factor;
}
