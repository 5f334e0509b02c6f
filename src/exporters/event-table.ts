/** Metrics that count what windows bring, since the process began. */
import type { ExportedMetric } from "./exported-metric.js";

/** From a hundred rows of one column to ten million of many. */
const evaluationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;

const labels = ["dataset", "model"] as const;

export const eventTable = [
  {
    name: "smirnov_windows_total",
    type: "counter",
    unit: "{window}",
    labels: [...labels, "status"],
    help: "Windows by what became of them: compared, empty, no-reference or failed",
    from: "status",
  },
  {
    name: "smirnov_window_revisions_total",
    type: "counter",
    unit: "{window}",
    labels,
    help: "Windows that were told again: later labels, later rows",
    from: "revision",
  },
  {
    name: "smirnov_late_rows_total",
    type: "counter",
    unit: "{row}",
    labels,
    help: "Rows that came too late for a window",
    from: "late",
  },
  {
    name: "smirnov_detections_total",
    type: "counter",
    unit: "{detection}",
    labels: [...labels, "series", "detector", "status"],
    help: "What streaming detectors found in a series or a column: warning or drift",
    from: "detections",
  },
  {
    name: "smirnov_evaluation_seconds",
    type: "histogram",
    unit: "s",
    labels,
    help: "Time that the evaluation of a window took",
    from: "seconds",
    buckets: evaluationBuckets,
  },
  {
    name: "smirnov_alerts_total",
    type: "counter",
    unit: "{alert}",
    labels: [...labels, "rule", "severity"],
    help: "Alerts that began",
    from: "alerts",
  },
  {
    name: "smirnov_alerts_firing",
    type: "gauge",
    unit: "{alert}",
    labels: [...labels, "rule", "severity"],
    help: "Alerts that are firing now",
    from: "alerts",
  },
  {
    name: "smirnov_series_dropped",
    type: "gauge",
    unit: "{series}",
    labels: [],
    help: "Series that are not exported because there are more than maximumSeries",
    from: "the exporter",
  },
] as const satisfies readonly ExportedMetric[];
