/**
 * Homogeneity of a 2 × K table: do both sides fall into the categories in the same proportions?
 *
 * The statistic is Pearson's X². Its p-value does not come from the chi-square law, which fails when expected counts are
 * small (with 50 rows and many rare categories it rejects a third of the true hypotheses at a nominal 1 %), but from
 * the gamma law with the exact mean and variance that X² has over all assignments of the rows to the sides [1, 2].
 * Where expected counts are large the two agree. Nothing is regrouped: a category that is new keeps its cell.
 *
 * The effect is the Jensen-Shannon distance, from which what chance alone contributes is taken off. Cramér's V is given
 * too; it shrinks when the sides differ in size.
 *
 * [1] Haldane: The mean and variance of χ², when used as a test of homogeneity, when expectations are small.
 *     Biometrika 31 (1940).
 * [2] Lewis, Saunders, Westcott: The moments of the Pearson chi-squared statistic and the minimum expected value in
 *     two-way tables. Biometrika 71 (1984).
 */
import { gamma } from "../distributions/index.js";
import { type CategoryInput, withCategories } from "../source/categories.js";
import { answerNow, type Plan } from "../source/plan.js";
import type { MissingOfBoth } from "../source/sides.js";
import { type CategoryCells, categoryCellsPlan, type OneSided, sum } from "./category-cells.js";
import { jensenShannonDivergence } from "./jensen-shannon-divergence.js";
import { meanDivergence } from "./jensen-shannon-null.js";
import { productGap } from "./product-gap.js";

/** What the table alone says. */
export interface ChiSquareOfTable {
  /** Pearson's X². */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** Jensen-Shannon distance (base 2) without what chance contributes, in [0, 1]. */
  readonly effect: number;
  /** sqrt(X² / (n + m)), in [0, 1]. */
  readonly cramersV: number;
  /** `constant`: there is only one category. */
  readonly status: "ok" | "constant";
  readonly n: number;
  readonly m: number;
}

export interface ChiSquareResult extends ChiSquareOfTable {
  /** Number of categories that occur. */
  readonly categories: number;
  readonly newCategories: OneSided;
  readonly vanishedCategories: OneSided;
  readonly missing: MissingOfBoth;
}

/**
 * Chi-square test of the null hypothesis that `reference` and `current` have their categories in equal proportions,
 * against the alternative that they have not.
 *
 * p-value from the gamma law matched to the exact permutation mean and variance of X².
 *
 * @param reference, current  text, truth values, or numbers with at most 1024 distinct values; nulls and NaN are left
 *   out and counted; the empty text is a category. Or `{ counts: { a: 3, b: 5 } }`, also by position: `{ counts: [3, 5] }`
 * @returns X², degrees of freedom, p-value, effect; new and vanished categories by name; with one category X² is 0, the
 *   p-value 1 and the status `constant`
 * @throws RangeError when a side has no value left, or numbers have too many distinct values; TypeError for points in
 *   time, and when only one side is text
 * @see Haldane (1940); oracle: scipy.stats.chi2_contingency(correction=False) for X²
 */
export function chiSquareTest(reference: CategoryInput, current: CategoryInput): ChiSquareResult {
  return withCategories("chiSquareTest", reference, current, (x, y) => {
    const result = answerNow(chiSquarePlan(), x, y);
    const { n, m } = result;
    if (n === 0 || m === 0) {
      throw new RangeError(`chiSquareTest: each side needs at least one value, got ${n} and ${m}`);
    }
    return { ...result, missing: { reference: x.missing(), current: y.missing() } };
  });
}

/** The plan behind `chiSquareTest`. */
export function* chiSquarePlan(): Plan<Omit<ChiSquareResult, "missing">> {
  return chiSquareOfCells(yield* categoryCellsPlan());
}

function chiSquareOfCells({ reference, current, names, newCategories, vanishedCategories }: CategoryCells) {
  const found = chiSquareOf(reference, current);
  return { ...found, categories: names.length, newCategories, vanishedCategories };
}

/** The test on counts of both sides in the same cells; cells that are empty on both sides do not count. */
export function chiSquareOf(reference: ArrayLike<number>, current: ArrayLike<number>): ChiSquareOfTable {
  const n = sum(Array.from(reference));
  const m = sum(Array.from(current));
  const statistic = pearson(reference, current, n, m);
  const { mean, variance, cells } = momentsOf(reference, current, n, m);
  if (cells < 2 || n === 0 || m === 0) {
    return { statistic: 0, degreesOfFreedom: 0, pValue: 1, effect: 0, cramersV: 0, status: "constant", n, m };
  }
  // Without variance every assignment gives the same X²: all rows differ, or there are only two.
  const pValue = variance > 0 ? gamma.sf(statistic, (mean * mean) / variance, variance / mean) : 1;
  const divergence = jensenShannonDivergence(reference, current, n, m) - meanDivergence(reference, current, n, m);
  const effect = Math.sqrt(Math.max(divergence, 0) / Math.LN2);
  const cramersV = Math.min(Math.sqrt(statistic / (n + m)), 1);
  return { statistic, degreesOfFreedom: cells - 1, pValue, effect, cramersV, status: "ok", n, m };
}

/** X² = sum of (i·m - j·n)² / (n·m·(i + j)) over the cells with i and j values. */
function pearson(reference: ArrayLike<number>, current: ArrayLike<number>, n: number, m: number): number {
  let statistic = 0;
  for (let k = 0; k < reference.length; k++) {
    const i = reference[k]!;
    const j = current[k]!;
    const gap = productGap(i, m, j, n);
    if (gap !== 0) statistic += ((gap / n) * (gap / m)) / (i + j);
  }
  return statistic;
}

/** Mean and variance of X² over all ways to choose the reference's n rows from all n + m, given the cells' totals. */
export function momentsOf(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  n: number,
  m: number,
): { mean: number; variance: number; cells: number } {
  const all = n + m;
  let cells = 0;
  let inverses = 0;
  for (let k = 0; k < reference.length; k++) {
    const count = reference[k]! + current[k]!;
    if (count === 0) continue;
    cells++;
    inverses += all / count;
  }
  const mean = (all * (cells - 1)) / (all - 1);
  // Up to three rows the formula divides by zero; there X² varies only for three rows in two cells, with values 3 and 3/4.
  if (all < 4) return { mean, variance: all === 3 && cells === 2 ? 9 / 8 : 0, cells };
  const rowSpread = (all / n + all / m - 4) / (all - 2);
  const cellSpread = (inverses - cells * cells) / (all - 2);
  const rows = (all - 2) / (all - 1) - rowSpread;
  const columns = ((cells - 1) * (all - cells)) / (all - 1) - cellSpread;
  const variance = ((2 * all) / (all - 3)) * rows * columns + ((all * all) / (all - 1)) * rowSpread * cellSpread;
  return { mean, variance: variance > 1e-12 * mean * mean ? variance : 0, cells };
}
