/** Whether two runs were made with the same configuration. */
import { createHash } from "node:crypto";
import { shown } from "../statistics/option-checks.js";

/**
 * SHA-256, in hexadecimal, of plain data; the order of keys does not matter, that of arrays does. What JSON leaves out (functions
 * and undefined, as callbacks and options that were not given) is left out here. 0 and -0 are the same.
 *
 * @throws TypeError for what is not plain: other objects than arrays, records and dates, big integers, circles
 */
export function configHash(config: unknown): string {
  return createHash("sha256").update(canonical(config, [])).digest("hex");
}

function canonical(value: unknown, within: readonly object[]): string {
  if (typeof value === "number") return `n${value}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean" || value === null || value === undefined) return String(value);
  if (typeof value !== "object") throw new TypeError(`configHash: needs plain data, got ${typeof value}`);
  if (value instanceof Date) return `d${value.getTime()}`;
  if (within.includes(value)) throw new TypeError("configHash: needs plain data, got an object that holds itself");
  const inside = [...within, value];
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, inside)).join()}]`;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`configHash: needs plain data, got ${prototype?.constructor?.name ?? shown(value)}`);
  }
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined && typeof item !== "function")
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item, inside)}`).join()}}`;
}
