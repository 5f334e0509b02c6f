// Kolmogorov's law of the largest distance between a distribution and an empirical one, in the limit and for n values.
//
// - Limit: sf(z) = 2 (e^(-2 z^2) - e^(-8 z^2) + …) for z >= 0.8, and below it cdf(z) = sqrt(2 pi)/z (q + q^9 + q^25 + …)
//   with q = exp(-pi^2/(8 z^2)), the dual theta series; each is the smaller of the two there.
// - Two-sided, real n: Pelz and Good's expansion in the body [1, 2]; in the upper tail twice the one-sided law
//   (smirnov.ts), less the chance of meeting both sides.
//
// [1] Pelz, Good: Approximating the lower tail-areas of the Kolmogorov-Smirnov one-sample statistic. JRSS B 38 (1976).
// [2] Simard, L'Ecuyer: Computing the two-sided Kolmogorov-Smirnov distribution. Journal of Statistical Software 39 (2011).
import { divide, exponential, high, pair, productOf, rounded, scale } from "./double-double";
import { smirnovSf } from "./smirnov";

export { stirling } from "./log-gamma";

const pi: f64 = 3.141592653589793;
const sqrtTwoPi: f64 = 2.5066282746310002;

/** P(K > z) for the limit of sqrt(n) D. */
export function kolmogorovSf(z: f64): f64 {
  if (z != z) return z;
  if (z <= 0) return 1;
  return z < 0.8 ? 1.0 - lowerSeries(z) : upperSeries(z);
}

/** P(K <= z). */
export function kolmogorovCdf(z: f64): f64 {
  if (z != z) return z;
  if (z <= 0) return 0;
  return z < 0.8 ? lowerSeries(z) : 1.0 - upperSeries(z);
}

function upperSeries(z: f64): f64 {
  if (z > 20.0) return 0;
  const first = exponential(scale(productOf(z, z), -2.0));
  const square = first * first;
  const fourth = square * square;
  // e^-2z², e^-8z², e^-18z², e^-32z², e^-50z²
  return 2.0 * first * (1.0 - square * first * (1.0 - fourth * first * (1.0 - fourth * square * first * (1.0 - fourth * fourth * first))));
}

function lowerSeries(z: f64): f64 {
  if (z < 0.0406) return 0;
  const q = exponential(divide(pair(-1.2337005501361697, -7.831619385924639e-17), productOf(z, z)));
  const q8 = Math.exp(-pi * pi / (z * z));
  const q16 = q8 * q8;
  return (sqrtTwoPi / z) * q * (1.0 + q8 * (1.0 + q16 * (1.0 + q16 * q8)));
}

/** The density of K, or its logarithm. */
export function kolmogorovDensity(z: f64, logarithmic: i32): f64 {
  if (z != z) return z;
  if (z <= 0 || z == Infinity) return logarithmic != 0 ? -Infinity : 0.0;
  let power = pair(0, 0);
  let factor = 0.0;
  if (z >= 0.8) {
    power = z < 1e100 ? scale(productOf(z, z), -2.0) : pair(-2.0 * z * z, 0);
    const first = z < 30.0 ? exponential(power) : 0.0;
    const cube = first * first * first;
    const fifth = cube * first * first;
    const seventh = fifth * first * first;
    factor = 8.0 * z * (1.0 - cube * (4.0 - fifth * (9.0 - seventh * (16.0 - seventh * first * first * 25.0))));
  } else {
    power = z > 1e-100 ? divide(pair(-1.2337005501361697, -7.831619385924639e-17), productOf(z, z)) : pair(-Infinity, 0);
    const c = -high(power);
    const q8 = Math.exp(-8.0 * c);
    const rest = q8 * (18.0 * c - 1.0 + q8 * q8 * (50.0 * c - 1.0 + q8 * q8 * q8 * (98.0 * c - 1.0)));
    factor = (sqrtTwoPi / (z * z)) * (2.0 * c - 1.0 + (c < 90.0 ? rest : 0.0));
  }
  if (high(power) == -Infinity) return logarithmic != 0 ? -Infinity : 0.0;
  return logarithmic != 0 ? Math.log(factor) + rounded(power) : exponential(power) * factor;
}

/** P(D > d) for one sample of n values; n may be any real number of at least 1. */
export function kolmogorovNSf(n: f64, d: f64): f64 {
  if (!(n >= 1.0) || d != d) return NaN;
  if (d <= 0.5 / n) return 1;
  if (d >= 1.0) return 0;
  const z = d * Math.sqrt(n);
  if (z < upperFrom) return Math.min(1.0, Math.max(0.0, 1.0 - pelzGood(n, z)));
  const oneSided = smirnovSf(n, d);
  // both sides are met by no sample when d >= 1/2, and by a share below 1e-10 of the others when z >= 2
  if (z >= 2.0 || d >= 0.5) return Math.min(1.0, 2.0 * oneSided);
  const both = z + 1.0 / (6.0 * Math.sqrt(n));
  const t = both * both;
  return Math.min(1.0, 2.0 * (oneSided - Math.exp(-8.0 * t) + Math.exp(-18.0 * t)));
}

/** P(D <= d). */
export function kolmogorovNCdf(n: f64, d: f64): f64 {
  if (!(n >= 1.0) || d != d) return NaN;
  if (d <= 0.5 / n) return 0;
  if (d >= 1.0) return 1;
  const z = d * Math.sqrt(n);
  return z < upperFrom ? Math.max(0.0, pelzGood(n, z)) : 1.0 - kolmogorovNSf(n, d);
}

/** Where the one-sided law takes over. */
const upperFrom: f64 = 1.25;

/** P(sqrt(n) D <= z) up to n^(-2): K0 + K1/sqrt(n) + K2/n + K3/n^(3/2), in the theta series that converge for small z. */
function pelzGood(n: f64, z: f64): f64 {
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const pi2 = pi * pi;
  const pi4 = pi2 * pi2;
  const root = 1.0 / Math.sqrt(n);
  let k0 = 0.0;
  let k1 = 0.0;
  let k2 = 0.0;
  let k3 = 0.0;
  let extra2 = 0.0;
  let extra3 = 0.0;
  for (let k = 12.0; k >= 1.0; k -= 1.0) {
    const m = 2.0 * k - 1.0;
    const m2 = m * m;
    const q = Math.exp((-pi2 * m2) / (8.0 * z2));
    k0 += q;
    k1 += q * (0.25 * pi2 * m2 - z2);
    k2 += q * (6.0 * z6 + 2.0 * z4 + 0.25 * pi2 * m2 * (2.0 * z4 - 5.0 * z2) + (pi4 / 16.0) * m2 * m2 * (1.0 - 2.0 * z2));
    k3 +=
      q *
      (-30.0 * z6 - 90.0 * z4 * z4 + 0.25 * pi2 * m2 * (135.0 * z4 - 96.0 * z6) +
        (pi4 / 16.0) * m2 * m2 * (212.0 * z4 - 60.0 * z2) + ((pi4 * pi2) / 64.0) * m2 * m2 * m2 * (5.0 - 30.0 * z2));
    const e = k * k * Math.exp((-pi2 * k * k) / (2.0 * z2));
    extra2 += e;
    extra3 += e * (3.0 * z2 - pi2 * k * k);
  }
  k0 /= z;
  k1 /= 6.0 * z4;
  k2 = k2 / (72.0 * z6 * z) - (pi2 / (36.0 * z2 * z)) * extra2;
  k3 = k3 / (6480.0 * z6 * z4) + (pi2 / (216.0 * z6)) * extra3;
  return sqrtTwoPi * (k0 + root * (k1 + root * (k2 + root * k3)));
}
