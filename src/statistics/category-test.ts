/** What tests on categories share: options, the p-value from deals where it is asked for, and what a result says of cells. */
import { type CategoryInput, withCategories } from "../source/categories.js";
import { answerNow } from "../source/plan.js";
import type { MissingOfBoth } from "../source/sides.js";
import { type CategoryCells, type Cells, categoryCellsPlan, type OneSided } from "./category-cells.js";
import { type CategoryGrouping, checkGrouping, type GroupedCategories, groupingOptions } from "./category-groups.js";
import { oneOf } from "./one-of.js";
import { knownOptions } from "./option-checks.js";
import { type Resampling, resamplingOf } from "./resampled.js";
import { type ResampledOfCells, resampledOfCells } from "./resampled-cells.js";

export interface CellTestOptions extends Resampling, CategoryGrouping {
  /** `law`, if not given: of the statistic. `resampled`: from seeded deals of all rows, see `permutations`. */
  readonly pValue?: "law" | "resampled";
}

/** What was resampled. */
export type CellResampling = Omit<ResampledOfCells, "pValue" | "method">;

/** What every result says of the categories. */
export interface CategoryTested {
  /** Number of categories that have a cell of their own: all that occur, unless some are grouped. */
  readonly categories: number;
  /** What `topK` and `minShare` put into one cell; `null` for nothing. */
  readonly grouped: GroupedCategories | null;
  readonly newCategories: OneSided;
  readonly vanishedCategories: OneSided;
  /** Of a resampled p-value: how many deals, its resolution and interval; else `null`. */
  readonly resampling: CellResampling | null;
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

export const cellTestOptions = ["pValue", "permutations", "seed", "confidence", ...groupingOptions] as const;

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
  const { pValue = "law" } = given;
  oneOf(caller, "pValue", pValue, ["law", "resampled"]);
  const settings = resamplingOf(caller, given);
  checkGrouping(caller, given);
  return withCategories(caller, reference, current, (x, y) => {
    const cells = answerNow(categoryCellsPlan(given), x, y);
    const found = byLaw(cells);
    const { n, m } = found;
    if (n === 0 || m === 0) throw new RangeError(`${caller}: each side needs at least one value, got ${n} and ${m}`);
    const about = { ...describedCells(cells), missing: { reference: x.missing(), current: y.missing() } };
    if (pValue === "law") return { ...found, resampling: null, ...about };
    const measure = {
      of: (one: ArrayLike<number>, other: ArrayLike<number>) => statistic(one, other, n, m),
      tolerance: (value: number) => (Number.isFinite(value) ? rounding * value : 0),
    };
    const { pValue: resampled, method, ...resampling } = resampledOfCells(cells, measure, "greater", settings);
    return { ...found, pValue: resampled, method, resampling, ...about };
  });
}

/** What results say of cells. */
export function describedCells({ names, grouped, newCategories, vanishedCategories }: CategoryCells) {
  return { categories: names.length, grouped, newCategories, vanishedCategories };
}
