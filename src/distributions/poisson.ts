/** The Poisson law: the number of events where `mean` of them are expected. */
import { theEngine } from "../engine/memory.js";
import { probability } from "./domain.js";
import { smallestWhere } from "./invert.js";
import { normal } from "./normal.js";

export const poisson = {
  /**
   * P(X = k) = mean^k e^(−mean) / k!, all digits down to 1e-300; 0 where k is not a whole number of at least 0.
   *
   * @throws RangeError when mean is negative or not finite
   */
  pmf(k: number, mean: number): number {
    check("poisson.pmf", mean);
    return isFraction(k) ? 0 : theEngine().kernels.poissonMass(k, mean, 0);
  },

  /** log P(X = k). @throws RangeError as `pmf` */
  logPmf(k: number, mean: number): number {
    check("poisson.logPmf", mean);
    return isFraction(k) ? Number.NEGATIVE_INFINITY : theEngine().kernels.poissonMass(k, mean, 1);
  },

  /** P(X ≤ k) = Q(k + 1, mean), with full relative accuracy in the tail. @throws RangeError as `pmf` */
  cdf(k: number, mean: number): number {
    check("poisson.cdf", mean);
    return theEngine().kernels.poissonTail(Math.floor(k), mean, 0);
  },

  /** P(X > k) = P(k + 1, mean), with full relative accuracy in the tail. @throws RangeError as `pmf` */
  sf(k: number, mean: number): number {
    check("poisson.sf", mean);
    return theEngine().kernels.poissonTail(Math.floor(k), mean, 1);
  },

  /** The smallest k with P(X ≤ k) ≥ share. @throws RangeError when the mean or the share is out of its domain */
  quantile(share: number, mean: number): number {
    check("poisson.quantile", mean);
    probability("poisson.quantile", share);
    const { poissonTail } = theEngine().kernels;
    return search((k) => poissonTail(k, mean, 0) >= share, normal.quantile(share), mean);
  },

  /** The smallest k with P(X > k) ≤ share. @throws RangeError as `quantile` */
  upperQuantile(share: number, mean: number): number {
    check("poisson.upperQuantile", mean);
    probability("poisson.upperQuantile", share);
    const { poissonTail } = theEngine().kernels;
    return search((k) => poissonTail(k, mean, 1) <= share, normal.upperQuantile(share), mean);
  },
} as const;

/** From where Cornish and Fisher's expansion about the normal law expects it. */
function search(holds: (k: number) => boolean, z: number, mean: number): number {
  if (Number.isNaN(z)) return z;
  if (z === Number.NEGATIVE_INFINITY || mean === 0) return 0;
  if (z === Number.POSITIVE_INFINITY) return z;
  const deviation = Math.sqrt(mean);
  const guess = mean + deviation * z + (z * z - 1) / 6;
  return smallestWhere(holds, guess, deviation / 64, 0, Number.POSITIVE_INFINITY);
}

const isFraction = (k: number) => !Number.isNaN(k) && !Number.isInteger(k) && Number.isFinite(k);

function check(name: string, mean: number): void {
  if (!(mean >= 0 && mean < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name}: mean must be at least 0 and finite, got ${mean}`);
  }
}
