/**
 * A column of text that is profiled as it comes, in blocks of 65 536 rows like numbers. Each block is counted exactly.
 *
 * Up to a limit all categories are kept, exactly. Beyond, what remains are heavy hitters by Misra and Gries in the form
 * that can be merged [1]: counts are added up, and when more than `limit` categories remain, the (limit + 1)-th largest
 * count is taken from all, of which only positive ones stay. What was taken adds up to `error`: by at most as much a count
 * is too small, however blocks and profiles are merged, and it is at most (values - counts kept) / (limit + 1).
 *
 * [1] Agarwal, Cormode, Huang, Phillips, Wei, Yi: Mergeable summaries. PODS 2012.
 */
import { sliceChunk } from "../column/slice.js";
import { type CategoryChunk, countCategories } from "../engine/categories.js";
import type { DictionaryChunk } from "../engine/chunk.js";
import { byCount } from "../engine/most-frequent.js";
import { denseValues } from "../engine/sample.js";
import { distinctOf } from "../sketch/distinct-estimate.js";
import { addDistinctTexts, emptyDistinct, mergeDistinct } from "../sketch/distinct-sketch.js";
import { copiedDistinct } from "./copied-sketches.js";
import { blockRows } from "./number-accumulator.js";
import type { TextProfile } from "./profile.js";

export interface TextAccumulator extends Pick<TextProfile, "distinct"> {
  readonly kind: "categorical";
  type: string;
  limit: number;
  rows: number;
  null: number;
  empty: number;
  counts: Map<string, number>;
  error: number;
  /** Rows of the block that is not full yet, nulls among them, and its categories. */
  blockRows: number;
  blockNulls: number;
  block: Map<string, number>;
}

/** Categories that are kept, if not told otherwise. */
export const usualLimit = 4096;

export function emptyTexts(type: string, limit: number): TextAccumulator {
  return {
    kind: "categorical",
    type,
    limit,
    rows: 0,
    null: 0,
    empty: 0,
    counts: new Map(),
    error: 0,
    distinct: emptyDistinct(),
    blockRows: 0,
    blockNulls: 0,
    block: new Map(),
  };
}

/** Adds rows in order; nothing of the chunk is kept but the text of categories. */
export function addTexts(to: TextAccumulator, chunk: CategoryChunk): void {
  for (let from = 0; from < chunk.length; ) {
    const rows = Math.min(blockRows - to.blockRows, chunk.length - from);
    to.blockNulls += count(sliceChunk(chunk, from, from + rows) as CategoryChunk, to.block);
    to.blockRows += rows;
    if (to.blockRows === blockRows) finishBlock(to);
    from += rows;
  }
}

/** Adds rows without text. */
export function addNullTexts(to: TextAccumulator, rows: number): void {
  for (let left = rows; left > 0; ) {
    const some = Math.min(blockRows - to.blockRows, left);
    to.blockRows += some;
    to.blockNulls += some;
    if (to.blockRows === blockRows) finishBlock(to);
    left -= some;
  }
}

/** A profile of everything that was added; the accumulator can go on. */
export function textProfile(of: TextAccumulator): TextProfile {
  const {
    kind,
    type,
    limit,
    rows,
    null: nulls,
    empty,
    counts,
    error,
    distinct,
  } = of.blockRows === 0 ? of : finished(of);
  return {
    kind,
    type,
    limit,
    missing: { rows, null: nulls, nan: 0 },
    ...keptCategories(counts, { values: rows - nulls, empty, error, distinct }),
    error,
    distinct: copiedDistinct(distinct),
  };
}

/** Categories in the order of a profile. */
export function keptCategories(
  counts: ReadonlyMap<string, number>,
  { values, empty, error, distinct }: { values: number; empty: number } & Pick<TextProfile, "error" | "distinct">,
): Pick<TextProfile, "categories"> {
  let kept = 0;
  for (const count of counts.values()) kept += count;
  const all =
    error === 0 ? counts.size : Math.max(counts.size, Math.min(values, Math.round(distinctOf(distinct).estimate)));
  const ordered = new Map([...counts].sort(byCount));
  return { categories: { counts: ordered, other: values - kept, distinct: all, empty } };
}

/** What other profiles can be added to. */
export function accumulatorOfTexts({
  type,
  limit,
  missing,
  categories,
  error,
  distinct,
}: TextProfile): TextAccumulator {
  return {
    ...emptyTexts(type, limit),
    rows: missing.rows,
    null: missing.null,
    empty: categories.empty,
    counts: new Map(categories.counts),
    error,
    distinct: copiedDistinct(distinct),
  };
}

/** Adds another profile, which stays as it is, to one that has no block begun. */
export function addTextProfile(
  to: TextAccumulator,
  { limit, missing, categories, error, distinct }: TextProfile,
): void {
  to.rows += missing.rows;
  to.null += missing.null;
  to.empty += categories.empty;
  to.error += error;
  to.limit = Math.min(to.limit, limit);
  addCounts(to.counts, categories.counts);
  cut(to);
  mergeDistinct(to.distinct, distinct);
}

function finished(of: TextAccumulator): TextAccumulator {
  const copy = { ...of, counts: new Map(of.counts), block: new Map(of.block), distinct: copiedDistinct(of.distinct) };
  finishBlock(copy);
  return copy;
}

function finishBlock(to: TextAccumulator): void {
  to.rows += to.blockRows;
  to.null += to.blockNulls;
  to.empty += to.block.get("") ?? 0;
  addDistinctTexts(to.distinct, to.block.keys());
  if (to.counts.size === 0) to.counts = to.block;
  else addCounts(to.counts, to.block);
  cut(to);
  to.block = new Map();
  to.blockRows = to.blockNulls = 0;
}

function addCounts(to: Map<string, number>, from: ReadonlyMap<string, number>): void {
  for (const [name, count] of from) to.set(name, (to.get(name) ?? 0) + count);
}

/** Leaves at most `limit` categories. */
function cut(of: TextAccumulator): void {
  const { counts, limit } = of;
  if (counts.size <= limit) return;
  const least = Float64Array.from(counts.values()).sort()[counts.size - limit - 1]!;
  of.error += least;
  of.counts = new Map();
  for (const [name, count] of counts) if (count > least) of.counts.set(name, count - least);
}

/** Adds the categories of a chunk to counts; returns the number of its nulls. */
function count(chunk: CategoryChunk, counts: Map<string, number>): number {
  if ("strings" in chunk && chunk.length <= fewRows) return countFew(chunk.strings, counts);
  if ("codes" in chunk && chunk.dictionary.length > 4 * chunk.length) return countNames(chunk, counts);
  const found = countCategories([chunk]);
  for (const [name, count] of found.counts) addName(counts, name, count);
  return found.nulls;
}

/** Up to so many strings are counted here, which takes less time than to set up more. */
const fewRows = 256;

function countFew(strings: readonly (string | null | undefined)[], counts: Map<string, number>): number {
  let nulls = 0;
  for (const name of strings) {
    if (name === null || name === undefined) nulls++;
    else addName(counts, name, 1);
  }
  return nulls;
}

/** Looks up the name of each row: where a dictionary is larger than the chunk, it is not gone through. */
function countNames({ codes, dictionary, length }: DictionaryChunk, counts: Map<string, number>): number {
  const values = denseValues({ chunks: [codes], rows: length, representation: "f64", selection: null });
  let nulls = length - values.length;
  for (const code of values) {
    const name = dictionary[code]!;
    if (name === null) nulls++;
    else addName(counts, name, 1);
  }
  return nulls;
}

/** Half a surrogate pair reads as U+FFFD, as malformed UTF-8 does, so that every name can be stored. */
function addName(counts: Map<string, number>, name: string, count: number): void {
  const known = counts.get(name);
  if (known !== undefined) counts.set(name, known + count);
  else {
    const stored = wellFormed(name);
    counts.set(stored, (counts.get(stored) ?? 0) + count);
  }
}

const halfPair = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text that UTF-8 can hold. */
export function wellFormed(text: string): string {
  return text.replace(halfPair, "\ufffd");
}
