/**
 * Jensen-Shannon distance on cells: the square root of the divergence of both sides from their even mixture. Bounded, a
 * metric, finite with empty cells, and therefore never smoothed. Under one law the divergence (in nats) is about
 * (1/n + 1/m)/8 · chi-square, so small samples look distant: `debiased` takes off what chance contributes.
 */
import type { CategoryInput } from "../source/categories.js";
import { type Cells, sum } from "./category-cells.js";
import { type CellPValue, cellPValue } from "./cell-significance.js";
import { type CellOptions, type ComparedSides, cellOptions, comparedCells, sidesOf, used } from "./compared-cells.js";
import { jensenShannonDivergence } from "./jensen-shannon-divergence.js";
import { meanDivergence } from "./jensen-shannon-null.js";
import { baseOfLogarithm, knownOptions } from "./option-checks.js";
import { type CheckedSignificance, significanceOf } from "./significance.js";

export interface JensenShannonOptions extends CellOptions {
  /** Base of the logarithm; 2, with which the distance lies in [0, 1], if not given. */
  readonly base?: number;
}

export interface JensenShannonOfCells extends CellPValue {
  readonly distance: number;
  /** The distance without the mean contribution of chance to the divergence. */
  readonly debiased: number;
  /** `constant`: everything is in one cell. */
  readonly status: "ok" | "constant";
}

export interface JensenShannonResult extends JensenShannonOfCells, ComparedSides {
  readonly base: number;
}

/**
 * Jensen-Shannon distance between `reference` and `current`, with the p-value of the null hypothesis that both were
 * drawn from one distribution.
 *
 * @param reference, current  numbers (binned), text or truth values (by category); nulls and NaN are left out and
 *   counted, ±Infinity falls into the outer cells; or `{ counts }` of cells
 * @param options.bins, options.base  recorded in the result
 * @param options.significance  `law` if not given
 * @param options.topK, options.minShare  categories only: which keep a cell of their own; the others share one
 * @returns with base 2 a distance in [0, 1]: 0 for equal shares, 1 for sides without a common cell
 * @throws RangeError when a side has no value, for bins or a base out of range; TypeError when only one side is text
 * @see Endres and Schindelin (2003); oracle: scipy.spatial.distance.jensenshannon
 */
export function jensenShannon(
  reference: CategoryInput,
  current: CategoryInput,
  options: JensenShannonOptions = {},
): JensenShannonResult {
  knownOptions("jensenShannon", options, [...cellOptions, "base"]);
  const { bins, base = 2, ...significance } = options;
  baseOfLogarithm("jensenShannon", base);
  const checked = significanceOf("jensenShannon", significance);
  const compared = comparedCells("jensenShannon", reference, current, bins, options);
  return { ...jensenShannonOf(compared.cells, base, compared.tested, checked), base, ...sidesOf(compared) };
}

/** The distance on counts of both sides in the same cells; its p-value may be of other ones. */
export function jensenShannonOf(
  cells: Cells,
  base = 2,
  tested: Cells = cells,
  significance: CheckedSignificance = "law",
): JensenShannonOfCells {
  const { reference, current } = used(cells);
  const n = sum(reference);
  const m = sum(current);
  const divergence = jensenShannonDivergence(reference, current, n, m);
  const excess = Math.max(divergence - meanDivergence(reference, current, n, m), 0);
  const unit = Math.log(base);
  return {
    distance: Math.sqrt(divergence / unit),
    debiased: Math.sqrt(excess / unit),
    status: reference.length < 2 ? "constant" : "ok",
    ...cellPValue(divergenceOf, chanceOf, used(tested), significance),
  };
}

function chanceOf({ reference, current }: Cells): number {
  return meanDivergence(reference, current, sum(reference), sum(current));
}

function divergenceOf({ reference, current }: Cells): number {
  return jensenShannonDivergence(reference, current, sum(reference), sum(current));
}
