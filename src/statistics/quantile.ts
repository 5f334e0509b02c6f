/**
 * Quantiles, exactly, without a full sort: cells tell which few of them hold the wanted ranks, and only those cells'
 * values are ordered.
 *
 * The nine definitions of Hyndman and Fan differ in which rank belongs to a probability. Type 7 (NumPy's and R's default)
 * interpolates at (n - 1)·p. A probability is taken for what it is: R's types 4 to 6, 8 and 9 round positions that are
 * within 4·2^-52 of a whole number, NumPy's and these do not (docs/methods.md).
 *
 * [1] Hyndman, Fan: Sample quantiles in statistical packages. The American Statistician 50 (1996).
 */
import { wholeGrid } from "../engine/grid.js";
import { cellsFor } from "../source/grid-for.js";
import { answerNow, one, type Plan, type Side, together } from "../source/plan.js";
import { type NumericInput, withSource } from "../source/sides.js";
import type { Missing, Values } from "../source/source.js";
import { orderAtOnce, total } from "./gap.js";
import { oneOf } from "./one-of.js";
import { knownOptions, shown } from "./option-checks.js";
import { plain } from "./plain.js";

/** Hyndman and Fan's numbering. */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export interface QuantileOptions {
  /** Definition 1 to 9 of Hyndman and Fan; 7 if not given. */
  readonly type?: QuantileType;
}

export interface QuantilesResult {
  /** In the order of the probabilities; `null` when the column holds no value. */
  readonly values: (number | string | null)[];
  readonly missing: Missing;
}

/** Two neighbouring order statistics (from 0) and the weight of the upper one. */
interface Rank {
  readonly lower: number;
  readonly upper: number;
  readonly weight: number;
}

/**
 * Quantiles of one side, in the order of the probabilities; `null` when it holds no value.
 *
 * @param cells  of the grid: one that other plans use too is counted once
 */
export function* quantilesPlan(
  side: Side,
  probabilities: readonly number[],
  type: QuantileType = 7,
  cells: number | null = null,
): Plan<(number | bigint)[] | null> {
  const [ready, size] = yield* together(one(side, "inOrder"), one(side, "size"));
  if (ready) return pick(probabilities, type, ready.length, (rank) => ready[rank]!);
  if (size <= orderAtOnce) {
    const values = yield* one(side, "ordered", wholeGrid, Uint32Array.of(0));
    return pick(probabilities, type, values.length, (rank) => values[rank]!);
  }
  const grid = yield* one(side, "grid", cells ?? cellsFor(size));
  const counts = yield* one(side, "cells", grid);
  const count = total(counts);
  const wanted = [...new Set(ranksOf(probabilities, type, count).flatMap(({ lower, upper }) => [lower, upper]))];
  const open = cellsOfRanks(
    wanted.sort((a, b) => a - b),
    counts,
  );
  const values = yield* one(side, "ordered", grid, open);
  return pick(probabilities, type, count, rankReader(values, open, counts));
}

/**
 * Quantiles of a column.
 *
 * @param column  numbers; nulls and NaN are left out, ±Infinity counts as a value
 * @param probabilities  each in [0, 1]
 * @param options.type  definition 1 to 9 of Hyndman and Fan; 7, NumPy's and R's default, if not given
 * @returns one value a probability in the column's unit, `null` when the column holds none; 64-bit integers beyond 2^53
 *   as decimal text, between two of them the nearest
 * @throws RangeError for a probability outside [0, 1], an unknown type or option; TypeError for text
 * @see Hyndman and Fan (1996); oracle: numpy.quantile
 */
export function quantiles(
  column: NumericInput,
  probabilities: readonly number[] | Float64Array,
  options: QuantileOptions = {},
): QuantilesResult {
  return quantilesOf("quantiles", column, checkedProbabilities("quantiles", probabilities), options);
}

/** @throws TypeError for what is no list of numbers, RangeError for what is no probability */
export function checkedProbabilities(caller: string, probabilities: readonly number[] | Float64Array): number[] {
  if (!Array.isArray(probabilities) && !(probabilities instanceof Float64Array)) {
    throw new TypeError(`${caller}: probabilities must be an array of numbers, got ${shown(probabilities)}`);
  }
  return Array.from(probabilities, (probability) => {
    if (typeof probability !== "number") {
      throw new TypeError(`${caller}: a probability must be a number, got ${shown(probability)}`);
    }
    if (probability >= 0 && probability <= 1) return probability;
    throw new RangeError(`${caller}: probabilities must lie in [0, 1], got ${probability}`);
  });
}

function quantilesOf(
  caller: string,
  column: NumericInput,
  probabilities: readonly number[],
  options: QuantileOptions,
): QuantilesResult {
  knownOptions(caller, options, ["type"]);
  const { type = 7 } = options;
  oneOf(caller, "type", type, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  return withSource(caller, column, (source) => {
    const found = answerNow(quantilesPlan(0, probabilities, type), source);
    return { values: probabilities.map((_, k) => (found ? plain(found[k]!) : null)), missing: source.missing() };
  });
}

/** One quantile; see `quantiles`. */
export function quantile(
  column: NumericInput,
  probability: number,
  options: QuantileOptions = {},
): number | string | null {
  return quantilesOf("quantile", column, checkedProbabilities("quantile", [probability]), options).values[0]!;
}

/** Quantiles of so many values, those of which `ranksOf` names the ranks are read; `null` of none. */
export function pick(
  probabilities: readonly number[],
  type: QuantileType,
  count: number,
  read: (rank: number) => number | bigint,
): (number | bigint)[] | null {
  if (count === 0) return null;
  return ranksOf(probabilities, type, count).map(({ lower, upper, weight }) =>
    between(read(lower), read(upper), weight),
  );
}

/** The quantile of type 7 of so many values in order. */
export function interpolated(p: number, count: number, valueAt: (rank: number) => number): number {
  const { lower, upper, weight } = rankOf(p, 7, count);
  return Number(between(valueAt(lower), valueAt(upper), weight));
}

/** NumPy's interpolation, which is exact at both ends; R's, whose steps cannot overflow, where the values' difference does. */
function between(lower: number | bigint, upper: number | bigint, weight: number): number | bigint {
  if (lower === upper || weight === 0) return lower;
  if (weight === 1) return upper;
  const a = Number(lower);
  const b = Number(upper);
  const wide = typeof lower === "bigint" && typeof upper === "bigint";
  const step = wide ? Number(upper - lower) : b - a;
  if (!Number.isFinite(step)) return a * (1 - weight) + b * weight;
  const value = weight < 0.5 ? a + step * weight : b - step * (1 - weight);
  return wide && Math.abs(value) > Number.MAX_SAFE_INTEGER ? lower + BigInt(Math.round(step * weight)) : value;
}

/** The order statistics (from 0) behind quantiles. */
export function ranksOf(probabilities: readonly number[], type: QuantileType, count: number): Rank[] {
  return probabilities.map((p) => rankOf(p, type, count));
}

function rankOf(p: number, type: QuantileType, n: number): Rank {
  const clamp = (k: number): number => Math.min(Math.max(k, 0), n - 1);
  if (type === 1 || type === 2 || type === 3) {
    const position = type === 3 ? n * p - 0.5 : n * p;
    const j = Math.floor(position);
    const exact = position === j;
    const weight = type === 1 ? (exact ? 0 : 1) : type === 2 ? (exact ? 0.5 : 1) : exact && j % 2 === 0 ? 0 : 1;
    return { lower: clamp(j - 1), upper: clamp(j), weight };
  }
  const [a, b] = plotting[type];
  const position = type === 7 ? (n - 1) * p : n * p + (a + p * (1 - a - b)) - 1;
  const j = Math.floor(position);
  return { lower: clamp(j), upper: clamp(j + 1), weight: position - j };
}

/** Alpha and beta of the plotting positions of the continuous types. */
const plotting = { 4: [0, 1], 5: [0.5, 0.5], 6: [0, 0], 7: [1, 1], 8: [1 / 3, 1 / 3], 9: [3 / 8, 3 / 8] } as const;

/** The cells, by their counts, that hold the ranks (ascending). */
export function cellsOfRanks(ranks: readonly number[], counts: Uint32Array): Uint32Array {
  const open: number[] = [];
  let next = 0;
  let end = 0;
  for (let cell = 0; cell < counts.length && next < ranks.length; cell++) {
    end += counts[cell]!;
    if (ranks[next]! < end) open.push(cell);
    while (next < ranks.length && ranks[next]! < end) next++;
  }
  return Uint32Array.from(open);
}

/** Looks a rank up in the ordered values of the open cells. */
export function rankReader(values: Values, open: Uint32Array, counts: Uint32Array): (rank: number) => number | bigint {
  const stretches: { start: number; end: number; from: number }[] = [];
  let start = 0;
  let from = 0;
  let next = 0;
  for (let cell = 0; next < open.length; cell++) {
    if (open[next] === cell) {
      stretches.push({ start, end: start + counts[cell]!, from });
      from += counts[cell]!;
      next++;
    }
    start += counts[cell]!;
  }
  return (rank) => {
    const stretch = stretches.find(({ start, end }) => rank >= start && rank < end)!;
    return values[stretch.from + rank - stretch.start]!;
  };
}
