/**
 * Comparing a few values with many that were ordered before: each is looked up among them, and what lies between two is
 * never read. The largest gap is at the ends of what lies between, the area needs sums of values up to where the gap
 * changes its sign, and A² the places alone (assembly/placed-walk.ts).
 */
import { eachIndexed } from "./cells.js";
import { denseOf } from "./dense.js";
import type { Grid } from "./grid.js";
import type { FullWalk } from "./walk.js";
import { withScratch } from "./workspace.js";

/** Ordered values, none infinite, and what spares reading them. */
export interface OrderIndex {
  readonly values: Float64Array;
  readonly grid: Grid;
  /** Place of the first value of each cell of the grid, and the end. */
  readonly starts: Uint32Array;
  /** Sums of the first 0, 16, 32, … values, and what rounding took from them. */
  readonly sums: Float64Array;
  readonly sumsLow: Float64Array;
  /** First place and end of each run of equal values. */
  readonly ties: Uint32Array;
  readonly distinct: number;
}

const sumShift = 4;

/** Magnitudes between which products and sums of values keep all their digits. */
const largest = 2 ** 900;
const smallest = 2 ** -900;

/** Prepares ordered values for being looked up; `null` where sums of them would overflow or lose digits. */
export function orderIndex(values: Float64Array, grid: Grid, counts: Uint32Array): OrderIndex | null {
  const n = values.length;
  const most = Math.max(Math.abs(values[0] ?? 0), Math.abs(values[n - 1] ?? 0));
  if (!(most < largest && most > smallest)) return null;
  const starts = new Uint32Array(counts.length + 1);
  for (let cell = 0; cell < counts.length; cell++) starts[cell + 1] = starts[cell]! + counts[cell]!;
  const sums = new Float64Array((n >> sumShift) + 1);
  const sumsLow = new Float64Array(sums.length);
  const ties: number[] = [];
  const sum = { high: 0, low: 0 };
  let distinct = 0;
  let first = 0;
  for (let k = 0; k < n; k++) {
    if (k % (1 << sumShift) === 0) {
      sums[k >> sumShift] = sum.high;
      sumsLow[k >> sumShift] = sum.low;
    }
    add(sum, values[k]!);
    if (k + 1 < n && values[k + 1] === values[k]) continue;
    if (k > first) ties.push(first, k + 1);
    first = k + 1;
    distinct++;
  }
  if (n % (1 << sumShift) === 0) {
    sums[n >> sumShift] = sum.high;
    sumsLow[n >> sumShift] = sum.low;
  }
  return { values, grid, starts, sums, sumsLow, ties: Uint32Array.from(ties), distinct };
}

/** A sum of doubles, and what rounding took from it. */
interface Sum {
  high: number;
  low: number;
}

function add(sum: Sum, x: number): void {
  const before = sum.high;
  const after = before + x;
  const part = after - before;
  sum.high = after;
  sum.low += before - (after - part) + (x - part);
}

/** Adds a · b, both below 2^990. */
function addProduct(sum: Sum, a: number, b: number): void {
  const product = a * b;
  const c = 134217729 * a;
  const d = 134217729 * b;
  const aHigh = c - (c - a);
  const bHigh = d - (d - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  add(sum, product);
  sum.low += aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/**
 * What a full walk over both sides finds, or `null` where digits would be lost: infinities and huge values in `current`,
 * gaps that doubles cannot hold, an area that is tiny against the values.
 *
 * @param current ordered
 */
export function placedWalk(index: OrderIndex, current: Float64Array): FullWalk | null {
  const { values } = index;
  const n = values.length;
  const m = current.length;
  const most = Math.max(Math.abs(current[0] ?? 0), Math.abs(current[m - 1] ?? 0));
  if (m === 0 || n * m >= 2 ** 50 || !(most < largest)) return null;
  const places = placesOf(index, current);
  const { gap, location, distinct } = gapOf(index, current, places);
  const area = areaOf(index, current, places);
  const scale = n * m * Math.max(most, Math.abs(values[0]!), Math.abs(values[n - 1]!));
  if (!(area > scale * 2 ** -55 && area > smallest)) return null;
  const tied = distinct < n + m;
  const { weighted, spread } = weigh(index, places, n, m, tied);
  return { gap: BigInt(gap), location, area, weighted, spread, distinct };
}

/** Where the distinct current values lie: three numbers each, see assembly/placed-walk.ts. */
interface Places {
  readonly points: Uint32Array;
  readonly count: number;
}

function placesOf({ values, grid, starts }: OrderIndex, current: Float64Array): Places {
  const m = current.length;
  const cells = cellsOf(current, grid);
  const points = new Uint32Array(3 * m);
  let count = 0;
  for (let k = 0; k < m; ) {
    const value = current[k]!;
    const cell = cells[k]!;
    const end = starts[cell + 1]!;
    const below = lowerBound(values, value, starts[cell]!, end);
    let upTo = below;
    if (below < end && values[below] === value) upTo = upperBound(values, value, below + 1, end);
    let next = k + 1;
    while (next < m && current[next] === value) next++;
    points[3 * count] = below;
    points[3 * count + 1] = upTo;
    points[3 * count + 2] = next - k;
    count++;
    k = next;
  }
  return { points, count };
}

function cellsOf(current: Float64Array, grid: Grid): Uint16Array {
  return withScratch((engine, take) => {
    const cells = new Uint16Array(current.length);
    let at = 0;
    eachIndexed(denseOf(current), grid, engine, take, (_, index, length) => {
      cells.set(engine.u16.subarray(index / 2, index / 2 + length), at);
      at += length;
    });
    return cells;
  });
}

/** Place of the first value that is not below `value`, from a place up to another. */
export function lowerBound(values: Float64Array, value: number, from: number, to: number): number {
  let first = from;
  let end = to;
  while (first < end) {
    const middle = (first + end) >>> 1;
    if (values[middle]! < value) first = middle + 1;
    else end = middle;
  }
  return first;
}

/** Place of the first value above `value`. */
export function upperBound(values: Float64Array, value: number, from: number, to: number): number {
  let first = from;
  let end = to;
  while (first < end) {
    const middle = (first + end) >>> 1;
    if (values[middle]! <= value) first = middle + 1;
    else end = middle;
  }
  return first;
}

/** The largest gap i·m - j·n, the smallest value that attains it, and the number of distinct values. */
function gapOf({ values, distinct }: OrderIndex, current: Float64Array, { points, count }: Places) {
  const n = values.length;
  const m = current.length;
  let gap = 0;
  let place = -1;
  let inReference = false;
  let common = 0;
  let i = 0;
  let j = 0;
  for (let k = 0; k < 3 * count; k += 3) {
    const below = points[k]!;
    const upTo = points[k + 1]!;
    const before = below * m - j * n;
    if (below > i && isLarger(before, gap)) {
      gap = before;
      place = below - 1;
      inReference = true;
    }
    if (upTo > below) common++;
    j += points[k + 2]!;
    i = upTo;
    const after = upTo * m - j * n;
    if (isLarger(after, gap)) {
      gap = after;
      place = j - 1;
      inReference = false;
    }
  }
  const location = gap === 0 ? null : (inReference ? values : current)[place]!;
  return { gap, location, distinct: distinct + count - common };
}

/** Of equally large gaps a positive one counts more than a negative one. */
function isLarger(gap: number, than: number): boolean {
  const size = Math.abs(gap);
  const best = Math.abs(than);
  return size > best || (size === best && gap > than);
}

/**
 * The integral of |i·m - j·n|: minus the sum of each value times the change of |gap| there. That is m for a reference
 * value and -n for a current one where the gap is positive, the opposite where it is negative, and something between only
 * where its sign changes.
 */
function areaOf(index: OrderIndex, current: Float64Array, { points, count }: Places): number {
  const { values } = index;
  const n = values.length;
  const m = current.length;
  let ours = 0;
  let oursLow = 0;
  const theirs: Sum = { high: 0, low: 0 };
  const changes: Sum = { high: 0, low: 0 };
  // The reference's values from here on have this sign.
  let start = 0;
  let sign = 1;
  let j = 0;
  const turn = (place: number, to: number): void => {
    if (sign !== to) {
      addSums(theirs, index, start, place, sign);
      start = place;
      sign = to;
    }
  };
  /** Passes the reference's values up to `to`. */
  const pass = (from: number, to: number): void => {
    if (from === to) return;
    if (from * m - j * n >= 0) turn(from, 1);
    else {
      turn(from, -1);
      if (to * m - j * n <= 0) return;
      const crossing = Math.floor((j * n) / m);
      const before = crossing * m - j * n;
      turn(crossing, 1);
      if (before === 0) return;
      // Counted as positive from here on.
      addProduct(changes, values[crossing]!, -(2 * before));
    }
  };
  let i = 0;
  for (let k = 0; k < 3 * count; k += 3) {
    const upTo = points[k + 1]!;
    pass(i, upTo);
    i = upTo;
    const value = current[j]!;
    for (const end = j + points[k + 2]!; j < end; j++) {
      const before = i * m - j * n;
      if (before > 0 && before < n) {
        addProduct(changes, value, 2 * before - n);
        continue;
      }
      const term = before > 0 ? value : -value;
      const sum = ours + term;
      const part = sum - ours;
      oursLow += ours - (sum - part) + (term - part);
      ours = sum;
    }
  }
  pass(i, n);
  addSums(theirs, index, start, n, sign);
  const area: Sum = { high: 0, low: 0 };
  addProduct(area, ours, n);
  addProduct(area, theirs.high, -m);
  add(area, changes.high);
  return area.high + (area.low + (oursLow * n - theirs.low * m + changes.low));
}

/** Adds the sum of the values from one place to another, times the sign. */
function addSums(sum: Sum, index: OrderIndex, from: number, to: number, sign: number): void {
  addSumTo(sum, index, to, sign);
  addSumTo(sum, index, from, -sign);
}

function addSumTo(sum: Sum, { values, sums, sumsLow }: OrderIndex, to: number, sign: number): void {
  const block = to >> sumShift;
  add(sum, sign * sums[block]!);
  sum.low += sign * sumsLow[block]!;
  for (let k = block << sumShift; k < to; k++) add(sum, sign * values[k]!);
}

/** The sums behind A² and its law. */
function weigh({ ties }: OrderIndex, { points, count }: Places, n: number, m: number, tied: boolean) {
  return withScratch((engine, take) => {
    const at = take(count * 12);
    engine.u32.set(points.subarray(0, 3 * count), at / 4);
    const runs = take(ties.length * 4);
    engine.u32.set(ties, runs / 4);
    const out = take(32);
    engine.kernels.placedWalk(at, count, runs, ties.length / 2, n, m, tied, out);
    const [high, low, spread] = engine.f64.subarray(out / 8, out / 8 + 3);
    return { weighted: high! + low!, spread: spread! };
  });
}
