/**
 * Total variation distance on cells: ½ Σ |p - q|, for shares p on the reference and q on the current side: the share of
 * rows that would have to change their cell. Bounded, a metric, finite with empty cells, and therefore never smoothed. It
 * has no null law of its own, so its p-value is resampled, or that of X² on the same cells.
 */
import type { CategoryInput } from "../source/categories.js";
import { type Cells, sum } from "./category-cells.js";
import { absoluteLimit, meanByChance } from "./cell-chance.js";
import { type CellPValue, cellPValue } from "./cell-significance.js";
import { type CellOptions, type ComparedSides, cellOptions, comparedCells, sidesOf, used } from "./compared-cells.js";
import { knownOptions } from "./option-checks.js";
import { productGap } from "./product-gap.js";
import { type CheckedSignificance, significanceOf } from "./significance.js";

export type TotalVariationOptions = CellOptions;

export interface TotalVariationOfCells extends CellPValue {
  /** In [0, 1]. */
  readonly distance: number;
  /** √(distance² - chance²), with the mean of the distance by chance. */
  readonly debiased: number;
  /** `constant`: everything is in one cell. */
  readonly status: "ok" | "constant";
}

export type TotalVariationResult = TotalVariationOfCells & ComparedSides;

/**
 * Total variation distance between `reference` and `current`, with the p-value of the null hypothesis that both were drawn
 * from one distribution.
 *
 * @param reference, current  numbers (binned), text or truth values (by category); nulls and NaN are left out and
 *   counted, ±Infinity falls into the outer cells; or `{ counts }` of cells
 * @param options.bins  recorded in the result
 * @param options.significance  `resampled` if not given; `law`: the p-value of X² on the same cells
 * @param options.permutations, options.seed  the same seed gives the same result; O(cells) a permutation
 * @returns a distance in [0, 1]: 0 for equal shares, 1 for sides without a common cell
 * @throws RangeError when a side has no value, for settings out of range; TypeError when only one side is text
 * @see Phipson and Smyth (2010) for the p-value; oracle: exact rationals
 */
export function totalVariation(
  reference: CategoryInput,
  current: CategoryInput,
  options: TotalVariationOptions = {},
): TotalVariationResult {
  knownOptions("totalVariation", options, cellOptions);
  const { bins, ...significance } = options;
  const checked = significanceOf("totalVariation", significance, "resampled");
  const compared = comparedCells("totalVariation", reference, current, bins, options);
  return { ...totalVariationOf(compared.cells, compared.tested, checked), ...sidesOf(compared) };
}

/** The distance on counts of both sides in the same cells; its p-value may be of other ones. */
export function totalVariationOf(
  cells: Cells,
  tested: Cells = cells,
  significance: CheckedSignificance = "law",
): TotalVariationOfCells {
  const occupied = used(cells);
  const distance = variationOf(occupied);
  const chance = meanByChance(occupied, sum(occupied.reference), sum(occupied.current), cellVariation, halfOfAbsolute);
  return {
    distance,
    debiased: Math.sqrt(Math.max((distance - chance) * (distance + chance), 0)),
    status: occupied.reference.length < 2 ? "constant" : "ok",
    ...cellPValue(variationOf, null, used(tested), significance),
  };
}

const halfOfAbsolute = (count: number, n: number, m: number): number => absoluteLimit(count, n, m) / 2;

function variationOf({ reference, current }: Cells): number {
  const n = sum(reference);
  const m = sum(current);
  let gaps = 0;
  let common = false;
  for (let k = 0; k < reference.length; k++) {
    common ||= reference[k]! > 0 && current[k]! > 0;
    gaps += Math.abs(productGap(reference[k]!, m, current[k]!, n));
  }
  return common ? Math.min(gaps / n / m / 2, 1) : 1;
}

function cellVariation(i: number, j: number, n: number, m: number): number {
  return Math.abs(productGap(i, m, j, n)) / n / m / 2;
}
