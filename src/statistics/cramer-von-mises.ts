/**
 * The two-sample Cramér-von Mises test.
 *
 * T = n·m / N² · Σ (F - G)² over the N = n + m pooled values. With g the gap i·m - j·n before and h that after a run of t
 * equal values, crossed in a straight line,
 *   T = Σ t (g² + g·h + h²) / (3 N² n m) + 1 / (6 N),
 * without the cancellation of Anderson's formula from ranks [1], and equal to it where no values are tied.
 *
 * - Up to 20 values a side: the share of all orders of the pooled values with a T at least as large, given the ties.
 * - Else the limit law, after T is brought to its mean and variance by the exact ones [1]. Ties lower both: the mean
 *   exactly by the share of pairs that are tied, the variance by what a Brownian bridge loses when it is drawn straight
 *   across the runs.
 *
 * With mid-ranks and n ≠ m, Anderson's formula has a term (n - m)² Σ t³ that grows with the samples and rejects what is
 * equal; `ties: "ignore"` gives that statistic, and the law of samples without ties.
 *
 * [1] Anderson: On the distribution of the two-sample Cramér-von Mises criterion. Annals of Mathematical Statistics 33
 *     (1962).
 */
import { cramerVonMises } from "../distributions/index.js";
import { wholeGrid } from "../engine/grid.js";
import { answerNow, both, type Plan } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import { shareAtLeast } from "./cramer-von-mises-exact.js";
import { tieEnds } from "./ks-test.js";
import { oneOf } from "./one-of.js";
import { knownOptions } from "./option-checks.js";
import { type Ranks, rankPlan } from "./rank-walk.js";

export interface CramerVonMisesOptions {
  /** `auto`: exact up to 20 values a side, which is also the most that `exact` takes. */
  readonly method?: "auto" | "exact" | "asymptotic";
  /** `conditional`: given the ties. `ignore`: mid-ranks in the formula and the law for no ties, SciPy's choice. */
  readonly ties?: "conditional" | "ignore";
}

export interface CramerVonMisesResult {
  /** T; about 1/6 under the null hypothesis. */
  readonly statistic: number;
  readonly pValue: number;
  readonly method: "exact" | "asymptotic";
  /** `none`: no two values are equal. */
  readonly ties: "none" | "conditional" | "ignored";
  readonly n: number;
  readonly m: number;
  readonly missing: MissingOfBoth;
}

const mostExact = 20;

/**
 * Two-sample Cramér-von Mises test of the null hypothesis that `reference` and `current` were drawn from one
 * distribution, against the alternative that they were not.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted, infinite values keep their rank
 * @returns T, its p-value and law
 * @throws RangeError when a side has no value, for options that are none, or when `exact` is asked for beyond 20 a side;
 *   TypeError for text
 * @see Anderson (1962); oracle: scipy.stats.cramervonmises_2samp
 */
export function cramerVonMisesTest(
  reference: NumericInput,
  current: NumericInput,
  options: CramerVonMisesOptions = {},
): CramerVonMisesResult {
  knownOptions("cramerVonMisesTest", options, ["method", "ties"]);
  const { method = "auto", ties = "conditional" } = options;
  oneOf("cramerVonMisesTest", "method", method, ["auto", "exact", "asymptotic"]);
  oneOf("cramerVonMisesTest", "ties", ties, ["conditional", "ignore"]);
  return withSides("cramerVonMisesTest", reference, current, (x, y) => {
    const result = answerNow(cramerVonMisesPlan(options), x, y);
    const { n, m } = result;
    if (n === 0 || m === 0) {
      throw new RangeError(`cramerVonMisesTest: each side needs at least one value, got ${n} and ${m}`);
    }
    return { ...result, missing: { reference: x.missing(), current: y.missing() } };
  });
}

/** The plan behind `cramerVonMisesTest`; a side without values gives T = 0 and p = 1. */
export function* cramerVonMisesPlan(options: CramerVonMisesOptions = {}): Plan<Omit<CramerVonMisesResult, "missing">> {
  const { method = "auto" } = options;
  const ranks = yield* rankPlan();
  const { n, m, tied } = ranks;
  if (n === 0 || m === 0) return { statistic: 0, pValue: 1, method: "exact", ties: "none", n, m };
  const ignoring = options.ties === "ignore" && tied > 0;
  const ties = tied === 0 ? "none" : ignoring ? "ignored" : "conditional";
  const most = Math.max(n, m);
  if (method === "exact" && most > mostExact) {
    throw new RangeError(`cramerVonMisesTest: exact p-values are for at most ${mostExact} values a side, got ${most}`);
  }
  const total = n + m;
  const squares = ranks.squares + (ignoring ? (total * ranks.midranks) / 4 : 0);
  const statistic = statisticOf(squares, n, m);
  const found = { statistic, ties, n, m } as const;
  if (method === "asymptotic" || most > mostExact) {
    return { ...found, pValue: limitTail(statistic, ranks, ignoring), method: "asymptotic" };
  }
  if (ignoring) return { ...found, pValue: shareAtLeast(latticeOf(squares, n, m), n, m, null), method: "exact" };
  const [x, y] = yield* both("ordered", wholeGrid, Uint32Array.of(0));
  return { ...found, pValue: shareAtLeast(squares, n, m, tieEnds(x, y)), method: "exact" };
}

/** What T and its limit law are made of. */
export type SquaredGaps = Pick<Ranks, "n" | "m" | "squares" | "squareTies" | "tieVariance">;

/** T and its p-value from the limit law, of a walk that was for something else too. */
export function cramerVonMisesOf(ranks: SquaredGaps): { readonly statistic: number; readonly pValue: number } {
  const statistic = statisticOf(ranks.squares, ranks.n, ranks.m);
  return { statistic, pValue: limitTail(statistic, ranks, false) };
}

function statisticOf(squares: number, n: number, m: number): number {
  const total = n + m;
  return squares / 3 / total / total / n / m + 1 / (6 * total);
}

function limitTail(
  statistic: number,
  { n, m, squares, squareTies, tieVariance }: SquaredGaps,
  ignoring: boolean,
): number {
  const total = n + m;
  if (squares === 0 && !ignoring) return 1;
  const mean = (ignoring ? 1 / 6 : squareTies / total / (total - 1) / 6) + 1 / (6 * total);
  const untied = ((total + 1) / total / total) * (total - 0.75 * (n / m + m / n) - 0.5);
  // 45 times the variance, which is 1 in the limit.
  const variance = untied * (ignoring ? 1 : 1 - 90 * tieVariance);
  return variance > 0 ? cramerVonMises.sf(1 / 6 + (statistic - mean) / Math.sqrt(variance)) : 1;
}

/** The next lower value that can occur without ties, as SciPy rounds. */
function latticeOf(squares: number, n: number, m: number): number {
  const step = 3 * commonDivisor(n, m) ** 2;
  const offset = (n * m * (n + m)) / 2;
  return step * Math.floor((squares + offset) / step) - offset;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
