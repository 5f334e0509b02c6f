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
import type { MissingOfBoth } from "../source/sides.js";
import type { BinRule } from "./binned-cells.js";
import { type Cells, sum } from "./category-cells.js";
import { type CategoryGrouping, groupingOptions } from "./category-groups.js";
import { type CellCounts, type CellPValue, cellPValue, comparedCells, sizesOf, used } from "./compared-cells.js";
import { knownOptions } from "./option-checks.js";
import { productGap } from "./product-gap.js";

export interface PsiOptions extends CategoryGrouping {
  /** Numbers only: how they are binned, or `distinct` for a cell a value; the reference's deciles if not given. */
  readonly bins?: BinRule | "distinct";
  /** Added to every count so that an empty cell does not make the index infinite; 0.5 if not given, 0 for none. */
  readonly smoothing?: number;
}

export interface PsiOfCells extends CellPValue {
  /** `null` where it is infinite. */
  readonly distance: number | null;
  /** The index without what chance contributes to it on average, (1/n + 1/m) times the cells less one; at least 0. */
  readonly debiased: number | null;
  /** `infinite`: a cell is empty on one side and nothing was added. `constant`: everything is in one cell. */
  readonly status: "ok" | "infinite" | "constant";
}

export interface PsiResult extends PsiOfCells {
  /** What was added to the count of every cell that is not empty on both sides. */
  readonly smoothing: { readonly perCell: number };
  readonly n: number;
  readonly m: number;
  readonly cells: CellCounts;
  readonly missing: MissingOfBoth;
}

/**
 * Population stability index of `current` against `reference`, with the p-value of the null hypothesis that both were
 * drawn from one distribution.
 *
 * @param reference, current  numbers (binned), text or truth values (by category); nulls and NaN are left out and
 *   counted, ±Infinity falls into the outer cells; or `{ counts }` of cells
 * @param options.bins, options.smoothing  recorded in the result
 * @param options.topK, options.minShare  categories only: which keep a cell of their own; the others share one
 * @returns the index, at least 0; `null` with status `infinite` for an empty cell without smoothing
 * @throws RangeError when a side has no value, for bins or smoothing out of range; TypeError when only one side is text
 * @see oracle: the definition in extended precision
 */
export function psi(reference: CategoryInput, current: CategoryInput, options: PsiOptions = {}): PsiResult {
  knownOptions("psi", options, ["bins", "smoothing", ...groupingOptions]);
  const { bins, smoothing = 0.5 } = options;
  if (!(typeof smoothing === "number" && smoothing >= 0 && smoothing < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`psi: smoothing must be a number of at least 0, got ${smoothing}`);
  }
  const { cells, tested, shown, missing } = comparedCells("psi", reference, current, bins, options);
  return {
    ...psiOf(cells, smoothing, tested),
    smoothing: { perCell: smoothing },
    ...sizesOf(cells),
    cells: shown,
    missing,
  };
}

/** The index on counts of both sides in the same cells; its p-value may be of other ones. */
export function psiOf(cells: Cells, smoothing = 0.5, tested: Cells = cells): PsiOfCells {
  const { reference, current } = used(cells);
  const distance = indexOf({ reference, current }, smoothing);
  const chance = (1 / sum(reference) + 1 / sum(current)) * (reference.length - 1);
  const forTest = used(tested);
  return {
    distance,
    debiased: distance === null ? null : Math.max(distance - chance, 0),
    status: reference.length < 2 ? "constant" : distance === null ? "infinite" : "ok",
    ...cellPValue(tested === cells ? distance : indexOf(forTest, smoothing), 1, forTest),
  };
}

/** `null` where it is infinite. */
function indexOf({ reference, current }: Cells, smoothing: number): number | null {
  const n = sum(reference) + smoothing * reference.length;
  const m = sum(current) + smoothing * current.length;
  let index = 0;
  for (let k = 0; k < reference.length; k++) {
    const i = reference[k]! + smoothing;
    const j = current[k]! + smoothing;
    const gap = productGap(i, m, j, n);
    if (gap !== 0) index += (gap / n / m) * logRatio(gap, i * m, j * n);
  }
  return Number.isFinite(index) ? index : null;
}

/** ln(p / q) from gap = p - q; near 1 the quotient alone would have lost the digits that matter. */
function logRatio(gap: number, p: number, q: number): number {
  return Math.abs(gap) < q / 2 ? Math.log1p(gap / q) : Math.log(p / q);
}
