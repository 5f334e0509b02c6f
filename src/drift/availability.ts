/**
 * Missing values as a signal of their own: a column whose nulls rise from 1 % to 30 % has drifted, whatever the rest
 * looks like. One table {value, null, NaN, +inf, -inf, empty} by side, tested like categories.
 */
import { mostCategories } from "../engine/categories.js";
import type { Source } from "../source/source.js";
import { chiSquareOf } from "../statistics/chi-square.js";
import type { NumbersFound } from "../statistics/summary.js";
import type { Availability, AvailabilityChange } from "./report.js";
import type { MissingState } from "./states.js";

/** From this Cohen's h on a change of shares matters. */
export const availabilityThreshold = 0.2;

const missingStates: readonly MissingState[] = ["null", "nan", "positiveInfinity", "negativeInfinity", "empty"];
const states = ["value", ...missingStates] as const;

/** Compares what both sides' rows hold. Not tested where neither has a row without an ordinary value. */
export function availabilityChange(reference: Availability, current: Availability): AvailabilityChange {
  const used = states.filter((state) => reference[state] + current[state] > 0);
  if (used.length < 2 || reference.rows === 0 || current.rows === 0) {
    return { reference, current, pValue: null, effect: null, changed: [] };
  }
  const { pValue } = chiSquareOf(
    used.map((state) => reference[state]),
    used.map((state) => current[state]),
  );
  const change = (state: MissingState | "value"): number =>
    cohensH(reference[state] / reference.rows, current[state] / current.rows);
  const most = Math.max(...missingStates.map(change));
  return {
    reference,
    current,
    pValue,
    effect: { name: "cohens-h", value: Math.max(...used.map(change)), threshold: availabilityThreshold },
    changed: missingStates.filter((state) => change(state) > 0 && change(state) >= most / 2),
  };
}

/** What the rows of a column of numbers hold. */
export function valueAvailability({ missing, positiveInfinity, negativeInfinity }: NumbersFound): Availability {
  const { rows, null: nulls, nan } = missing;
  const value = rows - nulls - nan - positiveInfinity - negativeInfinity;
  return { rows, value, null: nulls, nan, positiveInfinity, negativeInfinity, empty: 0 };
}

/** What the rows of a column of categories hold. */
export function categoryAvailability(source: Source): Availability {
  const { rows, null: nulls, nan } = source.missing();
  const empty = source.categories(mostCategories).counts.get("") ?? 0;
  return { rows, value: rows - nulls - nan - empty, null: nulls, nan, positiveInfinity: 0, negativeInfinity: 0, empty };
}

/** Cohen's h, the difference of two shares on a scale where equal steps are equally hard to see. */
function cohensH(p: number, q: number): number {
  return Math.abs(2 * Math.asin(Math.sqrt(p)) - 2 * Math.asin(Math.sqrt(q)));
}
