/**
 * The levels of a quantile sketch. Level h holds values that stand for 2^h each; the largest may hold k of them, each level
 * below two thirds of the next. Nothing is thrown away before all levels together hold as many as they may; then the
 * lowest levels that are full are halved: every other value goes up a level, with twice the weight.
 */
import { foldLevels, type Levels } from "../engine/levels.js";
import { type Coins, extend, toss } from "./coins.js";

/** Counts are exact up to 2^53, so no level is above. */
export const mostLevels = 53;

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

/** Values that a sketch holds at most: 3k, and some for levels that hold next to nothing. */
export function mostValues(k: number): number {
  levelCapacity(k, 0);
  return most;
}

/** Adds levels of values to those of a sketch, and halves levels while there are too many. */
export function fold(
  sketch: Coins & { readonly k: number; values: Float64Array; sizes: readonly number[] },
  other: Levels,
): void {
  const { k } = sketch;
  const { values, sizes } = foldLevels(sketch, other, {
    most: mostValues(k),
    capacity: (below) => levelCapacity(k, below),
    toss: (h) => toss(sketch, h),
  });
  sketch.values = values;
  sketch.sizes = sizes;
  extend(sketch, sizes.length);
}
