/** What is given to a monitor, as tables. */
import { nullChunk } from "../column/chunks.js";
import type { Table } from "../column/column.js";
import { type TableInput, tableOf } from "../column/table-of.js";
import type { BatchSchema } from "./batch-schema.js";
import { tableOfRows } from "./rows-to-table.js";

/** Rows as objects, or a table in memory. */
export type MonitorInput = TableInput | readonly object[];

/** Kinds of the columns of what came as objects. */
export interface Schemas {
  readonly rows: BatchSchema;
  readonly labels: BatchSchema;
}

/**
 * @returns the table, and the schema once it is taken
 * @throws as `tableOf` and `rowsToTable`; TypeError for what is neither, and for a table that was opened
 */
export function tableFrom(
  method: string,
  input: MonitorInput,
  known: BatchSchema,
): { readonly table: Table; readonly schema: BatchSchema } {
  if (typeof input !== "object" || input === null) {
    const what = input === null ? "null" : typeof input;
    throw new TypeError(`Monitor.${method}: needs rows, columns or an Arrow table, got ${what}`);
  }
  if (isRow(input)) {
    throw new TypeError(`Monitor.${method}: needs rows in an array, columns or an Arrow table, got a single row`);
  }
  const schema: BatchSchema = new Map(known);
  const table = Array.isArray(input)
    ? tableOfRows(`Monitor.${method}`, input, schema, null)
    : withoutKinds(tableOf(input as TableInput), input);
  if (!table.stored) return { table, schema };
  throw new TypeError(`Monitor.${method}: needs the rows of a table in memory, got one that was opened`);
}

/** An object of values, where an object of columns might stand. */
function isRow(input: object): boolean {
  const prototype = Object.getPrototypeOf(input);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const values = Object.values(input);
  return values.length > 0 && values.every((one) => typeof one !== "object" || one === null || one instanceof Date);
}

/** Arrays of nulls alone are of no kind, as in rows: what comes before or later tells it. */
function withoutKinds(table: Table, input: object): Table {
  if (input === table) return table;
  const columns = new Map(table.columns);
  for (const [name, values] of Object.entries(input)) {
    if (!Array.isArray(values) || !columns.has(name) || values.some((value) => value != null)) continue;
    const rows = values.length;
    columns.set(name, { kind: "numeric", type: "Null", rows, chunks: [nullChunk(rows)], unitsPerSecond: 1 });
  }
  return { ...table, columns };
}
