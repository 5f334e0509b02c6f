/**
 * Counting Utf8 and Utf8View chunks. Rows are copied into engine memory in blocks and counted there by hash; each
 * distinct text is decoded once, at the end.
 */

import { namesOf } from "./category-names.js";
import {
  type CategoryTable,
  entriesOf,
  isWeak,
  largerTable,
  newSecret,
  newTable,
  noSecret,
  type Part,
  type Secret,
  wholePart,
} from "./category-table.js";
import type { TextChunk, TextViewChunk } from "./chunk.js";
import type { Selection } from "./dense.js";
import type { Engine } from "./memory.js";
import { mostFrequent } from "./most-frequent.js";
import { rowMasks } from "./row-mask.js";
import { type PlaceBlock, textPlacer, viewPlacer } from "./text-blocks.js";
import { type Take, withScratch } from "./workspace.js";

/** Counts of a group of chunks; `null` rows are in none of them. */
export interface TextCounts {
  readonly counts: Map<string, number>;
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

/** All text chunks of a column, and the most buffers that one of views has. */
export interface PlacedTexts {
  readonly chunks: Iterable<Placed<TextChunk | TextViewChunk>>;
  readonly buffers: number;
}

/** Passes over more than this many parts mean that something other than categories was passed. */
const mostParts = 4096;

/** Why a pass gave up: more distinct texts than a table holds, or texts that crowd together in it. */
type GaveUp = "full" | "weak";

/**
 * Counts texts; keeps the `limit` most frequent. More distinct ones than a table holds are counted in several passes,
 * each of which counts the texts whose hash falls into one part.
 *
 * @param wanted  the only texts that are kept, where not all are
 */
export function countTexts(
  texts: PlacedTexts,
  selection: Selection | null,
  limit: number,
  passes = 1,
  wanted: ReadonlySet<string> | null = null,
): TextCounts {
  let secret = noSecret;
  for (let parts = passes; parts <= mostParts; ) {
    const found = countParts(texts, selection, limit, parts, secret, wanted);
    if (typeof found === "object") return found;
    if (found === "full") parts *= 8;
    else secret = newSecret();
  }
  throw new RangeError("countCategories: too many distinct texts to count");
}

function countParts(
  texts: PlacedTexts,
  selection: Selection | null,
  limit: number,
  parts: number,
  secret: Secret,
  wanted: ReadonlySet<string> | null,
): TextCounts | GaveUp {
  const found: TextCounts[] = [];
  let kept: readonly [string, number][] = [];
  for (let index = 0; index < parts; index++) {
    const part = parts === 1 ? wholePart : { index, mask: parts - 1 };
    const one = withScratch((engine, take) => countPart(texts, selection, limit, part, secret, wanted, engine, take));
    if (typeof one === "string") return one;
    if (parts === 1) return one;
    kept = mostFrequent([...kept, ...one.counts], limit);
    found.push({ ...one, counts: new Map() });
  }
  const counts = new Map<string, number>();
  for (const [name, count] of kept) counts.set(name, (counts.get(name) ?? 0) + count);
  const sum = (of: (one: TextCounts) => number): number => found.reduce((all, one) => all + of(one), 0);
  return {
    counts,
    distinct: sum(({ distinct }) => distinct),
    values: sum(({ values }) => values),
    empty: sum(({ empty }) => empty),
    rows: found[0]!.rows,
  };
}

function countPart(
  texts: PlacedTexts,
  selection: Selection | null,
  limit: number,
  part: Part,
  secret: Secret,
  wanted: ReadonlySet<string> | null,
  engine: Engine,
  take: Take,
): TextCounts | GaveUp {
  const masks = rowMasks(selection, engine, take, blockRows);
  const placeText = textPlacer(engine, take, blockRows, masks);
  const placeViews = viewPlacer(engine, take, blockRows, masks, texts.buffers);
  let table: CategoryTable | null = newTable(engine, take, part, secret);
  let rows = 0;
  for (const { chunk, row } of texts.chunks) {
    const place: PlaceBlock = "offsets" in chunk ? placeText(chunk) : placeViews(chunk);
    for (let from = 0; from < chunk.length; ) {
      const block = place(from, Math.min(blockRows, chunk.length - from), row);
      rows += block.selected;
      for (let done = 0; ; ) {
        done = block.count(table.state, done);
        if (done === block.rows) break;
        if (isWeak(table, engine)) return "weak";
        table = largerTable(table, engine, take, block.bytes);
        if (!table) return "full";
      }
      from += block.rows;
    }
  }
  return { ...decoded(table, engine, limit, wanted), rows };
}

/** Rows a block: enough for quick copies, and few enough for the second-level cache. */
const blockRows = 8192;

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
  const names = namesOf(entries, least, engine);
  const asked = wanted ? new Map([...names].filter(([name]) => wanted.has(name))) : names;
  const kept = asked.size > limit ? new Map(mostFrequent([...asked], limit)) : asked;
  return { counts: kept, distinct: distinct > limit ? distinct : names.size, values, empty };
}
