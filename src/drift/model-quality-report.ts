/** What `modelQuality` returns: how well a model did on both sides. Plain data. */
import type { ClassificationMetrics } from "../statistics/classification-metrics.js";
import type { RankingMetrics } from "../statistics/ranking-metrics.js";
import type { RegressionMetrics } from "../statistics/regression-metrics.js";

/** `null`: the side has no rows with a known target. */
export type ModelQualityReport =
  | ModelQualityOf<"classification", ClassificationMetrics>
  | ModelQualityOf<"regression", RegressionMetrics>
  | ModelQualityOf<"ranking", RankingMetrics>;

export interface ModelQualityOf<Task extends string, Metrics> {
  readonly task: Task;
  readonly target: string;
  readonly reference: Metrics | null;
  readonly current: Metrics | null;
  /** Of the intervals. */
  readonly confidence: number;
}
