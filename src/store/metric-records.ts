/** What a store keeps of a report: verdicts, and every number under its name of docs/metrics.md. */
import type { ColumnReport, DriftReport } from "../drift/report.js";
import type { Metric } from "../metrics/metric.js";
import { shown } from "../statistics/option-checks.js";
import type { MetricRecord } from "./metric-store.js";

/**
 * all (the default): verdicts, and every number of the report. verdicts: of each column only `drift` and `score`. Names: verdicts
 * and these numbers.
 */
export type KeptMetrics = "all" | "verdicts" | readonly string[];

/** One with a name, and what else is known of it. Named one by one: a wide table has tens of thousands. */
export function metricRecord(fields: Partial<MetricRecord> & Pick<MetricRecord, "name">): MetricRecord {
  const { column = null, segment = null, of = null, side = null, name, method = null, value = null } = fields;
  const { pValue = null, effect = null, threshold = null, severity = null, status = null, n = null } = fields;
  return { column, segment, of, side, method, value, pValue, effect, threshold, severity, status, n, name };
}

/** @throws TypeError for what names no metrics */
export function keeperOf(caller: string, kept: KeptMetrics = "all"): (metric: Metric) => boolean {
  if (kept === "all") return () => true;
  if (kept === "verdicts") return () => false;
  if (!Array.isArray(kept) || kept.some((name) => typeof name !== "string")) {
    throw new TypeError(`${caller}: metrics must be "all", "verdicts" or an array of names, got ${shown(kept)}`);
  }
  const names = new Set<string>(kept);
  return ({ metric }) => names.has(metric);
}

/** `drift`: a row for each column, of all rows and of each segment. */
export function verdictsOf({ columns, segments = {} }: DriftReport): MetricRecord[] {
  return [
    ...Object.values(columns).map((column) => verdict(column, null)),
    ...Object.entries(segments).flatMap(([key, segment]) =>
      Object.values(segment.columns).map((column) => verdict(column, key)),
    ),
  ];
}

function verdict(report: ColumnReport, segment: string | null): MetricRecord {
  const { column, method, statistic, pValue, effect, threshold, severity, status, availability } = report;
  return metricRecord({
    ...{ column, segment, name: "drift", method, value: statistic, pValue, effect, threshold, severity, status },
    n: availability?.current.value ?? null,
  });
}

/** `score`: a row for each column that has one. */
export function scoresAsRecords(scores: { readonly [column: string]: number | null }): MetricRecord[] {
  return Object.entries(scores).map(([column, value]) => metricRecord({ column, name: "score", value }));
}

/** Numbers by name, without those that were not wanted. */
export function numbersOf(metrics: readonly Metric[], keeps: (metric: Metric) => boolean): MetricRecord[] {
  return metrics
    .filter(keeps)
    .map(({ column, segment, of, side, metric: name, value }) =>
      metricRecord({ column, segment, of, side, name, value }),
    );
}
