/**
 * Evidently's domain classifier: half of the rows of both sides teach a linear classifier which side a row is of, the
 * other half measures by the area under its ROC curve how well it tells. The split, the order of rows and all draws are
 * scikit-learn's with random_state=42.
 */
import { type LinearClassifierOptions, linearClassifier } from "../../statistics/linear-classifier.js";
import { mannWhitneyTest } from "../../statistics/mann-whitney.js";
import { numpyRandom } from "./numpy-random.js";

/** Rows by number, those for learning and those for measuring, in random order: train_test_split(test_size=0.5). */
export function halves(rows: number): { train: Uint32Array; test: Uint32Array } {
  const order = numpyRandom(42).permutation(rows);
  const measured = Math.ceil(rows / 2);
  return { train: order.subarray(measured), test: order.subarray(0, measured) };
}

/** SGDClassifier(random_state=42) on rows of two classes. */
export function classifierOf(
  rows: Parameters<typeof linearClassifier>[0],
  classes: Uint8Array,
  options: Omit<LinearClassifierOptions, "seed" | "alpha">,
) {
  const random = numpyRandom(42);
  random.integer(1, 2 ** 31 - 1); // a seed that scikit-learn draws and does not use
  return linearClassifier(rows, classes, { ...options, alpha: 0.0001, seed: random.integer(0, 2 ** 31 - 1) });
}

/** Share of pairs of rows, one of each class, in which that of class 1 scores higher; ties count half. */
export function areaUnderCurve(scores: Float64Array, classes: Uint8Array): number {
  const positive = scores.filter((_, row) => classes[row] === 1);
  const negative = scores.filter((_, row) => classes[row] === 0);
  const { statistic } = mannWhitneyTest(positive, negative, { method: "asymptotic" });
  return statistic / (positive.length * negative.length);
}

/** Whether there are rows of both classes. */
export function isMixed(classes: Uint8Array): boolean {
  return classes.includes(0) && classes.includes(1);
}

/** A quantile of the areas that random scores reach, one for each seed. */
export function randomArea(classes: Uint8Array, seeds: Iterable<number>, probability: number): number {
  const areas = Array.from(seeds, (seed) => {
    const random = numpyRandom(seed);
    const scores = Float64Array.from({ length: classes.length }, () => random.uniform());
    return areaUnderCurve(scores, classes);
  });
  return percentile(Float64Array.from(areas), 100 * probability);
}

/** numpy.percentile, linear between neighbours. */
export function percentile(values: Float64Array, percent: number): number {
  const sorted = values.toSorted();
  const place = (percent / 100) * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  const share = place - below;
  return share >= 0.5 ? high - (high - low) * (1 - share) : low + (high - low) * share;
}
