/** Hashes of the rows of fixed-width values. */
import { bitsOf, type FixedChunk } from "./chunk.js";
import { gatherDoubles } from "./gather.js";
import type { Engine } from "./memory.js";
import type { HashRows } from "./row-hashes.js";
import { rowMasks } from "./row-mask.js";
import type { Take } from "./workspace.js";

/** Bytes that are copied to engine memory at once: large copies are fast ones, and these stay in the second-level cache. */
const stretchBytes = 2 ** 18;

/**
 * @param nanoseconds  what counts of the column's unit are worth, where they count time
 * @param mostRows     that are hashed at once
 */
export function fixedHashes(
  nanoseconds: bigint | null,
  mostRows: number,
  engine: Engine,
  take: Take,
): HashRows<FixedChunk> {
  const { kernels } = engine;
  const masks = rowMasks(null, engine, take, mostRows);
  const values = take(mostRows * 8);
  const bytes = stretchIn(engine, take);
  return (chunk, from, length, out) => {
    const { layout } = chunk;
    const { mask } = masks(chunk, from, length, 0);
    const bit = chunk.bitOffset + from * bitsOf[layout];
    const raw = bytes(chunk, Math.floor(bit / 8), Math.ceil((bit + length * bitsOf[layout]) / 8));
    if (nanoseconds !== null && layout === "i32") kernels.hashTimes32(raw, nanoseconds, mask, length, out);
    else if (nanoseconds !== null && layout === "i64") kernels.hashTimes64(raw, nanoseconds, mask, length, out);
    else if (layout === "i64") kernels.hashI64(raw, mask, length, out);
    else if (layout === "u64") kernels.hashU64(raw, mask, length, out);
    else if (layout === "f64") kernels.hashDoubles(raw, mask, length, out);
    else {
      gatherDoubles(chunk, engine, raw, bit % 8, 0, length, values);
      kernels.hashDoubles(values, mask, length, out);
      const words = wordsOfDecimal[layout];
      if (words) kernels.hashDecimals(raw, words, mask, length, out);
    }
    return length;
  };
}

const wordsOfDecimal: { readonly [layout: string]: number } = { decimal64: 1, decimal128: 2, decimal256: 4 };

/** Where bytes of a chunk lie in engine memory; many more are brought there than the ones that were asked for. */
function stretchIn(engine: Engine, take: Take): (chunk: FixedChunk, from: number, to: number) => number {
  const room = take(stretchBytes);
  let held: FixedChunk | null = null;
  let [start, end] = [0, 0];
  return (chunk, from, to) => {
    const { bytes } = chunk;
    if (bytes.buffer === (engine.buffer as ArrayBufferLike)) return bytes.byteOffset + from;
    if (held !== chunk || from < start || to > end) {
      held = chunk;
      start = from;
      end = Math.min(bytes.length, from + stretchBytes);
      engine.copyIn(bytes.subarray(start, end), room);
    }
    return room + from - start;
  };
}
