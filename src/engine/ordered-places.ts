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

/** Values of two sides below and up to the one in the middle of all; of two in the middle to the one that there is more of. */
export interface Middle {
  readonly below: readonly [i: number, j: number];
  readonly upTo: readonly [i: number, j: number];
}

/**
 * What is known of the middle when these stretches of both sides come next.
 *
 * @param known  of the stretches before, in which i and j values were
 * @param count  of all values of both sides
 */
export function middleOf(
  x: Values,
  y: Values,
  count: number,
  [i, j]: readonly [number, number] = [0, 0],
  known: Middle | null = null,
): Middle | null {
  let middle = known;
  for (const place of middlePlaces(count)) {
    const here = place - i - j;
    if (here < 0 || here >= x.length + y.length) continue;
    const value = pooledAt(x, y, here);
    middle = larger(middle, {
      below: [i + countBelow(x, value), j + countBelow(y, value)],
      upTo: [i + countUpTo(x, value), j + countUpTo(y, value)],
    });
  }
  return middle;
}

/** Of so many, the same of an odd number. */
export const middlePlaces = (count: number): readonly number[] => [Math.floor((count - 1) / 2), Math.floor(count / 2)];

/** The one of more values, the first of equal ones. */
export const larger = (first: Middle | null, second: Middle): Middle =>
  first === null || sizeOf(second) > sizeOf(first) ? second : first;

const sizeOf = ({ below, upTo }: Middle): number => upTo[0] + upTo[1] - below[0] - below[1];
