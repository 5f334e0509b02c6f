/** Metrics as rows of a table: what CSV and Arrow have in common. */
import type { Metric } from "../metrics/metric.js";

export const metricColumns = ["segment", "column", "of", "side", "metric", "value", "text", "low", "high"] as const;

export interface MetricRow extends Omit<Metric, "value" | "interval"> {
  /** Numbers; 1 and 0 for true and false. */
  readonly value: number | null;
  /** Texts; `true` and `false`. */
  readonly text: string | null;
  /** What holds the number, where it is not known exactly. */
  readonly low: number | null;
  readonly high: number | null;
}

export function metricRow({ value, interval, ...named }: Metric): MetricRow {
  const [low = null, high = null] = interval ?? [];
  return {
    ...named,
    value: typeof value === "string" ? null : value === null ? null : Number(value),
    text: typeof value === "number" || value === null ? null : String(value),
    low: typeof low === "number" ? low : null,
    high: typeof high === "number" ? high : null,
  };
}
