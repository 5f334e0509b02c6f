/** The exponential law with density rate · e^(−rate x), x ≥ 0. */
import { theEngine } from "../engine/memory.js";
import { positive, probability } from "./domain.js";

export const exponential = {
  /** Density rate · e^(−rate x), 0 below 0. @throws RangeError when rate is not positive and finite */
  pdf(x: number, rate = 1): number {
    positive("exponential.pdf", "rate", rate);
    return x < 0 ? 0 : rate * theEngine().kernels.exponentialSf(x, rate);
  },

  /** log of the density. @throws RangeError when rate is not positive and finite */
  logPdf(x: number, rate = 1): number {
    positive("exponential.logPdf", "rate", rate);
    return x < 0 ? Number.NEGATIVE_INFINITY : Math.log(rate) - rate * x;
  },

  /** P(X ≤ x). @throws RangeError when rate is not positive and finite */
  cdf(x: number, rate = 1): number {
    positive("exponential.cdf", "rate", rate);
    return x <= 0 ? 0 : -Math.expm1(-rate * x);
  },

  /** P(X > x), with full relative accuracy in the tail. @throws RangeError when rate is not positive and finite */
  sf(x: number, rate = 1): number {
    positive("exponential.sf", "rate", rate);
    return theEngine().kernels.exponentialSf(x, rate);
  },

  /** The x with P(X ≤ x) = p. @throws RangeError when rate or p is out of its domain */
  quantile(p: number, rate = 1): number {
    positive("exponential.quantile", "rate", rate);
    probability("exponential.quantile", p);
    return p === 0 ? 0 : -Math.log1p(-p) / rate;
  },

  /** The x with P(X > x) = p. @throws RangeError when rate or p is out of its domain */
  upperQuantile(p: number, rate = 1): number {
    positive("exponential.upperQuantile", "rate", rate);
    probability("exponential.upperQuantile", p);
    return p === 1 ? 0 : -Math.log(p) / rate;
  },
} as const;
