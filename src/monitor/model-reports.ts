/** How well a model did on a window, as exporters, alerts and the store tell it. */
import type { ModelQualityReport } from "../drift/model-quality-report.js";
import type { DriftReport } from "../drift/report.js";
import type { Metric } from "../metrics/metric.js";
import { metricsOnce } from "../metrics/metrics-once.js";
import type { WindowResult } from "./window-result.js";

/** Of all rows (`null`) or of a segment. */
export type ModelReport = readonly [segment: string | null, report: ModelQualityReport];

type Reports = { readonly [segment: string]: ModelQualityReport };

/** What labels told that were joined later; where none were, what came with the rows. */
export function modelReports({ modelQuality, report }: WindowResult): ModelReport[] {
  const whole = modelQuality?.report ?? report?.modelQuality;
  const segments = modelQuality?.segments ?? (report ? ofSegments(report) : {});
  return [...(whole ? [[null, whole] as const] : []), ...Object.entries(segments)];
}

function ofSegments({ segments = {} }: DriftReport): Reports {
  const entries = Object.entries(segments);
  return Object.fromEntries(entries.flatMap(([key, { modelQuality }]) => (modelQuality ? [[key, modelQuality]] : [])));
}

/** Of what labels told that were joined later. */
export function labelledMetrics({ modelQuality }: WindowResult): Metric[] {
  if (!modelQuality) return [];
  const { report, segments = {} } = modelQuality;
  const placed = ([segment, own]: readonly [string, ModelQualityReport]) =>
    metricsOnce(own).map((metric) => ({ ...metric, segment }));
  return [...metricsOnce(report), ...Object.entries(segments).flatMap(placed)];
}

/** The report without what labels told anew. */
export function withoutModel(report: DriftReport, { modelQuality }: WindowResult): DriftReport {
  if (!modelQuality) return report;
  const { modelQuality: _, ...others } = report;
  if (!others.segments || !modelQuality.segments) return others;
  const segments = Object.entries(others.segments).map(([key, { modelQuality: _, ...segment }]) => [key, segment]);
  return { ...others, segments: Object.fromEntries(segments) };
}
