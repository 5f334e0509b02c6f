// Quantiles of the gamma and beta laws.
//
// On logarithmic scales (log x for gamma, log odds for beta) both densities are log-concave, hence so are both tails:
// Newton's method for the logarithm of a tail converges from everywhere, from one side after its first step. Steps are
// taken on the smaller of the two tails, whose digits are all good, and multiply x, so that none is lost to the scale.
import { betaLogFactor, incompleteBeta } from "./incomplete-beta";
import { divide, exponential, pair, sumOf } from "./double-double";
import { gammaLogFactor, gammaP, gammaQ } from "./incomplete-gamma";
import { lgamma } from "./log-gamma";
import { normalQuantile } from "./normal";

/** The x with P(a, x) = p. */
export function gammaPInverse(a: f64, p: f64): f64 {
  if (!(a > 0 && p >= 0 && p <= 1)) return NaN;
  return p > 0.5 ? gammaInverse(a, 1.0 - p, true) : gammaInverse(a, p, false);
}

/** The x with Q(a, x) = q. */
export function gammaQInverse(a: f64, q: f64): f64 {
  if (!(a > 0 && q >= 0 && q <= 1)) return NaN;
  return q > 0.5 ? gammaInverse(a, 1.0 - q, false) : gammaInverse(a, q, true);
}

function gammaInverse(a: f64, tail: f64, upper: bool): f64 {
  if (tail == 0) return upper ? Infinity : 0;
  // Wilson and Hilferty's cube where it is positive, else the first term of the series
  const z = normalQuantile(tail);
  const root = 1.0 - 1.0 / (9.0 * a) + (upper ? -z : z) / (3.0 * Math.sqrt(a));
  let x = a * root * root * root;
  if (!(root > 0.1)) x = upper ? Math.max(a, 1e-3) : Math.exp((Math.log(tail) + lgamma(a + 1.0)) / a);
  if (x == 0) return 0;
  let left = 0.0;
  let right = Infinity;
  for (let step = 0; step < 100; step++) {
    const reached = upper ? gammaQ(a, x) : gammaP(a, x);
    const density = exponential(gammaLogFactor(a, x));
    const move = stepOf(reached, tail, density, upper);
    if (upper == reached < tail) right = x;
    else left = x;
    x = within(left, x * Math.exp(move), right, move);
    if (x < 2.3e-308) return 0;
    if (Math.abs(move) < 1e-15) break;
  }
  return x;
}

/** The odds x/(1 - x) with I_x(a, b) = p. */
export function betaOdds(a: f64, b: f64, p: f64): f64 {
  if (!(a > 0 && b > 0 && p >= 0 && p <= 1)) return NaN;
  return p > 0.5 ? betaInverse(a, b, 1.0 - p, true) : betaInverse(a, b, p, false);
}

/** The odds x/(1 - x) with 1 - I_x(a, b) = q. */
export function betaOddsUpper(a: f64, b: f64, q: f64): f64 {
  if (!(a > 0 && b > 0 && q >= 0 && q <= 1)) return NaN;
  return q > 0.5 ? betaInverse(a, b, 1.0 - q, false) : betaInverse(a, b, q, true);
}

function betaInverse(a: f64, b: f64, tail: f64, upper: bool): f64 {
  if (tail == 0) return upper ? Infinity : 0;
  const z = normalQuantile(tail) * Math.sqrt(1.0 / a + 1.0 / b);
  let odds = (a / b) * Math.exp(Math.max(-30.0, Math.min(30.0, upper ? -z : z)));
  let left = 0.0;
  let right = Infinity;
  for (let step = 0; step < 200; step++) {
    const total = sumOf(1.0, odds);
    const x = divide(pair(odds, 0), total);
    const y = divide(pair(1.0, 0), total);
    const reached = incompleteBeta(a, b, x, y, upper);
    const density = exponential(betaLogFactor(a, b, x, y));
    const move = stepOf(reached, tail, density, upper);
    if (upper == reached < tail) right = odds;
    else left = odds;
    odds = within(left, odds * Math.exp(move), right, move);
    if (odds < 1e-290) return 0;
    if (odds > 1e290) return Infinity;
    if (Math.abs(move) < 1e-15) break;
  }
  return odds;
}

/** `next`, or the middle of what the root lies between, which a step from where a tail vanishes may leave for ever. */
function within(left: f64, next: f64, right: f64, move: f64): f64 {
  if (left == 0 || right == Infinity || Math.abs(move) < 1e-9 || (next > left && next < right)) return next;
  return Math.sqrt(left) * Math.sqrt(right);
}

/** Newton's step for log(reached) = log(tail), where d reached / d log x is the density (negative for upper tails). */
function stepOf(reached: f64, tail: f64, density: f64, upper: bool): f64 {
  if (reached < 1e-305 || density == 0) return upper == reached < tail ? -1.0 : 1.0;
  const ratio = (tail - reached) / reached;
  const move = ((ratio > -0.5 ? Math.log1p(ratio) : Math.log(tail / reached)) * reached) / density;
  return Math.max(-20.0, Math.min(20.0, upper ? -move : move));
}
