/**
 * Wilcoxon's signed-rank test of paired rows.
 *
 * The absolute differences are ranked, and T is the sum of the ranks of the positive ones. If both sides of a pair are
 * exchangeable, each rank is as likely to count as not.
 *
 * - Given the ranks, with ties or without, this law is exact where it takes some milliseconds: up to 200 differences, in
 *   the tails up to some thousand.
 * - Else T is taken for normal, with the variance that the ranks have and a continuity correction of 1/2.
 *
 * The positive differences and the others are two samples: T is Mann and Whitney's U of their absolute values and the
 * number of pairs that one rank each adds, so that long columns are ranked as fast as there.
 *
 * [1] Wilcoxon: Individual comparisons by ranking methods. Biometrics Bulletin 1 (1945).
 * [2] Pratt: Remarks on zeros and ties in the Wilcoxon signed rank procedures. JASA 54 (1959).
 */
import { type Alternative, normal } from "../distributions/index.js";
import { signedRankLaw } from "../distributions/signed-rank.js";
import { denseOf } from "../engine/dense.js";
import { differencesOf } from "../engine/pairs.js";
import { missingPairs, pairedSides } from "../source/pairs.js";
import { answerNow } from "../source/plan.js";
import type { NumericInput } from "../source/sides.js";
import type { Missing } from "../source/source.js";
import { denseSource } from "../source/values.js";
import { oneOf } from "./one-of.js";
import { knownOptions, truthValue } from "./option-checks.js";
import { rankPlan } from "./rank-walk.js";

export interface WilcoxonOptions {
  /** `greater`: the reference's values are the larger ones. */
  readonly alternative?: Alternative;
  /** Rows without a difference: `wilcoxon` leaves them out before ranking (the default), `pratt` after. */
  readonly zeros?: "wilcoxon" | "pratt";
  /** `auto`: exact where that takes milliseconds, else the normal law. */
  readonly method?: "auto" | "exact" | "asymptotic";
  /** Whether the normal law is taken at 1/2 less, as T jumps: yes if not said. */
  readonly continuity?: boolean;
}

export interface WilcoxonResult {
  /** T: the sum of the ranks of the rows in which the reference's value is larger. */
  readonly statistic: number;
  readonly pValue: number;
  /** Which law the p-value comes from. `asymptotic`: the normal one. */
  readonly method: "exact" | "asymptotic";
  /** Rank-biserial correlation of the pairs, from -1 (no value of the reference is larger) to 1. */
  readonly effect: number;
  /** Rows in which both sides hold a value, and those of them in which it is the same. */
  readonly n: number;
  readonly zeros: number;
  readonly missing: Missing;
}

/** Additions that `auto` may take for the exact law: some milliseconds. */
const affordable = 2.5e6;

/** And `exact`: some seconds. */
const mostSteps = 2e9;

/** Up to so many differences the exact law may be worth its ranks. */
const fewDifferences = 10_000;

/**
 * Wilcoxon's test of the null hypothesis that the differences of rows that belong together are symmetric about 0, against
 * the alternative that they tend to one side.
 *
 * @param reference, current  numbers, row by row; rows in which a side is null or NaN are left out and counted; equal
 *   infinities do not differ, others differ infinitely
 * @returns T, its p-value and law, the rank-biserial correlation
 * @throws RangeError when no row has two values, columns are not equally long, or `exact` would take too long; TypeError
 *   for text, and for prepared columns: their rows are in another order
 * @see Wilcoxon (1945), Pratt (1959); oracle: scipy.stats.wilcoxon
 */
export function wilcoxonTest(
  reference: NumericInput,
  current: NumericInput,
  options: WilcoxonOptions = {},
): WilcoxonResult {
  knownOptions("wilcoxonTest", options, ["alternative", "zeros", "method", "continuity"]);
  const { alternative = "two-sided", zeros = "wilcoxon", method = "auto", continuity = true } = options;
  oneOf("wilcoxonTest", "alternative", alternative, ["two-sided", "less", "greater"]);
  oneOf("wilcoxonTest", "zeros", zeros, ["wilcoxon", "pratt"]);
  oneOf("wilcoxonTest", "method", method, ["auto", "exact", "asymptotic"]);
  truthValue("wilcoxonTest", "continuity", continuity);
  const { values, seen } = differencesOf(...pairedSides("wilcoxonTest", reference, current));
  if (values.length === 0) {
    throw new RangeError("wilcoxonTest: at least one row with a value on both sides is needed, got 0");
  }
  return { ...wilcoxonOf(values, options), missing: missingPairs(seen) };
}

/** The test of differences; NaN is the difference of equal infinities. */
export function wilcoxonOf(
  differences: Float64Array,
  { alternative = "two-sided", zeros = "wilcoxon", method = "auto", continuity = true }: WilcoxonOptions = {},
): Omit<WilcoxonResult, "missing"> {
  const [positive, negative] = sizesBySign(differences);
  const [n, m] = [positive.length, negative.length];
  const all = n + m;
  const without = differences.length - all;
  const lowest = zeros === "pratt" ? without : 0;
  const ranks = rankSums(positive, negative);
  // Doubled, since ranks may be halves: integers.
  const sum = ranks.pairs + n * (n + 1) + 2 * lowest * n;
  const total = all * (all + 1) + 2 * lowest * all;
  const statistic = sum / 2;
  const effect = total > 0 ? (2 * sum - total) / total : 0;
  const large = alternative === "greater" ? sum : alternative === "less" ? total - sum : Math.max(sum, total - sum);
  const sides = alternative === "two-sided" ? 2 : 1;
  const result = (tail: number, law: WilcoxonResult["method"]) => ({
    statistic,
    pValue: Math.min(1, sides * tail),
    method: law,
    effect,
    n: differences.length,
    zeros: without,
  });
  const squares = (3 * all * (all + 1) ** 2 + ranks.cubicTies) / 12 + lowest * all * (all + 1 + lowest);
  const normally = () => {
    const deviation = Math.sqrt(squares) / 2;
    const tail = deviation > 0 ? normal.sf((large - total / 2 - Number(continuity)) / 2 / deviation) : 1;
    return result(tail, "asymptotic");
  };
  if (method === "asymptotic" || (method === "auto" && all > fewDifferences)) return normally();
  const law = signedRankLaw(...integers(doubledRanks(positive, negative, lowest), large));
  if (law.cost <= (method === "auto" ? affordable : mostSteps)) return result(law.upperTail(), "exact");
  if (method === "auto") return normally();
  throw new RangeError(
    `wilcoxonTest: an exact p-value for ${all} differences would take ${law.cost.toExponential(1)} steps`,
  );
}

/** Absolute values of the positive differences, and of the negative ones. */
function sizesBySign(differences: Float64Array): [positive: Float64Array, negative: Float64Array] {
  const sizes = new Float64Array(differences.length);
  let [first, last] = [0, sizes.length];
  for (let k = 0; k < differences.length; k++) {
    const value = differences[k]!;
    if (value > 0) sizes[first++] = value;
    else if (value < 0) sizes[--last] = -value;
  }
  return [sizes.subarray(0, first), sizes.subarray(last)];
}

/** Twice the pairs in which the positive one is larger, and what ties leave of the variance. */
function rankSums(positive: Float64Array, negative: Float64Array): { pairs: number; cubicTies: number } {
  return answerNow(rankPlan(), denseSource(denseOf(positive)), denseSource(denseOf(negative)));
}

/** Twice the mid-ranks of the absolute differences, above `lowest` zeros. */
function doubledRanks(positive: Float64Array, negative: Float64Array, lowest: number): Uint32Array {
  const sizes = new Float64Array(positive.length + negative.length);
  sizes.set(positive);
  sizes.set(negative, positive.length);
  sizes.sort();
  const ranks = new Uint32Array(sizes.length);
  for (let from = 0; from < sizes.length; ) {
    let to = from + 1;
    while (to < sizes.length && sizes[to] === sizes[from]) to++;
    ranks.fill(2 * lowest + from + to + 1, from, to);
    from = to;
  }
  return ranks;
}

/** Ranks and their sum, halved where no rank needs to be doubled: a quarter of the steps. */
function integers(ranks: Uint32Array, sum: number): [Uint32Array, number] {
  return ranks.every((rank) => rank % 2 === 0) ? [ranks.map((rank) => rank / 2), sum / 2] : [ranks, sum];
}
