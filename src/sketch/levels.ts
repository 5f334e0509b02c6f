/**
 * The levels of a quantile sketch. Level h holds values that stand for 2^h each; the largest may hold k of them, each level
 * below two thirds of the next. Nothing is thrown away before all levels together hold as many as they may; then the
 * lowest levels that are full are halved: every other value goes up a level, with twice the weight.
 */
import { type Coins, extend, toss } from "./coins.js";

/** Ascending values level by level, and how many there are of each level. */
export interface Levels {
  readonly values: Float64Array;
  readonly sizes: readonly number[];
}

/** Counts are exact up to 2^53, so no level is above. */
const mostLevels = 53;

let capacitiesOf = 0;
let capacities: readonly number[] = [];
let most = 0;

/** Values of a level that lies `below` the largest one from which on it is halved. */
export function levelCapacity(k: number, below: number): number {
  if (k !== capacitiesOf) {
    capacities = Array.from({ length: mostLevels }, (_, depth) => Math.max(2, Math.ceil(k * (2 / 3) ** depth)));
    most = capacities.reduce((sum, capacity) => sum + capacity, 0);
    capacitiesOf = k;
  }
  return capacities[Math.max(below, 0)]!;
}

/** Values that a sketch holds at most. */
export function mostValues(k: number): number {
  levelCapacity(k, 0);
  return most;
}

/** Adds levels of values to those of a sketch, and halves levels while there are too many. */
export function fold(
  sketch: Coins & { readonly k: number; values: Float64Array; sizes: number[] },
  other: Levels,
): void {
  const limit = mostValues(sketch.k);
  let from: Levels = sketch;
  let beside = other;
  for (;;) {
    const total = sweep(sketch, from, beside, limit);
    sketch.values = space.slice(0, total);
    if (total <= limit) break;
    from = sketch;
    beside = nothing;
  }
  extend(sketch, sketch.sizes.length);
}

const nothing: Levels = { values: new Float64Array(0), sizes: [] };
let space = new Float64Array(0);
let both = new Float64Array(0);
let risen = new Float64Array(0);

/** One pass from the lowest level up, into `space`; returns how many values are left, whose sizes it puts into the sketch. */
function sweep(sketch: Coins & { readonly k: number; sizes: number[] }, a: Levels, b: Levels, limit: number): number {
  let total = a.values.length + b.values.length;
  if (total > space.length) {
    space = new Float64Array(2 * total);
    both = new Float64Array(2 * total);
    risen = new Float64Array(2 * total);
  }
  const top = Math.max(a.sizes.length, b.sizes.length) - 1;
  const sizes: number[] = [];
  let fromA = 0;
  let fromB = 0;
  let end = 0;
  let rising = 0;
  for (let h = 0; h <= top || rising > 0; h++) {
    const endA = fromA + (a.sizes[h] ?? 0);
    const endB = fromB + (b.sizes[h] ?? 0);
    if (rising === 0) mergeSorted(a.values, fromA, endA, b.values, fromB, endB, space, end);
    else {
      mergeSorted(a.values, fromA, endA, b.values, fromB, endB, both, 0);
      mergeSorted(both, 0, endA - fromA + endB - fromB, risen, 0, rising, space, end);
    }
    const size = endA - fromA + endB - fromB + rising;
    const half = size >>> 1;
    rising = 0;
    let stay = size;
    if (total > limit && size >= levelCapacity(sketch.k, top - h)) {
      const offset = end + toss(sketch, h);
      for (let k = 0; k < half; k++) risen[k] = space[offset + 2 * k]!;
      space[end] = space[end + size - 1]!;
      rising = half;
      stay = size & 1;
      total -= half;
    }
    end += stay;
    sizes.push(stay);
    fromA = endA;
    fromB = endB;
  }
  sketch.sizes = sizes;
  return end;
}

/** Merges two ascending stretches. */
function mergeSorted(
  a: Float64Array,
  fromA: number,
  endA: number,
  b: Float64Array,
  fromB: number,
  endB: number,
  out: Float64Array,
  at: number,
): void {
  let i = fromA;
  let j = fromB;
  let k = at;
  while (i < endA && j < endB) {
    const x = a[i]!;
    const y = b[j]!;
    const first = x <= y;
    out[k++] = first ? x : y;
    if (first) i++;
    else j++;
  }
  while (i < endA) out[k++] = a[i++]!;
  while (j < endB) out[k++] = b[j++]!;
}
