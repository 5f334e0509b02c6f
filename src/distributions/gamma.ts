/** The gamma law with shape a and scale s: density proportional to x^(a − 1) e^(−x/s). */
import { theEngine } from "../engine/memory.js";
import { positive, probability } from "./domain.js";

export const gamma = {
  /** Density (x/scale)^(shape − 1) e^(−x/scale) / (scale Γ(shape)). @throws RangeError when shape or scale is not positive and finite */
  pdf(x: number, shape: number, scale = 1): number {
    check("gamma.pdf", shape, scale);
    return theEngine().kernels.gammaDensity(shape, x / scale, 0) / scale;
  },

  /** log of the density. @throws RangeError when shape or scale is not positive and finite */
  logPdf(x: number, shape: number, scale = 1): number {
    check("gamma.logPdf", shape, scale);
    return theEngine().kernels.gammaDensity(shape, x / scale, 1) - Math.log(scale);
  },

  /** P(X ≤ x). @throws RangeError when shape or scale is not positive and finite */
  cdf(x: number, shape: number, scale = 1): number {
    check("gamma.cdf", shape, scale);
    return theEngine().kernels.gammaTail(shape, x, scale, 0);
  },

  /** P(X > x). @throws RangeError when shape or scale is not positive and finite */
  sf(x: number, shape: number, scale = 1): number {
    check("gamma.sf", shape, scale);
    return theEngine().kernels.gammaTail(shape, x, scale, 1);
  },

  /** The x with P(X ≤ x) = p. @throws RangeError when a parameter or p is out of its domain */
  quantile(p: number, shape: number, scale = 1): number {
    check("gamma.quantile", shape, scale);
    probability("gamma.quantile", p);
    return scale * theEngine().kernels.gammaPInverse(shape, p);
  },

  /** The x with P(X > x) = p. @throws RangeError when a parameter or p is out of its domain */
  upperQuantile(p: number, shape: number, scale = 1): number {
    check("gamma.upperQuantile", shape, scale);
    probability("gamma.upperQuantile", p);
    return scale * theEngine().kernels.gammaQInverse(shape, p);
  },
} as const;

function check(name: string, shape: number, scale: number): void {
  positive(name, "shape", shape);
  positive(name, "scale", scale);
}
