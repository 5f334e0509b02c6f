/**
 * How many false alarms to expect, so that a schedule can be judged before it rings. All four corrections keep the chance
 * that any column of an unchanged table is called drifted at the level (that of `bh` is the share of false ones among the
 * alarms, and in an unchanged table all are false) [1]. Effects that must matter too only make it less.
 *
 * [1] Benjamini, Hochberg: Controlling the false discovery rate. Journal of the Royal Statistical Society B 57 (1995).
 */

import { digits } from "./decide.js";
import { comparisonsPerYear } from "./decision-options.js";
import type { Settings } from "./options.js";
import type { FalseAlarms } from "./report.js";

/** One judged column: whether it has a p-value, and the level it is held against. */
export interface Tested {
  readonly column: string;
  readonly pValue: number | null;
  readonly level: number | undefined;
}

/** @param columns those that were judged */
export function falseAlarmsOf(
  columns: readonly Tested[],
  { level, schedule }: Pick<Settings, "level" | "schedule">,
): FalseAlarms {
  const comparisons = schedule && comparisonsPerYear(schedule);
  const untested = columns.find(({ pValue }) => pValue === null);
  if (untested || columns.length === 0) {
    const reason = untested
      ? `false alarms have no bound: ${untested.column} is judged by its effect alone`
      : "no column was tested";
    return { perComparison: null, perYear: null, comparisonsPerYear: comparisons, reason };
  }
  const bound = Math.min(1, Math.max(...columns.map((column) => column.level ?? level)));
  const each = `at most ${digits(100 * bound)} % of comparisons of unchanged tables call any column drifted`;
  if (comparisons === null) {
    return { perComparison: bound, perYear: null, comparisonsPerYear: null, reason: each };
  }
  const perYear = bound * comparisons;
  const reason = `${each}: ${digits(perYear)} of ${Math.round(comparisons).toLocaleString("en-US")} a year`;
  return { perComparison: bound, perYear, comparisonsPerYear: comparisons, reason };
}
