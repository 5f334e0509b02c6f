/** Points in time as ISO 8601 text writes them, exactly. */

const dateTime =
  /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const timeOfDay = /^(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?$/;

/** Digits of a second that count. */
const places = 18;

/**
 * A date, a date and time (UTC unless it has an offset) or a time of day as a number of 10^-18 seconds, since 1970 or since
 * midnight. `null` for what is none.
 */
export function instantOf(text: string): bigint | null {
  const day = timeOfDay.exec(text);
  if (day) return within(1970, 1, 1, day.slice(1));
  const found = dateTime.exec(text);
  if (!found) return null;
  const [, year, month, date, hour, minute, second, fraction, zone] = found;
  const instant = within(Number(year), Number(month), Number(date), [hour, minute, second, fraction]);
  return instant === null ? null : instant - BigInt(offset(zone)) * 10n ** BigInt(places);
}

function within(
  year: number,
  month: number,
  date: number,
  [hour = "0", minute = "0", second = "0", fraction = ""]: readonly (string | undefined)[],
): bigint | null {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  // Through setUTCFullYear, because Date.UTC takes years below 100 for those of the last century.
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, date);
  const exists = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === date;
  if (!exists || h > 24 || m > 59 || s > 60) return null;
  const seconds = BigInt(midnight.getTime() / 1000 + h * 3600 + m * 60 + s);
  return seconds * 10n ** BigInt(places) + BigInt(fraction.slice(0, places).padEnd(places, "0"));
}

/** Of a time zone, in seconds. */
function offset(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === "Z") return 0;
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
  return zone.startsWith("-") ? -seconds : seconds;
}
