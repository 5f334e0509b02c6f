/** Reads states that come back as JSON: whoever stored them may have changed them. */
import { shown } from "../statistics/option-checks.js";
import type { GivenOptions } from "./method.js";

/** Least and greatest of the numbers of a state, by field. */
export interface SavedBounds {
  readonly [field: string]: readonly [least: number, most: number];
}

/** What no sum of values reaches, and no sum of their squares. */
export const [largestSum, largestSquares] = [1e150, 1e300];

/**
 * The fields of `like` from a state: truth values where it has these, numbers where it has numbers, and where it has `null`, a number or
 * `null`. Numbers lie within their bounds; those that have none are counts.
 *
 * @throws RangeError for other values
 */
export function plainMemory<Memory extends object>(
  caller: string,
  saved: GivenOptions,
  like: Memory,
  bounds: SavedBounds = {},
): Memory {
  const entries = Object.entries(like).map(([field, example]) => {
    const value = saved[field];
    const isRight =
      typeof example === "boolean"
        ? typeof value === "boolean"
        : isSaved(value, bounds[field]) || (example === null && value === null);
    if (!isRight) throw wrong(caller, field, value);
    return [field, value];
  });
  return Object.fromEntries(entries) as Memory;
}

function isSaved(value: unknown, bounds: SavedBounds[string] | undefined): boolean {
  if (!bounds) return Number.isSafeInteger(value) && (value as number) >= 0;
  return typeof value === "number" && value >= bounds[0] && value <= bounds[1];
}

/** @throws RangeError for what is no list of at most so many numbers up to `most` either way */
export function savedNumbers(
  caller: string,
  saved: GivenOptions,
  field: string,
  longest: number,
  most = 1e100,
): number[] {
  const values: unknown = saved[field];
  if (!Array.isArray(values) || values.length > longest || !values.every((value) => isSaved(value, [-most, most])))
    throw wrong(caller, field, values);
  return [...values] as number[];
}

export function wrong(caller: string, field: string, value: unknown): RangeError {
  return new RangeError(`restoreDetector: ${caller}: a state has no ${field} such as ${shown(value)}`);
}
