/**
 * Counting Utf8 and Utf8View chunks. Rows are copied into engine memory in blocks and counted there by hash; each
 * distinct text is decoded once, at the end.
 */

import { namesOf } from "./category-names.js";
import { type CategoryTable, entriesOf, largerTable, newTable, type Part, wholePart } from "./category-table.js";
import type { TextChunk, TextViewChunk } from "./chunk.js";
import type { Selection } from "./dense.js";
import type { Engine } from "./memory.js";
import { mostFrequent } from "./most-frequent.js";
import { rowMasks } from "./row-mask.js";
import { type PlaceBlock, textPlacer, viewPlacer } from "./text-blocks.js";
import { type Take, withScratch } from "./workspace.js";

/** Counts of a group of chunks; `null` rows are in none of them. */
export interface TextCounts {
  readonly counts: readonly [string, number][];
  readonly distinct: number;
  readonly values: number;
  readonly empty: number;
  readonly rows: number;
}

/** One text chunk and the number of its first row in the column. */
export interface Placed<C> {
  readonly chunk: C;
  readonly row: number;
}

/** Passes over more than this many parts mean that something other than categories was passed. */
const mostParts = 4096;

/**
 * Counts texts; keeps the `limit` most frequent. More distinct ones than a table holds are counted in several passes,
 * each of which counts the texts whose hash falls into one part.
 *
 * @param wanted  the only texts that are kept, where not all are
 */
export function countTexts(
  chunks: readonly Placed<TextChunk | TextViewChunk>[],
  selection: Selection | null,
  limit: number,
  passes = 1,
  wanted: ReadonlySet<string> | null = null,
): TextCounts {
  for (let parts = passes; parts <= mostParts; parts *= 8) {
    const found = countParts(chunks, selection, limit, parts, wanted);
    if (found) return found;
  }
  throw new RangeError("countCategories: too many distinct texts to count");
}

function countParts(
  chunks: readonly Placed<TextChunk | TextViewChunk>[],
  selection: Selection | null,
  limit: number,
  parts: number,
  wanted: ReadonlySet<string> | null,
): TextCounts | null {
  let all: TextCounts | null = null;
  for (let index = 0; index < parts; index++) {
    const part = parts === 1 ? wholePart : { index, mask: parts - 1 };
    const found = withScratch((engine, take) => countPart(chunks, selection, limit, part, wanted, engine, take));
    if (!found) return null;
    all = all ? joinParts(all, found, limit) : found;
  }
  return all;
}

function joinParts(a: TextCounts, b: TextCounts, limit: number): TextCounts {
  return {
    counts: mostFrequent([...a.counts, ...b.counts], limit),
    distinct: a.distinct + b.distinct,
    values: a.values + b.values,
    empty: a.empty + b.empty,
    rows: a.rows,
  };
}

function countPart(
  chunks: readonly Placed<TextChunk | TextViewChunk>[],
  selection: Selection | null,
  limit: number,
  part: Part,
  wanted: ReadonlySet<string> | null,
  engine: Engine,
  take: Take,
): TextCounts | null {
  const masks = rowMasks(selection, engine, take, blockRows);
  const placers = { text: textPlacer(engine, take, blockRows), view: viewPlacer(engine, take, blockRows) };
  let table: CategoryTable | null = newTable(engine, take, part);
  let rows = 0;
  for (const { chunk, row } of chunks) {
    const place: PlaceBlock = "offsets" in chunk ? placers.text(chunk) : placers.view(chunk);
    for (let from = 0; from < chunk.length; ) {
      const block = place(from, Math.min(blockRows, chunk.length - from));
      const { mask, selected } = masks(chunk, from, block.rows, row + from);
      rows += selected;
      for (let done = 0; ; ) {
        done = block.count(table.state, mask, done);
        if (done === block.rows) break;
        table = largerTable(table, engine, take, block.bytes);
        if (!table) return null;
      }
      from += block.rows;
    }
  }
  return { ...decoded(table, engine, limit, wanted), rows };
}

/** Rows a block; with short texts offsets, texts and a small table share the first-level cache. */
const blockRows = 2048;

function decoded(
  table: CategoryTable,
  engine: Engine,
  limit: number,
  wanted: ReadonlySet<string> | null,
): Omit<TextCounts, "rows"> {
  const entries = entriesOf(table, engine);
  const { counts, lengths } = entries;
  const distinct = counts.length;
  const least = distinct <= limit ? 0 : counts.slice().sort()[distinct - limit]!;
  const values = counts.reduce((sum, count) => sum + count, 0);
  const empty = counts[lengths.indexOf(0)] ?? 0;
  const named = namesOf(entries, least, engine);
  const kept = wanted ? named.filter(([name]) => wanted.has(name)) : named;
  return { counts: mostFrequent(kept, limit), distinct, values, empty };
}
