/**
 * Which rows of a column pass a test: one pass over its chunks, a byte a row. Of a stored column one chunk is held at a
 * time; distinct texts are tested once each.
 */
import type { FixedChunk, Rows } from "../engine/chunk.js";
import { denseValues } from "../engine/sample.js";
import { completeRows } from "../engine/vector-rows.js";
import { bitAt } from "./bits.js";
import { type Column, type FixedColumn, isFixed, type TextColumn, type VectorColumn } from "./column.js";
import { nullCode, rowCodes } from "./row-codes.js";

/**
 * A value: numbers, counts of the column's unit, 0 and 1 for truth values; 64-bit integers that no double holds exactly
 * as bigint; decimals as the doubles nearest to them; texts.
 */
export type TestedValue = number | bigint | string;

export interface RowTest {
  /** Whether rows pass that are null. */
  readonly null: boolean;
  readonly nan: boolean;
  /** Whether all others pass, or which of them. Vectors have no values to test one by one. */
  readonly value: boolean | ((value: TestedValue) => boolean);
}

/** 1 for each row that passes. */
export function markedRows(column: Column, test: RowTest): Uint8Array {
  if (isFixed(column)) return markedNumbers(column, test);
  return column.kind === "categorical" ? markedTexts(column, test) : markedVectors(column, test);
}

function markedNumbers({ chunks, rows }: FixedColumn, test: RowTest): Uint8Array {
  const marks = new Uint8Array(rows);
  let start = 0;
  for (const chunk of chunks) {
    const own = marks.subarray(start, start + chunk.length);
    if (chunk.layout === "i64" || chunk.layout === "u64") markIntegers(integersOf(chunk), test.value, own);
    else markDoubles(doublesOf(chunk), test, own);
    if (chunk.validity) {
      const passes = Number(test.null);
      for (let row = 0; row < own.length; row++) if (isNull(chunk, row)) own[row] = passes;
    }
    start += chunk.length;
  }
  return marks;
}

/** What stands in null rows is tested, too, and does not matter. */
function markDoubles(values: Float64Array, { nan, value: of }: RowTest, marks: Uint8Array): void {
  const passes = typeof of === "function" ? of : () => of;
  for (let row = 0; row < marks.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value) ? nan : passes(value)) marks[row] = 1;
  }
}

function markIntegers(valueAt: (row: number) => number | bigint, of: RowTest["value"], marks: Uint8Array): void {
  const passes = typeof of === "function" ? of : () => of;
  for (let row = 0; row < marks.length; row++) if (passes(valueAt(row))) marks[row] = 1;
}

function doublesOf(chunk: FixedChunk): Float64Array {
  const { layout, bytes, length } = chunk;
  if (layout === "f64" && bytes.byteOffset % 8 === 0) return new Float64Array(bytes.buffer, bytes.byteOffset, length);
  return denseValues({ chunks: [{ ...chunk, validity: null }], rows: length, representation: "f64", selection: null });
}

/** 64-bit integers: as doubles where these hold them exactly. */
function integersOf({ bytes, layout, length }: FixedChunk): (row: number) => number | bigint {
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const words = new Int32Array(buffer, byteOffset, 2 * length);
  return (row) => {
    const low = words[2 * row]! >>> 0;
    const high = layout === "u64" ? words[2 * row + 1]! >>> 0 : words[2 * row + 1]!;
    const value = high * 2 ** 32 + low;
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : (BigInt(high) << 32n) + BigInt(low);
  };
}

function markedTexts(column: TextColumn, test: RowTest): Uint8Array {
  const texts = rowCodes([column]);
  const [codes] = texts.codes as readonly [Uint32Array];
  const { value: of } = test;
  const passes = typeof of === "function" ? of : () => of;
  /** By code: 1 and 2 for those that fail and pass, 0 as long as that is not known. */
  const known = new Uint8Array(texts.limit);
  known[nullCode] = test.null ? 2 : 1;
  return Uint8Array.from(codes, (code) => {
    known[code] ||= passes(texts.valueOf(code) as string) ? 2 : 1;
    return known[code]! - 1;
  });
}

function markedVectors(column: VectorColumn, test: RowTest): Uint8Array {
  const { complete } = completeRows(column);
  const present = typeof test.value === "boolean" && test.value;
  const marks = new Uint8Array(column.rows);
  let start = 0;
  for (const chunk of column.chunks) {
    const { components, dimension } = chunk;
    for (let row = 0; row < chunk.length; row++) {
      if (complete[start + row] === 1) {
        marks[start + row] = Number(present);
        continue;
      }
      let missing = isNull(chunk, row);
      for (let k = row * dimension; !missing && k < (row + 1) * dimension; k++) missing = isNull(components, k);
      marks[start + row] = Number(missing ? test.null : test.nan);
    }
    start += chunk.length;
  }
  return marks;
}

function isNull({ validity, validityOffset }: Rows, row: number): boolean {
  return validity !== null && bitAt(validity, validityOffset + row) === 0;
}
