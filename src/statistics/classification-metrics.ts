/** How well a classifier did on rows whose labels are known. */
import type { Missing } from "../source/source.js";
import type { Estimated } from "./estimated.js";

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

/** Bins of the score of the positive class (of more classes: of the predicted class). */
export interface CalibrationCurve {
  readonly meanScore: readonly number[];
  /** Share of rows that are of the class. */
  readonly observed: readonly number[];
  readonly counts: readonly number[];
  /** Expected calibration error: mean distance of both, by counts. */
  readonly error: number;
}

export interface ClassificationMetrics {
  readonly task: "classification";
  /** Rows with a label and a prediction. */
  readonly rows: number;
  readonly classes: readonly string[];
  /** Counts: a row for each true class, a column for each predicted one, in the order of `classes`. */
  readonly confusion: readonly (readonly number[])[];
  readonly accuracy: Estimated;
  readonly balancedAccuracy: Estimated;
  readonly precision: Averages;
  readonly recall: Averages;
  readonly f1: Averages;
  /** Matthews' correlation coefficient. */
  readonly mcc: Estimated;
  readonly perClass: { readonly [name: string]: ClassMetrics };
  /** Of two classes that of the positive one, of more the mean over the classes; `null` values without scores. */
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
