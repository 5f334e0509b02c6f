/**
 * The largest gap between two empirical distribution functions, exactly, without a global sort.
 *
 * Counting both sides into the cells of one grid gives the gap at every cell's end. The largest of these is a lower
 * bound L for the answer; inside a cell with a reference and b current values the gap can exceed neither
 * before + a·m nor before - b·n (as integers i·m - j·n). Only cells that may still reach L are looked into: when the
 * sides are independent samples, about one per cent of the values. Cells whose bound is below L are closed for good; not
 * those that equal it, since a tie may lie further left. Looking for gaps of one sign needs only that sign's bound.
 *
 * Crowded cells of data with few distinct values are closed by another question: a cell in which everything is one
 * value has its only step at its end.
 */

import { type Grid, wholeGrid } from "../engine/grid.js";
import { type Direction, type Gap, largestGap, type Segments } from "../engine/walk.js";
import { cellsFor, fineCellsFor, gridBetween } from "../source/grid-for.js";
import { both, one, type Plan, type Side } from "../source/plan.js";
import type { Spans, Values } from "../source/source.js";
import { isConstant, isCrowded } from "./constant-cells.js";

/** Up to this many rows in all, ordering everything is cheaper than counting first. */
export const orderAtOnce = 8192;

/** Values asked for at once. */
const roundSize = 4_000_000;

/** A cell with more values is divided rather than ordered. */
const mostInCell = 2 * roundSize;

/** Up to so many rounds, each looks for its values among all. */
const fewRounds = 2;

const all = Uint32Array.of(0);

/** Largest i·m - j·n in size, with its sign, where n and m values are on the two sides. */
export interface GapResult extends Gap {
  readonly n: number;
  readonly m: number;
}

/** Both sides' values in order, where there are few enough to order at once. */
export interface Ordered {
  readonly reference: Values;
  readonly current: Values;
}

/** The largest gap of either sign, or of the sign of `direction`. */
export function* gapPlan(direction: Direction = 0): Plan<GapResult & { ordered: Ordered | null }> {
  const { n, m, ordered, largest } = yield* gapsPlan([direction]);
  return { n, m, ordered, ...largest[0]! };
}

/** The largest gap in each of the directions; cells are counted once. */
export function* gapsPlan(
  directions: readonly Direction[],
): Plan<{ n: number; m: number; largest: Gap[]; ordered: Ordered | null }> {
  const sizes = yield* both("size");
  if (sizes[0] + sizes[1] <= orderAtOnce) {
    const [reference, current] = yield* both("ordered", wholeGrid, all);
    const n = reference.length;
    const m = current.length;
    const segments = { count: 1, sizes: Uint32Array.of(0, 0, n, m) };
    const largest = directions.map((direction) => largestGap(reference, current, segments, n, m, 0n, direction));
    return { n, m, largest, ordered: { reference, current } };
  }
  const side = sizes[1] > 8 * sizes[0] ? 1 : 0;
  const grid = yield* one(side, "grid", cellsFor(Math.max(...sizes), 24));
  const [a, b] = yield* both("cells", grid);
  const n = total(a);
  const m = total(b);
  if (n === 0 || m === 0) return { n, m, largest: directions.map(() => none), ordered: null };
  const largest: Gap[] = [];
  for (const direction of directions) largest.push(yield* largestInCells({ grid, a, b }, side, n, m, direction));
  return { n, m, largest, ordered: null };
}

const none: Gap = { gap: 0n, location: null };

/** How many values of either side lie in each cell. */
interface Cells {
  readonly grid: Grid;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
}

/** @param within  of a cell that was divided: what was reached before. The first and the last cell are others then */
function* largestInCells(
  cells: Cells,
  side: Side,
  n: number,
  m: number,
  direction: Direction,
  within: number | null = null,
): Plan<Gap> {
  let { grid, a, b } = cells;
  let best = none;
  let bound = Math.max(largestAtEdges(a, b, n, m, direction), within ?? 0);
  let open = mayReach(bound, a, b, n, m, direction);
  if (within !== null) open = open.filter((cell) => (cell > 0 || beginsWithAll(grid)) && cell < grid.count - 1);
  const isOverfull = (cell: number): boolean => a[cell]! + b[cell]! > mostInCell;
  if (isCrowded(open, a, b, n + m) || open.some(isOverfull)) {
    const [x, y] = yield* both("spans", grid);
    const constant = open.filter((cell) => isConstant(cell, a, b, x, y));
    best = largestInConstant(constant, a, b, n, m, x, y, direction);
    open = open.filter((cell) => !isConstant(cell, a, b, x, y));
    for (const cell of open.filter(isOverfull)) {
      const part = yield* divided(cell, a, b, x, y);
      best = better(best, yield* largestInCells(part, side, n, m, direction, bound));
      bound = Math.max(bound, Number(size(best.gap)));
    }
    open = open.filter((cell) => !isOverfull(cell));
  }
  let later = laterRounds(open, a, b);
  if (later && within === null) {
    // The sides are nearly identical: no gap is large against what a cell holds, so that only finer ones can be closed.
    const finer = yield* finerCells(grid, side, Math.max(n, m));
    const reached = finer && Math.max(bound, largestAtEdges(finer.a, finer.b, n, m, direction));
    const reaching = finer && mayReach(reached!, finer.a, finer.b, n, m, direction);
    const isFull = (cell: number): boolean => finer!.a[cell]! + finer!.b[cell]! > mostInCell;
    if (reaching && !reaching.some(isFull) && 4 * valuesIn(reaching, finer.a, finer.b) < valuesIn(open, a, b)) {
      ({ grid, a, b } = finer);
      [bound, open, later] = [reached!, reaching, null];
    }
  }
  for (let from = 0; from < open.length; ) {
    const round = nextRound(open, from, a, b);
    // What was found so far may have closed some.
    const reaching = from === 0 ? round : stillReach(round, bound, a, b, n, m, direction);
    from += round.length;
    if (reaching.length === 0) continue;
    const [reference, current] = yield* both("ordered", grid, reaching, false, later);
    const segments = segmentsOf(reaching, a, b);
    const found = largestGap(reference, current, segments, n, m, least(best, bound), direction);
    best = better(best, found);
    bound = Math.max(bound, Number(size(best.gap)));
  }
  return best;
}

/** Number of values in all cells. */
export function total(counts: Uint32Array): number {
  let sum = 0;
  for (let cell = 0; cell < counts.length; cell++) sum += counts[cell]!;
  return sum;
}

/** Values asked for at once when all are: they stay in the cache. */
export const walkSize = 65_536;

/** As many of the open cells, from `from` on, as one round may ask for; always at least one. */
export function nextRound(
  open: Uint32Array,
  from: number,
  a: Uint32Array,
  b: Uint32Array,
  most = roundSize,
): Uint32Array {
  let values = 0;
  let to = from;
  for (; to < open.length; to++) {
    values += a[open[to]!]! + b[open[to]!]!;
    if (values > most && to > from) break;
  }
  return to - from === open.length ? open : open.subarray(from, to);
}

/** The cells themselves when they take more than a few rounds, else `null`: what `ordered` may prepare for. */
export function laterRounds(open: Uint32Array, a: Uint32Array, b: Uint32Array): Uint32Array | null {
  return valuesIn(open, a, b) > fewRounds * roundSize ? open : null;
}

function valuesIn(open: Uint32Array, a: Uint32Array, b: Uint32Array): number {
  let values = 0;
  for (const cell of open) values += a[cell]! + b[cell]!;
  return values;
}

/** The values of one cell in many cells, all others in the first and the last of them. */
function* divided(cell: number, a: Uint32Array, b: Uint32Array, x: Spans, y: Spans): Plan<Cells> {
  const ends = [...(a[cell]! > 0 ? [x] : []), ...(b[cell]! > 0 ? [y] : [])];
  const least = ends.map(({ min }) => min[cell]!).reduce((one, other) => (other < one ? other : one));
  const most = ends.map(({ max }) => max[cell]!).reduce((one, other) => (other > one ? other : one));
  const grid = gridBetween(least, most, x.min instanceof BigUint64Array, cellsFor(Number.POSITIVE_INFINITY));
  const [inA, inB] = yield* both("cells", grid);
  return { grid, a: inA, b: inB };
}

/** Whether nothing can lie below a grid's inner cells. */
function beginsWithAll(grid: Grid): boolean {
  return grid.by === "key" && grid.low === -(2n ** 63n);
}

function* finerCells(grid: Grid, side: Side, size: number): Plan<Cells | null> {
  const finer = yield* one(side, "grid", fineCellsFor(size));
  if (finer.count <= 4 * grid.count) return null;
  const [a, b] = yield* both("cells", finer);
  return { grid: finer, a, b };
}

/** What was passed before each of the cells, and how many values it holds. */
export function segmentsOf(open: Uint32Array, a: Uint32Array, b: Uint32Array): Segments {
  const sizes = new Uint32Array(open.length * 4);
  let i = 0;
  let j = 0;
  let next = 0;
  for (let cell = 0; next < open.length; cell++) {
    if (open[next] === cell) {
      sizes[4 * next] = i;
      sizes[4 * next + 1] = j;
      sizes[4 * next + 2] = a[cell]!;
      sizes[4 * next + 3] = b[cell]!;
      next++;
    }
    i += a[cell]!;
    j += b[cell]!;
  }
  return { count: open.length, sizes };
}

/** The largest gap at the end of a cell. */
function largestAtEdges(a: Uint32Array, b: Uint32Array, n: number, m: number, direction: Direction): number {
  let [highest, lowest] = [0, 0];
  let i = 0;
  let j = 0;
  for (let cell = 0; cell < a.length; cell++) {
    i += a[cell]!;
    j += b[cell]!;
    const gap = i * m - j * n;
    if (gap > highest) highest = gap;
    else if (gap < lowest) lowest = gap;
  }
  return Math.max(direction < 0 ? 0 : highest, direction > 0 ? 0 : -lowest);
}

/**
 * Gaps from which a cell stays open. Beyond 2^53 the products are rounded, so a cell is closed only when it stays clear of
 * the bound by more than rounding can be. A bound that nothing reaches leaves a direction out.
 */
function marginsOf(bound: number, n: number, m: number, direction: Direction): { above: number; below: number } {
  const margin = n * m < 2 ** 53 ? Math.max(bound, 1) : bound - n * m * 2 ** -50;
  return {
    above: direction < 0 ? Number.POSITIVE_INFINITY : margin,
    below: direction > 0 ? Number.POSITIVE_INFINITY : margin,
  };
}

/** The cells inside which the gap may reach `bound`. */
function mayReach(
  bound: number,
  a: Uint32Array,
  b: Uint32Array,
  n: number,
  m: number,
  direction: Direction,
): Uint32Array {
  const { above, below } = marginsOf(bound, n, m, direction);
  const open: number[] = [];
  let i = 0;
  let j = 0;
  for (let cell = 0; cell < a.length; cell++) {
    const up = i + a[cell]!;
    const down = j + b[cell]!;
    if ((up * m - j * n >= above || down * n - i * m >= below) && up + down > i + j) open.push(cell);
    i = up;
    j = down;
  }
  return Uint32Array.from(open);
}

/** Those of the cells inside which the gap may reach `bound`. */
function stillReach(
  cells: Uint32Array,
  bound: number,
  a: Uint32Array,
  b: Uint32Array,
  n: number,
  m: number,
  direction: Direction,
): Uint32Array {
  const { above, below } = marginsOf(bound, n, m, direction);
  const { sizes } = segmentsOf(cells, a, b);
  return cells.filter((_, k) => {
    const gap = sizes[4 * k]! * m - sizes[4 * k + 1]! * n;
    return gap + sizes[4 * k + 2]! * m >= above || sizes[4 * k + 3]! * n - gap >= below;
  });
}

function largestInConstant(
  cells: Uint32Array,
  a: Uint32Array,
  b: Uint32Array,
  n: number,
  m: number,
  x: Spans,
  y: Spans,
  direction: Direction,
): Gap {
  const { sizes } = segmentsOf(cells, a, b);
  let best = none;
  cells.forEach((cell, k) => {
    const gap =
      BigInt(sizes[4 * k]! + sizes[4 * k + 2]!) * BigInt(m) - BigInt(sizes[4 * k + 1]! + sizes[4 * k + 3]!) * BigInt(n);
    if (BigInt(direction) * gap < 0n) return;
    const location = (a[cell]! > 0 ? x.min[cell] : y.min[cell])!;
    best = better(best, { gap, location });
  });
  return best;
}

/** The larger gap; of equal ones the positive, then the one further left. */
function better(one: Gap, other: Gap): Gap {
  if (other.location === null) return one;
  if (one.location === null) return other.gap === 0n ? one : other;
  const left = size(one.gap);
  const right = size(other.gap);
  if (left !== right) return left > right ? one : other;
  if (one.gap !== other.gap) return one.gap > 0n ? one : other;
  return one.location <= other.location ? one : other;
}

function size(gap: bigint): bigint {
  return gap < 0n ? -gap : gap;
}

/** What the walk has to reach: the best gap so far, or a bound that rounding cannot have made too large. */
function least(best: Gap, bound: number): bigint {
  const safe = BigInt(Math.floor(bound < 2 ** 53 ? bound : bound * (1 - 2 ** -50)));
  return size(best.gap) > safe ? size(best.gap) : safe;
}

/** The double nearest to |gap| / (n·m). */
export function ratioOf(gap: bigint, n: number, m: number): number {
  const product = n * m;
  if (product <= 2 ** 53) return Math.abs(Number(gap)) / product;
  const divisor = BigInt(n) * BigInt(m);
  const scaled = size(gap) << 120n;
  // Dividing exactly to more than 64 bits and keeping a sticky bit leaves one rounding, that of the conversion.
  const quotient = (scaled / divisor) | (scaled % divisor === 0n ? 0n : 1n);
  return Number(quotient) * 2 ** -120;
}
