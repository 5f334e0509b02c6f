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

/** A metric, and its derivative by each row's label; `null` where it is not defined. */
export interface Expected {
  readonly value: number;
  readonly gradient: Float64Array;
}

export type ExpectedMetric = (
  probabilities: Float64Array,
  predicted: Uint8Array,
  scores: Float64Array,
) => Expected | null;

const sumOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]!;
  return sum;
};

/** Σ p over the rows that are predicted to be positive. */
function truePositives(p: Float64Array, predicted: Uint8Array): number {
  return p.reduce((sum, share, row) => sum + share * predicted[row]!, 0);
}

/** TP / (TP + FP). */
export const expectedPrecision: ExpectedMetric = (p, predicted) => {
  const count = sumOf(predicted);
  if (count === 0) return null;
  return { value: truePositives(p, predicted) / count, gradient: Float64Array.from(predicted, (one) => one / count) };
};

/** TP / (TP + FN). */
export const expectedRecall: ExpectedMetric = (p, predicted) => {
  const positives = sumOf(p);
  if (positives === 0) return null;
  const value = truePositives(p, predicted) / positives;
  return { value, gradient: Float64Array.from(predicted, (one) => (one - value) / positives) };
};

/** TN / (TN + FP): the recall of the negative rows. */
export const expectedSpecificity: ExpectedMetric = (p, predicted, scores) => {
  const opposite = expectedRecall(
    p.map((share) => 1 - share),
    predicted.map((one) => 1 - one),
    scores,
  );
  return opposite && { value: opposite.value, gradient: opposite.gradient.map((slope) => -slope) };
};

/** 2 TP / (2 TP + FP + FN). */
export const expectedF1: ExpectedMetric = (p, predicted) => {
  const size = sumOf(p) + sumOf(predicted);
  if (size === 0) return null;
  const value = (2 * truePositives(p, predicted)) / size;
  return { value, gradient: Float64Array.from(predicted, (one) => (2 * one - value) / size) };
};

/** Runs of rows with equal scores, ascending: from where to where in `order`. */
function ties(scores: Float64Array): { order: Uint32Array; ends: number[] } {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const ends: number[] = [];
  order.forEach((row, k) => {
    if (k + 1 === order.length || scores[order[k + 1]!] !== scores[row]) ends.push(k + 1);
  });
  return { order, ends };
}

/** Of all pairs of two rows the expected number of correctly ordered ones over that of pairs of a positive and a negative. */
export const expectedRocAuc: ExpectedMetric = (p, _, scores) => {
  const positives = sumOf(p);
  const negatives = p.length - positives;
  const alike = p.reduce((sum, share) => sum + share * (1 - share), 0);
  const pairs = positives * negatives - alike;
  if (!(pairs > 0)) return null;
  const { order, ends } = ties(scores);
  const gradient = new Float64Array(p.length);
  let [correct, negativesBelow, positivesBelow, from] = [0, 0, 0, 0];
  for (const end of ends) {
    const tied = order.subarray(from, end);
    const inTie = tied.reduce((sum, row) => sum + p[row]!, 0);
    const positivesAbove = positives - positivesBelow - inTie;
    for (const row of tied) {
      const share = p[row]!;
      // A row is not compared with itself.
      const beaten = negativesBelow + (end - from - inTie - (1 - share)) / 2;
      correct += share * beaten;
      gradient[row] = beaten - positivesAbove - (inTie - share) / 2;
    }
    negativesBelow += end - from - inTie;
    positivesBelow += inTie;
    from = end;
  }
  const value = correct / pairs;
  const slope = negatives - positives - 1;
  p.forEach((share, row) => {
    gradient[row] = (gradient[row]! - value * (slope + 2 * share)) / pairs;
  });
  return { value, gradient };
};

/** Σ (R_k - R_(k-1)) P_k over the distinct scores, descending, with recall R and precision P down to there. */
export const expectedAveragePrecision: ExpectedMetric = (p, _, scores) => {
  const positives = sumOf(p);
  if (positives === 0) return null;
  const { order, ends } = ties(scores);
  const gradient = new Float64Array(p.length);
  const own = new Float64Array(ends.length);
  const further = new Float64Array(ends.length);
  let [sum, found] = [0, 0];
  for (let k = ends.length - 1; k >= 0; k--) {
    const from = k > 0 ? ends[k - 1]! : 0;
    const tied = order.subarray(from, ends[k]);
    const inTie = tied.reduce((total, row) => total + p[row]!, 0);
    const variance = tied.reduce((total, row) => total + p[row]! * (1 - p[row]!), 0);
    found += inTie;
    const rows = p.length - from;
    sum += (inTie * found + variance) / rows;
    own[k] = found / rows;
    further[k] = inTie / rows;
  }
  const value = sum / positives;
  let below = 0;
  let from = 0;
  ends.forEach((end, k) => {
    below += further[k]!;
    for (const row of order.subarray(from, end)) gradient[row] = (own[k]! + below - value) / positives;
    from = end;
  });
  return { value, gradient };
};
