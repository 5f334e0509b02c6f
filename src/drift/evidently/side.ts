/**
 * One side of a column as Evidently sees it: its rows without null, NaN and infinities. Numbers are doubles, truth values
 * 0 and 1, text is text; categories are either.
 */
import { bitAt } from "../../column/bits.js";
import type { FixedColumn, TextColumn } from "../../column/column.js";
import { textsOf } from "../../column/texts.js";
import { mostCategories } from "../../engine/categories.js";
import type { DictionaryChunk } from "../../engine/chunk.js";
import { plainValues } from "../../engine/dense.js";
import { chunksInMemory } from "../../engine/in-memory.js";
import { momentsOf } from "../../engine/moments.js";
import { denseValues } from "../../engine/sample.js";
import { categorySource } from "../../source/categories.js";
import { rowValues } from "../../source/rows.js";
import { byCodePoints } from "../../statistics/tf-idf.js";

/** Numbers and their NumPy kind: on whole numbers NumPy's bins are at least 1 wide. */
export interface NumberSide {
  readonly form: "numbers";
  readonly length: number;
  readonly values: Float64Array;
  /** Of an integer type, and none missing: with a missing value pandas makes them floating-point numbers. */
  readonly whole: boolean;
}

export interface TextSide {
  readonly form: "texts";
  readonly length: number;
  readonly counts: ReadonlyMap<string, number>;
  /** Row by row: only for methods that look at rows, or at what texts say. */
  rows(): readonly string[];
}

export type Side = NumberSide | TextSide;

export function numberSide(values: Float64Array, whole = false): NumberSide {
  return { form: "numbers", length: values.length, values, whole };
}

/** Reads a column's values. Integers beyond 2^53 are rounded. */
export function sideOf(column: FixedColumn | TextColumn): Side {
  if (column.kind === "categorical") return textSide(column);
  const dense = { chunks: column.chunks, rows: column.rows, representation: "f64", selection: null } as const;
  const plain = plainValues(dense);
  // What is used where it lies is never written to.
  if (plain && momentsOf(dense, 2, 0, 0n).count === column.rows) return numberSide(plain, isInteger(column));
  const { values, missing } = rowValues("compare", "the column", column);
  const finite = values.every(Number.isFinite) ? values : values.filter(Number.isFinite);
  return numberSide(finite, isInteger(column) && missing.null === 0);
}

function textSide(column: TextColumn): TextSide {
  const { counts, other } = categorySource(column).categories(mostCategories);
  let length = other;
  for (const count of counts.values()) length += count;
  const rows = () => texts(column);
  return { form: "texts", length, counts: other > 0 ? counted(rows()) : counts, rows };
}

function counted<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function isInteger({ type }: FixedColumn): boolean {
  return /^U?[Ii]nt\d+$/.test(type);
}

function texts({ chunks }: TextColumn): string[] {
  return chunksInMemory(chunks).flatMap((chunk) => {
    if (!("codes" in chunk)) return textsOf(chunk).filter((text) => text !== null);
    return dictionaryTexts(chunk);
  });
}

function dictionaryTexts({ codes, dictionary, ...rows }: DictionaryChunk): string[] {
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

/** Category → number of rows. */
export function countsOf(side: Side): ReadonlyMap<number | string, number> {
  return side.form === "texts" ? side.counts : counted(side.values);
}

/** Values row by row. */
export function rowsOf(side: Side): readonly string[] | Float64Array {
  return side.form === "texts" ? side.rows() : side.values;
}

/** Whether the sides together have more than `limit` distinct values. */
export function isDistinctBeyond(limit: number, ...sides: readonly Side[]): boolean {
  const seen = new Set<number | string>();
  for (const side of sides) {
    for (const value of side.form === "texts" ? side.counts.keys() : side.values) {
      seen.add(value);
      if (seen.size > limit) return true;
    }
  }
  return false;
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
  const every = chunksInMemory(chunks).map((chunk) => ({ ...chunk, validity: null }));
  const values = denseValues({ chunks: every, rows, representation: "f64", selection: null });
  let row = 0;
  for (const { length, validity, validityOffset } of chunks) {
    for (let k = 0; k < length; k++, row++) {
      if (validity && !bitAt(validity, validityOffset + k)) values[row] = Number.NaN;
    }
  }
  return values;
}
