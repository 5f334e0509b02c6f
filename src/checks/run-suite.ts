/** `runSuite`: compares what a suite needs, then checks it. */
import type { Table } from "../column/column.js";
import { plainFilter } from "../column/filter-rows.js";
import type { RowFilter } from "../column/row-filter.js";
import { type TableInput, tableOf } from "../column/table-of.js";
import { type Comparable, compare } from "../drift/compare.js";
import type { CompareOptions } from "../drift/options.js";
import { isPreparedTable } from "../drift/prepare.js";
import { isProfile } from "../drift/profiles/is-profile.js";
import type { DriftReport } from "../drift/report.js";
import type { Profile } from "../profile/profile.js";
import { wholeNumber } from "../statistics/whole-number.js";
import { checkOne, checksOf, result, suiteResult } from "./check.js";
import { type CheckedRows, rowsBehind } from "./failing.js";
import { metricIndex } from "./metric-index.js";
import type { Check, Suite } from "./suite.js";
import { checkedSuite } from "./suite-problems.js";
import type { CheckResult, SuiteResult } from "./suite-result.js";
import { lost } from "./unanswered.js";
import { byRows, neededOptions } from "./wanted.js";

/** Options of `compare`, which go before those of the suite. */
export interface RunSuiteOptions extends CompareOptions {
  /** Rows that are named at most for a check that does not hold; 100 if not given, 0 for none. */
  readonly mostRows?: number;
}

/**
 * Compares two tables as a suite says (`compare`, and whatever its checks need: quality, correlations), and checks the
 * report. Checks with a `where` have a comparison of their own, one for all with the same; where it names
 * columns that are not there, or a side has no rows, they are errors. Of checks that do not hold, the
 * rows behind the metric are named, where it counts rows or is an end of a range, and the current side has rows.
 *
 * @returns the report on all rows, and what the checks found
 * @throws as `check` and `compare`
 */
export async function runSuite(
  suite: Suite,
  reference: Comparable,
  current: Comparable,
  options: RunSuiteOptions = {},
): Promise<{ readonly report: DriftReport; readonly result: SuiteResult }> {
  const checked = checkedSuite("runSuite", suite);
  const { mostRows = 100, ...others } = options;
  wholeNumber("runSuite", "mostRows", mostRows, 0, Number.MAX_SAFE_INTEGER);
  const [before, after] = [rowsOf(reference), rowsOf(current)];
  const results: CheckResult[][] = [];
  const known = new Set([reference, current].flatMap(namesOf));
  let whole: DriftReport | undefined;
  for (const { where, checks } of byRows(checksOf(checked))) {
    const needed = neededOptions(
      checks.map(({ check }) => check),
      known,
    );
    const given: CompareOptions = { ...needed, ...checked.compare, ...others };
    const filter = bothFilters(given.where, where);
    const comparison = compare(reference, current, filter === undefined ? given : { ...given, where: filter });
    // All rows were compared before, by the same options: what is wrong is what the check itself says of rows.
    const report = await (where === undefined ? comparison : comparison.catch(refusal));
    if (report instanceof Error) {
      const reason = report.message.replace(/^compare: /, "");
      for (const { check, place } of checks) results[place] = [result(check, {}, lost(check, reason))];
      continue;
    }
    whole ??= report;
    const index = { ...metricIndex(report), where: where === undefined ? null : plainFilter(where) };
    const rows = after && { reference: before, current: after, where: filter, index };
    for (const { check, place } of checks) {
      results[place] = checkOne(check, index).map((found) => named(check, found, rows, mostRows));
    }
  }
  return { report: whole!, result: suiteResult(checked.name ?? null, results.flat()) };
}

/** Of all columns, those that are not read among them. */
function namesOf(input: Comparable): string[] {
  const { columns, unsupported } = rowsOf(input) ?? (input as Profile);
  return [...columns.keys(), ...unsupported.keys()];
}

function rowsOf(input: Comparable): Table | null {
  return isPreparedTable(input) || isProfile(input) ? null : tableOf(input as TableInput);
}

/** Of rows that cannot be told; anything else that went wrong stays so. */
function refusal(error: unknown): Error {
  if (error instanceof RangeError || error instanceof TypeError) return error;
  throw error;
}

function named(check: Check, result: CheckResult, rows: CheckedRows | null, most: number): CheckResult {
  const found = rows && most > 0 ? rowsBehind(check, result, rows, most) : undefined;
  return found ? { ...result, rows: found } : result;
}

/** Rows that fulfil both. @throws RangeError where both say something of a column */
function bothFilters(all: RowFilter | undefined, own: RowFilter | undefined): RowFilter | undefined {
  if (all === undefined || own === undefined) return all ?? own;
  const twice = Object.keys(own).find((name) => Object.hasOwn(all, name));
  if (twice === undefined) return { ...all, ...own };
  throw new RangeError(`runSuite: the suite and one of its checks both choose rows by ${JSON.stringify(twice)}`);
}
