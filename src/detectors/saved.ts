/** Reads states that come back as JSON: whoever stored them may have changed them. */
import { shown } from "../statistics/option-checks.js";
import type { GivenOptions } from "./method.js";

/** What a memory of plain fields holds. */
export type PlainMemory = { [field: string]: number | boolean | null };

/**
 * The fields of `like` from a state, with numbers where it has numbers; where it has `null`, a number or `null`.
 *
 * @throws RangeError for other values
 */
export function plainMemory<Memory extends object>(caller: string, saved: GivenOptions, like: Memory): Memory {
  const entries = Object.entries(like).map(([field, example]) => {
    const value = saved[field];
    const isRight =
      typeof example === "boolean"
        ? typeof value === "boolean"
        : Number.isFinite(value) || (example === null && value === null);
    if (!isRight) throw wrong(caller, field, value);
    return [field, value];
  });
  return Object.fromEntries(entries) as Memory;
}

/** @throws RangeError for what is no list of finite numbers of at most this length */
export function savedNumbers(caller: string, saved: GivenOptions, field: string, longest: number): number[] {
  const values: unknown = saved[field];
  if (!Array.isArray(values) || values.length > longest || !values.every(Number.isFinite))
    throw wrong(caller, field, values);
  return [...values] as number[];
}

/** @throws RangeError for what is no whole number from `least` to `most` */
export function savedCount(caller: string, saved: GivenOptions, field: string, least: number, most: number): number {
  const value = saved[field];
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
  throw wrong(caller, field, value);
}

export function wrong(caller: string, field: string, value: unknown): RangeError {
  return new RangeError(`restoreDetector: ${caller}: a state has no ${field} such as ${shown(value)}`);
}
