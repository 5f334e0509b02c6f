/** A number with what is known of its sampling error. */

/** How an interval was made: by a formula named in the docs, or from resampled rows. */
export type IntervalLaw = "analytic" | "bootstrap";

export interface Estimated {
  /** `null` where it is not defined, as the precision of a class that was never predicted. */
  readonly value: number | null;
  /** Confidence interval; `null` where there is none. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly law: IntervalLaw | null;
}
