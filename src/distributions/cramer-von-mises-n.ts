/**
 * The law of the Cramér-von Mises statistic W² for one sample of n values.
 *
 * One value: W² = 1/12 + (u - 1/2)². Two: W² - 1/24 is a squared distance in a triangle. From three on W² is mapped to the
 * place y in the limit law that has the same upper tail, y = W² + t/n, with t a smooth function of W² and W²/n: its leading
 * terms are those of the expansion in 1/n [1], and powers of log(1 - 3 W²/n) let the tail end where W² does, at n/3. The
 * coefficients were fitted to the exact law, found by inverting its Laplace transform, an n-fold integral over ordered
 * uniform values (test/oracle/distributions/cramer-von-mises-n.py), from p = .995 to 1e-11 at n = 3 to 8 and 8 to 100.
 *
 * [1] Csörgő, Faraway: The exact and asymptotic distributions of Cramér-von Mises statistics. Journal of the Royal
 *     Statistical Society B 58 (1996).
 */
import { cramerVonMises } from "./cramer-von-mises.js";
import { count } from "./domain.js";

export const cramerVonMisesN = {
  /**
   * P(W² > x). Exact for one and two values; relative error at most 1.3 % for three to seven. From eight on 0.2 % up to
   * x = n/5, which is p = 1.6e-5 at n = 8 and 8e-8 at n = 12; near the end of the law at n/3 p is too small, by a quarter at 1e-9
   * for n = 8.
   *
   * @throws RangeError when n is not a positive integer
   */
  sf(x: number, n: number): number {
    count("cramerVonMisesN.sf", "n", n);
    if (Number.isNaN(x)) return x;
    if (x <= 1 / (12 * n)) return 1;
    if (x >= n / 3) return 0;
    if (n === 1) return Math.max(0, 1 - 2 * Math.sqrt(x - 1 / 12));
    if (n === 2) return Math.max(0, 1 - 2 * areaWithin(Math.sqrt(x - 1 / 24)));
    const near = Math.min(x, nearEnd * n);
    // Where all values crowd at one end of [0, 1], the tail is a volume in n dimensions.
    return cramerVonMises.sf(near + shift(near, n) / n) * ((n / 3 - x) / (n / 3 - near)) ** (x > near ? n : 0);
  },
} as const;

/** Up to this W²/n the fit goes. */
const nearEnd = 0.3;

const ofSmall = [
  0.9642872, -0.4158349, 0.04788793, -1.608618, 1.721701, -1.272959, 1.067483, -0.1307924, 2.291466, -0.7525833,
  -2.277652, 0.6397144, 4.985802, -2.438616, 0.4696724, -0.0381248,
] as const;

const ofLarge = [
  -0.2187034, 0.1212393, -0.01799744, -0.05936749, 0.7765905, 0.6481067, -0.0453197, 0.0821508, -0.6465094, 0.2653353,
  0.531933, -0.3016859, -0.9244923, 0.6636626, -0.2532464, 0.03569172,
] as const;

/** n times the way from x to the place of the same tail in the limit law. */
function shift(x: number, n: number): number {
  const c = n < 8 ? ofSmall : ofLarge;
  const log = -Math.log1p((-3 * x) / n);
  const q = 1 / (x + 0.2);
  const first = c[0] + q * (c[1] + q * c[2]) + x * (c[3] + x * c[4]);
  const far = x * x * (c[5] + log * (c[6] + log * c[7])) + x * (c[8] + log * c[9]) + c[10] + log * c[11];
  const second = c[12] + q * (c[13] + q * (c[14] + q * c[15]));
  return first + log * far + second / n;
}

/** Area of the triangle 0 ≤ u ≤ v ≤ 1 within a distance r from (1/4, 3/4). */
function areaWithin(r: number): number {
  return 2 * (sector(r, 0.25, Math.PI / 4) + sector(r, 0.25, Math.atan(3)) + sector(r, Math.SQRT1_2 / 2, Math.atan(2)));
}

/** Area up to a side at distance d, and up to r, between the side's foot and an angle from it. */
function sector(r: number, d: number, angle: number): number {
  const reached = r > d ? Math.min(Math.acos(d / r), angle) : 0;
  return (d * d * Math.tan(reached) + r * r * (angle - reached)) / 2;
}
