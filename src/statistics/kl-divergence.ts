/**
 * Kullback-Leibler divergence of the current side from the reference: sum of p ln(p / q) over cells with shares p on the
 * reference and q on the current side. It is not symmetric: PSI is the sum of both directions. Under one law it is about
 * (1/n + 1/m)/2 · chi-square.
 *
 * A cell adds p ln(p / q) - (p - q), which makes no difference to the sum and is never negative: with u = q/p - 1 it is
 * p (u - ln(1 + u)), and near 0 that is computed without its cancellation.
 *
 * [1] Kullback, Leibler: On information and sufficiency. Annals of Mathematical Statistics 22 (1951).
 */
import type { CategoryInput } from "../source/categories.js";
import { type Cells, sum } from "./category-cells.js";
import { meanByChance, quadraticLimit } from "./cell-chance.js";
import { type CellPValue, cellPValue } from "./cell-significance.js";
import { type CellOptions, type ComparedSides, cellOptions, comparedCells, sidesOf, used } from "./compared-cells.js";
import { baseOfLogarithm, knownOptions, smoothingOfCounts } from "./option-checks.js";
import { productGap } from "./product-gap.js";
import { type CheckedSignificance, significanceOf } from "./significance.js";

export interface KlOptions extends CellOptions {
  /** Base of the logarithm; e (the divergence is in nats) if not given, 2 for bits. */
  readonly base?: number;
  /** Added to every count so that an empty cell does not make the divergence infinite; 0.5 if not given, 0 for none. */
  readonly smoothing?: number;
}

export interface KlOfCells extends CellPValue {
  /** `null` where it is infinite. */
  readonly distance: number | null;
  /** The divergence without what chance contributes to it on average; at least 0. */
  readonly debiased: number | null;
  /** `infinite`: the current side lacks a cell that the reference has, and nothing was added. `constant`: one cell only. */
  readonly status: "ok" | "infinite" | "constant";
}

export interface KlResult extends KlOfCells, ComparedSides {
  readonly base: number;
  /** What was added to the count of every cell that is not empty on both sides. */
  readonly smoothing: { readonly perCell: number };
}

/**
 * Kullback-Leibler divergence KL(reference ‖ current), with the p-value of the null hypothesis that both were drawn from
 * one distribution.
 *
 * @param reference, current  numbers (binned), text or truth values (by category); nulls and NaN are left out and
 *   counted, ±Infinity falls into the outer cells; or `{ counts }` of cells
 * @param options.bins, options.base, options.smoothing  recorded in the result
 * @param options.significance  `law` if not given
 * @returns the divergence, at least 0, in nats unless a base is given; `null` with status `infinite` where the current
 *   side lacks a cell of the reference's and nothing is added
 * @throws RangeError when a side has no value, for bins, base or smoothing out of range; TypeError when only one side is
 *   text
 * @see Kullback and Leibler (1951); oracle: the definition in extended precision, scipy.stats.entropy
 */
export function klDivergence(reference: CategoryInput, current: CategoryInput, options: KlOptions = {}): KlResult {
  knownOptions("klDivergence", options, [...cellOptions, "base", "smoothing"]);
  const { bins, base = Math.E, smoothing = 0.5, ...significance } = options;
  baseOfLogarithm("klDivergence", base);
  smoothingOfCounts("klDivergence", smoothing);
  const checked = significanceOf("klDivergence", significance);
  const compared = comparedCells("klDivergence", reference, current, bins, options);
  const found = klOf(compared.cells, base, smoothing, compared.tested, checked);
  return { ...found, base, smoothing: { perCell: smoothing }, ...sidesOf(compared) };
}

/** The divergence on counts of both sides in the same cells; its p-value may be of other ones. */
export function klOf(
  cells: Cells,
  base = Math.E,
  smoothing = 0.5,
  tested: Cells = cells,
  significance: CheckedSignificance = "law",
): KlOfCells {
  const occupied = used(cells);
  const nats = divergenceOf(occupied, smoothing);
  const isInfinite = nats === Number.POSITIVE_INFINITY;
  const unit = base === Math.E ? 1 : Math.log(base);
  return {
    distance: isInfinite ? null : nats / unit,
    debiased: isInfinite ? null : Math.max(nats - chanceOf(occupied, smoothing), 0) / unit,
    status: occupied.reference.length < 2 ? "constant" : isInfinite ? "infinite" : "ok",
    ...cellPValue(
      (of) => divergenceOf(of, smoothing),
      (of) => chanceOf(of, smoothing),
      used(tested),
      significance,
      enoughExpected,
    ),
  };
}

/** It is not symmetric, so that third powers of deviations stay: with expected counts of 20 it rejects 1.3 % at 1 %. */
const enoughExpected = 50;

/** In nats; Infinity where the current side is empty, the reference is not, and nothing was added. */
function divergenceOf({ reference, current }: Cells, smoothing: number): number {
  const added = smoothing * reference.length;
  const n = sum(reference) + added;
  const m = sum(current) + added;
  let divergence = 0;
  for (let k = 0; k < reference.length; k++) {
    divergence += cellDivergence(reference[k]! + smoothing, current[k]! + smoothing, n, m);
  }
  return divergence;
}

/** What chance contributes, in nats; without smoothing in the limit, since a cell may be empty. */
function chanceOf(cells: Cells, smoothing: number): number {
  const { length } = cells.reference;
  const added = smoothing * length;
  return meanByChance(
    cells,
    sum(cells.reference),
    sum(cells.current),
    smoothing > 0 ? (i, j, n, m) => cellDivergence(i + smoothing, j + smoothing, n + added, m + added) : null,
    quadraticLimit(1 / 2, smoothing, length),
  );
}

function cellDivergence(i: number, j: number, n: number, m: number): number {
  if (i === 0) return j / m;
  if (j === 0) return Number.POSITIVE_INFINITY;
  return (i / n) * lessLogarithm(productGap(j, n, i, m) / (i * m), (j / m) * (n / i));
}

/** u - ln(1 + u); near 0 with v = u / (2 + u) it is u·v - 2 (v³/3 + v⁵/5 + …), since ln(1 + u) = 2 artanh(v). */
function lessLogarithm(u: number, ratio: number): number {
  if (Math.abs(u) > 0.5) return u - Math.log(ratio);
  const v = u / (2 + u);
  const square = v * v;
  let power = v * square;
  let series = 0;
  for (let k = 3; k <= 35; k += 2) {
    series += power / k;
    power *= square;
  }
  return u * v - 2 * series;
}
