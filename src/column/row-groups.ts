/** Rows of several tables grouped by the values of some columns. */
import type { Column, Table } from "./column.js";
import { wordTable } from "./key-table.js";
import { type KeyValue, nanCode, nullCode, type RowCodes, rowCodes, TooManyKeys } from "./row-codes.js";
import { uniqueName } from "./table-of.js";

export interface RowGroup {
  /** `country=DE, device is null`. */
  readonly key: string;
  /** By column; null is a group of its own, and so is NaN, as text. */
  readonly values: { readonly [column: string]: KeyValue };
  /** Of each table, ascending. */
  readonly rows: readonly Uint32Array[];
}

/**
 * The groups in the order in which their values are first seen.
 *
 * @param by    names of columns that every table has
 * @param most  groups
 * @throws RangeError when there are more, or a table has no such column; TypeError for columns of several kinds, and of vectors
 */
export function rowGroups(
  caller: string,
  tables: readonly Table[],
  by: readonly string[],
  most: number,
): readonly RowGroup[] {
  try {
    const columns = by.map((name) => rowCodes(keyColumns(caller, tables, name), most));
    return groupsOf(tables, by, columns, most);
  } catch (error) {
    if (!(error instanceof TooManyKeys)) throw error;
    const names = by.map((name) => JSON.stringify(name)).join(", ");
    throw new RangeError(`${caller}: grouping by ${names} needs at most ${most} groups, got more`, { cause: error });
  }
}

/**
 * The columns of a name that all tables have, of one kind.
 *
 * @throws RangeError when a table has no such column, TypeError for columns of several kinds, and of vectors
 */
export function keyColumns(caller: string, tables: readonly Table[], name: string): readonly Column[] {
  const columns = tables.map(({ columns }) => {
    const column = columns.get(name);
    if (column) return column;
    throw new RangeError(`${caller}: rows need a column ${JSON.stringify(name)} in every table`);
  });
  const kinds = [...new Set(columns.map(({ kind }) => kind))];
  if (kinds.length === 1 && kinds[0] !== "vector") return columns;
  const wanted = `${caller}: ${JSON.stringify(name)} must hold text, numbers, truth values or points in time, of one kind`;
  throw new TypeError(`${wanted}, got ${kinds.join(" and ")}`);
}

/** One code for the values of several columns: rows have the same one where they agree in all of them. */
export interface JoinedCodes {
  readonly codes: readonly Uint32Array[];
  /** All codes are below. */
  readonly limit: number;
  /** The columns' own codes behind one. */
  partsOf(code: number): readonly number[];
}

/** @throws TooManyKeys when there are more than `most` */
export function joinedCodes(columns: readonly RowCodes[], most = Number.POSITIVE_INFINITY): JoinedCodes {
  const [first, ...others] = columns as [RowCodes, ...RowCodes[]];
  return others.reduce<JoinedCodes>(
    (before, { codes: more }) => {
      const table = wordTable();
      const codes = before.codes.map((own, side) => {
        const other = more[side]!;
        const joined = new Uint32Array(own.length);
        for (let row = 0; row < own.length; row++) joined[row] = table.codeOf(own[row]!, other[row]!, 0);
        return joined;
      });
      if (table.size() > most) throw new TooManyKeys(`more than ${most} distinct values`);
      const partsOf = (code: number): readonly number[] => {
        const [own, other] = table.keyOf(code);
        return [...before.partsOf(own), other];
      };
      return { codes, limit: table.size(), partsOf };
    },
    { codes: first.codes, limit: first.limit, partsOf: (code) => [code] },
  );
}

/** The key of a code: `country=DE, device is null`. */
export function keyOf(by: readonly string[], columns: readonly RowCodes[], parts: readonly number[]): string {
  return parts.map((part, k) => keyText(by[k]!, keyValue(columns[k]!, part))).join(", ");
}

function groupsOf(
  tables: readonly Table[],
  by: readonly string[],
  columns: readonly RowCodes[],
  most: number,
): readonly RowGroup[] {
  const { codes, limit, partsOf } = joinedCodes(columns, most + 2);
  const rows = codes.map((own) => rowsByCode(own, limit));
  const all = Array.from({ length: limit }, (_, code) => code);
  const used = all.filter((code) => rows.some((own) => own[code]!.length > 0));
  if (used.length > most) throw new TooManyKeys(`more than ${most} distinct values`);
  const keys = new Set<string>();
  return used.map((code) => {
    const parts = partsOf(code);
    const key = uniqueName(keyOf(by, columns, parts), keys);
    keys.add(key);
    const named = parts.map((part, k) => [by[k]!, keyValue(columns[k]!, part)] as const);
    return { key, values: Object.fromEntries(named), rows: tables.map((_, side) => rows[side]![code]!) };
  });
}

function keyValue(column: RowCodes, code: number): KeyValue {
  return code === nanCode ? "NaN" : code === nullCode ? null : column.valueOf(code);
}

/** Quoted where a reader could not tell where the value ends. */
function keyText(column: string, value: KeyValue): string {
  if (value === null) return `${quoted(column)} is null`;
  return `${quoted(column)}=${typeof value === "string" ? quoted(value) : value}`;
}

function quoted(text: string): string {
  return text === "" || text !== text.trim() || /[,="\p{Cc}]/u.test(text) ? JSON.stringify(text) : text;
}

/** The rows of each code, ascending: counted first, then put in their places. */
function rowsByCode(codes: Uint32Array, limit: number): readonly Uint32Array[] {
  const ends = new Float64Array(limit + 1);
  for (let row = 0; row < codes.length; row++) ends[codes[row]! + 1]!++;
  for (let code = 0; code < limit; code++) ends[code + 1]! += ends[code]!;
  const rows = new Uint32Array(codes.length);
  const next = ends.slice();
  for (let row = 0; row < codes.length; row++) rows[next[codes[row]!]!++] = row;
  return Array.from({ length: limit }, (_, code) => rows.subarray(ends[code]!, ends[code + 1]!));
}
