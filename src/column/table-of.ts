/** `tableOf`: anything that holds named columns, as a table. */
import type { Column, Table } from "./column.js";
import { type ColumnInput, columnOf } from "./column-of.js";
import { isVector, unsupportedType } from "./vector.js";

/** What is read of an Arrow `Table` or `RecordBatch`. */
interface TableShape {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  readonly numRows: number;
  getChildAt(index: number): unknown;
}

/** What `tableOf` takes: a table, an Arrow `Table` or `RecordBatch`, or a plain record of columns. */
export type TableInput =
  | Table
  | { readonly schema: object; readonly numRows: number; getChildAt(index: number): unknown }
  | { readonly [name: string]: ColumnInput };

function isTable(input: object): input is Table {
  const { columns, unsupported, rows } = input as Partial<Table>;
  return columns instanceof Map && unsupported instanceof Map && typeof rows === "number";
}

function isArrowTable(input: object): input is TableShape {
  const { schema, getChildAt, numRows } = input as Partial<TableShape>;
  return Array.isArray(schema?.fields) && typeof getChildAt === "function" && typeof numRows === "number";
}

/**
 * Gives every name once, in order: where `taken` has a name already, the later one becomes `name (2)`, `name (3)`, …
 * Arrow and CSV allow several columns of one name, a table does not.
 */
export function uniqueName(name: string, taken: { has(name: string): boolean }): string {
  if (!taken.has(name)) return name;
  let count = 2;
  while (taken.has(`${name} (${count})`)) count++;
  return `${name} (${count})`;
}

/**
 * The same for what looks at the rows of a table.
 *
 * @param caller named in errors
 * @throws as `tableOf`; TypeError for an opened table
 */
export function tableInMemory(caller: string, input: TableInput): Table {
  const table = tableOf(input);
  if (!table.stored) return table;
  throw new TypeError(`${caller}: needs the rows of a table in memory (readTable), got one that was opened`);
}

/**
 * Makes a table of what holds named columns; each as `columnOf` does. Columns of types that are not supported are listed
 * in `unsupported`. Of several columns of one name the later ones are called `name (2)`, `name (3)`, …
 *
 * @throws TypeError when the input is not supported, RangeError when columns differ in length, FormatError as `columnOf`
 */
export function tableOf(input: TableInput): Table {
  if (typeof input !== "object" || input === null) {
    throw new TypeError(`tableOf: needs a Table or a record of columns, got ${input === null ? "null" : typeof input}`);
  }
  // A prepared table and a profile have the shape of one, and a Map or a Promise has columns under no names of its own.
  if ((input as { readonly prepared?: unknown }).prepared === true) {
    throw new TypeError("tableOf: needs the rows of a table, got one that was prepared");
  }
  if ((input as { readonly profile?: unknown }).profile === true) {
    throw new TypeError("tableOf: needs the rows of a table, got a profile");
  }
  for (const other of [Map, Promise]) {
    if (input instanceof other)
      throw new TypeError(`tableOf: needs a Table or a record of columns, got a ${other.name}`);
  }
  if (isTable(input)) return input;
  const columns = new Map<string, Column>();
  const unsupported = new Map<string, string>();
  const names = new Set<string>();
  const arrow = isArrowTable(input);
  const entries: [string, unknown][] = arrow
    ? input.schema.fields.map(({ name }, index) => [name, input.getChildAt(index)])
    : Object.entries(input);
  let rows = arrow ? input.numRows : -1;
  for (const [given, values] of entries) {
    const name = uniqueName(given, names);
    names.add(name);
    const refused = typeof values === "object" && values && isVector(values) ? unsupportedType(values.type) : undefined;
    if (refused) {
      unsupported.set(name, refused);
      continue;
    }
    const column = columnOf(values as ColumnInput, name);
    if (rows < 0) rows = column.rows;
    if (column.rows !== rows) {
      throw new RangeError(`tableOf: ${name} needs ${rows} rows like the columns before it, got ${column.rows}`);
    }
    columns.set(name, column);
  }
  return { rows: Math.max(rows, 0), columns, unsupported };
}
