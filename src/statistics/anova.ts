/**
 * One-way analysis of variance.
 *
 * The sums of squares come from each group's moments: within groups the sum of their central sums m2, between groups
 * Σ n_i (mean_i - grand mean)². Means are taken relative to that of the largest group, with what rounding took from
 * them, and the grand mean is corrected for its own rounding [2]: where all values lie far from zero no digit that
 * doubles can hold is lost.
 *
 * [1] Fisher: Statistical Methods for Research Workers (1925).
 * [2] Chan, Golub, LeVeque: Algorithms for computing the sample variance. The American Statistician 37 (1983).
 */
import { fisherF } from "../distributions/index.js";
import { answerNow, each, type Plan } from "../source/plan.js";
import { type NumericInput, withGroups } from "../source/sides.js";
import type { Missing, Moments } from "../source/source.js";
import { differenceOfMeans, exponentFor, timesPower } from "./moments.js";
import { finite } from "./plain.js";
import { isSummary, momentsOfSummary, type SampleSummary } from "./sample-summary.js";

export interface AnovaResult {
  /** F, the ratio of the mean squares; `null` unless the status is `ok`. */
  readonly statistic: number | null;
  readonly degreesOfFreedom: readonly [between: number, within: number];
  readonly pValue: number | null;
  /** Sum of squares between groups, in the square of the columns' unit; `null` when it exceeds the largest double. */
  readonly between: number | null;
  /** Sum of squares within groups. */
  readonly within: number | null;
  /** Eta squared, the share of all squares that lies between groups, from 0 to 1. */
  readonly effect: number | null;
  /** Values of each group. */
  readonly counts: readonly number[];
  /** `constant`: no group has any spread. `infinite`: a group holds infinite values. */
  readonly status: "ok" | "constant" | "infinite";
  /** Of each group; `null` for a summary. */
  readonly missing: readonly (Missing | null)[];
}

/**
 * One-way analysis of variance of the null hypothesis that all groups have equal means, against the alternative that
 * they have not. Exact for normal data of equal variance. With two groups F is the square of Student's t.
 *
 * @param groups  an array of two or more, each a column (nulls and NaN are left out and counted), what `prepare`
 *   returned, or `{ count, mean, variance }` (what `moments` returned)
 * @returns F, its degrees of freedom and p-value, the sums of squares, eta squared
 * @throws RangeError for fewer than two groups, a group without values or no group with two; TypeError for text
 * @see Fisher (1925); oracle: exact rationals, scipy.stats.f_oneway, NIST StRD
 */
export function anovaTest(groups: readonly (NumericInput | SampleSummary)[]): AnovaResult {
  if (!Array.isArray(groups)) throw new TypeError("anovaTest: groups must be an array of columns");
  if (groups.length > 0 && groups.every((group) => typeof group === "number")) {
    throw new TypeError("anovaTest: groups must be an array of columns, got one of numbers");
  }
  if (groups.length < 2) throw new RangeError(`anovaTest: at least two groups are needed, got ${groups.length}`);
  const given = groups.map((group, k) =>
    isSummary(group) ? momentsOfSummary("anovaTest", `group ${k}`, group, 1) : null,
  );
  const columns = groups.flatMap((group, k) => (isSummary(group) ? [] : [{ name: `group ${k}`, column: group }]));
  return withGroups(
    "anovaTest",
    columns,
    (sources) => {
      const result = answerNow(anovaPlan(given), ...sources);
      let next = 0;
      return { ...result, missing: given.map((moments) => (moments ? null : sources[next++]!.missing())) };
    },
    "one",
  );
}

/**
 * The plan behind `anovaTest`: of columns, in the places that are `null`, and moments already known.
 *
 * @throws RangeError for groups that nothing can be said of
 */
export function* anovaPlan(given: readonly (Moments | null)[]): Plan<Omit<AnovaResult, "missing">> {
  const answers = yield* each(given.filter((moments) => moments === null).length, "moments", 4);
  let next = 0;
  const groups = given.map((moments) => moments ?? answers[next++]!);
  check(groups);
  return anovaOf(groups);
}

function check(groups: readonly Moments[]): void {
  const values = groups.map(
    ({ count, positiveInfinity, negativeInfinity }) => count + positiveInfinity + negativeInfinity,
  );
  const empty = values.indexOf(0);
  if (empty >= 0) throw new RangeError(`anovaTest: each group needs at least one value, group ${empty} has none`);
  if (values.every((count) => count === 1)) throw new RangeError("anovaTest: at least one group needs two values");
}

function anovaOf(groups: readonly Moments[]): Omit<AnovaResult, "missing"> {
  const counts = groups.map(({ count }) => count);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const degreesOfFreedom = [groups.length - 1, all - groups.length] as const;
  const none = { statistic: null, degreesOfFreedom, pValue: null, effect: null, counts };
  if (groups.some((group) => group.positiveInfinity + group.negativeInfinity > 0)) {
    return { ...none, between: null, within: null, status: "infinite" };
  }
  const { exponent, between, within } = squaresOf(groups, all);
  const inUnit = (sum: number): number | null => finite(timesPower(sum, 2 * exponent));
  const sums = { between: inUnit(between), within: inUnit(within) };
  if (!(within > 0)) return { ...none, ...sums, status: "constant" };
  const [numerator, denominator] = degreesOfFreedom;
  const statistic = between / numerator / (within / denominator);
  return {
    ...none,
    ...sums,
    statistic: finite(statistic),
    pValue: fisherF.sf(statistic, numerator, denominator),
    effect: between / (between + within),
    status: "ok",
  };
}

/** Both sums of squares divided by 4^exponent, where neither overflows nor vanishes. */
function squaresOf(groups: readonly Moments[], all: number): { exponent: number; between: number; within: number } {
  const common = Math.max(...groups.map((group) => group.exponent));
  const largest = groups.reduce((most, group) => (group.count > most.count ? group : most));
  const means = groups.map((group) => differenceOfMeans(group, largest, common));
  const spreads = groups.map((group) => timesPower(Math.sqrt(group.m2), group.exponent - common));
  const size = exponentFor(Math.max(...means.map(Math.abs), ...spreads));
  const scaled = means.map((mean) => timesPower(mean, -size));
  const weighted = (values: readonly number[]): number =>
    values.reduce((sum, value, k) => sum + groups[k]!.count * value, 0);
  const centre = weighted(scaled) / all;
  const distances = scaled.map((mean) => mean - centre);
  const between = weighted(distances.map((distance) => distance * distance)) - weighted(distances) ** 2 / all;
  const within = groups.reduce((sum, { m2, exponent }) => sum + timesPower(m2, 2 * (exponent - common - size)), 0);
  return { exponent: common + size, between, within };
}
