/** Which of a file's columns are read. */
import { uniqueName } from "../column/table-of.js";

/** The columns' names made unique, in order. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const unique = uniqueName(name, taken);
    taken.add(unique);
    return unique;
  });
}

/**
 * For each column whether it is wanted; all are when `columns` is undefined.
 *
 * @param caller named in errors
 * @throws RangeError when the file has no such column, naming those it has
 */
export function wantedColumns(
  names: readonly string[],
  columns: readonly string[] | undefined,
  caller = "readTable",
): boolean[] {
  if (columns === undefined) return names.map(() => true);
  const known = new Set(names);
  for (const column of columns) {
    if (known.has(column)) continue;
    throw new RangeError(`${caller}: there is no column ${column}; there are ${names.join(", ")}`);
  }
  const wanted = new Set(columns);
  return names.map((name) => wanted.has(name));
}
