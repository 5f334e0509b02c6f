/** Student's t law; degrees of freedom may be any positive number, infinity (the normal law) included. */
import { theEngine } from "../engine/memory.js";
import { positive, probability } from "./domain.js";
import { normal } from "./normal.js";

const degrees = (name: string, df: number) => positive(name, "degreesOfFreedom", df, false);

export const studentT = {
  /** P(T ≤ t). @throws RangeError when degreesOfFreedom is not positive */
  cdf(t: number, degreesOfFreedom: number): number {
    degrees("studentT.cdf", degreesOfFreedom);
    return theEngine().kernels.studentSf(-t, degreesOfFreedom);
  },

  /** P(T > t). @throws RangeError when degreesOfFreedom is not positive */
  sf(t: number, degreesOfFreedom: number): number {
    degrees("studentT.sf", degreesOfFreedom);
    return theEngine().kernels.studentSf(t, degreesOfFreedom);
  },

  /** The t with P(T ≤ t) = p. @throws RangeError when degreesOfFreedom is not positive or p not in [0, 1] */
  quantile(p: number, degreesOfFreedom: number): number {
    degrees("studentT.quantile", degreesOfFreedom);
    probability("studentT.quantile", p);
    return p > 0.5 ? upper(1 - p, degreesOfFreedom) : 0 - upper(p, degreesOfFreedom);
  },

  /** The t with P(T > t) = p. @throws RangeError as `quantile` */
  upperQuantile(p: number, degreesOfFreedom: number): number {
    degrees("studentT.upperQuantile", degreesOfFreedom);
    probability("studentT.upperQuantile", p);
    return p > 0.5 ? 0 - upper(1 - p, degreesOfFreedom) : upper(p, degreesOfFreedom);
  },
} as const;

/** The t ≥ 0 with P(T > t) = p ≤ 1/2: t²/df is the odds of a beta law with parameters 1/2 and df/2. */
function upper(p: number, df: number): number {
  if (df > 1e40) return normal.upperQuantile(p);
  if (p === 0) return Number.POSITIVE_INFINITY;
  return Math.sqrt(df * theEngine().kernels.betaOddsUpper(0.5, df / 2, 2 * p));
}
