/** The metrics of a model that are compared between sides, by name, and which direction is better. */
import type { ClassificationMetrics } from "../statistics/classification-metrics.js";
import type { Estimated } from "../statistics/estimated.js";
import type { RankingMetrics } from "../statistics/ranking-metrics.js";
import type { RegressionMetrics } from "../statistics/regression-metrics.js";

export interface ModelMetric {
  readonly name: string;
  /** In a sentence. */
  readonly words: string;
  /** `zero`: the nearer it is. */
  readonly better: "higher" | "lower" | "zero";
  readonly estimate: Estimated;
}

/** The main one first. */
export function modelMetrics(
  metrics: ClassificationMetrics | RegressionMetrics | RankingMetrics,
): readonly ModelMetric[] {
  switch (metrics.task) {
    case "classification":
      return classification(metrics);
    case "regression":
      return regression(metrics);
    case "ranking":
      return ranking(metrics);
  }
}

const higher = (name: string, words: string, estimate: Estimated): ModelMetric => ({
  name,
  words,
  better: "higher",
  estimate,
});
const lower = (name: string, words: string, estimate: Estimated): ModelMetric => ({
  name,
  words,
  better: "lower",
  estimate,
});

function classification(found: ClassificationMetrics): ModelMetric[] {
  const { precision, recall, f1 } = ofPositive(found);
  return [
    higher("accuracy", "accuracy", found.accuracy),
    higher("balancedAccuracy", "balanced accuracy", found.balancedAccuracy),
    higher("precision", "precision", precision),
    higher("recall", "recall", recall),
    higher("f1", "F1", f1),
    higher("mcc", "Matthews correlation", found.mcc),
    higher("rocAuc", "area under the ROC curve", found.rocAuc),
    higher("averagePrecision", "average precision", found.averagePrecision),
    lower("logLoss", "log loss", found.logLoss),
    lower("brier", "Brier score", found.brier),
  ];
}

/** Of two classes those of the positive one, of more the means over the classes. */
function ofPositive({ positive, perClass, precision, recall, f1 }: ClassificationMetrics) {
  const own = positive !== null && Object.hasOwn(perClass, positive) ? perClass[positive] : undefined;
  return own ?? { precision: precision.macro, recall: recall.macro, f1: f1.macro };
}

function regression(found: RegressionMetrics): ModelMetric[] {
  return [
    lower("meanAbsoluteError", "mean absolute error", found.meanAbsoluteError),
    lower("rootMeanSquaredError", "root mean squared error", found.rootMeanSquaredError),
    { name: "meanError", words: "mean error", better: "zero", estimate: found.meanError },
    lower("meanAbsolutePercentageError", "mean absolute percentage error", found.meanAbsolutePercentageError),
    lower("medianAbsoluteError", "median absolute error", found.medianAbsoluteError),
    higher("r2", "R²", found.r2),
  ];
}

function ranking(found: RankingMetrics): ModelMetric[] {
  return [
    higher("ndcg", "NDCG", found.ndcg),
    higher("map", "mean average precision", found.map),
    higher("mrr", "mean reciprocal rank", found.mrr),
    ...found.atK.flatMap(({ k, ndcg, precision, recall, hitRate }) => [
      higher(`ndcg@${k}`, `NDCG@${k}`, ndcg),
      higher(`precision@${k}`, `precision@${k}`, precision),
      higher(`recall@${k}`, `recall@${k}`, recall),
      higher(`hitRate@${k}`, `hit rate@${k}`, hitRate),
    ]),
  ];
}
