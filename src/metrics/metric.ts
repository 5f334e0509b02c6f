/** One number (or word) of a report under its name: what checks look at, and what is exported row by row. */

/** Which side a metric is of; `null`: of both together. */
export type MetricSide = "reference" | "current";

export interface Metric {
  /** Key of the segment, `country=DE`; `null` for the whole table. */
  readonly segment: string | null;
  /** `null`: of the table. */
  readonly column: string | null;
  /** Class of a classifier, or the other column of a correlation; `null` for all else. */
  readonly of: string | null;
  readonly side: MetricSide | null;
  /** `missingShare`, `mean`, `pValue`: docs/metrics.md lists all. */
  readonly metric: string;
  /** `null` where it has no value. */
  readonly value: MetricValue;
  /** What holds the value, where it is not known exactly: bounds between profiles, three standard errors of an estimate. */
  readonly interval?: readonly [low: number | string, high: number | string];
}

export type MetricValue = number | string | boolean | null;
