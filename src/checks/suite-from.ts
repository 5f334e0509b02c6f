/** `suiteFrom`: a suite of conditions that say what a reference is like, for windows that should be like it. */
import { type TableInput, tableOf } from "../column/table-of.js";
import type { Comparable } from "../drift/compare.js";
import { type AnyTable, isPreparedTable } from "../drift/prepare.js";
import { isProfile } from "../drift/profiles/is-profile.js";
import { quality } from "../drift/quality/quality.js";
import type { TableQuality } from "../drift/quality/quality-report.js";
import { knownOptions, shown, truthValue } from "../statistics/option-checks.js";
import { columnConditions, type Expectations } from "./column-conditions.js";
import { knownQuantiles, quantilesAt } from "./quantiles-at.js";
import type { Check, Suite } from "./suite.js";
import { mayVanish, roundedUp, shareTolerance, standardErrorsFor } from "./tolerances.js";

export interface SuiteFromOptions {
  readonly name?: string;
  /** Rows of the windows that will be checked; as many as the reference has, if not given. */
  readonly expectedRows?: number;
  /** How far off everything may be at least, relative to its scale; 0.1 if not given. */
  readonly tolerance?: number;
  /** Columns that conditions are wanted for; all if not given. */
  readonly columns?: readonly string[];
  /** Only conditions that a window fulfils by itself, without the reference; `false` if not given. */
  readonly standalone?: boolean;
}

/** Conditions of a column at most, for what chance is allowed. */
const conditionsOfColumn = 12;

/**
 * Makes a suite of what a reference is like: its columns and kinds, what is missing, means, spreads, quantiles, distinct
 * and most common values, duplicates.
 *
 * Limits are as wide as the tolerance, and at least as wide as chance makes windows of `expectedRows` differ: with
 * independent rows at most about 1 of 100 unchanged windows fails. Whatever depends on the number of rows is a share; the number of
 * rows itself is checked where `expectedRows` is given.
 *
 * @param input  the reference: a table, one that was prepared, a profile, or what `quality` returned of one
 * @throws TypeError for anything else, RangeError for options out of range
 */
export async function suiteFrom(input: Comparable | TableQuality, options: SuiteFromOptions = {}): Promise<Suite> {
  knownOptions("suiteFrom", options, ["name", "expectedRows", "tolerance", "columns", "standalone"]);
  const reference = isQuality(input) ? input : await quality(input);
  const { name, expectedRows = reference.rows, tolerance = 0.1, standalone = false } = options;
  truthValue("suiteFrom", "standalone", standalone);
  if (!(Number.isInteger(expectedRows) && expectedRows >= 0)) {
    throw new RangeError(`suiteFrom: expectedRows must be a whole number, got ${shown(expectedRows)}`);
  }
  if (!(Number.isFinite(tolerance) && tolerance >= 0)) {
    throw new RangeError(`suiteFrom: tolerance must be a number of at least 0, got ${shown(tolerance)}`);
  }
  const names = wantedNames(reference, options.columns);
  if (expectedRows === 0 || reference.rows === 0) return name === undefined ? {} : { name };
  const z = standardErrorsFor(conditionsOfColumn * names.length);
  const expected: Expectations = { tolerance, standalone, rows: { n: reference.rows, m: expectedRows, z } };
  const whole = options.columns === undefined ? tableConditions(reference, expected) : [];
  const rows = options.expectedRows === undefined ? [] : [rowsCondition(expectedRows, tolerance)];
  const table = isQuality(input) ? null : columnsIn(input);
  const columns = names.flatMap((column) => {
    const found = reference.columns[column]!;
    const own = table?.get(column);
    const known = (own && quantilesAt(own)) ?? (found.numbers && knownQuantiles(found.numbers));
    return columnConditions(column, found, expected, known ?? (() => []));
  });
  const checks = [...rows, ...whole, ...columns];
  return { ...(name !== undefined && { name }), ...(checks.length > 0 && { checks }) };
}

function isQuality(input: Comparable | TableQuality): input is TableQuality {
  if (typeof input !== "object" || input === null) return false;
  const { rows, names, columns, emptyColumns } = input as Partial<TableQuality>;
  return typeof rows === "number" && Array.isArray(names) && Array.isArray(emptyColumns) && typeof columns === "object";
}

function columnsIn(input: Comparable): AnyTable["columns"] {
  return isPreparedTable(input) || isProfile(input) ? input.columns : tableOf(input as TableInput).columns;
}

function wantedNames({ names, columns }: TableQuality, chosen: readonly string[] | undefined): string[] {
  const known = names.filter((name) => Object.hasOwn(columns, name));
  if (chosen === undefined) return known;
  if (!Array.isArray(chosen)) throw new TypeError(`suiteFrom: columns must be a list of names, got ${shown(chosen)}`);
  const unknown = chosen.find((name) => !known.includes(name));
  if (unknown === undefined) return [...new Set(chosen as readonly string[])];
  throw new RangeError(`suiteFrom: no column ${shown(unknown)}; there are ${known.join(", ")}`);
}

function rowsCondition(expected: number, tolerance: number): Check {
  return {
    metric: "rows",
    gte: Math.floor(expected * Math.max(0, 1 - tolerance)),
    lte: Math.ceil(expected * (1 + tolerance)),
  };
}

function tableConditions(reference: TableQuality, { rows, tolerance }: Expectations): Check[] {
  const { names, columns, emptyColumns, constantColumns, duplicatedColumns, duplicatedRows } = reference;
  const all = Object.values(columns);
  // A column with few exceptions may have none in a window.
  const mayBe = (exceptions: (column: (typeof all)[number]) => number): number =>
    all.filter((column) => exceptions(column) > 0 && mayVanish(exceptions(column), rows)).length;
  const valuesOf = ({ availability }: (typeof all)[number]): number =>
    availability.rows - availability.null - availability.nan;
  const alsoEmpty = mayBe(valuesOf);
  const alsoConstant = alsoEmpty + mayBe((column) => valuesOf(column) - (column.mostCommon[0]?.count ?? 0));
  const groups = duplicatedColumns?.reduce((sum, group) => sum + group.length - 1, 0);
  return [
    { metric: "columnNames", eq: [...names] },
    { metric: "emptyColumns", lte: emptyColumns.length + alsoEmpty },
    { metric: "constantColumns", lte: constantColumns.length + alsoConstant },
    ...(groups === undefined ? [] : [{ metric: "duplicatedColumns", lte: groups + alsoConstant } as const]),
    ...(duplicatedRows === null ? [] : [duplicatesCondition(duplicatedRows / Math.max(1, rows.n), rows, tolerance)]),
  ];
}

/** More rows meet more of their like: the share grows at most as the number of rows does. */
function duplicatesCondition(share: number, sizes: Expectations["rows"], tolerance: number): Check {
  const expected = Math.min(1, share * Math.max(1, sizes.m / sizes.n));
  return {
    metric: "duplicatedRowShare",
    lte: roundedUp(Math.min(1, expected + shareTolerance(expected, tolerance, sizes))),
  };
}
