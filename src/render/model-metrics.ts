/** The metrics of a model on both sides, in the order in which they are shown. */
import type { ModelQualityReport } from "../drift/model-quality-report.js";
import type { ClassificationMetrics } from "../statistics/classification-metrics.js";
import type { Estimated } from "../statistics/estimated.js";
import type { RankingMetrics } from "../statistics/ranking-metrics.js";
import type { RegressionMetrics } from "../statistics/regression-metrics.js";

export interface ModelMetric {
  readonly name: string;
  readonly reference: Estimated | null;
  readonly current: Estimated | null;
  /** Current minus reference; `null` where a side has no value. */
  readonly difference: number | null;
  /** Where the sides' intervals do not touch; `null` also where neither direction is better. */
  readonly change: "better" | "worse" | null;
}

type Better = "higher" | "lower" | null;
type Found = readonly [name: string, better: Better, value: Estimated];

/** Without those that neither side has. */
export function modelMetrics(model: ModelQualityReport): ModelMetric[] {
  const [before, after] = bothOf(model);
  const names = [...new Map([...before, ...after].map(([name, better]) => [name, better]))];
  return names
    .map(([name, better]) => {
      const [reference, current] = [before, after].map(
        (side) => side.find(([other]) => other === name)?.[2] ?? null,
      ) as [Estimated | null, Estimated | null];
      const [from, to] = [reference?.value ?? null, current?.value ?? null];
      const difference = from === null || to === null ? null : to - from;
      return { name, reference, current, difference, change: changeOf(reference, current, better) };
    })
    .filter(({ reference, current }) => (reference?.value ?? null) !== null || (current?.value ?? null) !== null);
}

/** Rows of both sides that were looked at. */
export function modelRows({ reference, current }: ModelQualityReport): readonly [reference: number, current: number] {
  return [reference?.rows ?? 0, current?.rows ?? 0];
}

function bothOf(model: ModelQualityReport): readonly [Found[], Found[]] {
  const { task, reference, current } = model;
  switch (task) {
    case "classification":
      return [reference ? classification(reference) : [], current ? classification(current) : []];
    case "regression":
      return [reference ? regression(reference) : [], current ? regression(current) : []];
    case "ranking":
      return [reference ? ranking(reference) : [], current ? ranking(current) : []];
  }
}

function changeOf(reference: Estimated | null, current: Estimated | null, better: Better): "better" | "worse" | null {
  const [before, after] = [reference?.interval, current?.interval];
  if (!before || !after || better === null) return null;
  if (after[0] > before[1]) return better === "higher" ? "better" : "worse";
  if (after[1] < before[0]) return better === "higher" ? "worse" : "better";
  return null;
}

function classification(side: ClassificationMetrics): Found[] {
  return [
    ["accuracy", "higher", side.accuracy],
    ["balanced accuracy", "higher", side.balancedAccuracy],
    ["precision (macro)", "higher", side.precision.macro],
    ["recall (macro)", "higher", side.recall.macro],
    ["F1 (macro)", "higher", side.f1.macro],
    ["Matthews correlation", "higher", side.mcc],
    ["area under ROC", "higher", side.rocAuc],
    ["average precision", "higher", side.averagePrecision],
    ["log loss", "lower", side.logLoss],
    ["Brier score", "lower", side.brier],
    ["calibration error", "lower", certain(side.calibration?.error ?? null)],
  ];
}

function regression(side: RegressionMetrics): Found[] {
  return [
    ["mean error", null, side.meanError],
    ["mean absolute error", "lower", side.meanAbsoluteError],
    ["mean absolute percentage error", "lower", side.meanAbsolutePercentageError],
    ["root mean squared error", "lower", side.rootMeanSquaredError],
    ["median absolute error", "lower", side.medianAbsoluteError],
    ["largest error", "lower", certain(side.maximumError)],
    ["R²", "higher", side.r2],
  ];
}

function ranking(side: RankingMetrics): Found[] {
  const atK = side.atK.flatMap(({ k, ndcg, precision, recall, hitRate }): Found[] => [
    [`NDCG@${k}`, "higher", ndcg],
    [`precision@${k}`, "higher", precision],
    [`recall@${k}`, "higher", recall],
    [`hit rate@${k}`, "higher", hitRate],
  ]);
  return [
    ["NDCG", "higher", side.ndcg],
    ["mean average precision", "higher", side.map],
    ["mean reciprocal rank", "higher", side.mrr],
    ...atK,
  ];
}

function certain(value: number | null): Estimated {
  return { value, interval: null, law: null };
}
