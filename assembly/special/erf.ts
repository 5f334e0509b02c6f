// The error function, its complement, and the complement scaled by exp(x^2).
//
// Below 1/2, erf(x)/x is a polynomial in x^2. Above, erfcx(x) = exp(x^2) erfc(x) times 1 + 2x is a polynomial in
// (x - 3)/(x + 3), which maps the half line to an interval [1]; erfc multiplies it by exp(-x^2), with x^2 in twice the
// digits, since a tail of 1e-300 has an exponent of 690. Both polynomials interpolate at Chebyshev nodes (mpmath, 50
// digits) and are exact to 1e-18 and 2e-17.
//
// [1] Shepherd, Laframboise: Chebyshev approximation of (1 + 2x) exp(x^2) erfc x in 0 <= x < inf.
//     Mathematics of Computation 36 (1981).
import { exponential, negative, productOf } from "./double-double";

/** erf(x). */
export function erf(x: f64): f64 {
  const size = Math.abs(x);
  if (size <= 1.0) return x * erfOverX(x * x);
  return size > 6.0 ? Math.sign(x) : x - x == 0.0 ? Math.sign(x) * (1.0 - erfc(size)) : x;
}

/** erfc(x) = 1 - erf(x), with full relative accuracy in the upper tail. */
export function erfc(x: f64): f64 {
  if (x < 0.5) return x < -6.0 ? 2.0 : x < -0.5 ? 2.0 - erfc(-x) : 1.0 - x * erfOverX(x * x);
  if (x > 27.5) return 0;
  return exponential(negative(productOf(x, x))) * erfcxAbove(x);
}

/** exp(x^2) erfc(x); infinite below -26.7. */
export function erfcx(x: f64): f64 {
  if (x >= 0.5) return erfcxAbove(x);
  const square = productOf(x, x);
  return exponential(square) * erfc(x);
}

/** erf(x)/x by x^2 in [0, 1]. */
// @ts-ignore: decorator
@inline
function erfOverX(z: f64): f64 {
  // prettier-ignore
  return 1.1283791670955126 + (1.533545961316588e-17 + z * (-0.37612638903183754 + z * (0.11283791670955126 +
    z * (-0.026866170645131252 + z * (0.005223977625442175 + z * (-0.0008548327023449497 +
    z * (0.00012055332981694495 + z * (-1.4925650353787866e-05 + z * (1.6462114205798046e-06 +
    z * (-1.6365840648222765e-07 + z * (1.4807117719731329e-08 + z * (-1.2289529419960295e-09 +
    z * (9.412558594992829e-11 + z * (-6.639294901316118e-12 + z * (4.117309460970657e-13 +
    z * -1.746609279318069e-14)))))))))))))));
}

/** exp(x^2) erfc(x) for x >= 1/2. */
export function erfcxAbove(x: f64): f64 {
  const t = x > 1e17 ? 1.0 : (x - 3.0) / (x + 3.0);
  // prettier-ignore
  const p = 1.2530080582697296 + t * (-0.1356211061245812 + t * (-0.04756229435345119 + t * (0.12964515870276264 +
    t * (-0.11927366341527398 + t * (0.06830802734392226 + t * (-0.023770514919666506 + t * (0.0025293918167239244 +
    t * (0.0018886903738232176 + t * (-0.0007798322756297292 + t * (-0.00010515991814656033 +
    t * (0.00012509935732020794 + t * (4.9500770585333595e-06 + t * (-2.010052575313438e-05 +
    t * (-7.334540983672987e-07 + t * (3.472135535196321e-06 + t * (3.611526353441627e-07 +
    t * (-6.158104602244876e-07 + t * (-1.4814577109178835e-07 + t * (1.0033820522780103e-07 +
    t * (4.854157759990907e-08 + t * (-1.151878275491152e-08 + t * (-1.3056531672281484e-08 +
    t * (-3.920129054515308e-10 + t * (2.7811396603977758e-09 + t * (6.535930568552556e-10 +
    t * (-4.1811378804558345e-10 + t * (-1.7162183656175888e-10 + t * (3.284543854835469e-11 +
    t * 1.85355436160819e-11))))))))))))))))))))))))))));
  return p / (1.0 + 2.0 * x);
}
