/**
 * KSWIN: the latest values against as many that are drawn from those before, with a Kolmogorov-Smirnov test at every value.
 *
 * [1] Raab, Heusinger, Schleif: Reactive soft prototype computing for concept drift streams. Neurocomputing 416 (2020).
 */
import { criticalGap } from "./critical-gap.js";
import type { Detector, DetectorState, DetectorStatus } from "./detector.js";
import { mark, nextUniform, seeded, type Words } from "./draws.js";
import { type DetectorKind, type GivenOptions, kindOf, type NotKept } from "./method.js";
import { plainMemory, savedNumbers, wrong } from "./saved.js";
import { type Variant, variant } from "./variant.js";

export interface KswinOptions {
  /** Level of each test; default 0.005. */
  readonly alpha?: number;
  /** Values that are kept; default 100. */
  readonly windowSize?: number;
  /** The latest, and as many of those before; default 30. */
  readonly statSize?: number;
  /** Of the draws; default 0. */
  readonly seed?: number;
  /** In place of the seed: numbers from [0, 1). It is no part of the state, and given to `restoreDetector` again. */
  readonly random?: () => number;
  /**
   * `river`: after a drift nothing is kept and draws begin anew, and D must be above 0.1 too. Default `published`: the latest
   * values are kept.
   */
  readonly variant?: Variant;
}

interface Settings {
  readonly alpha: number;
  readonly windowSize: number;
  readonly statSize: number;
  readonly seed: number;
  readonly variant: Variant;
}

interface Memory {
  values: number;
  /** The latest values in a ring: the oldest at `values` modulo its length, once it is full. */
  readonly ring: Float64Array;
  /** Values in the ring, and where the next one goes. */
  held: number;
  next: number;
  words: Words;
  readonly random: (() => number) | null;
  /** D of the latest test; 0 before. */
  statistic: number;
  drifted: boolean;
  /** Steps of the walk, D times `statSize`, from which on it is a drift. */
  readonly critical: number;
  readonly marks: Uint8Array;
  readonly drawn: Float64Array;
  readonly latest: Float64Array;
}

interface Saved {
  readonly values: number;
  /** The values kept, the oldest first. */
  readonly window: readonly number[];
  /** Of the generator; `null` where one was given. */
  readonly words: readonly number[] | null;
  readonly statistic: number;
  readonly drifted: boolean;
}

export type KswinState = DetectorState & Saved;

/**
 * Numbers of any law: drift where the latest differ from earlier ones at level alpha, by the exact test.
 *
 * @throws TypeError, RangeError for options; `update` for values that are not finite
 * @see Raab et al. (2020); oracle: river 0.21.2 with our draws
 */
export function kswin(options: KswinOptions = {}): Detector<KswinState> {
  return kswinMethod.create(options);
}

export const kswinMethod: DetectorKind<KswinState> = kindOf<Settings, Saved, Memory>({
  name: "kswin",
  takes: "numbers",
  words: "The latest values differ from ones drawn from those before.",
  options: {
    alpha: { kind: "number", default: 0.005, least: 0, most: 1, open: "both", words: "level of each test" },
    windowSize: { kind: "whole number", default: 100, least: 2, most: 1e6, words: "values that are kept" },
    statSize: {
      kind: "whole number",
      default: 30,
      least: 1,
      most: 1e5,
      words: "latest values, and as many of those before",
    },
    seed: { kind: "whole number", default: 0, least: 0, most: Number.MAX_SAFE_INTEGER, words: "of the draws" },
    random: { kind: "function", default: null, words: "numbers from 0 up to, and without, 1, in place of the seed" },
    variant,
  },
  check({ windowSize, statSize }) {
    if (windowSize >= 2 * statSize) return;
    throw new RangeError(`kswin: windowSize must be at least twice statSize, got ${windowSize} and ${statSize}`);
  },
  begin: (settings, given) => memoryOf(settings, given as NotKept),
  step,
  save,
  load,
});

function memoryOf({ windowSize, statSize, alpha, seed }: Settings, { random }: NotKept): Memory {
  const critical = criticalGap(statSize, statSize, alpha, statSize);
  if (critical === null)
    throw new RangeError(`kswin: ${statSize} values can never differ at level ${alpha}; statSize must be greater`);
  return {
    values: 0,
    ring: new Float64Array(windowSize),
    held: 0,
    next: 0,
    words: seeded(seed),
    random: random ?? null,
    statistic: 0,
    drifted: false,
    critical: critical / statSize,
    marks: new Uint8Array(windowSize - statSize),
    drawn: new Float64Array(statSize),
    latest: new Float64Array(statSize),
  };
}

function step(memory: Memory, value: number, settings: Settings): DetectorStatus {
  const { windowSize, statSize, seed, variant } = settings;
  if (memory.drifted && variant === "river") {
    Object.assign(memory, { values: 0, held: 0, next: 0, statistic: 0, words: seeded(seed) });
  }
  memory.drifted = false;
  memory.values += 1;
  push(memory, value, windowSize);
  if (memory.held < windowSize) return "stable";
  const steps = largestGap(memory, settings);
  memory.statistic = steps / statSize;
  memory.drifted = steps >= memory.critical && (variant === "published" || memory.statistic > 0.1);
  if (!memory.drifted) return "stable";
  keepLatest(memory, statSize);
  return "drift";
}

function push(memory: Memory, value: number, windowSize: number): void {
  memory.ring[memory.next] = value;
  memory.next = memory.next + 1 === windowSize ? 0 : memory.next + 1;
  if (memory.held < windowSize) memory.held += 1;
}

/** Only of a full ring. */
function keepLatest(memory: Memory, count: number): void {
  const ordered = orderedWindow(memory).slice(-count);
  memory.ring.set(ordered);
  memory.held = count;
  memory.next = count % memory.ring.length;
}

function orderedWindow({ ring, held, next }: Memory): number[] {
  return held < ring.length ? Array.from(ring.subarray(0, held)) : [...ring.subarray(next), ...ring.subarray(0, next)];
}

/** D times the size, of the latest values and those drawn. */
function largestGap(memory: Memory, { windowSize, statSize }: Settings): number {
  const { ring, next, marks, drawn, latest, words } = memory;
  mark(marks, statSize, memory.random ?? (() => nextUniform(words)), "kswin");
  let count = 0;
  for (let k = 0; k < marks.length; k++) {
    if (marks[k] === 1) drawn[count++] = ring[(next + k) % windowSize]!;
  }
  for (let k = 0; k < statSize; k++) latest[k] = ring[(next + marks.length + k) % windowSize]!;
  drawn.sort();
  latest.sort();
  let [i, j, most] = [0, 0, 0];
  while (i < statSize && j < statSize) {
    const value = Math.min(drawn[i]!, latest[j]!);
    while (i < statSize && drawn[i]! <= value) i++;
    while (j < statSize && latest[j]! <= value) j++;
    most = Math.max(most, Math.abs(i - j));
  }
  return most;
}

function save(memory: Memory): Saved {
  const { values, words, random, statistic, drifted } = memory;
  return { values, window: orderedWindow(memory), words: random ? null : [...words], statistic, drifted };
}

function load(saved: GivenOptions, settings: Settings, notKept: NotKept): Memory {
  const fields = plainMemory("kswin", saved, { values: 0, statistic: 0, drifted: false }, { statistic: [0, 1] });
  const window = savedNumbers("kswin", saved, "window", settings.windowSize);
  if (saved.words === null && !notKept.random) {
    throw new TypeError(
      "restoreDetector: kswin: random was given, and is needed again: restoreDetector(state, { random })",
    );
  }
  const memory = memoryOf(settings, notKept);
  if (saved.words !== null) {
    const words = savedNumbers("kswin", saved, "words", 4);
    if (words.length !== 4 || words.some((word) => word >>> 0 !== word)) throw wrong("kswin", "words", saved.words);
    memory.words = words as Words;
  }
  for (const value of window) push(memory, value, settings.windowSize);
  return Object.assign(memory, fields);
}
