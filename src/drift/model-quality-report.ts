/** What `modelQuality` returns: how well a model did on both sides, and what changed. Plain data. */
import type { ClassificationMetrics } from "../statistics/classification-metrics.js";
import type { Estimated } from "../statistics/estimated.js";
import type { RankingMetrics } from "../statistics/ranking-metrics.js";
import type { RegressionMetrics } from "../statistics/regression-metrics.js";

export type ModelTask = "classification" | "regression" | "ranking";

export type ModelQualityReport =
  | ModelQualityOf<"classification", ClassificationMetrics>
  | ModelQualityOf<"regression", RegressionMetrics>
  | ModelQualityOf<"ranking", RankingMetrics>;

export interface ModelQualityOf<Task extends ModelTask, Metrics> {
  readonly task: Task;
  readonly target: string;
  /** `null`: the side has no row with a known target and a prediction, or cannot be judged. */
  readonly reference: Metrics | null;
  readonly current: Metrics | null;
  /** Why a side has none, in a sentence; empty where it has. */
  readonly reasons: { readonly reference: string; readonly current: string };
  /**
   * Current minus reference, with the interval of a difference of independent samples; by the metrics' names (`accuracy`,
   * `precision`: of two classes of the positive one, else `precision` over the classes, `ndcg@10`). Empty where a side has none.
   */
  readonly differences: { readonly [metric: string]: Estimated };
  /**
   * Metrics that got worse beyond chance: the whole interval of the difference is on that side of 0, of the mean error that of
   * the difference of its size.
   */
  readonly worse: readonly string[];
  /** In a sentence: the main metric on both sides, and what else got worse. */
  readonly words: string;
  /** Of the intervals. */
  readonly confidence: number;
}
