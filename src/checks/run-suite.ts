/** `runSuite`: compares what a suite needs, then checks it. */
import type { RowFilter } from "../column/row-filter.js";
import { type Comparable, compare } from "../drift/compare.js";
import type { CompareOptions } from "../drift/options.js";
import type { DriftReport } from "../drift/report.js";
import { checkOne, checksOf, suiteResult } from "./check.js";
import { metricIndex } from "./metric-index.js";
import type { Suite } from "./suite.js";
import { checkedSuite } from "./suite-problems.js";
import type { CheckResult, SuiteResult } from "./suite-result.js";
import { byRows, neededOptions } from "./wanted.js";

/** Options of `compare`, which go before those of the suite. */
export type RunSuiteOptions = CompareOptions & { readonly [option: string]: unknown };

/**
 * Compares two tables as a suite says (`compare`, and whatever its checks need: quality, correlations), and checks the
 * report. Checks with a `where` have a comparison of their own, one for all with the same.
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
  const results: CheckResult[][] = [];
  let whole: DriftReport | undefined;
  for (const { where, checks } of byRows(checksOf(checked))) {
    const wanted = neededOptions(checks.map(({ check }) => check));
    const given = { ...wanted, ...checked.compare, ...options };
    const own =
      where === undefined ? given : { ...given, where: bothFilters(given.where as RowFilter | undefined, where) };
    const report = await compare(reference, current, own as CompareOptions);
    whole ??= report;
    const index = { ...metricIndex(report), where: where ?? null };
    for (const { check, place } of checks) results[place] = checkOne(check, index);
  }
  return { report: whole!, result: suiteResult(checked.name ?? null, results.flat()) };
}

/** Rows that fulfil both. @throws RangeError where both say something of a column, and not the same */
function bothFilters(all: RowFilter | undefined, own: RowFilter): RowFilter {
  const twice = Object.keys(own).find((name) => all !== undefined && Object.hasOwn(all, name));
  if (twice === undefined) return { ...all, ...own };
  throw new RangeError(`runSuite: the suite and one of its checks both choose rows by ${JSON.stringify(twice)}`);
}
