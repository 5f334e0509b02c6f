/** Chosen rows of a column, missing ones among them: for what looks at several columns of a row together. */
import { bitAt, setBit } from "../column/bits.js";
import type { FixedColumn, TextColumn } from "../column/column.js";
import { textBytes } from "../column/texts.js";
import type { CategoryChunk } from "../engine/categories.js";
import type { FixedChunk, Rows } from "../engine/chunk.js";
import { chooseSome } from "../engine/random.js";
import { denseValues } from "../engine/sample.js";

/** Row numbers, ascending. */
export type ChosenRows = Float64Array;

/** All rows, or `most` of them drawn at random. */
export function chooseRows(rows: number, most: number, seed: number, stream: number): ChosenRows {
  return rows <= most ? Float64Array.from({ length: rows }, (_, row) => row) : chooseSome(rows, most, seed, stream);
}

/** The values of the rows as doubles, NaN where one is missing. */
export function numbersOf(column: FixedColumn, chosen: ChosenRows): Float64Array {
  const { chunks, rows } = column;
  const selection = chosen.length < rows ? { bits: bitsOf(chosen, rows), offset: 0 } : null;
  const dense = denseValues({ chunks, rows, representation: "f64", selection });
  if (dense.length === chosen.length) return dense;
  const values = new Float64Array(chosen.length).fill(Number.NaN);
  let found = 0;
  eachRow(chunks, chosen, (chunk, row, k) => {
    if (isValid(chunk, row)) values[k] = dense[found++]!;
  });
  return values;
}

/** The texts of the rows, `null` where one is missing; malformed UTF-8 reads as U+FFFD. */
export function textsOf(column: TextColumn, chosen: ChosenRows): (string | null)[] {
  const texts: (string | null)[] = new Array(chosen.length).fill(null);
  eachRow<CategoryChunk>(column.chunks, chosen, (chunk, row, k) => {
    if ("strings" in chunk) texts[k] = chunk.strings[row] ?? null;
    else if (!isValid(chunk, row)) return;
    else if ("codes" in chunk) texts[k] = chunk.dictionary[codeAt(chunk.codes, row)]!;
    else texts[k] = utf8.decode(textBytes(chunk, row));
  });
  return texts;
}

/** 1 for each of the rows that is null. */
export function nullsOf({ chunks }: FixedColumn | TextColumn, chosen: ChosenRows): Uint8Array {
  const nulls = new Uint8Array(chosen.length);
  eachRow<FixedChunk | CategoryChunk>(chunks as Iterable<FixedChunk | CategoryChunk>, chosen, (chunk, row, k) => {
    nulls[k] = Number("strings" in chunk ? chunk.strings[row] == null : !isValid(chunk, row));
  });
  return nulls;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function bitsOf(chosen: ChosenRows, rows: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil(rows / 8));
  for (const row of chosen) setBit(bits, row);
  return bits;
}

function eachRow<C extends Rows>(
  chunks: Iterable<C>,
  chosen: ChosenRows,
  visit: (chunk: C, row: number, k: number) => void,
): void {
  let next = 0;
  let start = 0;
  for (const chunk of chunks) {
    for (; next < chosen.length && chosen[next]! < start + chunk.length; next++)
      visit(chunk, chosen[next]! - start, next);
    start += chunk.length;
  }
}

function isValid({ validity, validityOffset }: Rows, row: number): boolean {
  return !validity || bitAt(validity, validityOffset + row) === 1;
}

function codeAt({ layout, bytes }: FixedChunk, row: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (layout) {
    case "i8":
    case "u8":
      return view.getUint8(row);
    case "i16":
    case "u16":
      return view.getUint16(2 * row, true);
    case "i32":
    case "u32":
      return view.getUint32(4 * row, true);
    default:
      return Number(view.getBigUint64(8 * row, true));
  }
}
