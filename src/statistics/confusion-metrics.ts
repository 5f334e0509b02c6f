/**
 * Metrics of a confusion matrix, all at once as an array of numbers, NaN where one is not defined. Definitions and averages
 * are scikit-learn's: an average counts a class without a value as 0 (zero_division=0), and looks at no class that has
 * neither a label nor a prediction; the balanced accuracy is the mean recall of the classes that have labels.
 */

/** Where each metric is in the array; those of class k follow at `ofClass(k)`: precision, recall, F1. */
export const places = {
  accuracy: 0,
  balancedAccuracy: 1,
  precision: { macro: 2, weighted: 3, micro: 4 },
  recall: { macro: 5, weighted: 6, micro: 7 },
  f1: { macro: 8, weighted: 9, micro: 10 },
  mcc: 11,
} as const;

export const ofClass = (k: number): number => 12 + 3 * k;

export interface Margins {
  readonly classes: number;
  readonly total: number;
  readonly correct: number;
  /** By class: rows of it, rows predicted to be, and rows for which both is so. */
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  readonly hits: Float64Array;
}

/** @param counts a row for each true class, a column for each predicted one */
export function marginsOf(counts: Float64Array, classes: number): Margins {
  const [actual, predicted, hits] = [0, 1, 2].map(() => new Float64Array(classes)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let [total, correct] = [0, 0];
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      const count = counts[i * classes + j]!;
      actual[i]! += count;
      predicted[j]! += count;
      total += count;
    }
    hits[i] = counts[i * classes + i]!;
    correct += hits[i]!;
  }
  return { classes, total, correct, actual, predicted, hits };
}

export function confusionMetrics({ classes, total, correct, actual, predicted, hits }: Margins): Float64Array {
  const found = new Float64Array(ofClass(classes));
  const accuracy = correct / total;
  let [present, labelled, recalls] = [0, 0, 0];
  const macro = [0, 0, 0];
  const weighted = [0, 0, 0];
  for (let k = 0; k < classes; k++) {
    const [a, b, both] = [actual[k]!, predicted[k]!, hits[k]!];
    const own = [both / b, both / a, (2 * both) / (a + b)];
    found.set(own, ofClass(k));
    if (a + b > 0) present++;
    if (a > 0) {
      labelled++;
      recalls += own[1]!;
    }
    for (let m = 0; m < 3; m++) {
      const value = own[m]! || 0;
      macro[m]! += value;
      weighted[m]! += a * value;
    }
  }
  found[places.accuracy] = accuracy;
  found[places.balancedAccuracy] = recalls / labelled;
  for (const [m, at] of [places.precision, places.recall, places.f1].entries()) {
    found[at.macro] = macro[m]! / present;
    found[at.weighted] = weighted[m]! / total;
    found[at.micro] = accuracy;
  }
  found[places.mcc] = total > 0 ? correlation({ classes, total, correct, actual, predicted, hits }) : Number.NaN;
  return found;
}

/** Matthews' correlation of several classes (Gorodkin 2004); 0 where all labels, or all predictions, are equal. */
function correlation({ total, correct, actual, predicted }: Margins): number {
  const { gap, ofActual, ofPredicted } = moments(total, correct, actual, predicted);
  const product = ofActual * ofPredicted;
  return product === 0 ? 0 : gap / Math.sqrt(product);
}

/** n c - Σ a b, n² - Σ a² and n² - Σ b². */
export function moments(
  total: number,
  correct: number,
  actual: Float64Array,
  predicted: Float64Array,
): { gap: number; ofActual: number; ofPredicted: number } {
  let [gap, ofActual, ofPredicted] = [total * correct, total * total, total * total];
  for (let k = 0; k < actual.length; k++) {
    gap -= actual[k]! * predicted[k]!;
    ofActual -= actual[k]! * actual[k]!;
    ofPredicted -= predicted[k]! * predicted[k]!;
  }
  return { gap, ofActual, ofPredicted };
}
