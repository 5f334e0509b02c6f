/** The normal law, the standard one unless mean and standard deviation are given. */
import { theEngine } from "../engine/memory.js";
import { finite, positive, probability } from "./domain.js";

export const normal = {
  /** Density e^(−z²/2) / (sd √(2π)), z = (x − mean)/sd. @throws RangeError when mean is not finite or sd not positive and finite */
  pdf(x: number, mean = 0, sd = 1): number {
    check("normal.pdf", mean, sd);
    return theEngine().kernels.normalDensity(x, mean, sd, 0);
  },

  /** log of the density. @throws RangeError as `pdf` */
  logPdf(x: number, mean = 0, sd = 1): number {
    check("normal.logPdf", mean, sd);
    return theEngine().kernels.normalDensity(x, mean, sd, 1);
  },

  /** P(X ≤ x), with full relative accuracy in the tail. @throws RangeError as `pdf` */
  cdf(x: number, mean = 0, sd = 1): number {
    check("normal.cdf", mean, sd);
    return theEngine().kernels.normalTail(x, mean, sd, 0);
  },

  /** P(X > x), with full relative accuracy in the tail. @throws RangeError as `pdf` */
  sf(x: number, mean = 0, sd = 1): number {
    check("normal.sf", mean, sd);
    return theEngine().kernels.normalTail(x, mean, sd, 1);
  },

  /** The x with P(X ≤ x) = p. @throws RangeError when a parameter or p is out of its domain */
  quantile(p: number, mean = 0, sd = 1): number {
    check("normal.quantile", mean, sd);
    probability("normal.quantile", p);
    return mean + sd * theEngine().kernels.normalQuantile(p);
  },

  /** The x with P(X > x) = p: `quantile(1 - p)` without the rounding of 1 − p. @throws RangeError as `quantile` */
  upperQuantile(p: number, mean = 0, sd = 1): number {
    check("normal.upperQuantile", mean, sd);
    probability("normal.upperQuantile", p);
    return mean + sd * theEngine().kernels.normalUpperQuantile(p);
  },
} as const;

function check(name: string, mean: number, sd: number): void {
  finite(name, "mean", mean);
  positive(name, "sd", sd);
}
