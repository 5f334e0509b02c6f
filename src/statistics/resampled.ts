/**
 * p-values of statistics under other labels. Under the null hypothesis all ways to label the pooled values as reference
 * and current are equally likely, so the p-value is the share of them that are at least as extreme. Where there are few
 * ways all are tried and it is exact. Else B are drawn, and p = (1 + b) / (B + 1) with b of them at least as extreme: the
 * data's own labels are one of the ways, so p is never 0 and P(p ≤ α) ≤ α [1].
 *
 * [1] Phipson, Smyth: Permutation p-values should never be zero. Statistical Applications in Genetics and Molecular
 *     Biology 9 (2010).
 */
import { type Alternative, beta } from "../distributions/index.js";
import { confidenceLevel } from "./option-checks.js";

export interface ResampledPValue {
  readonly pValue: number;
  /** `exact`: of all ways to label the values. `sampled`: of some of them. */
  readonly method: "exact" | "sampled";
  /** How many ways were tried. */
  readonly permutations: number;
  /** The smallest p-value that there can be (of one tail): 1 / (B + 1), or one of all ways. */
  readonly resolution: number;
  /** What the p-value of all ways lies in, with `confidence` (Clopper and Pearson); exact ones are known. */
  readonly interval: readonly [low: number, high: number];
  readonly confidence: number;
}

/** Settings of a resampled p-value. */
export interface Resampling {
  /** How many ways to label the values are drawn; 999 if not given. */
  readonly permutations?: number;
  /** Of the draws, a whole number; 0 if not given. The same seed gives the same result. */
  readonly seed?: number;
  /** Of the interval of the p-value; 0.95 if not given. */
  readonly confidence?: number;
}

export type CheckedResampling = Required<Resampling>;

/** @throws RangeError for settings out of range */
export function resamplingOf(caller: string, settings: Resampling): CheckedResampling {
  const { permutations = 999, seed = 0, confidence = 0.95 } = settings;
  if (!(Number.isInteger(permutations) && permutations >= 1 && permutations <= 1e7)) {
    throw new RangeError(`${caller}: permutations must be a whole number from 1 to 10000000, got ${permutations}`);
  }
  if (!(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new RangeError(`${caller}: seed must be a whole number from 0 to 2^53 - 1, got ${seed}`);
  }
  confidenceLevel(caller, confidence);
  return { permutations, seed, confidence };
}

/** Counts the statistics that are at least as large, and at least as small, as the data's up to rounding. */
export class Tails {
  private readonly low: number;
  private readonly high: number;
  private total = 0;
  private less = 0;
  private greater = 0;

  /** @param tolerance what rounding may do: statistics that are equal must not count as smaller or larger */
  constructor(statistic: number, tolerance: number) {
    this.low = statistic - tolerance;
    this.high = statistic + tolerance;
  }

  add(statistic: number): void {
    this.total++;
    if (statistic >= this.low) this.greater++;
    if (statistic <= this.high) this.less++;
  }

  /**
   * @param alternative which are as extreme: larger ones, smaller ones, or the rarer of the two, counted twice
   * @param exact whether all ways were added, the data's own among them
   */
  pValue(alternative: Alternative, exact: boolean, confidence: number): ResampledPValue {
    const count = { greater: this.greater, less: this.less, "two-sided": Math.min(this.greater, this.less) }[
      alternative
    ];
    const total = this.total;
    const sides = alternative === "two-sided" ? 2 : 1;
    const of = (share: number) => Math.min(1, sides * share);
    const pValue = of(exact ? count / total : (count + 1) / (total + 1));
    if (exact) {
      const resolution = 1 / total;
      return { pValue, method: "exact", permutations: total, resolution, interval: [pValue, pValue], confidence };
    }
    const outside = (1 - confidence) / 2;
    const low = count === 0 ? 0 : beta.quantile(outside, count, total - count + 1);
    const high = count === total ? 1 : beta.upperQuantile(outside, count + 1, total - count);
    const resolution = 1 / (total + 1);
    const interval = [of(low), of(high)] as const;
    return { pValue, method: "sampled", permutations: total, resolution, interval, confidence };
  }
}

/** In how many ways n of n + m values can be chosen; Infinity beyond `most`. */
export function waysToChoose(n: number, m: number, most: number): number {
  let ways = 1;
  for (let k = 1; k <= Math.min(n, m); k++) {
    // Every quotient is itself a number of ways, so nothing is lost.
    ways = (ways * (n + m - k + 1)) / k;
    if (ways > most) return Number.POSITIVE_INFINITY;
  }
  return Math.round(ways);
}

/** All ways to give n of n + m places the label 1: the same array every time, with other labels. */
export function* everyLabelling(n: number, m: number): Generator<Uint8Array> {
  const labels = new Uint8Array(n + m).fill(1, 0, n);
  const places = Array.from({ length: n }, (_, k) => k);
  for (;;) {
    yield labels;
    let moved = n - 1;
    while (moved >= 0 && places[moved] === m + moved) moved--;
    if (moved < 0) return;
    // The last place that can move does, and those after it follow.
    for (let k = moved; k < n; k++) labels[places[k]!] = 0;
    let place = places[moved]! + 1;
    for (let k = moved; k < n; k++) {
      places[k] = place;
      labels[place++] = 1;
    }
  }
}
