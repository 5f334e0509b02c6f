/**
 * The test of Page and Hinkley: the sum of deviations less an allowance, against its least value so far; for falls, plus the
 * allowance, against its greatest.
 *
 * - With a running mean (as usual, and as river has it) sums are x − x̄ ∓ δ, and α < 1 fades what is old. Nobody knows its run length: measured
 *   ones are in docs/detectors.md. The mean follows a slow change, which then is not found.
 * - With a known mean, or one from a warm-up, it is the CUSUM: m − min m, with m = Σ (z − δ), is max(0, S + z − δ). It
 *   is computed in that form, since a sum over a long stream loses its digits, and can be calibrated.
 *
 * [1] Page: Continuous inspection schemes. Biometrika 41 (1954).
 * [2] Hinkley: Inference about the change-point from cumulative sum tests. Biometrika 58 (1971).
 * [3] Gama, Žliobaitė, Bifet, Pechenizkiy, Bouchachia: A survey on concept drift adaptation. ACM Computing Surveys 46 (2014).
 */
import { addScore, type Sums } from "./cusum.js";
import { cusumThreshold } from "./cusum-run-length.js";
import type { Detector, DetectorState, DetectorStatus } from "./detector.js";
import { type DetectorKind, type GivenOptions, kindOf } from "./method.js";
import { largestSum, plainMemory } from "./saved.js";
import {
  beginStandard,
  calibrated,
  checkStandardising,
  notBoth,
  type Standard,
  standardBounds,
  standardised,
  standardising,
} from "./standardised.js";
import { type Direction, direction } from "./variant.js";

export interface PageHinkleyOptions {
  /** λ: how far the sum may be from its least, or greatest; default 50. */
  readonly threshold?: number;
  /** In place of `threshold`, with a known mean (0 unless given): values from one false alarm to the next, on average. */
  readonly falseAlarmEvery?: number;
  /** Allowance; default 0.005, and half a standard deviation where the mean is known. */
  readonly delta?: number;
  /** Which part of a sum is kept with each value, with a running mean; default 0.9999. */
  readonly alpha?: number;
  /** Values before which nothing is found, with a running mean; default 30. */
  readonly minInstances?: number;
  /** Default `both`. */
  readonly direction?: Direction;
  /** Of values without a change; left out, and without `warmUp` and `falseAlarmEvery`: the running mean of what came. */
  readonly mean?: number;
  readonly standardDeviation?: number;
  /** Values from which mean and standard deviation are estimated; default 0. */
  readonly warmUp?: number;
}

interface Settings {
  readonly threshold: number;
  readonly falseAlarmEvery: number | null;
  readonly delta: number | null;
  readonly alpha: number | null;
  readonly minInstances: number | null;
  readonly direction: Direction;
  /** `null`: the running one. */
  readonly mean: number | null;
  readonly standardDeviation: number;
  readonly warmUp: number;
}

interface Memory extends Standard, Sums {
  /** Since the last drift. */
  values: number;
  /** Of `high`, the sum for rises: its least; of `low`, the sum for falls: its greatest. With a known mean both stay 0. */
  least: number;
  greatest: number;
  drifted: boolean;
}

export type PageHinkleyState = DetectorState & Readonly<Memory>;

/**
 * Numbers whose mean rises or falls: drift where a sum is further than the threshold from its least, or greatest. With a running
 * mean the same numbers as river's `drift.PageHinkley`.
 *
 * @throws TypeError, RangeError for options; `update` for values that are not finite
 * @see Page (1954), Hinkley (1971); oracles: river 0.21.2, and spc::xcusum.arl for run lengths
 */
export function pageHinkley(options: PageHinkleyOptions = {}): Detector<PageHinkleyState> {
  return pageHinkleyMethod.create(options);
}

const begin = (): Memory => ({ values: 0, ...beginStandard(), high: 0, low: 0, least: 0, greatest: 0, drifted: false });

const sum = [-largestSum, largestSum] as const;

const bounds = { ...standardBounds, high: sum, low: sum, least: sum, greatest: sum };

export const pageHinkleyMethod: DetectorKind<PageHinkleyState> = kindOf<Settings, Memory>({
  name: "pageHinkley",
  takes: "numbers",
  words: "The sum of deviations from the mean is far from its least or greatest.",
  options: {
    threshold: {
      kind: "number",
      default: 50,
      least: 0,
      most: 1e100,
      words: "how far a sum may be from its least or greatest",
    },
    ...calibrated,
    delta: {
      kind: "number",
      default: null,
      least: 0,
      most: 1e100,
      words: "allowance; 0.005, or 0.5 with a known mean",
    },
    alpha: {
      kind: "number",
      default: null,
      least: 0,
      most: 1,
      open: "least",
      words: "part of a sum that is kept; 0.9999",
    },
    minInstances: {
      kind: "whole number",
      default: null,
      least: 0,
      most: 1e9,
      words: "values before which nothing is found; 30",
    },
    direction: direction("both"),
    ...standardising,
    mean: { ...standardising.mean, default: null, words: "of values without a change; else the running one" },
  },
  check(settings) {
    const needed = isRunning(settings) ? (["delta", "alpha", "minInstances"] as const) : (["delta"] as const);
    const missing = needed.find((name) => settings[name] === null);
    if (missing !== undefined) throw new RangeError(`pageHinkley: ${missing} is needed, got null`);
  },
  settle,
  begin,
  save: (memory) => ({ ...memory }),
  load: (saved) => plainMemory("pageHinkley", saved, begin(), bounds),
  step,
});

const isRunning = ({ mean, warmUp }: Settings) => mean === null && warmUp === 0;

function settle(settings: Settings, given: GivenOptions): Settings {
  const caller = "pageHinkley";
  const has = (name: string) => given[name] !== undefined && given[name] !== null;
  notBoth(caller, given, "threshold", "falseAlarmEvery");
  const { falseAlarmEvery, warmUp, direction } = settings;
  const isKnown = falseAlarmEvery !== null || has("mean") || has("standardDeviation");
  if (!isKnown && warmUp === 0) {
    const { delta, alpha, minInstances } = settings;
    return { ...settings, delta: delta ?? 0.005, alpha: alpha ?? 0.9999, minInstances: minInstances ?? 30 };
  }
  const mean = settings.mean ?? (warmUp === 0 ? 0 : null);
  checkStandardising(caller, { ...settings, mean: mean ?? 0 }, given);
  const other = ["alpha", "minInstances"].find(has);
  if (other !== undefined) throw new RangeError(`${caller}: ${other} belongs to a running mean, and the mean is known`);
  const delta = settings.delta ?? 0.5;
  if (falseAlarmEvery === null) return { ...settings, mean, delta };
  if (delta > 10) throw new RangeError(`${caller}: falseAlarmEvery needs delta of at most 10, got ${delta}`);
  return { ...settings, mean, delta, threshold: cusumThreshold(caller, delta, direction, falseAlarmEvery) };
}

function step(memory: Memory, value: number, settings: Settings): DetectorStatus {
  if (memory.drifted) Object.assign(memory, begin());
  memory.values += 1;
  memory.drifted = isRunning(settings) ? isFar(memory, value, settings) : isAbove(memory, value, settings);
  return memory.drifted ? "drift" : "stable";
}

function isAbove(memory: Memory, value: number, settings: Settings): boolean {
  const { mean, standardDeviation, warmUp, delta, threshold, direction } = settings;
  const score = standardised(memory, value, { mean: mean ?? 0, standardDeviation, warmUp });
  return score !== null && addScore(memory, score, delta!, threshold, direction);
}

function isFar(memory: Memory, value: number, settings: Settings): boolean {
  const { threshold, minInstances, direction } = settings;
  const [delta, alpha] = [settings.delta!, settings.alpha!];
  memory.mean += (1 / memory.values) * (value - memory.mean);
  const deviation = value - memory.mean;
  memory.high = alpha * memory.high + deviation - delta;
  memory.low = alpha * memory.low + deviation + delta;
  if (memory.values === 1 || memory.high < memory.least) memory.least = memory.high;
  if (memory.values === 1 || memory.low > memory.greatest) memory.greatest = memory.low;
  if (memory.values < minInstances!) return false;
  const rises = direction !== "down" && memory.high - memory.least > threshold;
  return rises || (direction !== "up" && memory.greatest - memory.low > threshold);
}
