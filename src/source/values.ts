/** A source over a column whose values are in memory. */
import type { FixedColumn } from "../column/column.js";
import { countValues } from "../engine/categories.js";
import { countCells } from "../engine/cells.js";
import { characteristicOf } from "../engine/characteristic.js";
import { type FixedChunk, isStored, layoutsOf, type StoredChunks } from "../engine/chunk.js";
import { type Dense, type Representation, type Seen, unsignedFlip } from "../engine/dense.js";
import { type Grid, type Values, wholeGrid } from "../engine/grid.js";
import { countBins } from "../engine/histogram.js";
import { integerRange, type MomentsState, momentsOf } from "../engine/moments.js";
import { middleOf, orderAll, orderCells } from "../engine/order.js";
import { placedWalk } from "../engine/placed-walk.js";
import { sampleOf } from "../engine/sample.js";
import { cellSpans, sumCells } from "../engine/sums.js";
import { sumBins } from "../engine/weights.js";
import { gridFor, sampleSize } from "./grid-for.js";
import type { Characteristic, Missing, Moments, Point, Source } from "./source.js";

/** Largest magnitude up to which doubles hold every integer. */
const exactInteger = 2n ** 53n;

/** Smallest and largest of 64-bit integers; `null` when there is none. */
export type IntegerRange = { readonly min: bigint; readonly max: bigint } | null;

/** The 64-bit integers that a column holds; `null` for other numbers. */
export type Integers = "i64" | "u64" | null;

/** What a column's type says; all of its chunks are of one. */
export function integersOf({ chunks }: FixedColumn): Integers {
  const [layout = "i64", ...others] = layoutsOf(chunks);
  return others.length === 0 && (layout === "i64" || layout === "u64") ? layout : null;
}

/** The ranges of a column's chunks, or `null` when it does not hold 64-bit integers. */
export function integerRangesOf(column: FixedColumn): IntegerRange[] | null {
  const { chunks, rows } = column;
  const integers = integersOf(column);
  if (!integers) return null;
  return isStored(chunks) ? [storedRange(chunks, rows, integers)] : chunks.map(rangeOf);
}

/** Finding them takes a pass. */
const storedRanges = new WeakMap<StoredChunks, IntegerRange>();

function storedRange(chunks: StoredChunks<FixedChunk>, rows: number, representation: "i64" | "u64"): IntegerRange {
  const known = storedRanges.get(chunks);
  if (known !== undefined) return known;
  const range = integerRange({ chunks, rows, representation, selection: null });
  storedRanges.set(chunks, range);
  return range;
}

/**
 * The representation that keeps the order of all sides' values: doubles, unless all are 64-bit integers and some exceed
 * what doubles hold exactly.
 *
 * @param sides of each side its integers' ranges, or `null` when it holds other numbers
 */
export function commonRepresentation(sides: readonly (readonly IntegerRange[] | null)[]): Representation {
  if (sides.includes(null)) return "f64";
  const ranges = sides.flatMap((side) => side ?? []).filter((range) => range !== null);
  if (ranges.every(({ min, max }) => min >= -exactInteger && max <= exactInteger)) return "f64";
  if (ranges.every(({ max }) => max < 2n ** 63n)) return "i64";
  return ranges.every(({ min }) => min >= 0n) ? "u64" : "f64";
}

function rangeOf(chunk: FixedChunk): IntegerRange {
  const representation = chunk.layout === "u64" ? "u64" : "i64";
  return integerRange({ chunks: [chunk], rows: chunk.length, representation, selection: null });
}

/** Answers about one column by reading it, once a question; remembers only what later questions need again. */
export function denseSource(dense: Dense): Source {
  const wide = dense.representation !== "f64";
  const asDoubles = wide
    ? ({ chunks: dense.chunks, rows: dense.rows, representation: "f64", selection: dense.selection } as const)
    : dense;
  let missing: Missing | undefined;
  let counted: { grid: Grid; counts: Uint32Array } | undefined;
  let sample: Values | undefined;
  let moments: Moments | undefined;
  const grids = new Map<number, Grid>();
  const saw = (seen: Seen, nan: number): void => {
    missing ??= { rows: seen.rows, null: seen.rows - seen.values, nan };
  };
  const cells = (grid: Grid): Uint32Array => {
    if (counted?.grid === grid) return counted.counts;
    const { counts, nan, seen } = countCells(dense, grid);
    saw(seen, nan);
    counted = { grid, counts };
    return counts;
  };
  return {
    size: () => dense.rows,
    wide: () => wide,
    missing() {
      if (!missing) cells(wholeGrid);
      return missing!;
    },
    grid(count) {
      let grid = grids.get(count);
      if (!grid) {
        sample ??= sampleOf(dense, sampleSize);
        grid = gridFor(sample, count);
        grids.set(count, grid);
      }
      return grid;
    },
    moments(order) {
      if (moments) return moments;
      const { state, found } = momentsFrom(dense, order);
      saw(state.seen, state.nan);
      // Those of order 4 are good for order 2 as well.
      if (order === 4) moments = found;
      return found;
    },
    absoluteMoments: (about) => distancesFrom(dense, about),
    characteristic: (centre, exponent, frequencies) => turned(dense, centre, exponent, frequencies),
    cells,
    bins(edges, uniform) {
      const { nan, seen, ...bins } = countBins(asDoubles, edges, uniform);
      saw(seen, nan);
      return bins;
    },
    binSums: (edges) => sumBins(asDoubles, edges),
    spans: (grid) => cellSpans(dense, grid),
    ordered(grid, open, all = false, later = null) {
      if (grid.count > 1) return orderCells(dense, grid, open, cells(grid), all, later);
      const { values, seen } = orderAll(dense);
      saw(seen, seen.values - values.length);
      return values;
    },
    inOrder: () => null,
    index: () => null,
    placed: (index) => placedWalk(index, dense),
    cellSums(grid) {
      const { nan, seen, ...found } = sumCells(dense, grid, middleOf(grid));
      saw(seen, nan);
      counted = { grid, counts: found.counts };
      return found;
    },
    distinct: (limit) => countValues(dense.chunks, dense.selection, limit)?.distinct ?? null,
    categories: noCategories,
    countsOf: noCategories,
  };
}

function noCategories(): never {
  throw new TypeError("valuesSource: a column of numbers has no categories");
}

/**
 * Moments at a scale where nothing overflows or vanishes: first as the values are, and again divided by a power of two
 * when the sums show that they were too large or too small, or that all values may be equal.
 */
function momentsFrom(column: Dense, order: 2 | 4): { state: MomentsState; found: Moments } {
  const wide = column.representation !== "f64";
  const origin = wide ? (integerRange(column)?.min ?? 0n) : 0n;
  const originKey = column.representation === "u64" ? origin + unsignedFlip : origin;
  let state = momentsOf(column, order, 0, originKey);
  let exponent = 0;
  if (state.count > 0 && !comfortable(state, order)) {
    if (order === 2) state = momentsOf(column, 4, 0, originKey);
    const largest = Math.max(Math.abs(state.min), Math.abs(state.max));
    const { min, max } = state;
    exponent = exponentOf(largest);
    if (min === max) {
      // At its own scale too: the other side of a t test may be tiny as well.
      state = { ...state, mean: timesPower(min, -exponent), meanLow: 0, m2: 0, m3: 0, m4: 0 };
    } else {
      // As what was asked for: the two orders do not round alike.
      state = { ...momentsOf(column, order, exponent, originKey), min, max };
    }
  }
  const { count, mean, meanLow, m2, m3, m4, positiveInfinity, negativeInfinity } = state;
  const unit = count > 0 ? Number(origin) : Number.NaN;
  const [min, max] = [state.min + unit, state.max + unit];
  // Not spread: the object is one of the few things that a small column costs.
  const found = { count, exponent, origin, mean, meanLow, m2, m3, m4, min, max, positiveInfinity, negativeInfinity };
  return { state, found };
}

/** Moments of the distances from a point, at a scale where neither they nor their squares overflow or vanish. */
function distancesFrom(column: Dense, { origin, offset, low, exponent: power }: Point): Moments {
  const key = column.representation === "u64" ? origin + unsignedFlip : origin;
  const read = (order: 2 | 4, exponent: number): MomentsState =>
    momentsOf(column, order, exponent, key, {
      offset: timesPower(offset, power - exponent),
      low: timesPower(low, power - exponent),
    });
  // Far from zero the distance itself may be beyond the largest double.
  let exponent = Math.abs(timesPower(offset, power)) > 2 ** 960 ? 2 : 0;
  let state = read(2, exponent);
  if (state.count > 0 && !comfortable(state, 2)) {
    let { min, max } = read(4, exponent);
    if (max > 0 && max < 2 ** -900) {
      // Subnormal distances have lost digits.
      exponent = -1000;
      ({ min, max } = read(4, exponent));
    }
    const down = exponentOf(max);
    exponent += down;
    // Equal, or told apart by their rounding only.
    if (max - min <= max * 2 ** -51) state = { ...state, mean: timesPower(max, -down), meanLow: 0, m2: 0, min, max };
    else state = { ...read(2, exponent), min, max };
  }
  return { ...state, exponent, origin: 0n };
}

/** Means and covariances from the sums; the covariances' cancellation is paid by the sums' low parts. */
function turned(
  column: Dense,
  centre: number | bigint,
  exponent: number,
  frequencies: readonly number[],
): Characteristic {
  const wide = column.representation !== "f64";
  const origin = wide ? BigInt(centre) + (column.representation === "u64" ? unsignedFlip : 0n) : 0n;
  const about = wide ? 0 : timesPower(Number(centre), -exponent);
  const found = characteristicOf(column, { centre: about, exponent, origin, frequencies });
  const { count, sums, sumsLow, products, productsLow, positiveInfinity, negativeInfinity } = found;
  const functions = sums.length;
  const means = sums.map((sum, k) => (sum + sumsLow[k]!) / count);
  const covariances = new Float64Array(functions * functions);
  let next = 0;
  for (let j = 0; j < functions; j++) {
    for (let i = 0; i <= j; i++, next++) {
      const covariance =
        (products[next]! - sums[i]! * means[j]! + (productsLow[next]! - sumsLow[i]! * means[j]!)) / count;
      covariances[i * functions + j] = covariances[j * functions + i] = covariance;
    }
  }
  return { count, means, covariances, positiveInfinity, negativeInfinity };
}

/** Whether the sums at hand have all their digits. */
export function comfortable({ count, mean, m2, m3, m4 }: MomentsState, order: 2 | 4): boolean {
  const variance = m2 / count;
  const floor = order === 2 ? 2 ** -960 : 2 ** -480;
  return (
    Number.isFinite(mean + m2 + m3 + m4) &&
    variance > floor &&
    (order === 2 || variance < 1 / floor) &&
    Math.sqrt(variance) > Math.abs(mean) * 2 ** -48
  );
}

function timesPower(x: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return x * 2 ** half * 2 ** (exponent - half);
}

/** About the power of two just above x. */
function exponentOf(x: number): number {
  return Math.max(Math.floor(Math.log2(x)) + 1, -1000);
}
