/** `rowsToTable`: rows as objects, or columns as arrays, into a table whose columns have the same kinds in every batch. */
import type { Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { shown } from "../statistics/option-checks.js";
import { BatchReader } from "./batch-reader.js";
import { type BatchSchema, checkSchema } from "./batch-schema.js";
import { valueInWords, type Written } from "./column-builder.js";

/**
 * Rows as a table. Numbers become Float64 (integers beyond 2^53 the nearest double), bigints Int64, truth values Bool, texts
 * Utf8, dates timestamps in milliseconds, arrays of equally many numbers vectors; null, undefined and what is absent is null,
 * and NaN stays NaN. A column without any value is of no type yet. Columns come in the order in which they were first seen.
 *
 * @param schema  kinds of the columns that are known; changed: new columns are added, and those are decided whose first
 *   value came. Columns that it has and the rows do not are null. A batch that is refused leaves it as it was
 * @throws TypeError for what is no array of rows and no schema; FormatError for a row that is no object and for a value of
 *   another kind than its column, objects in columns among them, naming both; also for more than 4096 columns, and for
 *   columns that hardly any row has
 */
export function rowsToTable(rows: readonly object[], schema: BatchSchema = new Map()): Table {
  if (!Array.isArray(rows)) throw new TypeError(`rowsToTable: rows must be an array, got ${shown(rows)}`);
  checkSchema("rowsToTable", schema);
  return tableOfRows("rowsToTable", rows, schema, null);
}

/** The same of rows that were read from text, of which `written` tells how numbers were written. */
export function tableOfRows(
  caller: string,
  rows: readonly unknown[],
  schema: BatchSchema,
  written: Written | null,
): Table {
  const reader = new BatchReader(caller, schema, rows.length, (row) => `row ${row}`, written);
  for (const row of rows) reader.addRow(row);
  return reader.table();
}

/**
 * Columns of plain values as a table, their values as `rowsToTable` takes them.
 *
 * @throws FormatError for what is no array, for columns of another length than the first, and for a value of another kind
 */
export function columnsToTable(columns: { readonly [name: string]: unknown }, schema: BatchSchema = new Map()): Table {
  checkSchema("columnsToTable", schema);
  return tableOfColumns("columnsToTable", columns, schema, null);
}

export function tableOfColumns(
  caller: string,
  columns: { readonly [name: string]: unknown },
  schema: BatchSchema,
  written: Written | null,
): Table {
  const entries = Object.entries(columns).map(([name, values]): [string, readonly unknown[]] => {
    if (Array.isArray(values)) return [name, values];
    throw new FormatError(`${caller}: column ${JSON.stringify(name)}`, "an array of values", valueInWords(values));
  });
  const length = entries[0]?.[1].length ?? 0;
  const reader = new BatchReader(caller, schema, length, (row) => `row ${row}`, written);
  for (const [name, values] of entries) {
    if (values.length !== length) {
      const where = `${caller}: column ${JSON.stringify(name)}`;
      throw new FormatError(where, `${length} values like the column before it`, `${values.length}`);
    }
    reader.addColumn(name, values);
  }
  return reader.table();
}
