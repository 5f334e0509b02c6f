/** Estimates of all metrics of one side, and of its confusion matrix, with their sampling errors. */
import type { ClassRows } from "./class-rows.js";
import {
  type ExpectedMetric,
  expectedAveragePrecision,
  expectedF1,
  expectedPrecision,
  expectedRecall,
  expectedRocAuc,
  expectedSpecificity,
} from "./expected-metrics.js";
import { type Successes, successes } from "./poisson-binomial.js";
import { oddsInterval } from "./roc-auc.js";

export interface MetricEstimate {
  /** Expected on the current rows; `null` where the metric is not defined, such as a precision without positive predictions. */
  readonly value: number | null;
  readonly standardError: number | null;
  /** Where the metric will lie once labels are known, if the assumptions hold: the calibration's own error is not in it. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly law: "poisson-binomial" | "normal" | "delta";
  /** The metric on the reference, where there are labels. */
  readonly reference: number | null;
}

export interface CountEstimate {
  readonly expected: number;
  readonly standardError: number;
  readonly interval: readonly [low: number, high: number];
}

/** Of more than two classes: means over the classes, each against all others (macro averages); accuracy of all rows. */
export interface ClassificationEstimates {
  readonly accuracy: MetricEstimate;
  readonly precision: MetricEstimate;
  readonly recall: MetricEstimate;
  readonly specificity: MetricEstimate;
  readonly f1: MetricEstimate;
  readonly rocAuc: MetricEstimate;
  readonly averagePrecision: MetricEstimate;
}

/** 1 in the rows of class `k`. */
export const isClass = (classOf: Uint16Array, k: number) => Uint8Array.from(classOf, (each) => Number(each === k));

/** @param before rows whose labels are known, at least one of them */
export function estimatesOf(
  after: ClassRows,
  probabilities: readonly Float64Array[],
  before: ClassRows | null,
  confidence: number,
): ClassificationEstimates {
  const known = before?.classes.map((_, k) => Float64Array.from(isClass(before.labels!, k)));
  const correct = (rows: ClassRows, p: readonly Float64Array[]) =>
    Float64Array.from(rows.predicted, (k, row) => p[k]![row]!);
  const accuracy = shareOf(
    successes(correct(after, probabilities), confidence),
    after.rows,
    before && known ? correct(before, known).reduce((sum, one) => sum + one, 0) / before.rows : null,
  );
  const estimate = (metric: ExpectedMetric): MetricEstimate => {
    const found = average(metric, after, probabilities);
    const realised = before && known ? (average(metric, before, known)?.value ?? null) : null;
    return byDelta(found, probabilities, confidence, realised);
  };
  return {
    accuracy,
    precision: exactPrecision(after, probabilities, confidence, estimate(expectedPrecision)),
    recall: estimate(expectedRecall),
    specificity: estimate(expectedSpecificity),
    f1: estimate(expectedF1),
    rocAuc: estimate(expectedRocAuc),
    averagePrecision: estimate(expectedAveragePrecision),
  };
}

/** Of two classes the true positives among a known number of positive predictions, whose law is known. */
function exactPrecision(
  { predicted, classes }: ClassRows,
  probabilities: readonly Float64Array[],
  confidence: number,
  estimate: MetricEstimate,
): MetricEstimate {
  if (classes.length !== 2 || probabilities.length !== 2 || estimate.value === null) return estimate;
  const chosen = probabilities[1]!.filter((_, row) => predicted[row] === 1);
  return shareOf(successes(chosen, confidence), chosen.length, estimate.reference);
}

function shareOf(
  { mean, variance, interval, exact }: Successes,
  rows: number,
  reference: number | null,
): MetricEstimate {
  const law = exact ? "poisson-binomial" : "normal";
  if (rows === 0) return { value: null, standardError: null, interval: null, law, reference };
  return {
    value: mean / rows,
    standardError: Math.sqrt(variance) / rows,
    interval: [interval[0] / rows, interval[1] / rows],
    law,
    reference,
  };
}

/** A metric of a side: its value, and its derivatives by whether a row is of a class. */
interface Averaged {
  readonly value: number;
  readonly gradients: readonly (Float64Array | null)[];
}

/** Of two classes that of the positive one; of more the mean over the classes, in which one that is not defined counts as 0. */
function average(metric: ExpectedMetric, rows: ClassRows, p: readonly Float64Array[]): Averaged | null {
  const isBinary = rows.scores.length === 1;
  const found = rows.classes.map((_, k) =>
    isBinary && k === 0 ? null : metric(p[k]!, isClass(rows.predicted, k), rows.scores[isBinary ? 0 : k]!),
  );
  const share = isBinary ? 1 : 1 / found.length;
  if (rows.rows === 0 || found.every((each) => each === null)) return null;
  return {
    value: found.reduce((sum, each) => sum + share * (each?.value ?? 0), 0),
    gradients: found.map((each) => each?.gradient.map((slope) => share * slope) ?? null),
  };
}

/** Labels are one class each, independently from row to row. */
function byDelta(
  found: Averaged | null,
  probabilities: readonly Float64Array[],
  confidence: number,
  reference: number | null,
): MetricEstimate {
  if (!found) return { value: null, standardError: null, interval: null, law: "delta", reference };
  let variance = 0;
  for (let row = 0; row < probabilities[0]!.length; row++) {
    let [mean, square] = [0, 0];
    found.gradients.forEach((gradient, k) => {
      const slope = gradient ? gradient[row]! : 0;
      mean += probabilities[k]![row]! * slope;
      square += probabilities[k]![row]! * slope * slope;
    });
    variance += Math.max(0, square - mean * mean);
  }
  const standardError = Math.sqrt(variance);
  const { value } = found;
  const isInside = value > 0 && value < 1;
  const interval = isInside ? oddsInterval(value, standardError, confidence) : ([value, value] as const);
  return { value, standardError, interval, law: "delta", reference };
}

/** Expected counts: a row for each true class, a column for each predicted one. */
export function confusionOf(
  { predicted, classes }: ClassRows,
  probabilities: readonly Float64Array[],
  confidence: number,
): CountEstimate[][] {
  return classes.map((_, actual) =>
    classes.map((_, said) => {
      const trials = probabilities[actual]!.filter((_, row) => predicted[row] === said);
      const { mean, variance, interval } = successes(trials, confidence);
      return { expected: mean, standardError: Math.sqrt(variance), interval };
    }),
  );
}
