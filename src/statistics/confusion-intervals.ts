/**
 * Confidence intervals of the metrics of a confusion matrix, by formula. Rows are independent, so that the cells are
 * multinomial.
 *
 * - Accuracy, precision and recall of a class, which are shares of a number of rows: Wilson's [1].
 * - F1 of a class: 2 J / (1 + J) with the share J of rows that are right among those labelled or predicted as the class;
 *   Wilson's interval of J is carried over.
 * - Macro precision and recall, balanced accuracy, which are means of independent shares given the number of rows predicted
 *   to be, or labelled as, each class: from Wilson's intervals of these by the square-and-add rule [2], which keeps its level
 *   where shares are 0 or 1.
 * - Others: the delta method. A metric m that only depends on the shares of the cells has the variance Σ C (∂m/∂C)² over the
 *   cells' counts C; the interval is symmetric on the scale of log-odds, of the correlation on Fisher's (its artanh).
 *
 * [1] Wilson: Probable inference, the law of succession, and statistical inference. JASA 22 (1927).
 * [2] Zou, Donner: Construction of confidence limits about effect measures: a general approach. Statistics in Medicine 27
 *     (2008).
 */
import { normal } from "../distributions/index.js";
import { type Margins, moments, ofClass, places } from "./confusion-metrics.js";
import { oddsInterval } from "./roc-auc.js";
import { wilson, wilsonInterval } from "./wilson.js";

export type Range = readonly [low: number, high: number];

/** In the order of `confusionMetrics`; `null` where a metric is not defined or nothing is known of its error. */
export function confusionIntervals(
  counts: Float64Array,
  margins: Margins,
  metrics: Float64Array,
  confidence: number,
): readonly (Range | null)[] {
  const { classes, total, correct, actual, predicted, hits } = margins;
  const z = normal.upperQuantile((1 - confidence) / 2);
  const found: (Range | null)[] = new Array(ofClass(classes)).fill(null);
  if (total === 0) return found;
  const accuracy = wilsonInterval(correct, total, z);
  for (const place of [
    places.accuracy,
    places.precision.micro,
    places.recall.micro,
    places.recall.weighted,
    places.f1.micro,
  ])
    found[place] = accuracy;
  for (let k = 0; k < classes; k++) {
    const [a, b, both] = [actual[k]!, predicted[k]!, hits[k]!];
    if (b > 0) found[ofClass(k)] = wilsonInterval(both, b, z);
    if (a > 0) found[ofClass(k) + 1] = wilsonInterval(both, a, z);
    if (a + b > 0) {
      const [low, high] = wilsonInterval(both, a + b - both, z);
      found[ofClass(k) + 2] = [(2 * low) / (1 + low), (2 * high) / (1 + high)];
    }
  }
  const present = Array.from(actual.keys()).filter((k) => actual[k]! + predicted[k]! > 0);
  const labelled = present.filter((k) => actual[k]! > 0);
  const mean = (place: number, sizes: Float64Array, of: readonly number[]): Range =>
    squareAndAdd(metrics[place]!, hits, sizes, of, z);
  found[places.balancedAccuracy] = mean(places.balancedAccuracy, actual, labelled);
  found[places.recall.macro] = mean(places.recall.macro, actual, present);
  found[places.precision.macro] = mean(places.precision.macro, predicted, present);
  const error = (gradient: Gradient): number => standardError(counts, classes, gradient);
  const slopes = gradients(margins, metrics, present.length);
  const odds = (place: number, gradient: Gradient): Range | null =>
    insideOdds(metrics[place]!, error(gradient), confidence);
  found[places.precision.weighted] = odds(places.precision.weighted, slopes.weightedPrecision);
  found[places.f1.macro] = odds(places.f1.macro, slopes.macroF1);
  found[places.f1.weighted] = odds(places.f1.weighted, slopes.weightedF1);
  const mcc = metrics[places.mcc]!;
  const width = (z * error(slopes.mcc)) / (1 - mcc * mcc);
  if (width > 0 && Math.abs(mcc) < 1)
    found[places.mcc] = [-width, width].map((by) => Math.tanh(Math.atanh(mcc) + by)) as [number, number];
  return found;
}

/** Symmetric in log-odds; `null` where it would have no width. */
export function insideOdds(value: number, standardError: number, confidence: number): Range | null {
  if (!(value > 0 && value < 1 && standardError > 0)) return null;
  return oddsInterval(value, standardError, confidence);
}

/** The mean of the shares of `of`, those of no rows being 0. */
function squareAndAdd(mean: number, hits: Float64Array, sizes: Float64Array, of: readonly number[], z: number): Range {
  let [below, above] = [0, 0];
  for (const k of of) {
    if (sizes[k] === 0) continue;
    const reach = wilson(hits[k]!, sizes[k]!, z);
    below += reach.below ** 2;
    above += reach.above ** 2;
  }
  return [Math.max(0, mean - Math.sqrt(below) / of.length), Math.min(1, mean + Math.sqrt(above) / of.length)];
}

/** The derivative by the count of rows of class i that are predicted to be of class j. */
type Gradient = (i: number, j: number) => number;

function standardError(counts: Float64Array, classes: number, gradient: Gradient): number {
  let variance = 0;
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      const count = counts[i * classes + j]!;
      if (count > 0) variance += count * gradient(i, j) ** 2;
    }
  }
  return Math.sqrt(variance);
}

function gradients({ total, correct, actual, predicted }: Margins, metrics: Float64Array, present: number) {
  const precision = (k: number) => metrics[ofClass(k)]! || 0;
  const f1 = (k: number) => metrics[ofClass(k) + 2]! || 0;
  const size = (k: number) => actual[k]! + predicted[k]!;
  const { ofActual, ofPredicted } = moments(total, correct, actual, predicted);
  const root = Math.sqrt(ofActual * ofPredicted);
  const mcc = metrics[places.mcc]!;
  return {
    weightedPrecision: (i, j) =>
      (actual[j]! * (Number(i === j) - precision(j))) / predicted[j]! / total +
      (precision(i) - metrics[places.precision.weighted]!) / total,
    macroF1: (i, j) => ((2 * Number(i === j) - f1(i)) / size(i) - f1(j) / size(j)) / present,
    weightedF1: (i, j) =>
      ((actual[i]! * (2 * Number(i === j) - f1(i))) / size(i) - (actual[j]! * f1(j)) / size(j)) / total +
      (f1(i) - metrics[places.f1.weighted]!) / total,
    mcc: (i, j) =>
      root === 0
        ? 0
        : (Number(i === j) * total + correct - predicted[i]! - actual[j]!) / root -
          mcc * ((total - predicted[j]!) / ofPredicted + (total - actual[i]!) / ofActual),
  } satisfies Record<string, Gradient>;
}
