/** Checks of what a monitor is given while it runs. */
import { shown } from "../statistics/option-checks.js";

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

/** @throws TypeError for what is no number, RangeError for what no record has */
export function recordNumber(method: string, sequence: unknown): void {
  if (Number.isSafeInteger(sequence) && (sequence as number) >= 1) return;
  const message = `Monitor.${method}: sequence must be a whole number from 1 on, got ${shown(sequence)}`;
  throw typeof sequence === "number" ? new RangeError(message) : new TypeError(message);
}
