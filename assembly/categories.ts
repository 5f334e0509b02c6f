// Counting categories by hash: texts and 64-bit values. (Dictionary codes are counted by codes.ts.)
//
// Nearly every row's key lies where it is looked for first (category-table.ts): loops count those, and leave others to
// `put`. A kernel stops at the first row that does not fit and returns it: the caller makes a larger table, merges the
// old one into it and goes on from that row.

import { entryBytes, fetch, hits, hitsText, nobody, present, put, putText, slotOf, Table } from "./category-table";
import { firstWord, hashed, hashOfText, hashOfWords, longWord, sameText, secondWord } from "./text-key";

/** Rows whose slots and entries are fetched before any is counted, in tables that the cache does not hold. */
const ahead: i32 = 32;
const largeBits: u32 = 16;

/** Bytes of a table's state. */
export function categoriesSize(): i32 {
  return <i32>offsetof<Table>();
}

/** Begins an empty table: 2^slotBits slots, 2^(slotBits - 2) + 1 entries and `keyCapacity` bytes of keys. */
export function categoriesInit(
  state: usize,
  slots: usize,
  slotBits: i32,
  entries: usize,
  keys: usize,
  keyCapacity: i32,
  part: i32,
  partMask: i32,
  secret0: i64,
  secret1: i64,
): void {
  const table = changetype<Table>(state);
  table.distinct = 0;
  table.capacity = 1 << (slotBits - 2);
  table.keyBytes = 0;
  table.keyCapacity = keyCapacity;
  table.slots = <u32>slots;
  table.slotBits = slotBits;
  table.entries = <u32>entries;
  table.keys = <u32>keys;
  table.part = part;
  table.partMask = partMask;
  table.weak = 0;
  table.steps = 0;
  table.secret0 = secret0;
  table.secret1 = secret1;
  table.scale = <u64>4 << slotBits;
  for (let slot = slots; slot < slots + (<usize>4 << slotBits); slot += 4) store<u32>(slot, <u32>entries);
  memory.fill(entries, 0, entryBytes);
  store<u64>(entries, nobody, 8);
}

/** Adds the entries of another table with the same secret from number `from` on; returns the first that did not fit. */
export function categoriesMerge(state: usize, other: usize, from: i32): i32 {
  const table = changetype<Table>(state);
  const source = changetype<Table>(other);
  const length = <i32>source.distinct;
  for (let k = from; k < length; k++) {
    const entry = <usize>source.entries + <usize>(k + 1) * entryBytes;
    const at = <usize>source.keys + load<u32>(entry, 24);
    const bytes = load<u32>(entry, 28);
    if (!put(table, load<u64>(entry), load<u64>(entry, 8), at, bytes, load<u64>(entry, 16))) return k;
  }
  return length;
}

/** Utf8: row i is the bytes [offsets[i] - base, offsets[i + 1] - base) after `text`, behind which 16 more are readable. */
export function countTextI32(
  state: usize,
  offsets: usize,
  text: usize,
  base: i32,
  mask: usize,
  from: i32,
  length: i32,
): i32 {
  return countText<i32>(state, offsets, text, base, mask, from, length);
}

/** The same for LargeUtf8. */
export function countTextI64(
  state: usize,
  offsets: usize,
  text: usize,
  base: i64,
  mask: usize,
  from: i32,
  length: i32,
): i32 {
  return countText<i64>(state, offsets, text, base, mask, from, length);
}

// @ts-ignore: decorator
@inline
function countText<T>(state: usize, offsets: usize, text: usize, base: T, mask: usize, from: i32, length: i32): i32 {
  const table = changetype<Table>(state);
  const start = text - <usize>base;
  const secret = table.secret0 != 0;
  const large = table.slotBits >= largeBits && !secret;
  let allShort = true;
  for (let i = from; i < length; ) {
    const end = large ? min(i + ahead, length) : length;
    if (large) fetchTexts<T>(table, offsets, start, i, end);
    while (i < end) {
      if (!secret) {
        if (mask) i = hitAny<T>(table, offsets, start, mask, i, end);
        else i = allShort ? hitShort<T>(table, offsets, start, i, end) : hitAny<T>(table, offsets, start, 0, i, end);
        if (i == end) break;
      }
      if (!mask || present(mask, i)) {
        const offset = offsets + <usize>i * sizeof<T>();
        const low = load<T>(offset);
        const bytes = <u32>(load<T>(offset, sizeof<T>()) - low);
        allShort = allShort && bytes < hashed;
        if (!putText(table, start + <usize>low, bytes)) return i;
      }
      i++;
    }
  }
  return length;
}

/**
 * Counts rows, all of which have values, up to the first that has at least 16 bytes or no entry where it is looked for
 * first. A loop without calls and with few variables, since all of them have to be in registers.
 */
function hitShort<T>(table: Table, offsets: usize, start: usize, from: i32, end: i32): i32 {
  const slots = <usize>table.slots;
  const scale = table.scale;
  let offset = offsets + <usize>from * sizeof<T>();
  const last = offsets + <usize>end * sizeof<T>();
  for (; offset < last; offset += sizeof<T>()) {
    const low = load<T>(offset);
    const bytes = <u32>(load<T>(offset, sizeof<T>()) - low);
    if (bytes >= hashed) break;
    const at = start + <usize>low;
    const first = firstWord(at, bytes);
    const second = secondWord(at, bytes);
    const entry = <usize>load<u32>(slotOf(slots, scale, hashOfWords(first, second)));
    if (load<u64>(entry) != first) break;
    if (load<u64>(entry, 8) != second) break;
    store<u64>(entry, load<u64>(entry, 16) + 1, 16);
  }
  return <i32>((offset - offsets) / sizeof<T>());
}

/** The same for texts of up to 48 bytes, of which some may be missing. */
function hitAny<T>(table: Table, offsets: usize, start: usize, mask: usize, from: i32, end: i32): i32 {
  const slots = <usize>table.slots;
  const scale = table.scale;
  const keys = <usize>table.keys;
  let offset = offsets + <usize>from * sizeof<T>();
  const last = offsets + <usize>end * sizeof<T>();
  for (; offset < last; offset += sizeof<T>()) {
    if (mask && !present(mask, <i32>((offset - offsets) / sizeof<T>()))) continue;
    const low = load<T>(offset);
    const bytes = <u32>(load<T>(offset, sizeof<T>()) - low);
    const at = start + <usize>low;
    if (bytes < hashed) {
      const first = firstWord(at, bytes);
      const second = secondWord(at, bytes);
      const entry = <usize>load<u32>(slotOf(slots, scale, hashOfWords(first, second)));
      if (load<u64>(entry) != first) break;
      if (load<u64>(entry, 8) != second) break;
      store<u64>(entry, load<u64>(entry, 16) + 1, 16);
    } else {
      if (bytes > 48) break;
      const hash = hashOfText(at, bytes);
      const entry = <usize>load<u32>(slotOf(slots, scale, hash));
      if (load<u64>(entry) != hash) break;
      if (load<u64>(entry, 8) != longWord(bytes)) break;
      if (!sameText(at, keys + load<u32>(entry, 24), bytes)) break;
      store<u64>(entry, load<u64>(entry, 16) + 1, 16);
    }
  }
  return <i32>((offset - offsets) / sizeof<T>());
}

/** Reads what counting these rows will read. */
function fetchTexts<T>(table: Table, offsets: usize, start: usize, from: i32, end: i32): void {
  const slots = <usize>table.slots;
  const keys = <usize>table.keys;
  const scale = table.scale;
  let seen: u64 = 0;
  for (let k = from; k < end; k++) {
    const offset = offsets + <usize>k * sizeof<T>();
    const low = load<T>(offset);
    seen ^= fetch(slots, keys, scale, start + <usize>low, <u32>(load<T>(offset, sizeof<T>()) - low));
  }
  table.touched = seen;
}

/**
 * Utf8View: 16-byte views; those of more than 12 bytes hold a number of a buffer and a position in it, which lies that
 * far from `bases[number]` on.
 */
export function countViews(state: usize, views: usize, bases: usize, mask: usize, from: i32, length: i32): i32 {
  const table = changetype<Table>(state);
  const slots = <usize>table.slots;
  const keys = <usize>table.keys;
  const scale = table.scale;
  const secret = table.secret0 != 0;
  for (let i = from; i < length; i++) {
    if (mask && !present(mask, i)) continue;
    const view = views + (<usize>i << 4);
    const bytes = load<u32>(view);
    const at = bytes <= 12 ? view + 4 : <usize>load<u32>(bases + (<usize>load<u32>(view, 8) << 2)) + load<u32>(view, 12);
    if (!hitsText(slots, keys, scale, at, bytes) && !putText(table, at, bytes)) return i;
  }
  return length;
}

/**
 * Which parts of buffers views point to: [first byte, end) as two u32 for each of `buffers` at `spans`, empty where the
 * first is above the end. Returns the bytes of all texts that lie outside their views.
 */
export function viewSpans(views: usize, mask: usize, length: i32, spans: usize, buffers: i32): f64 {
  for (let k = 0; k < buffers; k++) store<u64>(spans + (<usize>k << 3), 0xffffffff);
  let all: u64 = 0;
  for (let i = 0; i < length; i++) {
    const view = views + (<usize>i << 4);
    const bytes = load<u32>(view);
    if (bytes <= 12 || (mask && !present(mask, i))) continue;
    const span = spans + (<usize>load<u32>(view, 8) << 3);
    const at = load<u32>(view, 12);
    store<u32>(span, min(load<u32>(span), at));
    store<u32>(span, max(load<u32>(span, 4), at + bytes), 4);
    all += bytes;
  }
  return <f64>all;
}

/** Dense 64-bit integers, each a key. */
export function countKeys(state: usize, values: usize, from: i32, length: i32): i32 {
  const table = changetype<Table>(state);
  const slots = <usize>table.slots;
  const scale = table.scale;
  for (let i = from; i < length; i++) {
    const key = load<u64>(values + (<usize>i << 3));
    if (!hits(slots, scale, key, 0) && !put(table, key, 0, 0, 0, 1)) return i;
  }
  return length;
}

/** Dense f64, by their bits: -0 is counted as 0, NaN not at all. */
export function countDoubles(state: usize, values: usize, from: i32, length: i32): i32 {
  const table = changetype<Table>(state);
  const slots = <usize>table.slots;
  const scale = table.scale;
  for (let i = from; i < length; i++) {
    const x = load<f64>(values + (<usize>i << 3)) + 0;
    const key = reinterpret<u64>(x);
    if (x == x && !hits(slots, scale, key, 0) && !put(table, key, 0, 0, 0, 1)) return i;
  }
  return length;
}
