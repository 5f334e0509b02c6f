/** The chi-square law; degrees of freedom may be any positive number. It is the gamma law of shape df/2 and scale 2. */
import { theEngine } from "../engine/memory.js";
import { positive, probability } from "./domain.js";

const degrees = (name: string, df: number) => positive(name, "degreesOfFreedom", df);

export const chiSquare = {
  /** Density x^(df/2 − 1) e^(−x/2) / (2^(df/2) Γ(df/2)). @throws RangeError when degreesOfFreedom is not positive and finite */
  pdf(x: number, degreesOfFreedom: number): number {
    degrees("chiSquare.pdf", degreesOfFreedom);
    return theEngine().kernels.gammaDensity(degreesOfFreedom / 2, x / 2, 0) / 2;
  },

  /** log of the density. @throws RangeError when degreesOfFreedom is not positive and finite */
  logPdf(x: number, degreesOfFreedom: number): number {
    degrees("chiSquare.logPdf", degreesOfFreedom);
    return theEngine().kernels.gammaDensity(degreesOfFreedom / 2, x / 2, 1) - Math.LN2;
  },

  /** P(X ≤ x). @throws RangeError when degreesOfFreedom is not positive and finite */
  cdf(x: number, degreesOfFreedom: number): number {
    degrees("chiSquare.cdf", degreesOfFreedom);
    return theEngine().kernels.gammaP(degreesOfFreedom / 2, x / 2);
  },

  /** P(X > x). @throws RangeError when degreesOfFreedom is not positive and finite */
  sf(x: number, degreesOfFreedom: number): number {
    degrees("chiSquare.sf", degreesOfFreedom);
    return theEngine().kernels.gammaQ(degreesOfFreedom / 2, x / 2);
  },

  /** The x with P(X ≤ x) = p. @throws RangeError when degreesOfFreedom or p is out of its domain */
  quantile(p: number, degreesOfFreedom: number): number {
    degrees("chiSquare.quantile", degreesOfFreedom);
    probability("chiSquare.quantile", p);
    return 2 * theEngine().kernels.gammaPInverse(degreesOfFreedom / 2, p);
  },

  /** The x with P(X > x) = p. @throws RangeError when degreesOfFreedom or p is out of its domain */
  upperQuantile(p: number, degreesOfFreedom: number): number {
    degrees("chiSquare.upperQuantile", degreesOfFreedom);
    probability("chiSquare.upperQuantile", p);
    return 2 * theEngine().kernels.gammaQInverse(degreesOfFreedom / 2, p);
  },
} as const;
