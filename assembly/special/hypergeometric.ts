// The hypergeometric law: of a population of `size`, of which `marked` are marked, `draws` are drawn without putting any
// back; k of them are marked. What is counted is a table of four cells with given margins,
//
//                drawn          left
//   marked       k              marked - k
//   not marked   draws - k      size - marked - draws + k
//
// - One k: three binomial probabilities of the same chance draws/size, whose errors do not grow with the counts [1].
// - Tails: the smaller one is its largest term times 1 + r + r r' + …, the ratios of neighbours, all terms positive; the
//   other one is its complement. Where the ratios stay close to 1 for thousands of terms, the sum is that of a smooth
//   function: Euler and Maclaurin's formula about the midpoint,
//
//     sum of f(k + i), i >= 0  =  integral of f from k - 1/2 on  +  f'/24 - 7 f'''/5760 + 31 f'''''/967680
//
//   so that the time is bounded.
//
// [1] Loader: Fast and accurate computation of binomial probabilities (2000).
import { add, divide, exponential, high, logarithm, low, multiply, pair, productOf, rounded, subtract, sumOf } from "./double-double";
import { binomialLog } from "./discrete";
import { changeOfLarge } from "./factorial-change";
import { cutOff, legendre, legendreLength } from "./quadrature";

/** Terms of a tail that are added one by one. */
const mostTerms: f64 = 2000.0;

/** P(X = k), or its logarithm; all arguments whole, marked and draws at most size. */
export function hypergeometricMass(k: f64, size: f64, marked: f64, draws: f64, logarithmic: i32): f64 {
  if (k != k) return k;
  if (k < Math.max(0.0, draws - (size - marked)) || k > Math.min(marked, draws)) {
    return logarithmic != 0 ? -Infinity : 0.0;
  }
  const log = logMass(k, size, marked, draws);
  return logarithmic != 0 ? rounded(log) : exponential(log);
}

function logMass(k: f64, size: f64, marked: f64, draws: f64): v128 {
  if (marked == 0 || draws == 0 || marked == size || draws == size) return pair(0, 0);
  const p = divide(pair(draws, 0), pair(size, 0));
  const q = divide(pair(size - draws, 0), pair(size, 0));
  const both = add(binomialLog(k, marked, p, q), binomialLog(draws - k, size - marked, p, q));
  return subtract(both, binomialLog(draws, size, p, q));
}

/** P(X <= k), or P(X > k) for upper = 1. */
export function hypergeometricTail(k: f64, size: f64, marked: f64, draws: f64, upper: i32): f64 {
  if (k != k) return k;
  const first = Math.max(0.0, draws - (size - marked));
  const last = Math.min(marked, draws);
  if (k < first) return upper != 0 ? 1.0 : 0.0;
  if (k >= last) return upper != 0 ? 0.0 : 1.0;
  // the tail that leads away from the mean
  const isUpper = rounded(subtract(productOf(k + 1.0, size), productOf(marked, draws))) > 0;
  const tail = isUpper
    ? outwards(k + 1.0, size, marked, draws)
    : outwards(draws - k, size, size - marked, draws);
  return (upper != 0) == isUpper ? tail : 1.0 - tail;
}

/** P(X >= k) for k above the mean. Lower tails are the upper tails of what is not marked. */
function outwards(k: f64, size: f64, marked: f64, draws: f64): f64 {
  const factor = exponential(logMass(k, size, marked, draws));
  if (factor == 0) return 0;
  const rest = size - marked - draws;
  const ratio = ((marked - k) / (k + 1.0)) * ((draws - k) / (rest + k + 1.0));
  // the logarithms of the ratios fall at least by (1/a + 1/b + 1/c + 1/d) each
  const curvature = 1.0 / (k + 1.0) + 1.0 / (marked - k + 1.0) + 1.0 / (draws - k + 1.0) + 1.0 / (rest + k + 1.0);
  const slope = Math.max(0.0, -Math.log(ratio));
  const length = (2.0 * cutOff) / (slope + Math.sqrt(slope * slope + 2.0 * curvature * cutOff));
  return length < mostTerms
    ? factor * oneByOne(k, marked, draws, rest)
    : factor * smooth(k, marked - k, draws - k, rest + k);
}

function oneByOne(k: f64, marked: f64, draws: f64, rest: f64): f64 {
  const last = Math.min(marked, draws);
  let sum = 1.0;
  let sumLow = 0.0;
  let term = 1.0;
  let termLow = 0.0;
  for (let i = k; i < last; i += 1.0) {
    // the errors of thousands of factors would add up
    const above = productOf(marked - i, draws - i);
    const below = productOf(i + 1.0, rest + i + 1.0);
    const ratio = divide(above, below);
    const next = multiply(pair(term, termLow), ratio);
    term = high(next);
    termLow = low(next);
    const total = sumOf(sum, term);
    sum = high(total);
    sumLow += low(total) + termLow;
    if (term < sum * 1e-19 * (1.0 - high(ratio))) break;
  }
  return sum + sumLow;
}

/** 1 + r + r r' + … for cells a, b, c, d of which a and d grow and b and c shrink. */
function smooth(a: f64, b: f64, c: f64, d: f64): f64 {
  // the logarithm of the ratio to the first term, at t: linear in t, and what is left of the four factorials
  const slope = rounded(logarithm(divide(productOf(b, c), productOf(a, d))));
  const curvature = 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d;
  const longest = Math.min(b, c);
  let end = (slope + Math.sqrt(slope * slope + 2.0 * curvature * (cutOff + 2.0))) / curvature;
  for (let step = 0; step < 4; step++) {
    end = Math.min(end, 0.98 * longest);
    const value = logRatio(end, slope, a, b, c, d) + cutOff;
    const derivative = slope - Math.log1p(end / a) - Math.log1p(end / d) + Math.log1p(-end / b) + Math.log1p(-end / c);
    end -= value / derivative;
  }
  end = Math.min(end, longest);
  let sum = 0.0;
  for (let i = 0; i < legendreLength; i += 2) {
    const t = (end + 0.5) * unchecked(legendre[i]) - 0.5;
    sum += unchecked(legendre[i + 1]) * Math.exp(logRatio(t, slope, a, b, c, d));
  }
  // derivatives of f = e^g at t = -1/2: f' = g' f, f''' = (g'^3 + 3 g' g'' + g''') f, f''''' = about g'^5 f
  const beyond = 1.0 / (b * b) + 1.0 / (c * c) - 1.0 / (a * a) - 1.0 / (d * d);
  const first = slope + Math.log1p(1.0 / b) + Math.log1p(1.0 / c) + beyond / 24.0;
  const square = first * first;
  const third = first * (square - 3.0 * curvature) - beyond;
  const edge = first / 24.0 - (7.0 / 5760.0) * third + (31.0 / 967680.0) * first * square * square;
  return (end + 0.5) * sum + edge * Math.exp(logRatio(-0.5, slope, a, b, c, d));
}

/** log of a! b! c! d! / ((a + t)! (b - t)! (c - t)! (d + t)!). */
function logRatio(t: f64, slope: f64, a: f64, b: f64, c: f64, d: f64): f64 {
  return slope * t - (changeOfLarge(a, t) + changeOfLarge(d, t) + changeOfLarge(b, -t) + changeOfLarge(c, -t));
}
