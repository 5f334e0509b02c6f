/** What `check` returns. Plain data. */
import type { RowFilter } from "../column/row-filter.js";
import type { MetricSide, MetricValue } from "../metrics/metric.js";

/**
 * pass: holds. fail: does not, and is critical. warn: does not, and is not critical. error: cannot be told because
 * something is not as the suite expects (no such column, metric not computed). skip: there is nothing to check, as in a
 * segment without rows or of a column that has too few values.
 */
export type CheckStatus = "pass" | "fail" | "warn" | "error" | "skip";

export interface CheckResult {
  readonly name: string;
  readonly status: CheckStatus;
  /** What is, and what should be: `missing share of price is 0.12, should be ≤ 0.05`. */
  readonly reason: string;
  readonly metric: string;
  readonly column: string | null;
  readonly of: string | null;
  readonly side: MetricSide | null;
  readonly segment: string | null;
  readonly where: RowFilter | null;
  readonly critical: boolean;
  /** What the metric is. */
  readonly actual: MetricValue;
  /** What it should be, with numbers in place of references: `≤ 0.05`. */
  readonly expected: string;
  /** Rows of the side that do not hold what they should, the first of them; where it is known which they are. */
  readonly rows?: { readonly count: number; readonly indices: readonly number[] };
}

export interface SuiteResult {
  /** Of this layout. */
  readonly format: 1;
  readonly suite: string | null;
  /** No check failed, and none was an error. */
  readonly passed: boolean;
  readonly counts: { readonly [status in CheckStatus]: number };
  readonly results: readonly CheckResult[];
}
