/** How well a model did on both sides, at a terminal. */
import type { ModelQualityReport } from "../drift/model-quality-report.js";
import type { DriftReport } from "../drift/report.js";
import type { Estimated } from "../statistics/estimated.js";
import type { Colour, Paint } from "./colours.js";
import { displayWidth, harmless, pad, truncate } from "./display-width.js";
import { sentence } from "./lines.js";
import { type ModelMetric, modelMetrics, modelRows } from "./model-metrics.js";
import { counted, grouped, threeDigits } from "./numbers.js";

/** Cells of the target's name. */
const longestName = 32;

/** A line a metric: both sides with their intervals, and the difference; none for a report without a model. */
export function modelLines({ modelQuality }: DriftReport, width: number, paint: Paint): string[] {
  if (!modelQuality) return [];
  const { task, target, confidence } = modelQuality;
  const metrics = modelMetrics(modelQuality);
  const [before, after] = modelRows(modelQuality);
  const of = `${task} of ${truncate(harmless(target), longestName)}`;
  const head = `${paint("Model:", "bold")} ${of}, ${grouped(before)} → ${counted(after, "row")}`;
  const reasons = reasonsOf(modelQuality).map((reason) => `  ${truncate(harmless(reason), Math.max(width - 2, 40))}`);
  if (metrics.length === 0) return [`${head}.`, ...reasons, ""];
  const most = Math.max(width, 40);
  const tables = intervals.map((which) => tableOf(metrics, which));
  const table = tables.find((lines) => lines.every((line) => displayWidth(line) <= most)) ?? tables.at(-1)!;
  const lines = table.map((line, k) => {
    const colours: readonly Colour[] = k === 0 ? ["dim"] : metrics[k - 1]!.change === "worse" ? ["red"] : [];
    return paint(truncate(line, most), ...colours);
  });
  const bounded = table.some((line) => line.includes("["));
  const note = bounded ? [paint(`  in brackets: ${100 * confidence} % intervals`, "dim")] : [];
  return [`${head}.`, ...lines, ...reasons, ...note, ""];
}

/** Which intervals are told, from all to none: what is better or worse is never cut. */
const intervals = ["all", "difference", "none"] as const;

/** The heading, then a line a metric. */
function tableOf(metrics: readonly ModelMetric[], which: (typeof intervals)[number]): string[] {
  const rows = [["metric", "reference", "current", "difference"], ...metrics.map((metric) => cellsOf(metric, which))];
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map((row) => displayWidth(row[k]!))));
  return rows.map((row) => `  ${row.map((text, position) => pad(text, widths[position]!)).join("  ")}`.trimEnd());
}

/** Why a side has no metrics, in sentences. */
export function reasonsOf({ reasons }: ModelQualityReport): string[] {
  return [reasons.reference, reasons.current].filter((reason) => reason !== "").map(sentence);
}

function cellsOf(
  { name, reference, current, difference, change }: ModelMetric,
  which: (typeof intervals)[number],
): string[] {
  const side = which === "all" ? estimateText : valueText;
  const step = which === "none" ? valueText(difference) : estimateText(difference);
  return [name, side(reference), side(current), signed(difference, step) + (change ? ` ${change}` : "")];
}

function valueText(estimate: Estimated | null): string {
  return threeDigits(estimate?.value ?? null);
}

/** `0.912 [0.89, 0.93]` */
export function estimateText(estimate: Estimated | null): string {
  if (estimate === null || estimate.value === null) return "–";
  const { value, interval } = estimate;
  return interval ? `${threeDigits(value)} [${interval.map(threeDigits).join(", ")}]` : threeDigits(value);
}

/** `+0.058`, `-0.058 [-0.08, -0.02]`, `0` */
export function differenceText(difference: Estimated | null): string {
  return signed(difference, estimateText(difference));
}

function signed(difference: Estimated | null, text: string): string {
  return `${(difference?.value ?? 0) > 0 ? "+" : ""}${text}`;
}
