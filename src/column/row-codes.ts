/**
 * A number for each row's value, the same for equal values, over a column of several tables at once: what rows are
 * grouped and joined by. Equal are texts of the same bytes however they are stored, numbers of the same value whatever
 * their type, and points in time.
 */
import type { CategoryChunk } from "../engine/categories.js";
import type { FixedChunk, Rows } from "../engine/chunk.js";
import { denseValues } from "../engine/sample.js";
import { bitAt } from "./bits.js";
import { codeNumbers } from "./codes.js";
import { type Column, type FixedColumn, isFixed, type TextColumn } from "./column.js";
import { type ByteTable, byteTable, type WordTable, wordTable } from "./key-table.js";
import { textBytes } from "./texts.js";
import { commonUnit } from "./units.js";

/** What a row is grouped by. Integers beyond 2^53 and infinities are text, as are dates and timestamps (ISO 8601). */
export type KeyValue = string | number | boolean | null;

export interface RowCodes {
  /** A code for each row of each table's column. */
  readonly codes: readonly Uint32Array[];
  /** All codes are below. */
  readonly limit: number;
  /** The value behind a code; `null` of the two below. */
  valueOf(code: number): KeyValue;
}

/** The codes of rows without a value: null, and NaN. */
export const nullCode = 0;
export const nanCode = 1;
const firstCode = 2;

/** More distinct values than were wanted. */
export class TooManyKeys extends RangeError {
  override readonly name = "TooManyKeys";
}

/**
 * @param columns of one kind
 * @throws TooManyKeys soon after more than `most` distinct values were seen; TypeError for vectors and columns of several kinds
 */
export function rowCodes(columns: readonly Column[], most = Number.POSITIVE_INFINITY): RowCodes {
  const [{ kind }] = columns as [Column, ...Column[]];
  const other = columns.find((column) => column.kind !== kind || column.kind === "vector");
  if (other)
    throw new TypeError(`rows are told apart by text, numbers, truth values or points in time, got ${other.kind}`);
  const check = (size: number): void => {
    if (size > most) throw new TooManyKeys(`more than ${most} distinct values`);
  };
  if (kind === "categorical") {
    const table = byteTable();
    const codes = columns.map((column) => textCodes(column as TextColumn, table, check));
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    return { codes, limit: firstCode + table.size(), valueOf: (code) => textOf(code, table, decoder) };
  }
  const table = wordTable();
  const fixed = inOneUnit(columns.filter(isFixed));
  const codes = fixed.map((column) => numberCodes(column, table, check));
  return { codes, limit: firstCode + table.size(), valueOf: (code) => numberOf(code, table, fixed[0]!) };
}

function inOneUnit(columns: readonly FixedColumn[]): readonly FixedColumn[] {
  const finest = columns.reduce((one, other) => (one.unitsPerSecond >= other.unitsPerSecond ? one : other));
  return columns.map((column) => commonUnit(column, finest)[0]);
}

/** Rows between two looks at the number of distinct values. */
const stretch = 65_536;

type Check = (size: number) => void;

function numberCodes(column: FixedColumn, table: WordTable, check: Check): Uint32Array {
  const codes = new Uint32Array(column.rows);
  let row = 0;
  for (const chunk of column.chunks) {
    const codeOf =
      chunk.layout === "i64" || chunk.layout === "u64" ? integerCodes(chunk, table) : doubleCodes(chunk, table);
    for (let from = 0; from < chunk.length; from += stretch) {
      const to = Math.min(chunk.length, from + stretch);
      for (let k = from; k < to; k++) codes[row++] = isNull(chunk, k) ? nullCode : codeOf(k);
      check(table.size());
    }
  }
  return codes;
}

/** Doubles are told apart by their bits, -0 being 0. To be called for each row that is not null, in order. */
function doubleCodes(chunk: FixedChunk, table: WordTable): () => number {
  const values = denseValues({ chunks: [chunk], rows: chunk.length, representation: "f64", selection: null });
  const double = new Float64Array(1);
  const words = new Int32Array(double.buffer);
  let next = 0;
  return () => {
    const value = values[next++]! + 0;
    if (Number.isNaN(value)) return nanCode;
    double[0] = value;
    return firstCode + table.codeOf(words[1]!, words[0]!, 0);
  };
}

/** 64-bit integers that are doubles too count as these; the others have their own words, and their sign as a tag. */
function integerCodes({ bytes, layout, length }: FixedChunk, table: WordTable): (row: number) => number {
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const words = new Int32Array(buffer, byteOffset, 2 * length);
  const double = new Float64Array(1);
  const bits = new Int32Array(double.buffer);
  return (row) => {
    const low = words[2 * row]! >>> 0;
    const high = layout === "u64" ? words[2 * row + 1]! >>> 0 : words[2 * row + 1]!;
    const value = high * 2 ** 32 + low;
    const upper = Math.floor(value / 2 ** 32);
    if (upper !== high || value - upper * 2 ** 32 !== low) return firstCode + table.codeOf(high, low, high < 0 ? 2 : 1);
    double[0] = value;
    return firstCode + table.codeOf(bits[1]!, bits[0]!, 0);
  };
}

function numberOf(code: number, table: WordTable, { kind, type, unitsPerSecond }: FixedColumn): KeyValue {
  if (code < firstCode) return null;
  const [high, low, tag] = table.keyOf(code - firstCode);
  if (tag !== 0) return ((BigInt(tag === 1 ? high >>> 0 : high) << 32n) + BigInt(low >>> 0)).toString();
  const value = new Float64Array(Int32Array.of(low, high).buffer)[0]!;
  if (kind === "boolean") return value === 1;
  const time = (value / unitsPerSecond) * 1000;
  if (/^(Date|Timestamp)/.test(type) && Math.abs(time) <= 8.64e15) return new Date(time).toISOString();
  if (Math.abs(value) <= 2 ** 53) return value;
  return String(Math.abs(value) < 2 ** 64 ? BigInt(value) : value);
}

function textOf(code: number, table: ByteTable, decoder: TextDecoder): KeyValue {
  return code < firstCode ? null : decoder.decode(table.keyOf(code - firstCode));
}

function textCodes(column: TextColumn, table: ByteTable, check: Check): Uint32Array {
  const codes = new Uint32Array(column.rows);
  let row = 0;
  for (const chunk of column.chunks) {
    const codeOf = codeReader(chunk, table);
    for (let from = 0; from < chunk.length; from += stretch) {
      const to = Math.min(chunk.length, from + stretch);
      for (let k = from; k < to; k++) codes[row++] = isNull(chunk, k) ? nullCode : codeOf(k);
      check(table.size());
    }
  }
  return codes;
}

/** The code of a row of a chunk that the bitmap does not say to be null. */
function codeReader(chunk: CategoryChunk, table: ByteTable): (row: number) => number {
  if ("offsets" in chunk && chunk.offsets instanceof Int32Array) {
    const { offsets, bytes } = chunk;
    return (row) => firstCode + table.codeOf(bytes, offsets[row]!, offsets[row + 1]!);
  }
  const stringCode = stringCoder(table);
  if ("strings" in chunk) return (row) => stringCode(chunk.strings[row]);
  if ("codes" in chunk) {
    const code = codeNumbers(chunk.codes);
    const known = new Int32Array(chunk.dictionary.length).fill(-1);
    return (row) => {
      const at = code[row]!;
      if (known[at]! < 0) known[at] = stringCode(chunk.dictionary[at]);
      return known[at]!;
    };
  }
  return (row) => {
    const bytes = textBytes(chunk, row);
    return firstCode + table.codeOf(bytes, 0, bytes.length);
  };
}

/** Codes of JavaScript strings by their UTF-8. */
function stringCoder(table: ByteTable): (text: string | null | undefined) => number {
  const encoder = new TextEncoder();
  let room = new Uint8Array(256);
  return (text) => {
    if (text === null || text === undefined) return nullCode;
    if (3 * text.length > room.length) room = new Uint8Array(6 * text.length);
    let length = 0;
    for (; length < text.length; length++) {
      const unit = text.charCodeAt(length);
      if (unit > 127) break;
      room[length] = unit;
    }
    const end = length === text.length ? length : encoder.encodeInto(text, room).written;
    return firstCode + table.codeOf(room, 0, end);
  };
}

function isNull({ validity, validityOffset }: Rows, row: number): boolean {
  return validity !== null && bitAt(validity, validityOffset + row) === 0;
}
