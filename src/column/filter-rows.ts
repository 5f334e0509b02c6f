/** `filterRows`: the rows of a table that fulfil conditions, as a table of its own. */
import { type Chunk, type Chunks, isStored } from "../engine/chunk.js";
import { sizeOf } from "../engine/in-memory.js";
import type { Column, Table } from "./column.js";
import { markedRows } from "./marked-rows.js";
import { rowTestOf } from "./row-conditions.js";
import type { RowFilter } from "./row-filter.js";
import { type TableInput, tableOf } from "./table-of.js";
import { takeColumn } from "./take-rows.js";

/**
 * The rows that fulfil the conditions on all columns named, in their order. Their values are copied; an opened table is
 * read piece by piece, and the rows that are kept are held in memory.
 *
 * A missing value (null or NaN) fulfils `missing: true`, `notEq` and `notIn` only. Numbers are compared exactly, 64-bit
 * integers with bigints and with digits as text too, decimals as doubles; points in time with ISO 8601 in UTC or with an
 * offset, whatever their unit, times of day with `hh:mm:ss`; texts by their UTF-16 units.
 *
 * ```ts
 * filterRows(trips, { fare: { gt: 0, lte: 200 }, city: { in: ["Berlin", "Wien"] }, start: { gte: "2024-01-01" } });
 * ```
 *
 * @param table  as `compare` takes it
 * @param where  column → condition, or a value that it must equal; all rows fulfil a filter without conditions
 * @throws TypeError for what is no filter and for a value of another kind than its column's, naming column and operator;
 *   RangeError for a column or an operator that there is not, NaN, text that is no number or time, and when more rows of
 *   an opened table are kept than its `memory` holds
 */
export function filterRows(table: TableInput, where: RowFilter): Table {
  return rowsWhere("filterRows", tableOf(table), where);
}

/** The same for a table that was checked; `caller` begins messages, `side` is what they call the table. */
export function rowsWhere(caller: string, table: Table, where: RowFilter, side = "the table"): Table {
  const marks = selectedRows(caller, table, where, side);
  if (!marks) return table;
  const rows = rowNumbers(marks);
  const columns = [...table.columns].map(([name, column]) => {
    const chunks: Chunks<Chunk> = column.chunks;
    return [name, isStored(chunks) ? keptOf(caller, name, column, marks) : takeColumn(column, rows)] as const;
  });
  return { rows: rows.length, columns: new Map(columns), unsupported: table.unsupported };
}

/** A filter as plain data that JSON keeps, which means the same: bigints and infinities are text. */
export function plainFilter(where: RowFilter): RowFilter {
  const plain = (value: unknown): unknown => {
    if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value))) return String(value);
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, plain(part)]])),
    );
  };
  return plain(where) as RowFilter;
}

/** 1 for each row that fulfils all conditions; `null` where there are none. */
export function selectedRows(caller: string, table: Table, where: RowFilter, side = "the table"): Uint8Array | null {
  if (typeof where !== "object" || where === null || Array.isArray(where)) {
    throw new TypeError(`${caller}: where needs conditions by column, got ${where === null ? "null" : typeof where}`);
  }
  const tests = Object.entries(where).map(([name, condition]) => {
    const column = table.columns.get(name);
    if (!column) throw new RangeError(`${caller}: where names ${JSON.stringify(name)}, ${whyNot(table, name, side)}`);
    return { column, test: rowTestOf(column, condition, `${caller}: where ${name}`) };
  });
  let all: Uint8Array | null = null;
  for (const { column, test } of tests) {
    const marks = markedRows(column, test);
    if (all) for (let row = 0; row < marks.length; row++) all[row]! &= marks[row]!;
    else all = marks;
  }
  return all;
}

function whyNot({ columns, unsupported }: Table, name: string, side: string): string {
  const type = unsupported.get(name);
  if (type !== undefined) return `which is of type ${type}, which is not supported`;
  return `which is not a column of ${side}; there are ${[...columns.keys()].join(", ")}`;
}

function rowNumbers(marks: Uint8Array): Uint32Array {
  let count = 0;
  for (const mark of marks) count += mark;
  const rows = new Uint32Array(count);
  for (let row = 0, k = 0; row < marks.length; row++) {
    rows[k] = row;
    k += marks[row]!;
  }
  return rows;
}

/** Chunk by chunk, each of which is good until the next. */
function keptOf(caller: string, name: string, column: Column, marks: Uint8Array): Column {
  const kept: Chunk[] = [];
  let [start, rows, bytes] = [0, 0, 0];
  for (const chunk of column.chunks as Iterable<Chunk>) {
    const own = rowNumbers(marks.subarray(start, start + chunk.length));
    start += chunk.length;
    if (own.length === 0) continue;
    const [taken] = takeColumn({ ...column, rows: chunk.length, chunks: [chunk] } as Column, own).chunks;
    rows += own.length;
    bytes += sizeOf(taken as Chunk);
    const { memory } = column.chunks as { readonly memory: number };
    if (bytes > memory) {
      throw new RangeError(
        `${caller}: the rows kept of ${name} need more than the ${memory} bytes of its opened table`,
      );
    }
    kept.push(taken as Chunk);
  }
  return { ...column, rows, chunks: kept } as Column;
}
