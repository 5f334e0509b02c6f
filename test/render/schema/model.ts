/** The part of a report that tells the quality of a model. */
import type { ModelQualityOf, ModelTask } from "../../../dist/drift/model-quality-report.js";
import type { Missing } from "../../../dist/source/source.js";
import type { CalibrationCurve } from "../../../dist/statistics/calibration-curve.js";
import type { Averages, ClassificationMetrics, ClassMetrics } from "../../../dist/statistics/classification-metrics.js";
import type { Estimated } from "../../../dist/statistics/estimated.js";
import type { RankingMetrics } from "../../../dist/statistics/ranking-metrics.js";
import type { RegressionMetrics } from "../../../dist/statistics/regression-metrics.js";
import {
  among,
  constant,
  count,
  defined,
  either,
  list,
  map,
  nullable,
  number,
  object,
  ofBoth,
  pair,
  type Schema,
  share,
  text,
} from "./words.ts";

const estimated = defined("estimated");
const averages = object<Averages>({ macro: estimated, weighted: estimated, micro: estimated });
const status = among<"ok" | "empty">({ ok: true, empty: true });
const missing = object<Missing>({ rows: count, null: count, nan: count });

const classMetrics = object<ClassMetrics>({
  support: count,
  predicted: count,
  precision: estimated,
  recall: estimated,
  f1: estimated,
  rocAuc: estimated,
  averagePrecision: estimated,
});

const classification = object<ClassificationMetrics>({
  task: constant("classification"),
  rows: count,
  classes: list(text),
  positive: nullable(text),
  confusion: list(list(count)),
  accuracy: estimated,
  balancedAccuracy: estimated,
  precision: averages,
  recall: averages,
  f1: averages,
  mcc: estimated,
  perClass: map(classMetrics),
  rocAuc: estimated,
  averagePrecision: estimated,
  logLoss: estimated,
  brier: estimated,
  calibration: nullable(
    object<CalibrationCurve>({ meanScore: list(number), observed: list(share), counts: list(count), error: number }),
  ),
  confidence: share,
  missing,
  status,
});

const regression = object<RegressionMetrics>({
  task: constant("regression"),
  rows: count,
  meanError: estimated,
  meanAbsoluteError: estimated,
  meanAbsolutePercentageError: estimated,
  rootMeanSquaredError: estimated,
  medianAbsoluteError: estimated,
  maximumError: nullable(number),
  r2: estimated,
  errorQuantiles: list(
    object<RegressionMetrics["errorQuantiles"][number]>({ probability: share, value: nullable(number) }),
  ),
  errorStandardDeviation: nullable(number),
  normality: object<RegressionMetrics["normality"]>({
    test: text,
    statistic: nullable(number),
    pValue: nullable(share),
  }),
  confidence: share,
  missing,
  status,
});

const ranking = object<RankingMetrics>({
  task: constant("ranking"),
  rows: count,
  queries: count,
  withoutRelevant: count,
  atK: list(
    object<RankingMetrics["atK"][number]>({
      k: count,
      ndcg: estimated,
      precision: estimated,
      recall: estimated,
      hitRate: estimated,
    }),
  ),
  ndcg: estimated,
  map: estimated,
  mrr: estimated,
  confidence: share,
  missing,
  status,
});

const sides = (task: ModelTask, metrics: Schema): Schema =>
  object<ModelQualityOf<ModelTask, unknown>>({
    task: constant(task),
    target: text,
    reference: nullable(metrics),
    current: nullable(metrics),
    reasons: ofBoth(text),
    differences: map(estimated),
    worse: list(text),
    words: text,
    confidence: share,
  });

export const modelDefinitions = {
  estimated: object<Estimated>({
    value: nullable(number),
    interval: nullable(pair(number, number)),
    law: nullable(among<"analytic" | "bootstrap">({ analytic: true, bootstrap: true })),
  }),
  modelQuality: either(
    sides("classification", classification),
    sides("regression", regression),
    sides("ranking", ranking),
  ),
};
