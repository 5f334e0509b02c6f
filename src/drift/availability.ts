/**
 * Missing values as a signal of their own: a column whose nulls rise from 1 % to 30 % has drifted, whatever the rest
 * looks like. Rows hold a value, null, NaN, an infinity or the empty text; of each state in place of a value Fisher's exact
 * test asks whether its share changed, and the smallest p-value counts as often as there are such states (Bonferroni).
 * Some of these states are rare even in large windows, where X² of all together alarms far too often.
 */
import { mostCategories } from "../engine/categories.js";
import type { VectorsSeen } from "../engine/vectors.js";
import type { Source } from "../source/source.js";
import { fisherPValue } from "../statistics/fisher-test.js";
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
  const tested = missingStates.filter((state) => used.includes(state));
  const [n, m] = [reference.rows, current.rows];
  const smallest = Math.min(
    ...tested.map((state) => {
      const [i, j] = [reference[state], current[state]];
      return i + j === n + m ? 1 : fisherPValue({ category: state, i, n, j, m, constant: false });
    }),
  );
  const pValue = Math.min(1, tested.length * smallest);
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

/** What the rows of a column of vectors hold; a vector with a null or a NaN in it is none. */
export function vectorAvailability({ rows, nulls, nan }: VectorsSeen): Availability {
  const value = rows - nulls - nan;
  return { rows, value, null: nulls, nan, positiveInfinity: 0, negativeInfinity: 0, empty: 0 };
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
