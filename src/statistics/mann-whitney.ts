/**
 * The Mann-Whitney (Wilcoxon rank-sum) test.
 *
 * U counts the pairs in which the reference's value is the larger one, half where they are equal.
 *
 * - Without ties its law is exact at any size (distributions/mann-whitney.ts): the normal law is some per cent off at 50
 *   values a side and, where one side is small, by powers of ten in the tails (10 values all above 20 000 others: 3.5e-37,
 *   the normal law 2.2e-8).
 * - With ties it is the exact one given the ties where that takes some milliseconds, which is up to some dozen values.
 * - Else U is taken for normal, with the variance that the ties leave and a continuity correction of 1/2. That is good
 *   in the middle, and in the tails where both sides are large or the ranks symmetric; of 10 against 1 000 values with
 *   80 % zeros a one-sided p of 0.05 comes out as 0.037, one of 0.001 as 0.00017.
 *
 * [1] Mann, Whitney: On a test of whether one of two random variables is stochastically larger than the other. Annals of
 *     Mathematical Statistics 18 (1947).
 */
import { type Alternative, mannWhitneyExact, normal } from "../distributions/index.js";
import { mannWhitneyTied } from "../distributions/mann-whitney-ties.js";
import { wholeGrid } from "../engine/grid.js";
import { answerNow, both, type Plan } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import { orderAtOnce } from "./gap.js";
import { tieEnds } from "./ks-test.js";
import { oneOf } from "./one-of.js";
import { knownOptions, truthValue } from "./option-checks.js";
import { type Ranks, rankPlan } from "./rank-walk.js";

export interface MannWhitneyOptions {
  /** `greater`: the reference's values are the larger ones. */
  readonly alternative?: Alternative;
  /** `auto`: exact without ties, and with ties where that takes milliseconds; else the normal law. */
  readonly method?: "auto" | "exact" | "asymptotic";
  /** `conditional`: exact p-values given the ties. `ignore`: exact ones as if there were none, only on request. */
  readonly ties?: "conditional" | "ignore";
  /** Whether the normal law is taken at half a pair less, as U jumps: yes if not said. */
  readonly continuity?: boolean;
}

export interface MannWhitneyResult {
  /** U: in how many pairs the reference's value is larger, half where they are equal. */
  readonly statistic: number;
  readonly pValue: number;
  /** Which law the p-value comes from. `asymptotic`: the normal one. */
  readonly method: "exact" | "asymptotic";
  /** `none`: no two values are equal. `conditional`: the law allows for them. */
  readonly ties: "none" | "conditional" | "ignored";
  /** Rank-biserial correlation, from -1 (all of the reference's values are smaller) to 1. */
  readonly effect: number;
  readonly n: number;
  readonly m: number;
  readonly missing: MissingOfBoth;
}

/** Additions that `auto` may take for a law given the ties: some milliseconds. */
const affordable = 2.5e6;

/** And `exact`: some seconds. */
const mostSteps = 2e9;

/**
 * Mann-Whitney test of the null hypothesis that `reference` and `current` were drawn from one distribution, against the
 * alternative that the values of one tend to be larger.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted, infinite values keep their rank
 * @returns U between 0 and n·m, its p-value and law, the rank-biserial correlation 2U / (n·m) - 1
 * @throws RangeError when a side has no value, for options that are none, or when `exact` would take too long; TypeError
 *   for text
 * @see Mann and Whitney (1947); oracle: scipy.stats.mannwhitneyu
 */
export function mannWhitneyTest(
  reference: NumericInput,
  current: NumericInput,
  options: MannWhitneyOptions = {},
): MannWhitneyResult {
  knownOptions("mannWhitneyTest", options, ["alternative", "method", "ties", "continuity"]);
  const { alternative = "two-sided", method = "auto", ties = "conditional", continuity = true } = options;
  oneOf("mannWhitneyTest", "alternative", alternative, ["two-sided", "less", "greater"]);
  oneOf("mannWhitneyTest", "method", method, ["auto", "exact", "asymptotic"]);
  oneOf("mannWhitneyTest", "ties", ties, ["conditional", "ignore"]);
  truthValue("mannWhitneyTest", "continuity", continuity);
  return withSides("mannWhitneyTest", reference, current, (x, y) => {
    const result = answerNow(mannWhitneyPlan(options), x, y);
    const { n, m } = result;
    if (n === 0 || m === 0) {
      throw new RangeError(`mannWhitneyTest: each side needs at least one value, got ${n} and ${m}`);
    }
    return { ...result, missing: { reference: x.missing(), current: y.missing() } };
  });
}

/** The plan behind `mannWhitneyTest`; a side without values gives U = 0 and p = 1. */
export function* mannWhitneyPlan(options: MannWhitneyOptions = {}): Plan<Omit<MannWhitneyResult, "missing">> {
  const { alternative = "two-sided", method = "auto", ties = "conditional", continuity = true } = options;
  const ranks = yield* rankPlan();
  const { n, m, pairs, tied, ordered } = ranks;
  const found = { statistic: pairs / 2, effect: n > 0 && m > 0 ? (pairs - n * m) / (n * m) : 0, n, m };
  if (n === 0 || m === 0) return { ...found, pValue: 1, method: "exact", ties: "none" };
  // What has to be large for a small p-value, doubled: an integer.
  const opposite = 2 * n * m - pairs;
  const large = alternative === "greater" ? pairs : alternative === "less" ? opposite : Math.max(pairs, opposite);
  const sides = alternative === "two-sided" ? 2 : 1;
  const result = (tail: number, law: MannWhitneyResult["method"], ties: MannWhitneyResult["ties"]) => ({
    ...found,
    pValue: Math.min(1, sides * tail),
    method: law,
    ties,
  });
  const normally = () => result(normalTail(ranks, large, continuity), "asymptotic", tied > 0 ? "conditional" : "none");
  if (method === "asymptotic") return normally();
  if (tied === 0) return result(mannWhitneyExact(n, m, large / 2), "exact", "none");
  if (ties === "ignore") {
    return method === "auto" ? normally() : result(mannWhitneyExact(n, m, Math.floor(large / 2)), "exact", "ignored");
  }
  // The cost of long columns is known before their ties are. Values count, not rows: null ones must not change a law.
  if (method === "auto" && n + m > orderAtOnce) return normally();
  const [x, y] = ordered ? [ordered.reference, ordered.current] : yield* both("ordered", wholeGrid, Uint32Array.of(0));
  const ends = tieEnds(x, y)!;
  // U at its mean, where the tail may be less than a half on either side.
  if (alternative === "two-sided" && pairs === opposite) return result(1, "exact", "conditional");
  const isReversed = alternative === "less" || (alternative === "two-sided" && large !== pairs);
  const law = mannWhitneyTied(n, m, large, isReversed ? backwards(ends) : ends);
  if (law.cost <= (method === "auto" ? affordable : mostSteps)) return result(law.upperTail(), "exact", "conditional");
  if (method === "auto") return normally();
  throw new RangeError(
    `mannWhitneyTest: an exact p-value for ${n} and ${m} values with ties would take ${law.cost.toExponential(1)} steps`,
  );
}

/** P(twice U ≥ `large`) by the normal law, given the ties. */
export function normalTail(
  { n, m, cubicTies }: Pick<Ranks, "n" | "m" | "cubicTies">,
  large: number,
  continuity: boolean,
): number {
  const total = n + m;
  const variance = ((n * m) / 12 / total / (total - 1)) * cubicTies;
  return variance > 0 ? normal.sf((large - n * m - Number(continuity)) / 2 / Math.sqrt(variance)) : 1;
}

/** Where the runs end when all values are negated: of those U is n·m - U. */
function backwards(ends: Uint32Array): Uint32Array {
  const all = ends[ends.length - 1]!;
  const starts = Uint32Array.from(ends, (_, k) => (k > 0 ? ends[k - 1]! : 0));
  return starts.map((start) => all - start).reverse();
}
