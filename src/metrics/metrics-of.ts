/**
 * `metricsOf`: everything that a report says in numbers and words, each under one name. Checks look at these, tables of
 * metrics list them, and monitoring exports them.
 */
import type { ModelQualityReport } from "../drift/model-quality-report.js";
import { isProfile } from "../drift/profiles/is-profile.js";
import type { TableQuality } from "../drift/quality/quality-report.js";
import type { DriftReport } from "../drift/report.js";
import type { Profile } from "../profile/profile.js";
import { shown } from "../statistics/option-checks.js";
import {
  columnDriftMetrics,
  correlationMetrics,
  reportMetrics,
  segmentMetrics,
  sideMetrics,
  verdictMetrics,
} from "./drift-metrics.js";
import type { Metric } from "./metric.js";
import { modelMetrics } from "./model-metrics.js";
import { type Named, namedAll, placed } from "./named.js";
import { profiledMetrics, profileQuality } from "./profile-metrics.js";
import { changeMetrics, columnMetrics, tableMetrics } from "./quality-metrics.js";
import { importanceMetrics, jointMetrics, kindMetrics } from "./role-metrics.js";

/** What has metrics. */
export type Measured = DriftReport | TableQuality | Profile | ModelQualityReport;

/**
 * Lists the metrics of a report: those of the table and of the model first, then those of each column, of pairs of
 * columns, and of each segment in the same order. docs/metrics.md has all names.
 *
 * A table or profile by itself is the `current` side. Metrics that a column's kind does not have, or that were not asked
 * for, are not listed; those without a value are `null`.
 *
 * @throws TypeError for anything else
 */
export function metricsOf(result: Measured): Metric[] {
  switch (resultKind("metricsOf", result)) {
    case "report":
      return ofReport(result as DriftReport);
    case "profile":
      return ofProfile(result as Profile);
    case "quality":
      return ofQuality(result as TableQuality);
    case "model":
      return placed(modelMetrics(result as ModelQualityReport), null, null);
  }
}

export type ResultKind = "report" | "profile" | "quality" | "model";

/** @throws TypeError for what has no metrics */
export function resultKind(caller: string, result: unknown): ResultKind {
  if (typeof result === "object" && result !== null) {
    if (isProfile(result)) return "profile";
    const { dataset, columns, task, names, rows } = result as Partial<DriftReport & TableQuality & ModelQualityReport>;
    if (typeof dataset === "object" && typeof columns === "object") return "report";
    if (typeof columns === "object" && Array.isArray(names) && typeof rows === "number") return "quality";
    if (task === "classification" || task === "regression" || task === "ranking") return "model";
  }
  const wanted = "a report, what quality or modelQuality returned, or a profile";
  throw new TypeError(`${caller}: needs ${wanted}, got ${shown(result)}`);
}

function ofProfile(profile: Profile): Metric[] {
  const quality = profileQuality(profile);
  return [
    ...placed(tableMetrics(quality, "current"), null, null),
    ...Array.from(profile.columns).flatMap(([name, column]) =>
      placed(profiledMetrics(quality.columns[name]!, column, "current"), null, name),
    ),
  ];
}

function ofQuality(quality: TableQuality): Metric[] {
  return [
    ...placed(tableMetrics(quality, "current"), null, null),
    ...namesOf(quality).flatMap((name) => placed(columnMetrics(quality.columns[name]!, "current"), null, name)),
  ];
}

/** Of the columns that are described, in the table's order. */
function namesOf({ names, columns }: TableQuality): string[] {
  return names.filter((name) => Object.hasOwn(columns, name));
}

function ofReport(report: DriftReport): Metric[] {
  const { modelQuality, correlations, kindOfChange, joint, segments = {} } = report;
  return [
    ...placed(wholeMetrics(report), null, null),
    ...placed(reportMetrics(report), null, null),
    ...placed([...(kindOfChange ? kindMetrics(kindOfChange) : []), ...(joint ? jointMetrics(joint) : [])], null, null),
    ...placed(modelQuality ? modelMetrics(modelQuality) : [], null, null),
    ...columnsOf(report, null, importanceMetrics(joint)),
    ...(correlations ? correlationMetrics(correlations) : []),
    ...Object.entries(segments).flatMap(([key, segment]) => [
      ...placed([...segmentMetrics(segment), ...wholeMetrics(segment)], key, null),
      ...placed(segment.modelQuality ? modelMetrics(segment.modelQuality) : [], key, null),
      ...columnsOf(segment, key, new Map()),
    ]),
  ];
}

type Part = Pick<DriftReport, "dataset" | "rows" | "columns" | "quality">;

/** Of both tables: what they are like, or how many rows they have. */
function wholeMetrics({ quality, dataset, rows }: Part): Named[] {
  return [
    ...(["reference", "current"] as const).flatMap((side) =>
      quality ? tableMetrics(quality[side], side) : namedAll(side, { rows: rows[side] }),
    ),
    ...verdictMetrics(dataset, rows),
  ];
}

function columnsOf({ quality, columns }: Part, segment: string | null, more: ReadonlyMap<string, Named[]>): Metric[] {
  const described = quality ? [...namesOf(quality.reference), ...namesOf(quality.current)] : [];
  return [...new Set([...described, ...Object.keys(columns)])].flatMap((name) => {
    const report = Object.hasOwn(columns, name) ? columns[name] : undefined;
    const sides = (["reference", "current"] as const).map((side) =>
      quality && Object.hasOwn(quality[side].columns, name) ? quality[side].columns[name]! : null,
    );
    const [reference, current] = sides;
    const change = quality && Object.hasOwn(quality.changes, name) ? quality.changes[name] : undefined;
    const rows = [
      ...(reference ? columnMetrics(reference, "reference") : report ? sideMetrics(report, 0) : []),
      ...(current ? columnMetrics(current, "current") : report ? sideMetrics(report, 1) : []),
      ...(change && reference && current ? changeMetrics(change, [reference, current]) : []),
      ...(report ? columnDriftMetrics(report) : []),
      ...(more.get(name) ?? []),
    ];
    return placed(rows, segment, name);
  });
}
