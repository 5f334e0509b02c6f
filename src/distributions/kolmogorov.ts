/**
 * Kolmogorov's laws: `kolmogorov` is the limit of √n D, `kolmogorovN` the law of D itself for one sample of n values,
 * `smirnovN` the one-sided law. In the last two n may be real: nm/(n + m) stands for two samples.
 */
import { theEngine } from "../engine/memory.js";
import { positive } from "./domain.js";

export const kolmogorov = {
  /** P(K ≤ z). */
  cdf(z: number): number {
    return theEngine().kernels.kolmogorovCdf(z);
  },

  /** P(K > z) = 2 Σ (−1)^(k−1) e^(−2 k² z²). */
  sf(z: number): number {
    return theEngine().kernels.kolmogorovSf(z);
  },
} as const;

export const kolmogorovN = {
  /** P(D ≤ d). @throws RangeError when n is less than 1 */
  cdf(d: number, n: number): number {
    sample("kolmogorovN.cdf", n);
    return theEngine().kernels.kolmogorovNCdf(n, d);
  },

  /** P(D > d). @throws RangeError when n is less than 1 */
  sf(d: number, n: number): number {
    sample("kolmogorovN.sf", n);
    return theEngine().kernels.kolmogorovNSf(n, d);
  },
} as const;

export const smirnovN = {
  /** P(D⁺ > d). @throws RangeError when n is not positive and finite */
  sf(d: number, n: number): number {
    positive("smirnovN.sf", "n", n);
    return theEngine().kernels.smirnovSf(n, d);
  },
} as const;

function sample(name: string, n: number): void {
  if (!(n >= 1 && n < Number.POSITIVE_INFINITY)) throw new RangeError(`${name}: n must be at least 1, got ${n}`);
}
