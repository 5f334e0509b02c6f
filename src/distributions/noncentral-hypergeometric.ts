/**
 * Fisher's noncentral hypergeometric law: the hypergeometric probabilities times oddsRatio^k, and again of sum 1. The
 * law of one cell of a fourfold table given its margins when the odds of both rows differ by that ratio.
 *
 * Sums go outwards from the mode until terms vanish. Where the law is broad only every s-th term is taken, s a 20th of the
 * standard deviation: a full sum of a bell-shaped function does not notice (the error is about e^(-2π² (20)²)), and at the
 * end of a tail Euler and Maclaurin's formula, once for steps of 1 and once for steps of s, gives the difference:
 *
 *   sum of f(k), k >= x  =  s · sum of f(x + s j)  +  (1 - s)/2 f  -  (1 - s²)/12 f'  +  (1 - s⁴)/720 f'''
 *
 * so that the time is bounded for counts of any size.
 */
import { theEngine } from "../engine/memory.js";
import { tailRoot } from "./invert.js";

export interface Margins {
  readonly population: number;
  readonly successes: number;
  readonly draws: number;
}

/** Terms below this share of the largest one do not count. */
const vanishing = -46;

export class NoncentralHypergeometric {
  readonly low: number;
  readonly high: number;
  readonly #margins: Margins;
  readonly #rest: number;
  readonly #logs = new Map<number, number>();

  constructor(margins: Margins) {
    const { population, successes, draws } = margins;
    this.#margins = margins;
    this.#rest = population - successes - draws;
    this.low = Math.max(0, -this.#rest);
    this.high = Math.min(successes, draws);
  }

  /** The odds ratio under which the mean is x: the conditional maximum likelihood estimate; 0 or Infinity at the ends. */
  estimate(x: number): number {
    if (x === this.low) return 0;
    if (x === this.high) return Number.POSITIVE_INFINITY;
    return this.#solve(x, (oddsRatio) => this.#mean(oddsRatio) - this.low, x - this.low, 1);
  }

  /** The odds ratio under which P(X ≥ x) is `share`; 0 where there is no smaller x. */
  lowerBound(x: number, share: number): number {
    return x === this.low ? 0 : this.#solve(x, (oddsRatio) => this.#tail(x, oddsRatio, 1), share, 1);
  }

  /** The odds ratio under which P(X ≤ x) is `share`; Infinity where there is no larger x. */
  upperBound(x: number, share: number): number {
    return x === this.high
      ? Number.POSITIVE_INFINITY
      : this.#solve(x, (oddsRatio) => this.#tail(x, oddsRatio, -1), share, -1);
  }

  /** Where a function that rises (`direction` 1) or falls with the odds ratio has a value. */
  #solve(x: number, of: (oddsRatio: number) => number, value: number, direction: number): number {
    const [a, b, c, d] = this.#cells(x).map((count) => count + 0.5) as [number, number, number, number];
    const guess = (a / b) * (d / c);
    const factor = Math.exp(2 * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d));
    let [below, above] = [guess / factor, guess * factor];
    while (below > 1e-300 && direction * (of(below) - value) > 0) below /= factor;
    while (above < 1e300 && direction * (of(above) - value) < 0) above *= factor;
    return tailRoot(of, value, below, above);
  }

  /** The four cells: k, and what is left of its row and column. */
  #cells(k: number): [number, number, number, number] {
    const { successes, draws } = this.#margins;
    return [k, successes - k, draws - k, this.#rest + k];
  }

  #mode(oddsRatio: number): number {
    const { successes, draws } = this.#margins;
    // (successes - k)(draws - k) oddsRatio = k (rest + k)
    const a = oddsRatio - 1;
    const b = (successes + draws) * oddsRatio + this.#rest;
    const c = successes * draws * oddsRatio;
    const mode = (2 * c) / (b + Math.sqrt(Math.max(0, b * b - 4 * a * c)));
    return Math.min(this.high, Math.max(this.low, Math.floor(mode)));
  }

  /** The standard deviation about a mode, roughly. */
  #spread(mode: number): number {
    return 1 / Math.sqrt(this.#cells(mode).reduce((sum, count) => sum + 1 / (count + 0.5), 0));
  }

  #log(k: number): number {
    let log = this.#logs.get(k);
    if (log === undefined) {
      const { population, successes, draws } = this.#margins;
      log = theEngine().kernels.hypergeometricMass(k, population, successes, draws, 1);
      this.#logs.set(k, log);
    }
    return log;
  }

  /** Sums of terms and of (k - from) times them, over k = from, from + step, …, relative to e^scale. */
  #sums(from: number, step: number, theta: number, scale: number): { total: number; first: number } {
    let [total, first] = [0, 0];
    let last = Number.NEGATIVE_INFINITY;
    for (let k = from; k >= this.low && k <= this.high; k += step) {
      const log = this.#log(k) + (k * theta - scale);
      if (log < vanishing && log < last) break;
      const term = Math.exp(log);
      total += term;
      first += (k - from) * term;
      last = log;
    }
    return { total, first };
  }

  #about(oddsRatio: number) {
    const mode = this.#mode(oddsRatio);
    const theta = Math.log(oddsRatio);
    const step = Math.max(1, Math.floor(this.#spread(mode) / 20));
    return { mode, theta, step, scale: this.#log(mode) + mode * theta };
  }

  #mean(oddsRatio: number): number {
    const { mode, theta, step, scale } = this.#about(oddsRatio);
    const up = this.#sums(mode, step, theta, scale);
    const down = this.#sums(mode - step, -step, theta, scale);
    const total = up.total + down.total;
    return mode + (up.first + down.first - step * down.total) / total;
  }

  /** P(X ≥ x) for direction 1, P(X ≤ x) for -1. */
  #tail(x: number, oddsRatio: number, direction: number): number {
    const { mode, theta, step, scale } = this.#about(oddsRatio);
    // The tail on the side of x where the mode is not.
    if (direction * (mode - x) > 0) return 1 - this.#tail(x - direction, oddsRatio, -direction);
    const all = this.#sums(mode, step, theta, scale).total + this.#sums(mode - step, -step, theta, scale).total;
    let tail = step * this.#sums(x, direction * step, theta, scale).total;
    if (step > 1) {
      const f = Math.exp(this.#log(x) + (x * theta - scale));
      const [first, third] = this.#derivatives(x, theta, direction);
      tail += f * ((1 - step) / 2 - ((1 - step ** 2) / 12) * first + ((1 - step ** 4) / 720) * third);
    }
    return tail / (step * all);
  }

  /** First and third derivative over the value of the terms at x, outwards. */
  #derivatives(x: number, theta: number, direction: number): [number, number] {
    const [a, b, c, d] = this.#cells(x).map((count) => count + 0.5) as [number, number, number, number];
    // The logarithm's: digamma(x + 1) is log(x + 1/2) + 1 / (24 (x + 1/2)²).
    const more = (1 / a ** 2 + 1 / d ** 2 - 1 / b ** 2 - 1 / c ** 2) / 24;
    const slope = direction * (theta + Math.log((b / a) * (c / d)) - more);
    const curvature = -(1 / a + 1 / b + 1 / c + 1 / d);
    const next = direction * (1 / a ** 2 + 1 / d ** 2 - 1 / b ** 2 - 1 / c ** 2);
    return [slope, slope ** 3 + 3 * slope * curvature + next];
  }
}
