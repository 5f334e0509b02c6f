// Student's t and Fisher's F through the incomplete beta function. Its argument is passed as a pair x, y = 1 - x of
// double-doubles made from the odds, t^2/df or d1 f/d2: no digit is lost where x is close to 1.
import { add, divide, exponential, logarithm, pair, productOf, scale, subtract, sumOf } from "./double-double";
import { incompleteBeta } from "./incomplete-beta";
import { logGamma } from "./log-gamma";
import { normalSf } from "./normal";

/** P(T > t) for Student's law with df > 0 degrees of freedom, infinity included. */
export function studentSf(t: f64, df: f64): f64 {
  if (t != t || !(df > 0)) return NaN;
  if (df > 1e40) return normalSf(t);
  const size = Math.abs(t);
  const tail = size < 1e-140 ? 0.5 : size > 1e100 ? farTail(size, df) : bodyTail(size, df);
  return t < 0 ? 1.0 - tail : tail;
}

function bodyTail(t: f64, df: f64): f64 {
  const square = productOf(t, t);
  const total = add(square, pair(df, 0));
  return 0.5 * incompleteBeta(0.5 * df, 0.5, divide(pair(df, 0), total), divide(square, total), false);
}

/** t^2 itself may overflow. */
function farTail(t: f64, df: f64): f64 {
  if (t == Infinity) return 0;
  return 0.5 * firstTerm(0.5 * df, 0.5, subtract(logarithm(pair(df, 0)), scale(logarithm(pair(t, 0)), 2.0)));
}

/** x^a / (a B(a, b)), the lower tail of a beta law at an x so small that this is all of it. */
function firstTerm(a: f64, b: f64, logX: v128): f64 {
  const logBeta = subtract(add(logGamma(pair(a, 0)), logGamma(pair(b, 0))), logGamma(sumOf(a, b)));
  return exponential(subtract(scale(logX, a), logBeta)) / a;
}

/** P(F > f) for Fisher's law with d1, d2 > 0 degrees of freedom. */
export function fisherSf(f: f64, d1: f64, d2: f64): f64 {
  return fisher(f, d1, d2, true);
}

/** P(F <= f). */
export function fisherCdf(f: f64, d1: f64, d2: f64): f64 {
  return fisher(f, d1, d2, false);
}

function fisher(f: f64, d1: f64, d2: f64, upper: bool): f64 {
  if (f != f || !(d1 > 0 && d2 > 0)) return NaN;
  if (f < 1e-307) return upper ? 1.0 : 0.0;
  if (f == Infinity) return upper ? 0.0 : 1.0;
  if (f < 1e-100 || f > 1e100) {
    const logOdds = add(subtract(logarithm(pair(d1, 0)), logarithm(pair(d2, 0))), logarithm(pair(f, 0)));
    const tail =
      f > 1.0 ? firstTerm(0.5 * d2, 0.5 * d1, f64x2.neg(logOdds)) : firstTerm(0.5 * d1, 0.5 * d2, logOdds);
    return upper == f > 1.0 ? tail : 1.0 - tail;
  }
  const above = productOf(f, d1);
  const total = add(above, pair(d2, 0));
  return incompleteBeta(0.5 * d1, 0.5 * d2, divide(above, total), divide(pair(d2, 0), total), upper);
}
