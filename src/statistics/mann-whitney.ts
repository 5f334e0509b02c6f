/**
 * The Mann-Whitney (Wilcoxon rank-sum) test.
 *
 * U counts the pairs in which the reference's value is the larger one, half where they are equal. Without ties its exact
 * law follows by taking the largest pooled value away: with probability n/(n + m) it is the reference's and beats all m,
 *   P(n, m; u) = n/(n + m) P(n - 1, m; u - m) + m/(n + m) P(n, m - 1; u).
 * With ties, or 50 values on a side, U is taken for normal, with the variance that the ties leave and a continuity
 * correction of 1/2.
 *
 * [1] Mann, Whitney: On a test of whether one of two random variables is stochastically larger than the other. Annals of
 *     Mathematical Statistics 18 (1947).
 */
import { type Alternative, normal } from "../distributions/index.js";
import { answerNow, type Plan } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import { type Ranks, rankPlan } from "./rank-walk.js";

export interface MannWhitneyOptions {
  /** `greater`: the reference's values are the larger ones. */
  readonly alternative?: Alternative;
  /** `auto`: exact without ties and with less than 50 values on both sides. `exact` ignores ties. */
  readonly method?: "auto" | "exact" | "asymptotic";
}

export interface MannWhitneyResult {
  /** U: in how many pairs the reference's value is larger, half where they are equal. */
  readonly statistic: number;
  readonly pValue: number;
  readonly method: "exact" | "asymptotic";
  /** Rank-biserial correlation, from -1 (all of the reference's values are smaller) to 1. */
  readonly effect: number;
  readonly n: number;
  readonly m: number;
}

/** From this many values on a side, `auto` takes the normal law. */
const exactBelow = 50;

/** Numbers that an exact law may take: some seconds. */
const mostSteps = 2e9;

/**
 * Mann-Whitney test of the null hypothesis that `reference` and `current` were drawn from one distribution, against the
 * alternative that the values of one tend to be larger.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted, infinite values keep their rank
 * @returns U between 0 and n·m, its p-value and law, the rank-biserial correlation 2U / (n·m) - 1
 * @throws RangeError when a side has no value, or `exact` would take too long; TypeError for text
 * @see Mann and Whitney (1947); oracle: scipy.stats.mannwhitneyu
 */
export function mannWhitneyTest(
  reference: NumericInput,
  current: NumericInput,
  options: MannWhitneyOptions = {},
): MannWhitneyResult & { missing: MissingOfBoth } {
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
export function* mannWhitneyPlan(options: MannWhitneyOptions = {}): Plan<MannWhitneyResult> {
  return mannWhitneyOf(yield* rankPlan(), options);
}

/** The test from the sums of a walk. */
export function mannWhitneyOf(ranks: Ranks, options: MannWhitneyOptions): MannWhitneyResult {
  const { alternative = "two-sided", method = "auto" } = options;
  const { n, m, pairs, tied } = ranks;
  const statistic = pairs / 2;
  if (n === 0 || m === 0) return { statistic, pValue: 1, method: "exact", effect: 0, n, m };
  // What has to be large for a small p-value, doubled: an integer.
  const opposite = 2 * n * m - pairs;
  const large = alternative === "greater" ? pairs : alternative === "less" ? opposite : Math.max(pairs, opposite);
  const exact = method === "exact" || (method === "auto" && tied === 0 && Math.max(n, m) < exactBelow);
  const tail = exact ? exactTail(n, m, Math.floor(large / 2)) : normalTail(ranks, large);
  return {
    statistic,
    pValue: alternative === "two-sided" ? Math.min(1, 2 * tail) : tail,
    method: exact ? "exact" : "asymptotic",
    effect: (pairs - n * m) / (n * m),
    n,
    m,
  };
}

function normalTail({ n, m, cubicTies }: Ranks, large: number): number {
  const total = n + m;
  const variance = ((n * m) / 12 / total / (total - 1)) * cubicTies;
  return variance > 0 ? normal.sf((large - n * m - 1) / 2 / Math.sqrt(variance)) : 1;
}

/** P(U ≥ u) without ties. */
function exactTail(n: number, m: number, u: number): number {
  const steps = n * m * Math.min(u, n * m - u + 1);
  if (steps > mostSteps) {
    throw new RangeError(
      `mannWhitneyTest: an exact p-value for ${n} and ${m} values would take ${steps.toExponential(1)} steps`,
    );
  }
  // U and n·m - U have one law: the shorter tail is summed, so that none is the rest of a subtraction unless it is large.
  const below = n * m - u;
  return 2 * below < n * m ? lowerTail(n, m, below) : 1 - lowerTail(n, m, u - 1);
}

/** P(U ≤ u), with all of its digits. */
function lowerTail(one: number, other: number, u: number): number {
  if (u < 0) return 0;
  // The law is the same for sides swapped, and takes a row for each value of the smaller one.
  const n = Math.max(one, other);
  const m = Math.min(one, other);
  const rows = Array.from({ length: m + 1 }, () => new Float64Array(u + 1));
  // With no value of the reference U is 0.
  for (const row of rows) row[0] = 1;
  for (let i = 1; i <= n; i++) {
    // With no value of the current side U stays 0, as in row 0.
    for (let j = 1; j <= m; j++) {
      const own = rows[j]!;
      const less = rows[j - 1]!;
      const fromReference = i / (i + j);
      const fromCurrent = j / (i + j);
      const most = Math.min(u, i * j);
      for (let k = most; k >= j; k--) own[k] = fromReference * own[k - j]! + fromCurrent * less[k]!;
      for (let k = Math.min(j - 1, most); k >= 0; k--) own[k] = fromCurrent * less[k]!;
    }
  }
  return Math.min(
    1,
    rows[m]!.reduce((sum, share) => sum + share, 0),
  );
}
