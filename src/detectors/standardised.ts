/**
 * Values as standard scores: with mean and standard deviation that are known, or estimated from the first values. Thresholds
 * that were computed for known ones have other run lengths with estimated ones: docs/detectors.md tells which.
 */
import { largestSquares } from "./saved.js";

export interface StandardisingOptions {
  /** Of values without a change; default 0 and 1: scores Φ⁻¹(1 − p), as of windows. */
  readonly mean?: number;
  readonly standardDeviation?: number;
  /** Values from which both are estimated, in place of giving them; nothing is found until then, and anew after each drift. Default 0: known. */
  readonly warmUp?: number;
}

export type StandardisingSettings = Required<StandardisingOptions>;

export const standardising = {
  mean: { kind: "number", default: 0, least: -1e100, most: 1e100, words: "of values without a change" },
  standardDeviation: {
    kind: "number",
    default: 1,
    least: 0,
    most: 1e100,
    open: "least",
    words: "of values without a change",
  },
  warmUp: {
    kind: "whole number",
    default: 0,
    least: 0,
    most: 1e9,
    words: "values from which mean and standard deviation are estimated",
  },
} as const;

export const calibrated = {
  falseAlarmEvery: {
    kind: "number",
    default: null,
    least: 1,
    most: 1e9,
    open: "least",
    words:
      "values from one false alarm to the next, on average, on independent normal values; the threshold is computed for it",
  },
} as const;

/** What is known of values without a change. */
export interface Standard {
  /** Values that were estimated from. */
  warmed: number;
  /** Mean of values, and sum of their squared deviations. */
  mean: number;
  squares: number;
}

export const beginStandard = (): Standard => ({ warmed: 0, mean: 0, squares: 0 });

/** Of a state's. */
export const standardBounds = { mean: [-1e100, 1e100], squares: [0, largestSquares] } as const;

/** @throws RangeError where mean or standard deviation are both given and estimated */
export function checkStandardising(
  caller: string,
  settings: StandardisingSettings,
  given: { readonly [option: string]: unknown },
): void {
  const { warmUp } = settings;
  if (warmUp === 0) return;
  if (warmUp === 1) throw new RangeError(`${caller}: warmUp must be 0, or at least 2 values, got 1`);
  const both = ["mean", "standardDeviation"].find((name) => given[name] !== undefined && given[name] !== null);
  if (both !== undefined) throw new RangeError(`${caller}: warmUp estimates the ${both}, which is given too`);
}

/** @throws RangeError for two options that exclude each other */
export function notBoth(
  caller: string,
  given: { readonly [option: string]: unknown },
  one: string,
  other: string,
): void {
  const has = (name: string) => given[name] !== undefined && given[name] !== null;
  if (has(one) && has(other)) throw new RangeError(`${caller}: ${one} and ${other} exclude each other`);
}

/**
 * The standard score of a value, up to 1e100 either way; `null` while values are estimated from, which goes on until two of
 * them differ.
 */
export function standardised(memory: Standard, value: number, settings: StandardisingSettings): number | null {
  if (settings.warmUp === 0) return score(value, settings.mean, settings.standardDeviation);
  if (memory.warmed >= settings.warmUp) {
    const variance = memory.squares / (memory.warmed - 1);
    if (variance > 0) return score(value, memory.mean, Math.sqrt(variance));
  }
  memory.warmed += 1;
  const before = memory.mean;
  memory.mean += (value - before) / memory.warmed;
  memory.squares += (value - before) * (value - memory.mean);
  return null;
}

function score(value: number, mean: number, standardDeviation: number): number {
  return Math.max(-1e100, Math.min(1e100, (value - mean) / standardDeviation));
}
