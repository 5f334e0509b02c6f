/** A column's values as plain ones, for what looks at them one by one: ids and labels. */

import { bitAt } from "../column/bits.js";
import { numbersByRow, presence } from "../column/by-row.js";
import { codeNumbers } from "../column/codes.js";
import type { Column, TextColumn } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { textsOf } from "../column/texts.js";
import type { CategoryChunk } from "../engine/categories.js";
import { type DictionaryChunk, type FixedChunk, layoutsOf } from "../engine/chunk.js";

/** A bigint where a double would not be exact. */
export type PlainValue = number | bigint | boolean | string;

/**
 * Every row's value; `null` where it is null or NaN. Half a surrogate pair is U+FFFD, as it is wherever texts are stored.
 *
 * @param where begins the message
 * @throws FormatError for points in time and vectors
 */
export function plainValues(column: Column, where: string): (PlainValue | null)[] {
  if (column.kind === "categorical") return texts(column);
  if (column.kind === "vector" || column.kind === "temporal") {
    throw new FormatError(where, "numbers, truth values or texts", column.type);
  }
  const wide = layoutsOf(column.chunks).some((layout) => layout === "i64" || layout === "u64");
  if (wide) return [...column.chunks].flatMap(integers);
  const numbers = numbersByRow(column);
  const present = presence(column);
  const isBoolean = column.kind === "boolean";
  const values = new Array<PlainValue | null>(numbers.length);
  for (let row = 0; row < values.length; row++) {
    const value = numbers[row]!;
    values[row] = present[row] === 0 || Number.isNaN(value) ? null : isBoolean ? value === 1 : value;
  }
  return values;
}

function integers({ bytes, layout, length, validity, validityOffset }: FixedChunk): (PlainValue | null)[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Array<PlainValue | null>(length).fill(null);
  for (let row = 0; row < length; row++) {
    if (validity && !bitAt(validity, validityOffset + row)) continue;
    const high = layout === "i64" ? view.getInt32(8 * row + 4, true) : view.getUint32(8 * row + 4, true);
    const value = high * 2 ** 32 + view.getUint32(8 * row, true);
    if (Number.isSafeInteger(value)) values[row] = value;
    else values[row] = layout === "i64" ? view.getBigInt64(8 * row, true) : view.getBigUint64(8 * row, true);
  }
  return values;
}

function texts({ chunks }: TextColumn): (PlainValue | null)[] {
  const all: (PlainValue | null)[] = [];
  for (const chunk of chunks) {
    for (const text of "codes" in chunk ? coded(chunk) : stored(chunk)) all.push(text === null ? null : whole(text));
  }
  return all;
}

function stored(chunk: Exclude<CategoryChunk, DictionaryChunk>): (string | null)[] {
  const { validity, validityOffset } = chunk;
  const isNull = (row: number) => validity !== null && !bitAt(validity, validityOffset + row);
  return textsOf(chunk).map((text, row) => (isNull(row) ? null : text));
}

function coded({ codes, dictionary, length, validity, validityOffset }: DictionaryChunk): (string | null)[] {
  const code = codeNumbers(codes);
  return Array.from({ length }, (_, row) =>
    validity && !bitAt(validity, validityOffset + row) ? null : (dictionary[code[row]!] ?? null),
  );
}

const halfPair = /\p{Surrogate}/gu;

function whole(text: string): string {
  return text.replace(halfPair, "\uFFFD");
}
