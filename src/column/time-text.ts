/** ISO 8601 as one writes it, as an exact number of nanoseconds. */

const instant =
  /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;
const timeOfDay = /^(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?$/;

const nanoseconds = (digits = ""): bigint => BigInt(digits.padEnd(9, "0"));

/**
 * Nanoseconds since 1970 of a date or a date and time: `2024-01-31`, `2024-01-31T12:30`, `2024-01-31 12:30:05.25+02:00`.
 * UTC where no offset is written. `null` for what is none.
 */
export function instantOf(text: string): bigint | null {
  const [all, year, month, day, hour = "0", minute = "0", second = "0", fraction, zone = "Z"] =
    instant.exec(text) ?? [];
  if (all === undefined || year === "-000000") return null;
  const [y, m, d, h, min, s] = [year, month, day, hour, minute, second].map(Number) as [number, ...number[]];
  if (h! > 23 || min! > 59 || s! > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(y, m! - 1, d);
  date.setUTCHours(h!, min, s);
  const written = date.getUTCMonth() === m! - 1 && date.getUTCDate() === d;
  if (!written) return null;
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
  return BigInt(date.getTime() - offset) * 1_000_000n + nanoseconds(fraction);
}

/** Nanoseconds since midnight of a time of day: `12:30`, `12:30:05.25`. `null` for what is none. */
export function timeOfDayOf(text: string): bigint | null {
  const [all, hour, minute, second = "0", fraction] = timeOfDay.exec(text) ?? [];
  if (all === undefined) return null;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (h > 23 || m > 59 || s > 59) return null;
  return BigInt((h * 60 + m) * 60 + s) * 1_000_000_000n + nanoseconds(fraction);
}
