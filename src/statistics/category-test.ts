/** What tests on categories share: options, the p-value from deals where it is asked for, and what a result says of cells. */
import { type CategoryInput, withCategories } from "../source/categories.js";
import { answerNow } from "../source/plan.js";
import type { MissingOfBoth } from "../source/sides.js";
import { type CategoryCells, type Cells, categoryCellsPlan, type OneSided } from "./category-cells.js";
import { type CategoryGrouping, checkGrouping, type GroupedCategories, groupingOptions } from "./category-groups.js";
import { knownOptions } from "./option-checks.js";
import { type ResampledOfCells, resampledOfCells } from "./resampled-cells.js";
import { type SignificanceOptions, significanceOf, significanceOptions } from "./significance.js";

export interface CellTestOptions extends SignificanceOptions, CategoryGrouping {}

/** What every result says of the categories. */
export interface CategoryTested extends Partial<Omit<ResampledOfCells, "pValue" | "method">> {
  /** Number of categories that have a cell of their own: all that occur, unless some are grouped. */
  readonly categories: number;
  /** What `topK` and `minShare` put into one cell; `null` for nothing. */
  readonly grouped: GroupedCategories | null;
  readonly newCategories: OneSided;
  readonly vanishedCategories: OneSided;
  readonly missing: MissingOfBoth;
}

interface Tested {
  readonly n: number;
  readonly m: number;
  readonly pValue: number;
  readonly method: string;
}

/** Sums of positive terms are equal up to this share of them. */
const rounding = 2 ** -40;

export const cellTestOptions = [...significanceOptions, ...groupingOptions] as const;

/**
 * Runs a test on categories.
 *
 * @param byLaw  the test with the p-value of its law
 * @param statistic  what is measured again for every deal
 */
export function categoryTest<T extends Tested>(
  caller: string,
  reference: CategoryInput,
  current: CategoryInput,
  given: CellTestOptions,
  byLaw: (cells: Cells) => T,
  statistic: (reference: ArrayLike<number>, current: ArrayLike<number>, n: number, m: number) => number,
): Omit<T, "method"> & { readonly method: T["method"] | "exact" | "sampled" } & CategoryTested {
  knownOptions(caller, given, cellTestOptions);
  const significance = significanceOf(caller, given);
  checkGrouping(caller, given);
  return withCategories(caller, reference, current, (x, y) => {
    const cells = answerNow(categoryCellsPlan(given), x, y);
    const found = byLaw(cells);
    const { n, m } = found;
    if (n === 0 || m === 0) throw new RangeError(`${caller}: each side needs at least one value, got ${n} and ${m}`);
    const about = { ...describedCells(cells), missing: { reference: x.missing(), current: y.missing() } };
    if (significance === "law") return { ...found, ...about };
    const measure = {
      of: (one: ArrayLike<number>, other: ArrayLike<number>) => statistic(one, other, n, m),
      tolerance: (value: number) => (Number.isFinite(value) ? rounding * value : 0),
    };
    return { ...found, ...resampledOfCells(cells, measure, "greater", significance), ...about };
  });
}

/** What results say of cells. */
export function describedCells({ names, grouped, newCategories, vanishedCategories }: CategoryCells) {
  return { categories: names.length, grouped, newCategories, vanishedCategories };
}
