/** Numbers as results carry them: what JSON cannot hold becomes text or null. */

/** A double as it is, an integer as a number while that is exact and as decimal text beyond 2^53, no value as null. */
export function plain(value: number | bigint | null): number | string | null {
  if (typeof value !== "bigint") return value === null || Number.isNaN(value) ? null : infinite(value);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function infinite(value: number): number | string {
  if (value === Number.POSITIVE_INFINITY) return "Infinity";
  return value === Number.NEGATIVE_INFINITY ? "-Infinity" : value;
}

/** A number that JSON can hold, else null. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
