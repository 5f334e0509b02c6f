/**
 * Homogeneity of a 2 × K table: do both sides fall into the categories in the same proportions?
 *
 * The statistic is Pearson's X². Its p-value does not come from the chi-square law, which fails when expected counts are
 * small (with 50 rows and many rare categories it rejects a third of the true hypotheses at a nominal 1 %), but from
 * the gamma law with the exact mean and variance that X² has over all assignments of the rows to the sides (pearson.ts).
 * Where expected counts are large the two agree. Where most categories have a single row, the number of those on a side has
 * its exact law, and only what is between the others a gamma law (single-rows.ts). Nothing is regrouped unless asked for: a
 * category that is new keeps its cell.
 *
 * The effect is the Jensen-Shannon distance, from which what chance alone contributes is taken off. Cramér's V is given
 * too; it shrinks when the sides differ in size, `cramersVBalanced` does not.
 */
import type { CategoryInput } from "../source/categories.js";
import type { Plan } from "../source/plan.js";
import { type Association, associationOf, noAssociation } from "./association.js";
import { categoryCellsPlan, sum } from "./category-cells.js";
import type { CategoryGrouping } from "./category-groups.js";
import { type CategoryTested, type CellTestOptions, categoryTest, describedCells } from "./category-test.js";
import { jensenShannonDivergence } from "./jensen-shannon-divergence.js";
import { meanDivergence } from "./jensen-shannon-null.js";
import { momentsOf, pearsonOf, totalsOf } from "./pearson.js";
import { tableP } from "./single-rows.js";

/** What the table alone says. */
export interface ChiSquareOfTable extends Association {
  /** Pearson's X². */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** Jensen-Shannon distance (base 2) without what chance contributes, in [0, 1]. */
  readonly effect: number;
  /** `constant`: there is only one category. */
  readonly status: "ok" | "constant";
  readonly n: number;
  readonly m: number;
}

export interface ChiSquareResult extends ChiSquareOfTable, CategoryTested {
  /** Where the p-value is from: `gamma`, the matched law; or deals of the rows, `exact` all of them, `sampled` some. */
  readonly method: "gamma" | "exact" | "sampled";
}

/**
 * Chi-square test of the null hypothesis that `reference` and `current` have their categories in equal proportions,
 * against the alternative that they have not.
 *
 * p-value from the gamma law matched to the exact permutation mean and variance of X², or from deals of the rows.
 *
 * @param reference, current  text, truth values, or numbers with at most 1024 distinct values; nulls and NaN are left
 *   out and counted; the empty text is a category. Or `{ counts: { a: 3, b: 5 } }`, also by position: `{ counts: [3, 5] }`
 * @param options.significance  `law` if not given; `resampled` confirms it where expected counts are small: seeded deals of
 *   all rows to sides of these sizes, `options.permutations` of them, or all where they are fewer. It is never 0, and
 *   `resolution` says how small it can be
 * @param options.topK, options.minShare  which categories keep a cell of their own; the others share one
 * @returns X², degrees of freedom, p-value, effects; new and vanished categories by name; with one category X² is 0, the
 *   p-value 1 and the status `constant`
 * @throws RangeError when a side has no value left, for options out of range, or numbers with too many distinct values;
 *   TypeError for points in time, and when only one side is text
 * @see Haldane (1940); oracle: scipy.stats.chi2_contingency(correction=False) for X²
 */
export function chiSquareTest(
  reference: CategoryInput,
  current: CategoryInput,
  options: CellTestOptions = {},
): ChiSquareResult {
  return categoryTest(
    "chiSquareTest",
    reference,
    current,
    options,
    (cells) => ({ ...chiSquareOf(cells.reference, cells.current), method: "gamma" as const }),
    pearsonOf,
  );
}

/** The plan behind `chiSquareTest` with the law. */
export function* chiSquarePlan(grouping: CategoryGrouping = {}): Plan<ChiSquareOfTable & CategoryDescribed> {
  const cells = yield* categoryCellsPlan(grouping);
  return { ...chiSquareOf(cells.reference, cells.current), ...describedCells(cells) };
}

type CategoryDescribed = ReturnType<typeof describedCells>;

/** The test on counts of both sides in the same cells; cells that are empty on both sides do not count. */
export function chiSquareOf(reference: ArrayLike<number>, current: ArrayLike<number>): ChiSquareOfTable {
  const n = sum(Array.from(reference));
  const m = sum(Array.from(current));
  const statistic = pearsonOf(reference, current, n, m);
  const totals = totalsOf(reference, current);
  const cells = totals.length;
  if (cells < 2 || n === 0 || m === 0) {
    return { statistic: 0, degreesOfFreedom: 0, pValue: 1, effect: 0, ...noAssociation, status: "constant", n, m };
  }
  const pValue = tableP(statistic, totals, n, m, 1, momentsOf);
  const divergence = jensenShannonDivergence(reference, current, n, m) - meanDivergence(reference, current, n, m);
  const effect = Math.sqrt(Math.max(divergence, 0) / Math.LN2);
  const associations = associationOf(reference, current, statistic, cells);
  return { statistic, degreesOfFreedom: cells - 1, pValue, effect, ...associations, status: "ok", n, m };
}
