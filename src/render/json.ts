/** `renderJson`: a complete report as one JSON document. */
import type { DriftReport } from "../drift/report.js";

/** The report as JSON text; `space` as in `JSON.stringify`. What `JSON.parse` makes of it equals the report. */
export function renderJson(report: DriftReport, space: number | string = 2): string {
  return JSON.stringify(report, null, space);
}
