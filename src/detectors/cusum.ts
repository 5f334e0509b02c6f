/**
 * The tabular CUSUM: sums of standard scores above and below an allowance, that begin anew at 0. Of all charts with the same
 * interval between false alarms it finds a lasting shift by 2k standard deviations soonest [2].
 *
 * [1] Page: Continuous inspection schemes. Biometrika 41 (1954).
 * [2] Moustakides: Optimal stopping times for detecting changes in distributions. Annals of Statistics 14 (1986).
 * [3] Montgomery: Introduction to statistical quality control. Wiley (2013), chapter 9.
 */
import { type ChartMemory, type ChartOptions, type ChartSettings, chartOf } from "./chart.js";
import { cusumThreshold } from "./cusum-run-length.js";
import type { Detector, DetectorState } from "./detector.js";
import type { DetectorKind } from "./method.js";
import { largestSum } from "./saved.js";
import { calibrated, standardising } from "./standardised.js";
import { type Direction, direction } from "./variant.js";

export interface CusumOptions extends ChartOptions {
  /** Allowance, in standard deviations: half of the shift to find; default 0.5. */
  readonly k?: number;
  /** Threshold, in standard deviations; default 5. */
  readonly h?: number;
  /** Default `both`. */
  readonly direction?: Direction;
}

export interface CusumSettings extends ChartSettings {
  readonly k: number;
  readonly h: number;
  readonly direction: Direction;
}

/** Sums above and below. */
export interface Sums {
  high: number;
  low: number;
}

export type CusumState = DetectorState & Readonly<ChartMemory & Sums>;

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

const sum = [0, largestSum] as const;

export const cusumMethod: DetectorKind<CusumState> = chartOf<CusumSettings, Sums>({
  name: "cusum",
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
  threshold: "h",
  calibrate: ({ k, direction }, falseAlarmEvery) => cusumThreshold("cusum", k, direction, falseAlarmEvery),
  begin: () => ({ high: 0, low: 0 }),
  bounds: { high: sum, low: sum },
  drifts: (sums, score, { k, h, direction }) => addScore(sums, score, k, h, direction),
});

/** Adds a standard score, and tells whether a sum is above the threshold. */
export function addScore(sums: Sums, score: number, k: number, h: number, direction: Direction): boolean {
  sums.high = Math.max(0, sums.high + score - k);
  sums.low = Math.max(0, sums.low - score - k);
  return (direction !== "down" && sums.high > h) || (direction !== "up" && sums.low > h);
}
