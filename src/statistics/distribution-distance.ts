/**
 * p-norms of what differs between two distributions: their shares in the same cells, or their distribution functions F
 * and G. They join distances that have names of their own:
 *
 *   shares  p = 1: twice the total variation   p = 2: Euclidean   p = ∞: Chebyshev, the largest difference of a share
 *   ecdf    p = 1: Wasserstein of order 1      p = 2: the energy distance over √2   p = ∞: Kolmogorov-Smirnov's D
 *
 * Differences are integers i·m - j·n over n·m, so that equal shares differ by 0, and are taken over the largest one
 * before they are raised to a power, so that no p makes them vanish.
 */
import { finishNorm, startNorm, walkNorm } from "../engine/norm-walk.js";
import type { CategoryInput } from "../source/categories.js";
import { answerNow, type Plan } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import type { BinRule } from "./binned-cells.js";
import { type Cells, sum } from "./category-cells.js";
import { dealtPValue } from "./cell-significance.js";
import { type CellCounts, comparedCells, sidesOf, used } from "./compared-cells.js";
import { energyPlan } from "./energy.js";
import { gapPlan, ratioOf } from "./gap.js";
import { inOrderPlan } from "./in-order.js";
import { oneOf } from "./one-of.js";
import { knownOptions, powerOfNorm } from "./option-checks.js";
import { productGap } from "./product-gap.js";
import { normPValuePlan, type OnRequest, requestedOf, type ValuesPValue } from "./quantile-cells.js";
import type { CheckedResampling } from "./resampled.js";
import { significanceOptions } from "./significance.js";
import { areaPlan } from "./wasserstein.js";

export interface DistributionDistanceOptions extends OnRequest {
  /** At least 1; Infinity is the largest difference. 2 if not given. */
  readonly p?: number;
  /** `shares` (if not given): of cells, as `psi` has them. `ecdf`: distribution functions of numbers. */
  readonly of?: "shares" | "ecdf";
  /** Shares of numbers only: how they are binned, or `distinct` for a cell a value; the reference's deciles if not given. */
  readonly bins?: BinRule | "distinct";
}

/** The p-value is there where it was asked for. */
export interface DistributionDistanceResult extends Partial<ValuesPValue> {
  /** Of shares without a unit; of distribution functions in the p-th root of the column's; `null` when it is infinite. */
  readonly distance: number | null;
  readonly n: number;
  readonly m: number;
  /** `infinite`: the sides hold different shares of an infinity. */
  readonly status: "ok" | "infinite";
  /** `null` stands for Infinity. */
  readonly p: number | null;
  readonly of: "shares" | "ecdf";
  /** The counts behind shares; `null` for distribution functions. */
  readonly cells: CellCounts | null;
  readonly missing: MissingOfBoth;
}

/**
 * Minkowski distance between two distributions: the p-norm of the difference of their shares of cells,
 * (Σ |share - share|^p)^(1/p), or of their distribution functions, (∫ |F - G|^p dx)^(1/p), which is exact on every input.
 *
 * @param reference, current  numbers; for shares also text, truth values or `{ counts }` of cells; nulls and NaN are left out and counted
 * @param options.significance  `resampled`: with a p-value, of shares on their cells, of distribution functions with
 *   values brought down to cells of pooled quantiles
 * @returns the distance, 0 for equal shares or distributions
 * @throws RangeError when a side has no value, for p below 1, for bins that are none; TypeError when a side is text and
 *   the other is not, or where distribution functions are asked for
 * @see Vallender (1974), Székely and Rizzo (2013); oracle: the definition in exact rationals and mpmath
 */
export function distributionDistance(
  reference: CategoryInput,
  current: CategoryInput,
  options: DistributionDistanceOptions = {},
): DistributionDistanceResult {
  knownOptions("distributionDistance", options, ["p", "of", "bins", ...significanceOptions]);
  const { p = 2, of = "shares", bins, ...request } = options;
  const caller = "distributionDistance";
  const settings = requestedOf(caller, request);
  powerOfNorm(caller, p);
  oneOf(caller, "of", of, ["shares", "ecdf"]);
  const power = p === Number.POSITIVE_INFINITY ? null : p;
  if (of === "shares") {
    const compared = comparedCells(caller, reference, current, bins);
    const significance = settings && sharesPValue(compared.tested, p, settings);
    const distance = shareNorm(compared.cells, p);
    return { distance, status: "ok", p: power, of, ...significance, ...sidesOf(compared) };
  }
  if (bins !== undefined) throw new TypeError(`${caller}: bins are of shares, distribution functions have none`);
  return withSides(caller, reference as NumericInput, current as NumericInput, (x, y) => {
    const { distance, n, m } = answerNow(ecdfNormPlan(p), x, y);
    if (n === 0 || m === 0) throw new RangeError(`${caller}: each side needs at least one value, got ${n} and ${m}`);
    const significance = settings && answerNow(normPValuePlan(p, settings), x, y);
    const missing = { reference: x.missing(), current: y.missing() };
    const found = Number.isFinite(distance)
      ? ({ distance, status: "ok" } as const)
      : ({ distance: null, status: "infinite" } as const);
    return { ...found, ...significance, n, m, p: power, of, cells: null, missing };
  });
}

function sharesPValue(tested: Cells, p: number, settings: CheckedResampling): ValuesPValue {
  return { ...dealtPValue((cells) => shareNorm(cells, p), used(tested), settings), exact: true, quantileCells: 0 };
}

/** The p-norm of the differences of shares. */
export function shareNorm({ reference, current }: Cells, p: number): number {
  const n = sum(reference);
  const m = sum(current);
  const gaps = reference.map((count, cell) => Math.abs(productGap(count, m, current[cell]!, n)));
  const largest = gaps.reduce((most, gap) => Math.max(most, gap), 0);
  if (largest === 0 || p === Number.POSITIVE_INFINITY) return largest / n / m;
  const powers = p === 1 ? sum(gaps) / largest : sum(gaps.map((gap) => (gap / largest) ** p)) ** (1 / p);
  return (powers * largest) / n / m;
}

/** The p-norm of F - G: Infinity or NaN when the sides hold different shares of an infinity. */
export function* ecdfNormPlan(p: number): Plan<{ distance: number; n: number; m: number }> {
  if (p === 1) return yield* areaPlan();
  if (p === 2) {
    const { distance, n, m } = yield* energyPlan();
    return { distance: distance / Math.SQRT2, n, m };
  }
  const { gap, n, m } = yield* gapPlan();
  if (n === 0 || m === 0 || gap === 0n) return { distance: 0, n, m };
  const largest = ratioOf(gap, n, m);
  if (p === Number.POSITIVE_INFINITY) return { distance: largest, n, m };
  // Over the largest gap: whatever p, the powers that matter are not tiny.
  const unit = 1 / Math.abs(Number(gap));
  let walked = startNorm();
  yield* inOrderPlan((x, y) => {
    walked = walkNorm(walked, x, y, n, m, unit, p);
  });
  return { distance: largest * finishNorm(walked, p), n, m };
}
