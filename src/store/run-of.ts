/** `runOf`, `runOfReport`: what was found, as a store keeps it. */
import { createHash } from "node:crypto";
import type { DriftReport } from "../drift/report.js";
import { version } from "../engine/version.js";
import { metricsOnce } from "../metrics/metrics-once.js";
import type { AlertEvent } from "../monitor/alert-event.js";
import { labelledMetrics, withoutModel } from "../monitor/model-reports.js";
import { scoresOf } from "../monitor/scores.js";
import type { ModelName, SeriesSummary, WindowResult } from "../monitor/window-result.js";
import { type KeptMetrics, keeperOf, metricRecord, numbersOf, scoresAsRecords, verdictsOf } from "./metric-records.js";
import type { KindRecord, MetricRecord, RunRecord } from "./metric-store.js";

/** What a window does not say of itself. */
export interface RunFacts {
  /** Of what decided the verdicts: `configHash(options)`. */
  readonly configHash?: string;
  /** Default: of this Smirnov. */
  readonly codeVersion?: string;
  /** That were told of this window. */
  readonly alerts?: readonly AlertEvent[];
  readonly metrics?: KeptMetrics;
}

/** Of a comparison that was no window of a monitor. */
export interface ReportFacts extends RunFacts {
  readonly dataset: string;
  readonly model?: ModelName;
  /** Milliseconds since 1970: what the current rows are of; default now, for both. */
  readonly windowStart?: number;
  readonly windowEnd?: number;
  /** That the comparison took. */
  readonly seconds?: number;
  readonly referenceHash?: string;
  readonly dataHash?: string;
}

/**
 * A window as a run: of each column a row `drift` (verdict) and `score`, then every number of the report and of the model
 * under its name of docs/metrics.md, of each series `seriesMean`, `seriesQ95` and so on with the series as column, and
 * `detection` for what streaming detectors found.
 *
 * @throws TypeError for `metrics` that name nothing
 */
export function runOf(result: WindowResult, facts: RunFacts = {}): RunRecord {
  const { codeVersion = version, configHash = null, alerts = [] } = facts;
  const keeps = keeperOf("runOf", facts.metrics);
  const { report, modelQuality } = result;
  return {
    id: result.id,
    dataset: result.dataset,
    model: result.model?.name ?? null,
    modelVersion: result.model?.version ?? null,
    windowStart: result.start,
    windowEnd: result.end,
    revision: result.revision,
    asOf: result.asOf,
    rows: result.rows,
    late: result.late,
    status: result.status,
    reason: result.reason,
    referenceHash: result.reference?.hash ?? null,
    dataHash: result.hash,
    configHash,
    codeVersion,
    seconds: result.seconds,
    drifted: report?.dataset.drifted ?? null,
    driftedShare: report?.dataset.share ?? null,
    metrics: [
      ...(report ? verdictsOf(report) : []),
      ...scoresAsRecords(result.scores),
      ...(report ? numbersOf(metricsOnce(withoutModel(report, result)), keeps) : []),
      ...(modelQuality
        ? [
            metricRecord({ name: "labelledRows", side: "current", value: modelQuality.labelled }),
            metricRecord({ name: "labelCoverage", side: "current", value: modelQuality.coverage }),
            ...numbersOf(labelledMetrics(result), keeps),
          ]
        : []),
      ...Object.entries(result.series).flatMap(([name, summary]) => seriesRecords(name, summary)),
      ...result.detections.map(({ series, detector, status, time, values }) =>
        metricRecord({ column: series, name: "detection", method: detector, value: time, severity: status, n: values }),
      ),
    ],
    kinds: Object.entries(result.kinds).map(
      ([column, { kind, confidence, onset, width, duration, period, amplitude }]): KindRecord => ({
        ...{ column, kind, confidence, onset, width, duration, period, amplitude },
      }),
    ),
    alerts,
  };
}

/** Names that runs have besides those of docs/metrics.md, and what each is. */
export const runMetricNames: Readonly<Record<string, string>> = {
  drift: "verdict on a column: `value` is the statistic, `p_value` before correction, `n` the current side's values",
  score: "standard normal score of a column's p-value",
  labelledRows: "rows of the window whose label is known",
  labelCoverage: "their share",
  seriesValues: "values of a series within the window; `column_name` is the series",
  ...{ seriesMean: "their mean", seriesMin: "the least", seriesMax: "the greatest" },
  ...{ seriesQ50: "their median", seriesQ95: "95 % are at most that", seriesQ99: "99 % are at most that" },
  detection:
    "a detector of a series found something: `method` is the detector, `severity` what it found, `value` the time in milliseconds since 1970, `n` the values it had seen",
};

const seriesNames = {
  ...{ values: "seriesValues", mean: "seriesMean", min: "seriesMin", max: "seriesMax" },
  ...{ q50: "seriesQ50", q95: "seriesQ95", q99: "seriesQ99" },
} as const satisfies Record<keyof SeriesSummary, string>;

function seriesRecords(column: string, summary: SeriesSummary): MetricRecord[] {
  return Object.entries(seriesNames).map(([key, name]) =>
    metricRecord({ column, name, value: summary[key as keyof SeriesSummary], n: summary.values }),
  );
}

/**
 * A report of `compare` as a run of a dataset. Where a window is given, the same window is written once; else each comparison is a
 * run of its own.
 *
 * @throws TypeError for a dataset that is no text, and `metrics` that name nothing
 */
export function runOfReport(report: DriftReport, facts: ReportFacts): RunRecord {
  const { dataset, model = null, seconds = 0, codeVersion = report.version } = facts;
  if (typeof dataset !== "string") throw new TypeError("runOfReport: dataset must be a text");
  const keeps = keeperOf("runOfReport", facts.metrics);
  const now = Date.now();
  const start = facts.windowStart ?? facts.windowEnd ?? now;
  const isWindow = facts.windowStart !== undefined || facts.windowEnd !== undefined;
  const content = isWindow ? "" : `.${createHash("sha256").update(JSON.stringify(report)).digest("hex").slice(0, 8)}`;
  return {
    id: `${dataset}/${new Date(start).toISOString()}${content}/1`,
    dataset,
    model: model?.name ?? null,
    modelVersion: model?.version ?? null,
    windowStart: start,
    windowEnd: facts.windowEnd ?? start,
    revision: 1,
    asOf: now,
    rows: report.rows.current,
    late: 0,
    status: "compared",
    reason: report.dataset.reason,
    referenceHash: facts.referenceHash ?? report.quality?.reference.hash ?? null,
    dataHash: facts.dataHash ?? report.quality?.current.hash ?? null,
    configHash: facts.configHash ?? null,
    codeVersion,
    seconds,
    drifted: report.dataset.drifted,
    driftedShare: report.dataset.share,
    metrics: [...verdictsOf(report), ...scoresAsRecords(scoresOf(report)), ...numbersOf(metricsOnce(report), keeps)],
    kinds: [],
    alerts: facts.alerts ?? [],
  };
}
