/**
 * Templates of drift that comes and goes: raised cosines, and square waves that are on for a quarter, a half or three quarters
 * of a period; from the first window on, or from a later one. A rhythm needs three periods. Scores and the noise's sums are
 * folded once a period, so that a template costs what one period has, not what the history has.
 */
import type { Evidence } from "./amplitude.js";
import type { Noise } from "./noise.js";

const leastPeriod = 3;
const leastCycles = 3;
/** Phases of a period that are looked at; all where there are fewer. */
const phasesOfCosines = 8;
const phasesOfSquares = 12;
const duties = [0.25, 0.5, 0.75];

const stepOf = (period: number, n: number) => Math.max(1, Math.floor((period * period) / (4 * n)));

/** Periods that a history of `n` windows may show, so dense that a rhythm between two of them stays in step to its end. */
export function periodsWithin(n: number): readonly number[] {
  const found: number[] = [];
  for (let period = leastPeriod; period * leastCycles <= n; ) {
    found.push(period);
    period += stepOf(period, n);
  }
  return found;
}

/** Value at window `t`, from `begin` on: a raised cosine (`on` 0) that is highest at `phase`, or 1 for `on` windows from `phase` on. */
export function rhythmAt(t: number, period: number, phase: number, on: number, begin: number): number {
  const place = (t - phase + period) % period;
  if (t < begin) return 0;
  return on === 0 ? (1 + Math.cos((2 * Math.PI * place) / period)) / 2 : place < on ? 1 : 0;
}

export function addRhythms(noise: Noise, periods: readonly number[], evidence: Evidence): void {
  const n = noise.scores.length;
  const folded = new Folded(Math.max(0, ...periods));
  for (const period of periods) {
    const begins = [0, Math.floor(n / 3)].filter((begin) => begin === 0 || n - begin >= leastCycles * period);
    const ons = new Set(duties.map((duty) => Math.max(1, Math.min(period - 1, Math.round(duty * period)))));
    for (let j = 0; j < period; j++) folded.cosine[j] = (1 + Math.cos((2 * Math.PI * j) / period)) / 2;
    for (const begin of begins) {
      folded.fold(noise, period, begin);
      // Half of the prior is on cosines, half on squares.
      const weight = 1 / period / begins.length;
      addCosines(folded, evidence, weight);
      for (const on of ons) addSquares(folded, on, evidence, weight / ons.size);
    }
  }
}

/** A history's sums by place in the period, in arrays that are used again for every period. */
class Folded {
  period = 0;
  begin = 0;
  /** By place: Q times the scores, row sums of Q, and what ties it to the place before. */
  readonly v: Float64Array;
  readonly r: Float64Array;
  readonly m: Float64Array;
  /** The first two from place 0 on, over two periods. */
  readonly sumV: Float64Array;
  readonly sumR: Float64Array;
  readonly cosine: Float64Array;
  /** Pairs of places, and what ties them, where the scored window before is not the window before. */
  apart: (readonly [place: number, before: number, m: number])[] = [];
  /** Place of the first scored window, and what ties it to the one before, where the template is 0. */
  first = 0;
  firstM = 0;
  /** Of the noise. */
  shrink = 0;
  pull = 0;

  constructor(longest: number) {
    const zeros = (size: number) => new Float64Array(size);
    [this.v, this.r, this.m, this.cosine] = [zeros(longest), zeros(longest), zeros(longest), zeros(longest)];
    [this.sumV, this.sumR] = [zeros(2 * longest + 1), zeros(2 * longest + 1)];
  }

  fold(noise: Noise, period: number, begin: number): void {
    const { v, r, m, sumV, sumR } = this;
    const n = noise.scores.length;
    const start = noise.next[begin]!;
    this.period = period;
    this.begin = begin;
    this.apart = [];
    this.first = start % period;
    this.firstM = noise.m[start]!;
    this.shrink = noise.shrink;
    this.pull = noise.pull;
    v.fill(0, 0, period);
    r.fill(0, 0, period);
    m.fill(0, 0, period);
    for (let t = start, place = start % period; t < n; t++, place = place + 1 === period ? 0 : place + 1) {
      v[place]! += noise.v[t]!;
      r[place]! += noise.r[t]!;
      const tie = noise.m[t]!;
      if (tie === 0 || t === start) continue;
      const before = noise.previous[t]!;
      if (before === t - 1) m[place]! += tie;
      else this.apart.push([place, before % period, tie]);
    }
    for (let j = 0, place = 0; j < 2 * period; j++, place = place + 1 === period ? 0 : place + 1) {
      sumV[j + 1] = sumV[j]! + v[place]!;
      sumR[j + 1] = sumR[j]! + r[place]!;
    }
  }
}

function addCosines(folded: Folded, evidence: Evidence, weight: number): void {
  const { period, begin, v, r, m, cosine, apart, first, firstM, shrink, pull } = folded;
  const stride = Math.max(1, Math.floor(period / phasesOfCosines));
  const share = weight / Math.ceil(period / stride);
  const heightAt = (place: number, phase: number) => cosine[place < phase ? place - phase + period : place - phase]!;
  for (let phase = 0; phase < period; phase += stride) {
    let b = 0;
    let w = 0;
    let a = firstM * heightAt(first, phase) ** 2;
    let before = cosine[period - 1]!;
    for (let j = 0, place = phase; j < period; j++, place = place + 1 === period ? 0 : place + 1) {
      const value = cosine[j]!;
      const change = value - before;
      b += v[place]! * value;
      w += r[place]! * value;
      a += r[place]! * value * value + m[place]! * change * change;
      before = value;
    }
    for (const [place, earlier, tie] of apart) a += tie * (heightAt(place, phase) - heightAt(earlier, phase)) ** 2;
    evidence.add(share, b - w * pull, a - w * w * shrink, period, phase, 0, begin);
  }
}

function addSquares(folded: Folded, on: number, evidence: Evidence, weight: number): void {
  const { period, begin, m, sumV, sumR, apart, first, firstM, shrink, pull } = folded;
  const stride = Math.max(1, Math.floor(period / phasesOfSquares));
  const share = weight / Math.ceil(period / stride);
  const heightAt = (place: number, phase: number) =>
    (place < phase ? place - phase + period : place - phase) < on ? 1 : 0;
  for (let phase = 0; phase < period; phase += stride) {
    const b = sumV[phase + on]! - sumV[phase]!;
    const w = sumR[phase + on]! - sumR[phase]!;
    let a = w + m[phase]! + m[(phase + on) % period]!;
    if (firstM !== 0) a += firstM * heightAt(first, phase);
    for (const [place, earlier, tie] of apart) a += tie * (heightAt(place, phase) - heightAt(earlier, phase)) ** 2;
    evidence.add(share, b - w * pull, a - w * w * shrink, period, phase, on, begin);
  }
}

/**
 * Rhythms near the one that was most likely: other periods, where they are not given, and phases between it and its neighbours
 * on the grid, and then where it may begin.
 */
export function addRhythmsNear(
  noise: Noise,
  periodsGiven: boolean,
  evidence: Evidence,
  shape: readonly number[],
): void {
  const n = noise.scores.length;
  const [period, phase, on, begin] = shape as [number, number, number, number];
  const reach = Math.max(1, Math.floor(period / (on === 0 ? phasesOfCosines : phasesOfSquares)));
  const step = periodsGiven ? 0 : stepOf(period, n) - 1;
  const look = (p: number, f: number, b: number) => {
    noise.template((t) => rhythmAt(t, p, f, on, b));
    evidence.add(1, noise.projection, noise.size, p, f, on, b);
  };
  for (let p = Math.max(period - step, on + 1, 2); p <= period + step; p++)
    for (let f = phase - reach; f <= phase + reach; f++) look(p, (f + p) % p, begin);
  const [bestPeriod, bestPhase] = evidence.shape as [number, number];
  for (let b = 0; b === 0 || n - b >= leastCycles * bestPeriod; b++) look(bestPeriod, bestPhase, b);
}
