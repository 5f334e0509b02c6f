/**
 * Scores made probabilities: isotonic regression of the labels on the scores, used only where it lowers the expected
 * calibration error on rows that it was not fitted to (the rule of NannyML).
 *
 * The error is the mean, over ten bins of equally many rows in the order of the scores, of |mean score - share of
 * positives|, weighted by rows. Before and after are compared out of fold, in ten seeded folds of equal shares of
 * positives.
 */
import { shuffled } from "../engine/random.js";
import { fitIsotonic, isotonicAt } from "./isotonic.js";
import { finite } from "./plain.js";

/** `auto`: if it helps. */
export type CalibrationChoice = "auto" | "isotonic" | "none";

export interface Calibration {
  readonly method: "isotonic" | "none";
  /** `few`: a class has less than 20 labelled rows. `no-labels`: there is no reference. */
  readonly reason: "lowers-error" | "does-not-lower-error" | "asked-for" | "few" | "no-labels";
  /** Expected calibration errors of held-out rows; `null` where nothing was held out. */
  readonly errorBefore: number | null;
  readonly errorAfter: number | null;
}

export interface Calibrator {
  readonly record: Calibration;
  apply(scores: Float64Array): Float64Array;
}

const folds = 10;
const bins = 10;
const fewest = 20;

const asTheyAre = (reason: Calibration["reason"], before: number | null = null, after: number | null = null) => ({
  record: { method: "none", reason, errorBefore: before, errorAfter: after } as const,
  apply: (scores: Float64Array) => scores,
});

/** @param labels 0 or 1, one a score; `null` where there is no reference */
export function calibratorOf(
  scores: Float64Array,
  labels: Uint8Array | null,
  choice: CalibrationChoice,
  seed: number,
): Calibrator {
  if (choice === "none") return asTheyAre("asked-for");
  if (!labels) return asTheyAre("no-labels");
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (Math.min(positives, labels.length - positives) < fewest) return asTheyAre("few");
  const errorBefore = calibrationError(scores, labels);
  const errorAfter = calibrationError(heldOut(scores, labels, seed), labels);
  // Infinite scores are no probabilities: their error is not finite.
  if (choice === "auto" && errorAfter >= errorBefore) {
    return asTheyAre("does-not-lower-error", errorBefore, errorAfter);
  }
  const fitted = fitIsotonic(scores, labels);
  const reason = choice === "auto" ? "lowers-error" : "asked-for";
  return {
    record: { method: "isotonic", reason, errorBefore: finite(errorBefore), errorAfter },
    apply: (values) => values.map((score) => isotonicAt(fitted, score)),
  };
}

/** Each score calibrated by the rows of the other folds. */
function heldOut(scores: Float64Array, labels: Uint8Array, seed: number): Float64Array {
  const foldOf = new Uint8Array(scores.length);
  for (const label of [0, 1]) {
    const rows = [...labels.keys()].filter((row) => labels[row] === label);
    shuffled(rows.length, seed, 5 + label).forEach((place, k) => {
      foldOf[rows[place]!] = k % folds;
    });
  }
  const calibrated = new Float64Array(scores.length);
  for (let fold = 0; fold < folds; fold++) {
    const isOther = (_: number, row: number) => foldOf[row] !== fold;
    const fitted = fitIsotonic(scores.filter(isOther), labels.filter(isOther));
    scores.forEach((score, row) => {
      if (foldOf[row] === fold) calibrated[row] = isotonicAt(fitted, score);
    });
  }
  return calibrated;
}

/** The expected calibration error. */
export function calibrationError(scores: Float64Array, labels: Uint8Array): number {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b);
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const [from, to] = [bin, bin + 1].map((k) => Math.floor((k * order.length) / bins)) as [number, number];
    let sum = 0;
    for (const row of order.subarray(from, to)) sum += scores[row]! - labels[row]!;
    error += Math.abs(sum) / order.length;
  }
  return error;
}
