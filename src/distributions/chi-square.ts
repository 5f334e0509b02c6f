/** The chi-square law; degrees of freedom may be any positive number. It is the gamma law of shape df/2 and scale 2. */
import { theEngine } from "../engine/memory.js";
import { positive, probability } from "./domain.js";

const degrees = (name: string, df: number) => positive(name, "degreesOfFreedom", df);

export const chiSquare = {
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
