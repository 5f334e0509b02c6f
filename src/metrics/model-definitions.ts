/** Names of how well a model did, each side by itself. */
import { type DefinitionRow, defined, type MetricDefinition } from "./definition.js";

/** With the ends of its confidence interval. */
const estimated = (name: string, meaning: string): DefinitionRow[] => [
  [name, "number", meaning],
  [`${name}Low`, "number", "lower end of its confidence interval"],
  [`${name}High`, "number", "upper end of it"],
];

const averages = (name: string, meaning: string): DefinitionRow[] => [
  ...estimated(`${name}Macro`, `${meaning}, mean over the classes`),
  ...estimated(`${name}Weighted`, `${meaning}, mean over the classes weighted by their support`),
  ...estimated(`${name}Micro`, `${meaning}, over all rows`),
];

/** Of rankings, at each k that was asked for: `ndcg@10`. */
export const atK = ["ndcg", "precision", "recall", "hitRate"] as const;

/** What is compared between the sides. */
const compared = [
  ...["accuracy", "balancedAccuracy", "precision", "recall", "f1", "mcc", "rocAuc", "averagePrecision", "logLoss"],
  ...["brier", "meanAbsoluteError", "rootMeanSquaredError", "meanError", "meanAbsolutePercentageError"],
  ...["medianAbsoluteError", "r2", "ndcg", "map", "mrr"],
];

export const modelDefinitions: readonly MetricDefinition[] = [
  ...defined(["model"], "each", "modelQuality", [
    ["modelRows", "count", "rows with a known target and a prediction"],
    ["modelStatus", "text", "`ok`, or `empty` where there are no such rows"],
  ]),
  ...defined(["model", "class"], "each", "modelQuality", [
    ...estimated("precision", "share of those predicted as the class that are of it"),
    ...estimated("recall", "share of those of the class that are predicted as it"),
    ...estimated("f1", "harmonic mean of both"),
    ...estimated("rocAuc", "area under the ROC curve"),
    ...estimated("averagePrecision", "area under the precision-recall curve"),
  ]),
  ...defined(["class"], "each", "modelQuality", [
    ["support", "count", "rows of the class"],
    ["predicted", "count", "rows predicted as the class"],
    ["confusion", "count", "rows of one class that are predicted as another; `of` is `truth → prediction`"],
  ]),
  ...defined(["model"], "each", "modelQuality", [
    ...estimated("accuracy", "share of the rows that are predicted right"),
    ...estimated("balancedAccuracy", "mean of the recalls of the classes"),
    ...averages("precision", "precision"),
    ...averages("recall", "recall"),
    ...averages("f1", "F1"),
    ...estimated("mcc", "Matthews' correlation coefficient"),
    ...estimated("logLoss", "mean negative logarithm of the score of the true class"),
    ...estimated("brier", "mean squared error of the scores"),
    ["calibrationError", "number", "expected calibration error"],
    ...estimated("meanError", "mean of prediction minus target"),
    ...estimated("meanAbsoluteError", "mean size of the errors"),
    ...estimated("meanAbsolutePercentageError", "mean size of the errors relative to the target, as a share"),
    ...estimated("rootMeanSquaredError", "root of the mean squared error"),
    ...estimated("medianAbsoluteError", "median size of the errors"),
    ["maximumError", "number", "largest size of an error"],
    ...estimated("r2", "share of the target's variance that is explained"),
    ["bias", "number", "`meanError` / `rootMeanSquaredError`: from −1 to 1, 0 where errors cancel out"],
    ["errorStandardDeviation", "number", "standard deviation of the errors"],
    ["normalityStatistic", "number", "test of normal errors: statistic"],
    ["normalityPValue", "number", "test of normal errors: p-value"],
    ["queries", "count", "lists that were ranked"],
    ["queriesWithoutRelevant", "count", "lists without anything relevant"],
    ...estimated("ndcg", "normalised discounted cumulative gain, mean over the queries"),
    ...estimated("map", "mean average precision"),
    ...estimated("mrr", "mean reciprocal rank"),
  ]),
  ...defined(["model"], "both", "modelQuality", [
    ["worseMetrics", "count", "metrics that got worse beyond chance"],
    ...compared.flatMap((name) =>
      estimated(`${name}Change`, `\`${name}\` of the current side minus that of the reference`),
    ),
  ]),
];
