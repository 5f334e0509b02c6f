/**
 * EDDM: the distance between two errors of a model that learns grows or stays; where mean and spread fall below a share of
 * their greatest, something changed. Meant for changes that come slowly.
 *
 * [1] Baena-García, del Campo-Ávila, Fidalgo, Bifet, Gavaldà, Morales-Bueno: Early drift detection method. 4th
 *     International Workshop on Knowledge Discovery from Data Streams (2006).
 */
import type { Detector, DetectorState, DetectorStatus } from "./detector.js";
import { type DetectorKind, kindOf } from "./method.js";
import { plainMemory, wrong } from "./saved.js";
import { type Variant, variant } from "./variant.js";

export interface EddmOptions {
  /** Values, and errors, before which nothing is found; default 30. */
  readonly warmStart?: number;
  /** Share of the greatest below which it warns; default 0.95. */
  readonly alpha?: number;
  /** Below which it is a drift; default 0.9. */
  readonly beta?: number;
  /** `river`: a warning stays when the distances reach a new greatest; default `published`. */
  readonly variant?: Variant;
}

interface Memory {
  /** Since the last drift. */
  values: number;
  errors: number;
  /** Which value was the last error. */
  lastError: number;
  /** Of the distances between errors. */
  mean: number;
  squares: number;
  /** Greatest mean + 2 standard deviations; `null` before the first. */
  greatest: number | null;
  warned: boolean;
  drifted: boolean;
}

export type EddmState = DetectorState & Readonly<Memory>;

/**
 * Errors of a model, 0 or 1: drift where (p′ + 2s′)/(p′ + 2s′)_max < β, p′ and s′ mean and standard deviation of the
 * distances between errors.
 *
 * @throws TypeError, RangeError for options; `update` for what is neither 0 nor 1
 * @see Baena-García et al. (2006); oracle: river 0.21.2
 */
export function eddm(options: EddmOptions = {}): Detector<EddmState> {
  return eddmMethod.create(options);
}

const begin = (): Memory => ({
  values: 0,
  errors: 0,
  lastError: 0,
  mean: 0,
  squares: 0,
  greatest: null,
  warned: false,
  drifted: false,
});

/** Distances are at most 2^53, and squares of so many of them less than 1e50. */
const bounds = { mean: [0, 2 ** 53], squares: [0, 1e50], greatest: [0, 1e50] } as const;

export const eddmMethod: DetectorKind<EddmState> = kindOf<Required<EddmOptions>, Memory>({
  name: "eddm",
  takes: "errors",
  words: "The distances between a model's errors fall below a share of their greatest.",
  options: {
    warmStart: {
      kind: "whole number",
      default: 30,
      least: 1,
      most: 1e9,
      words: "values and errors before which nothing is found",
    },
    alpha: { kind: "number", default: 0.95, least: 0, most: 1, words: "share of the greatest below which it warns" },
    beta: { kind: "number", default: 0.9, least: 0, most: 1, words: "share of the greatest below which it is a drift" },
    variant,
  },
  check({ alpha, beta }) {
    if (alpha < beta) throw new RangeError(`eddm: alpha must be at least beta, got ${alpha} and ${beta}`);
  },
  begin,
  save: (memory) => ({ ...memory }),
  load(saved) {
    const memory = plainMemory("eddm", saved, begin(), bounds);
    if (memory.errors > memory.values) throw wrong("eddm", "errors", memory.errors);
    if (memory.lastError > memory.values) throw wrong("eddm", "lastError", memory.lastError);
    return memory;
  },
  step,
});

function step(memory: Memory, value: number, settings: Required<EddmOptions>): DetectorStatus {
  if (memory.drifted) Object.assign(memory, begin());
  memory.values += 1;
  if (value === 1) error(memory, settings);
  if (memory.drifted) return "drift";
  return memory.warned ? "warning" : "stable";
}

function error(memory: Memory, { warmStart, alpha, beta, variant }: Required<EddmOptions>): void {
  const { values } = memory;
  const distance = values - memory.lastError;
  memory.errors += 1;
  memory.lastError = values;
  const before = memory.mean;
  memory.mean += (1 / memory.errors) * (distance - before);
  memory.squares += (distance - before) * (distance - memory.mean);
  if (values <= warmStart) return;
  const deviation = memory.errors > 1 ? Math.sqrt(memory.squares / (memory.errors - 1)) : 0;
  const reached = memory.mean + 2 * deviation;
  if (memory.greatest === null || reached > memory.greatest) {
    memory.greatest = reached;
    if (variant === "published") memory.warned = false;
  } else if (memory.errors > warmStart) {
    const level = reached / memory.greatest;
    memory.drifted = level < beta;
    memory.warned = level < alpha;
  }
}
