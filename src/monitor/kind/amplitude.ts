/**
 * Evidence for a template with its amplitude A unknown: the likelihood over that of pure noise is exp(A b - A² a / 2), with
 * b = s'Qz and a = s'Qs. The prior of A is the moment prior A² N(A; 0, τ²) [1], of A > 0 or of both signs, which vanishes at
 * 0, so that noise speaks against a drift faster than it would under a normal prior. With r² = 1 / (1 + τ² a) and u = b τ r
 *
 *     Bayes factor = 2 r³ ((1 + u²) Φ(u) + u φ(u)) exp(u² / 2)        both signs: r³ (1 + u²) exp(u² / 2)
 *
 * [1] Johnson & Rossell (2010), On the use of non-local prior densities in Bayesian hypothesis tests, JRSS B 72, 143-170.
 */
import { positivePart } from "./positive-part.js";

/** Shapes that are so many nats below the best add nothing that could be seen. */
const negligible = 40;

/** Shapes of one kind, with weights: their evidence in total, and the most likely one. */
export class Evidence {
  /** In exp(`#top`). */
  #sum = 0;
  #best = 0;
  #top = 0;
  #weights = 0;
  /** Of the most likely shape: its parameters, the mode of its amplitude's normal posterior, and what it takes from z'Qz. */
  shape: readonly number[] = [];
  amplitude = 0;
  explained = 0;
  /** 1 / τ², and its root. */
  readonly #precision: number;
  readonly #root: number;
  readonly #twoSided: boolean;

  constructor(tau: number, twoSided: boolean) {
    this.#root = 1 / tau;
    this.#precision = this.#root * this.#root;
    this.#twoSided = twoSided;
  }

  /** Of all shapes, weighted; -∞ when there is none. */
  get log(): number {
    return this.#sum > 0 ? this.#top + Math.log(this.#sum / this.#weights) : Number.NEGATIVE_INFINITY;
  }

  add(weight: number, b: number, a: number, p0: number, p1 = 0, p2 = 0, p3 = 0): void {
    this.#weights += weight;
    const variance = 1 / (this.#precision + a);
    const exponent = b > 0 || this.#twoSided ? (b * b * variance) / 2 : 0;
    if (exponent < this.#top - negligible) return;
    const sd = Math.sqrt(variance);
    const u = b * sd;
    const r = sd * this.#root;
    const factor = weight * r * r * r * (this.#twoSided ? 1 + u * u : positivePart(u));
    if (exponent > this.#top) {
      const shrink = Math.exp(this.#top - exponent);
      this.#sum *= shrink;
      this.#best *= shrink;
      this.#top = exponent;
    }
    const part = factor * Math.exp(exponent - this.#top);
    this.#sum += part;
    if (part <= this.#best) return;
    this.#best = part;
    this.shape = [p0, p1, p2, p3];
    this.amplitude = b * variance;
    this.explained = this.amplitude * (2 * b - this.amplitude * a);
  }
}
