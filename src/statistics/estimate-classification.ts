/**
 * How well a classifier does on rows whose labels are not known yet: confidence-based performance estimation (CBPE [1]).
 * If scores are probabilities, a row predicted positive at 0.8 is a true positive with probability 0.8, and every count of
 * the confusion matrix is a sum of independent trials. Metrics follow from the expected counts
 * (statistics/expected-metrics.ts).
 *
 * Sampling error, given the probabilities: counts, accuracy and precision are Poisson-binomial, exactly while at most 2000
 * rows are uncertain; the others are linear in the labels to first order (delta method).
 *
 * [1] NannyML: Confidence-based performance estimation (documentation, version 0.13).
 */
import type { Missing } from "../source/source.js";
import { type Calibration, type CalibrationChoice, calibratorOf } from "./calibration.js";
import { type ClassRows, classNames, classRows, type LabelledRows, type ScoredRows } from "./class-rows.js";
import {
  type ClassificationEstimates,
  type CountEstimate,
  confusionOf,
  estimatesOf,
  isClass,
} from "./classification-estimates.js";
import { oneOf } from "./one-of.js";
import { confidenceLevel, knownOptions } from "./option-checks.js";
import { wholeNumber } from "./whole-number.js";

export interface EstimateClassificationOptions {
  /** Of two classes: the score from which on a row is predicted positive; 0.5 if not given. */
  readonly threshold?: number;
  /** `auto`: isotonic regression if it lowers the calibration error of held-out rows. */
  readonly calibration?: CalibrationChoice;
  /** Of the folds that calibration is judged by; 0 if not given. */
  readonly seed?: number;
  /** Of the intervals; 0.95 if not given. */
  readonly confidence?: number;
}

export interface EstimateClassificationResult {
  /** `negative` and `positive`, or the names of the scores. */
  readonly classes: readonly string[];
  readonly estimates: ClassificationEstimates;
  /** Expected counts: a row for each true class, a column for each predicted one, in the order of `classes`. */
  readonly confusion: readonly (readonly CountEstimate[])[];
  /** By class; of two classes that of the positive one. */
  readonly calibration: { readonly [name: string]: Calibration };
  /** What has to hold for the estimates to mean anything. */
  readonly assumptions: readonly string[];
  readonly confidence: number;
  /** Rows of the reference and of the current side that are complete. */
  readonly n: number;
  readonly m: number;
  /** `empty`: no current row is complete. */
  readonly status: "ok" | "empty";
  readonly missing: { readonly reference: Missing; readonly current: Missing };
}

export const classificationAssumptions = [
  "Only the mix of rows may have changed (covariate shift): for rows of equal features the shares of the classes are what they were. Concept drift is not seen.",
  "Scores, after calibration if there was one, are probabilities: of the rows with score p the share p is positive, on the current side too.",
  "The labels of different rows do not depend on each other.",
  "The current rows are of kinds that the reference has: calibration says nothing beyond its scores.",
] as const;

const caller = "estimateClassification";
const optionNames = ["threshold", "calibration", "seed", "confidence"] as const;

/**
 * Estimates a classifier's performance on `current`, whose labels are not known, from its scores.
 *
 * It assumes that only the mix of rows has changed (covariate shift, no concept drift) and that scores are, or can be made,
 * calibrated probabilities; the result repeats the assumptions.
 *
 * @param reference labelled rows that the classifier was not trained on: scores are calibrated by them, and their metrics
 *   are given beside the estimates. `null`: scores are taken for probabilities as they are
 * @param current rows with scores. Rows in which a column is null or NaN are left out and counted
 * @returns estimates with standard error and interval, the expected confusion matrix, what calibration did, assumptions
 * @throws TypeError for columns of other types, RangeError for columns of unequal length, labels that are no class, and
 *   scores outside [0, 1] that calibration does not make probabilities
 * @see NannyML's CBPE; oracle: its formulae in numpy, scikit-learn's metrics where labels are known
 */
export function estimateClassification(
  reference: LabelledRows | null,
  current: ScoredRows,
  options: EstimateClassificationOptions = {},
): EstimateClassificationResult {
  knownOptions(caller, options, optionNames);
  const { threshold = 0.5, calibration = "auto", seed = 0, confidence = 0.95 } = options;
  if (!(typeof threshold === "number" && !Number.isNaN(threshold))) {
    throw new TypeError(`${caller}: threshold must be a number, got ${String(threshold)}`);
  }
  oneOf(caller, "calibration", calibration, ["auto", "isotonic", "none"]);
  wholeNumber(caller, "seed", seed, 0, Number.MAX_SAFE_INTEGER);
  confidenceLevel(caller, confidence);
  const classes = classNames(caller, current, reference);
  const after = classRows(caller, "current", current, classes, threshold);
  const before = reference && classRows(caller, "reference", reference, classes, threshold);
  const { probabilities, record } = calibrated(after, before, calibration, seed);
  const known = before && before.rows > 0 ? before : null;
  const about = {
    classes,
    calibration: record,
    assumptions: classificationAssumptions,
    confidence,
    n: before?.rows ?? 0,
    m: after.rows,
    missing: { reference: before?.missing ?? { rows: 0, null: 0, nan: 0 }, current: after.missing },
  };
  const estimates = estimatesOf(after, probabilities, known, confidence);
  return {
    ...about,
    estimates,
    confusion: confusionOf(after, probabilities, confidence),
    status: after.rows > 0 ? "ok" : "empty",
  };
}

function probabilitiesOnly(name: string, scores: Float64Array): void {
  const wrong = scores.find((score) => !(score >= 0 && score <= 1));
  if (wrong === undefined) return;
  throw new RangeError(`${caller}: scores of ${name} that are not calibrated must lie in [0, 1], got ${wrong}`);
}

/** The probability of each class, row by row, and what was done to get it. */
function calibrated(
  after: ClassRows,
  before: ClassRows | null,
  choice: CalibrationChoice,
  seed: number,
): { probabilities: readonly Float64Array[]; record: Record<string, Calibration> } {
  // Of two classes only the second has scores.
  const first = after.classes.length - after.scored.length;
  const calibrators = after.scores.map((_, k) =>
    calibratorOf(
      before ? before.scores[k]! : new Float64Array(0),
      before ? isClass(before.labels!, first + k) : null,
      choice,
      seed,
    ),
  );
  calibrators.forEach(({ record }, k) => {
    if (record.method === "none") probabilitiesOnly(after.scored[k]!, after.scores[k]!);
  });
  const applied = after.scores.map((scores, k) => calibrators[k]!.apply(scores));
  // A class may be named "__proto__": only own entries are made.
  const record = Object.fromEntries(after.scored.map((name, k) => [name, calibrators[k]!.record]));
  if (applied.length === 1) return { probabilities: [applied[0]!.map((p) => 1 - p), applied[0]!], record };
  const totals = applied[0]!.map((_, row) => applied.reduce((sum, column) => sum + column[row]!, 0));
  const probabilities = applied.map((column) =>
    column.map((p, row) => (totals[row]! > 0 ? p / totals[row]! : 1 / applied.length)),
  );
  return { probabilities, record };
}
