/**
 * How well predicted numbers meet those that turned out to be true. Errors are prediction minus target.
 *
 * Intervals by formula, each with Student's t of n - 1 degrees of freedom: of the mean error, the mean absolute error and the
 * mean absolute percentage error by the standard error of a mean; of the root mean squared error and of R² by the delta
 * method on a logarithm: log of the mean square, and log(1 - R²) = log(Σ e² / Σ (y - ȳ)²), to which a row contributes
 * e²/mean(e²) - (y - ȳ)²/mean((y - ȳ)²) [1]. In simulations these hold their level better than intervals that are symmetric
 * about the value itself, and stay where the value can be. The median's interval lies between two ordered values [2].
 *
 * [1] van der Vaart: Asymptotic statistics. Cambridge (1998), chapter 3.
 * [2] Conover: Practical nonparametric statistics, third edition. Wiley (1999), section 3.2.
 */

import type { MomentsState } from "../engine/moments.js";
import { type ErrorMoments, type Errors, type OrderedErrors, withErrors } from "../engine/regression-errors.js";
import { missingPairs, pairedSides } from "../source/pairs.js";
import type { NumericInput } from "../source/sides.js";
import type { Missing } from "../source/source.js";
import type { Estimated } from "./estimated.js";
import {
  alone,
  estimated,
  type IntervalOptions,
  type IntervalSettings,
  intervalOptionNames,
  intervalSettings,
  medianRanks,
  reachOf,
} from "./intervals.js";
import { timesPower } from "./moments.js";
import { fewestForNormality, normalityPValue } from "./normality.js";
import { knownOptions, shown } from "./option-checks.js";
import { finite } from "./plain.js";
import { interpolated } from "./quantile.js";
import { type ErrorEstimates, type ErrorValues, resampledErrors } from "./resampled-errors.js";

/** Predictions, and what turned out to be true, row by row. */
export interface PredictedNumbers {
  readonly target: NumericInput;
  readonly prediction: NumericInput;
}

export interface RegressionMetricsOptions extends IntervalOptions {}

export interface RegressionMetrics extends ErrorEstimates {
  readonly task: "regression";
  /** Rows with a target and a prediction. */
  readonly rows: number;
  readonly maximumError: number | null;
  /** Of the errors, of type 7. */
  readonly errorQuantiles: readonly { readonly probability: number; readonly value: number | null }[];
  /** Of the sample, divisor n - 1. */
  readonly errorStandardDeviation: number | null;
  /** Of the errors: Anderson and Darling's A² against the normal law with their own mean and standard deviation. */
  readonly normality: {
    readonly test: "anderson-darling";
    readonly statistic: number | null;
    readonly pValue: number | null;
  };
  readonly confidence: number;
  readonly missing: Missing;
  /** `empty`: no row has both. `infinite`: a target or a prediction is, so that means are `null`. */
  readonly status: "ok" | "empty" | "infinite";
}

const caller = "regressionMetrics";
const probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/**
 * Errors of predicted numbers: mean, absolute, relative, squared, median and largest ones, R², quantiles, standard deviation
 * and whether they are normal, with confidence intervals.
 *
 * The mean absolute percentage error divides by at least 2^-52 and R² of a constant target is 1 or 0, as scikit-learn has it.
 *
 * @param rows.target, rows.prediction  numbers; rows in which one is null or NaN are left out and counted. 64-bit integers are
 *   read as doubles
 * @param options.interval  `bootstrap` draws rows with replacement, which takes `resamples` passes
 * @returns plain numbers in the target's unit; `null` where a number is not defined or is no double
 * @throws RangeError for columns of unequal length and options out of range; TypeError for text and for prepared columns, whose
 *   rows are in another order
 * @see oracle: scikit-learn, mpmath; SciPy and D'Agostino and Stephens (1986) for normality
 */
export function regressionMetrics(rows: PredictedNumbers, options: RegressionMetricsOptions = {}): RegressionMetrics {
  knownOptions(caller, options, intervalOptionNames);
  const settings = intervalSettings(caller, options);
  if (typeof rows !== "object" || rows === null) {
    throw new TypeError(`${caller}: needs an object with target and prediction, got ${shown(rows)}`);
  }
  const [target, prediction] = pairedSides(caller, rows.target, rows.prediction, ["target", "prediction"]);
  const asDoubles = { representation: "f64" } as const;
  return withErrors({ ...target, ...asDoubles }, { ...prediction, ...asDoubles }, (found) =>
    metricsOf(found, settings),
  );
}

function metricsOf(found: Errors, settings: IntervalSettings): RegressionMetrics {
  const { seen, infinite, exponents } = found;
  const n = seen.rows - seen.nulls - seen.nan;
  const { confidence, law } = settings;
  const defined = n > 0 && !infinite;
  const means = defined ? valuesOf(found, n) : nothing;
  const reach = n > 1 ? reachOf(n, confidence) : Number.NaN;
  // Before errors are put in order.
  const varies = n > 1 && spreadOf(found.target) > 0 && found.squares.mean > 0;
  const influence = defined && varies ? found.influence() : Number.NaN;
  const resampled = defined && n > 1 && law === "bootstrap" ? resampledErrors(found, means, settings) : null;
  const ordered = found.ordered();
  const inUnit = (value: number): number | null => finite(timesPower(value, exponents.error));
  const size = sizesOf(ordered.values);
  const median = n > 0 ? inUnit(interpolated(0.5, n, size)) : null;
  const deviation = defined && n > 1 ? Math.sqrt(spreadOf(found.errors) / (n - 1)) : Number.NaN;
  return {
    task: "regression",
    rows: n,
    ...(resampled?.(median) ?? {
      ...analytic(found, means, { n, reach, influence }),
      medianAbsoluteError: medianOf(median, n, confidence, (rank) => inUnit(size(rank))),
    }),
    maximumError: defined ? inUnit(Math.max(-found.errors.min, found.errors.max)) : null,
    errorQuantiles: probabilities.map((probability) => ({
      probability,
      value: n > 0 ? inUnit(interpolated(probability, n, (rank) => ordered.values[rank]!)) : null,
    })),
    errorStandardDeviation: inUnit(deviation),
    normality: normalityOf(ordered, found.errors, deviation, n),
    confidence,
    missing: missingPairs(seen),
    status: n === 0 ? "empty" : infinite ? "infinite" : "ok",
  };
}

const nothing: ErrorValues = {
  meanError: null,
  meanAbsoluteError: null,
  meanAbsolutePercentageError: null,
  rootMeanSquaredError: null,
  r2: null,
};

function valuesOf({ exponents, errors, sizes, squares, shares, target }: ErrorMoments, n: number): ErrorValues {
  const shareOverflows = shares.positiveInfinity > 0;
  return {
    meanError: finite(timesPower(meanOf(errors), exponents.error)),
    meanAbsoluteError: finite(timesPower(meanOf(sizes), exponents.error)),
    meanAbsolutePercentageError: shareOverflows ? null : finite(timesPower(meanOf(shares), exponents.share)),
    rootMeanSquaredError: finite(timesPower(Math.sqrt(squares.mean), exponents.error)),
    r2: n < 2 ? null : rSquared(squares.mean * n, spreadOf(target), 2 * (exponents.error - exponents.target)),
  };
}

/** scikit-learn's rule for constant targets: 1 where they are met exactly, else 0. */
function rSquared(residual: number, total: number, exponent: number): number | null {
  if (total === 0) return residual === 0 ? 1 : 0;
  return finite(1 - timesPower(residual / total, exponent));
}

/** Of equal values rounding must not show. */
function spreadOf({ m2, min, max }: MomentsState): number {
  return min === max ? 0 : m2;
}

function meanOf({ mean, min, max }: MomentsState): number {
  return min === max ? min : mean;
}

function analytic(
  { exponents, errors, sizes, squares, shares }: ErrorMoments,
  values: ErrorValues,
  { n, reach, influence }: { readonly n: number; readonly reach: number; readonly influence: number },
): Omit<ErrorEstimates, "medianAbsoluteError"> {
  const halfWidth = (spread: number): number => reach * Math.sqrt(spread / (n - 1) / n);
  const ofMean = (value: number | null, width: number, exponent: number, least: number): Estimated => {
    const half = timesPower(width, exponent);
    return value === null || !(half > 0)
      ? alone(value)
      : estimated(value, Math.max(least, value - half), value + half, "analytic");
  };
  // Sizes need no extremes: where errors differ in their sign only, their squares do not differ either.
  const varies = spreadOf(errors) > 0 && squares.m2 > 0;
  const { rootMeanSquaredError: root, r2 } = values;
  const rootFactor = Math.exp(halfWidth(squares.m2) / squares.mean / 2);
  const ratioFactor = Math.exp(reach * Math.sqrt((influence * n) / (n - 1) / n));
  return {
    meanError: ofMean(values.meanError, halfWidth(spreadOf(errors)), exponents.error, Number.NEGATIVE_INFINITY),
    meanAbsoluteError: ofMean(values.meanAbsoluteError, varies ? halfWidth(sizes.m2) : 0, exponents.error, 0),
    meanAbsolutePercentageError: ofMean(
      values.meanAbsolutePercentageError,
      halfWidth(spreadOf(shares)),
      exponents.share,
      0,
    ),
    rootMeanSquaredError:
      root !== null && varies ? estimated(root, root / rootFactor, root * rootFactor, "analytic") : alone(root),
    r2:
      r2 === null || !(ratioFactor > 1)
        ? alone(r2)
        : estimated(r2, 1 - (1 - r2) * ratioFactor, 1 - (1 - r2) / ratioFactor, "analytic"),
  };
}

function medianOf(
  value: number | null,
  n: number,
  confidence: number,
  sizeAt: (rank: number) => number | null,
): Estimated {
  const ranks = value === null ? null : medianRanks(n, confidence);
  if (!ranks) return alone(value);
  const [low, high] = [sizeAt(ranks[0]), sizeAt(ranks[1])];
  return low === null || high === null ? alone(value) : estimated(value, low, high, "analytic");
}

function normalityOf(
  ordered: OrderedErrors,
  errors: MomentsState,
  deviation: number,
  n: number,
): RegressionMetrics["normality"] {
  const test = "anderson-darling";
  if (!(deviation > 0) || n < fewestForNormality) return { test, statistic: null, pValue: null };
  const statistic = ordered.normalFit(errors.mean, deviation);
  return { test, statistic, pValue: normalityPValue(statistic, n) };
}

/** The absolute value at a rank, of numbers in order: those below 0, from the last on, and the others are two runs. */
function sizesOf(values: Float64Array): (rank: number) => number {
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (values[middle]! < 0) from = middle + 1;
    else to = middle;
  }
  const negative = from;
  const below = (k: number): number => (k < negative ? -values[negative - 1 - k]! : Number.POSITIVE_INFINITY);
  const above = (k: number): number => values[negative + k] ?? Number.POSITIVE_INFINITY;
  return (rank) => {
    // The fewest of the first run among the first `rank`, so that the next of it is no smaller than those of the other.
    let [least, most] = [Math.max(0, rank - (values.length - negative)), Math.min(rank, negative)];
    while (least < most) {
      const middle = (least + most) >>> 1;
      if (below(middle) < above(rank - middle - 1)) least = middle + 1;
      else most = middle;
    }
    return Math.min(below(least), above(rank - least));
  };
}
