/** A window in short: what lists, the live page and logs tell of it. */
import type { WindowResult, WindowStatus } from "../monitor/window-result.js";

export interface WindowSummary {
  readonly id: string;
  readonly dataset: string;
  readonly model: string | null;
  readonly modelVersion: string | null;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly revision: number;
  readonly asOf: number;
  readonly rows: number;
  readonly late: number;
  readonly status: WindowStatus;
  readonly reason: string;
  /** `null` where nothing was compared. */
  readonly drifted: boolean | null;
  readonly share: number | null;
  /** Columns that drifted, and those that may have. */
  readonly columns: readonly string[];
  readonly possible: readonly string[];
  /** Kinds of drift over time of the columns that have one. */
  readonly kinds: { readonly [column: string]: string };
  readonly detections: number;
  /** Share of rows with a label, where quality of the model is told. */
  readonly coverage: number | null;
  /** The first metrics of the model, by name, and those that got worse beyond chance. */
  readonly quality: { readonly [metric: string]: number };
  readonly worse: readonly string[];
  /** Business and system metrics, by name. */
  readonly series: { readonly [name: string]: SeriesInShort };
  readonly seconds: number;
}

export interface SeriesInShort {
  readonly values: number;
  readonly mean: number | null;
  readonly q95: number | null;
}

const mostMetrics = 3;
const mostSeries = 50;

export function windowSummary(result: WindowResult): WindowSummary {
  const { id, dataset, index, start, end, revision, asOf, rows, late, status, reason, seconds } = result;
  const { model, report, kinds, detections, modelQuality, series } = result;
  const columns = Object.values(report?.columns ?? {});
  return {
    ...{ id, dataset, model: model?.name ?? null, modelVersion: model?.version ?? null },
    ...{ index, start, end, revision, asOf, rows, late, status, reason },
    drifted: report?.dataset.drifted ?? null,
    share: report?.dataset.share ?? null,
    columns: columns.filter(({ drifted }) => drifted).map(({ column }) => column),
    possible: columns.filter(({ severity }) => severity === "possible").map(({ column }) => column),
    kinds: Object.fromEntries(
      Object.entries(kinds).flatMap(([column, { kind }]) => (kind === "none" ? [] : [[column, kind]])),
    ),
    detections: detections.length,
    coverage: modelQuality?.coverage ?? null,
    quality: qualityOf(modelQuality),
    worse: modelQuality?.report.worse ?? [],
    series: Object.fromEntries(
      Object.entries(series)
        .slice(0, mostSeries)
        .map(([name, { values, mean, q95 }]) => [name, { values, mean, q95 }]),
    ),
    seconds,
  };
}

function qualityOf(modelQuality: WindowResult["modelQuality"]): WindowSummary["quality"] {
  const numbers = Object.entries(modelQuality?.report.current ?? {}).flatMap(([metric, found]) => {
    const value: unknown = typeof found === "object" && found !== null && "value" in found ? found.value : null;
    return typeof value === "number" ? [[metric, value] as const] : [];
  });
  return Object.fromEntries(numbers.slice(0, mostMetrics));
}
