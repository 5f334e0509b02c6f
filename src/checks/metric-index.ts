/** The metrics of a result as checks look for them, and what is known of why one is not there. */
import type { DriftReport } from "../drift/report.js";
import type { MetricDefinition, Need, ValueKind } from "../metrics/definition.js";
import type { Metric, MetricSide } from "../metrics/metric.js";
import { type Measured, metricsOf, resultKind } from "../metrics/metrics-of.js";
import { definitionsOf } from "../metrics/vocabulary.js";
import type { Scale } from "./scale.js";

export interface MetricIndex {
  /** Of one name, in a segment, by column; `null` is the table. */
  of(segment: string | null, metric: string): ReadonlyMap<string | null, readonly Metric[]>;
  readonly columns: ReadonlySet<string>;
  /** Keys; none where nothing was compared by segments. */
  readonly segments: ReadonlySet<string> | null;
  /** Why a segment cannot be judged; `null` where it can. */
  segmentReason(key: string): string | null;
  /** Why a column could not be judged; `null` where it could or nothing was compared. */
  columnReason(segment: string | null, column: string): string | null;
  has(need: Need): boolean;
  kindOf(of: Pick<Metric, "segment" | "column" | "side">): string | null;
  /** Classes, and columns of pairs. */
  readonly others: ReadonlySet<string>;
  /** What rows were compared. */
  readonly where: unknown;
}

export function metricIndex(result: Measured): MetricIndex {
  const metrics = metricsOf(result);
  const bySegment = new Map<string | null, Map<string, Map<string | null, Metric[]>>>();
  const [columns, others] = [new Set<string>(), new Set<string>()];
  for (const metric of metrics) {
    if (metric.of !== null) others.add(metric.of);
    if (metric.column !== null) columns.add(metric.column);
    const names = own(bySegment, metric.segment, () => new Map<string, Map<string | null, Metric[]>>());
    const byColumn = own(names, metric.metric, () => new Map<string | null, Metric[]>());
    own(byColumn, metric.column, (): Metric[] => []).push(metric);
  }
  const report = resultKind("check", result) === "report" ? (result as DriftReport) : null;
  const of: MetricIndex["of"] = (segment, metric) => bySegment.get(segment)?.get(metric) ?? new Map();
  const segmentOf = (key: string) =>
    report?.segments && Object.hasOwn(report.segments, key) ? report.segments[key] : undefined;
  return {
    of,
    columns,
    others,
    segments: report?.segments ? new Set(Object.keys(report.segments)) : null,
    segmentReason(key) {
      const found = segmentOf(key);
      return found && found.status !== "ok" ? found.reason : null;
    },
    columnReason(segment, column) {
      const reports = segment === null ? report?.columns : segmentOf(segment)?.columns;
      const found = reports && Object.hasOwn(reports, column) ? reports[column] : undefined;
      return found && found.status !== "ok" ? found.reason : null;
    },
    has: (need) => provided(result, report).has(need),
    kindOf({ segment, column, side }) {
      const kinds = of(segment, "kind").get(column) ?? [];
      const found = kinds.find((kind) => kind.side === (side ?? "current")) ?? kinds[0];
      return typeof found?.value === "string" ? found.value : null;
    },
    where: (report?.settings as { readonly where?: unknown } | undefined)?.where ?? null,
  };
}

function own<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

function provided(result: Measured, report: DriftReport | null): Set<Need> {
  const needs = new Set<Need>();
  if (!report) {
    const model = resultKind("check", result) === "model";
    for (const need of model ? (["modelQuality"] as const) : (["rows", "quality"] as const)) needs.add(need);
    return needs;
  }
  needs.add("rows").add("drift");
  if (report.quality) needs.add("quality").add("change");
  if (report.correlations) needs.add("correlations");
  if (report.modelQuality) needs.add("modelQuality");
  if (report.kindOfChange || report.joint) needs.add("roles");
  if (report.pairing) needs.add("pairBy");
  if (report.segments) needs.add("by");
  return needs;
}

/** The definition that a check means: of columns where it names some. */
export function definitionFor(metric: string, ofColumns: boolean): MetricDefinition | null {
  const known = definitionsOf(metric);
  const fits = ({ subjects }: MetricDefinition): boolean =>
    subjects.some((subject) => (subject === "column" || subject === "pair") === ofColumns);
  return known.find(fits) ?? null;
}

/** The side that a check looks at. */
export function sideOf({ sides }: MetricDefinition, side: MetricSide | undefined): MetricSide | null {
  return sides === "both" ? null : sides === "current" ? "current" : (side ?? "current");
}

/** Of values of a kind; those of columns are as the column is. */
export function scaleOfKind(value: ValueKind): Scale | null {
  if (value === "value") return null;
  if (value === "truth") return "truth";
  return value === "text" || value === "names" ? "text" : "number";
}

export function scaleOf({ value }: MetricDefinition, actual: Metric, kind: string | null): Scale {
  const known = scaleOfKind(value);
  if (known) return known;
  if (typeof actual.value === "boolean") return "truth";
  if (typeof actual.value === "number") return "number";
  return kind === "temporal" ? "time" : kind === "categorical" ? "text" : "number";
}
