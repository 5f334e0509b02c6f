/** How well a ranking puts what matters first. */
import type { Estimated } from "./estimated.js";

export interface RankingMetrics {
  readonly task: "ranking";
  readonly rows: number;
  /** Lists that were ranked: one for each query. */
  readonly queries: number;
  /** Queries without anything relevant, which count 0 as in scikit-learn. */
  readonly withoutRelevant: number;
  /** At each of the asked k, means over the queries. */
  readonly atK: readonly {
    readonly k: number;
    /** Normalised discounted cumulative gain. */
    readonly ndcg: Estimated;
    readonly precision: Estimated;
    readonly recall: Estimated;
    readonly hitRate: Estimated;
  }[];
  readonly ndcg: Estimated;
  /** Mean average precision. */
  readonly map: Estimated;
  /** Mean reciprocal rank. */
  readonly mrr: Estimated;
  readonly confidence: number;
  readonly status: "ok" | "empty";
}
