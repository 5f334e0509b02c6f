/** `renderCsv`: the metrics of a report as CSV, a line each. */
import type { Metric } from "../metrics/metric.js";
import { type Measured, metricsOf } from "../metrics/metrics-of.js";
import { knownOptions, truthValue } from "../statistics/option-checks.js";
import { type MetricRow, metricColumns, metricRow } from "./metric-rows.js";

export interface CsvOptions {
  /**
   * Texts exactly as they are. If not given, those that a spreadsheet would take for a formula (they begin with `=`, `+`,
   * `-`, `@`, a tab or a line's end) begin with an apostrophe, because names and categories come from files.
   */
  readonly exact?: boolean;
}

/** A spreadsheet computes a text that begins so; a number is none. */
const formula = /^[=+\-@\t\r\n]/;
const number = /^[-+]?(?:Infinity|\d+(?:\.\d+)?(?:e[-+]?\d+)?)$/i;

/**
 * The metrics of a report (`metricsOf`) as CSV: columns `segment`, `column`, `of`, `side`, `metric`, `value` (numbers; 1 and 0
 * for true and false), `text`, `low` and `high` (bounds of what is not known exactly). RFC 4180 with line feeds; a missing
 * value is empty, an empty text `""`.
 *
 * @throws TypeError for what has no metrics, RangeError for options that there are not
 */
export function renderCsv(report: Measured, options: CsvOptions = {}): string {
  knownOptions("renderCsv", options, ["exact"]);
  truthValue("renderCsv", "exact", options.exact ?? false);
  return csvOfMetrics(metricsOf(report), options);
}

/** The same of metrics that were listed already. */
export function csvOfMetrics(metrics: Iterable<Metric>, { exact = false }: CsvOptions = {}): string {
  const lines = [metricColumns.join(",")];
  for (const metric of metrics) {
    const row: MetricRow = metricRow(metric);
    lines.push(metricColumns.map((name) => field(row[name], exact)).join(","));
  }
  return `${lines.join("\n")}\n`;
}

function field(value: string | number | null, exact: boolean): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = !exact && formula.test(value) && !number.test(value) ? `'${value}` : value;
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
