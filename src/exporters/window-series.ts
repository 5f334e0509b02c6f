/** The series of one window's result, in groups: those of the window first, then of each column, then of segments. */
import type { DriftReport, SegmentReport } from "../drift/report.js";
import { modelReports } from "../monitor/model-reports.js";
import type { WindowResult } from "../monitor/window-result.js";
import { changeTable } from "./change-table.js";
import { type ColumnSubject, columnTable } from "./column-table.js";
import { type ExportedMetric, type Labels, noLabels, numberOf, type Sample } from "./exported-metric.js";
import { labelValue } from "./label-value.js";
import { knownTable, modelSubjectOf, modelTable } from "./model-table.js";
import { type VerdictSubject, verdictTable, type WindowMetric, windowTable } from "./window-table.js";

/** What is kept or left out together. */
export type Series = readonly (readonly [metric: ExportedMetric, sample: Sample])[];

export interface WindowSeriesOptions {
  /** Columns that are told; all where it is left out. */
  readonly columns?: ReadonlySet<string> | undefined;
  readonly segments: "none" | "verdicts" | "columns";
  /** Series after which the rest is only counted. */
  readonly most: number;
}

export interface WindowSeries {
  readonly groups: readonly Series[];
  /** Series that were only counted. */
  readonly beyond: number;
}

export function modelNameOf({ model }: WindowResult): string {
  return model?.name ?? "";
}

/** @param base values of the first labels, which all metrics of the table have */
function readAll<Subject>(table: readonly WindowMetric<Subject>[], subject: Subject, base: readonly string[]): Series {
  const [first] = table;
  const shared: Record<string, string> = {};
  for (const [index, value] of base.entries()) shared[first!.labels[index]!] = labelValue(value);
  const series: [ExportedMetric, Sample][] = [];
  for (const metric of table) {
    for (const [reading, ...more] of metric.read(subject)) {
      const value = numberOf(reading);
      if (value !== null)
        series.push([metric, { base: shared, labels: furtherLabels(metric, base.length, more), value }]);
    }
  }
  return series;
}

function furtherLabels({ labels }: ExportedMetric, from: number, values: readonly string[]): Labels {
  if (values.length === 0) return noLabels;
  const further: Record<string, string> = {};
  for (const [index, value] of values.entries()) further[labels[from + index]!] = labelValue(value);
  return further;
}

/**
 * Of what is told of the model: of all rows with what is told once, then of each segment.
 *
 * @returns `null` where nothing is known of it
 */
export function modelSeries(result: WindowResult, { segments, most }: WindowSeriesOptions): WindowSeries | null {
  const reports = modelReports(result);
  if (reports.length === 0) return null;
  const base = [result.dataset, modelNameOf(result)];
  const { modelQuality: known, end } = result;
  const own: (readonly [ExportedMetric, Sample])[] = [...readAll(knownTable, { known, end }, base)];
  const groups: Series[] = [own];
  let left = most;
  let beyond = 0;
  for (const [segment, report] of reports) {
    if (segment !== null && segments === "none") continue;
    const series = left > 0 ? readAll(modelTable, modelSubjectOf(report), [...base, segment ?? ""]) : [];
    if (left <= 0) beyond += countOf(modelTable, modelSubjectOf(report));
    left -= series.length;
    if (segment === null) own.push(...series);
    else if (series.length > 0) groups.push(series);
  }
  return { groups, beyond };
}

export function windowSeries(result: WindowResult, options: WindowSeriesOptions): WindowSeries {
  const base = [result.dataset, modelNameOf(result)];
  const { report } = result;
  const own = readAll(windowTable, result, base);
  if (!report) return { groups: [own], beyond: 0 };
  const groups: Series[] = [
    [...own, ...readAll(verdictTable, verdictOf(report, ""), [...base, ""]), ...readAll(changeTable, report, base)],
  ];
  let left = options.most;
  let beyond = 0;
  for (const [part, segment] of partsOf(report, options)) {
    if (segment !== "") groups.push(readAll(verdictTable, verdictOf(part, segment), [...base, segment]));
    if (segment !== "" && options.segments !== "columns") continue;
    for (const [name, subject] of columnsOf(part, segment === "" ? result : null, options)) {
      if (left > 0) {
        const series = readAll(columnTable, subject, [...base, segment, name]);
        groups.push(series);
        left -= series.length;
      } else {
        beyond += countOf(columnTable, subject);
      }
    }
  }
  return { groups, beyond };
}

type Part = DriftReport | SegmentReport;

function partsOf(report: DriftReport, { segments }: WindowSeriesOptions): (readonly [Part, string])[] {
  const parts = segments === "none" ? [] : Object.entries(report.segments ?? {});
  return [[report, ""], ...parts.map(([key, part]) => [part, key] as const)];
}

function verdictOf({ dataset, quality }: Part, segment: string): VerdictSubject {
  const sides = quality ? (["reference", "current"] as const) : [];
  const duplicated = sides.map((side) => {
    const { rows, duplicatedRows } = quality![side];
    return [side, duplicatedRows === null || rows === 0 ? null : duplicatedRows / rows] as const;
  });
  return { segment, dataset, duplicated };
}

function columnsOf(
  { columns, quality }: Part,
  result: WindowResult | null,
  options: WindowSeriesOptions,
): (readonly [string, ColumnSubject])[] {
  const changes = quality?.changes ?? {};
  const told = Object.entries(columns).filter(([name]) => options.columns?.has(name) ?? true);
  return told.map(([name, report]) => [
    name,
    {
      report,
      change: Object.hasOwn(changes, name) ? changes[name] : undefined,
      score: result && Object.hasOwn(result.scores, name) ? result.scores[name] : undefined,
      kind: result && Object.hasOwn(result.kinds, name) ? result.kinds[name] : undefined,
    },
  ]);
}

function countOf<Subject>(table: readonly WindowMetric<Subject>[], subject: Subject): number {
  const readings = table.flatMap((metric) => metric.read(subject));
  return readings.filter(([reading]) => numberOf(reading) !== null).length;
}
