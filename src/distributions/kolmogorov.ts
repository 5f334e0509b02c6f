/**
 * Kolmogorov's laws: `kolmogorov` is the limit of √n D, `kolmogorovN` the law of D itself for one sample of n values,
 * `smirnovN` the one-sided law. In the last two n may be real: nm/(n + m) stands for two samples.
 *
 * `kolmogorovN` is exact (1e-12) for integer n while n² d ≤ 4·10⁵, which is everything up to n = 3 100, and above
 * √n d = 2.3; otherwise an expansion whose relative error is below 1e-4 at n = 32 and falls like 1/n.
 */
import { theEngine } from "../engine/memory.js";
import { withScratch } from "../engine/workspace.js";
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
    if (isExact(d, n)) return exact(d, n, 0);
    return theEngine().kernels.kolmogorovNCdf(n, d);
  },

  /** P(D > d). @throws RangeError when n is less than 1 */
  sf(d: number, n: number): number {
    sample("kolmogorovN.sf", n);
    if (isExact(d, n)) return exact(d, n, 1);
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

/** Multiplications that are worth being exact, in hundreds: some 15 ms. */
const affordable = 4e5;

/** Beyond n d² = 5.3, twice the one-sided law is exact to 1e-13 and costs less. */
function isExact(d: number, n: number): boolean {
  return Number.isInteger(n) && d > 0.5 / n && n * n * d <= affordable && n * d * d < 5.3 && d < 1;
}

function exact(d: number, n: number, upper: 0 | 1): number {
  return withScratch(({ kernels }, take) =>
    kernels.kolmogorovCrossing(n, d, upper, take(kernels.kolmogorovCrossingSize(n))),
  );
}

function sample(name: string, n: number): void {
  if (!(n >= 1 && n < Number.POSITIVE_INFINITY)) throw new RangeError(`${name}: n must be at least 1, got ${n}`);
}
