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
export function fitSums(at: Float64Array, targets: Float64Array, counts: Float64Array): Isotonic {
  const points: number[] = [];
  // Blocks of points with one value: their sum, how many rows, and where they begin.
  const [sums, sizes, starts]: [number[], number[], number[]] = [[], [], []];
  for (let k = 0; k < at.length; k++) {
    let [sum, size, start] = [targets[k]!, counts[k]!, points.length];
    if (size === 0) continue;
    points.push(at[k]!);
    while (sums.length > 0 && sums.at(-1)! * size >= sum * sizes.at(-1)!) {
      sum += sums.pop()!;
      size += sizes.pop()!;
      start = starts.pop()!;
    }
    sums.push(sum);
    sizes.push(size);
    starts.push(start);
  }
  return corners(
    points,
    sums.map((sum, k) => sum / sizes[k]!),
    [...starts, points.length],
  );
}

/** Only the first and the last point of each block. */
function corners(points: readonly number[], levels: readonly number[], starts: readonly number[]): Isotonic {
  const [at, values]: [number[], number[]] = [[], []];
  levels.forEach((level, k) => {
    const [first, last] = [starts[k]!, starts[k + 1]! - 1];
    at.push(points[first]!);
    values.push(level);
    if (last === first) return;
    at.push(points[last]!);
    values.push(level);
  });
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
