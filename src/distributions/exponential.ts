/** The exponential law with density rate · e^(−rate x), x ≥ 0. */
import { positive, probability } from "./domain.js";

export const exponential = {
  /** P(X ≤ x). @throws RangeError when rate is not positive and finite */
  cdf(x: number, rate = 1): number {
    positive("exponential.cdf", "rate", rate);
    return x <= 0 ? 0 : -Math.expm1(-rate * x);
  },

  /** P(X > x). @throws RangeError when rate is not positive and finite */
  sf(x: number, rate = 1): number {
    positive("exponential.sf", "rate", rate);
    return x <= 0 ? 1 : Math.exp(-rate * x);
  },

  /** The x with P(X ≤ x) = p. @throws RangeError when rate or p is out of its domain */
  quantile(p: number, rate = 1): number {
    positive("exponential.quantile", "rate", rate);
    probability("exponential.quantile", p);
    return p === 0 ? 0 : -Math.log1p(-p) / rate;
  },
} as const;
