/**
 * What a field of a CSV file can be. A column's type follows from all of its fields:
 *
 * | fields | column |
 * |---|---|
 * | integers within 64 bits | Int64 |
 * | numbers, `inf`, `infinity`, `nan` (any case, signed) | Float64 |
 * | `true`, `false` (any case) | Bool |
 * | `2026-01-31` | Date32<DAY> |
 * | `2026-01-31T12:00[:00[.000000]][Z or ±00:00]`, a space for the T, dates | Timestamp<MICROSECOND> |
 * | anything else, or two of these mixed | text |
 *
 * An empty field, `NA` and `null` (any case) are null, except in a text column, where every field stays as it is.
 */

/** Sets of classes are sums of these. */
export const missing = 1;
export const integer = 2;
export const float = 4;
export const boolean = 8;
export const date = 16;
export const timestamp = 32;
export const text = 64;

export type CsvType = "none" | "integer" | "float" | "boolean" | "date" | "timestamp" | "text";

/** The type of a column whose fields are of these classes. */
export function typeOf(classes: number): CsvType {
  const present = classes & ~missing;
  if (present === 0) return "none";
  if (present === integer) return "integer";
  if ((present & ~(integer | float)) === 0) return "float";
  if (present === boolean) return "boolean";
  if (present === date) return "date";
  return (present & ~(date | timestamp)) === 0 ? "timestamp" : "text";
}

const missingText = /^(na|null)?$/i;
const numberText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const integerText = /^[+-]?\d+$/;
const specialText = /^([+-]?)(inf|infinity|nan)$/i;
const booleanText = /^(true|false)$/i;
const timeText = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Whether an integer's text fits into 64 signed bits. */
function fitsI64(field: string): boolean {
  if (field.length < 19) return true;
  const value = BigInt(field[0] === "+" ? field.slice(1) : field);
  return BigInt.asIntN(64, value) === value;
}

/** Days of each month but February. */
const lengths = [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Days since 1970-01-01 of a day of the Gregorian calendar, or NaN when there is no such day. Years begin in March, so
 * that a leap day is the last (Hinnant, "chrono-compatible low-level date algorithms").
 */
function dayNumber(year: number, month: number, day: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (day < 1 || day > ((lengths[month - 1] ?? 0) || (month === 2 ? 28 + Number(leap) : 0))) return Number.NaN;
  const from = month > 2 ? year : year - 1;
  const inYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return 365 * from + Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400) + inYear - 719_468;
}

/**
 * Microseconds since 1970 of a date or timestamp, or NaN when there is no such day or time. Without a zone it is UTC;
 * digits beyond the microsecond are cut off.
 */
export function microseconds(field: string): number {
  const parts = timeText.exec(field);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour, minute, second, fraction, zone] = parts;
  const days = dayNumber(Number(year), Number(month), Number(day));
  if (hour === undefined) return days * 86_400e6;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second ?? 0);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return Number.NaN;
  const sign = zone?.[0] === "-" ? -1 : 1;
  const away = zone === undefined || zone === "Z" ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
  const below = fraction === undefined ? 0 : Number(fraction.slice(0, 6).padEnd(6, "0"));
  return (days * 86_400 + seconds - away * 60) * 1e6 + below;
}

/** A number's value: those of `inf` and `nan` too. */
export function numberOf(field: string): number {
  const value = Number(field);
  if (!Number.isNaN(value)) return value;
  const special = specialText.exec(field)!;
  if (/nan/i.test(special[2]!)) return Number.NaN;
  return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** The class of one field. */
export function classOf(field: string): number {
  const first = field.charCodeAt(0);
  if ((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46) {
    if (integerText.test(field)) return fitsI64(field) ? integer : float;
    if (numberText.test(field)) return float;
    if (!Number.isNaN(microseconds(field))) return field.length === 10 ? date : timestamp;
    return specialText.test(field) ? float : text;
  }
  if (missingText.test(field)) return missing;
  if (booleanText.test(field)) return boolean;
  return specialText.test(field) ? float : text;
}
