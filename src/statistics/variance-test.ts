/**
 * Tests of equal variances. Levene's test [1] and that of Brown and Forsythe [2] compare the mean distances of the values
 * from their own side's centre, as Student's t test would: with two sides F = t². With the median as centre the test
 * keeps its level on skewed and heavy-tailed data; the F test of the ratio of variances holds on normal data only.
 *
 * [1] Levene: Robust tests for equality of variances. Contributions to Probability and Statistics (1960).
 * [2] Brown, Forsythe: Robust tests for the equality of variances. JASA 69 (1974).
 */
import { fisherF } from "../distributions/index.js";
import { answerNow, both, one, type Plan, type Side } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import type { Moments, Point } from "../source/source.js";
import { timesPower } from "./moments.js";
import { oneOf } from "./one-of.js";
import { confidenceLevel, knownOptions } from "./option-checks.js";
import { finite } from "./plain.js";
import { quantilesPlan } from "./quantile.js";
import { isSummary, momentsOfSummary, type VarianceSummary } from "./sample-summary.js";
import { tTestOf } from "./t-test.js";

export interface VarianceTestOptions {
  /** `levene` (the default), or `f`: the F test, which is for normal data only. */
  readonly method?: "levene" | "f";
  /** `levene` only. `median`: the test of Brown and Forsythe (the default). `mean`: Levene's own. */
  readonly centre?: "median" | "mean";
  /** Level of the F test's confidence interval; 0.95 if not given. */
  readonly confidence?: number;
}

export interface VarianceTestResult {
  /** F, which is large when spreads differ (`levene`), or the ratio of the variances (`f`); `null` also beyond all doubles. */
  readonly statistic: number | null;
  readonly degreesOfFreedom: readonly [numerator: number, denominator: number] | null;
  readonly pValue: number | null;
  /** Variance of the reference over that of the current side; `null` when the latter has none. */
  readonly ratio: number | null;
  /** `f` only: of the ratio. */
  readonly confidenceInterval: readonly [low: number | null, high: number | null] | null;
  readonly n: number;
  readonly m: number;
  readonly method: "levene" | "f";
  /** `constant`: there is no spread to compare. `infinite`: a side holds infinite values. */
  readonly status: "ok" | "constant" | "infinite";
  readonly missing: MissingOfBoth;
}

/**
 * Test of the null hypothesis that `reference` and `current` have equal variances, against the alternative that they have
 * not: that of Brown and Forsythe unless another is asked for.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted; infinite values give status `infinite`
 * @returns F with its degrees of freedom, two-sided p-value, ratio of the variances
 * @throws RangeError when a side has fewer than two values or options are out of range, TypeError for text
 * @see Levene (1960), Brown and Forsythe (1974); oracle: scipy.stats.levene, for `f` the ratio's law as R's var.test
 */
export function varianceTest(
  reference: NumericInput,
  current: NumericInput,
  options: VarianceTestOptions = {},
): VarianceTestResult {
  knownOptions("varianceTest", options, ["method", "centre", "confidence"]);
  const { method = "levene", centre = "median", confidence = 0.95 } = options;
  oneOf("varianceTest", "method", method, ["levene", "f"]);
  oneOf("varianceTest", "centre", centre, ["median", "mean"]);
  confidenceLevel("varianceTest", confidence);
  if (isSummary(reference) || isSummary(current)) {
    throw new TypeError("varianceTest: summaries are for varianceTestFromMoments; moments makes one of a column");
  }
  return withSides("varianceTest", reference, current, (x, y) => {
    const result = answerNow(varianceTestPlan(options), x, y);
    const { n, m, status } = result;
    if (status !== "infinite" && (n < 2 || m < 2)) {
      throw new RangeError(`varianceTest: each side needs at least two values, got ${n} and ${m}`);
    }
    return { ...result, missing: { reference: x.missing(), current: y.missing() } };
  });
}

/**
 * The F test of equal variances, see `varianceTest` with `method: "f"`, of samples of which only counts and variances are
 * known. Levene's test and that of Brown and Forsythe need the values.
 *
 * @param reference, current  count, and variance with the divisor count - 1; what `moments` returns is one
 * @throws RangeError for counts below two and variances that are negative or not finite
 * @see oracle: the ratio's law as R's var.test
 */
export function varianceTestFromMoments(
  reference: VarianceSummary,
  current: VarianceSummary,
  options: Pick<VarianceTestOptions, "confidence"> = {},
): Omit<VarianceTestResult, "missing"> {
  knownOptions("varianceTestFromMoments", options, ["confidence"]);
  const { confidence = 0.95 } = options;
  confidenceLevel("varianceTestFromMoments", confidence);
  const [x, y] = [
    momentsOfSummary("varianceTestFromMoments", "reference", reference, 2, "variance"),
    momentsOfSummary("varianceTestFromMoments", "current", current, 2, "variance"),
  ];
  return ratioTestOf(x, y, confidence);
}

/** The plan behind `varianceTest`. */
export function* varianceTestPlan(options: VarianceTestOptions = {}): Plan<Omit<VarianceTestResult, "missing">> {
  const { method = "levene", centre = "median", confidence = 0.95 } = options;
  const [x, y] = yield* both("moments", 2);
  const [n, m] = [x.count, y.count];
  const none = { statistic: null, degreesOfFreedom: null, pValue: null, confidenceInterval: null, n, m, method };
  if (hasInfinities(x) || hasInfinities(y)) return { ...none, ratio: null, status: "infinite" };
  if (n < 2 || m < 2) return { ...none, ratio: null, status: "constant" };
  if (method === "f") return ratioTestOf(x, y, confidence);
  const ratio = ratioOf(x, y);
  const [pointX, pointY] = centre === "mean" ? [meanPoint(x), meanPoint(y)] : yield* medians(n, m);
  const a = yield* one(0, "absoluteMoments", pointX);
  const b = yield* one(1, "absoluteMoments", pointY);
  const { statistic, pValue, status } = tTestOf(a, b, { variance: "equal" });
  if (status !== "ok") return { ...none, ratio: finite(ratio), status };
  return {
    ...none,
    statistic: finite((statistic ?? Number.POSITIVE_INFINITY) ** 2),
    degreesOfFreedom: [1, n + m - 2],
    pValue,
    ratio: finite(ratio),
    status: "ok",
  };
}

/** Variance of x over that of y. */
function ratioOf(x: Moments, y: Moments): number {
  return timesPower(x.m2 / (x.count - 1) / (y.m2 / (y.count - 1)), 2 * (x.exponent - y.exponent));
}

function hasInfinities({ positiveInfinity, negativeInfinity }: Moments): boolean {
  return positiveInfinity + negativeInfinity > 0;
}

/** The F test from the moments of two samples. */
function ratioTestOf(x: Moments, y: Moments, confidence: number): Omit<VarianceTestResult, "missing"> {
  const ratio = ratioOf(x, y);
  const found = { ratio: finite(ratio), n: x.count, m: y.count, method: "f" } as const;
  const none = { statistic: null, degreesOfFreedom: null, pValue: null, confidenceInterval: null };
  if (hasInfinities(x) || hasInfinities(y)) return { ...found, ...none, ratio: null, status: "infinite" };
  if (!(x.m2 > 0 && y.m2 > 0)) {
    return { ...found, ...none, status: "constant" };
  }
  const [n, m] = [x.count - 1, y.count - 1];
  const tail = (1 - confidence) / 2;
  return {
    ...found,
    statistic: finite(ratio),
    degreesOfFreedom: [n, m],
    pValue: Math.min(1, 2 * Math.min(fisherF.cdf(ratio, n, m), fisherF.sf(ratio, n, m))),
    confidenceInterval: [
      finite(ratio / fisherF.upperQuantile(tail, n, m)),
      finite(ratio / fisherF.quantile(tail, n, m)),
    ],
    status: "ok",
  };
}

function meanPoint({ origin, mean, meanLow, exponent }: Moments): Point {
  return { origin, offset: mean, low: meanLow, exponent };
}

function* medians(n: number, m: number): Plan<[Point, Point]> {
  return [yield* medianPoint(0, n), yield* medianPoint(1, m)];
}

/** Between the two values in the middle, which for neighbouring doubles or large integers is not a double. */
function* medianPoint(side: Side, count: number): Plan<Point> {
  // Definition 1 gives values as they are: the lower one in the middle, and the one half a rank above the middle.
  const above = (Math.floor(count / 2) + 0.5) / count;
  const [lower, upper] = (yield* quantilesPlan(side, [0.5, above], 1)) as [number | bigint, number | bigint];
  if (typeof lower === "bigint" && typeof upper === "bigint") {
    return { origin: lower, offset: Number(upper - lower), low: 0, exponent: -1 };
  }
  // Twice the point, unless that is infinite: half of a subnormal number may be none.
  const [a, b] = [Number(lower), Number(upper)];
  const exponent = Math.max(Math.abs(a), Math.abs(b)) < 2 ** 1022 ? -1 : 0;
  const [u, v] = exponent === 0 ? [a, b] : [2 * a, 2 * b];
  const offset = u / 2 + v / 2;
  return { origin: 0n, offset, low: (u - offset) / 2 + (v - offset) / 2, exponent };
}
