/**
 * How far a window may be from the reference by chance. Both are samples: of n values the reference, of m the window. `z`
 * standard errors are allowed for, where z goes by how many conditions there are, so that all of them hold on an unchanged
 * window but for a chance of about the level.
 */
import { normal } from "../distributions/normal.js";

export interface Sizes {
  readonly n: number;
  readonly m: number;
  readonly z: number;
}

/** Chance that any condition fails on an unchanged window, where their laws are normal. */
const level = 0.01;

/** Standard errors to allow for, two-sided, with so many conditions (Bonferroni). */
export function standardErrorsFor(conditions: number): number {
  return normal.upperQuantile(level / (2 * Math.max(1, conditions)));
}

/** Of a difference of two means, in standard deviations. */
function unitError({ n, m }: Sizes): number {
  return Math.sqrt(1 / n + 1 / m);
}

/**
 * By how much a mean may differ: a tenth of the standard deviation, or what chance does; the second term is that of
 * Cornish and Fisher, for means of few values of a skewed law.
 */
export function meanTolerance(deviation: number, skewness: number, tolerance: number, sizes: Sizes): number {
  const { n, m, z } = sizes;
  const chance = z * unitError(sizes) + (z * z * Math.abs(skewness)) / (6 * Math.min(n, m));
  return deviation * Math.max(tolerance, chance);
}

/**
 * The factor by which a standard deviation may be larger or smaller. Its logarithm is nearer to normal than itself, with an
 * error that goes by the kurtosis; twice that of the reference, for samples of heavy tails have too small ones.
 */
export function deviationTolerance(excessKurtosis: number, tolerance: number, sizes: Sizes): number {
  const chance = (sizes.z * unitError(sizes) * Math.sqrt(2 * Math.max(0, excessKurtosis) + 2)) / 2;
  return Math.max(1 + tolerance, Math.exp(chance));
}

/**
 * By how much a share may differ: a tenth of it, or what chance does; the second term is that of Cornish and Fisher. What is
 * rare may at least become as frequent as what the reference has nowhere.
 */
export function shareTolerance(share: number, tolerance: number, sizes: Sizes): number {
  const { z, m } = sizes;
  const chance = z * unitError(sizes) * Math.sqrt(share * (1 - share)) + (z * z) / (6 * m);
  return Math.max(tolerance * share, chance, shareOfUnseen(sizes) - Math.min(share, 1 - share));
}

/**
 * The largest share of a window that chance explains, of what the reference has nowhere: k rows or more of it, all of them
 * in the window, have a chance of at most (m / (n + m))^k whatever their rate.
 */
export function shareOfUnseen({ n, m, z }: Sizes): number {
  const k = Math.ceil(Math.log(2 * normal.sf(z)) / Math.log(m / (n + m)));
  return Math.min(1, Math.max(0, k - 1) / m);
}

/** Whether a window may by chance have none of what so many rows of the reference are. */
export function mayVanish(count: number, { n, m, z }: Sizes): boolean {
  return (n / (n + m)) ** count > 2 * normal.sf(z);
}

/**
 * The largest share of a window that may be of what the reference has not, where what it has once makes up `once` of it: Good
 * and Turing's estimate, whose variance is twice that of a share as long as half as many occur twice as once (Esty 1983).
 */
export function shareOfNew(once: number, sizes: Sizes): number {
  const { n, m, z } = sizes;
  const chance = z * unitError({ ...sizes, n: n / 2 }) * Math.sqrt(once * (1 - once)) + (z * z) / (6 * m);
  return once === 0 ? shareOfUnseen(sizes) : Math.min(1, Math.max(once + chance, shareOfUnseen(sizes)));
}

/** By how much the rank of a quantile may differ, as a share; the second term as for shares, of either side. */
export function rankTolerance(probability: number, sizes: Sizes): number {
  const { n, m, z } = sizes;
  return z * unitError(sizes) * Math.sqrt(probability * (1 - probability)) + (z * z) / (6 * Math.min(n, m));
}

/** Rounded to four digits, away from what is allowed. */
export function roundedUp(x: number): number {
  return rounded(x, Math.ceil);
}

export function roundedDown(x: number): number {
  return rounded(x, Math.floor);
}

function rounded(x: number, to: (x: number) => number): number {
  if (x === 0 || !Number.isFinite(x) || Number(x.toPrecision(4)) === x) return x;
  const places = 3 - Math.floor(Math.log10(Math.abs(x)));
  // Powers of ten that doubles have.
  if (Math.abs(places) > 300) return x;
  const digits = places < 0 ? x / 10 ** -places : x * 10 ** places;
  return Number(`${to(digits)}e${-places}`);
}
