/**
 * Correlation of two columns, row by row: Pearson's of the values, Spearman's of their ranks.
 *
 * p-values come from Student's t of r √((n - 2) / (1 - r²)), exact for normal pairs and an approximation for ranks. Intervals are
 * symmetric in Fisher's z = artanh r, with variance 1 / (n - 3), and of ranks (1 + r²/2) / (n - 3) [2]. Pearson's hold
 * for normal pairs; of heavy tails they are too short.
 *
 * [1] Fisher: On the probable error of a coefficient of correlation deduced from a small sample. Metron 1 (1921).
 * [2] Bonett, Wright: Sample size requirements for estimating Pearson, Kendall and Spearman correlations. Psychometrika 65 (2000).
 */
import { normal, studentT } from "../distributions/index.js";
import { differencesOf, valuesInPairs } from "../engine/pairs.js";
import { missingPairs, pairedSides } from "../source/pairs.js";
import type { NumericInput } from "../source/sides.js";
import type { Missing } from "../source/source.js";
import { midRanks } from "./mid-ranks.js";
import { confidenceLevel, knownOptions } from "./option-checks.js";
import { productMoment } from "./product-moment.js";

export interface CorrelationOptions {
  /** Level of the confidence interval; 0.95 if not given. */
  readonly confidence?: number;
}

export interface CorrelationResult {
  /** In [-1, 1]; `null` unless the status is `ok`. */
  readonly coefficient: number | null;
  /** Of no correlation, two-sided. */
  readonly pValue: number | null;
  /** `null` with fewer than four rows. */
  readonly confidenceInterval: readonly [low: number, high: number] | null;
  /** Rows in which both columns hold a value. */
  readonly n: number;
  /** `constant`: a column has no spread. `infinite`: one holds infinite values, which only have ranks. */
  readonly status: "ok" | "constant" | "infinite";
  readonly missing: Missing;
}

/**
 * Pearson's correlation of two columns of one table.
 *
 * @param x, y  numbers, row by row; rows in which one is null or NaN are left out and counted
 * @returns r with its two-sided p-value and Fisher's interval
 * @throws RangeError for columns of unequal length, and fewer than two rows with values; TypeError for text and for
 *   prepared columns: their rows are in another order
 * @see Fisher (1921); oracle: scipy.stats.pearsonr
 */
export function pearson(x: NumericInput, y: NumericInput, options: CorrelationOptions = {}): CorrelationResult {
  return correlationOf(
    "pearson",
    x,
    y,
    options,
    (values) => values,
    () => 1,
  );
}

/**
 * Spearman's correlation of two columns of one table: Pearson's of their mid-ranks among the rows in which both hold a value.
 *
 * @param x, y  as of `pearson`; infinite values keep their rank
 * @returns ρ with its two-sided p-value by Student's t, and the interval of Bonett and Wright
 * @throws as `pearson`
 * @see Spearman (1904); oracle: scipy.stats.spearmanr
 */
export function spearman(x: NumericInput, y: NumericInput, options: CorrelationOptions = {}): CorrelationResult {
  return correlationOf("spearman", x, y, options, midRanks, (r) => 1 + (r * r) / 2);
}

function correlationOf(
  caller: "pearson" | "spearman",
  x: NumericInput,
  y: NumericInput,
  options: CorrelationOptions,
  scored: (values: Float64Array) => Float64Array,
  factor: (r: number) => number,
): CorrelationResult {
  knownOptions(caller, options, ["confidence"]);
  const { confidence = 0.95 } = options;
  confidenceLevel(caller, confidence);
  const sides = pairedSides(caller, x, y);
  const missing = missingPairs(differencesOf(...sides).seen);
  const [left, right] = sides.map((side) => ({ ...side, representation: "f64" }) as const);
  const [u, v] = [valuesInPairs(left!, right!), valuesInPairs(right!, left!)].map(scored) as [
    Float64Array,
    Float64Array,
  ];
  const n = u.length;
  if (n < 2) throw new RangeError(`${caller}: at least two rows with both values are needed, got ${n}`);
  const none = { coefficient: null, pValue: null, confidenceInterval: null, n, missing };
  if (![u, v].every((values) => values.every(Number.isFinite))) return { ...none, status: "infinite" };
  const r = productMoment(u, v);
  if (r === null) return { ...none, status: "constant" };
  return {
    coefficient: r,
    pValue: correlationPValue(r, n),
    confidenceInterval: n > 3 ? fisherInterval(r, factor(r) / (n - 3), confidence) : null,
    n,
    status: "ok",
    missing,
  };
}

function correlationPValue(r: number, n: number): number {
  if (n === 2) return 1;
  const t = Math.abs(r) * Math.sqrt((n - 2) / ((1 - r) * (1 + r)));
  return t === Number.POSITIVE_INFINITY ? 0 : Math.min(1, 2 * studentT.sf(t, n - 2));
}

function fisherInterval(r: number, variance: number, confidence: number): readonly [number, number] {
  const reach = normal.upperQuantile((1 - confidence) / 2) * Math.sqrt(variance);
  return Math.abs(r) === 1 ? [r, r] : [Math.tanh(Math.atanh(r) - reach), Math.tanh(Math.atanh(r) + reach)];
}
