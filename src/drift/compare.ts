/**
 * `compare`: two tables in, one report out. Every column gets findings or a status, then all are decided together.
 */
import { type TableInput, tableOf } from "../column/table-of.js";
import { examineTables } from "./examine-tables.js";
import { keyNames } from "./key-names.js";
import { type CompareOptions, checkedOptions, columnNames } from "./options.js";
import { comparePairs } from "./pairs.js";
import type { DriftReport } from "./report.js";
import { reportsOf } from "./reports.js";
import { columnsToCome, compareSegments, segmentsOf } from "./segments.js";

/**
 * Compares every column of two tables and decides which ones drifted: those with evidence (an adjusted p-value up to
 * 0.005) and an effect that matters.
 *
 * Numeric columns with more than 20 distinct values are tested by Anderson-Darling, with the Kolmogorov-Smirnov distance
 * (0.04) and the Wasserstein distance in standard deviations (0.1) as effects; all others by the chi-square test of
 * homogeneity, with the Jensen-Shannon distance (0.1) as the effect. A change of the shares of missing values is a
 * signal of its own. P-values are adjusted over the columns (Benjamini-Hochberg).
 *
 * @param reference, current  a Smirnov table (`readTable`), an Arrow Table, or a record of columns
 * @returns a plain object; a column that cannot be judged has a status and a reason, and never makes this throw
 * @throws TypeError for what is not a table or an option of another type, RangeError for unknown column names, methods or options
 */
export async function compare(
  reference: TableInput,
  current: TableInput,
  options: CompareOptions = {},
): Promise<DriftReport> {
  const before = tableOf(reference);
  const after = tableOf(current);
  const settings = checkedOptions(options, before, after);
  const by = keyNames("by", options.by, [before, after]);
  const pairBy = keyNames("pairBy", options.pairBy, [before, after]);
  if (pairBy.length > 0 && by.length > 0) throw new RangeError("compare: there may be by or pairBy, got both");
  if (pairBy.length > 0) return comparePairs(before, after, pairBy, options, settings);
  const segments = segmentsOf(before, after, by, options);
  const done = columnNames(before, after, options.columns).length;
  const total = done + columnsToCome(segments, settings);
  const examined = await examineTables(before, after, counted(options, total), settings);
  const [report] = reportsOf([examined], settings);
  if (by.length === 0) return report!;
  return { ...report!, segments: await compareSegments(before, after, segments, options, settings, { done, total }) };
}

/** Progress towards all that is to come, not only towards the columns of the whole tables. */
function counted(options: CompareOptions, total: number): CompareOptions {
  return { ...options, onProgress: (progress) => options.onProgress?.({ ...progress, total }) };
}
