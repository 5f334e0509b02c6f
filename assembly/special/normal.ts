// The normal law, standard or not, and the lognormal one.
//
// The tail is exp(-x^2/2) erfcx(x/sqrt 2)/2 with x^2 in twice the digits, so that sf(37) = 6e-300 has all of its
// digits. The quantile starts from Hastings' approximation [1] and is polished by Newton steps on the logarithm of the
// tail, or on the tail's distance from 1/2 near the centre, where that is what is small.
//
// [1] Abramowitz, Stegun: Handbook of Mathematical Functions, 26.2.23.
import { add, divide, exponential, high, logarithm, multiply, pair, productOf, scale, subtract, sumOf } from "./double-double";
import { erf, erfc, erfcxAbove } from "./erf";

const sqrtHalf: f64 = 0.7071067811865476;
const sqrtHalfPi: f64 = 1.2533141373155003;

/** P(Z > x). */
export function normalSf(x: f64): f64 {
  if (x < 0.75) return 0.5 * erfc(x * sqrtHalf);
  if (x > 39.0) return 0;
  return 0.5 * exponential(f64x2.mul(productOf(x, x), f64x2.splat(-0.5))) * erfcxAbove(x * sqrtHalf);
}

/** P(Z <= x). */
export function normalCdf(x: f64): f64 {
  return normalSf(-x);
}

/** (x - mean)/sd in twice the digits; what is infinite or NaN has no low part. */
export function standardised(x: f64, mean: f64, sd: f64): v128 {
  const z = (x - mean) / sd;
  if (!(Math.abs(z) < 1e140)) return pair(z, 0);
  return divide(sumOf(x, -mean), pair(sd, 0));
}

/** P(X > x), or P(X <= x) for upper = 0, for the normal law with this mean and standard deviation. */
export function normalTail(x: f64, mean: f64, sd: f64, upper: i32): f64 {
  const z = standardised(x, mean, sd);
  return tailOf(upper != 0 ? z : f64x2.neg(z));
}

/** P(e^X > x), or P(e^X <= x) for upper = 0, with X normal of mean mu and standard deviation sigma. */
export function logNormalTail(x: f64, mu: f64, sigma: f64, upper: i32): f64 {
  if (x != x) return x;
  if (x <= 0) return upper != 0 ? 1.0 : 0.0;
  if (x == Infinity) return upper != 0 ? 0.0 : 1.0;
  const z = divide(subtract(logarithm(pair(x, 0)), pair(mu, 0)), pair(sigma, 0));
  return tailOf(upper != 0 ? z : f64x2.neg(z));
}

/** e^(mu + sigma z). */
export function logNormalAt(z: f64, mu: f64, sigma: f64): f64 {
  const power = mu + sigma * z;
  if (!(Math.abs(power) < 709.0)) return Math.exp(power);
  return exponential(add(productOf(sigma, z), pair(mu, 0)));
}

/** P(Z > z): where z is far out, its low part moves the tail. */
function tailOf(z: v128): f64 {
  const x = high(z);
  if (!(x >= 0.75 && x < 39.0)) return normalSf(x);
  return 0.5 * exponential(scale(multiply(z, z), -0.5)) * erfcxAbove(x * sqrtHalf);
}

/** The x with P(Z > x) = p. */
export function normalUpperQuantile(p: f64): f64 {
  if (!(p > 0 && p < 1)) return p == 0 ? Infinity : p == 1 ? -Infinity : NaN;
  return p > 0.5 ? -tailQuantile(1.0 - p) : tailQuantile(p);
}

/** The x with P(Z <= x) = p. */
export function normalQuantile(p: f64): f64 {
  return 0.0 - normalUpperQuantile(p);
}

/** The x with erfc(x) = q. */
export function erfcInverse(q: f64): f64 {
  if (q > 0.6 && q < 1.4) return erfInverse(1.0 - q);
  return normalUpperQuantile(0.5 * q) * sqrtHalf;
}

/** The x with erf(x) = p. */
export function erfInverse(p: f64): f64 {
  const size = Math.abs(p);
  if (size > 0.5) return Math.sign(p) * normalUpperQuantile(0.5 * (1.0 - size)) * sqrtHalf;
  let x = p * 0.8862269254527579;
  if (size < 1e-9) return x;
  for (let step = 0; step < 8; step++) {
    const move = (p - erf(x)) * 0.8862269254527579 * Math.exp(x * x);
    x += move;
    if (Math.abs(move) < 1e-9 * Math.abs(x)) break;
  }
  return x;
}

function tailQuantile(p: f64): f64 {
  if (p > 0.3) {
    const target = 0.5 - p;
    let x = target * 2.5066282746310002;
    for (let step = 0; step < 6; step++) {
      const move = (target - 0.5 * erf(x * sqrtHalf)) * 2.5066282746310002 * Math.exp(0.5 * x * x);
      x += move;
      if (Math.abs(move) < 1e-9 * x) break;
    }
    return x;
  }
  const t = Math.sqrt(-2.0 * Math.log(p));
  let x = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 6; step++) {
    const move = Math.log1p((normalSf(x) - p) / p) * sqrtHalfPi * erfcxAbove(x * sqrtHalf);
    x += move;
    if (Math.abs(move) < 1e-9 * x) break;
  }
  return x;
}
