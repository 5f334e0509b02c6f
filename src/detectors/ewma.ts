/**
 * The EWMA chart: an exponentially weighted mean of standard scores against limits of its exact variance, which is less for
 * the first values.
 *
 * [1] Roberts: Control chart tests based on geometric moving averages. Technometrics 1 (1959).
 * [2] Lucas, Saccucci: Exponentially weighted moving average control schemes. Technometrics 32 (1990).
 */
import { type ChartMemory, type ChartOptions, type ChartSettings, chartOf } from "./chart.js";
import type { Detector, DetectorState } from "./detector.js";
import { ewmaLimit } from "./ewma-run-length.js";
import type { DetectorKind } from "./method.js";
import { calibrated, standardising } from "./standardised.js";

export interface EwmaOptions extends ChartOptions {
  /** Weight of the newest value, in (0, 1]; small ones find small shifts; default 0.2. */
  readonly lambda?: number;
  /** Limits, in standard deviations of the weighted mean; default 3. */
  readonly limit?: number;
}

interface Settings extends ChartSettings {
  readonly lambda: number;
  readonly limit: number;
}

interface Mean {
  /** Weighted mean of scores. */
  level: number;
  /** (1 − λ)^(2i) after i scores. */
  decay: number;
}

export type EwmaState = DetectorState & Readonly<ChartMemory & Mean>;

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

export const ewmaMethod: DetectorKind<EwmaState> = chartOf<Settings, Mean>({
  name: "ewma",
  words: "An exponentially weighted mean leaves its control limits.",
  options: {
    lambda: { kind: "number", default: 0.2, least: 0, most: 1, open: "least", words: "weight of the newest value" },
    limit: { kind: "number", default: 3, least: 0, most: 1e100, words: "standard deviations of the weighted mean" },
    ...calibrated,
    ...standardising,
  },
  threshold: "limit",
  calibrate: ({ lambda }, falseAlarmEvery) => ewmaLimit("ewma", lambda, falseAlarmEvery),
  begin: () => ({ level: 0, decay: 1 }),
  bounds: { level: [-1e100, 1e100], decay: [0, 1] },
  drifts(memory, score, { lambda, limit }) {
    const keep = 1 - lambda;
    memory.level = keep * memory.level + lambda * score;
    memory.decay *= keep * keep;
    return Math.abs(memory.level) > limit * Math.sqrt((lambda / (2 - lambda)) * (1 - memory.decay));
  },
});
