/** Names of columns that tell rows apart, as options give them. */
import type { Table } from "../column/column.js";
import { shown } from "../statistics/option-checks.js";

/**
 * One name or several, each once; none where the option was not given.
 *
 * @throws TypeError for what are no names, RangeError for none, and for a column that a side does not have
 */
export function keyNames(
  option: "by" | "pairBy",
  given: string | readonly string[] | undefined,
  tables: readonly Table[],
): readonly string[] {
  if (given === undefined) return [];
  const names: readonly unknown[] = Array.isArray(given) ? given : [given];
  const odd = names.find((name) => typeof name !== "string");
  if (odd !== undefined) throw new TypeError(`compare: ${option} must be names of columns, got ${shown(odd)}`);
  if (names.length === 0) throw new RangeError(`compare: ${option} needs at least one column, got none`);
  for (const name of names as readonly string[]) {
    if (tables.every(({ columns }) => columns.has(name))) continue;
    throw new RangeError(`compare: ${option} names ${JSON.stringify(name)}, which is not a column of both sides`);
  }
  return [...new Set(names as readonly string[])];
}
