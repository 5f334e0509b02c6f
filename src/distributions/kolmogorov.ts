/**
 * Kolmogorov's laws: `kolmogorov` is the limit of √n D, `kolmogorovN` the law of D itself for one sample of n values,
 * `smirnovN` the one-sided law. In the last two n may be real: nm/(n + m) stands for two samples.
 *
 * `kolmogorovN` is exact (1e-12) for integer n while n² d ≤ 4·10⁵, which is everything up to n = 3 100, and above
 * √n d = 2.3; otherwise an expansion whose relative error is below 1e-4 at n = 32 and falls like 1/n.
 */
import { theEngine } from "../engine/memory.js";
import { withScratch } from "../engine/workspace.js";
import { positive, probability } from "./domain.js";
import { tailRoot } from "./invert.js";

export const kolmogorov = {
  /** Density 8z Σ (−1)^(k−1) k² e^(−2 k² z²). */
  pdf(z: number): number {
    return theEngine().kernels.kolmogorovDensity(z, 0);
  },

  /** log of the density. */
  logPdf(z: number): number {
    return theEngine().kernels.kolmogorovDensity(z, 1);
  },

  /** P(K ≤ z), with full relative accuracy in the tail. */
  cdf(z: number): number {
    return theEngine().kernels.kolmogorovCdf(z);
  },

  /** P(K > z) = 2 Σ (−1)^(k−1) e^(−2 k² z²). */
  sf(z: number): number {
    return theEngine().kernels.kolmogorovSf(z);
  },

  /** The z with P(K ≤ z) = p. @throws RangeError when p is not in [0, 1] */
  quantile(p: number): number {
    probability("kolmogorov.quantile", p);
    return p > 0.5 ? limitInverse(1 - p, true) : limitInverse(p, false);
  },

  /** The z with P(K > z) = p. @throws RangeError when p is not in [0, 1] */
  upperQuantile(p: number): number {
    probability("kolmogorov.upperQuantile", p);
    return p > 0.5 ? limitInverse(1 - p, false) : limitInverse(p, true);
  },
} as const;

export const kolmogorovN = {
  /** P(D ≤ d). @throws RangeError when n is less than 1 */
  cdf(d: number, n: number): number {
    sample("kolmogorovN.cdf", n);
    return lower(d, n);
  },

  /** P(D > d). @throws RangeError when n is less than 1 */
  sf(d: number, n: number): number {
    sample("kolmogorovN.sf", n);
    return upper(d, n);
  },

  /** The d with P(D ≤ d) = p. @throws RangeError when n is less than 1 or p not in [0, 1] */
  quantile(p: number, n: number): number {
    sample("kolmogorovN.quantile", n);
    probability("kolmogorovN.quantile", p);
    return p > 0.5 ? inverse(upper, 1 - p, n, 0.5 / n, 1) : inverse(lower, p, n, 0.5 / n, 0.5 / n);
  },

  /** The d with P(D > d) = p. @throws RangeError when n is less than 1 or p not in [0, 1] */
  upperQuantile(p: number, n: number): number {
    sample("kolmogorovN.upperQuantile", n);
    probability("kolmogorovN.upperQuantile", p);
    return p > 0.5 ? inverse(lower, 1 - p, n, 0.5 / n, 0.5 / n) : inverse(upper, p, n, 0.5 / n, 1);
  },
} as const;

export const smirnovN = {
  /** Density of D⁺. @throws RangeError when n is not positive and finite */
  pdf(d: number, n: number): number {
    positive("smirnovN.pdf", "n", n);
    return theEngine().kernels.smirnovDensity(n, d);
  },

  /** log of the density. @throws RangeError when n is not positive and finite */
  logPdf(d: number, n: number): number {
    positive("smirnovN.logPdf", "n", n);
    return Math.log(theEngine().kernels.smirnovDensity(n, d));
  },

  /** P(D⁺ ≤ d). @throws RangeError when n is not positive and finite */
  cdf(d: number, n: number): number {
    positive("smirnovN.cdf", "n", n);
    return theEngine().kernels.smirnovCdf(n, d);
  },

  /** P(D⁺ > d). @throws RangeError when n is not positive and finite */
  sf(d: number, n: number): number {
    positive("smirnovN.sf", "n", n);
    return theEngine().kernels.smirnovSf(n, d);
  },

  /** The d with P(D⁺ ≤ d) = p. @throws RangeError when n is not positive and finite or p not in [0, 1] */
  quantile(p: number, n: number): number {
    positive("smirnovN.quantile", "n", n);
    probability("smirnovN.quantile", p);
    return p > 0.5 ? inverse(oneSidedUpper, 1 - p, n, 1e-300, 1) : inverse(oneSidedLower, p, n, 1e-300, 0);
  },

  /** The d with P(D⁺ > d) = p. @throws RangeError when n is not positive and finite or p not in [0, 1] */
  upperQuantile(p: number, n: number): number {
    positive("smirnovN.upperQuantile", "n", n);
    probability("smirnovN.upperQuantile", p);
    return p > 0.5 ? inverse(oneSidedLower, 1 - p, n, 1e-300, 0) : inverse(oneSidedUpper, p, n, 1e-300, 1);
  },
} as const;

type Tail = (d: number, n: number) => number;

const oneSidedLower: Tail = (d, n) => theEngine().kernels.smirnovCdf(n, d);
const oneSidedUpper: Tail = (d, n) => theEngine().kernels.smirnovSf(n, d);
const lower: Tail = (d, n) => (isExact(d, n) ? exact(d, n, 0) : theEngine().kernels.kolmogorovNCdf(n, d));
const upper: Tail = (d, n) => (isExact(d, n) ? exact(d, n, 1) : theEngine().kernels.kolmogorovNSf(n, d));

/** The d in [low, 1] whose tail is p; `end` where the tail is 0. */
function inverse(tail: Tail, p: number, n: number, low: number, end: number): number {
  if (Number.isNaN(p) || p === 0) return p === 0 ? end : p;
  return tailRoot((d) => tail(d, n), p, low, 1);
}

/** The tails of the limit law are below the smallest double outside of (0.0406, 20). */
function limitInverse(p: number, isUpper: boolean): number {
  if (Number.isNaN(p)) return p;
  if (p === 0) return isUpper ? Number.POSITIVE_INFINITY : 0;
  const { kolmogorovCdf, kolmogorovSf } = theEngine().kernels;
  return tailRoot(isUpper ? kolmogorovSf : kolmogorovCdf, p, 0.0406, 20);
}

/** Multiplications that are worth being exact, in hundreds: some 15 ms. */
const affordable = 4e5;

/** Beyond n d² = 5.3, twice the one-sided law is exact to 1e-13 and costs less. */
function isExact(d: number, n: number): boolean {
  return Number.isInteger(n) && d > 0.5 / n && n * n * d <= affordable && n * d * d < 5.3 && d < 1;
}

/** Whether the tails of `kolmogorovN` at d are the exact law's, to 1e-12; elsewhere they are an expansion's. */
export function isKolmogorovNExact(d: number, n: number): boolean {
  return isExact(d, n) || d <= 0.5 / n || d >= 1 || n * d * d >= 5.3;
}

function exact(d: number, n: number, isUpper: 0 | 1): number {
  return withScratch(({ kernels }, take) =>
    kernels.kolmogorovCrossing(n, d, isUpper, take(kernels.kolmogorovCrossingSize(n))),
  );
}

function sample(name: string, n: number): void {
  if (!(n >= 1 && n < Number.POSITIVE_INFINITY)) throw new RangeError(`${name}: n must be at least 1, got ${n}`);
}
