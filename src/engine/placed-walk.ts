/**
 * Comparing a few values with many that were ordered before: each is looked up among them, and what lies between two is
 * never read. The largest gap is at the ends of what lies between, the area needs sums of values up to where the gap
 * changes its sign, and A² the places alone (assembly/placed-walk.ts).
 */
import type { Dense } from "./dense.js";
import type { Grid } from "./grid.js";
import { hasTable, weightedGaps } from "./harmonic-weights.js";
import type { Engine } from "./memory.js";
import { placeInOrder } from "./order.js";
import { type Middle, middleOf } from "./ordered-places.js";
import { lookUp, type Places, placesFor } from "./places.js";
import { hasSums, spreadOfTies, type TiedSides } from "./tied-spread.js";
import type { FullWalk } from "./walk.js";
import { type Take, withScratch } from "./workspace.js";

/** Ordered values, none infinite, and what spares reading them. */
export interface OrderIndex extends Places {
  readonly values: Float64Array;
  /** Of the first 0, 8, 16, … values their sum, and what rounding took from it. */
  readonly sums: Float64Array;
  /** First place and end of each run of equal values. */
  readonly ties: Uint32Array;
  readonly distinct: number;
  /** The largest magnitude. */
  readonly most: number;
}

const sumShift = 3;

/** Magnitudes between which products and sums of values keep all their digits. */
const largest = 2 ** 900;
const smallest = 2 ** -900;

/**
 * Prepares ordered values for being looked up; `null` where sums of them would overflow or lose digits.
 *
 * @param gridOf  a grid of about so many cells
 */
export function orderIndex(values: Float64Array, gridOf: (count: number) => Grid): OrderIndex | null {
  const n = values.length;
  const most = Math.max(Math.abs(values[0] ?? 0), Math.abs(values[n - 1] ?? 0));
  if (!(most < largest && most > smallest)) return null;
  const sums = new Float64Array(new SharedArrayBuffer(16 * ((n >> sumShift) + 1)));
  const ties: number[] = [];
  const sum = { high: 0, low: 0 };
  let distinct = 0;
  let first = 0;
  for (let k = 0; k < n; k++) {
    if (k % (1 << sumShift) === 0) keep(sums, k, sum);
    add(sum, values[k]!);
    if (k + 1 < n && values[k + 1] === values[k]) continue;
    if (k > first) ties.push(first, k + 1);
    first = k + 1;
    distinct++;
  }
  if (n % (1 << sumShift) === 0) keep(sums, n, sum);
  const places = distinct * mostlyTied > n ? placesFor(values, null, gridOf) : amongDistinct(values, distinct, gridOf);
  return places && { ...places, values, sums, ties: Uint32Array.from(ties), distinct, most };
}

/** Keeps the sum of the values before a place. */
function keep(sums: Float64Array, place: number, { high, low }: Sum): void {
  sums[place >> (sumShift - 1)] = high;
  sums[(place >> (sumShift - 1)) + 1] = low;
}

function amongDistinct(values: Float64Array, distinct: number, gridOf: (count: number) => Grid): Places | null {
  const among = new Float64Array(new SharedArrayBuffer(8 * distinct));
  const before = new Uint32Array(new SharedArrayBuffer(4 * (distinct + 1)));
  let found = 0;
  for (let k = 0; k < values.length; k++) {
    if (k > 0 && values[k] === values[k - 1]) continue;
    among[found] = values[k]!;
    before[found++] = k;
  }
  before[found] = values.length;
  return placesFor(among, before, gridOf);
}

/** With so many times as many values as distinct ones only those are looked among. */
const mostlyTied = 2;

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

/** What a walk finds, and how many current values there are. */
export interface PlacedWalk extends FullWalk {
  readonly length: number;
  /** `null` where no values are equal. */
  readonly middle: Middle | null;
}

/** Current values in order in engine memory. */
interface Points {
  readonly address: number;
  readonly length: number;
}

/**
 * What a full walk over both sides finds, or `null` where digits would be lost: infinities and huge values in `current`,
 * gaps that doubles cannot hold, an area that is tiny against the values.
 */
export function placedWalk(index: OrderIndex, current: Dense): PlacedWalk | null {
  return withScratch((engine, take) => walkAmong(index, placeInOrder(current, engine, take), engine, take));
}

/** The same of values that are in order. */
export function walkAmong(index: OrderIndex, points: Points, engine: Engine, take: Take): PlacedWalk | null {
  const { kernels, f64, u32 } = engine;
  const { values, ties } = index;
  const n = values.length;
  const { address, length: m } = points;
  const at = address / 8;
  const most = m === 0 ? 0 : Math.max(Math.abs(f64[at]!), Math.abs(f64[at + m - 1]!));
  if (m === 0 || n * m >= 2 ** 50 || !(most < largest)) return null;
  const places = take(m * 8);
  lookUp(index, address, m, places);
  const runs = take(ties.length * 4);
  if (ties.length > 0) u32.set(ties, runs / 4);
  const turns = take((m + 1) * 32);
  const out = take(kernels.placedWalkSize());
  const known = hasTable(n + m);
  const summed = hasSums(n + m);
  kernels.placedWalk(out, address, m, places, runs, ties.length / 2, n, (known ? 0 : 1) + (summed ? 2 : 0), turns);
  const found = new Float64Array(engine.buffer, out, kernels.placedWalkSize() / 8);
  const area = areaOf(index, m, found, new Float64Array(engine.buffer, turns, 2 * found[13]!));
  if (!(area > n * m * Math.max(most, index.most) * 2 ** -55 && area > smallest)) return null;
  const distinct = index.distinct + found[10]! - found[11]!;
  const tied = distinct < n + m;
  const gap = found[4]!;
  const where = found[5]!;
  return {
    length: m,
    middle: tied ? middleOf(values, f64.subarray(at, at + m), n + m) : null,
    gap: BigInt(gap),
    location: gap === 0 ? null : (where < n ? values[where] : f64[at + where - n])!,
    area,
    weighted: known && !tied ? weightedGaps(places, m, n, engine, take) : found[0]! + found[1]!,
    spread: tied && summed ? spreadOfTies(tiedSides(index, points, places, engine)) : found[2]!,
    distinct,
  };
}

function tiedSides(
  { values, ties }: OrderIndex,
  { address, length }: Points,
  places: number,
  { buffer }: Engine,
): TiedSides {
  return {
    current: new Float64Array(buffer, address, length),
    below: new Uint32Array(buffer, places, length),
    upTo: new Uint32Array(buffer, places + 4 * length, length),
    ties,
    n: values.length,
  };
}

/** The area from what the walk found; see assembly/placed-walk.ts. */
function areaOf(index: OrderIndex, m: number, found: Float64Array, turns: Float64Array): number {
  const n = index.values.length;
  const theirs: Sum = { high: 0, low: 0 };
  const area: Sum = { high: found[8]!, low: found[9]! };
  let sign = found[12]!;
  if (Number.isNaN(touched(index, turns))) return Number.NaN;
  for (let k = 0; k < turns.length; k += 2) {
    const place = turns[k]!;
    // What ends a stretch of one sign begins one of the other.
    addSumTo(theirs, index, place, 2 * sign);
    sign = -sign;
    const weight = turns[k + 1]!;
    if (weight !== 0) addProduct(area, index.values[place]!, weight);
  }
  addSumTo(theirs, index, n, sign);
  addProduct(area, found[6]!, n);
  addProduct(area, theirs.high, -m);
  return area.high + (area.low + (found[7]! * n - theirs.low * m));
}

/**
 * Reads what is needed at the turns, all at once: memory is slow to answer, but answers several questions together.
 * Without a use of what is returned nothing would be read; it is a number.
 */
function touched({ values, sums }: OrderIndex, turns: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < turns.length; k += 2) {
    const block = turns[k]! >> sumShift;
    sum += sums[2 * block]! + values[Math.min(block << sumShift, values.length - 1)]!;
  }
  return sum;
}

/** Adds the sum of the values before a place, times 1, 2 or the opposite. */
function addSumTo(sum: Sum, { values, sums }: OrderIndex, to: number, times: number): void {
  const block = to >> sumShift;
  add(sum, times * sums[2 * block]!);
  // Not by `add`: fields are slower than variables.
  let high = sum.high;
  let low = sum.low + times * sums[2 * block + 1]!;
  for (let k = block << sumShift; k < to; k++) {
    const x = times * values[k]!;
    const after = high + x;
    const part = after - high;
    low += high - (after - part) + (x - part);
    high = after;
  }
  sum.high = high;
  sum.low = low;
}
