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
import { denseOf } from "../engine/dense.js";
import { differencesOf } from "../engine/pairs.js";
import { missingPairs, pairedSides } from "../source/pairs.js";
import { answerNow, both, one, type Plan } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides, withSource } from "../source/sides.js";
import type { Missing, Moments } from "../source/source.js";
import { denseSource } from "../source/values.js";
import { differenceOfMeans, exponentFor, timesPower } from "./moments.js";
import { oneOf } from "./one-of.js";
import { confidenceLevel, knownOptions, shown, truthValue } from "./option-checks.js";
import { finite } from "./plain.js";
import { isSummary, momentsOfSummary, type SampleSummary } from "./sample-summary.js";
import { interval, pValueOf } from "./student.js";

export type Alternative = "two-sided" | "less" | "greater";

export interface TTestOptions {
  /** `unequal`: Welch's test (the default). `equal`: Student's, with the pooled variance. */
  readonly variance?: "unequal" | "equal";
  /** `greater`: the reference's mean is greater than the current one. */
  readonly alternative?: Alternative;
  /** Level of the confidence interval; 0.95 if not given. */
  readonly confidence?: number;
  /** Row k of one side belongs to row k of the other: a test of their differences. `variance` has no meaning then. */
  readonly paired?: boolean;
}

export type OneSampleTTestOptions = Pick<TTestOptions, "alternative" | "confidence">;

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

/** What a t test of one mean returns: of one sample, or of the differences of paired rows. */
export interface OneSampleTTestResult extends Omit<TTestResult, "m" | "missing"> {
  /** Cohen's d: the difference over the standard deviation of the values; of paired rows that is d_z. */
  readonly effect: number | null;
  /** Paired rows: in how many of them both sides hold a value. */
  readonly n: number;
  /** Paired rows: `null` counts those in which a side is null, `nan` the others in which a side is NaN. */
  readonly missing: Missing;
}

/**
 * t test of the null hypothesis that `reference` and `current` have equal means, against the alternative that they have
 * not (or that one is greater). Welch's unless `variance: "equal"` is asked for; with `paired: true` of the null
 * hypothesis that the differences of rows that belong together have mean 0.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted (paired: both values of the row); infinite
 *   values give status `infinite`
 * @returns t, degrees of freedom, p-value, confidence interval of the difference, Hedges' g (paired: Cohen's d_z)
 * @throws RangeError when a side has fewer than two values, or paired columns are not equally long; TypeError for text,
 *   and for prepared columns that are to be paired: their rows are in another order
 * @see Welch (1947); oracle: scipy.stats.ttest_ind, ttest_rel
 */
export function tTest(
  reference: NumericInput,
  current: NumericInput,
  options: TTestOptions & { readonly paired: true },
): OneSampleTTestResult;
export function tTest(
  reference: NumericInput,
  current: NumericInput,
  options?: TTestOptions & { readonly paired?: false },
): TTestResult;
export function tTest(
  reference: NumericInput,
  current: NumericInput,
  options: TTestOptions = {},
): TTestResult | OneSampleTTestResult {
  checkOptions("tTest", options, ["variance", "alternative", "confidence", "paired"]);
  if (isSummary(reference) || isSummary(current)) {
    throw new TypeError("tTest: summaries are for tTestFromMoments; moments makes one of a column");
  }
  if (options.paired) return pairedTTest(reference, current, options);
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

/**
 * One-sample t test of the null hypothesis that a column's values have the given mean, against the alternative that they
 * have not (`greater`: that theirs is greater).
 *
 * @param column  numbers; nulls and NaN are left out and counted; infinite values give status `infinite`. Or what is
 *   known of them, `{ count, mean, variance }`, as `moments` returns it
 * @param mean  in the column's unit
 * @returns t, degrees of freedom, p-value, Cohen's d; difference (the column's mean minus `mean`) and its interval
 * @throws RangeError for fewer than two values or a mean that is not finite, TypeError for text
 * @see Student (1908); oracle: scipy.stats.ttest_1samp
 */
export function tTestOneSample(
  column: SampleSummary,
  mean: number,
  options?: OneSampleTTestOptions,
): Omit<OneSampleTTestResult, "missing">;
export function tTestOneSample(
  column: NumericInput,
  mean: number,
  options?: OneSampleTTestOptions,
): OneSampleTTestResult;
export function tTestOneSample(
  column: NumericInput | SampleSummary,
  mean: number,
  options: OneSampleTTestOptions = {},
): OneSampleTTestResult | Omit<OneSampleTTestResult, "missing"> {
  checkOptions("tTestOneSample", options, ["alternative", "confidence"]);
  if (typeof mean !== "number") throw new TypeError(`tTestOneSample: mean must be a number, got ${shown(mean)}`);
  if (!Number.isFinite(mean)) throw new RangeError(`tTestOneSample: mean must be finite, got ${mean}`);
  if (isSummary(column)) {
    return oneSampleOf(momentsOfSummary("tTestOneSample", "the column", column, 2), mean, options);
  }
  return withSource(
    "tTestOneSample",
    column,
    (source) => {
      const moments = answerNow(one(0, "moments", 2), source);
      const result = oneSampleOf(moments, mean, options);
      if (result.status !== "infinite" && result.n < 2) {
        throw new RangeError(`tTestOneSample: the column needs at least two values, got ${result.n}`);
      }
      return { ...result, missing: source.missing() };
    },
    "one",
  );
}

/**
 * The two-sample t test, see `tTest`, of samples of which only counts, means and variances are known: a stored summary
 * against `moments(column)`, say.
 *
 * @param reference, current  count, mean, and variance with the divisor count - 1; what `moments` returns is one
 * @throws RangeError for counts below two, means that are not finite and variances that are negative or not finite
 * @see oracle: scipy.stats.ttest_ind_from_stats
 */
export function tTestFromMoments(
  reference: SampleSummary,
  current: SampleSummary,
  options: Omit<TTestOptions, "paired"> = {},
): Omit<TTestResult, "missing"> {
  checkOptions("tTestFromMoments", options, ["variance", "alternative", "confidence"]);
  const caller = "tTestFromMoments";
  return tTestOf(
    momentsOfSummary(caller, "reference", reference, 2),
    momentsOfSummary(caller, "current", current, 2),
    options,
  );
}

/** The plan behind `tTest`. */
export function* tTestPlan(options: TTestOptions = {}): Plan<Omit<TTestResult, "missing">> {
  const [x, y] = yield* both("moments", 2);
  return tTestOf(x, y, options);
}

function pairedTTest(reference: NumericInput, current: NumericInput, options: TTestOptions): OneSampleTTestResult {
  const { values, halved, seen } = differencesOf(...pairedSides("tTest", reference, current));
  const missing = missingPairs(seen);
  if (values.length < 2) {
    throw new RangeError(`tTest: at least two rows with a value on both sides are needed, got ${values.length}`);
  }
  const moments = denseSource(denseOf(values)).moments(2);
  // The difference of two equal infinities is NaN; no other is left.
  const infinite = moments.count < values.length;
  const scaled = { ...moments, exponent: moments.exponent + Number(halved) };
  const positiveInfinity = infinite ? 1 : 0;
  const result = oneSampleOf({ ...scaled, positiveInfinity }, 0, options);
  return { ...result, n: infinite ? values.length : result.n, missing };
}

function oneSampleOf(x: Moments, about: number, options: TTestOptions): Omit<OneSampleTTestResult, "missing"> {
  const { alternative = "two-sided", confidence = 0.95 } = options;
  const n = x.count;
  const none = { statistic: null, degreesOfFreedom: null, pValue: null, confidenceInterval: null, effect: null, n };
  if (x.positiveInfinity + x.negativeInfinity > 0) return { ...none, difference: null, status: "infinite" };
  const exponent = about === 0 ? x.exponent : Math.max(x.exponent, exponentFor(about));
  const down = x.exponent - exponent;
  const inUnit = (value: number): number => timesPower(value, exponent);
  const origin = Number.isInteger(about) ? Number(x.origin - BigInt(about)) : Number(x.origin) - about;
  const difference = timesPower(origin, -exponent) + timesPower(x.mean, down) + timesPower(x.meanLow, down);
  // In units of its own: beside a far mean it may vanish.
  const deviation = Math.sqrt(x.m2 / (n - 1));
  if (!(deviation > 0)) return { ...none, difference: finite(inUnit(difference)), status: "constant" };
  const standardError = deviation / Math.sqrt(n);
  const statistic = timesPower(difference / standardError, -down);
  return {
    statistic: finite(statistic),
    degreesOfFreedom: n - 1,
    pValue: pValueOf(statistic, n - 1, alternative),
    difference: finite(inUnit(difference)),
    confidenceInterval: interval(difference, timesPower(standardError, down), n - 1, alternative, confidence, inUnit),
    effect: finite(timesPower(difference / deviation, -down)),
    n,
    status: "ok",
  };
}

function checkOptions(caller: string, options: TTestOptions, names: readonly (keyof TTestOptions)[]): void {
  knownOptions(caller, options, names);
  const { confidence = 0.95, alternative = "two-sided", variance = "unequal", paired = false } = options;
  oneOf(caller, "alternative", alternative, ["two-sided", "less", "greater"]);
  oneOf(caller, "variance", variance, ["unequal", "equal"]);
  confidenceLevel(caller, confidence);
  truthValue(caller, "paired", paired);
}

/** The two-sample test from the moments of both sides. */
export function tTestOf(x: Moments, y: Moments, options: TTestOptions): Omit<TTestResult, "missing"> {
  const { variance = "unequal", alternative = "two-sided", confidence = 0.95 } = options;
  const n = x.count;
  const m = y.count;
  const none = { statistic: null, degreesOfFreedom: null, pValue: null, confidenceInterval: null, effect: null, n, m };
  const infinities = x.positiveInfinity + x.negativeInfinity + y.positiveInfinity + y.negativeInfinity;
  if (infinities > 0) return { ...none, difference: null, status: "infinite" };
  // Means in units of 2^exponent, the larger of both sides' so that nothing overflows.
  const exponent = Math.max(x.exponent, y.exponent);
  const difference = differenceOfMeans(x, y, exponent);
  // Spreads in units of the larger one's, beside far means they may vanish.
  const spread = Math.max(...[x, y].map((side) => (side.m2 > 0 ? side.exponent : Number.NEGATIVE_INFINITY)));
  const inUnit = (value: number): number => timesPower(value, exponent);
  if (spread === Number.NEGATIVE_INFINITY || n < 2 || m < 2) {
    return { ...none, difference: finite(inUnit(difference)), status: "constant" };
  }
  const m2x = timesPower(x.m2, 2 * (x.exponent - spread));
  const m2y = timesPower(y.m2, 2 * (y.exponent - spread));
  const pooled = (m2x + m2y) / (n + m - 2);
  const a = (variance === "equal" ? pooled : m2x / (n - 1)) / n;
  const b = (variance === "equal" ? pooled : m2y / (m - 1)) / m;
  const standardError = Math.sqrt(a + b);
  const degreesOfFreedom =
    variance === "equal" ? n + m - 2 : 1 / ((a / (a + b)) ** 2 / (n - 1) + (b / (a + b)) ** 2 / (m - 1));
  const statistic = timesPower(difference / standardError, exponent - spread);
  const correction = 1 - 3 / (4 * (n + m - 2) - 1);
  return {
    statistic: finite(statistic),
    degreesOfFreedom,
    pValue: pValueOf(statistic, degreesOfFreedom, alternative),
    difference: finite(inUnit(difference)),
    confidenceInterval: interval(
      difference,
      timesPower(standardError, spread - exponent),
      degreesOfFreedom,
      alternative,
      confidence,
      inUnit,
    ),
    effect: finite(timesPower((difference / Math.sqrt(pooled)) * correction, exponent - spread)),
    n,
    m,
    status: "ok",
  };
}
