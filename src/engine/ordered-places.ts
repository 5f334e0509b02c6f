/** Places among values in order, numbers or 64-bit integers. */
import type { Values } from "./grid.js";

/** How many are below a value. */
export function countBelow(values: Values, value: number | bigint): number {
  return firstWith(values, (other) => other >= value);
}

/** How many are at most as large. */
export function countUpTo(values: Values, value: number | bigint): number {
  return firstWith(values, (other) => other > value);
}

function firstWith(values: Values, holds: (value: number | bigint) => boolean): number {
  let first = 0;
  let end = values.length;
  while (first < end) {
    const middle = (first + end) >>> 1;
    if (holds(values[middle]!)) end = middle;
    else first = middle + 1;
  }
  return first;
}

/** What is at a place (from 0) among the values of two sides together. */
export function pooledAt(x: Values, y: Values, place: number): number | bigint {
  let low = Math.max(0, place - y.length);
  let high = Math.min(place, x.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x[middle]! < y[place - middle - 1]!) low = middle + 1;
    else high = middle;
  }
  const [a, b] = [x[low], y[place - low]];
  return b === undefined || (a !== undefined && a <= b) ? a! : b;
}

/** Values of two sides below and up to the one in the middle of all. */
export interface Middle {
  readonly below: readonly [i: number, j: number];
  readonly upTo: readonly [i: number, j: number];
}

/** @param place  of the middle one (from 0) among these */
export function middleOf(x: Values, y: Values, place: number): Middle {
  const value = pooledAt(x, y, place);
  return { below: [countBelow(x, value), countBelow(y, value)], upTo: [countUpTo(x, value), countUpTo(y, value)] };
}

/** The middle of so many, the lower one of two. */
export const middlePlace = (count: number): number => Math.floor((count - 1) / 2);
