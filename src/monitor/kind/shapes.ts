/**
 * Templates of drift that happens once: steps, ramps, and stretches that are over. All begin at a scored window. Their priors
 * are uniform in the onset and go with 1 / √length, between one that is uniform in width or duration and one that is so in
 * its logarithm; long ones are looked at on a grid of lengths.
 *
 * Where each window was also compared with the one a period ago, these scores see the change of a template over a period,
 * times √½, because both windows are as small; a periodic drift has none.
 */
import type { Evidence } from "./amplitude.js";
import type { Noise } from "./noise.js";

/** Scores of windows against those a period ago. */
export interface Seasonal {
  readonly noise: Noise;
  readonly period: number;
}

/** What is faster counts as a step. */
const leastWidth = 6;
/** Lengths up to this are all looked at. */
const allLengths = 16;
/** So are all that a stretch may have that ended so many windows ago. */
const recentEnds = 8;

/** From a length to the next one. */
const stepOf = (length: number) => (length < allLengths ? 1 : Math.floor(length / 8));

const priorOf = (length: number) => 1 / Math.sqrt(length);

/** Lengths from `least` to `most`, with weights: as many as each stands for, times their prior. */
export function lengths(least: number, most: number): readonly (readonly [length: number, weight: number])[] {
  const found: [number, number][] = [];
  for (let length = least; length <= most; ) {
    const step = stepOf(length);
    found.push([length, step * priorOf(length)]);
    length += step;
  }
  return found;
}

export function addSteps(noise: Noise, seasonal: Seasonal | null, evidence: Evidence): void {
  const n = noise.scores.length;
  for (let onset = noise.next[0]!; onset < n; onset = noise.next[onset + 1]!) {
    noise.stretch(onset, n);
    if (seasonal !== null) {
      const { noise: other, period } = seasonal;
      other.begin();
      other.piece(onset, onset + period, 1, 0);
      other.piece(onset + period, n, 0, 0);
    }
    add(noise, seasonal, evidence, 1, onset, 0);
  }
}

export function addRamps(noise: Noise, seasonal: Seasonal | null, evidence: Evidence): void {
  const n = noise.scores.length;
  for (const [width, weight] of lengths(leastWidth, n)) {
    const stride = strideOf(width);
    for (let onset = noise.next[0]!; onset < n - 2; onset = noise.next[onset + stride] ?? n) {
      addRamp(noise, seasonal, evidence, weight * stride, onset, width);
    }
  }
}

/** Onsets of wide ramps lie so many windows apart. */
const strideOf = (width: number) => Math.max(1, Math.floor(width / 6));

function addRamp(
  noise: Noise,
  seasonal: Seasonal | null,
  evidence: Evidence,
  weight: number,
  onset: number,
  width: number,
) {
  const n = noise.scores.length;
  noise.begin();
  noise.piece(onset, onset + width, 1 / width, 1 / width);
  noise.piece(onset + width, n, 1, 0);
  if (seasonal !== null) {
    const { noise: other, period } = seasonal;
    const low = Math.min(width, period);
    const high = Math.max(width, period);
    other.begin();
    other.piece(onset, onset + low, 1 / width, 1 / width);
    other.piece(onset + low, onset + high, low / width, 0);
    other.piece(onset + high, onset + width + period, (low - 1) / width, -1 / width);
    other.piece(onset + width + period, n, 0, 0);
  }
  add(noise, seasonal, evidence, weight, onset, width);
}

export function addStretches(noise: Noise, seasonal: Seasonal | null, evidence: Evidence): void {
  const n = noise.scores.length;
  const last = noise.previous[n]!;
  // On the grid alone a long stretch that has just ended would be a step as good.
  const recent = last - recentEnds;
  for (const [duration, weight] of lengths(1, n - 1)) {
    const latest = duration < allLengths ? last : recent;
    for (let onset = noise.next[0]!; onset + duration <= latest; onset = noise.next[onset + 1]!) {
      addStretch(noise, seasonal, evidence, weight, onset, duration);
    }
  }
  for (let onset = noise.next[0]!; onset + allLengths <= last; onset = noise.next[onset + 1]!) {
    for (let end = Math.max(onset + allLengths, recent + 1); end <= last; end++) {
      addStretch(noise, seasonal, evidence, priorOf(end - onset), onset, end - onset);
    }
  }
}

function addStretch(
  noise: Noise,
  seasonal: Seasonal | null,
  evidence: Evidence,
  weight: number,
  onset: number,
  duration: number,
) {
  const end = onset + duration;
  noise.stretch(onset, end);
  if (seasonal !== null) {
    const { noise: other, period } = seasonal;
    const low = Math.min(end, onset + period);
    const high = Math.max(end, onset + period);
    other.begin();
    other.piece(onset, low, 1, 0);
    other.piece(low, high, 0, 0);
    other.piece(high, end + period, 1, 0);
    other.piece(end + period, noise.scores.length, 0, 0);
  }
  add(noise, seasonal, evidence, weight, onset, duration);
}

/** Ramps that lie between the one that was most likely and its neighbours on the grid. */
export function addRampsNear(
  noise: Noise,
  seasonal: Seasonal | null,
  evidence: Evidence,
  onset: number,
  width: number,
): void {
  const n = noise.scores.length;
  const reach = strideOf(width);
  const step = stepOf(width);
  for (let w = Math.max(leastWidth, width - step); w <= width + step; w++)
    for (let s = noise.next[Math.max(0, onset - reach)]!; s < n - 2 && s <= onset + reach; s = noise.next[s + 1]!)
      addRamp(noise, seasonal, evidence, priorOf(w), s, w);
}

/** Stretches that lie between the one that was most likely and its neighbours on the grid. */
export function addStretchesNear(
  noise: Noise,
  seasonal: Seasonal | null,
  evidence: Evidence,
  onset: number,
  duration: number,
): void {
  const last = noise.previous[noise.scores.length]!;
  const step = stepOf(duration);
  for (let d = Math.max(1, duration - step); d <= duration + step; d++)
    for (let s = noise.next[Math.max(0, onset - step)]!; s + d <= last && s <= onset + step; s = noise.next[s + 1]!)
      addStretch(noise, seasonal, evidence, priorOf(d), s, d);
}

function add(
  noise: Noise,
  seasonal: Seasonal | null,
  evidence: Evidence,
  weight: number,
  onset: number,
  length: number,
) {
  const b = noise.projection + (seasonal === null ? 0 : seasonal.noise.projection * Math.SQRT1_2);
  const a = noise.size + (seasonal === null ? 0 : seasonal.noise.size / 2);
  evidence.add(weight, b, a, onset, length);
}
