/**
 * How far ranks may be off. A halving of level h moves the estimated rank of any point by -2^h, 0 or 2^h, up and down
 * equally likely; of these the sketch counts how many there were (coins.ts). For their sum E and every a > 0, Markov's
 * inequality for exp(aE) and E exp(aX) ≤ cosh(a·2^h) of each X in [-2^h, 2^h] with mean 0 give (Chernoff 1952)
 *
 *   P(E ≥ t) ≤ exp(Σ halvings[h]·ln cosh(2^h·a) - a·t),
 *
 * so that E < t up to a probability q for t = (ln 1/q + Σ halvings[h]·ln cosh(2^h·a)) / a, the smallest over a. It is never
 * above Hoeffding's bound, nor above Σ halvings[h]·2^h, which is certain.
 *
 * That is one point. Between points where the true ranks are count/m apart estimated ranks can only rise, so bounds above
 * and below at m points, 2m in all, bound all others up to count/m.
 */
import type { QuantileSketch } from "./quantile-sketch.js";

/** m: its own share of the error is small, and so is what 2m bounds instead of one cost. */
const points = 4096;

/**
 * What |sketchRank - true share of values at or below| stays under for all numbers at once; so do shares of values
 * below. 0 as long as nothing was thrown away. The bound belongs to this sketch and what happened to it.
 *
 * @param confidence probability over the sketch's random bits with which it holds, in (0, 1)
 * @throws RangeError  of a confidence that is not
 */
export function rankError(sketch: QuantileSketch, confidence = 1 - 1e-9): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`rankError: confidence must be between 0 and 1, got ${confidence}`);
  }
  const { halvings, count } = sketch;
  const certain = halvings.reduce((sum, many, h) => sum + many * 2 ** h, 0);
  if (certain === 0) return 0;
  const odds = Math.log((2 * points) / (1 - confidence));
  const likely = smallest((a) => (odds + logCosh(halvings, a)) / a, 1 / certain) + count / points;
  return Math.min(certain, likely, count) / count;
}

/** Σ halvings[h]·ln cosh(2^h·a) */
function logCosh(halvings: readonly number[], a: number): number {
  let sum = 0;
  for (let h = 0; h < halvings.length; h++) {
    const x = a * 2 ** h;
    if (halvings[h]! > 0) sum += halvings[h]! * (x < 1e-4 ? (x * x) / 2 : x + Math.log1p(Math.exp(-2 * x)) - Math.LN2);
  }
  return sum;
}

/** Of a function with one minimum, by doubling `from` and golden sections; any value of it is a bound as well. */
function smallest(of: (a: number) => number, from: number): number {
  let low = from / 2;
  let middle = from;
  while (of(2 * middle) < of(middle) && middle < 1e9) {
    low = middle;
    middle *= 2;
  }
  let high = 2 * middle;
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let round = 0; round < 20; round++) {
    const a = high - golden * (high - low);
    const b = low + golden * (high - low);
    if (of(a) < of(b)) high = b;
    else low = a;
  }
  return of((low + high) / 2);
}
