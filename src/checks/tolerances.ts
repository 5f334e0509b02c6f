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
const level = 0.005;

/** Standard errors to allow for, two-sided, with so many conditions (Bonferroni). */
export function standardErrorsFor(conditions: number): number {
  return normal.upperQuantile(level / (2 * Math.max(1, conditions)));
}

/** Of a difference of two means, in standard deviations. */
function unitError({ n, m }: Sizes): number {
  return Math.sqrt(1 / n + 1 / m);
}

/** By how much a mean may differ: a tenth of the standard deviation, or what chance does. */
export function meanTolerance(deviation: number, tolerance: number, sizes: Sizes): number {
  return deviation * Math.max(tolerance, sizes.z * unitError(sizes));
}

/** The factor by which a standard deviation may differ, minus 1; its error goes by the kurtosis. */
export function deviationTolerance(excessKurtosis: number, tolerance: number, sizes: Sizes): number {
  return Math.max(tolerance, (sizes.z * unitError(sizes) * Math.sqrt(Math.max(0.5, excessKurtosis + 2))) / 2);
}

/**
 * By how much a share may differ: a tenth of it, or what chance does; the second term is Bernstein's, for counts so small
 * that they are far from normal.
 */
export function shareTolerance(share: number, tolerance: number, sizes: Sizes): number {
  const { z, m } = sizes;
  const chance = z * unitError(sizes) * Math.sqrt(share * (1 - share)) + (z * z) / (3 * m);
  return Math.max(tolerance * share, chance);
}

/**
 * The largest share of a window that chance explains, of what the reference has nowhere: k rows or more of it, all of them
 * in the window, have a chance of at most (m / (n + m))^k whatever their rate.
 */
export function shareOfUnseen({ n, m, z }: Sizes): number {
  const k = Math.ceil(Math.log(2 * normal.sf(z)) / Math.log(m / (n + m)));
  return Math.min(1, Math.max(0, k - 1) / m);
}

/** By how much the rank of a quantile may differ, as a share. */
export function rankTolerance(probability: number, sizes: Sizes): number {
  return sizes.z * unitError(sizes) * Math.sqrt(probability * (1 - probability));
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
