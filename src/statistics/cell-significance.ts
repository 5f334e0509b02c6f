/**
 * p-values of distances on cells. Where a distance's null law is known it gives one at once: chi-square times a factor
 * that brings it to the distance's mean over all ways to deal the rows. That is close to the limit's, (1/n + 1/m) a degree
 * of freedom for PSI, half of it for KL, an eighth for the others, and keeps the level better where expected counts are
 * dozens [1]. On request, and where there
 * is no law, all rows are dealt to the sides again and again (resampled-cells.ts).
 *
 * [1] Bartlett: Properties of sufficiency and statistical tests. Proceedings of the Royal Society A 160 (1937).
 */
import { chiSquare } from "../distributions/index.js";
import { type Cells, sum } from "./category-cells.js";
import { chiSquareOf } from "./chi-square.js";
import type { CheckedResampling } from "./resampled.js";
import { type ResampledOfCells, resampledOfCells } from "./resampled-cells.js";
import type { CheckedSignificance } from "./significance.js";

/** A p-value and where it comes from. What follows `method` is there where it was resampled. */
export interface CellPValue extends Partial<Omit<ResampledOfCells, "pValue" | "method">> {
  readonly pValue: number;
  /**
   * `chi-square`: the distance's own limit law. `gamma`: that of `chiSquareTest`, where expected counts are small.
   * `exact`, `sampled`: of all ways to deal the rows to the sides, or of some of them.
   */
  readonly method: "chi-square" | "gamma" | ResampledOfCells["method"];
}

/** What orders the tables of two sides' counts: the larger, the less they fit together; Infinity is the largest. */
export type Largeness = (cells: Cells) => number;

/** Every expected count must reach this for the limit law of a symmetric distance to hold. */
const enoughExpected = 10;

/**
 * The p-value of a statistic on used cells.
 *
 * @param meanOf its mean by chance, where its null law is in proportion to chi-square with one degree of freedom less than
 *   cells; where an expected count is below `enough`, or the statistic is infinite, the law of X² stands in; `null`: always
 */
export function cellPValue(
  statisticOf: Largeness,
  meanOf: Largeness | null,
  cells: Cells,
  significance: CheckedSignificance,
  enough = enoughExpected,
): CellPValue {
  if (significance !== "law") return dealtPValue(statisticOf, cells, significance);
  const { reference, current } = cells;
  const degreesOfFreedom = reference.length - 1;
  if (degreesOfFreedom < 1) return { pValue: 1, method: "gamma" };
  const statistic = meanOf !== null && leastExpected(cells) >= enough ? statisticOf(cells) : Number.POSITIVE_INFINITY;
  if (meanOf === null || statistic === Number.POSITIVE_INFINITY) {
    return { pValue: chiSquareOf(reference, current).pValue, method: "gamma" };
  }
  const scale = meanOf(cells) / degreesOfFreedom;
  return { pValue: chiSquare.sf(statistic / scale, degreesOfFreedom), method: "chi-square" };
}

function leastExpected({ reference, current }: Cells): number {
  const n = sum(reference);
  const m = sum(current);
  const least = reference.reduce((min, i, k) => Math.min(min, i + current[k]!), Number.POSITIVE_INFINITY);
  return (least * Math.min(n, m)) / (n + m);
}

/** Sums of positive numbers over other tables are equal up to this share of them. */
const rounding = 2 ** -44;

/** The share of deals whose statistic is at least as large, the data's own among them. */
export function dealtPValue(statisticOf: Largeness, cells: Cells, settings: CheckedResampling): ResampledOfCells {
  const of = (reference: Float64Array, current: Float64Array) => statisticOf({ reference, current });
  const tolerance = (statistic: number) => (Number.isFinite(statistic) ? rounding * statistic : 0);
  return resampledOfCells(cells, { of, tolerance }, "greater", settings);
}
