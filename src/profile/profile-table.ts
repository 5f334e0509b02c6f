/** `profile`: a table read once, column by column, into what `compare` needs to know of it. */
import type { FixedColumn, TextColumn } from "../column/column.js";
import { type TableInput, tableOf } from "../column/table-of.js";
import { knownOptions, shown } from "../statistics/option-checks.js";
import { checkedSteps, type StepOptions } from "../statistics/steps.js";
import { addChunk, columnProfile, emptyColumn } from "./column-accumulator.js";
import type { ColumnProfile, Profile } from "./profile.js";
import { usualLimit } from "./text-accumulator.js";

/** What is kept of text. */
export interface CategoriesOption {
  /** Categories of a column of text that are kept at most, exactly where there are no more; 4 096 if not given. */
  readonly categories?: number;
}

export interface ProfileOptions extends CategoriesOption, Pick<StepOptions, "signal"> {
  /** Columns to profile; all if not given. */
  readonly columns?: readonly string[];
  /** Called after each column. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly column: string }) => void;
}

/** Milliseconds after which other work gets a turn: between two columns. */
const turn = 5;

/**
 * Profiles a table: everything that is needed of it to compare, monitor and describe it without its rows, in some 20 KB a
 * column at most. Profiles of parts can be merged (`merge`), stored (`toBytes`) and compared (`compare`).
 *
 * Of numbers, truth values and points in time a profile holds counts of what is missing, moments, an exact histogram of up
 * to 2 048 cells on a grid that is common to all profiles, a quantile sketch and a sketch of the number of distinct values;
 * few distinct values are counted exactly. Of text it holds the most frequent categories, all of them and exactly where
 * there are no more than `categories`, and the sketch of distinct values.
 *
 * Integers beyond 2^53 are rounded to doubles. Vectors and columns of types that are not supported are listed in
 * `unsupported`.
 *
 * @param table  a Smirnov table (`readTable`), an Arrow Table, or a record of columns; null and NaN are left out and counted
 * @returns plain data that does not depend on how the table is cut into chunks
 * @throws TypeError for what is no table, RangeError for unknown columns or options
 */
export async function profile(table: TableInput, options: ProfileOptions = {}): Promise<Profile> {
  knownOptions("profile", options, ["columns", "categories", "onProgress", "signal"]);
  const { onProgress, signal } = options;
  checkedSteps("profile", options as StepOptions);
  const limit = checkedLimit("profile", options);
  const { rows, columns, unsupported } = tableOf(table);
  const refused = new Map(unsupported);
  const names = checkedNames(options.columns, [...columns.keys(), ...unsupported.keys()]);
  const profiles = new Map<string, ColumnProfile>();
  let since = performance.now();
  for (const [done, name] of names.entries()) {
    signal?.throwIfAborted();
    const column = columns.get(name);
    if (column?.kind === "vector") refused.set(name, column.type);
    else if (column) profiles.set(name, profileColumn(column, limit));
    onProgress?.({ done: done + 1, total: names.length, column: name });
    if (performance.now() - since < turn) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
  for (const name of refused.keys()) if (!names.includes(name)) refused.delete(name);
  return { profile: true, rows, columns: profiles, unsupported: refused };
}

/** Profiles one column, whose chunks are read once, in order. */
export function profileColumn(column: FixedColumn | TextColumn, limit = usualLimit): ColumnProfile {
  const found = emptyColumn(column, limit);
  for (const chunk of column.chunks) addChunk(found, chunk);
  return columnProfile(found);
}

/** @throws TypeError, RangeError for a limit that is none */
export function checkedLimit(caller: string, { categories = usualLimit }: CategoriesOption): number {
  if (typeof categories !== "number") {
    throw new TypeError(`${caller}: categories must be a number, got ${shown(categories)}`);
  }
  if (Number.isInteger(categories) && categories >= 1 && categories <= mostLimit) return categories;
  throw new RangeError(`${caller}: categories must be a whole number from 1 to ${mostLimit}, got ${categories}`);
}

/** Categories that can be kept at most. */
export const mostLimit = 1_048_576;

function checkedNames(chosen: readonly string[] | undefined, known: readonly string[]): readonly string[] {
  if (chosen === undefined) return known;
  if (!Array.isArray(chosen)) throw new TypeError(`profile: columns must be an array of names, got ${shown(chosen)}`);
  const wrong = chosen.find((name) => !known.includes(name));
  if (wrong === undefined) return [...new Set(chosen)];
  throw new RangeError(`profile: no column ${JSON.stringify(wrong)}; there are ${known.join(", ")}`);
}
