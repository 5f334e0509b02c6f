/** The limit law of the Cramér-von Mises statistic W². */
import { theEngine } from "../engine/memory.js";

export const cramerVonMises = {
  /** P(W² ≤ x). */
  cdf(x: number): number {
    return theEngine().kernels.cramerVonMisesCdf(x);
  },

  /** P(W² > x), with full relative accuracy in the tail. */
  sf(x: number): number {
    return theEngine().kernels.cramerVonMisesSf(x);
  },
} as const;
