/**
 * Two-sample Anderson-Darling test. The statistic is in full-walk.ts; its law under the null hypothesis is the limit law
 * of A², after standardising with the exact finite-sample mean and variance.
 */
import { andersonDarlingTwoSample } from "../distributions/index.js";
import { answerNow } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import { fullWalkPlan } from "./full-walk.js";

export interface AndersonDarlingResult {
  /** A² with mid-ranks; around 1 under the null hypothesis, 0 when all values are equal. */
  readonly statistic: number;
  readonly pValue: number;
  /** Always the limit law, at A² scaled to its variance for these sizes and ties. */
  readonly method: "asymptotic";
  readonly n: number;
  readonly m: number;
  readonly missing: MissingOfBoth;
}

/**
 * Two-sample Anderson-Darling test of the null hypothesis that `reference` and `current` were drawn from one
 * distribution, against the alternative that they were not. More powerful than Kolmogorov-Smirnov against most changes,
 * in the tails above all.
 *
 * The p-value is the limit law's survival function, given the ties, not clipped to a table's range.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted, infinite values keep their rank
 * @returns A² and its p-value
 * @throws RangeError when a side has no value, TypeError for text
 * @see Scholz and Stephens (1987); oracle: scipy.stats.anderson_ksamp
 */
export function andersonDarlingTest(reference: NumericInput, current: NumericInput): AndersonDarlingResult {
  return withSides("andersonDarlingTest", reference, current, (x, y) => {
    const { andersonDarling: statistic, n, m, spread, middle } = answerNow(fullWalkPlan(), x, y);
    if (n === 0 || m === 0) {
      throw new RangeError(`andersonDarlingTest: each side needs at least one value, got ${n} and ${m}`);
    }
    const pValue = andersonDarlingTwoSample(statistic, n, m, spread, middle);
    const missing = { reference: x.missing(), current: y.missing() };
    return { statistic, pValue, method: "asymptotic", n, m, missing };
  });
}
