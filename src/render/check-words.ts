/** The results of checks in the order in which they matter, and in words. */
import type { CheckResult, CheckStatus, SuiteResult } from "../checks/suite-result.js";
import { grouped } from "./numbers.js";

/** What has to be looked at first comes first. */
export const statusOrder: readonly CheckStatus[] = ["fail", "error", "warn", "skip", "pass"];

const words: Readonly<Record<CheckStatus, string>> = {
  fail: "failed",
  error: "could not be told",
  warn: "warned",
  skip: "skipped",
  pass: "passed",
};

/** `2 failed, 1 could not be told, 12 passed`: only what there is. */
export function countWords({ counts }: SuiteResult): string {
  const found = statusOrder.filter((status) => counts[status] > 0);
  return found.map((status) => `${grouped(counts[status])} ${words[status]}`).join(", ") || "none";
}

/** Of some statuses, ordered by them and within them as they were. */
export function resultsOf({ results }: SuiteResult, statuses: readonly CheckStatus[]): CheckResult[] {
  return statuses.flatMap((status) => results.filter((result) => result.status === status));
}

/** Rows that are listed. */
const mostRows = 10;

/** `rows 3, 17, 22 of 12`; empty where rows are not known. */
export function rowWords({ rows }: CheckResult): string {
  if (!rows || rows.indices.length === 0) return "";
  const shown = rows.indices.slice(0, mostRows).map((row) => grouped(row));
  const more = rows.count > shown.length ? `, … (${grouped(rows.count)} in all)` : "";
  return `row${rows.count === 1 ? "" : "s"} ${shown.join(", ")}${more}`;
}
