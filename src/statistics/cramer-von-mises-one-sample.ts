/**
 * The one-sample Cramér-von Mises test: W² = 1 / (12 n) + Σ ((2k - 1) / (2n) - F(x))² over the n values x in order, F the
 * law's distribution function. Its p-value is by the law of W² for n values, not its limit.
 *
 * [1] Csörgő, Faraway: The exact and asymptotic distributions of Cramér-von Mises statistics. Journal of the Royal
 *     Statistical Society B 58 (1996).
 */
import { cramerVonMisesN } from "../distributions/cramer-von-mises-n.js";
import { answerNow, type Plan } from "../source/plan.js";
import { type NumericInput, withSource } from "../source/sides.js";
import type { Missing } from "../source/source.js";
import { type Law, underLawPlan } from "./law.js";

export interface CramerVonMisesOneSampleResult {
  /** W²; about 1/6 under the null hypothesis. */
  readonly statistic: number;
  readonly pValue: number;
  /** `asymptotic`: the limit law at a place fitted to the exact law of n values. */
  readonly method: "exact" | "asymptotic";
  readonly n: number;
  readonly missing: Missing;
}

/**
 * One-sample Cramér-von Mises test of the null hypothesis that a column was drawn from `law`, a continuous distribution
 * whose parameters were not estimated from the column, against the alternative that it was not.
 *
 * @param column  numbers; nulls and NaN are left out and counted
 * @param law     `"normal"`, `{ name: "studentT", degreesOfFreedom: 5 }`, or a distribution function
 * @returns W² and its p-value: exact for one and two values, within 1.3 % for three to seven, and 0.2 %
 *   from eight on while W² ≤ n/5
 * @throws RangeError when there is no value, for a law that is none, parameters out of range, or when the law gives no probability;
 *   TypeError for text and for a law of another type
 * @see Csörgő and Faraway (1996); oracle: scipy.stats.cramervonmises
 */
export function cramerVonMisesTestOneSample(column: NumericInput, law: Law): CramerVonMisesOneSampleResult {
  return withSource("cramerVonMisesTestOneSample", column, (source) => {
    const result = answerNow(cramerVonMisesOneSamplePlan(law), source);
    if (result.n === 0) throw new RangeError("cramerVonMisesTestOneSample: the column needs at least one value, got 0");
    return { ...result, missing: source.missing() };
  });
}

/** The plan behind `cramerVonMisesTestOneSample`; no value gives W² = 0 and p = 1. */
export function* cramerVonMisesOneSamplePlan(law: Law): Plan<Omit<CramerVonMisesOneSampleResult, "missing">> {
  const { values, shares } = yield* underLawPlan("cramerVonMisesTestOneSample", law);
  const n = values.length;
  if (n === 0) return { statistic: 0, pValue: 1, method: "exact", n };
  let sum = 0;
  for (let k = 0; k < n; k++) sum += ((2 * k + 1) / (2 * n) - shares[k]!) ** 2;
  const statistic = sum + 1 / (12 * n);
  return { statistic, pValue: cramerVonMisesN.sf(statistic, n), method: n <= 2 ? "exact" : "asymptotic", n };
}
