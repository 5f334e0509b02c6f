/**
 * How well a classifier did on rows whose labels are known. Values are scikit-learn's; what is not defined, such as the
 * precision of a class that was never predicted, is `null` there, and counts 0 in averages as with zero_division=0.
 *
 * Intervals are analytic (statistics/confusion-intervals.ts and score-metrics.ts say by which formula), or the middle of
 * what the metrics become on rows drawn anew (statistics/bootstrap.ts).
 */
import { countPairs } from "../engine/classes.js";
import type { Missing } from "../source/source.js";
import { type Bootstrap, eachResampledTable, Resampled } from "./bootstrap.js";
import { type CalibrationBins, type CalibrationCurve, calibrationCurve } from "./calibration-curve.js";
import type { ClassName } from "./class-lists.js";
import { type ClassifiedRows, classifiedRows, type PredictedRows } from "./classified-rows.js";
import { confusionIntervals, type Range } from "./confusion-intervals.js";
import { confusionMetrics, marginsOf, ofClass, places } from "./confusion-metrics.js";
import type { Estimated, IntervalLaw } from "./estimated.js";
import { alone, type IntervalOptions, intervalOptionNames, intervalSettings } from "./intervals.js";
import { oneOf } from "./one-of.js";
import { knownOptions, shown } from "./option-checks.js";
import { measureScores, scorePlaces } from "./score-metrics.js";
import { resampledScoreIntervals } from "./score-resampling.js";
import { wholeNumber } from "./whole-number.js";

/** Of one class against all others. */
export interface ClassMetrics {
  /** Rows whose label it is. */
  readonly support: number;
  readonly predicted: number;
  readonly precision: Estimated;
  readonly recall: Estimated;
  readonly f1: Estimated;
  /** Of the class's score; `null` values without scores. */
  readonly rocAuc: Estimated;
  /** Area under the precision-recall curve by steps, as scikit-learn's average_precision_score. */
  readonly averagePrecision: Estimated;
}

/** Over the classes: plainly (`macro`), by their support (`weighted`), and over all rows (`micro`). */
export interface Averages {
  readonly macro: Estimated;
  readonly weighted: Estimated;
  readonly micro: Estimated;
}

export interface ClassificationMetrics {
  readonly task: "classification";
  /** Rows with a label and a prediction. */
  readonly rows: number;
  readonly classes: readonly string[];
  /** Of two classes; else `null`. */
  readonly positive: string | null;
  /** Counts: a row for each true class, a column for each predicted one, in the order of `classes`. */
  readonly confusion: readonly (readonly number[])[];
  readonly accuracy: Estimated;
  readonly balancedAccuracy: Estimated;
  readonly precision: Averages;
  readonly recall: Averages;
  readonly f1: Averages;
  /** Matthews' correlation coefficient; 0 where all labels, or all predictions, are equal. */
  readonly mcc: Estimated;
  readonly perClass: { readonly [name: string]: ClassMetrics };
  /** Of two classes that of the positive one, of more the mean over the classes that have one; `null` values without scores. */
  readonly rocAuc: Estimated;
  readonly averagePrecision: Estimated;
  readonly logLoss: Estimated;
  readonly brier: Estimated;
  readonly calibration: CalibrationCurve | null;
  readonly confidence: number;
  readonly missing: Missing;
  /** `empty`: no row has both. */
  readonly status: "ok" | "empty";
}

export interface ClassificationOptions extends IntervalOptions {
  /** The positive one of two classes; if not given the only one with scores by name, else the last in order. */
  readonly positive?: ClassName;
  /** Classes that there are besides those found, so that parts of a table without some of them have the same ones. */
  readonly classes?: readonly ClassName[];
  /** Of two classes without predictions: the score from which on a row is predicted positive; 0.5 if not given. */
  readonly threshold?: number;
  /** Of the calibration curve; 10 if not given. */
  readonly bins?: number;
  /** Bins of equal width, or of equally many rows; `uniform` if not given. */
  readonly strategy?: CalibrationBins;
}

const caller = "classificationMetrics";
const optionNames = [
  "positive",
  "classes",
  "threshold",
  ...intervalOptionNames,
  "bins",
  "strategy",
] as const satisfies readonly (keyof ClassificationOptions)[];

/**
 * Metrics of a classifier on labelled rows: confusion matrix, accuracy, precision, recall and F1 by class and averaged,
 * Matthews' correlation; from scores also the areas under the ROC and the precision-recall curve, log loss, Brier score and
 * the calibration curve. Each with a confidence interval.
 *
 * @param rows labels with predictions, scores or both, as text, numbers or truth values (1 and 0 beside truth values are
 *   these). Classes are those of labels, predictions and names of scores, in order; predictions that are not given follow
 *   from the threshold or the largest score. Scores are probabilities: of two classes of the positive one, of more a record
 *   by class, where a class without scores has the probability 0. Rows in which one is null or NaN are left out and counted
 * @returns values `null` where not defined, with intervals `null` where nothing varies. Areas of several classes are
 *   one-vs-rest means; the log loss keeps probabilities 2^-52 from 0 and 1; the Brier score of more than two classes is the
 *   sum over the classes
 * @throws TypeError for columns of other types; RangeError for columns of unequal length, scores outside [0, 1], more than
 *   1 024 classes, and where the class of scores is not known
 * @see oracle: scikit-learn's sklearn.metrics and sklearn.calibration
 */
export function classificationMetrics(rows: PredictedRows, options: ClassificationOptions = {}): ClassificationMetrics {
  knownOptions(caller, options, optionNames);
  const { told, confidence, bootstrap, bins, strategy } = classificationSettings(caller, options);
  const found = classifiedRows(caller, rows, told);
  const { classes, labels, predicted, scores, missing } = found;
  const counts = countPairs(labels, predicted, classes.length);
  const confusion = measureConfusion(counts, classes.length, confidence, bootstrap);
  const scored = scores && labels.length > 0 ? measuredScores(found, confidence, bootstrap) : () => alone(null);
  const averages = (at: (typeof places)["precision" | "recall" | "f1"]): Averages => ({
    macro: confusion(at.macro),
    weighted: confusion(at.weighted),
    micro: confusion(at.micro),
  });
  const { actual, predicted: said } = marginsOf(counts, classes.length);
  const ofOne = (k: number): ClassMetrics => ({
    support: actual[k]!,
    predicted: said[k]!,
    precision: confusion(ofClass(k)),
    recall: confusion(ofClass(k) + 1),
    f1: confusion(ofClass(k) + 2),
    rocAuc: scored(scorePlaces.rocAucOf(k)),
    averagePrecision: scored(scorePlaces.averagePrecisionOf(k)),
  });
  const size = classes.length;
  return {
    task: "classification",
    rows: labels.length,
    classes,
    positive: found.positive === null ? null : classes[found.positive]!,
    confusion: classes.map((_, k) => Array.from(counts.subarray(k * size, (k + 1) * size))),
    accuracy: confusion(places.accuracy),
    balancedAccuracy: confusion(places.balancedAccuracy),
    precision: averages(places.precision),
    recall: averages(places.recall),
    f1: averages(places.f1),
    mcc: confusion(places.mcc),
    // A class may be named "__proto__": only own entries are made.
    perClass: Object.fromEntries(classes.map((name, k) => [name, ofOne(k)])),
    rocAuc: scored(scorePlaces.rocAuc(size)),
    averagePrecision: scored(scorePlaces.averagePrecision(size)),
    logLoss: scored(scorePlaces.logLoss(size)),
    brier: scored(scorePlaces.brier(size)),
    calibration: scores && labels.length > 0 ? calibrationOf(found, bins, strategy) : null,
    confidence,
    missing,
    status: labels.length > 0 ? "ok" : "empty",
  };
}

/** @throws TypeError for settings of another type, RangeError for settings out of range */
export function classificationSettings(caller: string, options: ClassificationOptions) {
  const { positive, classes = [], threshold = 0.5, bins = 10, strategy = "uniform" } = options;
  const { law, ...drawn } = intervalSettings(caller, options);
  if (positive !== undefined && !isClassName(positive)) {
    throw new TypeError(`${caller}: positive must be the name of a class, got ${shown(positive)}`);
  }
  if (!(Array.isArray(classes) && classes.every(isClassName))) {
    throw new TypeError(`${caller}: classes must be an array of names, got ${shown(classes)}`);
  }
  if (!(typeof threshold === "number" && !Number.isNaN(threshold))) {
    throw new TypeError(`${caller}: threshold must be a number, got ${shown(threshold)}`);
  }
  wholeNumber(caller, "bins", bins, 1, 1000);
  oneOf(caller, "strategy", strategy, ["uniform", "quantile"]);
  const bootstrap: Bootstrap | null = law === "bootstrap" ? drawn : null;
  const told = { classes, positive: positive === undefined ? null : String(positive), threshold };
  return { told, confidence: drawn.confidence, bootstrap, bins, strategy };
}

const isClassName = (name: unknown): boolean => ["string", "number", "boolean"].includes(typeof name);

/** The metric at a place of an array, with its interval. */
type AtPlace = (place: number) => Estimated;

function estimates(values: Float64Array, intervals: readonly (Range | null)[], law: IntervalLaw): AtPlace {
  return (place) => {
    const value = values[place]!;
    if (Number.isNaN(value)) return alone(null);
    const interval = intervals[place];
    return interval ? { value, interval, law } : alone(value);
  };
}

function measureConfusion(
  counts: Float64Array,
  classes: number,
  confidence: number,
  bootstrap: Bootstrap | null,
): AtPlace {
  const margins = marginsOf(counts, classes);
  const values = confusionMetrics(margins);
  if (!bootstrap) return estimates(values, confusionIntervals(counts, margins, values, confidence), "analytic");
  const found = new Resampled(values.length, bootstrap);
  if (margins.total > 0) {
    eachResampledTable(counts, margins.total, bootstrap, (drawn) =>
      found.add(confusionMetrics(marginsOf(drawn, classes))),
    );
  }
  return estimates(
    values,
    Array.from(values, (value, place) => found.interval(place, value)),
    "bootstrap",
  );
}

function measuredScores(rows: ClassifiedRows, confidence: number, bootstrap: Bootstrap | null): AtPlace {
  const measured = measureScores(rows, confidence, bootstrap !== null);
  if (!bootstrap) return estimates(measured.values, measured.intervals, "analytic");
  return estimates(measured.values, resampledScoreIntervals(rows, measured, bootstrap), "bootstrap");
}

/** Of two classes of the positive one's score, of more of the score of the class that was predicted. */
function calibrationOf(
  { labels, predicted, scores, positive }: ClassifiedRows,
  bins: number,
  strategy: CalibrationBins,
): CalibrationCurve {
  const hits = new Uint8Array(labels.length);
  if (positive !== null) {
    for (let row = 0; row < hits.length; row++) hits[row] = Number(labels[row] === positive);
    return calibrationCurve(scores![0]!, hits, bins, strategy);
  }
  const chosen = new Float64Array(labels.length);
  for (let row = 0; row < hits.length; row++) {
    hits[row] = Number(labels[row] === predicted[row]);
    chosen[row] = scores![predicted[row]!]![row]!;
  }
  return calibrationCurve(chosen, hits, bins, strategy);
}
