/** Metrics of how well a model did, of the newest window whose truth is known. */
import type { ModelQualityReport } from "../drift/model-quality-report.js";
import type { Metric } from "../metrics/metric.js";
import { metricsOnce } from "../metrics/metrics-once.js";
import { definitionsOf } from "../metrics/vocabulary.js";
import type { WindowModelQuality } from "../monitor/window-result.js";
import { gauges, type Readings } from "./window-table.js";

/** Of all rows, or of a segment. */
export interface ModelSubject {
  readonly report: ModelQualityReport;
  readonly metrics: readonly Metric[];
}

/** What is told once of the window that the model's numbers are of. */
export interface KnownSubject {
  /** `null` where labels came with the rows. */
  readonly known: WindowModelQuality | null;
  /** Milliseconds since 1970. */
  readonly end: number;
}

export function modelSubjectOf(report: ModelQualityReport): ModelSubject {
  return { report, metrics: metricsOnce(report) };
}

/** Main numbers: those with an interval, of all classes together; means over classes of three kinds are left out. */
function isMain({ metric, of, side }: Metric): boolean {
  if (of !== null || side === null || /(?:Low|High|Macro|Weighted|Micro)$/.test(metric)) return false;
  return definitionsOf(`${metric}Low`).length > 0;
}

function numbers(metrics: readonly Metric[]): Readings {
  return metrics.flatMap(({ metric, side, value }) =>
    typeof value === "number" && side !== null ? [[value, metric, side] as const] : [],
  );
}

function ends(metrics: readonly Metric[], end: "Low" | "High"): Readings {
  const main = new Set(metrics.filter(isMain).map(({ metric }) => metric));
  return numbers(
    metrics.flatMap((one) => {
      const name = one.metric.endsWith(end) ? one.metric.slice(0, -end.length) : "";
      return one.of === null && main.has(name) ? [{ ...one, metric: name }] : [];
    }),
  );
}

export const modelTable = gauges<ModelSubject>(
  ["dataset", "model", "segment"],
  [
    [
      "model_quality",
      "1",
      "numbers of a model",
      "A number of model quality, by its name in docs/metrics.md, of the newest window whose truth is known",
      ({ metrics }) => numbers(metrics.filter(isMain)),
      "metric",
      "side",
    ],
    [
      "model_quality_low",
      "1",
      "the same with `Low`",
      "Lower end of the number's confidence interval",
      ({ metrics }) => ends(metrics, "Low"),
      "metric",
      "side",
    ],
    [
      "model_quality_high",
      "1",
      "the same with `High`",
      "Upper end of the number's confidence interval",
      ({ metrics }) => ends(metrics, "High"),
      "metric",
      "side",
    ],
    [
      "model_quality_worse",
      "1",
      "modelQuality.report.worse",
      "Whether the number got worse beyond chance: 1 or 0",
      ({ report }) =>
        Object.entries(report.differences).flatMap(([metric, { value }]) =>
          value === null ? [] : [[report.worse.includes(metric), metric] as const],
        ),
      "metric",
    ],
    [
      "model_quality_rows",
      "{row}",
      "`modelRows`",
      "Rows with a known target and a prediction",
      ({ report }) => (["reference", "current"] as const).map((side) => [report[side]?.rows, side] as const),
      "side",
    ],
  ],
);

export const knownTable = gauges<KnownSubject>(
  ["dataset", "model"],
  [
    [
      "model_quality_coverage",
      "1",
      "modelQuality.coverage",
      "Share of the window's rows whose label has come",
      ({ known }) => known?.coverage,
    ],
    [
      "model_quality_window_end_timestamp_seconds",
      "s",
      "end",
      "End of the window that the model's numbers are of, in seconds since 1970",
      ({ end }) => end / 1_000,
    ],
  ],
);
