/** How well predicted numbers meet those that turned out to be true. Errors are prediction minus target. */
import type { Missing } from "../source/source.js";
import type { Estimated } from "./estimated.js";

export interface RegressionMetrics {
  readonly task: "regression";
  /** Rows with a target and a prediction. */
  readonly rows: number;
  readonly meanError: Estimated;
  readonly meanAbsoluteError: Estimated;
  /** As a share; scikit-learn's, which divides by at least 2^-52. */
  readonly meanAbsolutePercentageError: Estimated;
  readonly rootMeanSquaredError: Estimated;
  readonly medianAbsoluteError: Estimated;
  readonly maximumError: number | null;
  readonly r2: Estimated;
  /** Of the errors, of type 7. */
  readonly errorQuantiles: readonly { readonly probability: number; readonly value: number | null }[];
  readonly errorStandardDeviation: number | null;
  /** Of the errors. */
  readonly normality: { readonly test: string; readonly statistic: number | null; readonly pValue: number | null };
  readonly confidence: number;
  readonly missing: Missing;
  readonly status: "ok" | "empty";
}
