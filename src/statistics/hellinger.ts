/**
 * Hellinger distance on cells: the root of H² = ½ Σ (√p - √q)², for shares p on the reference and q on the current side.
 * Bounded, a metric, finite with empty cells, and therefore never smoothed. It equals 1 - Σ √(p q), which would lose the
 * digits of sides that are close. Under one law H² is about (1/n + 1/m)/8 · chi-square.
 *
 * [1] Hellinger: Neue Begründung der Theorie quadratischer Formen von unendlichvielen Veränderlichen. Journal für die
 *     reine und angewandte Mathematik 136 (1909).
 */
import type { CategoryInput } from "../source/categories.js";
import { type Cells, sum } from "./category-cells.js";
import { meanByChance, quadraticLimit } from "./cell-chance.js";
import { type CellPValue, cellPValue } from "./cell-significance.js";
import { type CellOptions, type ComparedSides, cellOptions, comparedCells, sidesOf, used } from "./compared-cells.js";
import { knownOptions } from "./option-checks.js";
import { productGap } from "./product-gap.js";
import { type CheckedSignificance, significanceOf } from "./significance.js";

export type HellingerOptions = CellOptions;

export interface HellingerOfCells extends CellPValue {
  /** In [0, 1]. */
  readonly distance: number;
  /** The distance without the mean contribution of chance to its square. */
  readonly debiased: number;
  /** `constant`: everything is in one cell. */
  readonly status: "ok" | "constant";
}

export type HellingerResult = HellingerOfCells & ComparedSides;

/**
 * Hellinger distance between `reference` and `current`, with the p-value of the null hypothesis that both were drawn from
 * one distribution.
 *
 * @param reference, current  numbers (binned), text or truth values (by category); nulls and NaN are left out and
 *   counted, ±Infinity falls into the outer cells; or `{ counts }` of cells
 * @param options.bins  recorded in the result
 * @param options.significance  `law` if not given
 * @returns a distance in [0, 1]: 0 for equal shares, 1 for sides without a common cell
 * @throws RangeError when a side has no value, for bins that are none; TypeError when only one side is text
 * @see Hellinger (1909); oracle: the definition in extended precision
 */
export function hellinger(
  reference: CategoryInput,
  current: CategoryInput,
  options: HellingerOptions = {},
): HellingerResult {
  knownOptions("hellinger", options, cellOptions);
  const { bins, ...significance } = options;
  const checked = significanceOf("hellinger", significance);
  const compared = comparedCells("hellinger", reference, current, bins, options);
  return { ...hellingerOf(compared.cells, compared.tested, checked), ...sidesOf(compared) };
}

/** The distance on counts of both sides in the same cells; its p-value may be of other ones. */
export function hellingerOf(
  cells: Cells,
  tested: Cells = cells,
  significance: CheckedSignificance = "law",
): HellingerOfCells {
  const occupied = used(cells);
  const square = squaredHellinger(occupied);
  return {
    distance: Math.sqrt(square),
    debiased: Math.sqrt(Math.max(square - chanceOf(occupied), 0)),
    status: occupied.reference.length < 2 ? "constant" : "ok",
    ...cellPValue(squaredHellinger, chanceOf, used(tested), significance),
  };
}

/** H²: 0 for equal shares, exactly 1 for sides without a common cell. */
export function squaredHellinger({ reference, current }: Cells): number {
  const n = sum(reference);
  const m = sum(current);
  let square = 0;
  let common = false;
  for (let k = 0; k < reference.length; k++) {
    common ||= reference[k]! > 0 && current[k]! > 0;
    square += cellSquare(reference[k]!, current[k]!, n, m);
  }
  return common ? Math.min(square, 1) : 1;
}

/** What chance contributes to H² on average. */
export function chanceOf(cells: Cells): number {
  return meanByChance(cells, sum(cells.reference), sum(cells.current), cellSquare, quadraticLimit(1 / 8));
}

/** ½ (√p - √q)², from p - q. */
function cellSquare(i: number, j: number, n: number, m: number): number {
  if (i === 0 || j === 0) return (i / n + j / m) / 2;
  const difference = productGap(i, m, j, n) / n / m / (Math.sqrt(i / n) + Math.sqrt(j / m));
  return (difference * difference) / 2;
}
