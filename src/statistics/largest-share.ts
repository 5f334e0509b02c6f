/**
 * Chebyshev distance on cells: max |p - q|, the largest difference of a share. It has no null law of its own, so its
 * p-value is resampled, or that of X² on the same cells.
 */
import type { CategoryInput } from "../source/categories.js";
import { type Cells, sum } from "./category-cells.js";
import { meanOfLargest } from "./cell-chance.js";
import { type CellPValue, cellPValue } from "./cell-significance.js";
import { type CellOptions, type ComparedSides, cellOptions, comparedCells, sidesOf, used } from "./compared-cells.js";
import { knownOptions } from "./option-checks.js";
import { productGap } from "./product-gap.js";
import { type CheckedSignificance, significanceOf } from "./significance.js";

export interface SharesOptions extends CellOptions {
  /** Of cells: categories, or the bins of numbers. */
  readonly between: "shares";
}

export interface LargestShareOfCells extends CellPValue {
  /** In [0, 1]. */
  readonly distance: number;
  /** √(distance² - chance²), with the mean of the distance by chance, taken as if the cells were independent. */
  readonly debiased: number;
  /** `constant`: everything is in one cell. */
  readonly status: "ok" | "constant";
}

export interface SharesDistance extends LargestShareOfCells, ComparedSides {
  readonly between: "shares";
}

/** `chebyshev` between shares; see there. */
export function largestShare(
  caller: string,
  reference: CategoryInput,
  current: CategoryInput,
  options: SharesOptions,
): SharesDistance {
  knownOptions(caller, options, [...cellOptions, "between"]);
  const { bins, between, ...significance } = options;
  const checked = significanceOf(caller, significance, "resampled");
  const compared = comparedCells(caller, reference, current, bins, options);
  return { between, ...largestShareOf(compared.cells, compared.tested, checked), ...sidesOf(compared) };
}

/** The distance on counts of both sides in the same cells; its p-value may be of other ones. */
export function largestShareOf(
  cells: Cells,
  tested: Cells = cells,
  significance: CheckedSignificance = "law",
): LargestShareOfCells {
  const occupied = used(cells);
  const distance = largestOf(occupied);
  const chance = meanOfLargest(occupied, sum(occupied.reference), sum(occupied.current));
  return {
    distance,
    debiased: Math.sqrt(Math.max((distance - chance) * (distance + chance), 0)),
    status: occupied.reference.length < 2 ? "constant" : "ok",
    ...cellPValue(largestOf, null, used(tested), significance),
  };
}

function largestOf({ reference, current }: Cells): number {
  const n = sum(reference);
  const m = sum(current);
  let largest = 0;
  for (let k = 0; k < reference.length; k++) {
    largest = Math.max(largest, Math.abs(productGap(reference[k]!, m, current[k]!, n)));
  }
  return largest / n / m;
}
