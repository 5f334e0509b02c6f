/** The limit law of the Cramér-von Mises statistic W², that of Σ Z_k² / (kπ)² over independent standard normal Z_k. */
import { theEngine } from "../engine/memory.js";
import { probability } from "./domain.js";
import { tailRoot } from "./invert.js";

export const cramerVonMises = {
  /** The density. */
  pdf(x: number): number {
    return theEngine().kernels.cramerVonMisesDensity(x, 0);
  },

  /** log of the density. */
  logPdf(x: number): number {
    return theEngine().kernels.cramerVonMisesDensity(x, 1);
  },

  /** P(W² ≤ x), with full relative accuracy in the tail. */
  cdf(x: number): number {
    return theEngine().kernels.cramerVonMisesCdf(x);
  },

  /** P(W² > x), with full relative accuracy in the tail. */
  sf(x: number): number {
    return theEngine().kernels.cramerVonMisesSf(x);
  },

  /** The x with P(W² ≤ x) = p. @throws RangeError when p is not in [0, 1] */
  quantile(p: number): number {
    probability("cramerVonMises.quantile", p);
    return p > 0.5 ? inverse(1 - p, true) : inverse(p, false);
  },

  /** The x with P(W² > x) = p. @throws RangeError when p is not in [0, 1] */
  upperQuantile(p: number): number {
    probability("cramerVonMises.upperQuantile", p);
    return p > 0.5 ? inverse(1 - p, false) : inverse(p, true);
  },
} as const;

/** The law's tails are below the smallest double outside of (0.00016, 155). */
function inverse(p: number, upper: boolean): number {
  if (Number.isNaN(p)) return p;
  if (p === 0) return upper ? Number.POSITIVE_INFINITY : 0;
  const { cramerVonMisesCdf, cramerVonMisesSf } = theEngine().kernels;
  return tailRoot(upper ? cramerVonMisesSf : cramerVonMisesCdf, p, 0.00016, 155);
}
