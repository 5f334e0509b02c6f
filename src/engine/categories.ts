/**
 * Counting the categories of a column: one entry for all the ways in which text is stored. Dictionary codes and UTF-8
 * are counted by kernels, plain JavaScript strings by a Map.
 */

import { countDictionaries } from "./category-codes.js";
import { countNumbers } from "./category-numbers.js";
import { countTexts, type Placed, type PlacedTexts } from "./category-texts.js";
import {
  type Chunks,
  type DictionaryChunk,
  type FixedChunk,
  isStored,
  type Rows,
  type StringsChunk,
  type TextChunk,
  type TextViewChunk,
} from "./chunk.js";
import type { Selection } from "./dense.js";
import { mostFrequent } from "./most-frequent.js";

/** What is counted of a column. All rows are nulls, NaN, or in `counts` or `other`. */
export interface CategoryCounts {
  readonly counts: Map<string, number>;
  /** Rows of categories beyond the limit. */
  readonly other: number;
  /** Number of categories, those beyond the limit among them. */
  readonly distinct: number;
  readonly rows: number;
  readonly nulls: number;
  readonly nan: number;
  /** Rows that hold the empty text; it is a category like any other. */
  readonly empty: number;
}

/** One chunk of text, however it is stored. */
export type CategoryChunk = TextChunk | TextViewChunk | DictionaryChunk | StringsChunk;

/** The most categories that are kept by name. */
export const mostCategories = 2 ** 22;

/**
 * Counts text per category; malformed UTF-8 reads as U+FFFD. With more categories than `limit` the most frequent are
 * kept exactly (of equally frequent ones the first by name) and the rest is `other`. The order of `counts` is that of
 * the column, or by count and name when some were left out; it does not depend on how the column was cut into chunks.
 */
export function countCategories(
  chunks: Chunks<CategoryChunk>,
  selection: Selection | null = null,
  limit = mostCategories,
): CategoryCounts {
  const { texts, dictionaries, strings, coded } = byStorage(chunks);
  // What several ways of storage hold together is cut to the limit only when it has been put together.
  const alone = !coded && strings.length === 0;
  const text = countTexts(texts, selection, alone ? Math.min(limit, mostCategories) : mostCategories);
  const { counts } = text;
  const codes = countDictionaries(dictionaries, selection, counts);
  const plain = countStrings(strings, selection, counts);
  const rows = text.rows + codes.rows + plain.rows;
  const values = text.values + codes.values + plain.values;
  const empty = alone ? text.empty : (counts.get("") ?? 0);
  const distinct = Math.max(text.distinct, counts.size);
  const kept = counts.size > limit ? new Map(mostFrequent([...counts], limit)) : counts;
  let inKept = 0;
  for (const count of kept.values()) inKept += count;
  return { counts: kept, other: values - inKept, distinct, rows, nulls: rows - values, nan: 0, empty };
}

/** Counts of the given categories alone, however many others there are; those that do not occur are left out. */
export function countNamed(chunks: Chunks<CategoryChunk>, names: ReadonlySet<string>): Map<string, number> {
  const { texts, dictionaries, strings } = byStorage(chunks);
  const all = new Map<string, number>();
  for (const [name, count] of countTexts(texts, null, Number.POSITIVE_INFINITY, 1, names).counts) {
    all.set(name, (all.get(name) ?? 0) + count);
  }
  countDictionaries(dictionaries, null, all);
  countStrings(strings, null, all);
  return new Map([...all].filter(([name]) => names.has(name)));
}

/** Chunks with their places, by how they are stored. */
interface Storage {
  readonly texts: PlacedTexts;
  readonly dictionaries: Iterable<Placed<DictionaryChunk>>;
  readonly strings: readonly Placed<StringsChunk>[];
  /** Whether there may be dictionaries. */
  readonly coded: boolean;
}

function* placed<C extends Rows>(chunks: Iterable<C>): Generator<Placed<C>> {
  let row = 0;
  for (const chunk of chunks) {
    yield { chunk, row };
    row += chunk.length;
  }
}

function placedIn<C extends Rows>(chunks: Iterable<C>): Iterable<Placed<C>> {
  return { [Symbol.iterator]: () => placed(chunks) };
}

function byStorage(chunks: Chunks<CategoryChunk>): Storage {
  if (isStored(chunks)) {
    const all = placedIn(chunks) as Iterable<Placed<never>>;
    const coded = chunks.form === "codes";
    const texts = { chunks: coded ? [] : all, buffers: chunks.buffers };
    return { texts, dictionaries: coded ? all : [], strings: [], coded };
  }
  const texts: Placed<TextChunk | TextViewChunk>[] = [];
  const dictionaries: Placed<DictionaryChunk>[] = [];
  const strings: Placed<StringsChunk>[] = [];
  for (const { chunk, row } of placed(chunks)) {
    if ("codes" in chunk) dictionaries.push({ chunk, row });
    else if ("strings" in chunk) strings.push({ chunk, row });
    else texts.push({ chunk, row });
  }
  const buffers = texts.reduce((most, { chunk }) => Math.max(most, "views" in chunk ? chunk.buffers.length : 0), 0);
  return { texts: { chunks: texts, buffers }, dictionaries, strings, coded: dictionaries.length > 0 };
}

/** `countCategories` for a column of numbers or truth values; `null` as soon as there are more than `limit` distinct ones. */
export function countValues(
  chunks: Chunks<FixedChunk>,
  selection: Selection | null = null,
  limit = 1024,
): CategoryCounts | null {
  const found = countNumbers(chunks, selection, limit);
  return found && { ...found, other: 0, distinct: found.counts.size, empty: 0 };
}

function countStrings(
  chunks: readonly Placed<StringsChunk>[],
  selection: Selection | null,
  counts: Map<string, number>,
): { rows: number; values: number } {
  // A category's number is looked up, its count is not: that halves the time.
  const numbers = new Map<string, number>();
  const seen: number[] = [];
  let rows = 0;
  let values = 0;
  for (const { chunk, row } of chunks) {
    for (let k = 0; k < chunk.length; k++) {
      if (selection && !isSelected(selection, row + k)) continue;
      rows++;
      const name = chunk.strings[k];
      if (name === null || name === undefined) continue;
      values++;
      const number = numbers.get(name);
      if (number === undefined) {
        numbers.set(name, seen.length);
        seen.push(1);
      } else seen[number]!++;
    }
  }
  for (const [name, number] of numbers) counts.set(name, (counts.get(name) ?? 0) + seen[number]!);
  return { rows, values };
}

function isSelected({ bits, offset }: Selection, row: number): boolean {
  const bit = offset + row;
  return ((bits[Math.floor(bit / 8)]! >> (bit & 7)) & 1) === 1;
}
