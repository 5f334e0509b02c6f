/** The special functions under the laws. Outside their domain they are NaN, as the functions of `Math` are. */
import { theEngine } from "../engine/memory.js";

/** The error function. */
export function erf(x: number): number {
  return theEngine().kernels.erf(x);
}

/** 1 − erf(x), with full relative accuracy in the upper tail. */
export function erfc(x: number): number {
  return theEngine().kernels.erfc(x);
}

/** e^(x²) erfc(x), which does not underflow. */
export function erfcx(x: number): number {
  return theEngine().kernels.erfcx(x);
}

/** The x with erf(x) = p, for p in [−1, 1]. */
export function erfInverse(p: number): number {
  return theEngine().kernels.erfInverse(p);
}

/** The x with erfc(x) = q, for q in [0, 2]; all digits where erf(x) rounds to 1. */
export function erfcInverse(q: number): number {
  return theEngine().kernels.erfcInverse(q);
}

/** log Γ(x) for x > 0, accurate near its zeros at 1 and 2. */
export function lgamma(x: number): number {
  return theEngine().kernels.lgamma(x);
}

/** P(a, x), the regularised lower incomplete gamma function. */
export function gammaP(a: number, x: number): number {
  return theEngine().kernels.gammaP(a, x);
}

/** Q(a, x) = 1 − P(a, x). */
export function gammaQ(a: number, x: number): number {
  return theEngine().kernels.gammaQ(a, x);
}

/** I_x(a, b), the regularised incomplete beta function. */
export function betaI(x: number, a: number, b: number): number {
  return theEngine().kernels.betaI(a, b, x);
}

/** 1 − I_x(a, b). */
export function betaIComplement(x: number, a: number, b: number): number {
  return theEngine().kernels.betaIComplement(a, b, x);
}
