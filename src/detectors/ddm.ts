/**
 * DDM: the error rate of a model that learns falls or stays; where it rises well above its least, something changed.
 *
 * [1] Gama, Medas, Castillo, Rodrigues: Learning with drift detection. SBIA (2004).
 */
import type { Detector, DetectorState, DetectorStatus } from "./detector.js";
import { type DetectorKind, kindOf } from "./method.js";
import { plainMemory, wrong } from "./saved.js";

export interface DdmOptions {
  /** Values before which nothing is found; default 30. */
  readonly warmStart?: number;
  /** Standard deviations above the least error rate; default 2. */
  readonly warningThreshold?: number;
  /** Default 3. */
  readonly driftThreshold?: number;
}

interface Memory {
  /** Since the last drift. */
  values: number;
  /** Share of errors. */
  rate: number;
  /** Rate and standard deviation where their sum was least; `null` until `warmStart` is over. */
  leastRate: number | null;
  leastDeviation: number | null;
  drifted: boolean;
}

export type DdmState = DetectorState & Readonly<Memory>;

/**
 * Errors of a model, 0 or 1: drift where p + s > p_min + 3 s_min, p the share of errors and s = √(p(1 − p)/n).
 *
 * A model without any error while it warms up has p_min = s_min = 0, and its first error is a drift: as published. The
 * same numbers as river's `drift.binary.DDM`.
 *
 * @throws TypeError, RangeError for options; `update` for what is neither 0 nor 1
 * @see Gama et al. (2004); oracle: river 0.21.2
 */
export function ddm(options: DdmOptions = {}): Detector<DdmState> {
  return ddmMethod.create(options);
}

const begin = (): Memory => ({ values: 0, rate: 0, leastRate: null, leastDeviation: null, drifted: false });

const share = [0, 1] as const;

export const ddmMethod: DetectorKind<DdmState> = kindOf<Required<DdmOptions>, Memory>({
  name: "ddm",
  takes: "errors",
  words: "The share of a model's errors rises above its least by so many standard deviations.",
  options: {
    warmStart: {
      kind: "whole number",
      default: 30,
      least: 1,
      most: 1e9,
      words: "values before which nothing is found",
    },
    warningThreshold: { kind: "number", default: 2, least: 0, most: 1e3, words: "standard deviations that warn" },
    driftThreshold: { kind: "number", default: 3, least: 0, most: 1e3, words: "standard deviations that are a drift" },
  },
  begin,
  save: (memory) => ({ ...memory }),
  load(saved) {
    const memory = plainMemory("ddm", saved, begin(), { rate: share, leastRate: share, leastDeviation: share });
    if ((memory.leastRate === null) !== (memory.leastDeviation === null))
      throw wrong("ddm", "leastRate", saved.leastRate);
    return memory;
  },
  step,
});

function step(memory: Memory, value: number, settings: Required<DdmOptions>): DetectorStatus {
  if (memory.drifted) Object.assign(memory, begin());
  memory.values += 1;
  memory.rate += (1 / memory.values) * (value - memory.rate);
  const { values, rate } = memory;
  if (values <= settings.warmStart) return "stable";
  const deviation = Math.sqrt((rate * (1 - rate)) / values);
  if (memory.leastRate === null || rate + deviation <= memory.leastRate + memory.leastDeviation!) {
    memory.leastRate = rate;
    memory.leastDeviation = deviation;
  }
  const above = (times: number) => rate + deviation > memory.leastRate! + times * memory.leastDeviation!;
  memory.drifted = above(settings.driftThreshold);
  if (memory.drifted) return "drift";
  return above(settings.warningThreshold) ? "warning" : "stable";
}
