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
  readonly seconds: number;
}

export function windowSummary(result: WindowResult): WindowSummary {
  const { id, dataset, index, start, end, revision, asOf, rows, late, status, reason, seconds } = result;
  const { model, report, kinds, detections, modelQuality } = result;
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
    seconds,
  };
}
