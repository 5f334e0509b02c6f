/**
 * Which classes a classifier's two sides have. Sides, and segments of them, may lack some: told of them all, they have the
 * same positive one, and metrics that can be compared.
 */
import type { Table } from "../column/column.js";
import { classColumn, mostClasses } from "../source/class-columns.js";
import { asTold, type ClassList, type ClassName, joined, knownClasses, listed } from "../statistics/class-lists.js";
import { shown } from "../statistics/option-checks.js";
import type { ModelQualityOptions } from "./model-options.js";
import { refusal } from "./refusal.js";

/**
 * Those of both sides. Where one score, or one positive class, is of two classes and both sides together have more, those of
 * the reference alone: then the other side is refused and not the reference. None where they are too many together.
 *
 * @throws RangeError for a positive class that neither side has
 */
export function modelClasses(
  caller: string,
  { target, prediction, scores, positive }: ModelQualityOptions,
  tables: readonly Table[],
): readonly ClassName[] {
  const named = typeof scores === "object" ? Object.keys(scores) : [];
  const sides = tables.map((table) => joined(listsOf(caller, table, [target, prediction])));
  const all = joined(sides);
  const { names, spelled } = knownClasses([all], named);
  if (positive !== undefined && names.length > 1 && !names.includes(spelled(String(positive)))) {
    throw new RangeError(`${caller}: positive must be one of ${listed(names)}, got ${shown(positive)}`);
  }
  const isOfTwo = positive !== undefined || typeof scores === "string" || named.length === 1;
  if (names.length > mostClasses) return [];
  return asTold(names.length > 2 && isOfTwo ? sides[0]! : all);
}

/** Of columns that are there and hold classes. */
function listsOf(caller: string, { columns }: Table, names: readonly (string | undefined)[]): ClassList[] {
  return names.flatMap((name) => {
    const column = name === undefined ? undefined : columns.get(name);
    if (!column) return [];
    try {
      return [classColumn(caller, name!, column)];
    } catch (error) {
      if (refusal(caller, error) === null) throw error;
      return [];
    }
  });
}
