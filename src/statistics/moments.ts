/** Moments of a column in the units people use; `source.moments` gives the scaled power sums behind them. */
import { answerNow, one, type Plan, type Side } from "../source/plan.js";
import { type NumericInput, withSource } from "../source/sides.js";
import type { Missing, Moments } from "../source/source.js";
import { knownOptions, truthValue } from "./option-checks.js";
import { finite } from "./plain.js";

export interface MomentsOptions {
  /**
   * `true`, SciPy's default: skewness and kurtosis are those of the values themselves, divisor count. `false`: corrected
   * as estimates of a population's (G1 and G2 of SAS, Excel and pandas), which takes three and four values.
   */
  readonly bias?: boolean;
}

/** What `moments` returns. Spread and shape need two values, and shape a spread; otherwise they are `null`. */
export interface MomentsResult {
  /** Finite values. */
  readonly count: number;
  readonly mean: number | null;
  /** Sample variance, divisor count - 1. `null` also when it exceeds the largest double. */
  readonly variance: number | null;
  readonly standardDeviation: number | null;
  /** Standard error of the mean. */
  readonly standardError: number | null;
  /** Fisher's skewness, m3 / m2^1.5 unless corrected, as scipy.stats.skew; 0 for symmetric values. */
  readonly skewness: number | null;
  /** Excess kurtosis, m4 / m2² - 3 unless corrected, as scipy.stats.kurtosis; 0 for a normal law (Pearson's is 3 more). */
  readonly kurtosis: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  readonly missing: Missing;
}

/** What `momentsPlan` finds. */
export type MomentsSummary = Omit<MomentsResult, "missing">;

/** The plan behind `moments`. */
export function* momentsPlan(side: Side, { bias = true }: MomentsOptions = {}): Plan<MomentsSummary> {
  const moments = yield* one(side, "moments", 4);
  const { count, m2, m3, m4 } = moments;
  const spread = count > 0 && m2 > 0;
  const skewness = spread ? finite((Math.sqrt(count) * (m3 / m2)) / Math.sqrt(m2)) : null;
  const kurtosis = spread ? finite((count * (m4 / m2)) / m2 - 3) : null;
  const deviation = standardDeviationOf(moments);
  return {
    count,
    mean: count > 0 ? finite(meanOf(moments)) : null,
    variance: count > 1 ? finite(timesPower(m2 / (count - 1), 2 * moments.exponent)) : null,
    standardDeviation: count > 1 ? finite(deviation) : null,
    standardError: count > 1 ? finite(deviation / Math.sqrt(count)) : null,
    skewness: bias ? skewness : unbiasedSkewness(skewness, count),
    kurtosis: bias ? kurtosis : unbiasedKurtosis(kurtosis, count),
    min: finite(moments.min),
    max: finite(moments.max),
    positiveInfinity: moments.positiveInfinity,
    negativeInfinity: moments.negativeInfinity,
  };
}

/**
 * Count, mean, variance, skewness, kurtosis, smallest and largest value of a column, to 15 digits on every certified
 * set of NIST's StRD.
 *
 * @param column  numbers; nulls and NaN are left out, infinite values are counted apart: moments are of the finite ones
 * @param options.bias  whether skewness and kurtosis are left as they are (`true`), or corrected
 * @returns plain numbers in the column's unit (variance in its square), `null` where there are too few values
 * @throws TypeError for text
 * @see Chan, Golub, LeVeque (1983); Pébay (2008); Joanes, Gill (1998) on the corrections; oracle: NIST StRD, numpy,
 *   scipy.stats
 */
export function moments(column: NumericInput, options: MomentsOptions = {}): MomentsResult {
  knownOptions("moments", options, ["bias"]);
  truthValue("moments", "bias", options.bias ?? true);
  return withSource(
    "moments",
    column,
    (source) => ({
      ...answerNow(momentsPlan(0, options), source),
      missing: source.missing(),
    }),
    "one",
  );
}

/** G1, the ratio of the unbiased cumulants. */
function unbiasedSkewness(skewness: number | null, n: number): number | null {
  return skewness === null || n < 3 ? null : (skewness * Math.sqrt(n * (n - 1))) / (n - 2);
}

/** G2, likewise. */
function unbiasedKurtosis(kurtosis: number | null, n: number): number | null {
  return kurtosis === null || n < 4 ? null : ((n - 1) / (n - 2) / (n - 3)) * ((n + 1) * kurtosis + 6);
}

/** The mean in the column's unit. */
export function meanOf({ mean, exponent, origin }: Moments): number {
  const value = timesPower(mean, exponent);
  return origin === 0n ? value : Number(origin) + value;
}

/** Sample standard deviation in the column's unit; NaN for fewer than two values. */
export function standardDeviationOf({ count, m2, exponent }: Moments): number {
  return timesPower(Math.sqrt(m2 / (count - 1)), exponent);
}

/** x · 2^exponent in two steps, since 2^exponent alone may overflow. */
export function timesPower(x: number, exponent: number): number {
  if (x === 0) return x; // 2^half may be infinite
  const half = Math.trunc(exponent / 2);
  return x * 2 ** half * 2 ** (exponent - half);
}

/** The power of two at which a number is neither huge nor tiny. */
export function exponentFor(x: number): number {
  return x === 0 ? 0 : Math.min(Math.max(Math.ceil(Math.log2(Math.abs(x))), -1000), 1000);
}

/** Mean of x minus mean of y, divided by 2^exponent; digits that neither mean has as a double are not lost. */
export function differenceOfMeans(x: Moments, y: Moments, exponent: number): number {
  const down = x.exponent - exponent;
  const up = y.exponent - exponent;
  const origins = timesPower(Number(x.origin - y.origin), -exponent);
  const means = timesPower(x.mean, down) - timesPower(y.mean, up);
  return origins + (means + (timesPower(x.meanLow, down) - timesPower(y.meanLow, up)));
}
