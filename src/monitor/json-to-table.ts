/** `ndjsonToTable`, `jsonToTable`: JSON text as a table. */
import type { Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { shown } from "../statistics/option-checks.js";
import { BatchReader } from "./batch-reader.js";
import { type BatchSchema, checkSchema } from "./batch-schema.js";
import { valueInWords } from "./column-builder.js";
import { elementsOf, membersOf } from "./json-parts.js";
import { tableOfColumns, tableOfRows } from "./rows-to-table.js";

/** Bytes are decoded in pieces of whole lines: no text is longer than need be. */
const pieceBytes = 2 ** 20;
const newline = 10;
const blank = /^[ \t\r]*$/;

/**
 * Lines of JSON, an object each, as a table; see `rowsToTable`. Empty lines, `\r\n` and a byte order mark are allowed. Of
 * several members of one name the last counts. In columns of integers and ids all 64 bits are read; elsewhere numbers are the
 * nearest double, of which those beyond 1.8e308 are infinite.
 *
 * @throws as `rowsToTable`; FormatError for bytes that are no UTF-8, and for a line that is no JSON, naming the line (from 1)
 */
export function ndjsonToTable(source: Uint8Array | string, schema: BatchSchema = new Map()): Table {
  const caller = "ndjsonToTable";
  checkSource(caller, source);
  checkSchema(caller, schema);
  let line = 0;
  let text = "";
  const members = rememberedMembers();
  const written = (_: number, name: string) => members(text).get(name);
  const reader = new BatchReader(caller, schema, 0, () => `line ${line}`, written);
  for (const piece of piecesOf(caller, source)) {
    for (text of piece.split("\n")) {
      line++;
      if (text === "" || text === "\r") continue;
      let row: unknown;
      try {
        row = JSON.parse(text);
      } catch (error) {
        if (blank.test(text)) continue;
        throw noJson(`${caller}: line ${line}`, error);
      }
      reader.addRow(row);
    }
    // A piece ends with its last line's end, behind which there is no line yet.
    line--;
  }
  return reader.table();
}

/**
 * One JSON text as a table: an array of rows, `{ "rows": [{ … }, …] }`, or `{ "columns": { name: [values] } }`; see
 * `rowsToTable` and `ndjsonToTable`.
 *
 * @throws as these
 */
export function jsonToTable(source: Uint8Array | string, schema: BatchSchema = new Map()): Table {
  const caller = "jsonToTable";
  checkSource(caller, source);
  checkSchema(caller, schema);
  const text = withoutMark(typeof source === "string" ? source : decoded(caller, source));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw noJson(caller, error);
  }
  if (Array.isArray(value))
    return tableOfRows(
      caller,
      value,
      schema,
      writtenInRows(() => text),
    );
  const { rows, columns, ...others } = (typeof value === "object" && value ? value : {}) as Partial<Body>;
  const alone = Object.keys(others).length === 0;
  if (alone && Array.isArray(rows) && columns === undefined) {
    return tableOfRows(
      caller,
      rows,
      schema,
      writtenInRows(() => membersOf(text).get("rows")!),
    );
  }
  if (alone && isRecord(columns) && rows === undefined) {
    return tableOfColumns(caller, columns, schema, writtenInColumns(text));
  }
  throw new FormatError(caller, "an array of rows, { rows: [] } or { columns: {} }", valueInWords(value));
}

interface Body {
  readonly rows: unknown;
  readonly columns: unknown;
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `membersOf`, which goes once through a row that is asked for again and again. */
function rememberedMembers(): typeof membersOf {
  let latest = "{}";
  let members = membersOf(latest);
  return (text) => {
    if (text === latest) return members;
    latest = text;
    members = membersOf(text);
    return members;
  };
}

/** The text is gone through when the first number is asked for. */
function writtenInRows(text: () => string): (row: number, name: string) => string | undefined {
  let rows: string[] | null = null;
  const members = rememberedMembers();
  return (row, name) => {
    rows ??= elementsOf(text());
    return members(rows[row]!).get(name);
  };
}

function writtenInColumns(text: string): (row: number, name: string) => string | undefined {
  let columns: Map<string, string> | null = null;
  const values = new Map<string, string[]>();
  return (row, name) => {
    columns ??= membersOf(membersOf(text).get("columns")!);
    const known = values.get(name) ?? elementsOf(columns.get(name)!);
    values.set(name, known);
    return known[row];
  };
}

function checkSource(caller: string, source: unknown): void {
  if (typeof source === "string" || source instanceof Uint8Array) return;
  throw new TypeError(`${caller}: needs a Uint8Array or a text, got ${shown(source)}`);
}

function* piecesOf(caller: string, source: Uint8Array | string): Generator<string> {
  if (typeof source === "string") {
    yield withoutMark(source);
    return;
  }
  for (let from = 0, to = 0; from < source.length; from = to) {
    const end = source.indexOf(newline, Math.min(from + pieceBytes, source.length) - 1);
    to = end < 0 ? source.length : end + 1;
    const text = decoded(caller, source.subarray(from, to));
    yield from === 0 ? withoutMark(text) : text;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decoded(where: string, bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new FormatError(where, "UTF-8", "other bytes", { cause });
  }
}

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

const shownMessage = 120;

function noJson(where: string, error: unknown): FormatError {
  const message = error instanceof Error ? error.message : String(error);
  return new FormatError(where, "JSON", message.slice(0, shownMessage), { cause: error });
}
