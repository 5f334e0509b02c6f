/**
 * A summary of a column of numbers from which all ranks and quantiles follow within an error that the sketch itself knows
 * (`rankError`): a KLL sketch [1] of which each block of sorted values is one run. docs/sketches.md says how it works.
 *
 * [1] Karnin, Lang, Liberty: Optimal quantile approximation in streams, FOCS 2016
 */
import type { Levels } from "../engine/levels.js";
import { type Coins, join, mixed, toss } from "./coins.js";
import { fold, levelCapacity, mostValues } from "./levels.js";

/** Plain data; the functions over it change it and its arrays in place, so a copy is a `structuredClone`. */
export interface QuantileSketch extends Levels, Coins {
  /** Values that the largest level may hold before half of them are thrown away. */
  readonly k: number;
  /** Values that were added: Σ 2^h · sizes[h]. */
  count: number;
  /** NaN while there is none. */
  min: number;
  max: number;
  /** Those that were kept, level by level, ascending within each; one of level h stands for 2^h of those that were added. */
  values: Float64Array;
  /** How many of them each level has; the last one has some. */
  sizes: readonly number[];
}

/** An error of 0.4 % for a million values and of 1 % for a billion with confidence 1 - 1e-9, in 9.7 KB at most. */
export const usualK = 360;

/** @param k a whole number from 8 to 65 535; error and size go with 1/k and k @throws RangeError */
export function emptyQuantiles(k = usualK): QuantileSketch {
  if (!Number.isInteger(k) || k < 8 || k > 65_535) {
    throw new RangeError(`emptyQuantiles: k must be a whole number from 8 to 65535, got ${k}`);
  }
  return { k, count: 0, min: NaN, max: NaN, values: new Float64Array(0), sizes: [], random: 0, halvings: [], next: [] };
}

/**
 * Adds a block of values. The larger a block the better: of a long one every 2^h-th value is kept, from a random one on,
 * which is as good as h halvings one after the other.
 *
 * @param sorted ascending, without NaN; -0 counts as 0
 */
export function addQuantiles(sketch: QuantileSketch, sorted: Float64Array): void {
  const { length } = sorted;
  if (length === 0) return;
  sketch.random = mixed(sketch.random, sorted);
  include(sketch, length, sorted[0]! + 0, sorted[length - 1]! + 0);
  const free = mostValues(sketch.k) - sketch.values.length;
  const top = sketch.sizes.length - 1;
  let level = 0;
  while (length / 2 ** level > free && length / 2 ** level >= levelCapacity(sketch.k, top - level)) level++;
  fold(sketch, sampled(sketch, sorted, level));
}

/** A block as levels: `level` halvings one after the other, each of which leaves an odd last value where it is. */
function sampled(coins: Coins, sorted: Float64Array, level: number): Levels {
  const { length } = sorted;
  const kept = Math.floor(length / 2 ** level);
  const sizes: number[] = [];
  const odd: number[] = [];
  let offset = 0;
  for (let h = 0; h < level; h++) {
    const size = Math.floor(length / 2 ** h);
    if (size % 2 === 1) odd.push(sorted[(size - 1) * 2 ** h + offset]! + 0);
    sizes.push(size % 2);
    offset += toss(coins, h) * 2 ** h;
  }
  sizes.push(kept);
  const values = new Float64Array(odd.length + kept);
  values.set(odd);
  const step = 2 ** level;
  for (let k = odd.length, from = offset; k < values.length; k++, from += step) values[k] = sorted[from]! + 0;
  return { values, sizes };
}

/**
 * Adds all that `from` stands for to `into`; `from` stays as it is, and an empty one changes nothing. The errors of both
 * add up as independent ones do, which takes for granted that the two saw different data.
 */
export function mergeQuantiles(into: QuantileSketch, from: QuantileSketch): void {
  if (from.count === 0) return;
  into.random = into.count === 0 ? from.random : mixed(into.random, Float64Array.of(from.random, from.count));
  join(into, from);
  include(into, from.count, from.min, from.max);
  fold(into, from);
}

function include(sketch: QuantileSketch, count: number, min: number, max: number): void {
  const first = sketch.count === 0;
  sketch.count += count;
  if (first || min < sketch.min) sketch.min = min;
  if (first || max > sketch.max) sketch.max = max;
}
