/**
 * The empirical distribution function F(x) = share of the values that are at most x: as a list of its steps, or at given
 * points. At points it needs no order: values are counted into the cells between them.
 */
import { type Grid, gridByEdges, wholeGrid } from "../engine/grid.js";
import { answerNow, one, type Plan, type Side } from "../source/plan.js";
import { type NumericInput, withSource } from "../source/sides.js";
import type { Missing, Values } from "../source/source.js";
import { total } from "./gap.js";
import { above } from "./next-double.js";
import { knownOptions, shown } from "./option-checks.js";
import { plain } from "./plain.js";
import { quantilesPlan } from "./quantile.js";
import { sortedPlan } from "./sort.js";

export interface EcdfOptions {
  /** At most so many steps, at least 2: every one if not given. */
  readonly points?: number;
}

/** The steps of a distribution function: F = cumulative / n from each value on, up to the next. */
export interface EcdfResult {
  /** `empty`: the column holds no value. */
  readonly status: "ok" | "empty";
  /** Distinct values in ascending order, in the column's unit; 64-bit integers beyond 2^53 and infinities as text. */
  readonly values: (number | string)[];
  /** How many of the column's values are at most as large as each. */
  readonly cumulative: number[];
  /** Number of values. */
  readonly n: number;
  /** Whether all steps are there. Otherwise those that are there are exact, and others lie between them. */
  readonly exact: boolean;
  readonly missing: Missing;
}

/** A distribution function at given points, in their order. */
export interface EcdfAtResult {
  readonly status: "ok" | "empty";
  /** Share of the values that are at most as large as each point; `null` when there is no value. */
  readonly shares: (number | null)[];
  readonly counts: number[];
  readonly n: number;
  readonly missing: Missing;
}

/** A number, an integer, or what a result holds in place of one: digits, `Infinity` or `-Infinity`. */
export type EcdfPoint = number | bigint | string;

/**
 * The empirical distribution function of a column.
 *
 * @param column  numbers; nulls and NaN are left out and counted, ±Infinity counts as a value
 * @param options.points  for long columns: at most so many steps, those at equally spaced ranks from the smallest value
 *   to the largest; between two of them F rises by about 1 / points, or by more at a value that is frequent
 * @returns distinct values and cumulative counts, exact
 * @throws RangeError for `points` that are no whole number from 2 on, TypeError for text
 * @see oracle: scipy.stats.ecdf, R ecdf
 */
export function ecdf(column: NumericInput, options: EcdfOptions = {}): EcdfResult {
  knownOptions("ecdf", options, ["points"]);
  const { points } = options;
  if (points !== undefined && !(Number.isInteger(points) && points >= 2 && points <= 2 ** 24)) {
    throw new RangeError(`ecdf: points must be a whole number from 2 to 16777216, got ${points}`);
  }
  return withSource(
    "ecdf",
    column,
    (source) => {
      const plan = points === undefined ? allStepsPlan(0) : someStepsPlan(0, points);
      const { values, cumulative, exact } = answerNow(plan, source);
      const n = cumulative.at(-1) ?? 0;
      const steps = { values: written(values), cumulative };
      return { status: n > 0 ? "ok" : "empty", ...steps, n, exact, missing: source.missing() };
    },
    points === undefined ? "one" : "many",
  );
}

/**
 * The empirical distribution function of a column at given points, in one pass and without ordering anything.
 *
 * @param column  as for `ecdf`
 * @param points  in any order: numbers, integers, or what `ecdf` and `quantiles` return in their place
 * @returns one share a point, exact: the count over n, rounded once
 * @throws RangeError for a point that is NaN or no number, TypeError for text and for points that are no array
 * @see oracle: scipy.stats.ecdf, R ecdf
 */
export function ecdfAt(column: NumericInput, points: readonly EcdfPoint[] | Values): EcdfAtResult {
  if (!Array.isArray(points) && !ArrayBuffer.isView(points)) {
    throw new TypeError(`ecdfAt: points must be an array, got ${shown(points)}`);
  }
  const at = Array.from<EcdfPoint, number | bigint>(points, pointOf);
  return withSource(
    "ecdfAt",
    column,
    (source) => {
      const { counts, n } = answerNow(countsAtPlan(0, at), source);
      const shares = counts.map((count) => (n > 0 ? count / n : null));
      return { status: n > 0 ? "ok" : "empty", shares, counts, n, missing: source.missing() };
    },
    "one",
  );
}

/** How many of one side's values are at most as large as each point. */
export function* countsAtPlan(side: Side, points: readonly (number | bigint)[]): Plan<{ counts: number[]; n: number }> {
  const like = (yield* one(side, "wide")) ? (yield* one(side, "spans", wholeGrid)).min : new Float64Array(0);
  const ends = points.map((point) => endOf(point, like));
  const edges = ascending(ends.filter((end) => end !== null));
  const { below, n } = yield* belowPlan(side, edges, like);
  const found = new Map(edges.map((edge, k) => [edge, below[k]!]));
  return { counts: ends.map((end) => (end === null ? n : found.get(end)!)), n };
}

interface Steps {
  readonly values: readonly (number | bigint)[];
  readonly cumulative: number[];
  readonly exact: boolean;
}

function* allStepsPlan(side: Side): Plan<Steps> {
  const ordered = yield* sortedPlan(side);
  let steps = 0;
  for (let k = 0; k < ordered.length; k++) if (ordered[k] !== ordered[k + 1]) steps++;
  // Filled in place: growing and copying lists of millions takes longer than ordering them.
  const values = new Array<number | bigint>(steps);
  const cumulative = new Array<number>(steps);
  let step = 0;
  for (let k = 0; k < ordered.length; k++) {
    if (ordered[k] === ordered[k + 1]) continue;
    values[step] = ordered[k]!;
    cumulative[step++] = k + 1;
  }
  return { values, cumulative, exact: true };
}

/** Ascending values as results carry them; of doubles only the first and the last can be infinite. */
function written(values: readonly (number | bigint)[]): (number | string)[] {
  if (typeof values[0] === "bigint") return values.map((value) => plain(value)!);
  const list = values.slice() as (number | string)[];
  const last = values.length - 1;
  if (last >= 0) {
    list[0] = plain(values[0]!)!;
    list[last] = plain(values[last]!)!;
  }
  return list;
}

/** Values at equally spaced ranks; each counted with those equal to it, and what lies between it and the next. */
function* someStepsPlan(side: Side, points: number): Plan<Steps> {
  const shares = Array.from({ length: points }, (_, k) => k / (points - 1));
  const values = [...new Set((yield* quantilesPlan(side, shares, 1)) ?? [])];
  const like = (yield* one(side, "wide")) ? (yield* one(side, "spans", wholeGrid)).min : new Float64Array(0);
  const edges = values.flatMap((value) => {
    const end = endOf(value, like);
    return end === null ? [value] : [value, end];
  });
  const { below, n } = yield* belowPlan(side, edges, like);
  const cumulative = values.map((_, k) => below[2 * k + 1] ?? n);
  const exact = values.every((_, k) => below[2 * k]! === (cumulative[k - 1] ?? 0));
  return { values, cumulative, exact };
}

/** How many values lie below each of ascending edges. */
function* belowPlan(
  side: Side,
  edges: readonly (number | bigint)[],
  like: Values,
): Plan<{ below: number[]; n: number }> {
  const cells = yield* one(side, "cells", edges.length > 0 ? gridOf(edges, like) : wholeGrid);
  let sum = 0;
  return { below: edges.map((_, cell) => (sum += cells[cell]!)), n: total(cells) };
}

function gridOf(edges: readonly (number | bigint)[], like: Values): Grid {
  if (like instanceof Float64Array) return gridByEdges(Float64Array.from(edges as number[]), false);
  const integers = edges as bigint[];
  return gridByEdges(
    like instanceof BigUint64Array ? BigUint64Array.from(integers) : BigInt64Array.from(integers),
    false,
  );
}

/** What is above all values that are at most `point`, as values are represented; `null` where nothing is. */
function endOf(point: number | bigint, like: Values): number | bigint | null {
  return like instanceof Float64Array ? endOfDoubles(point) : endOfIntegers(point, like instanceof BigUint64Array);
}

function endOfDoubles(point: number | bigint): number | null {
  if (typeof point === "number") return point === Number.POSITIVE_INFINITY ? null : above(point);
  const near = Number(point);
  if (near === Number.NEGATIVE_INFINITY) return above(near);
  // What is at most an integer that no double holds is below the double above it.
  return near === Number.POSITIVE_INFINITY || BigInt(near) > point ? near : above(near);
}

function endOfIntegers(point: number | bigint, unsigned: boolean): bigint | null {
  const [least, most] = unsigned ? [0n, 2n ** 64n - 1n] : [-(2n ** 63n), 2n ** 63n - 1n];
  if (point >= most) return null;
  if (point < least) return least;
  return (typeof point === "bigint" ? point : BigInt(Math.floor(point))) + 1n;
}

function ascending(ends: readonly (number | bigint)[]): (number | bigint)[] {
  return [...new Set(ends)].sort((a, b) => (a < b ? -1 : Number(a > b)));
}

function pointOf(point: EcdfPoint): number | bigint {
  const value = typeof point === "string" && /^-?\d+$/.test(point) ? BigInt(point) : point;
  const number = typeof value === "string" && /^-?Infinity$/.test(value) ? Number(value) : value;
  if (typeof number === "bigint" || (typeof number === "number" && !Number.isNaN(number))) return number;
  throw new RangeError(`ecdfAt: points must be numbers, got ${String(point)}`);
}
