/**
 * Shewhart's chart of single values: limits so many standard deviations from the mean. Remembers nothing, and finds large shifts
 * at once.
 *
 * [1] Shewhart: Economic control of quality of manufactured product. Van Nostrand (1931).
 */
import { normal } from "../distributions/normal.js";
import type { Detector, DetectorState, DetectorStatus } from "./detector.js";
import { type DetectorKind, type GivenOptions, kindOf } from "./method.js";
import { checkOption } from "./options.js";
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
import { type Direction, direction as directionRule } from "./variant.js";

export interface ShewhartOptions extends StandardisingOptions {
  /** In standard deviations; default 3. */
  readonly limit?: number;
  /** In place of `limit`: values from one false alarm to the next, on average. */
  readonly falseAlarmEvery?: number;
  /** Default `both`. */
  readonly direction?: Direction;
}

export interface ShewhartRunLengthOptions {
  readonly limit: number;
  /** Of the mean, in standard deviations; default 0. */
  readonly shift?: number;
  readonly direction?: Direction;
}

interface Settings extends StandardisingSettings {
  readonly limit: number;
  readonly falseAlarmEvery: number | null;
  readonly direction: Direction;
}

interface Memory extends Standard {
  /** Since the last drift. */
  values: number;
  /** Score of the latest value; `null` while values are estimated from. */
  score: number | null;
  drifted: boolean;
}

export type ShewhartState = DetectorState & Readonly<Memory>;

/**
 * Normal scores, or numbers with their mean and standard deviation: drift where one is further from 0 than the limit.
 *
 * @throws TypeError, RangeError for options; `update` for values that are not finite
 */
export function shewhart(options: ShewhartOptions = {}): Detector<ShewhartState> {
  return shewhartMethod.create(options);
}

/**
 * Values until Shewhart's chart signals, on average: one over the chance of a value beyond its limits.
 *
 * @throws RangeError for a limit outside of (0, 37] and a shift beyond 10 either way
 */
export function shewhartRunLength(options: ShewhartRunLengthOptions): number {
  const { limit, shift = 0, direction = "both" } = options;
  const given = { limit, shift, direction };
  for (const [name, rule] of Object.entries(rules))
    checkOption("shewhartRunLength", name, given[name as keyof typeof given], rule);
  const up = direction === "down" ? 0 : normal.sf(limit - shift);
  const down = direction === "up" ? 0 : normal.sf(limit + shift);
  return Math.min(Number.MAX_VALUE, 1 / (up + down));
}

const rules = {
  limit: { kind: "number", default: null, least: 0, most: 37, open: "least", words: "standard deviations" },
  shift: { kind: "number", default: 0, least: -10, most: 10, words: "of the mean, in standard deviations" },
  direction: directionRule("both"),
} as const;

const begin = (): Memory => ({ values: 0, ...beginStandard(), score: null, drifted: false });

const bounds = { ...standardBounds, score: [-1e100, 1e100] } as const;

export const shewhartMethod: DetectorKind<ShewhartState> = kindOf<Settings, Memory>({
  name: "shewhart",
  takes: "normal scores",
  words: "A single value leaves its control limits.",
  options: {
    limit: { kind: "number", default: 3, least: 0, most: 1e100, words: "standard deviations" },
    ...calibrated,
    direction: directionRule("both"),
    ...standardising,
  },
  settle,
  begin,
  save: (memory) => ({ ...memory }),
  load: (saved) => plainMemory("shewhart", saved, begin(), bounds),
  step,
});

function settle(settings: Settings, given: GivenOptions): Settings {
  notBoth("shewhart", given, "limit", "falseAlarmEvery");
  checkStandardising("shewhart", settings, given);
  const { direction, falseAlarmEvery } = settings;
  if (falseAlarmEvery === null) return settings;
  if (direction === "both") return { ...settings, limit: normal.upperQuantile(1 / (2 * falseAlarmEvery)) };
  if (falseAlarmEvery > 2) return { ...settings, limit: normal.upperQuantile(1 / falseAlarmEvery) };
  throw new RangeError(`shewhart: falseAlarmEvery in one direction must be above 2, got ${falseAlarmEvery}`);
}

function step(memory: Memory, value: number, settings: Settings): DetectorStatus {
  if (memory.drifted) Object.assign(memory, begin());
  memory.values += 1;
  memory.score = standardised(memory, value, settings);
  if (memory.score === null) return "stable";
  const { direction, limit } = settings;
  memory.drifted = (direction !== "down" && memory.score > limit) || (direction !== "up" && -memory.score > limit);
  return memory.drifted ? "drift" : "stable";
}
