/**
 * Missing values as a signal of their own: a column whose nulls rise from 1 % to 30 % has drifted, whatever the rest
 * looks like. One table {value, null, NaN, +inf, -inf, empty} by side, tested like categories.
 */
import { chiSquareOf } from "../statistics/chi-square.js";
import type { Availability, AvailabilityChange } from "./report.js";

/** From this Cohen's h on a change of shares matters. */
export const availabilityThreshold = 0.2;

const states = ["value", "null", "nan", "positiveInfinity", "negativeInfinity", "empty"] as const;

/** Compares what both sides' rows hold. Not tested where neither has a row without an ordinary value. */
export function availabilityChange(reference: Availability, current: Availability): AvailabilityChange {
  const used = states.filter((state) => reference[state] + current[state] > 0);
  if (used.length < 2 || reference.rows === 0 || current.rows === 0) {
    return { reference, current, pValue: null, effect: null };
  }
  const { pValue } = chiSquareOf(
    used.map((state) => reference[state]),
    used.map((state) => current[state]),
  );
  const shares = used.map((state) => cohensH(reference[state] / reference.rows, current[state] / current.rows));
  return {
    reference,
    current,
    pValue,
    effect: { name: "cohens-h", value: Math.max(...shares), threshold: availabilityThreshold },
  };
}

/** Cohen's h, the difference of two shares on a scale where equal steps are equally hard to see. */
function cohensH(p: number, q: number): number {
  return Math.abs(2 * Math.asin(Math.sqrt(p)) - 2 * Math.asin(Math.sqrt(q)));
}
