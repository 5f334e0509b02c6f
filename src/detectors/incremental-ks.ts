/**
 * The Kolmogorov-Smirnov distance of a sliding window from a reference, exact after every value in O(log n).
 *
 * [1] dos Reis, Flach, Matwin, Batista: Fast unsupervised online drift detection using incremental Kolmogorov-Smirnov
 *     test. KDD (2016).
 */
import { criticalGap } from "./critical-gap.js";
import type { Detector, DetectorState, DetectorStatus } from "./detector.js";
import { type DetectorKind, type GivenOptions, kindOf } from "./method.js";
import { PrefixTree } from "./prefix-tree.js";
import { plainMemory, savedNumbers } from "./saved.js";

export interface IncrementalKsOptions {
  /** Values that the window slides over; default 100. */
  readonly windowSize?: number;
  /** `fixed`: the reference stays. `previous`: it slides too, over the values before the window. Default `fixed`. */
  readonly against?: "fixed" | "previous";
  /** A fixed reference; left out, the first `referenceSize` values are. */
  readonly reference?: ArrayLike<number>;
  /** Default: as many as the window. */
  readonly referenceSize?: number;
  /** Level of the test at each value; default 0.001. */
  readonly alpha?: number;
}

interface Settings {
  readonly windowSize: number;
  readonly against: "fixed" | "previous";
  readonly referenceSize: number;
  readonly alpha: number;
}

/** Values in the order in which they came. */
interface Ring {
  readonly values: Float64Array;
  held: number;
  next: number;
}

interface Memory {
  values: number;
  readonly reference: Ring;
  readonly window: Ring;
  tree: PrefixTree;
  readonly critical: number;
  /** D; `null` until both sides are full. */
  statistic: number | null;
  drifted: boolean;
}

interface Saved {
  readonly values: number;
  /** The oldest first. */
  readonly reference: readonly number[];
  readonly window: readonly number[];
  readonly statistic: number | null;
  readonly drifted: boolean;
}

export type IncrementalKsState = DetectorState & Saved;

/**
 * Numbers of any law: drift where D of window and reference has a p-value of at most alpha (exact up to some thousand values a
 * side; under ties it is too large). After a drift the window begins anew; `previous` takes it for the reference.
 *
 * `state().statistic` is D.
 *
 * @throws TypeError, RangeError for options; `update` for values that are not finite
 * @see dos Reis et al. (2016); oracle: ksTest at every value
 */
export function incrementalKs(options: IncrementalKsOptions = {}): Detector<IncrementalKsState> {
  return incrementalKsMethod.create(options);
}

const name = "incrementalKs";

export const incrementalKsMethod: DetectorKind<IncrementalKsState> = kindOf<Settings, Saved, Memory>({
  name,
  takes: "numbers",
  words: "The distribution of a sliding window differs from that of a reference.",
  options: {
    windowSize: {
      kind: "whole number",
      default: 100,
      least: 2,
      most: 1e6,
      words: "values that the window slides over",
    },
    against: {
      kind: "one of",
      default: "fixed",
      values: ["fixed", "previous"],
      words: "whether the reference stays or slides",
    },
    reference: { kind: "numbers", default: null, words: "a fixed reference, in place of the first values" },
    referenceSize: {
      kind: "whole number",
      default: null,
      least: 2,
      most: 1e6,
      words: "values of the reference; as many as the window",
    },
    alpha: {
      kind: "number",
      default: 0.001,
      least: 0,
      most: 1,
      open: "both",
      words: "level of the test at each value",
    },
  },
  settle(settings, { reference, referenceSize }) {
    const values = (reference ?? null) as ArrayLike<number> | null;
    if (values === null) return { ...settings, referenceSize: settings.referenceSize ?? settings.windowSize };
    if (settings.against === "previous")
      throw new RangeError(`${name}: a reference that is given stays; against must be "fixed"`);
    if (referenceSize !== undefined) throw new RangeError(`${name}: reference and referenceSize exclude each other`);
    if (values.length >= 2 && values.length <= 1e6) return { ...settings, referenceSize: values.length };
    throw new RangeError(`${name}: reference must hold 2 to 1000000 values, got ${values.length}`);
  },
  begin(settings, { reference }) {
    const memory = memoryOf(settings);
    for (const value of Array.from((reference ?? []) as ArrayLike<number>)) enter(memory, value, true);
    return memory;
  },
  step,
  save: ({ values, reference, window, statistic, drifted }) => {
    return { values, reference: ordered(reference), window: ordered(window), statistic, drifted };
  },
  load(saved, settings) {
    const memory = memoryOf(settings);
    for (const value of savedNumbers(name, saved, "reference", settings.referenceSize)) enter(memory, value, true);
    for (const value of savedNumbers(name, saved, "window", settings.windowSize)) enter(memory, value, false);
    return Object.assign(
      memory,
      plainMemory(name, saved as GivenOptions, { values: 0, statistic: null, drifted: false }, { statistic: [0, 1] }),
    );
  },
});

function memoryOf({ referenceSize, windowSize, alpha }: Settings): Memory {
  const critical = criticalGap(referenceSize, windowSize, alpha);
  if (critical === null) {
    throw new RangeError(`${name}: ${referenceSize} and ${windowSize} values can never differ at level ${alpha}`);
  }
  const tree = new PrefixTree(referenceSize, windowSize);
  return {
    values: 0,
    reference: ring(referenceSize),
    window: ring(windowSize),
    tree,
    critical,
    statistic: null,
    drifted: false,
  };
}

function step(memory: Memory, value: number, { against }: Settings): DetectorStatus {
  const { reference, window } = memory;
  if (memory.drifted) beginAnew(memory, against);
  memory.values += 1;
  const referenceComesFirst = against === "fixed" && reference.held < reference.values.length;
  const left = enter(memory, value, referenceComesFirst);
  if (left !== null && against === "previous") enter(memory, left, true);
  if (reference.held < reference.values.length || window.held < window.values.length) return "stable";
  const { gap } = memory.tree;
  memory.statistic = gap / (reference.held * window.held);
  memory.drifted = gap >= memory.critical;
  return memory.drifted ? "drift" : "stable";
}

function beginAnew(memory: Memory, against: "fixed" | "previous"): void {
  const latest = ordered(memory.window);
  for (const value of latest) memory.tree.change(value, false, -1);
  memory.window.held = 0;
  memory.window.next = 0;
  memory.statistic = null;
  memory.drifted = false;
  if (against === "fixed") return;
  for (const value of ordered(memory.reference)) memory.tree.change(value, true, -1);
  memory.reference.held = 0;
  memory.reference.next = 0;
  for (const value of latest) enter(memory, value, true);
}

/** Adds a value to a side, and returns the one that leaves it. */
function enter(memory: Memory, value: number, isReference: boolean): number | null {
  const side = isReference ? memory.reference : memory.window;
  const { values, next } = side;
  const left = side.held === values.length ? values[next]! : null;
  if (left !== null) memory.tree.change(left, isReference, -1);
  else side.held += 1;
  memory.tree.change(value, isReference, 1);
  values[next] = value;
  side.next = next + 1 === values.length ? 0 : next + 1;
  return left;
}

const ring = (size: number): Ring => ({ values: new Float64Array(size), held: 0, next: 0 });

function ordered({ values, held, next }: Ring): number[] {
  return held < values.length
    ? Array.from(values.subarray(0, held))
    : [...values.subarray(next), ...values.subarray(0, next)];
}
