/** Values of metrics as sentences show them. */
import type { MetricValue } from "../metrics/metric.js";

const longest = 80;

/** Numbers in up to `digits` significant digits, text in quotes and cut. */
export function figures(value: MetricValue, digits = 6): string {
  if (typeof value === "number") return numberFigures(value, digits);
  if (typeof value !== "string") return String(value);
  const letters = [...value];
  return JSON.stringify(letters.length > longest ? `${letters.slice(0, longest - 1).join("")}…` : value);
}

function numberFigures(x: number, digits: number): string {
  if (Number.isInteger(x) && Math.abs(x) <= 2 ** 53) return String(x + 0);
  const rounded = digits >= 17 ? x : Number(x.toPrecision(digits));
  return String(rounded).replace("e+", "e");
}
