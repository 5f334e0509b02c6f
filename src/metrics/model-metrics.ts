/** Metrics of how well a model did on one side. */
import type { ModelQualityReport } from "../drift/model-quality-report.js";
import type { ClassificationMetrics } from "../statistics/classification-metrics.js";
import type { Estimated } from "../statistics/estimated.js";
import type { RankingMetrics } from "../statistics/ranking-metrics.js";
import type { RegressionMetrics } from "../statistics/regression-metrics.js";
import type { MetricSide } from "./metric.js";
import { type Named, named, namedAll, ratio } from "./named.js";
import { quantileName } from "./vocabulary.js";

export function modelMetrics(quality: ModelQualityReport): Named[] {
  return [
    ...sidesOf(quality),
    named(null, "worseMetrics", quality.worse.length),
    ...estimates(null, quality.differences, null, "Change"),
  ];
}

function sidesOf(quality: ModelQualityReport): Named[] {
  return (["reference", "current"] as const).flatMap((side) => {
    const found = quality[side];
    if (!found) return [];
    const { rows: modelRows, status: modelStatus } = found;
    return [...namedAll(side, { modelRows, modelStatus }), ...ofTask(found, side)];
  });
}

function ofTask(found: ClassificationMetrics | RegressionMetrics | RankingMetrics, side: MetricSide): Named[] {
  switch (found.task) {
    case "classification":
      return classification(found, side);
    case "regression":
      return regression(found, side);
    case "ranking":
      return ranking(found, side);
  }
}

function estimates(
  side: MetricSide | null,
  values: { readonly [metric: string]: Estimated },
  of: string | null = null,
  end = "",
): Named[] {
  return Object.entries(values).flatMap(([metric, { value, interval }]) => {
    const name = `${metric}${end}`;
    if (!interval) return [named(side, name, value, { of })];
    const [low, high] = interval;
    return [
      named(side, name, value, { of }),
      named(side, `${name}Low`, low, { of }),
      named(side, `${name}High`, high, { of }),
    ];
  });
}

function classification(found: ClassificationMetrics, side: MetricSide): Named[] {
  const { classes, confusion, accuracy, balancedAccuracy, mcc, rocAuc, averagePrecision, logLoss, brier } = found;
  const averages = (["precision", "recall", "f1"] as const).flatMap((name) =>
    estimates(side, {
      [`${name}Macro`]: found[name].macro,
      [`${name}Weighted`]: found[name].weighted,
      [`${name}Micro`]: found[name].micro,
    }),
  );
  const { precision, recall, f1 } = mainAverages(found);
  return [
    ...estimates(side, { precision, recall, f1, rocAuc, averagePrecision, accuracy, balancedAccuracy }),
    ...averages,
    ...estimates(side, { mcc, logLoss, brier }),
    ...(found.calibration ? [named(side, "calibrationError", found.calibration.error)] : []),
    ...classes.flatMap((name) => ofClass(found, name, side)),
    ...confusion.flatMap((row, truth) =>
      row.map((count, predicted) =>
        named(side, "confusion", count, { of: `${classes[truth]} → ${classes[predicted]}` }),
      ),
    ),
  ];
}

/** Of two classes those of the positive one, of more the means over the classes. */
function mainAverages({ positive, perClass, precision, recall, f1 }: ClassificationMetrics) {
  const own = positive !== null && Object.hasOwn(perClass, positive) ? perClass[positive] : undefined;
  return own ?? { precision: precision.macro, recall: recall.macro, f1: f1.macro };
}

function ofClass({ perClass }: ClassificationMetrics, of: string, side: MetricSide): Named[] {
  if (!Object.hasOwn(perClass, of)) return [];
  const { support, predicted, precision, recall, f1, rocAuc, averagePrecision } = perClass[of]!;
  return [
    named(side, "support", support, { of }),
    named(side, "predicted", predicted, { of }),
    ...estimates(side, { precision, recall, f1, rocAuc, averagePrecision }, of),
  ];
}

function regression(found: RegressionMetrics, side: MetricSide): Named[] {
  const { meanError, meanAbsoluteError, meanAbsolutePercentageError, rootMeanSquaredError, medianAbsoluteError } =
    found;
  return [
    ...estimates(side, { meanError, meanAbsoluteError, meanAbsolutePercentageError }),
    ...estimates(side, { rootMeanSquaredError, medianAbsoluteError, r2: found.r2 }),
    ...namedAll(side, {
      maximumError: found.maximumError,
      bias: meanError.value === 0 ? 0 : ratio(meanError.value, rootMeanSquaredError.value),
      errorStandardDeviation: found.errorStandardDeviation,
      normalityStatistic: found.normality.statistic,
      normalityPValue: found.normality.pValue,
    }),
    ...found.errorQuantiles.map(({ probability, value }) => named(side, quantileName("errorQ", probability), value)),
  ];
}

function ranking(found: RankingMetrics, side: MetricSide): Named[] {
  const { queries, withoutRelevant, ndcg, map, mrr } = found;
  return [
    ...namedAll(side, { queries, queriesWithoutRelevant: withoutRelevant }),
    ...estimates(side, { ndcg, map, mrr }),
    ...found.atK.flatMap(({ k, ...values }) => estimates(side, values, null, `@${k}`)),
  ];
}
