/** The lognormal law: that of e^X, where X is normal with mean μ and standard deviation σ. */
import { theEngine } from "../engine/memory.js";
import { finite, positive, probability } from "./domain.js";
import { normal } from "./normal.js";

export const logNormal = {
  /** Density e^(−z²/2) / (x σ √(2π)), z = (log x − μ)/σ. @throws RangeError when μ is not finite or σ not positive and finite */
  pdf(x: number, mu = 0, sigma = 1): number {
    check("logNormal.pdf", mu, sigma);
    return theEngine().kernels.logNormalDensity(x, mu, sigma, 0);
  },

  /** log of the density. @throws RangeError as `pdf` */
  logPdf(x: number, mu = 0, sigma = 1): number {
    check("logNormal.logPdf", mu, sigma);
    return theEngine().kernels.logNormalDensity(x, mu, sigma, 1);
  },

  /** P(X ≤ x), with full relative accuracy in the tail. @throws RangeError as `pdf` */
  cdf(x: number, mu = 0, sigma = 1): number {
    check("logNormal.cdf", mu, sigma);
    return theEngine().kernels.logNormalTail(x, mu, sigma, 0);
  },

  /** P(X > x), with full relative accuracy in the tail. @throws RangeError as `pdf` */
  sf(x: number, mu = 0, sigma = 1): number {
    check("logNormal.sf", mu, sigma);
    return theEngine().kernels.logNormalTail(x, mu, sigma, 1);
  },

  /** The x with P(X ≤ x) = p. @throws RangeError when a parameter or p is out of its domain */
  quantile(p: number, mu = 0, sigma = 1): number {
    check("logNormal.quantile", mu, sigma);
    probability("logNormal.quantile", p);
    return polished(theEngine().kernels.logNormalAt(normal.quantile(p), mu, sigma), p, mu, sigma, 0);
  },

  /** The x with P(X > x) = p. @throws RangeError when a parameter or p is out of its domain */
  upperQuantile(p: number, mu = 0, sigma = 1): number {
    check("logNormal.upperQuantile", mu, sigma);
    probability("logNormal.upperQuantile", p);
    return polished(theEngine().kernels.logNormalAt(normal.upperQuantile(p), mu, sigma), p, mu, sigma, 1);
  },
} as const;

/** A step of Newton's: z alone is rounded, which a large σ shows. */
function polished(x: number, p: number, mu: number, sigma: number, upper: 0 | 1): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY && p < 0.9)) return x;
  const { logNormalDensity, logNormalTail } = theEngine().kernels;
  const move = (p - logNormalTail(x, mu, sigma, upper)) / (x * logNormalDensity(x, mu, sigma, 0));
  return Math.abs(move) < 1e-9 ? x + (upper === 1 ? -x : x) * move : x;
}

function check(name: string, mu: number, sigma: number): void {
  finite(name, "mu", mu);
  positive(name, "sigma", sigma);
}
