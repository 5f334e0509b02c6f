/**
 * Student's t tests: two samples with unequal (Welch) or equal variances, paired rows, one sample.
 *
 * The difference of two means is formed exactly scaled: power sums come divided by a power of two, so neither huge nor
 * tiny values overflow, and scaling both sides by a power of two changes no digit of the statistic.
 *
 * [1] Welch: The generalization of Student's problem when several different population variances are involved.
 *     Biometrika 34 (1947).
 * [2] Hedges: Distribution theory for Glass's estimator of effect size. Journal of Educational Statistics 6 (1981).
 */
import { studentT } from "../distributions/index.js";
import { answerNow, both, type Plan } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import type { Moments } from "../source/source.js";
import { timesPower } from "./moments.js";
import { finite } from "./plain.js";

export type Alternative = "two-sided" | "less" | "greater";

export interface TTestOptions {
  /** `unequal`: Welch's test (the default). `equal`: Student's, with the pooled variance. */
  readonly variance?: "unequal" | "equal";
  /** `greater`: the reference's mean is greater than the current one. */
  readonly alternative?: Alternative;
  /** Level of the confidence interval; 0.95 if not given. */
  readonly confidence?: number;
}

export interface TTestResult {
  /** t, positive when the reference's mean is larger; `null` unless the status is `ok`. */
  readonly statistic: number | null;
  readonly degreesOfFreedom: number | null;
  readonly pValue: number | null;
  /** Mean of the reference minus mean of the current side, in the column's unit. */
  readonly difference: number | null;
  /** Of the difference; `null` at the open end of a one-sided interval. */
  readonly confidenceInterval: readonly [low: number | null, high: number | null] | null;
  /** Hedges' g: the difference over the pooled standard deviation, corrected for small samples. */
  readonly effect: number | null;
  readonly n: number;
  readonly m: number;
  /** `constant`: both sides have no spread. `infinite`: a side holds infinite values. */
  readonly status: "ok" | "constant" | "infinite";
  readonly missing: MissingOfBoth;
}

/**
 * t test of the null hypothesis that `reference` and `current` have equal means, against the alternative that they have
 * not (or that one is greater). Welch's unless `variance: "equal"` is asked for.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted; infinite values give status `infinite`
 * @returns t, degrees of freedom, p-value, confidence interval of the difference, Hedges' g
 * @throws RangeError when a side has fewer than two values, TypeError for text
 * @see Welch (1947); oracle: scipy.stats.ttest_ind
 */
export function tTest(reference: NumericInput, current: NumericInput, options: TTestOptions = {}): TTestResult {
  const { confidence = 0.95 } = options;
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`tTest: confidence must lie between 0 and 1, got ${confidence}`);
  }
  return withSides(
    "tTest",
    reference,
    current,
    (x, y) => {
      const result = answerNow(tTestPlan(options), x, y);
      const { n, m, status } = result;
      if (status !== "infinite" && (n < 2 || m < 2))
        throw new RangeError(`tTest: each side needs at least two values, got ${n} and ${m}`);
      return { ...result, missing: { reference: x.missing(), current: y.missing() } };
    },
    "one",
  );
}

/** The plan behind `tTest`. */
export function* tTestPlan(options: TTestOptions = {}): Plan<Omit<TTestResult, "missing">> {
  const [x, y] = yield* both("moments", 2);
  return tTestOf(x, y, options);
}

function tTestOf(x: Moments, y: Moments, options: TTestOptions): Omit<TTestResult, "missing"> {
  const { variance = "unequal", alternative = "two-sided", confidence = 0.95 } = options;
  const n = x.count;
  const m = y.count;
  const none = { statistic: null, degreesOfFreedom: null, pValue: null, confidenceInterval: null, effect: null, n, m };
  const infinities = x.positiveInfinity + x.negativeInfinity + y.positiveInfinity + y.negativeInfinity;
  if (infinities > 0) return { ...none, difference: null, status: "infinite" };
  // Everything in units of 2^exponent, the larger of both sides' so that nothing overflows.
  const exponent = Math.max(x.exponent, y.exponent);
  const down = x.exponent - exponent;
  const up = y.exponent - exponent;
  const origins = timesPower(Number(x.origin - y.origin), -exponent);
  const means = timesPower(x.mean, down) - timesPower(y.mean, up);
  const difference = origins + (means + (timesPower(x.meanLow, down) - timesPower(y.meanLow, up)));
  const m2x = timesPower(x.m2, 2 * down);
  const m2y = timesPower(y.m2, 2 * up);
  const pooled = (m2x + m2y) / (n + m - 2);
  const a = (variance === "equal" ? pooled : m2x / (n - 1)) / n;
  const b = (variance === "equal" ? pooled : m2y / (m - 1)) / m;
  const inUnit = (value: number): number => timesPower(value, exponent);
  if (!(a + b > 0)) return { ...none, difference: finite(inUnit(difference)), status: "constant" };
  const standardError = Math.sqrt(a + b);
  const degreesOfFreedom =
    variance === "equal" ? n + m - 2 : 1 / ((a / (a + b)) ** 2 / (n - 1) + (b / (a + b)) ** 2 / (m - 1));
  const statistic = difference / standardError;
  const correction = 1 - 3 / (4 * (n + m - 2) - 1);
  return {
    statistic: finite(statistic),
    degreesOfFreedom,
    pValue: pValueOf(statistic, degreesOfFreedom, alternative),
    difference: finite(inUnit(difference)),
    confidenceInterval: interval(difference, standardError, degreesOfFreedom, alternative, confidence, inUnit),
    effect: finite((difference / Math.sqrt(pooled)) * correction),
    n,
    m,
    status: "ok",
  };
}

function pValueOf(t: number, degreesOfFreedom: number, alternative: Alternative): number {
  if (alternative === "two-sided") return Math.min(1, 2 * studentT.sf(Math.abs(t), degreesOfFreedom));
  return studentT.sf(alternative === "greater" ? t : -t, degreesOfFreedom);
}

function interval(
  difference: number,
  standardError: number,
  degreesOfFreedom: number,
  alternative: Alternative,
  confidence: number,
  inUnit: (value: number) => number,
): [number | null, number | null] {
  const tail = alternative === "two-sided" ? (1 - confidence) / 2 : 1 - confidence;
  const reach = -studentT.quantile(tail, degreesOfFreedom) * standardError;
  return [
    alternative === "less" ? null : finite(inUnit(difference - reach)),
    alternative === "greater" ? null : finite(inUnit(difference + reach)),
  ];
}
