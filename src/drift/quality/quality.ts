/** `quality`: what a table is like, apart from what it is compared with. */
import type { RowFilter } from "../../column/row-filter.js";
import { type TableInput, tableOf } from "../../column/table-of.js";
import { mostThreads } from "../../engine/threads-wanted.js";
import type { Profile } from "../../profile/profile.js";
import { knownOptions } from "../../statistics/option-checks.js";
import { checkedSteps, type StepOptions } from "../../statistics/steps.js";
import { wholeNumber } from "../../statistics/whole-number.js";
import { checkedNames } from "../checked-names.js";
import { costOf } from "../column-cost.js";
import { inParallel } from "../in-parallel.js";
import type { Progress } from "../options.js";
import { type AnyTable, isPreparedTable, type PreparedTable } from "../prepare.js";
import { isProfile } from "../profiles/is-profile.js";
import { told } from "../told-columns.js";
import { tableWhere } from "../where.js";
import type { TableQuality } from "./quality-report.js";
import { qualityOf } from "./quality-task.js";
import { hashedInto, hashedTable, rowsOf } from "./row-quality.js";
import { tableQuality } from "./table-quality.js";

export interface QualityOptions extends Pick<StepOptions, "signal"> {
  /** Columns to look at; all if not given. */
  readonly columns?: readonly string[];
  /** Only the rows that fulfil these conditions: see `filterRows`. */
  readonly where?: RowFilter;
  /** As in `CompareOptions`. */
  readonly threads?: number;
  /** Called after each column. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Data quality of a table: what its rows hold (values, nulls, NaN, infinities, the empty text), how many distinct values
 * there are and which are most common, moments, range, quantiles, zeros and negatives of numbers, ranges of points in time,
 * lengths of texts, and which columns are empty, constant or almost constant.
 *
 * Of the rows: how many equal an earlier one in all columns, which columns hold the same, and hashes of columns and of the
 * table, which depend on values and names, not on types and chunks.
 *
 * Everything is exact and the same on any number of threads, however a column is cut into chunks; moments and quantiles are
 * those of `summary`. Of a profile what it does not know exactly has an error beside it.
 *
 * @param input  a Smirnov table (`readTable`, `openTable`), an Arrow Table, a record of columns, a table that was prepared
 *   or a profile
 * @returns plain data; columns of types that are not read are in `unsupported`
 * @throws TypeError for what is no table, RangeError for unknown columns or options
 * @see docs/methods.md, Data quality; oracle: pandas, numpy, scipy.stats
 */
export async function quality(
  input: TableInput | PreparedTable | Profile,
  options: QualityOptions = {},
): Promise<TableQuality> {
  knownOptions("quality", options, ["columns", "where", "onProgress", "signal", "threads"]);
  const { onProgress, signal, threads } = options;
  checkedSteps("quality", options as StepOptions);
  wholeNumber("quality", "threads", threads ?? 1, 1, mostThreads);
  const whole: AnyTable = isPreparedTable(input) || isProfile(input) ? input : tableOf(input);
  const table = tableWhere("quality", whole, options.where, "the table");
  const names = checkedNames("quality", options.columns, [...table.columns.keys(), ...table.unsupported.keys()]);
  const known = names.flatMap((name) => {
    const column = table.columns.get(name);
    return column ? [{ name, column }] : [];
  });
  const hashed = hashedTable(table, names);
  const tasks = known.map(({ name, column }) => ({ name, column, into: hashedInto(hashed, name) }));
  const pieces = tasks.map(({ name, column, into }) => ({
    column: name,
    cost: costOf([column]),
    task: "quality",
    message: () => ({ column: told(column), into }),
    here: () => qualityOf({ column, into }),
  }));
  const found = await inParallel(pieces, { onProgress, signal, threads });
  for (const [k, { name }] of tasks.entries()) if (found[k]!.hash !== null) hashed!.hashes.set(name, found[k]!.hash);
  const [rows] = await rowsOf([hashed], { signal, threads });
  return tableQuality(table, names, new Map(known.map(({ name }, k) => [name, found[k]!.quality])), rows);
}
