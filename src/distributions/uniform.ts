/** The uniform law on [low, high]. */
import { finite, probability } from "./domain.js";

export const uniform = {
  /** Density 1/(high − low) on [low, high], 0 elsewhere. @throws RangeError when low and high are not finite with low < high */
  pdf(x: number, low = 0, high = 1): number {
    check("uniform.pdf", low, high);
    return Number.isNaN(x) ? x : x < low || x > high ? 0 : 1 / (high - low);
  },

  /** log of the density. @throws RangeError when low and high are not finite with low < high */
  logPdf(x: number, low = 0, high = 1): number {
    check("uniform.logPdf", low, high);
    return Number.isNaN(x) ? x : x < low || x > high ? Number.NEGATIVE_INFINITY : -Math.log(high - low);
  },

  /** P(X ≤ x). @throws RangeError when low and high are not finite with low < high */
  cdf(x: number, low = 0, high = 1): number {
    check("uniform.cdf", low, high);
    return x <= low ? 0 : x >= high ? 1 : (x - low) / (high - low);
  },

  /** P(X > x). @throws RangeError when low and high are not finite with low < high */
  sf(x: number, low = 0, high = 1): number {
    check("uniform.sf", low, high);
    return x <= low ? 1 : x >= high ? 0 : (high - x) / (high - low);
  },

  /** The x with P(X ≤ x) = p. @throws RangeError when a parameter or p is out of its domain */
  quantile(p: number, low = 0, high = 1): number {
    check("uniform.quantile", low, high);
    probability("uniform.quantile", p);
    return p === 1 ? high : low + p * (high - low);
  },

  /** The x with P(X > x) = p. @throws RangeError when a parameter or p is out of its domain */
  upperQuantile(p: number, low = 0, high = 1): number {
    check("uniform.upperQuantile", low, high);
    probability("uniform.upperQuantile", p);
    return p === 1 ? low : high - p * (high - low);
  },
} as const;

function check(name: string, low: number, high: number): void {
  finite(name, "low", low);
  finite(name, "high", high);
  if (!(low < high)) throw new RangeError(`${name}: low must be less than high, got ${low} and ${high}`);
}
