// The exact law of the two-sample Kolmogorov-Smirnov statistic for two samples of n values without ties: the reflection
// series 2 (t_1 - t_2 + t_3 - …) with t_k = C(2n, n - k h)/C(2n, n), and where it nears 1, its dual, a sum of even powers
// of cosines. Constant time at any size [1]. Neither n nor h need be integers.
//
// [1] Gnedenko, Korolyuk: On the maximum discrepancy between two empirical distributions. Doklady 80 (1951);
//     Feller: An Introduction to Probability Theory and Its Applications I, chapter III.
import { add, exponential, pair, scale, subtract } from "./double-double";
import { logGamma } from "./log-gamma";

/** P(D+ >= h/n) for two samples of n values each, without ties: C(2n, n - h)/C(2n, n). */
export function ksEqualOneSided(n: f64, h: f64): f64 {
  return h > n ? 0.0 : h <= 0 ? 1.0 : reflected(n, h, centre(n));
}

/** P(D >= h/n) for two samples of n values each, without ties. */
export function ksEqualTwoSided(n: f64, h: f64): f64 {
  if (h > n) return 0;
  if (h <= 1.0) return 1;
  const atCentre = centre(n);
  if (h * h >= n) {
    let sum = 0.0;
    let sign = 2.0;
    for (let kh = h; kh <= n; kh += h) {
      const term = reflected(n, kh, atCentre);
      if (term < sum * 1e-18) break;
      sum += sign * term;
      sign = -sign;
    }
    return sum;
  }
  // P(D < h/n) = (2/h) 4^n / C(2n, n) * sum over odd j < h of cos(pi j/(2h))^2n, the middle term once
  let sum = 0.0;
  for (let j = 1.0; j <= h; j += 2.0) {
    const sine = Math.sin((1.5707963267948966 * j) / h);
    const term = j == h ? 0.0 : Math.exp(n * Math.log1p(-sine * sine));
    sum += term;
    if (term < sum * 1e-18) break;
  }
  const choose = subtract(atCentre, logGamma(pair(2.0 * n + 1.0, 0)));
  const factor = exponential(add(scale(pair(1.3862943611198906, 4.638093627692599e-17), n), choose));
  return 1.0 - (2.0 / h) * factor * sum;
}

/** 2 log n! in twice the digits. */
function centre(n: f64): v128 {
  return scale(logGamma(pair(n + 1.0, 0)), 2.0);
}

/** n!^2 / ((n - h)! (n + h)!). */
function reflected(n: f64, h: f64, atCentre: v128): f64 {
  const other = add(logGamma(pair(n - h + 1.0, 0)), logGamma(pair(n + h + 1.0, 0)));
  return exponential(subtract(atCentre, other));
}
