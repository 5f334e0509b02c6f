/** What a prediction of a number costs, row by row. Means of these are the metrics of a regression. */

/** `mape`: absolute percentage error as a share of the target. `msle`: squared difference of ln(1 + x). */
export type LossMetric = "mae" | "mse" | "rmse" | "mape" | "msle" | "rmsle";

export const lossMetrics: readonly LossMetric[] = ["mae", "mse", "rmse", "mape", "msle", "rmsle"];

/** The loss whose mean a metric is, or, of `rmse` and `rmsle`, whose mean it is the root of. */
export type LossName = "absolute" | "squared" | "percentage" | "squared-log";

export const lossOf: Readonly<Record<LossMetric, LossName>> = {
  mae: "absolute",
  mse: "squared",
  rmse: "squared",
  mape: "percentage",
  msle: "squared-log",
  rmsle: "squared-log",
};

export const isRoot = (metric: LossMetric): boolean => metric === "rmse" || metric === "rmsle";

/** A row's loss: not finite where there is none, of percentages of 0 and logarithms of what is not above -1. */
export const losses: Readonly<Record<LossName, (target: number, prediction: number) => number>> = {
  absolute: (target, prediction) => Math.abs(target - prediction),
  squared: (target, prediction) => (target - prediction) ** 2,
  percentage: (target, prediction) => Math.abs((target - prediction) / target),
  "squared-log": (target, prediction) => (Math.log1p(target) - Math.log1p(prediction)) ** 2,
};
