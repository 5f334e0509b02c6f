/** The standard normal law; for mean and sd, pass (x − mean)/sd. */
import { theEngine } from "../engine/memory.js";
import { probability } from "./domain.js";

export const normal = {
  /** P(Z ≤ x). */
  cdf(x: number): number {
    return theEngine().kernels.normalCdf(x);
  },

  /** P(Z > x), with full relative accuracy in the tail. */
  sf(x: number): number {
    return theEngine().kernels.normalSf(x);
  },

  /** The x with P(Z ≤ x) = p. @throws RangeError when p is not in [0, 1] */
  quantile(p: number): number {
    probability("normal.quantile", p);
    return theEngine().kernels.normalQuantile(p);
  },

  /** The x with P(Z > x) = p: `quantile(1 - p)` without the rounding of 1 − p. @throws RangeError as `quantile` */
  upperQuantile(p: number): number {
    probability("normal.upperQuantile", p);
    return theEngine().kernels.normalUpperQuantile(p);
  },
} as const;
