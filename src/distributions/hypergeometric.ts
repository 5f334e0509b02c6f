/**
 * The hypergeometric law: the number of successes among `draws` taken without replacement from a `population` of which
 * `successes` are successes; the law of one cell of a fourfold table given its margins (Fisher's exact test).
 */
import { theEngine } from "../engine/memory.js";
import { probability, whole } from "./domain.js";
import { smallestWhere } from "./invert.js";
import { normal } from "./normal.js";

export const hypergeometric = {
  /**
   * P(X = k) = C(successes, k) C(population − successes, draws − k) / C(population, draws), all digits down to 1e-300;
   * 0 where there is no such k.
   *
   * @throws RangeError when population is not a whole number, or successes or draws not one up to it
   */
  pmf(k: number, population: number, successes: number, draws: number): number {
    check("hypergeometric.pmf", population, successes, draws);
    return isFraction(k) ? 0 : theEngine().kernels.hypergeometricMass(k, population, successes, draws, 0);
  },

  /** log P(X = k). @throws RangeError as `pmf` */
  logPmf(k: number, population: number, successes: number, draws: number): number {
    check("hypergeometric.logPmf", population, successes, draws);
    if (isFraction(k)) return Number.NEGATIVE_INFINITY;
    return theEngine().kernels.hypergeometricMass(k, population, successes, draws, 1);
  },

  /** P(X ≤ k), with full relative accuracy in the tail and in bounded time. @throws RangeError as `pmf` */
  cdf(k: number, population: number, successes: number, draws: number): number {
    check("hypergeometric.cdf", population, successes, draws);
    return theEngine().kernels.hypergeometricTail(Math.floor(k), population, successes, draws, 0);
  },

  /** P(X > k), with full relative accuracy in the tail and in bounded time. @throws RangeError as `pmf` */
  sf(k: number, population: number, successes: number, draws: number): number {
    check("hypergeometric.sf", population, successes, draws);
    return theEngine().kernels.hypergeometricTail(Math.floor(k), population, successes, draws, 1);
  },

  /** The smallest k with P(X ≤ k) ≥ share. @throws RangeError when a parameter or the share is out of its domain */
  quantile(share: number, population: number, successes: number, draws: number): number {
    check("hypergeometric.quantile", population, successes, draws);
    probability("hypergeometric.quantile", share);
    const { hypergeometricTail } = theEngine().kernels;
    const holds = (k: number) => hypergeometricTail(k, population, successes, draws, 0) >= share;
    return search(holds, normal.quantile(share), population, successes, draws);
  },

  /** The smallest k with P(X > k) ≤ share. @throws RangeError as `quantile` */
  upperQuantile(share: number, population: number, successes: number, draws: number): number {
    check("hypergeometric.upperQuantile", population, successes, draws);
    probability("hypergeometric.upperQuantile", share);
    const { hypergeometricTail } = theEngine().kernels;
    const holds = (k: number) => hypergeometricTail(k, population, successes, draws, 1) <= share;
    return search(holds, normal.upperQuantile(share), population, successes, draws);
  },
} as const;

function search(
  holds: (k: number) => boolean,
  z: number,
  population: number,
  successes: number,
  draws: number,
): number {
  const first = Math.max(0, draws - (population - successes));
  const last = Math.min(successes, draws);
  if (Number.isNaN(z)) return z;
  if (first === last || z === Number.NEGATIVE_INFINITY) return first;
  if (z === Number.POSITIVE_INFINITY) return last;
  const p = successes / population;
  const mean = draws * p;
  const left = (population - draws) / (population - 1);
  const deviation = Math.sqrt(mean * (1 - p) * left);
  const skew = ((1 - 2 * p) * (1 - (2 * draws) / population) * (z * z - 1)) / 6;
  return smallestWhere(holds, mean + deviation * z + skew, deviation / 64, first, last);
}

const isFraction = (k: number) => !Number.isNaN(k) && !Number.isInteger(k);

function check(name: string, population: number, successes: number, draws: number): void {
  whole(name, "population", population);
  whole(name, "successes", successes, population);
  whole(name, "draws", draws, population);
}
