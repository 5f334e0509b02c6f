/**
 * Significance of distances between distribution functions, F of the reference and G of the current side, at any number of
 * values. The values of both sides are brought down to some hundred cells between quantiles of both sides together, which
 * lie closer towards the ends, so that tails keep their share; in each they count as their mean. Then only the counts of
 * cells matter, and all rows are dealt to the sides again and again at O(cells) each.
 *
 * What is tested is the distance between the sides as the cells have them. Equal values are never parted, so with at most
 * 256 distinct values that is the distance itself. Else it is another statistic that is close, and whose p-value is as
 * valid: cells are chosen without looking at which side a value is from (beyond 8192 values: from quantiles of either
 * side, sixteen times as many, which makes no difference that simulations could see).
 */
import { wholeGrid } from "../engine/grid.js";
import { both, type Plan } from "../source/plan.js";
import type { Values } from "../source/source.js";
import { type Cells, sum } from "./category-cells.js";
import { dealtPValue } from "./cell-significance.js";
import { orderAtOnce } from "./gap.js";
import { oneOf } from "./one-of.js";
import { unitOf } from "./pooled-values.js";
import { quantilesPlan } from "./quantile.js";
import { type CheckedResampling, type Resampling, resamplingOf } from "./resampled.js";
import type { ResampledOfCells } from "./resampled-cells.js";
import { refuseResampling } from "./significance.js";

/** Whether a distance between values gets a p-value. */
export interface OnRequest extends Resampling {
  /** `none` (if not given), or `resampled`: from values dealt to the sides at random, `permutations` times with a `seed`. */
  readonly significance?: "none" | "resampled";
}

/** A resampled p-value of a distance between values. */
export interface ValuesPValue extends Omit<ResampledOfCells, "pValue" | "interval"> {
  /** `null` where a side holds infinite values. */
  readonly pValue: number | null;
  readonly interval: ResampledOfCells["interval"] | null;
  /** `true`: it is of the distance itself. `false`: of that between the values brought down to so many cells. */
  readonly exact: boolean;
  readonly quantileCells: number;
}

/** @throws RangeError or TypeError for settings that are none, or that are of another significance */
export function requestedOf(
  caller: string,
  { significance = "none", ...resampling }: OnRequest,
): CheckedResampling | null {
  oneOf(caller, "significance", significance, ["none", "resampled"]);
  if (significance === "resampled") return resamplingOf(caller, resampling);
  refuseResampling(caller, resampling);
  return null;
}

/** Up to this many distinct values have a cell each. */
const mostDistinct = 256;
/** Else there are as many cells between evenly spaced quantiles, and those towards the ends on top. */
const evenCells = 64;
/** How often the outermost cells are halved, and in how many steps each time. */
const halvings = 16;
const tailSteps = 2;
/** Candidates for where a cell begins, for each that does: between the evenly spaced quantiles, and towards the ends. */
const finer = 16;
const finerTails = 4;

export interface QuantileCells extends Cells {
  /** From the mean of a cell's values to that of the next one's, over a power of two; 0 for the last. */
  readonly widths: Float64Array;
  /** Whether every distinct value has a cell of its own. */
  readonly exact: boolean;
}

/** Counts in ascending order of where cells begin. */
interface Fine {
  readonly starts: Values;
  readonly reference: ArrayLike<number>;
  readonly current: ArrayLike<number>;
  /** Whether each start is a cell of equal values. */
  readonly exact: boolean;
}

/** Both sides in cells of pooled quantiles; `null` when a side has no value or infinite ones. */
export function* quantileCellsPlan(): Plan<QuantileCells | null> {
  const sizes = yield* both("size");
  const fine = sizes[0] + sizes[1] <= orderAtOnce ? yield* distinctValues() : yield* quantilesOfBoth();
  return fine && mergedCells(fine);
}

/** The p-value of ∫ |F - G|^p dx, or of max |F - G| for p = Infinity, on cells. */
export function normPValue(cells: QuantileCells | null, p: number, settings: CheckedResampling): ValuesPValue {
  if (cells === null) {
    const { permutations, confidence } = settings;
    const none = { pValue: null, interval: null, seed: null, exact: false, quantileCells: 0, confidence };
    return { ...none, method: "sampled", permutations: 0, resolution: 1 / (permutations + 1) };
  }
  const { widths, exact } = cells;
  return { ...dealtPValue(normOf(cells, p), cells, settings), exact, quantileCells: widths.length };
}

/** The plan behind p-values of distances that are norms of F - G. */
export function* normPValuePlan(p: number, settings: CheckedResampling): Plan<ValuesPValue> {
  return normPValue(yield* quantileCellsPlan(), p, settings);
}

/** The norm under other counts, whose sides have as many values as these. */
function normOf({ widths, ...own }: QuantileCells, p: number): (cells: Cells) => number {
  const n = sum(own.reference);
  const m = sum(own.current);
  const unit = 1 / n / m;
  const last = widths.length - 1;
  return ({ reference, current }) => {
    let gap = 0;
    let norm = 0;
    for (let k = 0; k < last; k++) {
      gap += reference[k]! * m - current[k]! * n;
      const size = Math.abs(gap) * unit;
      if (p === Number.POSITIVE_INFINITY) norm = Math.max(norm, size);
      else norm += (p === 1 ? size : p === 2 ? size * size : size ** p) * widths[k]!;
    }
    return norm;
  };
}

function* distinctValues(): Plan<Fine | null> {
  const [x, y] = yield* both("ordered", wholeGrid, Uint32Array.of(0));
  if (x.length === 0 || y.length === 0) return null;
  const starts: (number | bigint)[] = [];
  const reference: number[] = [];
  const current: number[] = [];
  for (let i = 0, j = 0; i < x.length || j < y.length; ) {
    const value = j === y.length || (i < x.length && x[i]! <= y[j]!) ? x[i]! : y[j]!;
    const [before, after] = [i, j];
    while (x[i] === value) i++;
    while (y[j] === value) j++;
    starts.push(value);
    reference.push(i - before);
    current.push(j - after);
  }
  const typed = new (x.constructor as Float64ArrayConstructor)(starts as number[]);
  return { starts: typed, reference, current, exact: true };
}

/** Quantiles of either side, many more than cells. */
function* quantilesOfBoth(): Plan<Fine | null> {
  const wanted = probabilities(finer * evenCells, finerTails * tailSteps);
  const x = yield* quantilesPlan(0, wanted, 1);
  const y = yield* quantilesPlan(1, wanted, 1);
  if (x === null || y === null) return null;
  const starts = Float64Array.from(new Set([...x, ...y].map(Number))).sort();
  if (!Number.isFinite(starts[0]) || !Number.isFinite(starts.at(-1))) return null;
  const bins = yield* both("bins", Float64Array.of(...starts, Number.POSITIVE_INFINITY), false);
  const [reference, current] = bins.map(({ counts }) => counts) as [Uint32Array, Uint32Array];
  const distinct = yield* both("distinct", mostDistinct);
  const [isWide] = yield* both("wide");
  const exact = !isWide && [x, y].every((found, side) => new Set(found).size === distinct[side]);
  return { starts, reference, current, exact };
}

/** Evenly spaced in [0, 1], and towards both ends halved again and again, each time in so many steps. */
function probabilities(even: number, steps: number): number[] {
  const inner = Array.from({ length: even + 1 }, (_, k) => k / even);
  const tails = Array.from({ length: halvings * steps }, (_, k) => 2 ** (-(k + 1) / steps) / even);
  return [...inner, ...tails, ...tails.map((p) => 1 - p)].sort((a, b) => a - b);
}

/** Puts neighbours together until each cell reaches the next of the pooled probabilities. */
function mergedCells({ starts, exact, ...counts }: Fine): QuantileCells | null {
  const places = placesOf(starts);
  if (!places) return null;
  const total = sum(Array.from(counts.reference)) + sum(Array.from(counts.current));
  const isFew = starts.length <= mostDistinct;
  const wanted = isFew ? [] : probabilities(evenCells, tailSteps);
  const cells: { reference: number; current: number; first: number; beyond: number }[] = [];
  let next = 0;
  let below = 0;
  let open = false;
  for (let k = 0; k < starts.length; k++) {
    if (!open) cells.push({ reference: 0, current: 0, first: places[k]!, beyond: 0 });
    const cell = cells.at(-1)!;
    const count = counts.reference[k]! + counts.current[k]!;
    cell.reference += counts.reference[k]!;
    cell.current += counts.current[k]!;
    cell.beyond += count * (places[k]! - cell.first);
    below += count;
    open = next < wanted.length && below < wanted[next]! * total;
    while (next < wanted.length && below >= wanted[next]! * total) next++;
  }
  // What is equal has no distance to its mean, up to the last digit.
  const means = cells.map(({ reference, current, first, beyond }) => first + beyond / Math.max(reference + current, 1));
  return {
    reference: Float64Array.from(cells, ({ reference }) => reference),
    current: Float64Array.from(cells, ({ current }) => current),
    widths: Float64Array.from(means, (mean, cell) => (means[cell + 1] ?? mean) - mean),
    exact: exact && cells.length === starts.length,
  };
}

/** Values over a power of two that keeps sums of them finite, 64-bit integers from the first one on; `null` for infinite ones. */
function placesOf(starts: Values): Float64Array | null {
  if (!(starts instanceof Float64Array)) return Float64Array.from(starts, (value) => Number(value - starts[0]!));
  const unit = unitOf(starts);
  return Number.isFinite(starts[0]) && Number.isFinite(starts.at(-1)) ? starts.map((value) => value * unit) : null;
}
