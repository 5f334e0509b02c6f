/** A value as one writes it, brought to the kind of a column: what its values are held against. */
import type { Column, FixedColumn } from "./column.js";
import type { TestedValue } from "./marked-rows.js";
import type { FilterValue } from "./row-filter.js";
import { instantOf, timeOfDayOf } from "./time-text.js";

/** Where a value lies: below (-1), at (0) or above (1) what was written. */
export type Operand = (value: TestedValue) => -1 | 0 | 1;

/**
 * What was written, for values of a column.
 *
 * Numbers: numbers, bigints, and decimal text, of which whole numbers are exact; also "Infinity" and "-Infinity". Truth
 * values: true and false. Points in time: ISO 8601, in UTC where no offset is written; times of day hh:mm:ss. Texts: text,
 * in the order of its UTF-16 units.
 *
 * @param where  begins the message, and names column and operator
 * @throws TypeError for a value of another kind, RangeError for NaN and for text that is no such value
 */
export function operandOf(column: Column, written: FilterValue, where: string): Operand {
  const refuse = (wanted: string): never => {
    throw new TypeError(`${where} needs ${wanted} for a column of type ${column.type}, got ${quoted(written)}`);
  };
  switch (column.kind) {
    case "categorical":
      return typeof written === "string" ? against(wellFormed(written)) : refuse("text");
    case "boolean":
      return typeof written === "boolean" ? against(Number(written)) : refuse("true or false");
    case "temporal":
      return typeof written === "string" ? againstTime(column, written, where) : refuse("text in ISO 8601");
    case "numeric":
      if (typeof written === "string") return againstNumber(numberOf(written, where));
      return typeof written === "boolean" ? refuse("a number") : againstNumber(notNaN(written, where));
    case "vector":
      return refuse("missing, which is the only condition");
  }
}

function against(wanted: number | string): Operand {
  return (value) => (value === wanted ? 0 : value < wanted ? -1 : 1);
}

/** As texts of a column are read: half a surrogate pair is U+FFFD. */
export function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text)
    ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text))
    : text;
}

/** JavaScript compares numbers and bigints by their exact values. */
function againstNumber(wanted: number | bigint): Operand {
  if (typeof wanted === "number") {
    return (value) => ((value as number) < wanted ? -1 : (value as number) > wanted ? 1 : 0);
  }
  const same = Number(wanted);
  if (BigInt(same) === wanted) return againstNumber(same);
  return (value) => ((value as number | bigint) < wanted ? -1 : (value as number | bigint) > wanted ? 1 : 0);
}

function notNaN(written: number | bigint, where: string): number | bigint {
  if (Number.isNaN(written)) throw new RangeError(`${where} needs a number, got NaN; { missing: true } finds it`);
  return written;
}

const wholeNumber = /^[+-]?\d+$/;
const decimalNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function numberOf(written: string, where: string): number | bigint {
  if (wholeNumber.test(written)) return BigInt(written.replace("+", ""));
  if (decimalNumber.test(written) || /^[+-]?Infinity$/.test(written)) return Number(written);
  throw new RangeError(`${where} needs a number, got ${quoted(written)}`);
}

/** In the column's unit, between two of whose counts a written time may lie. */
function againstTime({ type, unitsPerSecond }: FixedColumn, written: string, where: string): Operand {
  const isTimeOfDay = type.startsWith("Time") && !type.startsWith("Timestamp");
  const found = isTimeOfDay ? timeOfDayOf(written) : instantOf(written);
  if (found === null) {
    const wanted = isTimeOfDay
      ? "a time of day such as 12:30:05"
      : "ISO 8601 such as 2024-01-31 or 2024-01-31T12:30:05Z";
    throw new RangeError(`${where} needs ${wanted}, got ${quoted(written)}`);
  }
  const unit = BigInt(Math.round(1e9 / unitsPerSecond));
  const rest = ((found % unit) + unit) % unit;
  const count = againstNumber((found - rest) / unit);
  if (rest === 0n) return count;
  return (value) => (count(value) > 0 ? 1 : -1);
}

function quoted(written: unknown): string {
  return typeof written === "string" ? JSON.stringify(written) : String(written);
}
