/**
 * Cramér's V of two columns of categories: how much one tells about the other.
 *
 * V = √(φ² / min(k - 1, l - 1)), φ² = X² / n. Of unrelated columns φ² is (k - 1)(l - 1) / (n - 1) on average, which
 * Bergsma takes off, along with what the number of categories that occur gains by chance.
 *
 * [1] Cramér: Mathematical Methods of Statistics (1946).
 * [2] Bergsma: A bias-correction for Cramér's V and Tschuprow's T. Journal of the Korean Statistical Society 42 (2013).
 */

import { type Column, isFixed } from "../column/column.js";
import { type ColumnInput, columnOf } from "../column/column-of.js";
import { nanCode, nullCode, rowCodes, TooManyKeys } from "../column/row-codes.js";
import { chiSquare } from "../distributions/index.js";
import type { Missing } from "../source/source.js";

export interface CramersVResult {
  /** V in [0, 1], and without its bias; `null` unless the status is `ok`. */
  readonly coefficient: number | null;
  readonly corrected: number | null;
  /** Pearson's X² of the table, and its p-value by the chi-square law. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** Categories of each column that occur in the rows used. */
  readonly categories: readonly [number, number];
  readonly n: number;
  /** `constant`: a column has only one category. */
  readonly status: "ok" | "constant";
  readonly missing: Missing;
}

/** Most categories of a column. */
const mostCategories = 1024;

/** Counts of each pair of categories: a row for each of x, one after the other. */
export interface CrossTable {
  readonly counts: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Cramér's V of two columns of one table.
 *
 * @param x, y  text, truth values or numbers, row by row, with at most 1 024 distinct values each; rows in which one is
 *   missing are left out and counted
 * @returns V, V without its bias, X² and its p-value
 * @throws RangeError for columns of unequal length, no row with both values, and too many categories; TypeError for
 *   points in time and vectors
 * @see Cramér (1946), Bergsma (2013); oracle: scipy.stats.contingency.association
 */
export function cramersV(x: ColumnInput, y: ColumnInput): CramersVResult {
  const sides = [categories(x, "x"), categories(y, "y")] as const;
  if (sides[0].rows !== sides[1].rows) {
    throw new RangeError(`cramersV: columns need equal length, got ${sides[0].rows} and ${sides[1].rows} rows`);
  }
  const { missing, ...table } = crossed(sides[0].codes, sides[1].codes);
  const n = missing.rows - missing.null - missing.nan;
  if (n === 0) throw new RangeError("cramersV: at least one row with both values is needed, got 0");
  return { ...cramersVOf(table), missing };
}

function categories(input: ColumnInput, which: string): { rows: number; codes: Uint32Array } {
  const column = columnOf(input, which, "cramersV");
  if (column.kind === "temporal" || column.kind === "vector") {
    throw new TypeError(`cramersV: ${which} must hold categories, got ${column.type}`);
  }
  const codes = categoryCodes(column);
  if (codes) return { rows: column.rows, codes };
  throw new RangeError(`cramersV: up to ${mostCategories} distinct values are categories, ${which} has more`);
}

/** A code for each row, `null` with too many categories. */
export function categoryCodes(column: Column, most = mostCategories): Uint32Array | null {
  if (!isFixed(column) && column.kind !== "categorical") return null;
  try {
    return rowCodes([column], most).codes[0]!;
  } catch (error) {
    if (error instanceof TooManyKeys) return null;
    throw error;
  }
}

/** The table of two columns' codes, without categories that do not occur in it. */
export function crossed(x: Uint32Array, y: Uint32Array): CrossTable & { readonly missing: Missing } {
  const [first, second] = [new Map<number, number>(), new Map<number, number>()];
  const cells = new Map<number, number>();
  let [nulls, nan] = [0, 0];
  const placeIn = (places: Map<number, number>, code: number): number => {
    const place = places.get(code) ?? places.size;
    if (place === places.size) places.set(code, place);
    return place;
  };
  for (let row = 0; row < x.length; row++) {
    const [i, j] = [x[row]!, y[row]!];
    if (i === nullCode || j === nullCode) nulls++;
    else if (i === nanCode || j === nanCode) nan++;
    else {
      const cell = placeIn(first, i) * 2 ** 16 + placeIn(second, j);
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
  }
  const counts = new Float64Array(first.size * second.size);
  for (const [cell, count] of cells) counts[Math.floor(cell / 2 ** 16) * second.size + (cell % 2 ** 16)] = count;
  return { counts, rows: first.size, columns: second.size, missing: { rows: x.length, null: nulls, nan } };
}

/** Of a table whose rows and columns all hold something. */
export function cramersVOf({ counts, rows, columns }: CrossTable): Omit<CramersVResult, "missing"> {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const { ofRows, ofColumns } = margins({ counts, rows, columns });
  let statistic = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const expected = (ofRows[i]! / n) * ofColumns[j]!;
      statistic += (counts[i * columns + j]! - expected) ** 2 / expected;
    }
  }
  const degreesOfFreedom = (rows - 1) * (columns - 1);
  const found = { statistic, degreesOfFreedom, categories: [rows, columns] as const, n };
  if (degreesOfFreedom === 0) return { ...found, pValue: 1, coefficient: null, corrected: null, status: "constant" };
  const unbiased = (size: number): number => size - (size - 1) ** 2 / (n - 1);
  const excess = Math.max(0, statistic / n - degreesOfFreedom / (n - 1));
  const most = Math.min(unbiased(rows), unbiased(columns)) - 1;
  return {
    ...found,
    pValue: chiSquare.sf(statistic, degreesOfFreedom),
    coefficient: Math.min(1, Math.sqrt(statistic / n / (Math.min(rows, columns) - 1))),
    corrected: most > 0 ? Math.min(1, Math.sqrt(excess / most)) : 0,
    status: "ok",
  };
}

/** Sums of the rows and of the columns. */
export function margins({ counts, rows, columns }: CrossTable) {
  const [ofRows, ofColumns] = [new Float64Array(rows), new Float64Array(columns)];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      ofRows[i]! += counts[i * columns + j]!;
      ofColumns[j]! += counts[i * columns + j]!;
    }
  }
  return { ofRows, ofColumns };
}
