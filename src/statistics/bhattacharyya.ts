/**
 * Bhattacharyya distance on cells: -ln Σ √(p q), for shares p on the reference and q on the current side. It is
 * -ln(1 - H²) with the Hellinger distance H, and infinite where the sides have no cell in common; symmetric, but no metric.
 * Under one law it is about (1/n + 1/m)/8 · chi-square.
 *
 * [1] Bhattacharyya: On a measure of divergence between two statistical populations defined by their probability
 *     distributions. Bulletin of the Calcutta Mathematical Society 35 (1943).
 */
import type { CategoryInput } from "../source/categories.js";
import { type Cells, sum } from "./category-cells.js";
import { type CellPValue, cellPValue } from "./cell-significance.js";
import { type CellOptions, type ComparedSides, cellOptions, comparedCells, sidesOf, used } from "./compared-cells.js";
import { chanceOf, squaredHellinger } from "./hellinger.js";
import { knownOptions } from "./option-checks.js";
import { type CheckedSignificance, significanceOf } from "./significance.js";

export type BhattacharyyaOptions = CellOptions;

export interface BhattacharyyaOfCells extends CellPValue {
  /** `null` where it is infinite. */
  readonly distance: number | null;
  /** The distance that belongs to the debiased Hellinger distance. */
  readonly debiased: number | null;
  /** `infinite`: the sides have no cell in common. `constant`: everything is in one cell. */
  readonly status: "ok" | "infinite" | "constant";
}

export type BhattacharyyaResult = BhattacharyyaOfCells & ComparedSides;

/**
 * Bhattacharyya distance between `reference` and `current`, with the p-value of the null hypothesis that both were drawn
 * from one distribution.
 *
 * @param reference, current  numbers (binned), text or truth values (by category); nulls and NaN are left out and
 *   counted, ±Infinity falls into the outer cells; or `{ counts }` of cells
 * @param options.bins  recorded in the result
 * @param options.significance  `law` if not given
 * @returns a distance of at least 0; `null` with status `infinite` for sides without a common cell
 * @throws RangeError when a side has no value, for bins that are none; TypeError when only one side is text
 * @see Bhattacharyya (1943); oracle: the definition in extended precision
 */
export function bhattacharyya(
  reference: CategoryInput,
  current: CategoryInput,
  options: BhattacharyyaOptions = {},
): BhattacharyyaResult {
  knownOptions("bhattacharyya", options, cellOptions);
  const { bins, ...significance } = options;
  const checked = significanceOf("bhattacharyya", significance);
  const compared = comparedCells("bhattacharyya", reference, current, bins, options);
  return { ...bhattacharyyaOf(compared.cells, compared.tested, checked), ...sidesOf(compared) };
}

/** The distance on counts of both sides in the same cells; its p-value may be of other ones. */
export function bhattacharyyaOf(
  cells: Cells,
  tested: Cells = cells,
  significance: CheckedSignificance = "law",
): BhattacharyyaOfCells {
  const occupied = used(cells);
  const distance = distanceOf(occupied);
  const isInfinite = distance === Number.POSITIVE_INFINITY;
  return {
    distance: isInfinite ? null : distance,
    debiased: isInfinite ? null : -Math.log1p(-Math.max(squaredHellinger(occupied) - chanceOf(occupied), 0)),
    status: occupied.reference.length < 2 ? "constant" : isInfinite ? "infinite" : "ok",
    // One grows with the other, and the mean by chance of H² is known.
    ...cellPValue(squaredHellinger, chanceOf, used(tested), significance),
  };
}

/** Infinity for sides without a common cell. */
function distanceOf(cells: Cells): number {
  const square = squaredHellinger(cells);
  if (square < 0.5) return -Math.log1p(-square);
  const { reference, current } = cells;
  const n = sum(reference);
  const m = sum(current);
  const overlap = reference.reduce((total, i, k) => total + Math.sqrt(i / n) * Math.sqrt(current[k]! / m), 0);
  return -Math.log(overlap);
}
