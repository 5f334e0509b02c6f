// The standard normal law.
//
// The tail is exp(-x^2/2) erfcx(x/sqrt 2)/2 with x^2 in twice the digits, so that sf(37) = 6e-300 has all of its
// digits. The quantile starts from Hastings' approximation [1] and is polished by Newton steps on the logarithm of the
// tail, or on the tail's distance from 1/2 near the centre, where that is what is small.
//
// [1] Abramowitz, Stegun: Handbook of Mathematical Functions, 26.2.23.
import { exponential, productOf } from "./double-double";
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
