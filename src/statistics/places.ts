/** Places among values in order, numbers or 64-bit integers. */
import type { Values } from "../source/source.js";

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
