/** `toArrow`: the metrics of a report as an Arrow file, a row each. */
import type { Metric } from "../../metrics/metric.js";
import { type Measured, metricsOf } from "../../metrics/metrics-of.js";
import { metricRow } from "../metric-rows.js";
import { arrowFile } from "./arrow-file.js";

const texts = ["segment", "column", "of", "side", "metric"] as const;

/**
 * The metrics of a report (`metricsOf`) as an Arrow IPC file (Feather version 2), which pandas, DuckDB, Polars and `readTable`
 * read: columns `segment`, `column`, `of`, `side`, `metric` and `text` of text, `value`, `low` and `high` of doubles.
 *
 * @throws TypeError for what has no metrics
 */
export function toArrow(report: Measured): Uint8Array<ArrayBuffer> {
  return arrowOfMetrics(metricsOf(report));
}

/** The same of metrics that were listed already. */
export function arrowOfMetrics(metrics: Iterable<Metric>): Uint8Array<ArrayBuffer> {
  const rows = Array.from(metrics, metricRow);
  return arrowFile([
    ...texts.map((name) => ({ name, type: "text" as const, values: rows.map((row) => row[name]) })),
    { name: "value", type: "double", values: rows.map(({ value }) => value) },
    { name: "text", type: "text", values: rows.map(({ text }) => text) },
    { name: "low", type: "double", values: rows.map(({ low }) => low) },
    { name: "high", type: "double", values: rows.map(({ high }) => high) },
  ]);
}
