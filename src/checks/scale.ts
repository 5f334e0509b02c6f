/** How values of a metric are compared: as numbers, as points in time, as words. */
import { instantOf, timeOfDayOf } from "../column/time-text.js";
import type { MetricValue } from "../metrics/metric.js";

/** `time`: as ISO 8601 text. Words and truth values are equal or not, and have no order. */
export type Scale = "number" | "time" | "text" | "truth";

/** A number is exact as it is, whole numbers beyond 2^53 as bigint; points in time are bigint. */
export type Scaled = number | bigint | string | boolean;

const scaleWords: Readonly<Record<Scale, string>> = {
  number: "a number",
  time: "a date or time (ISO 8601)",
  text: "text",
  truth: "true or false",
};

export function scaleInWords(scale: Scale): string {
  return scaleWords[scale];
}

/** The value on the scale; `null` where it is not of this kind. */
export function scaled(value: Exclude<MetricValue, null>, scale: Scale): Scaled | null {
  switch (scale) {
    case "truth":
      return typeof value === "boolean" ? value : null;
    case "text":
      return typeof value === "string" ? value : null;
    case "time":
      return typeof value === "string" ? (instantOf(value) ?? timeOfDayOf(value)) : null;
    case "number":
      return typeof value === "boolean" ? null : numberOf(value);
  }
}

const infinities: ReadonlyMap<string, number> = new Map([
  ["Infinity", Number.POSITIVE_INFINITY],
  ["+Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

function numberOf(value: number | string): number | bigint | null {
  if (typeof value === "number") return Number.isNaN(value) ? null : value;
  if (/^[+-]?\d+$/.test(value)) {
    const whole = BigInt(value.replace("+", ""));
    const double = Number(whole);
    return Number.isSafeInteger(double) ? double : whole;
  }
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) return Number(value);
  return infinities.get(value) ?? null;
}

/**
 * Whether one value is less (-1) or more (1) than another, or the same (0); numbers that differ by no more than `slack`
 * are the same. Mixed whole and other numbers are compared exactly.
 */
export function order(one: Scaled, other: Scaled, slack = 0): -1 | 0 | 1 {
  if (slack > 0 && typeof one === "number" && typeof other === "number" && Math.abs(one - other) <= slack) return 0;
  return one < other ? -1 : one > other ? 1 : 0;
}

export function hasOrder(scale: Scale): boolean {
  return scale === "number" || scale === "time";
}
