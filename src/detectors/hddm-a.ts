/**
 * HDDM-A: the mean of all values against the mean of those before a cut, with Hoeffding's bound for averages. The cut is where
 * the mean and its bound were least, for rises, and greatest, for falls.
 *
 * [1] Frías-Blanco, del Campo-Ávila, Ramos-Jiménez, Morales-Bueno, Ortiz-Díaz, Caballero-Mota: Online and non-parametric
 *     drift detection methods based on Hoeffding's bounds. IEEE Transactions on Knowledge and Data Engineering 27 (2015).
 */
import { type BoundedOptions, bounded, checkHoeffding, hoeffdingOptions, scaled } from "./bounded.js";
import type { Detector, DetectorState, DetectorStatus } from "./detector.js";
import { type DetectorKind, kindOf } from "./method.js";
import { plainMemory, wrong } from "./saved.js";
import { type Direction, direction } from "./variant.js";

export interface HddmAOptions extends BoundedOptions {
  /** Chance of a false alarm at one value, by Hoeffding's bound; default 0.001. */
  readonly driftConfidence?: number;
  /** Default 0.005. */
  readonly warningConfidence?: number;
  /** Default `up`; river's `two_sided_test` is `both`. */
  readonly direction?: Direction;
}

interface Memory {
  /** Since the last drift, and their mean, from 0 to 1. */
  values: number;
  mean: number;
  /** Up to the cut before which the mean was least. */
  leastValues: number;
  leastMean: number;
  /** And greatest. */
  greatestValues: number;
  greatestMean: number;
  drifted: boolean;
}

export type HddmAState = DetectorState & Readonly<Memory>;

type Settings = Required<HddmAOptions>;

/**
 * Values from 0 to 1, or from `low` to `high`, of any law: the mean rose or fell by more than chance would have it.
 *
 * The same numbers as river's `drift.binary.HDDM_A`.
 *
 * @throws TypeError, RangeError for options; `update` for values out of bounds
 * @see Frías-Blanco et al. (2015); oracle: river 0.21.2
 */
export function hddmA(options: HddmAOptions = {}): Detector<HddmAState> {
  return hddmAMethod.create(options);
}

const begin = (): Memory => ({
  values: 0,
  mean: 0,
  leastValues: 0,
  leastMean: 0,
  greatestValues: 0,
  greatestMean: 0,
  drifted: false,
});

const share = [0, 1] as const;

export const hddmAMethod: DetectorKind<HddmAState> = kindOf<Settings, Memory>({
  name: "hddmA",
  takes: "bounded",
  words: "The mean of bounded values moves by more than Hoeffding's bound.",
  options: { ...hoeffdingOptions, direction: direction("up"), ...bounded },
  check: (settings) => checkHoeffding("hddmA", settings),
  begin,
  save: (memory) => ({ ...memory }),
  load(saved) {
    const memory = plainMemory("hddmA", saved, begin(), { mean: share, leastMean: share, greatestMean: share });
    for (const cut of ["leastValues", "greatestValues"] as const) {
      if (memory[cut] > memory.values || (memory[cut] === 0) !== (memory.values === 0))
        throw wrong("hddmA", cut, memory[cut]);
    }
    return memory;
  },
  step,
});

function step(memory: Memory, value: number, settings: Settings): DetectorStatus {
  if (memory.drifted) Object.assign(memory, begin());
  memory.values += 1;
  memory.mean += (1 / memory.values) * (scaled(value, settings) - memory.mean);
  moveCuts(memory, settings.driftConfidence);
  const { driftConfidence, warningConfidence } = settings;
  memory.drifted = moved(memory, driftConfidence, settings.direction);
  if (memory.drifted) return "drift";
  return moved(memory, warningConfidence, settings.direction) ? "warning" : "stable";
}

function moveCuts(memory: Memory, confidence: number): void {
  const { values, mean } = memory;
  const bound = (n: number) => Math.sqrt((1 / (2 * n)) * Math.log(1 / confidence));
  const own = bound(values);
  if (memory.leastValues === 0 || memory.leastMean + bound(memory.leastValues) >= mean + own) {
    memory.leastValues = values;
    memory.leastMean = mean;
  }
  if (memory.greatestValues === 0 || memory.greatestMean - bound(memory.greatestValues) <= mean - own) {
    memory.greatestValues = values;
    memory.greatestMean = mean;
  }
}

function moved(memory: Memory, confidence: number, direction: Direction): boolean {
  const { values, mean } = memory;
  const up = direction !== "down" && exceeds(memory.leastValues, values, confidence, mean - memory.leastMean);
  return up || (direction !== "up" && exceeds(memory.greatestValues, values, confidence, memory.greatestMean - mean));
}

function exceeds(cut: number, values: number, confidence: number, difference: number): boolean {
  if (cut === values) return false;
  const share = ((values - cut) / cut) * (1 / values);
  return difference >= Math.sqrt((share / 2) * Math.log(2 / confidence));
}
