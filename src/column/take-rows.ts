/** Chosen rows of a table, in a chosen order, as a table of its own. */

import type { CategoryChunk } from "../engine/categories.js";
import {
  bitsOf,
  type Chunk,
  type DictionaryChunk,
  type FixedChunk,
  type Rows,
  type StringsChunk,
  type TextChunk,
  type TextViewChunk,
  type VectorChunk,
} from "../engine/chunk.js";
import { chunksInMemory } from "../engine/in-memory.js";
import { bitAt, setBit } from "./bits.js";
import { codeNumbers } from "./codes.js";
import type { Column, Table } from "./column.js";
import { takeDictionaries } from "./take-codes.js";
import { takeElements, wordsOf } from "./take-elements.js";
import { type Run, runsOf, takeValidity } from "./take-runs.js";
import { takeTexts, takeViews } from "./take-texts.js";
import { textsOf } from "./texts.js";

/**
 * The given rows in the given order; a row may be taken several times. Values are copied.
 *
 * @throws RangeError for a row that the table does not have
 */
export function takeRows(table: Table, rows: Uint32Array): Table {
  const wrong = rows.find((row) => row >= table.rows);
  if (wrong !== undefined) throw new RangeError(`takeRows: rows must be below ${table.rows}, got ${wrong}`);
  const columns = [...table.columns].map(([name, column]) => [name, takeColumn(column, rows)] as const);
  return { rows: rows.length, columns: new Map(columns), unsupported: table.unsupported };
}

/** The same of one column; rows are not checked. */
export function takeColumn<C extends Column>(column: C, rows: Uint32Array): C {
  const chunk = rows.length === 0 ? null : takenChunk(column, rows);
  return { ...column, rows: rows.length, chunks: chunk ? [chunk] : [] };
}

function takenChunk(column: Column, rows: Uint32Array): Chunk {
  if (column.kind === "vector") return takeVectors(runsOf(chunksInMemory(column.chunks), rows), rows);
  if (column.kind !== "categorical") return takeFixed(runsOf(chunksInMemory(column.chunks), rows), rows);
  const chunks = chunksInMemory(column.chunks);
  const all = <C extends CategoryChunk>(is: (chunk: CategoryChunk) => chunk is C) =>
    chunks.every(is) ? runsOf(chunks as readonly C[], rows) : null;
  const texts = all((chunk): chunk is TextChunk => "offsets" in chunk);
  if (texts) return { ...takeTexts(texts, rows), ...takeValidity(texts, rows) };
  const views = all((chunk): chunk is TextViewChunk => "views" in chunk);
  if (views) return { ...takeViews(views, rows), ...takeValidity(views, rows) };
  const codes = all((chunk): chunk is DictionaryChunk => "codes" in chunk);
  if (codes) return { ...takeDictionaries(codes, rows), ...takeValidity(codes, rows) };
  return takeStrings(runsOf(chunks, rows), rows);
}

function takeFixed(runs: readonly Run<FixedChunk>[], rows: Uint32Array): FixedChunk {
  const { layout, scale } = runs[0]!.chunk;
  const bytes =
    layout === "bit" ? takeBits(runs, rows) : takeElements(runs, rows, wordsOf(layout), ({ bytes }) => bytes);
  return { ...takeValidity(runs, rows), layout, scale, bytes, bitOffset: 0 };
}

function takeBits(runs: readonly Run<FixedChunk>[], rows: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(rows.length / 8));
  for (const { chunk, start, from, to } of runs) {
    const offset = chunk.bitOffset - start;
    for (let k = from; k < to; k++) if (bitAt(chunk.bytes, offset + rows[k]!)) setBit(bytes, k);
  }
  return bytes;
}

function takeVectors(runs: readonly Run<VectorChunk>[], rows: Uint32Array): VectorChunk {
  const { dimension, components: first } = runs[0]!.chunk;
  const size = (bitsOf[first.layout] / 8) * dimension;
  const bytes = new Uint8Array(rows.length * size);
  const hasNulls = runs.some(({ chunk }) => chunk.components.validity);
  const validity = hasNulls ? new Uint8Array(Math.ceil((rows.length * dimension) / 8)) : null;
  for (const { chunk, start, from, to } of runs) {
    const { components } = chunk;
    for (let k = from; k < to; k++) {
      const row = rows[k]! - start;
      bytes.set(components.bytes.subarray(row * size, (row + 1) * size), k * size);
      for (let i = 0; validity && i < dimension; i++) {
        const isValid =
          !components.validity || bitAt(components.validity, components.validityOffset + row * dimension + i);
        if (isValid) setBit(validity, k * dimension + i);
      }
    }
  }
  const components = { ...first, length: rows.length * dimension, bytes, validity, validityOffset: 0 };
  return { ...takeValidity(runs, rows), dimension, components };
}

/** Strings, and what is stored in several ways. */
function takeStrings(runs: readonly Run<CategoryChunk>[], rows: Uint32Array): StringsChunk {
  const strings: (string | null)[] = new Array(rows.length).fill(null);
  const decoded = new Map<Rows, readonly (string | null | undefined)[]>();
  for (const { chunk, start, from, to } of runs) {
    const texts = decoded.get(chunk) ?? stringsOf(chunk);
    decoded.set(chunk, texts);
    for (let k = from; k < to; k++) strings[k] = texts[rows[k]! - start] ?? null;
  }
  return { ...takeValidity(runs, rows), strings };
}

/** Every row of a chunk; what stands where the bitmap says null is never looked at. */
function stringsOf(chunk: CategoryChunk): readonly (string | null | undefined)[] {
  if ("strings" in chunk) return chunk.strings;
  if ("codes" in chunk) return codedStrings(chunk);
  return textsOf(chunk);
}

function codedStrings({ codes, dictionary }: DictionaryChunk): (string | null)[] {
  return Array.from(codeNumbers(codes), (code) => dictionary[code] ?? null);
}
