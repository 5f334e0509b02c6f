/**
 * Scores made probabilities: isotonic regression of the labels on the scores, used only where it lowers the expected
 * calibration error on rows that it was not fitted to (the rule of NannyML).
 *
 * The error is the mean, over ten bins of equally many rows in the order of the scores, of |mean score - share of
 * positives|, weighted by rows. Before and after are compared out of fold, in ten seeded folds of equal shares of
 * positives.
 */
import { shuffled } from "../engine/random.js";
import { fitSums, isotonicAt } from "./isotonic.js";
import { finite } from "./plain.js";
import { groupSizes, type ScoreGroups, scoreGroups, sumByGroup } from "./score-groups.js";

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
  const groups = scoreGroups(scores);
  const errorBefore = calibrationError(scores, labels, groups);
  const errorAfter = calibrationError(heldOut(groups, labels, positives, seed), labels);
  // Infinite scores are no probabilities: their error is not finite.
  if (choice === "auto" && errorAfter >= errorBefore) {
    return asTheyAre("does-not-lower-error", errorBefore, errorAfter);
  }
  const fitted = fitSums(groups.distinct, sumByGroup(groups, labels), groupSizes(groups));
  const reason = choice === "auto" ? "lowers-error" : "asked-for";
  return {
    record: { method: "isotonic", reason, errorBefore: finite(errorBefore), errorAfter },
    apply: (values) => values.map((score) => isotonicAt(fitted, score)),
  };
}

/** Each score calibrated by the rows of the other folds. */
function heldOut(groups: ScoreGroups, labels: Uint8Array, positives: number, seed: number): Float64Array {
  const foldOf = foldsOf(labels, positives, seed);
  const [sums, sizes] = [sumByGroup(groups, labels), groupSizes(groups)];
  const calibrated = new Float64Array(labels.length);
  for (let fold = 0; fold < folds; fold++) {
    const [otherSums, otherSizes] = [sums.slice(), sizes.slice()];
    foldOf.forEach((each, row) => {
      if (each !== fold) return;
      otherSums[groups.groupOf[row]!]! -= labels[row]!;
      otherSizes[groups.groupOf[row]!]!--;
    });
    const fitted = fitSums(groups.distinct, otherSums, otherSizes);
    foldOf.forEach((each, row) => {
      if (each === fold) calibrated[row] = isotonicAt(fitted, groups.distinct[groups.groupOf[row]!]!);
    });
  }
  return calibrated;
}

/** Folds with equal shares of positives. */
function foldsOf(labels: Uint8Array, positives: number, seed: number): Uint8Array {
  const places = [shuffled(labels.length - positives, seed, 5), shuffled(positives, seed, 6)];
  const next = [0, 0];
  return labels.map((label) => places[label]![next[label]!++]! % folds);
}

/** The expected calibration error. */
export function calibrationError(scores: Float64Array, labels: Uint8Array, groups = scoreGroups(scores)): number {
  const [sums, sizes] = [sumByGroup(groups, labels), groupSizes(groups)];
  const rows = scores.length;
  let [error, gap, filled, bin] = [0, 0, 0, 1];
  groups.distinct.forEach((score, group) => {
    // Rows of equal scores that lie on the edge of a bin are alike: each part has its share of the positives.
    for (let left = sizes[group]!; left > 0; ) {
      const taken = Math.min(left, Math.floor((bin * rows) / bins) - filled);
      gap += taken * (score - sums[group]! / sizes[group]!);
      filled += taken;
      left -= taken;
      if (filled < Math.floor((bin * rows) / bins)) continue;
      error += Math.abs(gap) / rows;
      gap = 0;
      bin++;
    }
  });
  return error;
}
