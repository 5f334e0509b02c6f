/**
 * How many false alarms to expect, so that a schedule can be judged before it rings. All four corrections keep the chance
 * that any column of an unchanged table is called drifted at the level (that of `bh` is the share of false ones among the
 * alarms, and in an unchanged table all are false) [1]. Effects that must matter too only make it less.
 *
 * [1] Benjamini, Hochberg: Controlling the false discovery rate. Journal of the Royal Statistical Society B 57 (1995).
 */

import { columnName } from "./column-name.js";
import { digits } from "./decide.js";
import { comparisonsPerYear } from "./decision-options.js";
import type { Settings } from "./options.js";
import type { FalseAlarms } from "./report.js";

/** One judged column: whether it has a p-value, and the level it is held against. */
export interface Tested {
  readonly column: string;
  readonly pValue: number | null;
  readonly level: number | undefined;
  /** Its p-value may be too small. */
  readonly doubtful?: boolean;
}

function many(comparisons: number): string {
  return comparisons < 100 ? digits(comparisons) : Math.round(comparisons).toLocaleString("en-US");
}

/** @param families  columns that were judged: all of a table, and those of all segments, which are adjusted on their own */
export function falseAlarmsOf(
  families: readonly (readonly Tested[])[],
  { level, schedule }: Pick<Settings, "level" | "schedule">,
): FalseAlarms {
  const columns = families.flat();
  const comparisons = schedule && comparisonsPerYear(schedule);
  const untested = columns.find(({ pValue }) => pValue === null);
  if (untested || columns.length === 0) {
    const reason = untested
      ? `false alarms have no bound: ${columnName(untested.column)} is judged by its effect alone`
      : "no column was tested";
    return { perComparison: null, perYear: null, comparisonsPerYear: comparisons, reason };
  }
  const tested = families.filter((family) => family.length > 0);
  const largest = (family: readonly Tested[]): number =>
    family.reduce((most, column) => Math.max(most, column.level ?? level), 0);
  const bound = Math.min(
    1,
    tested.reduce((sum, family) => sum + largest(family), 0),
  );
  const where = tested.length > 1 ? ", as a whole or in a segment" : "";
  const given = columns.some(({ doubtful }) => doubtful) ? "were all p-values valid, " : "";
  return told(bound, comparisons, `call any column drifted${where}`, given);
}

/** With further families of hypotheses beside the columns, each decided at the level. */
export function alsoCalled(alarms: FalseAlarms, families: number, { level }: Pick<Settings, "level">): FalseAlarms {
  if (families === 0 || alarms.perComparison === null) return alarms;
  const bound = Math.min(1, alarms.perComparison + families * level);
  const given = alarms.reason.slice(0, alarms.reason.indexOf(bounds));
  return told(bound, alarms.comparisonsPerYear, "call any column drifted, or anything else that was asked for", given);
}

/** How the sentence on a bound begins, after what it takes for given. */
const bounds = "at most";

function told(bound: number, comparisons: number | null, call: string, given: string): FalseAlarms {
  const each = `${given}${bounds} ${digits(100 * bound)} % of comparisons of unchanged tables ${call}`;
  if (comparisons === null) {
    return { perComparison: bound, perYear: null, comparisonsPerYear: null, reason: each };
  }
  const perYear = bound * comparisons;
  const reason = `${each}: ${digits(perYear)} of ${many(comparisons)} a year`;
  return { perComparison: bound, perYear, comparisonsPerYear: comparisons, reason };
}
