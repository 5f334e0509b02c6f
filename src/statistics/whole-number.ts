/** Checks an option that is a whole number. */
import { shown } from "./option-checks.js";

/** @throws TypeError for what is no number, RangeError for one that is not whole or not from `least` to `most` */
export function wholeNumber(caller: string, name: string, value: unknown, least: number, most: number): void {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return;
  const message = `${caller}: ${name} must be a whole number from ${least} to ${most}, got ${shown(value)}`;
  throw typeof value === "number" ? new RangeError(message) : new TypeError(message);
}
