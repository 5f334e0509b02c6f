/** The binomial law: the number of successes in n trials, each of chance p. */
import { theEngine } from "../engine/memory.js";
import { chance, probability, whole } from "./domain.js";
import { smallestWhere } from "./invert.js";
import { normal } from "./normal.js";

export const binomial = {
  /**
   * P(X = k) = C(n, k) p^k (1 − p)^(n − k), all digits down to 1e-300; 0 where k is not a whole number from 0 to n.
   *
   * @throws RangeError when n is not a whole number or p not in [0, 1]
   */
  pmf(k: number, n: number, p: number): number {
    check("binomial.pmf", n, p);
    return isFraction(k) ? 0 : theEngine().kernels.binomialMass(k, n, p, 0);
  },

  /** log P(X = k). @throws RangeError as `pmf` */
  logPmf(k: number, n: number, p: number): number {
    check("binomial.logPmf", n, p);
    return isFraction(k) ? Number.NEGATIVE_INFINITY : theEngine().kernels.binomialMass(k, n, p, 1);
  },

  /** P(X ≤ k) = I_(1−p)(n − k, k + 1), with full relative accuracy in the tail. @throws RangeError as `pmf` */
  cdf(k: number, n: number, p: number): number {
    check("binomial.cdf", n, p);
    return theEngine().kernels.binomialTail(Math.floor(k), n, p, 0);
  },

  /** P(X > k), with full relative accuracy in the tail. @throws RangeError as `pmf` */
  sf(k: number, n: number, p: number): number {
    check("binomial.sf", n, p);
    return theEngine().kernels.binomialTail(Math.floor(k), n, p, 1);
  },

  /** The smallest k with P(X ≤ k) ≥ share. @throws RangeError when a parameter or the share is out of its domain */
  quantile(share: number, n: number, p: number): number {
    check("binomial.quantile", n, p);
    probability("binomial.quantile", share);
    if (share === 1) return p === 0 ? 0 : n;
    const { binomialTail } = theEngine().kernels;
    return search((k) => binomialTail(k, n, p, 0) >= share, normal.quantile(share), n, p);
  },

  /** The smallest k with P(X > k) ≤ share. @throws RangeError as `quantile` */
  upperQuantile(share: number, n: number, p: number): number {
    check("binomial.upperQuantile", n, p);
    probability("binomial.upperQuantile", share);
    if (share === 0) return p === 0 ? 0 : n;
    const { binomialTail } = theEngine().kernels;
    return search((k) => binomialTail(k, n, p, 1) <= share, normal.upperQuantile(share), n, p);
  },
} as const;

/** From where Cornish and Fisher's expansion about the normal law expects it. */
function search(holds: (k: number) => boolean, z: number, n: number, p: number): number {
  if (Number.isNaN(z)) return z;
  const lowest = p === 1 ? n : 0;
  if (z === Number.NEGATIVE_INFINITY) return lowest;
  const deviation = Math.sqrt(n * p * (1 - p));
  const guess = n * p + deviation * z + ((1 - 2 * p) * (z * z - 1)) / 6;
  return smallestWhere(holds, guess, deviation / 64, lowest, n);
}

const isFraction = (k: number) => !Number.isNaN(k) && !Number.isInteger(k);

function check(name: string, n: number, p: number): void {
  whole(name, "n", n);
  chance(name, "p", p);
}
