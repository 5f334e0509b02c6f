/**
 * The tabular CUSUM: sums of standard scores above and below an allowance, that begin anew at 0. Of all charts with the same
 * interval between false alarms it finds a lasting shift by 2k standard deviations soonest [2].
 *
 * [1] Page: Continuous inspection schemes. Biometrika 41 (1954).
 * [2] Moustakides: Optimal stopping times for detecting changes in distributions. Annals of Statistics 14 (1986).
 * [3] Montgomery: Introduction to statistical quality control. Wiley (2013), chapter 9.
 */
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
  type StandardisingOptions,
  type StandardisingSettings,
  standardBounds,
  standardised,
  standardising,
} from "./standardised.js";
import { type Direction, direction } from "./variant.js";

export interface CusumOptions extends StandardisingOptions {
  /** Allowance, in standard deviations: half of the shift to find; default 0.5. */
  readonly k?: number;
  /** Threshold, in standard deviations; default 5. */
  readonly h?: number;
  /** In place of `h`: values from one false alarm to the next, on average. */
  readonly falseAlarmEvery?: number;
  /** Default `both`. */
  readonly direction?: Direction;
}

export interface CusumSettings extends StandardisingSettings {
  readonly k: number;
  readonly h: number;
  readonly falseAlarmEvery: number | null;
  readonly direction: Direction;
}

/** Sums above and below. */
export interface Sums {
  high: number;
  low: number;
}

interface Memory extends Standard, Sums {
  /** Since the last drift. */
  values: number;
  drifted: boolean;
}

export type CusumState = DetectorState & Readonly<Memory>;

/**
 * Normal scores, or numbers with their mean and standard deviation: drift where S⁺ ← max(0, S⁺ + z − k) or S⁻ ← max(0, S⁻ − z − k)
 * is above h.
 *
 * @throws TypeError, RangeError for options; `update` for values that are not finite
 * @see Page (1954); oracle of run lengths: spc::xcusum.arl
 */
export function cusum(options: CusumOptions = {}): Detector<CusumState> {
  return cusumMethod.create(options);
}

const begin = (): Memory => ({ values: 0, ...beginStandard(), high: 0, low: 0, drifted: false });

const sum = [0, largestSum] as const;

const bounds = { ...standardBounds, high: sum, low: sum };

export const cusumMethod: DetectorKind<CusumState> = kindOf<CusumSettings, Memory>({
  name: "cusum",
  takes: "normal scores",
  words: "Sums of what values are above or below their mean by more than an allowance.",
  options: {
    k: {
      kind: "number",
      default: 0.5,
      least: 0,
      most: 10,
      words: "allowance in standard deviations, half of the shift to find",
    },
    h: { kind: "number", default: 5, least: 0, most: 1e100, words: "threshold in standard deviations" },
    ...calibrated,
    direction: direction("both"),
    ...standardising,
  },
  settle,
  begin,
  save: (memory) => ({ ...memory }),
  load: (saved) => plainMemory("cusum", saved, begin(), bounds),
  step,
});

function settle(settings: CusumSettings, given: GivenOptions): CusumSettings {
  notBoth("cusum", given, "h", "falseAlarmEvery");
  checkStandardising("cusum", settings, given);
  const { k, direction, falseAlarmEvery } = settings;
  if (falseAlarmEvery === null) return settings;
  return { ...settings, h: cusumThreshold("cusum", k, direction, falseAlarmEvery) };
}

function step(memory: Memory, value: number, settings: CusumSettings): DetectorStatus {
  if (memory.drifted) Object.assign(memory, begin());
  memory.values += 1;
  const score = standardised(memory, value, settings);
  if (score === null) return "stable";
  memory.drifted = addScore(memory, score, settings.k, settings.h, settings.direction);
  return memory.drifted ? "drift" : "stable";
}

/** Adds a standard score, and tells whether a sum is above the threshold. */
export function addScore(sums: Sums, score: number, k: number, h: number, direction: Direction): boolean {
  sums.high = Math.max(0, sums.high + score - k);
  sums.low = Math.max(0, sums.low - score - k);
  return (direction !== "down" && sums.high > h) || (direction !== "up" && sums.low > h);
}
