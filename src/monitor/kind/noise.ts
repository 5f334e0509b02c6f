/**
 * Noise of scores: AR(1) with unit variance and correlation φ^k between windows k apart, so that windows without a score
 * leave nothing to be filled in. Its inverse covariance Q is tridiagonal, and for a template s
 *
 *     s'Qs = Σ r(t) s(t)² + Σ m(t) (s(t) - s(t'))²      s'Qz = Σ v(t) s(t),  v = Qz
 *
 * with t' the scored window before t, ρ = φ^(t - t'), m = ρ / (1 - ρ²) and r the row sums of Q. Sums from the first window
 * on, of these and of their products with t, give both for a straight piece of a template without looking at its windows.
 *
 * Scores of one reference share its chance: a level c ~ N(0, σ₀²) that all windows have in common. It takes the rank-one
 * part (Q1)(Q1)' / (1 / σ₀² + 1'Q1) from Q, and so (1'Qs)² and (1'Qs)(1'Qz) times that factor from the two.
 */

/** A history's scores, `NaN` where there is none, and what they are under one φ and one standard deviation of the noise. */
export class Noise {
  readonly scores: Float64Array;
  /** Q times the scores, row sums of Q, and what ties each scored window to the one before. */
  readonly v: Float64Array;
  readonly r: Float64Array;
  readonly m: Float64Array;
  /** By window: the first scored one from it on (`scores.length` after the last), the last scored one before it (-1 before the first). */
  readonly next: Int32Array;
  readonly previous: Int32Array;
  /** Windows with a score. */
  readonly known: number;
  /** z'Qz, and the logarithm of the likelihood of pure noise but for a constant. */
  readonly energy: number;
  readonly logLikelihood: number;
  readonly #v0: Float64Array;
  readonly #v1: Float64Array;
  readonly #r0: Float64Array;
  readonly #r1: Float64Array;
  readonly #r2: Float64Array;
  readonly #m2: Float64Array;
  /** 1 / (1 / σ₀² + 1'Q1), and that times 1'Qz. */
  readonly shrink: number;
  readonly pull: number;
  /** Of the template since `begin`, without a common level: s'Qz, s'Qs, 1'Qs, and its value at the last scored window. */
  #projection = 0;
  #size = 0;
  #weight = 0;
  #last = 0;

  /** @param level  standard deviation σ₀ of what all scores share */
  constructor(scores: Float64Array, phi: number, sd: number, level: number) {
    const n = scores.length;
    this.scores = scores;
    const zeros = () => new Float64Array(n + 1);
    [this.v, this.r, this.m] = [zeros(), zeros(), zeros()];
    [this.#v0, this.#v1, this.#r0, this.#r1, this.#r2, this.#m2] = [
      zeros(),
      zeros(),
      zeros(),
      zeros(),
      zeros(),
      zeros(),
    ];
    this.next = new Int32Array(n + 1).fill(n);
    this.previous = new Int32Array(n + 1).fill(-1);
    const { v, r, m, next, previous } = this;
    const precision = 1 / (sd * sd);
    let logDeterminant = 0;
    for (let t = 0, before = -1; t < n; t++) {
      previous[t] = before;
      const z = scores[t]!;
      if (Number.isNaN(z)) continue;
      r[t] = precision;
      logDeterminant += 2 * Math.log(sd);
      if (before >= 0) {
        const rho = phi ** (t - before);
        m[t] = (precision * rho) / (1 - rho * rho);
        r[t] = precision / (1 + rho);
        r[before]! -= (precision * rho) / (1 + rho);
        const pull = m[t]! * (z - scores[before]!);
        v[t]! += pull;
        v[before]! -= pull;
        logDeterminant += Math.log1p(-rho * rho);
      }
      before = t;
      previous[n] = t;
    }
    let known = 0;
    let energy = 0;
    for (let t = n - 1; t >= 0; t--) {
      const z = scores[t]!;
      next[t] = Number.isNaN(z) ? next[t + 1]! : t;
      if (Number.isNaN(z)) continue;
      known++;
      v[t]! += r[t]! * z;
      energy += v[t]! * z;
    }
    for (let t = 0; t < n; t++) {
      const gap = next[t] === t ? t - Math.max(previous[t]!, 0) : 0;
      this.#v0[t + 1] = this.#v0[t]! + v[t]!;
      this.#v1[t + 1] = this.#v1[t]! + v[t]! * t;
      this.#r0[t + 1] = this.#r0[t]! + r[t]!;
      this.#r1[t + 1] = this.#r1[t]! + r[t]! * t;
      this.#r2[t + 1] = this.#r2[t]! + r[t]! * t * t;
      this.#m2[t + 1] = this.#m2[t]! + m[t]! * gap * gap;
    }
    this.known = known;
    const total = this.#r0[n]!;
    this.shrink = (level * level) / (1 + level * level * total);
    this.pull = this.#v0[n]! * this.shrink;
    this.energy = energy - this.#v0[n]! * this.pull;
    this.logLikelihood = -(this.energy + logDeterminant + Math.log1p(level * level * total)) / 2;
  }

  /** s'Qz. */
  get projection(): number {
    return this.#projection - this.#weight * this.pull;
  }

  /** s'Qs. */
  get size(): number {
    return this.#size - this.#weight * this.#weight * this.shrink;
  }

  /** Begins a template, which is 0 until its first piece. */
  begin(): void {
    this.#projection = 0;
    this.#size = 0;
    this.#weight = 0;
    this.#last = 0;
  }

  /** The template is `level` at window `from`, and grows by `slope` a window until before window `to`. */
  piece(from: number, to: number, level: number, slope: number): void {
    const end = Math.min(to, this.scores.length);
    if (from >= end) return;
    const first = this.next[from]!;
    if (first >= end) return;
    const at0 = level - slope * from;
    const jump = at0 + slope * first - this.#last;
    this.#size +=
      this.m[first]! * jump * jump +
      at0 * at0 * (this.#r0[end]! - this.#r0[from]!) +
      2 * at0 * slope * (this.#r1[end]! - this.#r1[from]!) +
      slope * slope * (this.#r2[end]! - this.#r2[from]! + this.#m2[end]! - this.#m2[first + 1]!);
    this.#projection += at0 * (this.#v0[end]! - this.#v0[from]!) + slope * (this.#v1[end]! - this.#v1[from]!);
    this.#weight += at0 * (this.#r0[end]! - this.#r0[from]!) + slope * (this.#r1[end]! - this.#r1[from]!);
    this.#last = at0 + slope * this.previous[end]!;
  }

  /** The template is 1 from the scored window `from` until before `to`, else 0: the same as two pieces. */
  stretch(from: number, to: number): void {
    this.#projection = this.#v0[to]! - this.#v0[from]!;
    this.#weight = this.#r0[to]! - this.#r0[from]!;
    this.#size = this.#weight + this.m[from]! + this.m[this.next[to]!]!;
  }

  /** Any template, at the cost of looking at every window. */
  template(valueAt: (t: number) => number): void {
    this.begin();
    const { next, v, r, m } = this;
    for (let t = next[0]!; t < this.scores.length; t = next[t + 1]!) {
      const value = valueAt(t);
      this.#projection += v[t]! * value;
      this.#weight += r[t]! * value;
      this.#size += r[t]! * value * value + m[t]! * (value - this.#last) ** 2;
      this.#last = value;
    }
  }
}
