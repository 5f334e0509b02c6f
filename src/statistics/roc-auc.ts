/**
 * The area under the receiver operating characteristic: the share of pairs of a positive and a negative row in which the
 * positive one has the higher score, equal scores counted half. That is U / (n·m) of the Mann-Whitney test.
 *
 * Its variance is DeLong's [1]: var(V10) / n + var(V01) / m, with the share of negatives below each positive (V10) and of
 * positives above each negative (V01). The interval is symmetric on the scale of log-odds, which keeps it inside (0, 1)
 * and near its level where the area is large [2].
 *
 * [1] DeLong, DeLong, Clarke-Pearson: Comparing the areas under two or more correlated receiver operating characteristic
 *     curves. Biometrics 44 (1988).
 * [2] Qin, Hotilovac: Comparison of non-parametric confidence intervals for the area under the ROC curve of a
 *     continuous-scale diagnostic test. Statistical Methods in Medical Research 17 (2008).
 */
import { normal } from "../distributions/index.js";
import { denseOf } from "../engine/dense.js";
import { orderAll } from "../engine/order.js";
import { valuesOfPairs } from "../engine/pairs.js";
import { missingPairs, pairedSides } from "../source/pairs.js";
import type { NumericInput } from "../source/sides.js";
import type { Missing } from "../source/source.js";
import { confidenceLevel, knownOptions } from "./option-checks.js";
import { type Placements, placements } from "./placements.js";

export interface RocAucOptions {
  /** Of the interval; 0.95 if not given. */
  readonly confidence?: number;
}

export interface RocAucResult {
  /** From 0 to 1; 0.5 for scores that tell nothing. `null` where a class has no row. */
  readonly auc: number | null;
  /** DeLong's; `null` where a class has less than two rows. */
  readonly standardError: number | null;
  /** `null` without a standard error, and where the classes are separated: then it would have no width. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly confidence: number;
  readonly method: "delong";
  readonly positives: number;
  readonly negatives: number;
  /** `one-class`: all labels are equal. `few`: a class has a single row. `separated`: the area is 0 or 1. */
  readonly status: "ok" | "one-class" | "few" | "separated";
  readonly missing: Missing;
}

/**
 * Area under the ROC curve of scores, with DeLong's standard error and a confidence interval.
 *
 * @param labels truth values, or numbers 1 (positive) and 0
 * @param scores higher ones for rows that are more likely to be positive; infinite ones keep their rank. Rows in which
 *   either is null or NaN are left out and counted
 * @throws TypeError for text, RangeError for labels other than 0 and 1 and for columns of unequal length
 * @see DeLong, DeLong and Clarke-Pearson (1988); oracle: scikit-learn's roc_auc_score, DeLong's definition in numpy
 */
export function rocAuc(labels: NumericInput, scores: NumericInput, options: RocAucOptions = {}): RocAucResult {
  knownOptions("rocAuc", options, ["confidence"]);
  const { confidence = 0.95 } = options;
  confidenceLevel("rocAuc", confidence);
  const [y, s] = pairedSides("rocAuc", labels, scores, ["labels", "scores"]);
  const asDoubles = { representation: "f64" } as const;
  const { first, second, seen } = valuesOfPairs({ ...y, ...asDoubles }, { ...s, ...asDoubles });
  const wrong = first.find((label) => label !== 0 && label !== 1);
  if (wrong !== undefined) throw new RangeError(`rocAuc: labels must be true or false, or 1 or 0, got ${wrong}`);
  return { ...areaOf(first, second, confidence), missing: missingPairs(seen) };
}

/** The area for labels 0 and 1 and scores without NaN. */
export function areaOf(
  labels: ArrayLike<number>,
  scores: Float64Array,
  confidence: number,
): Omit<RocAucResult, "missing"> {
  const { n, m, pairs, varianceOfX, varianceOfY } = placed(labels, scores);
  const about = { confidence, method: "delong", positives: n, negatives: m } as const;
  const blank = { auc: null, standardError: null, interval: null, ...about };
  if (n === 0 || m === 0) return { ...blank, status: "one-class" };
  const auc = pairs / 2 / n / m;
  if (n < 2 || m < 2) return { ...blank, auc, status: "few" };
  const standardError = Math.sqrt(varianceOfX / n + varianceOfY / m);
  if (auc === 0 || auc === 1) return { ...blank, auc, standardError, status: "separated" };
  return { auc, standardError, interval: oddsInterval(auc, standardError, confidence), ...about, status: "ok" };
}

/** The area alone, for rows of both classes. */
export function areaUnderCurve(labels: ArrayLike<number>, scores: Float64Array): number {
  const { n, m, pairs } = placed(labels, scores);
  return pairs / 2 / n / m;
}

/** Scores of the n positive rows among those of the m negative ones. */
function placed(
  labels: ArrayLike<number>,
  scores: Float64Array,
): Placements & { readonly n: number; readonly m: number } {
  const [positive, negative] = [sortedOf(labels, scores, 1), sortedOf(labels, scores, 0)];
  return { n: positive.length, m: negative.length, ...placements(positive, negative) };
}

/** The scores of one class, in order. */
export function sortedOf(labels: ArrayLike<number>, scores: Float64Array, label: number): Float64Array {
  const found = new Float64Array(scores.length);
  let count = 0;
  for (let row = 0; row < scores.length; row++) if (labels[row] === label) found[count++] = scores[row]!;
  return orderAll(denseOf(found.subarray(0, count))).values as Float64Array;
}

/** An interval of a share that is symmetric on the scale of log-odds. */
export function oddsInterval(share: number, standardError: number, confidence: number): [number, number] {
  const width = (normal.upperQuantile((1 - confidence) / 2) * standardError) / (share * (1 - share));
  const centre = Math.log(share / (1 - share));
  return [1 / (1 + Math.exp(width - centre)), 1 / (1 + Math.exp(-centre - width))];
}
