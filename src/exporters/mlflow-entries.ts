/** What is logged of a window: metrics and tags within MLflow's limits. */
import type { Metric, MetricValue } from "../metrics/metric.js";
import { metricsOnce } from "../metrics/metrics-once.js";
import { definitionsOf } from "../metrics/vocabulary.js";
import type { AlertEvent } from "../monitor/alert-event.js";
import { labelledMetrics, withoutModel } from "../monitor/model-reports.js";
import type { WindowResult } from "../monitor/window-result.js";
import { numberOf } from "./exported-metric.js";
import { hashOf, textUpTo } from "./label-value.js";

export interface MlflowMetric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

export interface MlflowTag {
  readonly key: string;
  readonly value: string;
}

export interface MlflowEntries {
  readonly metrics: readonly MlflowMetric[];
  readonly tags: readonly MlflowTag[];
}

/** Characters of a part of a key; MLflow takes 250 for the whole, which has at most four parts. */
const longestPart = 60;
const longestValue = 5_000;

/** By their names in docs/metrics.md. Numbers of a model are all told, apart from those of single classes. */
export const loggedMetrics: readonly string[] = [
  ...["drifted", "driftedShare", "driftedColumns", "judgedColumns", "duplicatedRowShare", "jointAuc"],
  ...["conceptPValue", "conceptDrifted", "modelPValue", "modelDrifted", "driftedCorrelations"],
  ...["statistic", "pValue", "adjustedPValue", "effect", "threshold"],
  ...["missingShare", "outOfRangeShare", "outOfListShare", "distinct"],
];

/**
 * A part of a key. What MLflow does not take becomes `_`, long names are cut, and what was changed ends with a hash, so
 * that different names stay different.
 */
export function keyPart(name: string): string {
  const clean = name.replace(/[^\w. -]/g, "_");
  if (clean === name && name.length <= longestPart && !/^\.*$/.test(name)) return name;
  return `${clean.slice(0, longestPart - 17)}-${hashOf(name)}`;
}

type Entry = readonly [key: readonly string[], value: MetricValue];

export function mlflowEntries(
  result: WindowResult,
  alerts: readonly AlertEvent[],
  wanted: ReadonlySet<string>,
): MlflowEntries {
  const { index: step, end, report, modelQuality } = result;
  const timestamp = Math.max(0, Math.round(end));
  const found: Entry[] = [
    [["rows"], result.rows],
    [["late"], result.late],
    [["seconds"], result.seconds],
    ...Object.entries(result.scores).map(([column, score]): Entry => [["columns", column, "score"], score]),
    ...Object.entries(result.series).flatMap(([series, summary]) =>
      Object.entries(summary).map(([statistic, value]): Entry => [["series", series, statistic], value]),
    ),
    ...[...(report ? metricsOnce(withoutModel(report, result)) : []), ...labelledMetrics(result)].flatMap((one) =>
      isWanted(one, wanted) ? [placeOf(one)] : [],
    ),
  ];
  if (modelQuality) found.push([["model", "coverage"], modelQuality.coverage]);
  const metrics = found.flatMap(([key, reading]) => {
    const value = typeof reading === "string" ? null : numberOf(reading);
    // Names of metrics may hold what keys may not: `ndcg@10`.
    return value === null ? [] : [{ key: key.map(keyPart).join("/"), value, timestamp, step }];
  });
  return { metrics, tags: tagsOf(result, alerts) };
}

function isOfModel({ metric, column }: Metric): boolean {
  return column === null && definitionsOf(metric).some(({ subjects }) => subjects.includes("model"));
}

/** Numbers of single classes and of pairs of columns are left out, and those of the reference, which stay the same. */
function isWanted(one: Metric, wanted: ReadonlySet<string>): boolean {
  return one.side !== "reference" && one.of === null && (wanted.has(one.metric) || isOfModel(one));
}

function placeOf(one: Metric): Entry {
  const { segment, column, metric, value } = one;
  const within = segment === null ? [] : ["segments", segment];
  if (column !== null) return [[...within, "columns", column, metric], value];
  return [isOfModel(one) ? [...within, "model", metric] : [...within, metric], value];
}

function tagsOf({ id, status, reason, report, kinds }: WindowResult, alerts: readonly AlertEvent[]): MlflowTag[] {
  const told: { readonly [name: string]: string | null | undefined } = {
    window: id,
    status,
    reason: report?.dataset.reason ?? reason,
    drifted: report ? String(report.dataset.drifted) : undefined,
    driftedColumns:
      report &&
      Object.keys(report.columns)
        .filter((name) => report.columns[name]!.drifted)
        .join(", "),
    kinds: Object.entries(kinds)
      .filter(([, { kind }]) => kind !== "none")
      .map(([column, { words }]) => `${column}: ${words}`)
      .join("\n"),
    alert: alerts.at(-1)?.summary,
    version: report?.version,
  };
  return Object.entries(told).flatMap(([name, value]) =>
    value == null ? [] : [{ key: `smirnov.${name}`, value: textUpTo(value, longestValue) }],
  );
}
