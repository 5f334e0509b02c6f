/**
 * Hashes of a column's rows in their order, and of rows over many columns; see assembly/row-hashes.ts. A column is hashed
 * in blocks of rows counted from row 0, so that nothing depends on chunks, and blocks can be hashed on different threads.
 */
import type { Chunk, Chunks, Rows } from "./chunk.js";
import { fixedHashes } from "./hash-fixed.js";
import { codeHashes, stringHashes, textHashes } from "./hash-texts.js";
import { vectorHashes } from "./hash-vectors.js";
import type { Engine } from "./memory.js";
import { hashedBlock, heldBlocks, type RowSums } from "./row-sums.js";
import { type Take, withScratch } from "./workspace.js";

/** Rows that are hashed at once: their hashes stay in the first-level cache. */
const stepRows = 1024;

/** A column, and its number among those of a table. */
export interface HashedColumn {
  readonly chunks: Chunks<Chunk>;
  readonly rows: number;
  readonly index: number;
  /** What counts of the column's unit are worth; `null` of numbers that count no time. */
  readonly nanoseconds: bigint | null;
}

/** Puts hashes of up to `most` rows of a chunk from `from` on to `out`; returns of how many. */
export type HashRows<C extends Rows = Chunk> = (chunk: C, from: number, most: number, out: number) => number;

/**
 * A word for each block.
 *
 * @param sums  to which the hashes are added, a word a row
 */
export function hashRows(column: HashedColumn, sums: RowSums | null): BigUint64Array {
  return withScratch((engine, take) => {
    const sink = rowSink(column, sums, engine, take);
    const writer = writerOf(column, engine, take);
    try {
      for (const chunk of column.chunks as Iterable<Chunk>) {
        for (let from = 0; from < chunk.length; ) {
          const done = writer(chunk, from, Math.min(sink.room(), chunk.length - from), sink.out());
          sink.filled(done);
          from += done;
        }
      }
      return sink.end();
    } finally {
      sink.release();
    }
  });
}

interface RowSink {
  /** Where hashes go, and of how many rows. */
  out(): number;
  room(): number;
  filled(rows: number): void;
  end(): BigUint64Array;
  /** Whatever happened. */
  release(): void;
}

function rowSink({ rows, index }: HashedColumn, sums: RowSums | null, engine: Engine, take: Take): RowSink {
  const { kernels, i64 } = engine;
  const hashes = take(stepRows * 8);
  const words = take((hashedBlock / stepRows) * 8);
  const held = sums && heldBlocks(sums, index, engine, take);
  const [seed, factor] = [wordOf(2 * index), wordOf(2 * index + 1) | 1n];
  const blocks = new BigUint64Array(Math.ceil(rows / hashedBlock));
  let [waiting, steps, block, sum] = [0, 0, 0, 0];
  const close = (): void => {
    held?.end();
    blocks[block++] = BigInt.asUintN(64, kernels.xxh64(words, steps * 8));
    steps = 0;
  };
  const flush = (): void => {
    if (held && steps === 0) sum = held.begin(block);
    const to = sum && sum + steps * stepRows * 8;
    i64[words / 8 + steps++] = kernels.foldHashes(hashes, waiting, to, seed, factor);
    waiting = 0;
    if (steps * stepRows === hashedBlock) close();
  };
  return {
    out: () => hashes + waiting * 8,
    room: () => stepRows - waiting,
    filled(more) {
      waiting += more;
      if (waiting === stepRows) flush();
    },
    end() {
      if (waiting > 0) flush();
      if (steps > 0) close();
      return blocks;
    },
    release() {
      held?.release();
    },
  };
}

/** What is needed is made when the first chunk of a form comes. */
function writerOf({ chunks, nanoseconds }: HashedColumn, engine: Engine, take: Take): HashRows {
  const buffers = "stored" in chunks ? chunks.buffers : mostBuffers(chunks);
  const fixed = once(() => fixedHashes(nanoseconds, stepRows, engine, take));
  const texts = once(() => textHashes(buffers, stepRows, engine, take));
  const codes = once(() => codeHashes(stepRows, engine, take));
  const strings = once(() => stringHashes(engine, take));
  const vectors = once((dimension: number) => vectorHashes(dimension, engine, take));
  return (chunk, from, most, out) => {
    if ("layout" in chunk) return fixed()(chunk, from, most, out);
    if ("components" in chunk) return vectors(chunk.dimension)(chunk, from, most, out);
    if ("strings" in chunk) return strings()(chunk, from, most, out);
    if ("codes" in chunk) return codes()(chunk, from, most, out);
    return texts()(chunk, from, most, out);
  };
}

function once<A extends unknown[], R>(make: (...args: A) => R): (...args: A) => R {
  let made: R | undefined;
  return (...args) => {
    made ??= make(...args);
    return made;
  };
}

function mostBuffers(chunks: readonly Chunk[]): number {
  return chunks.reduce((most, chunk) => Math.max(most, "views" in chunk ? chunk.buffers.length : 0), 0);
}

/** Words of no pattern: the states of SplitMix64, finalised. */
function wordOf(index: number): bigint {
  const wrapped = (x: bigint): bigint => BigInt.asUintN(64, x);
  let x = wrapped(0x9e3779b97f4a7c15n * BigInt(index + 1));
  x = wrapped((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n);
  x = wrapped((x ^ (x >> 27n)) * 0x94d049bb133111ebn);
  return x ^ (x >> 31n);
}

/** XXH64 of some bytes, as 16 hexadecimal digits. */
export function hexHash(bytes: Uint8Array): string {
  return withScratch((engine, take) => {
    const address = take(bytes.length);
    engine.copyIn(bytes, address);
    return BigInt.asUintN(64, engine.kernels.xxh64(address, bytes.length)).toString(16).padStart(16, "0");
  });
}
