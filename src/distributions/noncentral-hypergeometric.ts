/**
 * Fisher's noncentral hypergeometric law: the hypergeometric probabilities times oddsRatio^k, and again of sum 1. The
 * law of one cell of a fourfold table given its margins when the odds of both rows differ by that ratio.
 *
 * Everything is relative to the mode, whose probability is 1 here: logarithms of the probabilities themselves would leave
 * no digits of what neighbours differ by. Sums go outwards from it until terms vanish. Where the law is broad only every
 * s-th term is taken, s a 20th of the standard deviation: a full sum of a bell-shaped function does not notice (the error
 * is about e^(-2π² (20)²)), and at the end of a tail Euler and Maclaurin's formula, once for steps of 1 and once for steps
 * of s, gives the difference:
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

/** Probabilities below this share of the mode's do not count. */
const vanishing = 1e-30;

/** What sums are taken over. */
interface Lattice {
  readonly oddsRatio: number;
  readonly mode: number;
  readonly step: number;
}

export class NoncentralHypergeometric {
  readonly low: number;
  readonly high: number;
  readonly #margins: Margins;
  readonly #rest: number;

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
    // From the nearer end: far from it a mean would have no digits of what it differs by from x.
    const isLow = x - this.low < this.high - x;
    const gap = isLow ? x - this.low : this.high - x;
    return this.#solve(x, (oddsRatio) => this.#meanGap(oddsRatio, isLow), gap, isLow ? 1 : -1);
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

  /** P(k + 1) / P(k). */
  #ratio(k: number, oddsRatio: number): number {
    const [a, b, c, d] = this.#cells(k);
    return oddsRatio * (b / (a + 1)) * (c / (d + 1));
  }

  /** The last k that is at least as probable as the one before. */
  #mode(oddsRatio: number): number {
    let [mode, above] = [this.low, this.high + 1];
    while (above - mode > 1) {
      const middle = mode + Math.floor((above - mode) / 2);
      if (this.#ratio(middle - 1, oddsRatio) >= 1) mode = middle;
      else above = middle;
    }
    return mode;
  }

  #lattice(oddsRatio: number): Lattice {
    const mode = this.#mode(oddsRatio);
    // The standard deviation about the mode, roughly.
    const spread = 1 / Math.sqrt(this.#cells(mode).reduce((sum, count) => sum + 1 / (count + 0.5), 0));
    return { oddsRatio, mode, step: Math.max(1, Math.floor(spread / 20)) };
  }

  /** Hands `visit` the mode and every step-th k on both sides of it, as distances from it, with their probabilities. */
  #each(lattice: Lattice, visit: (distance: number, weight: number) => void): void {
    const { mode, step, oddsRatio } = lattice;
    visit(0, 1);
    for (const direction of [1, -1]) {
      let weight = 1;
      for (let t = direction * step; mode + t >= this.low && mode + t <= this.high; t += direction * step) {
        if (step > 1) weight = this.#weight(t, lattice);
        else weight *= direction > 0 ? this.#ratio(mode + t - 1, oddsRatio) : 1 / this.#ratio(mode + t, oddsRatio);
        if (weight < vanishing) break;
        visit(t, weight);
      }
    }
  }

  /** The probability at a distance from the mode, where the law is broad: none of the mode's cells is small. */
  #weight(distance: number, { mode, oddsRatio }: Lattice): number {
    const [a, b, c, d] = this.#cells(mode);
    const { factorialChange } = theEngine().kernels;
    const changes =
      factorialChange(a, distance) +
      factorialChange(d, distance) +
      factorialChange(b, -distance) +
      factorialChange(c, -distance);
    return Math.exp(distance * Math.log(oddsRatio * (b / a) * (c / d)) - changes);
  }

  /** How far the mean is from the lower end, or from the upper one. */
  #meanGap(oddsRatio: number, isLow: boolean): number {
    const lattice = this.#lattice(oddsRatio);
    const gap = isLow ? lattice.mode - this.low : this.high - lattice.mode;
    const sign = isLow ? 1 : -1;
    let [total, sum] = [0, 0];
    this.#each(lattice, (distance, weight) => {
      total += weight;
      sum += weight * (gap + sign * distance);
    });
    return sum / total;
  }

  /** P(X ≥ x) for direction 1, P(X ≤ x) for -1. */
  #tail(x: number, oddsRatio: number, direction: number): number {
    const lattice = this.#lattice(oddsRatio);
    const { mode, step } = lattice;
    // Of broad laws the tail on the side of x where the mode is not.
    if (step > 1 && direction * (mode - x) > 0) return 1 - this.#tail(x - direction, oddsRatio, -direction);
    let [all, tail] = [0, 0];
    this.#each(lattice, (distance, weight) => {
      all += weight;
      if (direction * (distance - (x - mode)) >= 0) tail += weight;
    });
    return step > 1 ? this.#broadTail(x, lattice, direction) / (step * all) : tail / all;
  }

  #broadTail(x: number, lattice: Lattice, direction: number): number {
    const { mode, step } = lattice;
    const first = this.#weight(x - mode, lattice);
    let tail = 0;
    let weight = first;
    for (let k = x; weight >= vanishing && k >= this.low && k <= this.high; ) {
      tail += weight;
      k += direction * step;
      weight = this.#weight(k - mode, lattice);
    }
    const [slope, third] = this.#derivatives(x, Math.log(lattice.oddsRatio), direction);
    return step * tail + first * ((1 - step) / 2 - ((1 - step ** 2) / 12) * slope + ((1 - step ** 4) / 720) * third);
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
