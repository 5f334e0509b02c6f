/** Columns that were chosen by name. */
import { shown } from "../statistics/option-checks.js";

/** Each once; all that are known if none were chosen. @throws TypeError for what is no list, RangeError for unknown names */
export function checkedNames(
  caller: string,
  chosen: readonly string[] | undefined,
  known: readonly string[],
): readonly string[] {
  if (chosen === undefined) return known;
  if (!Array.isArray(chosen)) throw new TypeError(`${caller}: columns must be an array of names, got ${shown(chosen)}`);
  const wrong = chosen.find((name) => !known.includes(name));
  if (wrong === undefined) return [...new Set(chosen)];
  throw new RangeError(`${caller}: no column ${JSON.stringify(wrong)}; there are ${known.join(", ")}`);
}
