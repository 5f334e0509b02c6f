/** Hashes of the rows of texts: by their UTF-8, however they are stored. */
import {
  bitsOf,
  type DictionaryChunk,
  type Rows,
  type StringsChunk,
  type TextChunk,
  type TextViewChunk,
} from "./chunk.js";
import { encodeUtf8 } from "./encode-utf8.js";
import type { Engine } from "./memory.js";
import type { HashRows } from "./row-hashes.js";
import { rowMasks } from "./row-mask.js";
import { type PlaceBlock, textPlacer, viewPlacer } from "./text-blocks.js";
import { type Take, withScratch } from "./workspace.js";

/** @param buffers  the most that a chunk of views has */
export function textHashes(
  buffers: number,
  mostRows: number,
  engine: Engine,
  take: Take,
): HashRows<TextChunk | TextViewChunk> {
  const masks = rowMasks(null, engine, take, mostRows);
  const placeText = textPlacer(engine, take, mostRows, masks);
  const placeViews = viewPlacer(engine, take, mostRows, masks, buffers);
  let placed: { readonly chunk: Rows; readonly place: PlaceBlock } | undefined;
  return (chunk, from, most, out) => {
    if (placed?.chunk !== chunk) placed = { chunk, place: "offsets" in chunk ? placeText(chunk) : placeViews(chunk) };
    const block = placed.place(from, most, 0);
    block.hash(out);
    return block.rows;
  };
}

/** Dictionaries are hashed once, and kept as long as the column is hashed. */
export function codeHashes(mostRows: number, engine: Engine, take: Take): HashRows<DictionaryChunk> {
  const { kernels } = engine;
  const masks = rowMasks(null, engine, take, mostRows);
  const codes = take(mostRows * 8);
  const byWidth = { 8: kernels.hashCodes8, 16: kernels.hashCodes16, 32: kernels.hashCodes32, 64: kernels.hashCodes64 };
  const tables = new Map<object, number>();
  const tableOf = ({ dictionary }: DictionaryChunk): number => {
    const known = tables.get(dictionary);
    if (known !== undefined) return known;
    const address = take(dictionary.length * 8);
    hashDictionary(dictionary, address);
    tables.set(dictionary, address);
    return address;
  };
  return (chunk, from, length, out) => {
    const { bytes, layout } = chunk.codes;
    const bits = bitsOf[layout] as keyof typeof byWidth;
    engine.copyIn(bytes.subarray((from * bits) / 8, ((from + length) * bits) / 8), codes);
    byWidth[bits](codes, tableOf(chunk), masks(chunk, from, length, 0).mask, length, out);
    return length;
  };
}

function hashDictionary(dictionary: readonly (string | null)[], out: number): void {
  const chunk = { length: dictionary.length, strings: dictionary, validity: null, validityOffset: 0 };
  withScratch((engine, take) => {
    const write = stringHashes(engine, take);
    for (let from = 0; from < dictionary.length; ) {
      from += write(chunk, from, dictionary.length - from, out + from * 8);
    }
  });
}

/** Bytes of texts that are put together before they are hashed. */
const roomBytes = 65_536;

export function stringHashes(engine: Engine, take: Take): HashRows<StringsChunk> {
  const { kernels, u8, u32, i64 } = engine;
  const missing = kernels.missingHash();
  const offsets = take(1025 * 4);
  const room = take(roomBytes);
  return ({ strings }, from, most, out) => {
    u32[offsets / 4] = 0;
    let [rows, bytes] = [0, 0];
    for (; rows < Math.min(most, 1024); rows++) {
      const text = strings[from + rows] ?? "";
      // A UTF-16 unit has at most three bytes.
      if (bytes + 3 * text.length > roomBytes) break;
      bytes = encodeUtf8(text, u8, room + bytes) - room;
      u32[offsets / 4 + rows + 1] = bytes;
    }
    if (rows === 0) {
      i64[out / 8] = hashOfLong(strings[from]!, engine);
      return 1;
    }
    kernels.hashTextsI32(offsets, 0, room, 0, rows, out);
    for (let k = 0; k < rows; k++) if (strings[from + k] == null) i64[out / 8 + k] = missing;
    return rows;
  };
}

function hashOfLong(text: string, { kernels, u8 }: Engine): bigint {
  return withScratch((_, take) => {
    const room = take(3 * text.length);
    return kernels.xxh64(room, encodeUtf8(text, u8, room) - room);
  });
}
