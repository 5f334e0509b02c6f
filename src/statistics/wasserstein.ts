/**
 * The Wasserstein distance of order 1, exactly, without a global sort.
 *
 * W1 is the area between the two empirical distribution functions F and G. Over a stretch in which F - G keeps one sign
 * it follows from sums alone: with A and B the number of values up to its ends, the area is
 * [(F - G)(e) (e - c)] between the ends, minus the mean contributions of the stretch's values x - c, whatever number c
 * is. So one pass counts each cell's values and adds them up, and only the cells in which the sign may change are ordered
 * and walked.
 */
import type { Grid } from "../engine/grid.js";
import { wholeGrid } from "../engine/grid.js";
import { cellStarts, middleOf } from "../engine/order.js";
import { groupShift } from "../engine/sums.js";
import { areaBetween, finishWalk, type Segments, startWalk, walkOn } from "../engine/walk.js";
import { cellsFor } from "../source/grid-for.js";
import { answerNow, both, one, type Plan } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import type { CellSums, Spans, Values } from "../source/source.js";
import { isConstant, isCrowded } from "./constant-cells.js";
import { laterRounds, nextRound, orderAtOnce, segmentsOf, total } from "./gap.js";
import { inOrderPlan } from "./in-order.js";
import { type Normalize, unitPlan } from "./normalize.js";
import { oneOf } from "./one-of.js";
import { knownOptions } from "./option-checks.js";
import { finite } from "./plain.js";
import { normPValuePlan, type OnRequest, requestedOf, type ValuesPValue } from "./quantile-cells.js";
import { significanceOptions } from "./significance.js";

export interface WassersteinOptions extends OnRequest {
  /** `std`: the reference's population standard deviation, `iqr` its interquartile range, `range` max - min. */
  readonly normalize?: Normalize;
}

/** The p-value is there where it was asked for. */
export interface WassersteinResult extends Partial<ValuesPValue> {
  /** In the column's unit, or without one when normalized; `null` when it is infinite or not defined. */
  readonly distance: number | null;
  readonly n: number;
  readonly m: number;
  /** `infinite`: the sides hold different shares of an infinity, or a quartile is one. `constant`: nothing to normalize by. */
  readonly status: "ok" | "infinite" | "constant";
  readonly normalize: Normalize;
  readonly missing: MissingOfBoth;
}

/**
 * Wasserstein distance of order 1 (earth mover's distance) between the two empirical distributions: the area between
 * their distribution functions. Exact on every input.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted
 * @param options.significance  `resampled`: with a p-value, of values brought down to cells of pooled quantiles
 * @returns the distance in the column's unit; 0 for identical samples
 * @throws RangeError when a side has no value or for settings that are none, TypeError for text
 * @see Vallender (1974); oracle: scipy.stats.wasserstein_distance, for the p-value permutation_test
 */
export function wasserstein(
  reference: NumericInput,
  current: NumericInput,
  options: WassersteinOptions = {},
): WassersteinResult {
  knownOptions("wasserstein", options, ["normalize", ...significanceOptions]);
  const { normalize = "none", ...request } = options;
  oneOf("wasserstein", "normalize", normalize, ["none", "std", "iqr", "range"]);
  const settings = requestedOf("wasserstein", request);
  return withSides("wasserstein", reference, current, (x, y) => {
    const { distance, n, m } = answerNow(areaPlan(), x, y);
    if (n === 0 || m === 0) throw new RangeError(`wasserstein: each side needs at least one value, got ${n} and ${m}`);
    const unit = answerNow(unitPlan(normalize), x);
    const significance = settings && answerNow(normPValuePlan(1, settings), x, y);
    const missing = { reference: x.missing(), current: y.missing() };
    const about = { ...significance, normalize, n, m, missing };
    if (distance === 0) return { distance, status: "ok", ...about };
    if (unit === 0 && Number.isFinite(distance)) return { distance: null, status: "constant", ...about };
    const normalized = Number.isFinite(unit) ? finite(distance / unit) : null;
    return { distance: normalized, status: normalized === null ? "infinite" : "ok", ...about };
  });
}

/** W1 in the column's unit: Infinity when the sides hold different shares of an infinity. */
export function* areaPlan(): Plan<{ distance: number; n: number; m: number }> {
  const sizes = yield* both("size");
  const [isWide] = yield* both("wide");
  if (isWide || sizes[0] + sizes[1] <= orderAtOnce) return yield* wholeAreaPlan();
  const grid = yield* one(sizes[1] > 8 * sizes[0] ? 1 : 0, "grid", cellsFor(Math.max(...sizes)));
  const [x, y] = yield* both("cellSums", grid);
  const [a, b] = [x.counts, y.counts];
  const n = total(a);
  const m = total(b);
  if (n === 0 || m === 0) return { distance: Number.NaN, n, m };
  const signs = signsOf(x, y, n, m);
  let open = unsigned(signs);
  // In units of 1 / (n·m): what the signed stretches add, then what the open cells add.
  let area = endTerms(grid, signs, a, b, n, m) + sumTerms(signs, x, y, n, m);
  if (isCrowded(open, a, b, n + m)) {
    const spans = yield* both("spans", grid);
    const isStep = (cell: number): boolean => a[cell]! + b[cell]! > 0 && isConstant(cell, a, b, ...spans);
    const constant = open.filter(isStep);
    open = open.filter((cell) => !isStep(cell));
    area += constantArea(grid, constant, a, b, n, m, ...spans);
  }
  let infinite: Infinities = [0, 0];
  const later = laterRounds(open, a, b);
  for (let from = 0; from < open.length; ) {
    const round = nextRound(open, from, a, b);
    from += round.length;
    const [reference, current] = (yield* both("ordered", grid, round, false, later)) as Float64Array[];
    infinite = unequalInfinities(infinite, reference!, current!, n, m);
    const runs = joinNeighbours(round, segmentsOf(round, a, b));
    const ends = endsOf(grid, runs.first, runs.last);
    area += areaBetween(reference!, current!, runs.segments, ends, n, m);
  }
  if (infinite.some((share) => share !== 0)) return { distance: Number.POSITIVE_INFINITY, n, m };
  if (Number.isFinite(area)) return { distance: Math.max(area, 0) / n / m, n, m };
  const [reference, current] = yield* both("ordered", wholeGrid, Uint32Array.of(0));
  return { distance: scaledArea(reference as Float64Array, current as Float64Array, n, m), n, m };
}

function* wholeAreaPlan(): Plan<{ distance: number; n: number; m: number }> {
  let walked = startWalk();
  let like: Values = new Float64Array(0);
  const { n, m, ordered } = yield* inOrderPlan((x, y, n, m) => {
    walked = walkOn(walked, x, y, n, m);
    like = x;
  });
  if (n === 0 || m === 0) return { distance: Number.NaN, n, m };
  const { area } = finishWalk(walked, like);
  const [x, y] = [ordered?.reference, ordered?.current];
  const overflows = !Number.isFinite(area) && x instanceof Float64Array && y instanceof Float64Array;
  return { distance: overflows ? scaledArea(x, y, n, m) : area / n / m, n, m };
}

/** W1 of values so large that gaps times them, or their differences, overflow: gaps are scaled to at most 1. */
function scaledArea(reference: Float64Array, current: Float64Array, n: number, m: number): number {
  const [x, y] = [reference.map((value) => value / 4), current.map((value) => value / 4)];
  const unit = 2 ** -Math.ceil(Math.log2(n) + Math.log2(m));
  const segments = { count: 1, sizes: Uint32Array.of(0, 0, n, m) };
  const ends = Float64Array.of(Math.min(x[0]!, y[0]!), Math.max(x[n - 1]!, y[m - 1]!));
  return (areaBetween(x, y, segments, ends, n * unit, m * unit) / (n * unit * m)) * 4;
}

/** A group that holds more than its part of all values may hold one value many times: their sum would lose digits. */
function mostAdded(values: number): number {
  return Math.min(Math.max(values / 256, 256), 65_536);
}

/**
 * Per cell the sign that F - G keeps inside the cell's whole group; 0 in groups where it may change, or whose sums are of
 * no use.
 */
function signsOf(x: CellSums, y: CellSums, n: number, m: number): Int8Array {
  const [a, b] = [x.counts, y.counts];
  const signs = new Int8Array(a.length);
  // Products beyond 2^53 are rounded; a sign counts only when it is clear of that.
  const margin = n * m < 2 ** 53 ? 0 : n * m * 2 ** -50;
  const most = mostAdded(n + m);
  const size = 1 << groupShift;
  let gap = 0;
  let i = 0;
  let j = 0;
  for (let first = 0; first < a.length; first += size) {
    const last = Math.min(first + size, a.length);
    const before = i + j;
    // Added up instead of compared: a sign seldom changes, and a minimum does at every other cell.
    let signed = 0;
    for (let cell = first; cell < last; cell++) {
      signed += gap - b[cell]! * n >= margin ? 1 : gap + a[cell]! * m <= -margin ? -1 : 0;
      i += a[cell]!;
      j += b[cell]!;
      gap = i * m - j * n;
    }
    const sum = x.sums[first >> groupShift]! + y.sums[first >> groupShift]!;
    if (Math.abs(signed) < last - first || sum - sum !== 0 || i + j - before > most) continue;
    const sign = Math.sign(signed);
    for (let cell = first; cell < last; cell++) signs[cell] = sign;
  }
  return signs;
}

/** What the values in signed cells add. */
function sumTerms(signs: Int8Array, x: CellSums, y: CellSums, n: number, m: number): number {
  let sum = 0;
  for (let group = 0; group < x.sums.length; group++) {
    const sign = signs[group << groupShift]!;
    if (sign !== 0) sum += sign * (n * y.sums[group]! - m * x.sums[group]!);
  }
  return sum;
}

/** The cells without a sign, in order: those without values too, since F - G may not be 0 there. */
function unsigned(signs: Int8Array): Uint32Array {
  const open: number[] = [];
  for (let cell = 0; cell < signs.length; cell++) if (signs[cell] === 0) open.push(cell);
  return Uint32Array.from(open);
}

/** Sum over the cells' boundaries of (i·m - j·n) · (boundary - middle) times the change of sign there. */
function endTerms(grid: Grid, signs: Int8Array, a: Uint32Array, b: Uint32Array, n: number, m: number): number {
  const middle = middleOf(grid);
  const cells: number[] = [];
  const gaps: number[] = [];
  let i = 0;
  let j = 0;
  for (let cell = 1; cell < a.length; cell++) {
    i += a[cell - 1]!;
    j += b[cell - 1]!;
    const change = signs[cell - 1]! - signs[cell]!;
    if (change === 0 || i * m === j * n) continue;
    cells.push(cell);
    gaps.push(change * (i * m - j * n));
  }
  const starts = startsOf(grid, cells);
  return gaps.reduce((sum, gap, k) => sum + gap * (starts[k]! - middle), 0);
}

/** The area over cells with one step each, in units of 1 / (n·m). */
function constantArea(
  grid: Grid,
  cells: Uint32Array,
  a: Uint32Array,
  b: Uint32Array,
  n: number,
  m: number,
  x: Spans,
  y: Spans,
): number {
  const { sizes } = segmentsOf(cells, a, b);
  const ends = endsOf(grid, Array.from(cells), Array.from(cells));
  let area = 0;
  cells.forEach((cell, k) => {
    const value = Number((a[cell]! > 0 ? x : y).min[cell]!);
    const before = sizes[4 * k]! * m - sizes[4 * k + 1]! * n;
    const after = before + a[cell]! * m - b[cell]! * n;
    if (before !== 0) area += Math.abs(before) * (value - ends[2 * k]!);
    if (after !== 0) area += Math.abs(after) * (ends[2 * k + 1]! - value);
  });
  return area;
}

/** Neighbouring cells as one stretch each, so that only a stretch's ends have to be found. */
function joinNeighbours(cells: Uint32Array, { sizes }: Segments) {
  const joined = new Uint32Array(sizes.length);
  const first: number[] = [];
  const last: number[] = [];
  let count = 0;
  for (let k = 0; k < cells.length; k++) {
    if (k > 0 && cells[k] === cells[k - 1]! + 1) {
      joined[4 * count - 2]! += sizes[4 * k + 2]!;
      joined[4 * count - 1]! += sizes[4 * k + 3]!;
      last[count - 1] = cells[k]!;
    } else {
      joined.set(sizes.subarray(4 * k, 4 * k + 4), 4 * count++);
      first.push(cells[k]!);
      last.push(cells[k]!);
    }
  }
  return { first, last, segments: { count, sizes: joined } };
}

/** In pairs where each of the first cells begins and each of the last cells ends. */
function endsOf(grid: Grid, first: readonly number[], last: readonly number[]): Float64Array {
  const starts = startsOf(grid, first);
  const ends = startsOf(
    grid,
    last.map((cell) => cell + 1),
  );
  const pairs = new Float64Array(first.length * 2);
  for (let k = 0; k < first.length; k++) {
    pairs[2 * k] = starts[k]!;
    pairs[2 * k + 1] = ends[k]!;
  }
  return pairs;
}

function startsOf(grid: Grid, cells: readonly number[]): Float64Array {
  if (grid.by === "edges") throw new TypeError("wasserstein: needs a grid by scale or key");
  return cellStarts(grid, cells);
}

/** What is open of i·m - j·n over the values -∞ passed so far, and over those +∞. */
type Infinities = readonly [negative: number, positive: number];

/** Goes on by values in order: other than 0 at the end when the sides hold different shares of an infinity. */
function unequalInfinities(before: Infinities, x: Float64Array, y: Float64Array, n: number, m: number): Infinities {
  const [i, j] = [x, y].map((values) => {
    let first = 0;
    while (values[first] === Number.NEGATIVE_INFINITY) first++;
    let last = values.length;
    while (last > first && values[last - 1] === Number.POSITIVE_INFINITY) last--;
    return [first, values.length - last] as const;
  }) as [Infinities, Infinities];
  return [before[0] + i[0] * m - j[0] * n, before[1] + i[1] * m - j[1] * n];
}
