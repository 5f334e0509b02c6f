/** Checks of what a monitor is given while it runs. */
import { knownOptions, shown } from "../statistics/option-checks.js";
import type { PushOptions } from "./monitor-options.js";
import type { StateParts } from "./state.js";

/** @throws TypeError for what is no number, RangeError for one that is not finite */
export function finiteNumber(method: string, name: string, value: unknown): void {
  if (typeof value !== "number")
    throw new TypeError(`Monitor.${method}: ${name} must be a number, got ${shown(value)}`);
  if (!Number.isFinite(value)) throw new RangeError(`Monitor.${method}: ${name} must be finite, got ${value}`);
}

/** Beyond it there are no dates. */
export const latestTime = 8.64e15;

/** @throws TypeError for what is no number, RangeError for what is no time */
export function checkedTime(method: string, name: string, value: unknown): void {
  finiteNumber(method, name, value);
  if (Math.abs(value as number) <= latestTime) return;
  throw new RangeError(`Monitor.${method}: ${name} must be a time in milliseconds since 1970, got ${value}`);
}

/**
 * @returns the number of the record that something comes with, if it has one
 * @throws TypeError for what is no number, RangeError for what no record has, and for options that there are not
 */
export function recordNumber(method: string, options: PushOptions): number | undefined {
  knownOptions(`Monitor.${method}`, options, ["arrival", "sequence"]);
  const { sequence } = options;
  if (sequence === undefined || (Number.isSafeInteger(sequence) && sequence >= 1)) return sequence;
  const message = `Monitor.${method}: sequence must be a whole number from 1 on, got ${shown(sequence)}`;
  throw typeof sequence === "number" ? new RangeError(message) : new TypeError(message);
}

/** @throws TypeError for what are no bytes of a state: without any, a monitor would begin anew and say nothing */
export function givenState(state: Uint8Array | StateParts): Uint8Array | StateParts {
  const given: unknown = state;
  if (given instanceof Uint8Array || (typeof given === "object" && given !== null && "references" in given))
    return state;
  throw new TypeError(`Monitor.restore: needs a Uint8Array, got ${typeof given}`);
}
