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
import { type ScoreGroups, scoreGroups } from "./score-groups.js";

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
export function isClass(classOf: Uint16Array, k: number): Uint8Array {
  const found = new Uint8Array(classOf.length);
  for (let row = 0; row < found.length; row++) found[row] = Number(classOf[row] === k);
  return found;
}

/** What metrics are computed from, by class: of two classes all but the predictions is of the positive one alone. */
interface Side {
  readonly rows: ClassRows;
  readonly probabilities: readonly Float64Array[];
  /** Classes that metrics are averaged over. */
  readonly measured: readonly number[];
  readonly predicted: readonly Uint8Array[];
  readonly groups: readonly ScoreGroups[];
}

function sideOf(rows: ClassRows, probabilities: readonly Float64Array[]): Side {
  const measured = rows.scored.map((_, k) => rows.classes.length - rows.scored.length + k);
  return {
    rows,
    probabilities,
    measured,
    predicted: measured.map((k) => isClass(rows.predicted, k)),
    groups: rows.scores.map(scoreGroups),
  };
}

/** @param labelled rows whose labels are known, at least one of them */
export function estimatesOf(
  current: ClassRows,
  probabilities: readonly Float64Array[],
  labelled: ClassRows | null,
  confidence: number,
): ClassificationEstimates {
  const after = sideOf(current, probabilities);
  // A known label is one that has the probability 1.
  const before =
    labelled &&
    sideOf(
      labelled,
      labelled.classes.map((_, k) => Float64Array.from(isClass(labelled.labels!, k))),
    );
  const estimate = (metric: ExpectedMetric): MetricEstimate =>
    byDelta(average(metric, after), after, confidence, (before && average(metric, before)?.value) ?? null);
  const correct = successes(correctly(after), confidence);
  const known = before && successes(correctly(before), confidence).mean / before.rows.rows;
  return {
    accuracy: shareOf(correct, current.rows, known),
    precision: exactPrecision(after, confidence, estimate(expectedPrecision)),
    recall: estimate(expectedRecall),
    specificity: estimate(expectedSpecificity),
    f1: estimate(expectedF1),
    rocAuc: estimate(expectedRocAuc),
    averagePrecision: estimate(expectedAveragePrecision),
  };
}

/** The probability that a row is of the class that it is predicted to be of. */
function correctly({ rows, probabilities }: Side): Float64Array {
  const found = new Float64Array(rows.rows);
  for (let row = 0; row < found.length; row++) found[row] = probabilities[rows.predicted[row]!]![row]!;
  return found;
}

/** Of two classes the true positives are among a known number of positive predictions, so that their law is known. */
function exactPrecision(
  { measured, probabilities, predicted }: Side,
  confidence: number,
  estimate: MetricEstimate,
): MetricEstimate {
  if (measured.length > 1 || estimate.value === null) return estimate;
  const chosen = probabilities[1]!.filter((_, row) => predicted[0]![row] === 1);
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
  readonly gradients: readonly Float64Array[];
  /** Of which class. */
  readonly of: readonly number[];
}

/**
 * The mean over the classes for which the metric is defined; as in scikit-learn a class that is never predicted has the
 * precision 0 where there are more than two.
 */
function average(metric: ExpectedMetric, { rows, probabilities, measured, predicted, groups }: Side): Averaged | null {
  const each = measured.map((k, place) => ({ k, found: metric(probabilities[k]!, predicted[place]!, groups[place]!) }));
  const defined = each.flatMap(({ k, found }) => (found ? [{ k, ...found }] : []));
  if (rows.rows === 0 || defined.length === 0) return null;
  const share = 1 / (metric === expectedPrecision ? measured.length : defined.length);
  return {
    value: defined.reduce((sum, { value }) => sum + share * value, 0),
    gradients: defined.map(({ gradient }) => gradient.map((slope) => share * slope)),
    of: defined.map(({ k }) => k),
  };
}

/** Labels are one class each, independently from row to row. */
function byDelta(
  found: Averaged | null,
  { probabilities }: Side,
  confidence: number,
  reference: number | null,
): MetricEstimate {
  if (!found) return { value: null, standardError: null, interval: null, law: "delta", reference };
  const { value, gradients, of } = found;
  let variance = 0;
  for (let row = 0; row < probabilities[0]!.length; row++) {
    let [mean, square] = [0, 0];
    for (let place = 0; place < of.length; place++) {
      const [slope, p] = [gradients[place]![row]!, probabilities[of[place]!]![row]!];
      mean += p * slope;
      square += p * slope * slope;
    }
    variance += Math.max(0, square - mean * mean);
  }
  const standardError = Math.sqrt(variance);
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
