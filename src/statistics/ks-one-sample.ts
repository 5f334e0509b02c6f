/**
 * The one-sample Kolmogorov-Smirnov test. The empirical distribution function only jumps at values, so with x the k-th of
 * n values in order D+ = max(k / n - F(x)) and D- = max(F(x) - (k - 1) / n), where F is the law's.
 *
 * [1] Simard, L'Ecuyer: Computing the two-sided Kolmogorov-Smirnov distribution. Journal of Statistical Software 39 (2011).
 */
import { type Alternative, kolmogorovN, smirnovN } from "../distributions/index.js";
import { isKolmogorovNExact } from "../distributions/kolmogorov.js";
import { answerNow, type Plan } from "../source/plan.js";
import { type NumericInput, withSource } from "../source/sides.js";
import type { Missing } from "../source/source.js";
import { type Law, underLawPlan } from "./law.js";
import { oneOf } from "./one-of.js";
import { knownOptions } from "./option-checks.js";
import { plain } from "./plain.js";

export interface KsOneSampleOptions {
  /** `greater`: the column's distribution function lies above the law's, its values are smaller. `less`: below. */
  readonly alternative?: Alternative;
}

export interface KsOneSampleResult {
  /** D (or D+, D-): the largest distance between the column's distribution function and the law's. */
  readonly statistic: number;
  readonly pValue: number;
  /** `exact`: Kolmogorov's or Smirnov's law for n values. `asymptotic`: an expansion of the former. */
  readonly method: "exact" | "asymptotic";
  /** The smallest value at which it is attained, in the column's unit; `null` when D is 0. */
  readonly location: number | string | null;
  /** +1: the column's distribution function is above the law's there (also when both are equally far), -1: below. */
  readonly sign: -1 | 0 | 1;
  readonly n: number;
  readonly missing: Missing;
}

/**
 * One-sample Kolmogorov-Smirnov test of the null hypothesis that a column was drawn from `law`, a continuous distribution
 * whose parameters were not estimated from the column, against the alternative that it was not.
 *
 * The p-value is by Kolmogorov's law for n values, or Smirnov's when one-sided; not by their limits.
 *
 * @param column  numbers; nulls and NaN are left out and counted
 * @param law     `"normal"`, `{ name: "studentT", degreesOfFreedom: 5 }`, or a distribution function
 * @returns D in [0, 1], its p-value, where it is attained and in which direction
 * @throws RangeError when there is no value, for an option or a law that is none, parameters out of range, or when the law
 *   gives no probability; TypeError for text and for a law of another type
 * @see Simard and L'Ecuyer (2011); oracle: scipy.stats.ks_1samp
 */
export function ksTestOneSample(column: NumericInput, law: Law, options: KsOneSampleOptions = {}): KsOneSampleResult {
  knownOptions("ksTestOneSample", options, ["alternative"]);
  const { alternative = "two-sided" } = options;
  oneOf("ksTestOneSample", "alternative", alternative, ["two-sided", "less", "greater"]);
  return withSource("ksTestOneSample", column, (source) => {
    const result = answerNow(ksOneSamplePlan(law, options), source);
    if (result.n === 0) throw new RangeError("ksTestOneSample: the column needs at least one value, got 0");
    return { ...result, missing: source.missing() };
  });
}

/** The plan behind `ksTestOneSample`; no value gives D = 0 and p = 1. */
export function* ksOneSamplePlan(law: Law, options: KsOneSampleOptions = {}): Plan<Omit<KsOneSampleResult, "missing">> {
  const { alternative = "two-sided" } = options;
  const { values, shares } = yield* underLawPlan("ksTestOneSample", law);
  const n = values.length;
  let [up, above] = [0, -1];
  let [down, below] = [0, -1];
  for (let k = 0; k < n; k++) {
    const over = (k + 1) / n - shares[k]!;
    const under = shares[k]! - k / n;
    if (over > up) [up, above] = [over, k];
    if (under > down) [down, below] = [under, k];
  }
  // The positive distance where both are equally large, as between two samples.
  const isAbove = alternative === "greater" || (alternative === "two-sided" && up >= down);
  const [statistic, at] = isAbove ? [up, above] : [down, below];
  const isTwoSided = alternative === "two-sided";
  return {
    statistic,
    pValue: statistic > 0 ? Math.min(1, (isTwoSided ? kolmogorovN : smirnovN).sf(statistic, n)) : 1,
    method: isTwoSided && n > 0 && !isKolmogorovNExact(statistic, n) ? "asymptotic" : "exact",
    location: at < 0 ? null : plain(values[at]!),
    sign: at < 0 ? 0 : isAbove ? 1 : -1,
    n,
  };
}
