/**
 * The Epps-Singleton test: do two samples have one characteristic function? It compares the means of cos(t x) and
 * sin(t x) at a few t, measured in the pooled semi-interquartile range. Unlike tests on ranks it needs no continuous law,
 * and it sees changes of shape as well as of place.
 *
 * With g the 2k functions of a value, N = n + m and S = N/n cov(g of the reference) + N/m cov(g of the current side),
 *   W = N d' S⁺ d,   d the difference of the means of g,
 * is chi-square in the limit, with the rank of S as degrees of freedom. Where both sides have fewer than 25 values, W is
 * multiplied by 1 / (1 + N^-0.45 + 10.1 (n^-1.7 + m^-1.7)) [1].
 *
 * Adding a constant to all values turns each pair of functions, and W does not change. So angles are taken of the
 * distances from the pooled median: values far from zero keep their digits.
 *
 * [1] Epps, Singleton: An omnibus test for the two-sample problem using the empirical characteristic function. Journal of
 *     Statistical Computation and Simulation 26 (1986).
 */
import { chiSquare } from "../distributions/index.js";
import { answerNow, both, type Plan } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import type { Characteristic } from "../source/source.js";
import { timesPower } from "./moments.js";
import { oneOf } from "./one-of.js";
import { knownOptions, shown } from "./option-checks.js";
import { finite } from "./plain.js";
import { type PooledRanks, pooledRanksPlan } from "./pooled-ranks.js";
import { symmetricEigen } from "./symmetric-eigen.js";

export interface EppsSingletonOptions {
  /** Points at which the characteristic functions are compared, in units of 1 / the semi-interquartile range. */
  readonly t?: readonly number[];
  /**
   * `separate`: each side's own, as the authors and SciPy have it (the default). `pooled`: one for both, which keeps its
   * level where the sides are of unequal size.
   */
  readonly covariance?: "separate" | "pooled";
}

export interface EppsSingletonResult {
  /** W; `null` unless the status is `ok`. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** Rank of the covariance: 2 a point, fewer where there are few different values. */
  readonly degreesOfFreedom: number | null;
  /** Half the pooled interquartile range, in the column's unit. */
  readonly scale: number | null;
  readonly n: number;
  readonly m: number;
  /**
   * `few`: a side has fewer than five values. `constant`: the pooled interquartile range is 0. `singular`: the sides
   * differ in what is constant on both, which no covariance measures. `infinite`: a side holds infinite values.
   */
  readonly status: "ok" | "few" | "constant" | "singular" | "infinite";
  readonly missing: MissingOfBoth;
}

/** The authors' choice. */
const usual = [0.4, 0.8];

/** More points make the covariance singular. */
const mostPoints = 16;

/** Fewer values than this say nothing about the covariance of four functions; SciPy's limit. */
const fewest = 5;

/**
 * Epps-Singleton test of the null hypothesis that `reference` and `current` were drawn from one distribution, continuous
 * or not, against the alternative that they were not. The p-value is approximate.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted; infinite values give status `infinite`
 * @returns W, its degrees of freedom and p-value
 * @throws RangeError when a side has no value, or for points that are not positive, finite and different; TypeError for
 *   text
 * @see Epps and Singleton (1986); oracle: mpmath, scipy.stats.epps_singleton_2samp
 */
export function eppsSingletonTest(
  reference: NumericInput,
  current: NumericInput,
  options: EppsSingletonOptions = {},
): EppsSingletonResult {
  knownOptions("eppsSingletonTest", options, ["t", "covariance"]);
  checkPoints(options.t ?? usual);
  oneOf("eppsSingletonTest", "covariance", options.covariance ?? "separate", ["separate", "pooled"]);
  return withSides("eppsSingletonTest", reference, current, (x, y) => {
    const result = answerNow(eppsSingletonPlan(options), x, y);
    const { n, m } = result;
    if (n === 0 || m === 0) {
      throw new RangeError(`eppsSingletonTest: each side needs at least one value, got ${n} and ${m}`);
    }
    return { ...result, missing: { reference: x.missing(), current: y.missing() } };
  });
}

/** The plan behind `eppsSingletonTest`; a side without values has status `few`. */
export function* eppsSingletonPlan(options: EppsSingletonOptions = {}): Plan<Omit<EppsSingletonResult, "missing">> {
  const { t = usual, covariance = "separate" } = options;
  const pooled = yield* pooledRanksPlan(quartileRanks);
  const { n, m } = pooled;
  const none = { statistic: null, pValue: null, degreesOfFreedom: null, scale: null, n, m };
  if (n < fewest || m < fewest) return { ...none, status: "few" };
  const { centre, width } = middle(pooled);
  if (!Number.isFinite(width)) return { ...none, status: "infinite" };
  if (!(width > 0)) return { ...none, scale: 0, status: "constant" };
  // Beyond the ends of the doubles' range neither the distances nor 1 / width have all their digits, if any.
  const exponent = width > 2 ** 960 ? 60 : width < 2 ** -960 ? -60 : 0;
  const frequencies = t.map((point) => point / timesPower(width, -exponent));
  const [x, y] = yield* both("characteristic", centre, exponent, frequencies);
  const scale = width;
  if (x.count < n || y.count < m) return { ...none, scale, status: "infinite" };
  const found = quadraticForm(x, y, covariance === "pooled");
  if (found === null) return { ...none, scale, status: "singular" };
  const { rank } = found;
  const correction = 1 / (1 + (n + m) ** -0.45 + 10.1 * (n ** -1.7 + m ** -1.7));
  const statistic = found.w * (Math.max(n, m) < 25 ? correction : 1);
  return {
    statistic: finite(statistic),
    pValue: chiSquare.sf(statistic, rank),
    degreesOfFreedom: rank,
    scale,
    n,
    m,
    status: "ok",
  };
}

function checkPoints(t: readonly number[]): void {
  const wanted = `eppsSingletonTest: t must be 1 to ${mostPoints} different positive numbers`;
  if (!Array.isArray(t) || t.some((x) => typeof x !== "number")) {
    throw new TypeError(`${wanted}, got ${Array.isArray(t) ? t.map(shown).join(", ") : shown(t)}`);
  }
  const different = new Set(t).size === t.length;
  if (t.length >= 1 && t.length <= mostPoints && different && t.every((x) => x > 0 && x < Number.POSITIVE_INFINITY))
    return;
  throw new RangeError(`${wanted}, got ${t.join(", ")}`);
}

/** The neighbours of both quartiles (definition 7), and between them the lower median. */
function quartileRanks(count: number): number[] {
  const [low, high] = [(count - 1) / 4, (3 * (count - 1)) / 4];
  return [Math.floor(low), Math.ceil(low), Math.floor((count - 1) / 2), Math.floor(high), Math.ceil(high)];
}

/** The median, and half the interquartile range. */
function middle({ n, m, values }: PooledRanks): { centre: number | bigint; width: number } {
  const centre = values[2]!;
  const [a, b, , c, d] = values.map((value) =>
    typeof value === "bigint" ? Number(value - (centre as bigint)) : halved(value, centre as number),
  );
  const weight = (count: number): number => count - Math.floor(count);
  const lower = a! + weight((n + m - 1) / 4) * (b! - a!);
  const upper = c! + weight((3 * (n + m - 1)) / 4) * (d! - c!);
  return { centre, width: typeof centre === "bigint" ? (upper - lower) / 2 : upper - lower };
}

/** Half the distance, which no two doubles have too large; equal infinities have none. */
function halved(value: number, centre: number): number {
  return value === centre ? 0 : value / 2 - centre / 2;
}

/** Eigenvalues below this share of the largest are rounding. */
const noise = 1e-13;

/** W before its correction; `null` where the difference lies where the covariance does not reach. */
function quadraticForm(x: Characteristic, y: Characteristic, pooled: boolean): { w: number; rank: number } | null {
  const [n, m] = [x.count, y.count];
  const all = n + m;
  const size = x.means.length;
  // Pooled, each side counts by its values; N/n + N/m = N²/(n m).
  const [ofX, ofY] = pooled ? [all / m, all / n] : [all / n, all / m];
  const covariance = x.covariances.map((value, k) => ofX * value + ofY * y.covariances[k]!);
  const difference = x.means.map((mean, k) => mean - y.means[k]!);
  const { values, vectors } = symmetricEigen(covariance, size);
  const largest = Math.max(...values);
  let w = 0;
  let rank = 0;
  for (let k = 0; k < size; k++) {
    const along = difference.reduce((sum, value, i) => sum + value * vectors[k * size + i]!, 0);
    const square = all * along * along;
    if (values[k]! > noise * largest && largest > 0) {
      w += square / values[k]!;
      rank++;
    } else if (square > 1000 * noise * largest && square > all * 2 ** -90) return null;
  }
  return rank > 0 ? { w, rank } : null;
}
