/**
 * The EWMA chart: an exponentially weighted mean of standard scores against limits of its exact variance, which is less for
 * the first values.
 *
 * [1] Roberts: Control chart tests based on geometric moving averages. Technometrics 1 (1959).
 * [2] Lucas, Saccucci: Exponentially weighted moving average control schemes. Technometrics 32 (1990).
 */
import type { Detector, DetectorState, DetectorStatus } from "./detector.js";
import { ewmaLimit } from "./ewma-run-length.js";
import { type DetectorKind, type GivenOptions, kindOf } from "./method.js";
import { plainMemory } from "./saved.js";
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

export interface EwmaOptions extends StandardisingOptions {
  /** Weight of the newest value, in (0, 1]; small ones find small shifts; default 0.2. */
  readonly lambda?: number;
  /** Limits, in standard deviations of the weighted mean; default 3. */
  readonly limit?: number;
  /** In place of `limit`: values from one false alarm to the next, on average. */
  readonly falseAlarmEvery?: number;
}

interface Settings extends StandardisingSettings {
  readonly lambda: number;
  readonly limit: number;
  readonly falseAlarmEvery: number | null;
}

interface Memory extends Standard {
  /** Since the last drift. */
  values: number;
  /** Weighted mean of scores. */
  level: number;
  /** (1 − λ)^(2i) after i scores. */
  decay: number;
  drifted: boolean;
}

export type EwmaState = DetectorState & Readonly<Memory>;

/**
 * Normal scores, or numbers with their mean and standard deviation: drift where Z ← (1 − λ) Z + λ z is further from 0 than L
 * √(λ/(2 − λ) (1 − (1 − λ)^(2i))).
 *
 * @throws TypeError, RangeError for options; `update` for values that are not finite
 * @see Roberts (1959); oracle of run lengths: spc::xewma.arl with limits "vacl"
 */
export function ewma(options: EwmaOptions = {}): Detector<EwmaState> {
  return ewmaMethod.create(options);
}

const begin = (): Memory => ({ values: 0, ...beginStandard(), level: 0, decay: 1, drifted: false });

const bounds = { ...standardBounds, level: [-1e100, 1e100], decay: [0, 1] } as const;

export const ewmaMethod: DetectorKind<EwmaState> = kindOf<Settings, Memory>({
  name: "ewma",
  takes: "normal scores",
  words: "An exponentially weighted mean leaves its control limits.",
  options: {
    lambda: { kind: "number", default: 0.2, least: 0, most: 1, open: "least", words: "weight of the newest value" },
    limit: { kind: "number", default: 3, least: 0, most: 1e100, words: "standard deviations of the weighted mean" },
    ...calibrated,
    ...standardising,
  },
  settle,
  begin,
  save: (memory) => ({ ...memory }),
  load: (saved) => plainMemory("ewma", saved, begin(), bounds),
  step,
});

function settle(settings: Settings, given: GivenOptions): Settings {
  notBoth("ewma", given, "limit", "falseAlarmEvery");
  checkStandardising("ewma", settings, given);
  const { lambda, falseAlarmEvery } = settings;
  return falseAlarmEvery === null ? settings : { ...settings, limit: ewmaLimit("ewma", lambda, falseAlarmEvery) };
}

function step(memory: Memory, value: number, settings: Settings): DetectorStatus {
  if (memory.drifted) Object.assign(memory, begin());
  memory.values += 1;
  const score = standardised(memory, value, settings);
  if (score === null) return "stable";
  const { lambda, limit } = settings;
  const keep = 1 - lambda;
  memory.level = keep * memory.level + lambda * score;
  memory.decay *= keep * keep;
  memory.drifted = Math.abs(memory.level) > limit * Math.sqrt((lambda / (2 - lambda)) * (1 - memory.decay));
  return memory.drifted ? "drift" : "stable";
}
