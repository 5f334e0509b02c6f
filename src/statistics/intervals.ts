/** Confidence intervals of means and of what follows from them, as results carry them. */
import { binomial, studentT } from "../distributions/index.js";
import type { Estimated, IntervalLaw } from "./estimated.js";
import { oneOf } from "./one-of.js";
import { confidenceLevel } from "./option-checks.js";
import { finite } from "./plain.js";
import { wholeNumber } from "./whole-number.js";

/** How intervals are made. */
export interface IntervalOptions {
  /** Of the intervals; 0.95 if not given. */
  readonly confidence?: number;
  /** `analytic` if not given: by formulas. `bootstrap`: what they become on rows drawn anew. */
  readonly interval?: IntervalLaw;
  /** How often is drawn; 1 000 if not given. */
  readonly resamples?: number;
  /** Of the draws; 0 if not given. The same seed gives the same result. */
  readonly seed?: number;
}

export const intervalOptionNames = ["confidence", "interval", "resamples", "seed"] as const;

export interface IntervalSettings {
  readonly confidence: number;
  readonly law: IntervalLaw;
  readonly resamples: number;
  readonly seed: number;
}

/** @throws TypeError for settings of another type, RangeError for settings out of range */
export function intervalSettings(caller: string, options: IntervalOptions): IntervalSettings {
  const { confidence = 0.95, interval = "analytic", resamples = 1000, seed = 0 } = options;
  confidenceLevel(caller, confidence);
  oneOf(caller, "interval", interval, ["analytic", "bootstrap"]);
  wholeNumber(caller, "resamples", resamples, 1, 100_000);
  wholeNumber(caller, "seed", seed, 0, Number.MAX_SAFE_INTEGER);
  return { confidence, law: interval, resamples, seed };
}

/** A value without an interval. */
export function alone(value: number | null): Estimated {
  return { value, interval: null, law: null };
}

/** With an interval whose ends are finite, else without. */
export function estimated(value: number | null, low: number, high: number, law: IntervalLaw): Estimated {
  if (value === null || finite(low) === null || finite(high) === null) return alone(value);
  return { value, interval: [low, high], law };
}

/** How far an interval reaches to either side, in standard errors: Student's t of n - 1 degrees of freedom. */
export function reachOf(n: number, confidence: number): number {
  return studentT.upperQuantile((1 - confidence) / 2, n - 1);
}

/**
 * The ranks (from 0) of the ordered values between which the median lies with at least this confidence, whatever their
 * law; `null` where there are too few.
 */
export function medianRanks(n: number, confidence: number): readonly [low: number, high: number] | null {
  const rank = binomial.quantile((1 - confidence) / 2, n, 0.5);
  return rank === 0 ? null : [rank - 1, n - rank];
}
