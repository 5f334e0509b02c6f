/** What reports say of a column's numbers, and when it is worth looking what changed. */
import { type Dated, inTime, type NumbersFound } from "../statistics/summary.js";
import type { ColumnFindings, ColumnSettings } from "./columns.js";
import type { Summary } from "./report.js";

/** Whether the values may have changed, before anything is adjusted: what changed is only looked for there. */
export function isWorthALook(
  { value, level = 0 }: ColumnFindings,
  { possibleLevel }: Pick<ColumnSettings, "possibleLevel">,
): boolean {
  return value !== null && (value.bounds?.pValue[0] ?? value.pValue ?? 0) <= Math.max(level, possibleLevel);
}

export function summaryOf(found: NumbersFound, column: Dated): Summary {
  const { mean, standardDeviation, min, max } = inTime(found, column);
  return { mean, standardDeviation, min, max };
}
