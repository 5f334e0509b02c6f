/** The numbers of a window that conditions are about. */
import { sideOf } from "../checks/metric-index.js";
import type { MetricDefinition } from "../metrics/definition.js";
import type { Metric, MetricValue } from "../metrics/metric.js";
import { metricsOnce } from "../metrics/metrics-once.js";
import { definitionsOf } from "../metrics/vocabulary.js";
import { labelledMetrics } from "../monitor/model-reports.js";
import type { SeriesSummary, WindowResult } from "../monitor/window-result.js";
import type { AlertCondition } from "./alert-rule.js";

export interface Found {
  readonly value: MetricValue;
  readonly interval?: readonly [low: number | string, high: number | string];
}

/** By subject: a column, a series, or `null`. Empty where the window does not know any. */
export type FoundBySubject = ReadonlyMap<string | null, readonly Found[]>;

export interface WindowMetrics {
  of(condition: AlertCondition): FoundBySubject;
}

const ofColumns = ["kind", "kindConfidence", "score"] as const;
const ofWindows = ["status", "rows", "late", "lateShare", "seconds", "coverage", "labelled"] as const;
const statistics: readonly (keyof SeriesSummary)[] = ["values", "mean", "min", "max", "q50", "q95", "q99"];

/** Names that only windows have. */
export const windowMetricNames: readonly string[] = [...ofColumns, ...ofWindows, "detections"];
/** Of these, those that are texts. */
export const textMetrics: ReadonlySet<string> = new Set(["kind", "status"]);
export const seriesStatistics: readonly string[] = statistics;

/** `series.<name>.<statistic>`; names may have dots. */
export function seriesOf(metric: string): { readonly name: string; readonly statistic: string } | null {
  const end = metric.lastIndexOf(".");
  if (!metric.startsWith("series.") || end <= "series.".length) return null;
  return { name: metric.slice("series.".length, end), statistic: metric.slice(end + 1) };
}

/** Whether a condition is about what only windows know, and not a report. */
export function isOfWindow({ metric, column, side, segment }: AlertCondition): boolean {
  if (metric === "detections" || seriesOf(metric)) return true;
  if (column !== undefined) return (ofColumns as readonly string[]).includes(metric);
  return segment === undefined && side === undefined && (ofWindows as readonly string[]).includes(metric);
}

/** What a metric of reports means in a condition. */
export function definitionOf({ metric, column }: AlertCondition): MetricDefinition | null {
  const wanted = column !== undefined;
  const isOfColumns = ({ subjects }: MetricDefinition) =>
    subjects.some((subject) => (subject === "column" || subject === "pair") === wanted);
  return definitionsOf(metric).find(isOfColumns) ?? null;
}

/** @param names of the metrics of reports that are asked for: a report of a thousand columns has a hundred thousand in all */
export function windowMetrics(result: WindowResult, names: ReadonlySet<string>): WindowMetrics {
  const report = named(result.report ? () => metricsOnce(result.report!) : null, names);
  const model = named(result.modelQuality ? () => labelledMetrics(result) : null, names);
  return {
    of: (condition) => (isOfWindow(condition) ? ofWindow(result, condition) : ofReports(report, model, condition)),
  };
}

/** By segment and name, then by column. */
type Named = ReadonlyMap<string, Map<string | null, Metric[]>>;

const keyOf = (segment: string | null, metric: string) => JSON.stringify([segment, metric]);

function named(metricsOf: (() => readonly Metric[]) | null, names: ReadonlySet<string>): Named {
  const found = new Map<string, Map<string | null, Metric[]>>();
  if (!metricsOf || names.size === 0) return found;
  for (const metric of metricsOf()) {
    if (!names.has(metric.metric)) continue;
    const key = keyOf(metric.segment, metric.metric);
    const byColumn = found.get(key) ?? new Map<string | null, Metric[]>();
    found.set(key, byColumn);
    const all = byColumn.get(metric.column);
    if (all) all.push(metric);
    else byColumn.set(metric.column, [metric]);
  }
  return found;
}

function ofReports(report: Named, model: Named, condition: AlertCondition): FoundBySubject {
  const { metric, column, segment = null, of } = condition;
  const definition = definitionOf(condition);
  if (!definition) return new Map();
  const side = sideOf(definition, condition.side);
  // What labels told of the window is about more rows than what its comparison knew of the model.
  const ofModel = column === undefined ? model.get(keyOf(segment, metric)) : undefined;
  const byColumn = ofModel?.size ? ofModel : (report.get(keyOf(segment, metric)) ?? new Map<string | null, Metric[]>());
  const wanted = column === "*" ? [...byColumn.keys()].filter((name) => name !== null) : [column ?? null];
  const fits = (one: Metric) => one.side === side && (of === undefined ? ofNone(one, byColumn) : one.of === of);
  return new Map(
    wanted.flatMap((name) => {
      const found = (byColumn.get(name) ?? []).filter(fits);
      return found.length > 0 ? [[name, found] as const] : [];
    }),
  );
}

/** Whether a window was compared, and neither side has the column: it will not be heard of again. */
export function isWithout({ report }: WindowResult, column: string): boolean {
  if (!report) return false;
  const { columns, quality } = report;
  const described = quality ? [quality.reference.columns, quality.current.columns] : [];
  return [columns, ...described].every((known) => !Object.hasOwn(known, column));
}

/** Without `of` the one that is of none, where there is one; else any. */
function ofNone(one: Metric, byColumn: ReadonlyMap<string | null, readonly Metric[]>): boolean {
  return one.of === null || !(byColumn.get(one.column) ?? []).some(({ of, side }) => of === null && side === one.side);
}

function ofWindow(result: WindowResult, { metric, column }: AlertCondition): FoundBySubject {
  const series = seriesOf(metric);
  if (series) return ofSeries(result, series.name, series.statistic as keyof SeriesSummary);
  if (metric === "detections") return detectionsOf(result, column);
  if (column !== undefined) return ofColumn(result, metric, column);
  const { status, rows, late, seconds, modelQuality } = result;
  const values: Readonly<Record<(typeof ofWindows)[number], MetricValue>> = {
    ...{ status, rows, late, seconds },
    lateShare: rows + late === 0 ? null : late / (rows + late),
    coverage: modelQuality?.coverage ?? null,
    labelled: modelQuality?.labelled ?? null,
  };
  return new Map([[null, [{ value: values[metric as keyof typeof values] }]]]);
}

function ofColumn({ kinds, scores }: WindowResult, metric: string, column: string): FoundBySubject {
  const known = metric === "score" ? scores : kinds;
  const names = column === "*" ? Object.keys(known) : Object.hasOwn(known, column) ? [column] : [];
  const found = (name: string) =>
    metric === "score" ? scores[name]! : metric === "kind" ? kinds[name]!.kind : kinds[name]!.confidence;
  return new Map(names.map((name) => [name, [{ value: found(name) }]]));
}

function ofSeries({ series }: WindowResult, wanted: string, statistic: keyof SeriesSummary): FoundBySubject {
  if (wanted !== "*" && !Object.hasOwn(series, wanted)) {
    return new Map(statistic === "values" ? [[wanted, [{ value: 0 }]]] : []);
  }
  const names = wanted === "*" ? Object.keys(series) : [wanted];
  return new Map(names.map((name) => [name, [{ value: series[name]![statistic] }]]));
}

/** How often detectors found drift: of a series or column, of each, or of all together. */
function detectionsOf({ detections, series, report }: WindowResult, column: string | undefined): FoundBySubject {
  const drifts = detections.filter(({ status }) => status === "drift");
  if (column === undefined) return new Map([[null, [{ value: drifts.length }]]]);
  const all = new Set([
    ...Object.keys(series),
    ...Object.keys(report?.columns ?? {}),
    ...drifts.map((one) => one.series),
  ]);
  const names = column === "*" ? [...all] : [column];
  return new Map(names.map((name) => [name, [{ value: drifts.filter((one) => one.series === name).length }]]));
}
