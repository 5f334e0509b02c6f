/** The beta law on [0, 1] with density proportional to x^(a − 1) (1 − x)^(b − 1). */
import { theEngine } from "../engine/memory.js";
import { positive, probability } from "./domain.js";

export const beta = {
  /** Density x^(a − 1) (1 − x)^(b − 1) / B(a, b), 0 outside of [0, 1]. @throws RangeError when a or b is not positive and finite */
  pdf(x: number, a: number, b: number): number {
    check("beta.pdf", a, b);
    return theEngine().kernels.betaDensity(a, b, x, 0);
  },

  /** log of the density. @throws RangeError when a or b is not positive and finite */
  logPdf(x: number, a: number, b: number): number {
    check("beta.logPdf", a, b);
    return theEngine().kernels.betaDensity(a, b, x, 1);
  },

  /** P(X ≤ x), the regularised incomplete beta function. @throws RangeError when a or b is not positive and finite */
  cdf(x: number, a: number, b: number): number {
    check("beta.cdf", a, b);
    return theEngine().kernels.betaI(a, b, x);
  },

  /** P(X > x). @throws RangeError when a or b is not positive and finite */
  sf(x: number, a: number, b: number): number {
    check("beta.sf", a, b);
    return theEngine().kernels.betaIComplement(a, b, x);
  },

  /** The x with P(X ≤ x) = p. @throws RangeError when a parameter or p is out of its domain */
  quantile(p: number, a: number, b: number): number {
    check("beta.quantile", a, b);
    probability("beta.quantile", p);
    return share(theEngine().kernels.betaOdds(a, b, p));
  },

  /** The x with P(X > x) = p. @throws RangeError when a parameter or p is out of its domain */
  upperQuantile(p: number, a: number, b: number): number {
    check("beta.upperQuantile", a, b);
    probability("beta.upperQuantile", p);
    return share(theEngine().kernels.betaOddsUpper(a, b, p));
  },
} as const;

const share = (odds: number) => (odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds));

function check(name: string, a: number, b: number): void {
  positive(name, "a", a);
  positive(name, "b", b);
}
