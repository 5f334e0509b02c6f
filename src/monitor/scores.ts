/** Window scores: what a history of drift is made of. */
import { normal } from "../distributions/normal.js";
import type { DriftReport } from "../drift/report.js";
import type { WindowResult } from "./window-result.js";

/** Scores go no lower: p-values of few values lie at 1 together, which is no sign of anything. */
const lowest = -3;

/**
 * Standard normal score of a p-value, Φ⁻¹(1 - p). A p-value of 0 counts as the least positive double, 38.5; scores below -3 as -3;
 * `null` where there is no p-value.
 */
export function scoreOf(pValue: number | null): number | null {
  if (pValue === null) return null;
  const p = Math.min(1 - 2 ** -53, Math.max(pValue, Number.MIN_VALUE));
  return Math.max(lowest, normal.upperQuantile(p));
}

/** Of each column. */
export function scoresOf({ columns }: Pick<DriftReport, "columns">): WindowResult["scores"] {
  const scores = Object.entries(columns).map(([name, { pValue }]) => [name, scoreOf(pValue)] as const);
  return Object.fromEntries(scores);
}
