/**
 * HDDM-W: exponentially weighted means before and after a cut, with McDiarmid's bound for weighted averages. Quick at abrupt
 * changes.
 *
 * [1] Frías-Blanco, del Campo-Ávila, Ramos-Jiménez, Morales-Bueno, Ortiz-Díaz, Caballero-Mota: Online and non-parametric
 *     drift detection methods based on Hoeffding's bounds. IEEE Transactions on Knowledge and Data Engineering 27 (2015).
 */
import { type BoundedOptions, bounded, checkHoeffding, hoeffdingOptions, scaled } from "./bounded.js";
import type { Detector, DetectorState, DetectorStatus } from "./detector.js";
import { type DetectorKind, kindOf } from "./method.js";
import { plainMemory } from "./saved.js";
import { type Direction, direction, type Variant, variant } from "./variant.js";

export interface HddmWOptions extends BoundedOptions {
  /** Default 0.001. */
  readonly driftConfidence?: number;
  /** Default 0.005. */
  readonly warningConfidence?: number;
  /** Weight of the newest value, in (0, 1]; default 0.05 (river's `lambda_val`). */
  readonly lambda?: number;
  /** Default `up`; river's `two_sided_test` is `both`. */
  readonly direction?: Direction;
  /** `river`: a weighted mean of exactly 0 begins anew with the next value; default `published`. */
  readonly variant?: Variant;
}

/** A weighted mean, and the sum of the squares of its weights (1 without values). */
interface Weighted {
  mean: number | null;
  squares: number;
}

interface Memory {
  values: number;
  readonly total: Weighted;
  /** Before and after the cut for rises, and that for falls. */
  riseBefore: Weighted;
  riseAfter: Weighted;
  fallBefore: Weighted;
  fallAfter: Weighted;
  /** Least upper bound of the mean, greatest lower bound; `null` before the first. */
  leastUpper: number | null;
  greatestLower: number | null;
  drifted: boolean;
}

const weightedNames = ["total", "riseBefore", "riseAfter", "fallBefore", "fallAfter"] as const;

export type HddmWState = DetectorState & Readonly<Memory>;

type Settings = Required<HddmWOptions>;

/**
 * Values from 0 to 1, or from `low` to `high`, of any law: the weighted mean since a cut is above, or below, that before it by
 * more than chance would have it.
 *
 * @throws TypeError, RangeError for options; `update` for values out of bounds
 * @see Frías-Blanco et al. (2015); oracle: river 0.21.2
 */
export function hddmW(options: HddmWOptions = {}): Detector<HddmWState> {
  return hddmWMethod.create(options);
}

const none = (): Weighted => ({ mean: null, squares: 1 });

const begin = (): Memory => ({
  values: 0,
  total: none(),
  riseBefore: none(),
  riseAfter: none(),
  fallBefore: none(),
  fallAfter: none(),
  leastUpper: null,
  greatestLower: null,
  drifted: false,
});

/** Means are from 0 to 1 but for roundings, and the bound of the least chance there is less than 20. */
const weightedBounds = { mean: [-1e-6, 1 + 1e-6], squares: [0, 1 + 1e-6] } as const;
const bounds = { leastUpper: [-1, 21], greatestLower: [-20, 2] } as const;

export const hddmWMethod: DetectorKind<HddmWState> = kindOf<Settings, Memory>({
  name: "hddmW",
  takes: "bounded",
  words: "The exponentially weighted mean of bounded values moves by more than McDiarmid's bound.",
  options: {
    ...hoeffdingOptions,
    lambda: { kind: "number", default: 0.05, least: 0, most: 1, open: "least", words: "weight of the newest value" },
    direction: direction("up"),
    variant,
    ...bounded,
  },
  check: (settings) => checkHoeffding("hddmW", settings),
  begin,
  save: copied,
  load(saved) {
    const like = begin();
    const means = weightedNames.map((name) => [
      name,
      plainMemory("hddmW", Object(saved[name]), none(), weightedBounds),
    ]);
    const { values, leastUpper, greatestLower, drifted } = like;
    return {
      ...like,
      ...plainMemory("hddmW", saved, { values, leastUpper, greatestLower, drifted }, bounds),
      ...Object.fromEntries(means),
    };
  },
  step,
});

function copied(memory: Memory): Memory {
  return { ...memory, ...Object.fromEntries(weightedNames.map((name) => [name, { ...memory[name] }])) };
}

function step(memory: Memory, given: number, settings: Settings): DetectorStatus {
  if (memory.drifted) Object.assign(memory, begin());
  const value = scaled(given, settings);
  const { driftConfidence, warningConfidence, direction } = settings;
  memory.values += 1;
  add(memory.total, value, settings);
  const mean = memory.total.mean!;
  const bound = boundOf(memory.total.squares, driftConfidence);
  if (memory.leastUpper === null || mean + bound < memory.leastUpper) {
    memory.leastUpper = mean + bound;
    memory.riseBefore = { ...memory.total };
    memory.riseAfter = none();
  } else add(memory.riseAfter, value, settings);
  if (memory.greatestLower === null || mean - bound > memory.greatestLower) {
    memory.greatestLower = mean - bound;
    memory.fallBefore = { ...memory.total };
    memory.fallAfter = none();
  } else add(memory.fallAfter, value, settings);
  memory.drifted = moved(memory, driftConfidence, direction);
  if (memory.drifted) return "drift";
  return moved(memory, warningConfidence, direction) ? "warning" : "stable";
}

function add(to: Weighted, value: number, { lambda, variant }: Settings): void {
  const begins = to.mean === null || (variant === "river" && to.mean === 0);
  to.mean = begins ? value : lambda * value + (1 - lambda) * to.mean!;
  to.squares = lambda * lambda + (1 - lambda) ** 2 * to.squares;
}

const boundOf = (squares: number, confidence: number) => Math.sqrt((squares * Math.log(1 / confidence)) / 2);

function moved(memory: Memory, confidence: number, direction: Direction): boolean {
  const up = direction !== "down" && exceeds(memory.riseBefore, memory.riseAfter, confidence);
  return up || (direction !== "up" && exceeds(memory.fallAfter, memory.fallBefore, confidence));
}

function exceeds(lower: Weighted, upper: Weighted, confidence: number): boolean {
  if (lower.mean === null || upper.mean === null) return false;
  return upper.mean - lower.mean > boundOf(lower.squares + upper.squares, confidence);
}
