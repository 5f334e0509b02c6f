/** Tables cut into ranges of rows that are hashed on different threads. */
import type { Column } from "../../column/column.js";
import { sliceColumn } from "../../column/slice.js";
import { type Chunk, type Chunks, isStored } from "../../engine/chunk.js";
import { type CodedHashes, dictionaryHashes } from "../../engine/hash-texts.js";
import { copyOf } from "../../engine/in-memory.js";
import { type HashedColumn, hashedBlock } from "../../engine/row-hashes.js";
import { hashedColumn } from "./column-hash.js";

/** Rows from `start` up to `end`, which begins a block unless it is the last. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** Bytes of a range's values, roughly, and how many ranges there are at least for each thread where rows allow for it. */
const rangeBytes = 2 ** 26;
const rangesPerThread = 4;

export function rowRanges(rows: number, columns: number, threads: number): RowRange[] {
  const most = Math.min(rangeBytes / (8 * Math.max(columns, 1)), rows / (rangesPerThread * threads));
  const length = Math.max(1, Math.floor(most / hashedBlock)) * hashedBlock;
  const ranges: RowRange[] = [];
  for (let start = 0; start < rows; start += length) ranges.push({ start, end: Math.min(start + length, rows) });
  return ranges;
}

/** A column's rows of a range, as any thread can be sent them. */
export type SliceOf = (range: RowRange) => HashedColumn;

/**
 * How to slice a column; `null` where its memory would be copied as a whole each time: texts of JavaScript, and views of
 * texts in memory that is not shared. Dictionaries are hashed once.
 */
export function slicerOf(column: Column, index: number): SliceOf | null {
  const chunks: Chunks<Chunk> = column.chunks;
  if (isStored(chunks)) return null;
  if (chunks.some((chunk) => "strings" in chunk || ("views" in chunk && !chunk.buffers.every(isShared)))) return null;
  const hashed = new Map<readonly (string | null)[], BigUint64Array>();
  return ({ start, end }) => {
    const slice = sliceColumn(column, start, end);
    const parts = (slice.chunks as readonly Chunk[]).map((chunk): Chunk | CodedHashes => {
      if ("offsets" in chunk) return isShared(chunk.bytes) ? chunk : copyOf(chunk);
      if (!("codes" in chunk)) return chunk;
      const { dictionary, ...coded } = chunk;
      const hashes = hashed.get(dictionary) ?? dictionaryHashes(dictionary);
      hashed.set(dictionary, hashes);
      return { ...coded, hashes };
    });
    return { ...hashedColumn(column, index), rows: end - start, chunks: parts };
  };
}

function isShared({ buffer }: Uint8Array): boolean {
  return buffer instanceof SharedArrayBuffer;
}
