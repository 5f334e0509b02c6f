/** What `driftKind` may be told, and its checks. */
import { confidenceLevel, knownOptions, shown, truthValue } from "../../statistics/option-checks.js";
import { wholeNumber } from "../../statistics/whole-number.js";
import { type Kind, kinds } from "./posterior.js";

export interface DriftKindOptions {
  /** Correlation of the scores of neighbouring windows while nothing changes, in (-1, 1); 0 where neither this nor `reference` is given. */
  readonly autocorrelation?: number;
  /** Scores of unchanged windows, oldest first, from which the autocorrelation is estimated. At least 10. */
  readonly reference?: readonly (number | null)[] | Float64Array;
  /**
   * Standard deviation of what all scores share because their windows were compared with one reference: about
   * 0.4 √(rows of a window / rows of the reference). 0 if not given.
   */
  readonly level?: number;
  /** Windows a period may have; all from 3 to a third of the history if not given. */
  readonly period?: number | readonly number[];
  /**
   * Scores of each window against the one a period ago, in the order of the history, with `null` for the first ones: low
   * where the drift is periodic. `period` is then the one number, and its divisors are looked at too.
   */
  readonly seasonal?: readonly (number | null)[] | Float64Array;
  /** Probabilities of the kinds beforehand, in proportion, that of none above 0; 4 for none and 1 for each of the others if not given. */
  readonly prior?: { readonly [kind in Kind]?: number };
  /** Probability that the most likely kind needs to be told, if it is a drift; `undecided` below it. Default 0.5. */
  readonly confidence?: number;
  /** Scores that went down are looked for too. Scores of p-values go up. */
  readonly twoSided?: boolean;
  /** Windows with a score that a kind needs; a drift is `undecided` until then. Default 10. */
  readonly minimum?: number;
  /** Index of the history's first window, from which `onset` counts; default 0. */
  readonly first?: number;
  /**
   * Only the latest window is looked at, the one `every` windows before it, and so on; `autocorrelation`, `reference` and
   * `minimum` are of these, and what is told is in windows of the whole history. Default 1. Where windows slide, as many as a
   * window has panes: those share no row.
   */
  readonly every?: number;
}

const names = [
  "autocorrelation",
  "reference",
  "level",
  "period",
  "seasonal",
  "prior",
  "confidence",
  "twoSided",
  "minimum",
  "first",
  "every",
] as const;
const usual: Readonly<Record<Kind, number>> = { none: 4, instantaneous: 1, gradual: 1, temporary: 1, periodic: 1 };
const leastReference = 10;

/** With what is left out filled in; `null` where there is nothing to look at. */
export interface CheckedOptions {
  readonly autocorrelation: number;
  readonly reference: readonly (number | null)[] | null;
  readonly level: number;
  readonly periods: readonly number[] | null;
  readonly seasonal: readonly (number | null)[] | null;
  readonly prior: Readonly<Record<Kind, number>>;
  readonly confidence: number;
  readonly twoSided: boolean;
  readonly minimum: number;
  readonly first: number;
  readonly every: number;
}

/** @throws TypeError, RangeError */
export function checked(history: unknown, options: DriftKindOptions): CheckedOptions {
  knownOptions("driftKind", options, names);
  const { autocorrelation, period, level = 0, confidence = 0.5, twoSided = false } = options;
  const { minimum = 10, first = 0, every = 1 } = options;
  const { length } = scoresOf("history", history);
  const reference = options.reference === undefined ? null : scoresOf("reference", options.reference);
  const seasonal = options.seasonal === undefined ? null : scoresOf("seasonal", options.seasonal);
  wholeNumber("driftKind", "every", every, 1, Number.MAX_SAFE_INTEGER);
  const periods = period === undefined ? null : periodsOf(period, every);
  if (autocorrelation !== undefined) {
    numberWithin("autocorrelation", autocorrelation, -1, 1, "between -1 and 1");
    if (reference !== null) throw new RangeError("driftKind: autocorrelation or reference may be given, not both");
  }
  if (reference !== null) {
    const known = reference.filter((z) => z !== null && Number.isFinite(z)).length;
    if (known < leastReference)
      throw new RangeError(`driftKind: reference must have at least ${leastReference} scores, got ${known}`);
  }
  numberWithin("level", level, -Number.MIN_VALUE, Number.POSITIVE_INFINITY, "at 0 or above");
  if (seasonal !== null) {
    if (typeof period !== "number") throw new RangeError("driftKind: seasonal needs period to be a number");
    if (seasonal.length !== length)
      throw new RangeError(`driftKind: seasonal must be as long as the history, ${length}, got ${seasonal.length}`);
  }
  confidenceLevel("driftKind", confidence);
  truthValue("driftKind", "twoSided", twoSided);
  if (typeof minimum !== "number") throw new TypeError(`driftKind: minimum must be a number, got ${shown(minimum)}`);
  if (!(Number.isSafeInteger(minimum) && minimum >= 1))
    throw new RangeError(`driftKind: minimum must be a positive integer, got ${minimum}`);
  wholeNumber("driftKind", "first", first, 0, Number.MAX_SAFE_INTEGER);
  const prior = priorChecked(options.prior ?? {});
  return {
    autocorrelation: autocorrelation ?? 0,
    reference,
    level,
    periods,
    seasonal,
    prior,
    confidence,
    twoSided,
    minimum,
    first,
    every,
  };
}

function scoresOf(name: string, scores: unknown): readonly (number | null)[] {
  if (!Array.isArray(scores) && !(scores instanceof Float64Array))
    throw new TypeError(`driftKind: ${name} must be an array of scores, got ${shown(scores)}`);
  const found = Array.from<unknown>(scores);
  const wrong = found.findIndex((z) => z !== null && typeof z !== "number");
  if (wrong >= 0) throw new TypeError(`driftKind: ${name} must hold numbers and nulls, got ${shown(found[wrong])}`);
  return found as (number | null)[];
}

function numberWithin(name: string, value: unknown, low: number, high: number, words: string): void {
  if (typeof value !== "number") throw new TypeError(`driftKind: ${name} must be a number, got ${shown(value)}`);
  if (!(value > low && value < high)) throw new RangeError(`driftKind: ${name} must lie ${words}, got ${value}`);
}

/** In windows that are looked at. */
function periodsOf(given: unknown, every: number): readonly number[] {
  const periods: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (periods.length === 0) throw new RangeError("driftKind: period must have a number, got none");
  return periods.map((period) => {
    if (typeof period !== "number") throw new TypeError(`driftKind: period must be a number, got ${shown(period)}`);
    if (!(Number.isSafeInteger(period) && period >= 2))
      throw new RangeError(`driftKind: period must be an integer of at least 2, got ${period}`);
    if (period % every === 0 && period >= 2 * every) return period / every;
    throw new RangeError(`driftKind: period must be two or more times every, ${every}, got ${period}`);
  });
}

function priorChecked(given: NonNullable<DriftKindOptions["prior"]>): Readonly<Record<Kind, number>> {
  knownOptions("driftKind", given, kinds);
  const parts = { ...usual, ...given };
  for (const kind of kinds)
    numberWithin(`prior.${kind}`, parts[kind], -Number.MIN_VALUE, Number.POSITIVE_INFINITY, "at 0 or above");
  numberWithin("prior.none", parts.none, 0, Number.POSITIVE_INFINITY, "above 0");
  const total = kinds.reduce((sum, kind) => sum + parts[kind], 0);
  return Object.fromEntries(kinds.map((kind) => [kind, parts[kind] / total])) as Record<Kind, number>;
}
