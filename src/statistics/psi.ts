/**
 * Population stability index: sum of (p - q) ln(p / q) over cells with shares p on the reference and q on the current
 * side. Both sides as they come it is the symmetric Kullback-Leibler divergence; in industry 0.1 and 0.25 are read as
 * "some" and "large" change, whatever the number of rows. Under one law it is about (1/n + 1/m) · chi-square [1], which
 * gives the p-value.
 *
 * [1] Yurdakul, Naranjo: Statistical properties of the population stability index. Journal of Risk Model Validation 14
 *     (2020).
 */
import type { CategoryInput } from "../source/categories.js";
import { type Cells, sum } from "./category-cells.js";
import { meanByChance, quadraticLimit } from "./cell-chance.js";
import { type CellPValue, cellPValue } from "./cell-significance.js";
import { type CellOptions, type ComparedSides, cellOptions, comparedCells, sidesOf, used } from "./compared-cells.js";
import { knownOptions, smoothingOfCounts } from "./option-checks.js";
import { productGap } from "./product-gap.js";
import { type CheckedSignificance, significanceOf } from "./significance.js";

export interface PsiOptions extends CellOptions {
  /** Added to every count so that an empty cell does not make the index infinite; 0.5 if not given, 0 for none. */
  readonly smoothing?: number;
}

export interface PsiOfCells extends CellPValue {
  /** `null` where it is infinite. */
  readonly distance: number | null;
  /** The index without what chance contributes to it on average; at least 0. */
  readonly debiased: number | null;
  /** `infinite`: a cell is empty on one side and nothing was added. `constant`: everything is in one cell. */
  readonly status: "ok" | "infinite" | "constant";
}

export interface PsiResult extends PsiOfCells, ComparedSides {
  /** What was added to the count of every cell that is not empty on both sides. */
  readonly smoothing: { readonly perCell: number };
}

/**
 * Population stability index of `current` against `reference`, with the p-value of the null hypothesis that both were
 * drawn from one distribution.
 *
 * @param reference, current  numbers (binned), text or truth values (by category); nulls and NaN are left out and
 *   counted, ±Infinity falls into the outer cells; or `{ counts }` of cells
 * @param options.bins, options.smoothing  recorded in the result
 * @param options.significance  `law` if not given
 * @param options.topK, options.minShare  categories only: which keep a cell of their own; the others share one
 * @returns the index, at least 0; `null` with status `infinite` for an empty cell without smoothing
 * @throws RangeError when a side has no value, for bins or smoothing out of range; TypeError when only one side is text
 * @see oracle: the definition in extended precision
 */
export function psi(reference: CategoryInput, current: CategoryInput, options: PsiOptions = {}): PsiResult {
  knownOptions("psi", options, [...cellOptions, "smoothing"]);
  const { bins, smoothing = 0.5, ...significance } = options;
  smoothingOfCounts("psi", smoothing);
  const checked = significanceOf("psi", significance);
  const compared = comparedCells("psi", reference, current, bins, options);
  const found = psiOf(compared.cells, smoothing, compared.tested, checked);
  return { ...found, smoothing: { perCell: smoothing }, ...sidesOf(compared) };
}

/** The index on counts of both sides in the same cells; its p-value may be of other ones. */
export function psiOf(
  cells: Cells,
  smoothing = 0.5,
  tested: Cells = cells,
  significance: CheckedSignificance = "law",
): PsiOfCells {
  const occupied = used(cells);
  const index = indexOf(occupied, smoothing);
  const distance = Number.isFinite(index) ? index : null;
  return {
    distance,
    debiased: distance === null ? null : Math.max(distance - chanceOf(occupied, smoothing), 0),
    status: occupied.reference.length < 2 ? "constant" : distance === null ? "infinite" : "ok",
    ...cellPValue(
      (of) => indexOf(of, smoothing),
      (of) => chanceOf(of, smoothing),
      used(tested),
      significance,
    ),
  };
}

/** Infinity where a cell is empty and nothing was added. */
function indexOf({ reference, current }: Cells, smoothing: number): number {
  const added = smoothing * reference.length;
  const n = sum(reference) + added;
  const m = sum(current) + added;
  let index = 0;
  for (let k = 0; k < reference.length; k++)
    index += cellIndex(reference[k]! + smoothing, current[k]! + smoothing, n, m);
  return index;
}

/** What chance contributes; without smoothing in the limit, since a cell may be empty. */
function chanceOf(cells: Cells, smoothing: number): number {
  const { length } = cells.reference;
  const added = smoothing * length;
  return meanByChance(
    cells,
    sum(cells.reference),
    sum(cells.current),
    smoothing > 0 ? (i, j, n, m) => cellIndex(i + smoothing, j + smoothing, n + added, m + added) : null,
    quadraticLimit(1, smoothing, length),
  );
}

function cellIndex(i: number, j: number, n: number, m: number): number {
  const gap = productGap(i, m, j, n);
  return gap === 0 ? 0 : (gap / n / m) * logRatio(gap, i * m, j * n);
}

/** ln(p / q) from gap = p - q; near 1 the quotient alone would have lost the digits that matter. */
function logRatio(gap: number, p: number, q: number): number {
  return Math.abs(gap) < q / 2 ? Math.log1p(gap / q) : Math.log(p / q);
}
