/**
 * What a monitor tells of a window: plain data that survives JSON and structured clones. Times are milliseconds since 1970,
 * UTC; windows hold what is at `start` and not what is at `end`.
 */
import type { ModelQualityReport } from "../drift/model-quality-report.js";
import type { DriftReport } from "../drift/report.js";
import type { DriftKind } from "./drift-kind.js";

/**
 * `compared`: there is a report. `empty`: no row came. `no-reference`: there was nothing to compare with yet. `failed`:
 * the comparison ended with an error, which `reason` tells.
 */
export type WindowStatus = "compared" | "empty" | "no-reference" | "failed";

export interface WindowResult {
  /** The same whenever the same rows are looked at again: of dataset, window and revision, `orders/2026-11-26T10:00:00.000Z/1`; by rows with the index, `….000Z.17/1`. */
  readonly id: string;
  readonly dataset: string;
  readonly model: ModelName | null;
  /** Windows of the dataset before this one; empty ones count. */
  readonly index: number;
  /** Of time; by rows: the first and the last time of a row. */
  readonly start: number;
  readonly end: number;
  /** 1, and one more each time the window is told again: later labels, later rows. */
  readonly revision: number;
  /** When the rows, the labels or the time came that made it known. */
  readonly asOf: number;
  readonly rows: number;
  /** Rows that came too late for a window, since the window before this one. */
  readonly late: number;
  readonly status: WindowStatus;
  /** In a sentence. */
  readonly reason: string;
  readonly reference: WindowReference | null;
  readonly report: DriftReport | null;
  readonly modelQuality: WindowModelQuality | null;
  /** Business and system metrics beside drift, by name. */
  readonly series: { readonly [name: string]: SeriesSummary };
  /** What streaming detectors found while the window's values came. */
  readonly detections: readonly SeriesDetection[];
  /** By column: where its scores come from and go to. Columns without a score have none. */
  readonly kinds: { readonly [column: string]: DriftKind };
  /** By column: standard normal score of the p-value, Φ⁻¹(1 - p), from -3 to 38.5; `null` where there is none. */
  readonly scores: { readonly [column: string]: number | null };
  /** Hash of the window's rows, hexadecimal; `null` where there are none. */
  readonly hash: string | null;
  /** That the evaluation took. */
  readonly seconds: number;
}

export interface ModelName {
  readonly name: string;
  readonly version: string | null;
}

/** What a window was compared with. */
export interface WindowReference {
  readonly kind: "fixed" | "previous" | "rolling" | "expanding" | "lag";
  readonly rows: number;
  /** Indices of the windows it was made of; `null` for a fixed one. */
  readonly windows: readonly [first: number, last: number] | null;
  /** Of a fixed one: which of those that were given, from 1. */
  readonly version: number | null;
  readonly hash: string | null;
}

/** How well the model did where the truth is known by now. */
export interface WindowModelQuality {
  readonly report: ModelQualityReport;
  /** Rows with a label, and their share of the window's. */
  readonly labelled: number;
  readonly coverage: number;
  readonly asOf: number;
  readonly revision: number;
  /** Only with `compare.by`: of each segment with enough labelled rows, by its key. */
  readonly segments?: { readonly [key: string]: ModelQualityReport };
}

/** Values of a series within a window. Quantiles are exact. */
export interface SeriesSummary {
  readonly values: number;
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly q50: number | null;
  readonly q95: number | null;
  readonly q99: number | null;
}

export interface SeriesDetection {
  /** Of a series, or of a column. */
  readonly series: string;
  readonly detector: string;
  readonly status: "warning" | "drift";
  /** Of the value with which it was found. */
  readonly time: number;
  /** Values that the detector had seen. */
  readonly values: number;
}
