/**
 * The kind of drift over time, by Bayesian comparison of models: noise, a step, a ramp, a stretch that is over, and a
 * rhythm, each averaged over all its shapes, and over the amplitude in closed form (`amplitude.ts`), after whitening with
 * the autocorrelation of scores of unchanged data (`noise.ts`). docs/drift-kinds.md has the models and how often they are
 * right.
 */
import type { DriftKind } from "../drift-kind.js";
import { autocorrelationNodes } from "./autocorrelation.js";
import { numbersOf } from "./described.js";
import { severalChanges } from "./leftover.js";
import { type CheckedOptions, checked, type DriftKindOptions } from "./options.js";
import { fitOf, likeliest, type Model, posterior } from "./posterior.js";
import { periodsWithin } from "./rhythms.js";
import { wordsOf } from "./words.js";

/** So many windows are looked at, the latest ones. */
const mostWindows = 400;
/** Scores beyond are as good as these: the smallest double's is 38.5. One-sided, low scores say nothing. */
const highest = 40;
const lowest = -4;
/** Least scale τ of the amplitude's prior, and what it is of the highest score: the prior's mode, √2 τ, is that score. */
const leastTau = 2.5;
const tauShare = Math.SQRT1_2;

/**
 * The kind of drift that a history of window scores shows.
 *
 * @param history  scores of a column's windows, oldest first: Φ⁻¹(1 - p), standard normal while nothing changes; `null` and
 *   NaN are windows without a score, which keep their place. Of a longer history the latest 400 windows are looked at
 * @returns the kind, its probability and its numbers; the same for the same history
 * @throws TypeError for what are no scores, RangeError for options out of range
 * @see docs/drift-kinds.md; oracle: test/oracle/kinds/drift-kind.py (dense covariances, numerical integration)
 */
export function driftKind(
  history: readonly (number | null)[] | Float64Array,
  options: DriftKindOptions = {},
): DriftKind {
  const settings = checked(history, options);
  const { every, first, twoSided } = settings;
  const looked = Math.min(mostWindows, Math.ceil(history.length / every));
  const start = Math.max(0, history.length - 1 - every * (looked - 1));
  const scoresOf = (all: ArrayLike<number | null>) => bounded(all, start, every, twoSided);
  const scores = scoresOf(history);
  const windows = scores.reduce((count, z) => count + (Number.isNaN(z) ? 0 : 1), 0);
  const nothing = { onset: null, width: null, duration: null, period: null, amplitude: null, windows };
  const none = (probabilities: DriftKind["probabilities"]) =>
    withWords({ kind: "none", confidence: probabilities.none, probabilities, ...nothing }, false, false);

  let model = modelOf(scores, scoresOf, settings);
  let { probabilities, main } = posterior(scores, model);
  let kind = likeliest(probabilities);
  if (kind === "none") return none(probabilities);
  let fit = fitOf(kind, main, model);
  // Noise that is wider than that of unchanged data, as drifted data may have: judged again by what it is.
  if (fit.dispersion > 1 + 2.5 * Math.sqrt(2 / windows)) {
    model = { ...model, sd: Math.sqrt(fit.dispersion) };
    ({ probabilities, main } = posterior(scores, model));
    kind = likeliest(probabilities);
    if (kind === "none") return none(probabilities);
    fit = fitOf(kind, main, model);
  }
  const several = severalChanges(scores, kind, fit, model);
  if (several || windows < settings.minimum || probabilities[kind] < settings.confidence) {
    const open = { kind: "undecided", confidence: 1 - probabilities.none, probabilities, ...nothing } as const;
    return withWords(open, false, several);
  }
  const { open, ...numbers } = numbersOf(kind, fit, scores.length, every);
  const told = {
    kind,
    confidence: probabilities[kind],
    probabilities,
    ...nothing,
    ...numbers,
    onset: first + start + numbers.onset,
  };
  return withWords(told, open, false);
}

function withWords(found: Omit<DriftKind, "words">, open: boolean, several: boolean): DriftKind {
  return { ...found, words: wordsOf(found, open, several) };
}

function bounded(scores: ArrayLike<number | null>, start: number, every: number, twoSided: boolean): Float64Array {
  const low = twoSided ? -highest : lowest;
  const some = Array.from(scores).filter((_, t) => t >= start && (t - start) % every === 0);
  return Float64Array.from(some, (z) => Math.min(Math.max(z ?? Number.NaN, low), highest));
}

function modelOf(
  scores: Float64Array,
  scoresOf: (all: ArrayLike<number | null>) => Float64Array,
  settings: CheckedOptions,
): Model {
  const { autocorrelation, reference, periods, seasonal, prior, level, twoSided } = settings;
  const top = scores.reduce((most, z) => Math.max(most, Number.isNaN(z) ? 0 : twoSided ? Math.abs(z) : z), 0);
  return {
    nodes: reference === null ? [{ phi: autocorrelation, weight: 1 }] : autocorrelationNodes(reference),
    periods: periods === null ? periodsWithin(scores.length) : candidates(periods, seasonal !== null, scores.length),
    periodsGiven: periods !== null,
    seasonal: seasonal && { scores: scoresOf(seasonal), period: periods![0]! },
    prior,
    twoSided,
    tau: Math.max(leastTau, tauShare * top),
    sd: 1,
    level,
  };
}

/** Given periods that fit twice into the history, and where windows were compared with those a period ago, its divisors. */
function candidates(periods: readonly number[], divisors: boolean, n: number): number[] {
  const all = divisors
    ? Array.from({ length: periods[0]! - 1 }, (_, k) => k + 2).filter((one) => periods[0]! % one === 0)
    : [...new Set(periods)];
  return all.filter((period) => 2 * period <= n);
}
