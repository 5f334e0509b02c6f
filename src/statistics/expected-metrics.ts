/**
 * What metrics of a classifier are expected to be when each row is positive with a known probability, independently of the
 * others, and how they change with each row's label: the estimates of CBPE [1] and what their sampling error follows from.
 *
 * Ratios of random counts are taken as ratios of expectations, whose error is of the order of one over the number of
 * rows. Products of a row's label with itself are not counted as if they were of two rows: for labels that are known
 * (probabilities 0 and 1) every value is the metric itself.
 *
 * [1] NannyML: Confidence-based performance estimation (documentation, version 0.13).
 */

import { groupSizes, type ScoreGroups, sumByGroup } from "./score-groups.js";

/** A metric, and its derivative by each row's label. */
export interface Expected {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** `null` where the metric is not defined. @param predicted 1 where a row is predicted to be positive */
export type ExpectedMetric = (
  probabilities: Float64Array,
  predicted: Uint8Array,
  groups: ScoreGroups,
) => Expected | null;

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]!;
  return sum;
}

/** Σ p over the rows that are predicted to be positive. */
function truePositives(p: Float64Array, predicted: Uint8Array): number {
  let sum = 0;
  for (let row = 0; row < p.length; row++) sum += p[row]! * predicted[row]!;
  return sum;
}

/** A derivative that only depends on what is predicted. */
function byPrediction(predicted: Uint8Array, ofNegative: number, ofPositive: number): Float64Array {
  const gradient = new Float64Array(predicted.length);
  for (let row = 0; row < gradient.length; row++) gradient[row] = predicted[row] === 1 ? ofPositive : ofNegative;
  return gradient;
}

/** TP / (TP + FP). */
export const expectedPrecision: ExpectedMetric = (p, predicted) => {
  const count = sumOf(predicted);
  if (count === 0) return null;
  return { value: truePositives(p, predicted) / count, gradient: byPrediction(predicted, 0, 1 / count) };
};

/** TP / (TP + FN). */
export const expectedRecall: ExpectedMetric = (p, predicted) => {
  const positives = sumOf(p);
  if (positives === 0) return null;
  const value = truePositives(p, predicted) / positives;
  return { value, gradient: byPrediction(predicted, -value / positives, (1 - value) / positives) };
};

/** TN / (TN + FP): the recall of the negative rows. */
export const expectedSpecificity: ExpectedMetric = (p, predicted, groups) => {
  const opposite = expectedRecall(
    p.map((share) => 1 - share),
    predicted.map((one) => 1 - one),
    groups,
  );
  return opposite && { value: opposite.value, gradient: opposite.gradient.map((slope) => -slope) };
};

/** 2 TP / (2 TP + FP + FN). */
export const expectedF1: ExpectedMetric = (p, predicted) => {
  const size = sumOf(p) + sumOf(predicted);
  if (size === 0) return null;
  const value = (2 * truePositives(p, predicted)) / size;
  return { value, gradient: byPrediction(predicted, -value / size, (2 - value) / size) };
};

/** By group: Σ p (1 - p). */
function variances(p: Float64Array, groups: ScoreGroups): Float64Array {
  return sumByGroup(
    groups,
    p.map((share) => share * (1 - share)),
  );
}

/** Of all pairs of two rows the expected number of correctly ordered ones over that of pairs of a positive and a negative. */
export const expectedRocAuc: ExpectedMetric = (p, _, groups) => {
  const [inGroup, sizes, alike] = [sumByGroup(groups, p), groupSizes(groups), variances(p, groups)];
  const positives = sumOf(inGroup);
  const negatives = p.length - positives;
  const pairs = positives * negatives - sumOf(alike);
  if (!(pairs > 0)) return null;
  // A row beats the negatives below it and half of those beside it, itself not among them.
  const net = new Float64Array(sizes.length);
  let [correct, negativesBelow, positivesBelow] = [0, 0, 0];
  for (let k = 0; k < sizes.length; k++) {
    const [ours, others] = [inGroup[k]!, sizes[k]! - inGroup[k]!];
    correct += ours * negativesBelow + (ours * others - alike[k]!) / 2;
    net[k] = negativesBelow + others / 2 - (positives - positivesBelow - ours / 2);
    negativesBelow += others;
    positivesBelow += ours;
  }
  const value = correct / pairs;
  const gradient = new Float64Array(p.length);
  for (let row = 0; row < p.length; row++) {
    const own = p[row]! - 0.5;
    gradient[row] = (net[groups.groupOf[row]!]! + own - value * (negatives - positives + 2 * own)) / pairs;
  }
  return { value, gradient };
};

/** Σ (R_k - R_(k-1)) P_k over the distinct scores, descending, with recall R and precision P down to there. */
export const expectedAveragePrecision: ExpectedMetric = (p, _, groups) => {
  const [inGroup, sizes, alike] = [sumByGroup(groups, p), groupSizes(groups), variances(p, groups)];
  const positives = sumOf(inGroup);
  if (positives === 0) return null;
  const slopes = new Float64Array(sizes.length);
  let [sum, found, rows] = [0, 0, 0];
  for (let k = sizes.length - 1; k >= 0; k--) {
    found += inGroup[k]!;
    rows += sizes[k]!;
    sum += (inGroup[k]! * found + alike[k]!) / rows;
    slopes[k] = found / rows;
  }
  const value = sum / positives;
  let below = 0;
  for (let k = 0; k < sizes.length; k++) {
    below += inGroup[k]! / rows;
    rows -= sizes[k]!;
    slopes[k] = (slopes[k]! + below - value) / positives;
  }
  const gradient = new Float64Array(p.length);
  for (let row = 0; row < p.length; row++) gradient[row] = slopes[groups.groupOf[row]!]!;
  return { value, gradient };
};
