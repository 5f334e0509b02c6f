/**
 * The exact law of the two-sample Kolmogorov-Smirnov statistic D for samples of n and m values from one continuous
 * distribution. D takes the values k/lcm(n, m); what is computed from such a quotient, as the statistic is, is that value.
 *
 * With `greater` the law of the largest excess of the first sample's empirical distribution, with `less` of the second's.
 * Both tails have all of their digits down to 1e-300. Equal sizes take constant time, others up to n·m steps of a few
 * nanoseconds, and a quantile some ten times that; `kolmogorovN` at nm/(n + m) is the approximation for large sizes.
 *
 * @see Schröer and Trenkler (1995), Gnedenko and Korolyuk (1951); oracle: exact rational path counts
 */
import { withScratch } from "../engine/workspace.js";
import { count, probability } from "./domain.js";
import { smallestWhere } from "./invert.js";
import { kolmogorovN, smirnovN } from "./kolmogorov.js";
import { type Alternative, ksExact } from "./kolmogorov-smirnov.js";

export const kolmogorovTwoSample = {
  /** P(D ≤ d). @throws RangeError when n or m is not a positive integer, or n·m beyond 2^53 */
  cdf(d: number, n: number, m: number, alternative: Alternative = "two-sided"): number {
    check("kolmogorovTwoSample.cdf", n, m);
    return Number.isNaN(d) ? d : inside(n, m, valueAt(d, n, m) + 1, alternative);
  },

  /** P(D > d). @throws RangeError as `cdf` */
  sf(d: number, n: number, m: number, alternative: Alternative = "two-sided"): number {
    check("kolmogorovTwoSample.sf", n, m);
    return Number.isNaN(d) ? d : outside(n, m, valueAt(d, n, m) + 1, alternative);
  },

  /** The smallest value d of D with P(D ≤ d) ≥ p, for p = 0 with P(D ≤ d) > 0. @throws RangeError as `cdf`, or when p is not in [0, 1] */
  quantile(p: number, n: number, m: number, alternative: Alternative = "two-sided"): number {
    check("kolmogorovTwoSample.quantile", n, m);
    probability("kolmogorovTwoSample.quantile", p);
    if (p === 1 || Number.isNaN(p)) return p;
    const least = p === 0 ? Number.MIN_VALUE : p;
    return search((k) => inside(n, m, k + 1, alternative) >= least, expected(p, n, m, alternative, "quantile"), n, m);
  },

  /** The smallest value d of D with P(D > d) ≤ p. @throws RangeError as `quantile` */
  upperQuantile(p: number, n: number, m: number, alternative: Alternative = "two-sided"): number {
    check("kolmogorovTwoSample.upperQuantile", n, m);
    probability("kolmogorovTwoSample.upperQuantile", p);
    if (p === 1) return this.quantile(0, n, m, alternative);
    if (p === 0 || Number.isNaN(p)) return 1 - p;
    const guess = expected(p, n, m, alternative, "upperQuantile");
    return search((k) => outside(n, m, k + 1, alternative) <= p, guess, n, m);
  },
} as const;

/** P(D < k/lcm). */
function inside(n: number, m: number, k: number, alternative: Alternative): number {
  if (k <= 0) return 0;
  const divisor = commonDivisor(n, m);
  const gap = k * divisor;
  if (gap > n * m) return 1;
  const oneSided = alternative !== "two-sided";
  return withScratch(({ kernels }, take) => {
    if (n === m && oneSided) return kernels.ksEqualInsideOneSided(n, k);
    // where this tail is the larger one, it is the complement of the other
    if (n === m && k * k >= n) return 1 - kernels.ksEqualTwoSided(n, k);
    if (n === m) return kernels.ksEqualInside(n, k);
    const [right, up] = alternative === "less" ? [m, n] : [n, m];
    return Math.min(1, kernels.ksInside(right, up, gap, oneSided ? 1 : 0, take(8 * (up + 1))));
  });
}

/** P(D ≥ k/lcm). */
function outside(n: number, m: number, k: number, alternative: Alternative): number {
  return k <= 0 ? 1 : ksExact(n, m, k * commonDivisor(n, m), null, alternative);
}

/** The largest k with k/lcm ≤ d, as both are in binary64. */
function valueAt(d: number, n: number, m: number): number {
  if (!(d >= 0)) return -1;
  if (d >= 1) return (n * m) / commonDivisor(n, m);
  const divisor = commonDivisor(n, m);
  let k = Math.floor((d * n * m) / divisor);
  while (((k + 1) * divisor) / (n * m) <= d) k++;
  while ((k * divisor) / (n * m) > d) k--;
  return k;
}

/** Where the law of one sample of nm/(n + m) values has its quantile. */
function expected(
  p: number,
  n: number,
  m: number,
  alternative: Alternative,
  method: "quantile" | "upperQuantile",
): number {
  const law = alternative === "two-sided" ? kolmogorovN : smirnovN;
  // no integer, for which the law of one sample would be exact and slow
  return law[method](p, Math.max(1, (n * m) / (n + m)) + 1e-9);
}

function search(holds: (k: number) => boolean, guess: number, n: number, m: number): number {
  const divisor = commonDivisor(n, m);
  const last = (n * m) / divisor;
  return (smallestWhere(holds, guess * last, guess * last * 1e-3, 0, last) * divisor) / (n * m);
}

function commonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

function check(name: string, n: number, m: number): void {
  count(name, "n", n);
  count(name, "m", m);
  if (!Number.isSafeInteger(n * m)) throw new RangeError(`${name}: n·m must stay below 2^53, got ${n} and ${m}`);
}
