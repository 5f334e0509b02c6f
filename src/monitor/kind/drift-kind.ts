/**
 * The kind of drift over time, by Bayesian comparison of models: noise, a step, a ramp, a stretch that is over, and a
 * rhythm, each averaged over all its shapes, and over the amplitude in closed form (`amplitude.ts`), after whitening with
 * the autocorrelation of scores of unchanged data (`noise.ts`). docs/drift-kinds.md has the models and how often they are
 * right.
 */
import type { DriftKind } from "../drift-kind.js";
import { autocorrelationNodes } from "./autocorrelation.js";
import { severalChanges } from "./leftover.js";
import { checked, type DriftKindOptions } from "./options.js";
import { type Fit, fitOf, type Kind, kinds, type Model, probabilitiesOf } from "./posterior.js";
import { periodsWithin, rhythmAt } from "./rhythms.js";
import { wordsOf } from "./words.js";

/** The latest windows that are looked at. */
const mostWindows = 400;
/** Scores beyond are as good as these: the smallest double's is 38.5. One-sided, low scores say nothing. */
const highest = 40;
const lowest = -4;
/** Least scale of the amplitude's prior, and what it is of the highest score. */
const leastTau = 2.25;
const tauShare = 0.5;

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
  const { autocorrelation, reference, periods, seasonal, prior, level, confidence, twoSided, minimum } = checked(
    history,
    options,
  );
  const start = Math.max(0, history.length - mostWindows);
  const bounded = (z: number | null) => Math.min(Math.max(z ?? Number.NaN, twoSided ? -highest : lowest), highest);
  const scores = Float64Array.from(Array.from(history).slice(start), bounded);
  const known = scores.filter((z) => !Number.isNaN(z));
  const top = known.reduce((most, z) => Math.max(most, twoSided ? Math.abs(z) : z), 0);
  const model: Model = {
    nodes: reference === undefined ? [{ phi: autocorrelation ?? 0, weight: 1 }] : autocorrelationNodes(reference),
    periods:
      periods === null ? periodsWithin(scores.length) : candidates(periods, seasonal !== undefined, scores.length),
    periodsGiven: periods !== null,
    seasonal:
      seasonal === undefined
        ? null
        : { scores: Float64Array.from(seasonal.slice(start), bounded), period: periods![0]! },
    prior,
    twoSided,
    tau: Math.max(leastTau, tauShare * top),
    sd: 1,
    level,
  };
  return conclude(scores, start, known.length, model, confidence, minimum);
}

/** Given periods that fit twice into the history, and where windows were compared with those a period ago, its divisors. */
function candidates(periods: readonly number[], divisors: boolean, n: number): number[] {
  const all = divisors
    ? Array.from({ length: periods[0]! - 1 }, (_, k) => k + 2).filter((one) => periods[0]! % one === 0)
    : [...new Set(periods)];
  return all.filter((period) => 2 * period <= n);
}

function conclude(
  scores: Float64Array,
  start: number,
  windows: number,
  first: Model,
  confidence: number,
  minimum: number,
): DriftKind {
  let model = first;
  let probabilities = probabilitiesOf(scores, model);
  let fit: Fit | null = null;
  if (probabilities.none < 0.5) {
    fit = fitOf(likeliest(probabilities), scores, model);
    // Noise that is wider than that of unchanged data, as drifted data may have: judged again by what it is.
    if (fit.dispersion > 1 + 2.5 * Math.sqrt(2 / windows)) {
      model = { ...model, sd: Math.sqrt(fit.dispersion) };
      probabilities = probabilitiesOf(scores, model);
      fit = fitOf(likeliest(probabilities), scores, model);
    }
  }
  const nothing = { onset: null, width: null, duration: null, period: null, amplitude: null, windows };
  const changed = 1 - probabilities.none;
  if (probabilities.none >= 0.5 || fit === null) {
    return told({ kind: "none", confidence: probabilities.none, probabilities, ...nothing }, false, false);
  }
  const kind = likeliest(probabilities);
  const numbers = numbersOf(kind, fit, scores.length);
  const { phi } = model.nodes.reduce((best, node) => (node.weight > best.weight ? node : best));
  const residuals = scores.map((z, t) => z - fit.amplitude * valueAt(kind, fit.shape, t));
  const several = severalChanges(residuals, fit.amplitude, phi, model);
  if (windows < minimum || probabilities[kind] < confidence || several) {
    return told({ kind: "undecided", confidence: changed, probabilities, ...nothing }, false, several);
  }
  const { open, onset, ...rest } = numbers;
  return told(
    { ...nothing, kind, confidence: probabilities[kind], probabilities, onset: start + onset, ...rest },
    open,
    false,
  );
}

function told(found: Omit<DriftKind, "words">, open: boolean, several: boolean): DriftKind {
  return { ...found, words: wordsOf(found, open, several) };
}

function likeliest(probabilities: Readonly<Record<Kind, number>>): Exclude<Kind, "none"> {
  const drifts = kinds.filter((kind) => kind !== "none");
  return drifts.reduce((best, kind) => (probabilities[kind] > probabilities[best] ? kind : best));
}

/** A shape's value at window `t`, in units of its amplitude. */
function valueAt(kind: Exclude<Kind, "none">, shape: readonly number[], t: number): number {
  const [first = 0, second = 0, on = 0, begin = 0] = shape;
  if (kind === "periodic") return rhythmAt(t, first, second, on, begin);
  if (t < first) return 0;
  if (kind === "gradual") return Math.min(1, (t - first + 1) / second);
  return kind === "temporary" && t >= first + second ? 0 : 1;
}

function numbersOf(kind: Exclude<Kind, "none">, { shape, amplitude }: Fit, n: number) {
  const [first = 0, second = 0] = shape;
  const rounded = Math.round(100 * amplitude) / 100;
  if (kind === "gradual") {
    const width = Math.min(second, n - first);
    const reached = Math.round((100 * amplitude * width) / second) / 100;
    return { open: second > width, onset: first, width, amplitude: reached };
  }
  if (kind === "instantaneous") return { open: false, onset: first, width: 0, amplitude: rounded };
  if (kind === "temporary") return { open: false, onset: first, duration: second, amplitude: rounded };
  let onset = 0;
  while (onset < n - 1 && valueAt(kind, shape, onset) < 0.5) onset++;
  return { open: false, onset, period: first, amplitude: rounded };
}
