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
  const bounded = metrics.some(({ reference, current }) => reference?.interval || current?.interval);
  const rows = [["metric", "reference", "current", "difference"], ...metrics.map((metric) => cellsOf(metric))];
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map((row) => displayWidth(row[k]!))));
  const lines = rows.map((row, k) => {
    const texts = row.map((text, position) => pad(text, widths[position]!));
    const colours: readonly Colour[] = k === 0 ? ["dim"] : metrics[k - 1]!.change === "worse" ? ["red"] : [];
    return paint(truncate(`  ${texts.join("  ")}`.trimEnd(), Math.max(width, 40)), ...colours);
  });
  const note = bounded ? [paint(`  in brackets: ${100 * confidence} % intervals`, "dim")] : [];
  return [`${head}.`, ...lines, ...reasons, ...note, ""];
}

/** Why a side has no metrics, in sentences. */
export function reasonsOf({ reasons }: ModelQualityReport): string[] {
  return [reasons.reference, reasons.current].filter((reason) => reason !== "").map(sentence);
}

function cellsOf({ name, reference, current, difference, change }: ModelMetric): string[] {
  return [
    name,
    estimateText(reference),
    estimateText(current),
    differenceText(difference) + (change ? ` ${change}` : ""),
  ];
}

/** `0.912 [0.89, 0.93]` */
export function estimateText(estimate: Estimated | null): string {
  if (estimate === null || estimate.value === null) return "–";
  const { value, interval } = estimate;
  return interval ? `${threeDigits(value)} [${interval.map(threeDigits).join(", ")}]` : threeDigits(value);
}

/** `+0.058`, `-0.058 [-0.08, -0.02]`, `0` */
export function differenceText(difference: Estimated | null): string {
  return `${(difference?.value ?? 0) > 0 ? "+" : ""}${estimateText(difference)}`;
}
