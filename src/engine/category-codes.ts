/** Counting dictionary codes, and any other codes. Chunks that share a dictionary share counters; each distinct value is
 * looked up once. */

import type { Placed } from "./category-texts.js";
import { bitsOf, type DictionaryChunk, type FixedChunk } from "./chunk.js";
import type { Selection } from "./dense.js";
import type { Engine } from "./memory.js";
import { rowMasks } from "./row-mask.js";
import { type Take, withScratch } from "./workspace.js";

/** Rows a block: enough for quick copies, and few enough for the second-level cache. */
const blockRows = 16_384;

/** Dictionaries up to this size have four counters a code. */
const smallDictionary = 2048;

/** Adds counts to `counts`; returns rows, and those among them that hold a value. */
export function countDictionaries(
  chunks: Iterable<Placed<DictionaryChunk>>,
  selection: Selection | null,
  counts: Map<string, number>,
): { rows: number; values: number } {
  let rows = 0;
  let values = 0;
  for (const [dictionary, group] of byDictionary(chunks)) {
    withScratch((engine, take) => {
      const stride = dictionary.length <= smallDictionary ? dictionary.length : 0;
      const counters = take(Math.max(dictionary.length, 1) * (stride ? 16 : 4));
      const end = counters / 4 + dictionary.length * (stride ? 4 : 1);
      engine.u32.fill(0, counters / 4, end);
      rows += tally(codesOf(group), selection, counters, stride * 4, engine, take);
      if (stride) engine.kernels.joinQuarters(counters, stride);
      for (let code = 0; code < dictionary.length; code++) {
        const count = engine.u32[counters / 4 + code]!;
        const name = dictionary[code]!;
        if (count === 0 || name === null) continue;
        counts.set(name, (counts.get(name) ?? 0) + count);
        values += count;
      }
    });
  }
  return { rows, values };
}

function* codesOf(chunks: Iterable<Placed<DictionaryChunk>>): Generator<Placed<FixedChunk>> {
  for (const { chunk, row } of chunks) yield { chunk: chunk.codes, row };
}

type Group = readonly [DictionaryChunk["dictionary"], Iterable<Placed<DictionaryChunk>>];

function byDictionary(chunks: Iterable<Placed<DictionaryChunk>>): Iterable<Group> {
  if (!Array.isArray(chunks)) return runsOf(chunks);
  const groups = new Map<DictionaryChunk["dictionary"], Placed<DictionaryChunk>[]>();
  for (const placed of chunks as Placed<DictionaryChunk>[]) {
    const { dictionary } = placed.chunk;
    const group = groups.get(dictionary);
    if (group) group.push(placed);
    else groups.set(dictionary, [placed]);
  }
  return groups;
}

/** Runs of chunks with one dictionary, of which each has to be read before the next. */
function* runsOf(chunks: Iterable<Placed<DictionaryChunk>>): Generator<Group> {
  const iterator = chunks[Symbol.iterator]();
  try {
    let next = iterator.next();
    const run = function* (dictionary: Group[0]): Generator<Placed<DictionaryChunk>> {
      for (; !next.done && next.value.chunk.dictionary === dictionary; next = iterator.next()) yield next.value;
    };
    while (!next.done) yield [next.value.chunk.dictionary, run(next.value.chunk.dictionary)];
  } finally {
    iterator.return?.();
  }
}

/**
 * Adds the codes of rows that count to u32 `counters`, one for each code; of four copies of them that lie `stride` bytes
 * apart, or one with `stride` 0. Returns the number of selected rows.
 */
export function tally(
  chunks: Iterable<Placed<FixedChunk>>,
  selection: Selection | null,
  counters: number,
  stride: number,
  engine: Engine,
  take: Take,
): number {
  const { kernels, copyIn } = engine;
  const masks = rowMasks(selection, engine, take, blockRows);
  const codes = take(blockRows * 8);
  const byWidth = {
    8: kernels.countCodes8,
    16: kernels.countCodes16,
    32: kernels.countCodes32,
    64: kernels.countCodes64,
  };
  let rows = 0;
  for (const { chunk, row } of chunks) {
    const bits = bitsOf[chunk.layout];
    const count = byWidth[bits as keyof typeof byWidth];
    for (let from = 0; from < chunk.length; from += blockRows) {
      const length = Math.min(blockRows, chunk.length - from);
      copyIn(chunk.bytes.subarray((from * bits) / 8, ((from + length) * bits) / 8), codes);
      const { mask, selected } = masks(chunk, from, length, row + from);
      count(counters, codes, mask, length, stride);
      rows += selected;
    }
  }
  return rows;
}
