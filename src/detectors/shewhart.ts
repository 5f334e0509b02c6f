/**
 * Shewhart's chart of single values: limits so many standard deviations from the mean. Remembers nothing, and finds large shifts
 * at once.
 *
 * [1] Shewhart: Economic control of quality of manufactured product. Van Nostrand (1931).
 */
import { normal } from "../distributions/normal.js";
import { type ChartMemory, type ChartOptions, type ChartSettings, chartOf } from "./chart.js";
import type { Detector, DetectorState } from "./detector.js";
import type { DetectorKind } from "./method.js";
import { checkOption } from "./options.js";
import { calibrated, standardising } from "./standardised.js";
import { type Direction, direction as directionRule } from "./variant.js";

export interface ShewhartOptions extends ChartOptions {
  /** In standard deviations; default 3. */
  readonly limit?: number;
  /** Default `both`. */
  readonly direction?: Direction;
}

export interface ShewhartRunLengthOptions {
  readonly limit: number;
  /** Of the mean, in standard deviations; default 0. */
  readonly shift?: number;
  readonly direction?: Direction;
}

interface Settings extends ChartSettings {
  readonly limit: number;
  readonly direction: Direction;
}

interface Latest {
  /** Score of the latest value; `null` while values are estimated from. */
  score: number | null;
}

export type ShewhartState = DetectorState & Readonly<ChartMemory & Latest>;

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

export const shewhartMethod: DetectorKind<ShewhartState> = chartOf<Settings, Latest>({
  name: "shewhart",
  words: "A single value leaves its control limits.",
  options: {
    limit: { kind: "number", default: 3, least: 0, most: 1e100, words: "standard deviations" },
    ...calibrated,
    direction: directionRule("both"),
    ...standardising,
  },
  threshold: "limit",
  calibrate,
  begin: () => ({ score: null }),
  bounds: { score: [-1e100, 1e100] },
  drifts(memory, score, { direction, limit }) {
    memory.score = score;
    return (direction !== "down" && score > limit) || (direction !== "up" && -score > limit);
  },
});

function calibrate({ direction }: Settings, falseAlarmEvery: number): number {
  if (direction === "both") return normal.upperQuantile(1 / (2 * falseAlarmEvery));
  if (falseAlarmEvery > 2) return normal.upperQuantile(1 / falseAlarmEvery);
  throw new RangeError(`shewhart: falseAlarmEvery in one direction must be above 2, got ${falseAlarmEvery}`);
}
