/** Categories of which only the counts are known: what is enough for every statistic on cells. */
import type { PreparedCategories } from "./categories.js";

/** How many values each category has: by its name, or by position where cells have none. */
export interface CountsInput {
  readonly counts: Readonly<Record<string, number>> | readonly number[];
}

/** Rows of a side: those of both sides together are whole numbers that doubles hold. */
const mostRows = 2 ** 52 - 1;

/** Whether `input` is counts and no column. */
export function isCounts(input: unknown): input is CountsInput {
  return typeof input === "object" && input !== null && "counts" in input && !("prepared" in input);
}

/**
 * Counts as a column of text would have them. A category that nobody has is none.
 *
 * @param caller, which  named in errors
 * @throws TypeError for what holds more than counts (of a histogram, say, whose edges the other side need not share) or
 *   no numbers, RangeError for counts that are not whole, or add up to 2^52 and more
 */
export function countedCategories(caller: string, which: string, input: CountsInput): PreparedCategories {
  const more = Object.keys(input).find((name) => name !== "counts");
  if (more !== undefined) throw new TypeError(`${caller}: ${which} must be { counts } alone, got ${more} too`);
  const { counts: given } = input;
  if (typeof given !== "object" || given === null || given instanceof Map || given instanceof Set) {
    const found =
      given === null ? "null" : given instanceof Map ? "a Map" : given instanceof Set ? "a Set" : typeof given;
    throw new TypeError(`${caller}: ${which} needs counts by name or an array of them, got ${found}`);
  }
  const counts = new Map<string, number>();
  let rows = 0;
  for (const [name, count] of Object.entries(given)) {
    if (!(Number.isSafeInteger(count) && count >= 0)) {
      const message = `${caller}: ${which} needs whole counts, got ${String(count)} for ${JSON.stringify(name)}`;
      throw typeof count === "number" ? new RangeError(message) : new TypeError(message);
    }
    if (count > 0) counts.set(name, count);
    rows += count;
  }
  if (rows > mostRows) {
    throw new RangeError(`${caller}: ${which} may have counts that add up to ${mostRows}, got ${rows}`);
  }
  const categories = { counts, other: 0, distinct: counts.size, empty: counts.get("") ?? 0 };
  return { prepared: true, kind: "categorical", type: "counts", categories, missing: { rows, null: 0, nan: 0 } };
}
