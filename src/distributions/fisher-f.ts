/** Fisher's F law; degrees of freedom may be any positive numbers. */
import { theEngine } from "../engine/memory.js";
import { positive, probability } from "./domain.js";

export const fisherF = {
  /**
   * Density x^(d1/2) (1 − x)^(d2/2) / (f B(d1/2, d2/2)) with x = d1 f/(d1 f + d2).
   *
   * @throws RangeError when a number of degrees of freedom is not positive and finite
   */
  pdf(f: number, numerator: number, denominator: number): number {
    check("fisherF.pdf", numerator, denominator);
    return theEngine().kernels.fisherDensity(f, numerator, denominator, 0);
  },

  /** log of the density. @throws RangeError as `pdf` */
  logPdf(f: number, numerator: number, denominator: number): number {
    check("fisherF.logPdf", numerator, denominator);
    return theEngine().kernels.fisherDensity(f, numerator, denominator, 1);
  },

  /** P(F ≤ f). @throws RangeError when a number of degrees of freedom is not positive and finite */
  cdf(f: number, numerator: number, denominator: number): number {
    check("fisherF.cdf", numerator, denominator);
    return theEngine().kernels.fisherCdf(f, numerator, denominator);
  },

  /** P(F > f). @throws RangeError when a number of degrees of freedom is not positive and finite */
  sf(f: number, numerator: number, denominator: number): number {
    check("fisherF.sf", numerator, denominator);
    return theEngine().kernels.fisherSf(f, numerator, denominator);
  },

  /** The f with P(F ≤ f) = p. @throws RangeError when a parameter or p is out of its domain */
  quantile(p: number, numerator: number, denominator: number): number {
    check("fisherF.quantile", numerator, denominator);
    probability("fisherF.quantile", p);
    return (denominator / numerator) * theEngine().kernels.betaOdds(numerator / 2, denominator / 2, p);
  },

  /** The f with P(F > f) = p. @throws RangeError when a parameter or p is out of its domain */
  upperQuantile(p: number, numerator: number, denominator: number): number {
    check("fisherF.upperQuantile", numerator, denominator);
    probability("fisherF.upperQuantile", p);
    return (denominator / numerator) * theEngine().kernels.betaOddsUpper(numerator / 2, denominator / 2, p);
  },
} as const;

function check(name: string, numerator: number, denominator: number): void {
  positive(name, "numerator degrees of freedom", numerator);
  positive(name, "denominator degrees of freedom", denominator);
}
