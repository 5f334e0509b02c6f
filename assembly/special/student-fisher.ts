// Student's t and Fisher's F through the incomplete beta function. Its argument is passed as a pair x, y = 1 - x of
// double-doubles made from the odds, t^2/df or d1 f/d2: no digit is lost where x is close to 1.
import { add, divide, exponential, logarithm, pair, productOf, scale, subtract, high } from "./double-double";
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

/** x^a / (2 a B(a, 1/2)) with x = df/t^2, where x itself may underflow. */
function farTail(t: f64, df: f64): f64 {
  if (t == Infinity) return 0;
  const a = 0.5 * df;
  const logX = subtract(logarithm(pair(df, 0)), scale(logarithm(pair(t, 0)), 2.0));
  const logBeta = subtract(add(logGamma(pair(a, 0)), logGamma(pair(0.5, 0))), logGamma(pair(a + 0.5, 0)));
  return exponential(subtract(scale(logX, a), logBeta)) / df;
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
  if (f <= 1e-250) return upper ? 1.0 : 0.0;
  if (f > 1e250) return upper ? 0.0 : 1.0;
  const above = productOf(f, d1);
  const total = add(above, pair(d2, 0));
  const x = divide(above, total);
  if (high(x) < 1e-300) return upper ? 1.0 : 0.0;
  return incompleteBeta(0.5 * d1, 0.5 * d2, x, divide(pair(d2, 0), total), upper);
}
