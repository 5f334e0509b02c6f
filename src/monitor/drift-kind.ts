/** The kind of drift over time: what a history of window scores looks like. */

/**
 * none: noise. instantaneous: a step. gradual: a ramp to another level. temporary: a stretch that is over. periodic: comes
 * and goes. undecided: something changed, and no kind is likely enough.
 */
export type DriftKindName = "none" | "instantaneous" | "gradual" | "temporary" | "periodic" | "undecided";

/** Plain data. Numbers are in windows; `null` where the kind has no such thing. */
export interface DriftKind {
  readonly kind: DriftKindName;
  /** Posterior probability of `kind`; of `undecided`: that there is any drift. */
  readonly confidence: number;
  /** By kind, adding up to 1. */
  readonly probabilities: { readonly [kind in Exclude<DriftKindName, "undecided">]: number };
  /** Index of the first window that changed: in the history, or as a window's result has it where a monitor tells it. */
  readonly onset: number | null;
  /** Windows from the first change to the new level; 0 for a step. */
  readonly width: number | null;
  /** Windows that a temporary drift took. */
  readonly duration: number | null;
  readonly period: number | null;
  /** In standard deviations of a score of unchanged data. */
  readonly amplitude: number | null;
  /** Windows that were looked at. */
  readonly windows: number;
  /** In a sentence. */
  readonly words: string;
}
