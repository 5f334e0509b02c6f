/**
 * ADWIN: a window of the latest values that is as long as their mean stays the same. It is kept as buckets of 2^k values, some of each
 * size, so that n values take O(log n); wherever the means before and after a border differ by more than chance would
 * have it, the oldest bucket is dropped.
 *
 * Bucket rows, newest and smallest first. Within a row the oldest bucket is first:
 *
 *     row 0   1 1 1        sums and sums of squared deviations of the buckets
 *     row 1   2 2
 *     row 2   4 4 4 4
 *
 * [1] Bifet, Gavaldà: Learning from time-changing data with adaptive windowing. SIAM International Conference on Data
 *     Mining (2007).
 * [2] Babcock, Datar, Motwani, O'Callaghan: Maintaining variance and k-medians over data stream windows. PODS (2003).
 */
import { cutIsFound } from "./adwin-cut.js";
import { addUp, emptyWindow, insert, removeOldest, type Window } from "./adwin-window.js";
import type { Detector, DetectorState, DetectorStatus } from "./detector.js";
import { type DetectorKind, type GivenOptions, kindOf } from "./method.js";
import { largestSquares, largestSum, plainMemory, savedNumbers, wrong } from "./saved.js";
import { type Variant, variant } from "./variant.js";

export interface AdwinOptions {
  /** Chance of a false alarm at one check; default 0.002. */
  readonly delta?: number;
  /** Values from one check to the next; default 32. */
  readonly clock?: number;
  /** Buckets of a size; default 5. */
  readonly maxBuckets?: number;
  /** Least values on either side of a border; default 5. */
  readonly minWindowLength?: number;
  /** Values before the first check; default 10. */
  readonly gracePeriod?: number;
  /** Least and greatest value there can be: values are scaled to [0, 1], for which the bound holds. Default: neither, and values are taken as they are. */
  readonly low?: number;
  readonly high?: number;
  /**
   * `river`: after a drift the whole window is dropped, the newest bucket of each size counts as newer than all borders, and
   * sizes enter the bound less `minWindowLength` - 1. Default `published`.
   */
  readonly variant?: Variant;
}

export interface AdwinSettings {
  readonly delta: number;
  readonly clock: number;
  readonly maxBuckets: number;
  readonly minWindowLength: number;
  readonly gracePeriod: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly variant: Variant;
}

interface Memory {
  /** Since the beginning; for `river` since the last drift. */
  values: number;
  window: Window;
  drifted: boolean;
}

interface Saved {
  readonly values: number;
  /** Values in the window, their sum, and the sum of their squared deviations. */
  readonly width: number;
  readonly total: number;
  readonly squares: number;
  /** Of the buckets, row after row. */
  readonly counts: readonly number[];
  readonly totals: readonly number[];
  readonly deviations: readonly number[];
  readonly drifted: boolean;
}

export type AdwinState = DetectorState & Saved;

/**
 * The mean of bounded values over the longest window in which it did not change. A drift shortens the window, and tells so.
 *
 * @throws TypeError, RangeError for options; `update` for values out of bounds
 * @see Bifet and Gavaldà (2007); oracle: river 0.21.2
 */
export function adwin(options: AdwinOptions = {}): Detector<AdwinState> {
  return adwinMethod.create(options);
}

/** More than any number of values fills. */
const mostRows = 60;

const begin = (): Memory => ({ values: 0, window: emptyWindow(), drifted: false });

const anywhere = { kind: "number", default: null, least: -1e100, most: 1e100 } as const;

export const adwinMethod: DetectorKind<AdwinState> = kindOf<AdwinSettings, Saved, Memory>({
  name: "adwin",
  takes: "bounded",
  words: "The mean of a window that is as long as it stays the same.",
  options: {
    delta: {
      kind: "number",
      default: 0.002,
      least: 0,
      most: 1,
      open: "both",
      words: "chance of a false alarm at one check",
    },
    clock: { kind: "whole number", default: 32, least: 1, most: 1e9, words: "values from one check to the next" },
    maxBuckets: { kind: "whole number", default: 5, least: 2, most: 1000, words: "buckets of a size" },
    minWindowLength: {
      kind: "whole number",
      default: 5,
      least: 1,
      most: 1e9,
      words: "least values on either side of a border",
    },
    gracePeriod: { kind: "whole number", default: 10, least: 1, most: 1e9, words: "values before the first check" },
    low: { ...anywhere, words: "least value there can be" },
    high: { ...anywhere, words: "greatest value there can be" },
    variant,
  },
  check({ low, high }) {
    if ((low === null) !== (high === null)) throw new RangeError("adwin: low and high are given together");
    if (low === null || high === null || low < high) return;
    throw new RangeError(`adwin: low must be less than high, got ${low} and ${high}`);
  },
  begin,
  save,
  load,
  step,
});

function step(memory: Memory, given: number, settings: AdwinSettings): DetectorStatus {
  const { low, high, variant, clock, gracePeriod } = settings;
  if (memory.drifted && variant === "river") Object.assign(memory, begin());
  const { window } = memory;
  insert(window, low === null ? given : (given - low) / (high! - low), settings.maxBuckets);
  memory.values += 1;
  memory.drifted = false;
  if (memory.values % clock !== 0 || window.width <= gracePeriod) return "stable";
  while (cutIsFound(window, settings)) {
    memory.drifted = true;
    removeOldest(window);
    if (variant === "published") addUp(window);
  }
  return memory.drifted ? "drift" : "stable";
}

function save({ values, window, drifted }: Memory): Saved {
  const { width, total, squares, rows } = window;
  return {
    values,
    width,
    total,
    squares,
    counts: rows.map(({ totals }) => totals.length),
    totals: rows.flatMap(({ totals }) => totals),
    deviations: rows.flatMap(({ squares }) => squares),
    drifted,
  };
}

function load(saved: GivenOptions, { maxBuckets, variant }: AdwinSettings): Memory {
  const like = { values: 0, width: 0, total: 0, squares: 0, drifted: false };
  // river's, less those of the buckets that were dropped, may be a rounding below 0.
  const least = variant === "river" ? -largestSquares : 0;
  const bounds = { total: [-largestSum, largestSum], squares: [least, largestSquares] } as const;
  const { values, width, total, squares, drifted } = plainMemory("adwin", saved, like, bounds);
  const counts = savedNumbers("adwin", saved, "counts", mostRows);
  const totals = savedNumbers("adwin", saved, "totals", mostRows * maxBuckets, largestSum);
  const deviations = savedNumbers("adwin", saved, "deviations", mostRows * maxBuckets, largestSquares);
  const isRight = counts.every((count) => Number.isInteger(count) && count >= 0 && count <= maxBuckets);
  const buckets = counts.reduce((sum, count) => sum + count, 0);
  const held = counts.reduce((sum, count, row) => sum + count * 2 ** row, 0);
  const isEmpty = counts.length === 1 && width === 0;
  if (!isRight || held !== width || !(counts.at(-1)! > 0 || isEmpty)) throw wrong("adwin", "counts", counts);
  if (totals.length !== buckets) throw wrong("adwin", "totals", totals);
  if (deviations.length !== buckets || deviations.some((one) => one < 0))
    throw wrong("adwin", "deviations", deviations);
  const rows = counts.map((count) => ({ totals: totals.splice(0, count), squares: deviations.splice(0, count) }));
  const window = { width, total, squares, rows };
  if (!drifted && !isSumOfBuckets(window)) throw wrong("adwin", "total", total);
  return { values, drifted, window };
}

/** But for roundings: by Cauchy and Schwarz values are no larger, altogether, than what is added up here. */
function isSumOfBuckets({ rows, total }: Window): boolean {
  let [sum, size] = [0, 0];
  for (const [row, { totals, squares }] of rows.entries()) {
    for (const [k, own] of totals.entries()) {
      sum += own;
      size += Math.abs(own) + Math.sqrt(2 ** row * squares[k]!);
    }
  }
  return Math.abs(total - sum) <= 1e-6 * size;
}
