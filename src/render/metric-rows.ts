/** Metrics as rows of a table: what CSV and Arrow have in common. */
import type { Metric } from "../metrics/metric.js";

export const metricColumns = ["segment", "column", "of", "side", "metric", "value", "text"] as const;

export interface MetricRow extends Omit<Metric, "value"> {
  /** Numbers; 1 and 0 for true and false. */
  readonly value: number | null;
  /** Texts; `true` and `false`. */
  readonly text: string | null;
}

export function metricRow({ value, ...named }: Metric): MetricRow {
  return {
    ...named,
    value: typeof value === "string" ? null : value === null ? null : Number(value),
    text: typeof value === "number" || value === null ? null : String(value),
  };
}
