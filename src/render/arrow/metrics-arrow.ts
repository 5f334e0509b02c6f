/** `arrowOfMetrics`: metrics as an Arrow file, a row each. */
import type { Metric } from "../../metrics/metric.js";
import { metricRow } from "../metric-rows.js";
import { arrowFile } from "./arrow-file.js";

const texts = ["segment", "column", "of", "side", "metric"] as const;

/** Columns `segment`, `column`, `of`, `side`, `metric` and `text` of text, and `value` of doubles. */
export function arrowOfMetrics(metrics: Iterable<Metric>): Uint8Array<ArrayBuffer> {
  const rows = Array.from(metrics, metricRow);
  return arrowFile([
    ...texts.map((name) => ({ name, type: "text" as const, values: rows.map((row) => row[name]) })),
    { name: "value", type: "double", values: rows.map(({ value }) => value) },
    { name: "text", type: "text", values: rows.map(({ text }) => text) },
  ]);
}
