/**
 * One side of a column as Evidently sees it: its rows without null, NaN and infinities. Numbers are doubles, truth values
 * 0 and 1, text is text; categories are either.
 */
import { bitAt } from "../../column/bits.js";
import type { FixedColumn, TextColumn } from "../../column/column.js";
import { textsOf } from "../../column/texts.js";
import { denseValues } from "../../engine/sample.js";
import { rowValues } from "../../source/rows.js";
import { byCodePoints } from "../../statistics/tf-idf.js";

/** Numbers and their NumPy kind: on whole numbers NumPy's bins are at least 1 wide. */
export interface NumberSide {
  readonly form: "numbers";
  readonly values: Float64Array;
  /** Of an integer type, and none missing: with a missing value pandas makes them floating-point numbers. */
  readonly whole: boolean;
}

export interface TextSide {
  readonly form: "texts";
  readonly values: readonly string[];
}

export type Side = NumberSide | TextSide;

/** Reads a column's values. Integers beyond 2^53 are rounded. */
export function sideOf(column: FixedColumn | TextColumn): Side {
  if (column.kind === "categorical") return { form: "texts", values: texts(column) };
  const { values, missing } = rowValues("compare", "the column", column);
  const finite = values.every(Number.isFinite) ? values : values.filter(Number.isFinite);
  return { form: "numbers", values: finite, whole: isInteger(column) && missing.null === 0 };
}

/** Whether a column's type is one of integers, which with 10 or fewer distinct values are categories. */
export function isInteger({ type }: FixedColumn): boolean {
  return /^U?[Ii]nt\d+$/.test(type);
}

function texts({ chunks }: TextColumn): string[] {
  return chunks.flatMap((chunk) => {
    if (!("codes" in chunk)) return textsOf(chunk).filter((text) => text !== null);
    return dictionaryTexts(chunk);
  });
}

function dictionaryTexts({ codes, dictionary, ...rows }: DictionaryRows): string[] {
  const column: FixedColumn = {
    kind: "numeric",
    type: "codes",
    rows: rows.length,
    chunks: [{ ...codes, validity: rows.validity, validityOffset: rows.validityOffset, length: rows.length }],
    unitsPerSecond: 1,
  };
  const { values } = rowValues("compare", "the column", column);
  return Array.from(values, (code) => dictionary[code] ?? null).filter((text) => text !== null);
}

type DictionaryRows = Extract<TextColumn["chunks"][number], { codes: unknown }>;

/** Category → number of rows, in ascending order: numbers by size, text by code points. */
export function countsOf({ values }: Side): Map<number | string, number> {
  const counts = new Map<number | string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The categories of both sides, ascending. */
export function keysOf(reference: ReadonlyMap<number | string, number>, current: typeof reference) {
  return [...new Set([...reference.keys(), ...current.keys()])].sort(ascending);
}

function ascending(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return byCodePoints(String(a), String(b));
}

/** A column of numbers row by row; NaN where one is missing. */
export function rowNumbers({ chunks, rows }: FixedColumn): Float64Array {
  const every = chunks.map((chunk) => ({ ...chunk, validity: null }));
  const values = denseValues({ chunks: every, rows, representation: "f64", selection: null });
  let row = 0;
  for (const { length, validity, validityOffset } of chunks) {
    for (let k = 0; k < length; k++, row++) {
      if (validity && !bitAt(validity, validityOffset + k)) values[row] = Number.NaN;
    }
  }
  return values;
}
