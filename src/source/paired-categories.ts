/** Two columns of categories whose rows belong together, as a table of how often each goes with each. */
import type { Column } from "../column/column.js";
import { type ColumnInput, columnOf } from "../column/column-of.js";
import { nanCode, nullCode, rowCodes, TooManyKeys } from "../column/row-codes.js";
import type { PreparedCategories } from "./categories.js";
import { isPrepared, type Prepared } from "./prepared.js";
import type { Missing } from "./source.js";

/** The most categories that both sides together may have: their table has this number squared of cells. */
export const mostPairedCategories = 1024;

/** How often each category of the reference goes with each of the current side. */
export interface PairedCategories {
  /** Of both sides, in the order of their names. */
  readonly names: readonly string[];
  /** A row of the table for each category of the reference, one after the other. */
  readonly counts: Float64Array;
  /** All rows counted in it. */
  readonly n: number;
  /** `null` counts rows in which a side is null, `nan` the others in which a side is NaN. */
  readonly missing: Missing;
}

/**
 * @param caller named in errors
 * @throws TypeError for prepared columns, whose rows are in another order, points in time, vectors, and sides of two
 *   kinds; RangeError for columns of unequal length, and for more than 1 024 categories
 */
export function pairedCategories(
  caller: string,
  reference: ColumnInput | Prepared | PreparedCategories,
  current: ColumnInput | Prepared | PreparedCategories,
): PairedCategories {
  const [x, y] = [columnWithRows(caller, "reference", reference), columnWithRows(caller, "current", current)];
  if (x.rows !== y.rows) {
    throw new RangeError(`${caller}: paired rows need columns of equal length, got ${x.rows} and ${y.rows} rows`);
  }
  if (x.kind !== y.kind) {
    throw new TypeError(`${caller}: both sides must hold the same kind of values, got ${x.kind} and ${y.kind}`);
  }
  const found = pairedTable(x, y);
  if (found) return found;
  throw new RangeError(`${caller}: paired categories may be up to ${mostPairedCategories} distinct ones, got more`);
}

/** The table of two columns of one kind and equal length; `null` with too many categories. */
export function pairedTable(x: Column, y: Column, most = mostPairedCategories): PairedCategories | null {
  try {
    const found = rowCodes([x, y], most);
    const { codes, limit } = found;
    const order = Array.from({ length: limit }, (_, code) => ({ code, name: String(found.valueOf(code)) }))
      .filter(({ code }) => code !== nullCode && code !== nanCode)
      .sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
    const places = new Int32Array(limit);
    for (const [place, { code }] of order.entries()) places[code] = place;
    const [before, after] = codes as [Uint32Array, Uint32Array];
    return { names: order.map(({ name }) => name), ...counted(before, after, places, order.length) };
  } catch (error) {
    if (error instanceof TooManyKeys) return null;
    throw error;
  }
}

function counted(before: Uint32Array, after: Uint32Array, places: Int32Array, size: number) {
  const counts = new Float64Array(size * size);
  let [nulls, nan] = [0, 0];
  for (let row = 0; row < before.length; row++) {
    const [i, j] = [before[row]!, after[row]!];
    if (i === nullCode || j === nullCode) nulls++;
    else if (i === nanCode || j === nanCode) nan++;
    else counts[places[i]! * size + places[j]!]!++;
  }
  return { counts, n: before.length - nulls - nan, missing: { rows: before.length, null: nulls, nan } };
}

function columnWithRows(caller: string, which: string, input: ColumnInput | Prepared | PreparedCategories): Column {
  if (isPrepared(input)) {
    throw new TypeError(`${caller}: rows that belong together need the columns as they are, got a prepared ${which}`);
  }
  const column = columnOf(input as ColumnInput, which, caller);
  if (column.kind !== "vector" && column.kind !== "temporal") return column;
  throw new TypeError(`${caller}: ${which} must hold categories, got ${column.type}`);
}
