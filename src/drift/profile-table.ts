/** `profile`: a table read once, column by column, into what `compare` needs to know of it. */
import type { RowFilter } from "../column/row-filter.js";
import { type TableInput, tableOf } from "../column/table-of.js";
import { mostThreads } from "../engine/threads-wanted.js";
import type { Profile } from "../profile/profile.js";
import { type CategoriesOption, checkedLimit, profileColumn } from "../profile/profile-column.js";
import { knownOptions } from "../statistics/option-checks.js";
import { checkedSteps, type StepOptions } from "../statistics/steps.js";
import { wholeNumber } from "../statistics/whole-number.js";
import { checkedNames } from "./checked-names.js";
import { costOf } from "./column-cost.js";
import { inParallel } from "./in-parallel.js";
import { told } from "./told-columns.js";
import { tableWhere } from "./where.js";

export interface ProfileOptions extends CategoriesOption, Pick<StepOptions, "signal"> {
  /** As in `CompareOptions`. */
  readonly threads?: number;
  /** Only the rows that fulfil these conditions: see `filterRows`. */
  readonly where?: RowFilter;
  /** Columns to profile; all if not given. */
  readonly columns?: readonly string[];
  /** Called after each column. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly column: string }) => void;
}

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
  knownOptions("profile", options, ["columns", "where", "categories", "onProgress", "signal", "threads"]);
  const { onProgress, signal, threads } = options;
  checkedSteps("profile", options as StepOptions);
  wholeNumber("profile", "threads", threads ?? 1, 1, mostThreads);
  const limit = checkedLimit("profile", options);
  const { rows, columns, unsupported } = tableWhere("profile", tableOf(table), options.where, "the table");
  const refused = new Map(unsupported);
  const names = checkedNames("profile", options.columns, [...columns.keys(), ...unsupported.keys()]);
  const known = names.flatMap((name) => {
    const column = columns.get(name);
    if (column?.kind === "vector") refused.set(name, column.type);
    return column && column.kind !== "vector" ? [{ name, column }] : [];
  });
  const pieces = known.map(({ name, column }) => ({
    column: name,
    cost: costOf([column], "profile"),
    task: "profile",
    message: () => ({ column: told(column), limit }),
    here: () => profileColumn(column, limit),
  }));
  const found = await inParallel(pieces, { onProgress, signal, threads });
  const profiles = new Map(known.map(({ name }, k) => [name, found[k]!]));
  for (const name of refused.keys()) if (!names.includes(name)) refused.delete(name);
  return { profile: true, rows, columns: profiles, unsupported: refused };
}
