/**
 * Comparing a few values with many that were ordered before: each is looked up among them, and what lies between two is
 * never read. The largest gap is at the ends of what lies between, the area needs sums of values up to where the gap
 * changes its sign, and A² the places alone (assembly/placed-walk.ts).
 */
import { eachIndexed } from "./cells.js";
import { denseOf } from "./dense.js";
import type { Grid } from "./grid.js";
import type { Engine } from "./memory.js";
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
  const { values, ties } = index;
  const n = values.length;
  const m = current.length;
  const most = Math.max(Math.abs(current[0] ?? 0), Math.abs(current[m - 1] ?? 0));
  if (m === 0 || n * m >= 2 ** 50 || !(most < largest)) return null;
  return withScratch((engine, take) => {
    const { kernels, f64, u32 } = engine;
    const points = take(m * 8);
    f64.set(current, points / 8);
    const places = take(m * 8);
    place(index, current, engine, points, places);
    const runs = take(ties.length * 4);
    if (ties.length > 0) u32.set(ties, runs / 4);
    const turns = take((m + 1) * 32);
    const out = take(kernels.placedWalkSize());
    kernels.placedWalk(out, points, m, places, runs, ties.length / 2, n, turns);
    const found = f64.slice(out / 8, out / 8 + kernels.placedWalkSize() / 8);
    const area = areaOf(index, m, found, f64.subarray(turns / 8, turns / 8 + 2 * found[13]!));
    const scale = n * m * Math.max(most, Math.abs(values[0]!), Math.abs(values[n - 1]!));
    if (!(area > scale * 2 ** -55 && area > smallest)) return null;
    const gap = found[4]!;
    const at = found[5]!;
    return {
      gap: BigInt(gap),
      location: gap === 0 ? null : (at < n ? values[at] : current[at - n])!,
      area,
      weighted: found[0]! + found[1]!,
      spread: found[2]!,
      distinct: index.distinct + found[10]! - found[11]!,
    };
  });
}

/**
 * Up to so many values are brought into engine memory, where looking others up takes half the time; of more, only those
 * that are compared are read.
 */
const copied = 32_768;

/** Writes the places of the current values, which are at `points` too. */
function place(index: OrderIndex, current: Float64Array, engine: Engine, points: number, places: number): void {
  const { values, grid, starts } = index;
  const m = current.length;
  withScratch((_, take) => {
    const cells = take(m * 2);
    let at = cells;
    eachIndexed(denseOf(current), grid, engine, take, (_, block, length) => {
      engine.u16.copyWithin(at / 2, block / 2, block / 2 + length);
      at += length * 2;
    });
    if (values.length > copied) {
      const cellOf = engine.u16.slice(cells / 2, cells / 2 + m);
      engine.u32.set(search(index, current, cellOf), places / 4);
      return;
    }
    const ordered = take(values.length * 8);
    engine.copyIn(bytesOf(values), ordered);
    const begins = take(starts.length * 4);
    engine.copyIn(bytesOf(starts), begins);
    engine.kernels.placesOf(cells, points, m, ordered, begins, places);
  });
}

function bytesOf(values: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** What the kernel `placesOf` writes, from values outside of engine memory. */
function search({ values, starts }: OrderIndex, current: Float64Array, cellOf: Uint16Array): Uint32Array {
  const m = current.length;
  const places = new Uint32Array(2 * m);
  for (let k = 0; k < m; k++) {
    const cell = cellOf[k]!;
    const end = starts[cell + 1]!;
    const first = lowerBound(values, current[k]!, starts[cell]!, end);
    places[k] = first;
    places[m + k] =
      first < end && values[first] === current[k] ? upperBound(values, current[k]!, first + 1, end) : first;
  }
  return places;
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

/** The area from what the walk found; see assembly/placed-walk.ts. */
function areaOf(index: OrderIndex, m: number, found: Float64Array, turns: Float64Array): number {
  const n = index.values.length;
  const theirs: Sum = { high: 0, low: 0 };
  const area: Sum = { high: found[8]!, low: found[9]! };
  let sign = found[12]!;
  let start = 0;
  for (let k = 0; k < turns.length; k += 2) {
    const place = turns[k]!;
    addSums(theirs, index, start, place, sign);
    sign = -sign;
    const weight = turns[k + 1]!;
    if (weight !== 0) addProduct(area, index.values[place]!, weight);
    start = place;
  }
  addSums(theirs, index, start, n, sign);
  addProduct(area, found[6]!, n);
  addProduct(area, theirs.high, -m);
  return area.high + (area.low + (found[7]! * n - theirs.low * m));
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
