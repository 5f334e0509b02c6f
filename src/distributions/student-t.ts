/** Student's t law; degrees of freedom may be any positive number, infinity (the normal law) included. */
import { theEngine } from "../engine/memory.js";
import { positive, probability } from "./domain.js";
import { normal } from "./normal.js";

const degrees = (name: string, df: number) => positive(name, "degreesOfFreedom", df, false);

export const studentT = {
  /** Density (1 + t²/df)^(−(df + 1)/2) / (√df B(df/2, 1/2)). @throws RangeError when degreesOfFreedom is not positive */
  pdf(t: number, degreesOfFreedom: number): number {
    degrees("studentT.pdf", degreesOfFreedom);
    return theEngine().kernels.studentDensity(t, degreesOfFreedom, 0);
  },

  /** log of the density. @throws RangeError when degreesOfFreedom is not positive */
  logPdf(t: number, degreesOfFreedom: number): number {
    degrees("studentT.logPdf", degreesOfFreedom);
    return theEngine().kernels.studentDensity(t, degreesOfFreedom, 1);
  },

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
  return (df >= 3 && newton(p, df, normal.upperQuantile(p))) || byOdds(p, df);
}

function byOdds(p: number, df: number): number {
  const { betaOddsUpper, lgamma } = theEngine().kernels;
  const odds = betaOddsUpper(0.5, df / 2, 2 * p);
  if (odds < 1e280) return Math.sqrt(df * odds);
  // so far out the tail is its first term, x^(df/2) / (df B(df/2, 1/2)) with x = df/t², and 1/x overflows
  const logBeta = lgamma(df / 2) + lgamma(0.5) - lgamma((df + 1) / 2);
  return Math.exp(Math.log(df) / 2 - (Math.log(p * df) + logBeta) / df);
}

/** Newton's method on log sf, from the Cornish-Fisher expansion about the normal quantile z; 0 where it does not settle. */
function newton(p: number, df: number, z: number): number {
  const { studentSf, lgamma } = theEngine().kernels;
  const logFactor = lgamma((df + 1) / 2) - lgamma(df / 2) - 0.5 * Math.log(df * Math.PI);
  const z2 = z * z;
  let t = z + (z * (z2 + 1)) / (4 * df) + (z * ((5 * z2 + 16) * z2 + 3)) / (96 * df * df);
  for (let step = 0; step < 6; step++) {
    const sf = studentSf(t, df);
    const density = Math.exp(logFactor - ((df + 1) / 2) * Math.log1p((t * t) / df));
    const change = (Math.log(sf / p) * sf) / density;
    t += change;
    if (Math.abs(change) <= 1e-9 * t) return t; // the next change would be about its square
    if (!(t > 0)) return 0;
  }
  return 0;
}
