/**
 * Isotonic regression: of all functions that never decrease the one with the least squared error. The pool-adjacent-
 * violators algorithm [1] gives its values at the given points; between them it is a straight line, beyond them constant.
 *
 * [1] Barlow, Bartholomew, Bremner, Brunk: Statistical inference under order restrictions (1972).
 */

import { groupSizes, scoreGroups, sumByGroup } from "./score-groups.js";

/** A function that never decreases, by its corners. */
export interface Isotonic {
  /** Ascending, all different. */
  readonly at: Float64Array;
  readonly values: Float64Array;
}

/** Fits targets to scores; equal scores count as one point with the mean of their targets. At least one point is needed. */
export function fitIsotonic(scores: Float64Array, targets: ArrayLike<number>): Isotonic {
  const groups = scoreGroups(scores);
  return fitSums(groups.distinct, sumByGroup(groups, targets), groupSizes(groups));
}

/** The same from the sums of the targets at ascending points, and how many there are; points without any are left out. */
export function fitSums(points: Float64Array, targets: Float64Array, counts: Float64Array): Isotonic {
  // Blocks of points with one value: their sum, how many rows, and their first and last point.
  const [sums, sizes] = [new Float64Array(points.length), new Float64Array(points.length)];
  const [firsts, lasts] = [new Uint32Array(points.length), new Uint32Array(points.length)];
  let blocks = 0;
  for (let point = 0; point < points.length; point++) {
    let [sum, size, first] = [targets[point]!, counts[point]!, point];
    if (size === 0) continue;
    while (blocks > 0 && sums[blocks - 1]! * size >= sum * sizes[blocks - 1]!) {
      blocks--;
      sum += sums[blocks]!;
      size += sizes[blocks]!;
      first = firsts[blocks]!;
    }
    sums[blocks] = sum;
    sizes[blocks] = size;
    firsts[blocks] = first;
    lasts[blocks++] = point;
  }
  const [at, values]: [number[], number[]] = [[], []];
  for (let block = 0; block < blocks; block++) {
    const level = sums[block]! / sizes[block]!;
    at.push(points[firsts[block]!]!);
    values.push(level);
    if (lasts[block] === firsts[block]) continue;
    at.push(points[lasts[block]!]!);
    values.push(level);
  }
  return { at: Float64Array.from(at), values: Float64Array.from(values) };
}

/** The function's value at `x`. */
export function isotonicAt({ at, values }: Isotonic, x: number): number {
  let [low, high] = [0, at.length - 1];
  if (x <= at[low]!) return values[low]!;
  if (x >= at[high]!) return values[high]!;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (at[middle]! <= x) low = middle;
    else high = middle;
  }
  const width = at[high]! - at[low]!;
  // Infinitely far from a corner there is no straight line: halfway in value.
  const share = Number.isFinite(width) ? (x - at[low]!) / width : 0.5;
  return values[low]! + share * (values[high]! - values[low]!);
}
