/**
 * The two-sample Kuiper test. V = D+ + D-, the largest distances of the two distribution functions in both directions, is
 * as sensitive in the tails as in the middle, and does not change when values on a circle are counted from elsewhere.
 *
 * - Exact where it costs under about 5 million cells (some milliseconds): the share of all orders of the pooled values
 *   with a V at least as large, given the ties. Only where a block of equal values ends can V be attained; ignoring that
 *   makes the test blind on data with many ties.
 * - With too many blocks of ties for that, the exact law without ties, which is conservative: breaking ties in any order
 *   can only make V larger.
 * - Else Kuiper's series [1] with Stephens' correction for finite samples [2].
 *
 * [1] Kuiper: Tests concerning random points on a circle. Proceedings KNAW A 63 (1960).
 * [2] Stephens: Use of the Kolmogorov-Smirnov, Cramér-von Mises and related statistics without extensive tables. Journal
 *     of the Royal Statistical Society B 32 (1970).
 */
import { kuiperAsymptotic, kuiperExact, kuiperExactCells } from "../distributions/kuiper.js";
import { wholeGrid } from "../engine/grid.js";
import { answerNow, both, type Plan } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import { gapsPlan, type Ordered, ratioOf } from "./gap.js";
import { tieEnds } from "./ks-test.js";
import { oneOf } from "./one-of.js";
import { knownOptions } from "./option-checks.js";
import { plain } from "./plain.js";

export interface KuiperOptions {
  /** `auto`: exact where that takes milliseconds. */
  readonly method?: "auto" | "exact" | "asymptotic";
  /** `conditional`: exact p-values given the ties. `ignore`: as if there were none. */
  readonly ties?: "conditional" | "ignore";
}

export interface KuiperResult {
  /** V = D+ + D-: the double nearest to it. */
  readonly statistic: number;
  readonly pValue: number;
  /**
   * Which law the p-value comes from. `continuous`: the exact one without ties although there are some, so that it is too
   * large. `asymptotic`: Kuiper's series.
   */
  readonly method: "exact" | "continuous" | "asymptotic";
  /** `none`: no two values are equal. `ignored`: there may be ties, and the p-value is too large by what they change. */
  readonly ties: "none" | "conditional" | "ignored";
  /** Where the reference's distribution function is farthest above, in the column's unit; `null` where it never is. */
  readonly above: number | string | null;
  /** Where it is farthest below. */
  readonly below: number | string | null;
  readonly n: number;
  readonly m: number;
  readonly missing: MissingOfBoth;
}

/** Cells of lattice paths that `auto` may walk. */
const affordableCells = 5_000_000;

/** And `exact`: some ten seconds. */
const mostCells = 1e10;

/**
 * Two-sample Kuiper test of the null hypothesis that `reference` and `current` were drawn from one distribution, against
 * the alternative that they were not. V is exact on every input.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted, infinite values keep their rank
 * @returns V in [0, 1], its p-value and law, and where the distances are attained
 * @throws RangeError when a side has no value, for options that are none, or when `exact` would take more than 10^10
 *   steps; TypeError for text
 * @see Kuiper (1960), Stephens (1970); oracle: counts of all orders, mpmath, scipy.stats.ks_2samp for both distances
 */
export function kuiperTest(reference: NumericInput, current: NumericInput, options: KuiperOptions = {}): KuiperResult {
  knownOptions("kuiperTest", options, ["method", "ties"]);
  const { method = "auto", ties = "conditional" } = options;
  oneOf("kuiperTest", "method", method, ["auto", "exact", "asymptotic"]);
  oneOf("kuiperTest", "ties", ties, ["conditional", "ignore"]);
  return withSides("kuiperTest", reference, current, (x, y) => {
    const result = answerNow(kuiperPlan(options), x, y);
    const { n, m } = result;
    if (n === 0 || m === 0) throw new RangeError(`kuiperTest: each side needs at least one value, got ${n} and ${m}`);
    return { ...result, missing: { reference: x.missing(), current: y.missing() } };
  });
}

/** The plan behind `kuiperTest`; a side without values gives V = 0 and p = 1. */
export function* kuiperPlan(options: KuiperOptions = {}): Plan<Omit<KuiperResult, "missing">> {
  const { method = "auto", ties = "conditional" } = options;
  const { n, m, largest, ordered } = yield* gapsPlan([1, -1]);
  const [up, down] = [largest[0]!, largest[1]!];
  const gap = up.gap - down.gap;
  const statistic = gap === 0n ? 0 : ratioOf(gap, n, m);
  const found = { statistic, above: plain(up.location), below: plain(down.location), n, m };
  if (gap === 0n) return { ...found, pValue: 1, method: "exact", ties: "ignored" };
  const most = method === "exact" ? mostCells : method === "auto" ? affordableCells : 0;
  const within = (blocks: number | null): boolean => kuiperExactCells(n, m, blocks) <= most;
  if (!within(null)) {
    if (method === "exact") throw tooMany(n, m, null);
    return { ...found, pValue: kuiperAsymptotic(n, m, statistic), method: "asymptotic", ties: "ignored" };
  }
  const without = (): number => kuiperExact(n, m, Number(gap));
  if (ties === "ignore") return { ...found, pValue: without(), method: "exact", ties: "ignored" };
  const sizes = blocksOf(ordered ?? (yield* orderedPlan()));
  if (!sizes) return { ...found, pValue: without(), method: "exact", ties: "none" };
  if (!within(sizes.length)) {
    if (method === "exact") throw tooMany(n, m, sizes.length);
    return { ...found, pValue: without(), method: "continuous", ties: "ignored" };
  }
  return { ...found, pValue: kuiperExact(n, m, Number(gap), sizes), method: "exact", ties: "conditional" };
}

/**
 * The p-value of a gap of at least 1 as `kuiperTest` finds it.
 *
 * @param sizes  of the blocks of equal values, `null` without ties
 */
export function kuiperPValue(n: number, m: number, gap: number, sizes: Uint32Array | null): number {
  const within = (blocks: number | null): boolean => kuiperExactCells(n, m, blocks) <= affordableCells;
  if (!within(null)) return kuiperAsymptotic(n, m, gap / (n * m));
  return sizes && within(sizes.length) ? kuiperExact(n, m, gap, sizes) : kuiperExact(n, m, gap);
}

function tooMany(n: number, m: number, blocks: number | null): RangeError {
  const steps = kuiperExactCells(n, m, blocks).toExponential(1);
  return new RangeError(`kuiperTest: an exact p-value for ${n} and ${m} values would take ${steps} steps`);
}

function* orderedPlan(): Plan<Ordered> {
  const [reference, current] = yield* both("ordered", wholeGrid, Uint32Array.of(0));
  return { reference, current };
}

/** How many pooled values are equal, block by block; `null` when all values differ. */
function blocksOf({ reference, current }: Ordered): Uint32Array | null {
  return tieEnds(reference, current)?.map((end, k, ends) => (k === 0 ? end : end - ends[k - 1]!)) ?? null;
}
