// Counting categories by hash: texts and 64-bit values. (Dictionary codes are counted by codes.ts.)
//
// The hash table is open addressing with linear probing over u32 slots that point into dense entries in first-seen
// order. Every key is two words (text-key.ts): all of a text of up to 15 bytes, or hash and length of a longer one, whose
// bytes are compared as well. An empty slot points to an entry that no key is equal to, so that a row whose key is where
// it is looked for first, nearly every row, is counted after one look at a slot and one at an entry.
//
// A kernel stops at the first row that does not fit and returns it: the caller makes a larger table, merges the old one
// into it and goes on from that row. With `partMask` only keys whose hash falls into `part` are counted, so that more
// distinct values than a table can hold are counted in several passes. `weak` is set instead when keys crowd together
// more than chance would have it: the caller then begins again with a table that has a secret (`secret0`, `secret1`).
//
//   state    Table, 80 bytes
//   slots    2^slotBits × u32 address of an entry, at most a quarter of them used; that of entry 0 is empty
//   entries  32 bytes each: u64 first word, u64 second word, u64 count, u32 position in keys, u32 length; entry 0 is
//            nobody's
//   keys     the bytes of texts longer than 15

import {
  firstWord,
  hashed,
  hashOfLong,
  hashOfText,
  hashOfWords,
  isLong,
  longWord,
  sameMiddle,
  sameText,
  secondWord,
  secretHash,
} from "./text-key";

const entryBytes: u32 = 32;

/** A second word that no key has. */
const nobody: u64 = 0x7f << 56;

/** Slots looked at to place a key; tables that are a quarter full stay below 40. */
const mostSteps: u32 = 64;

/** Rows whose slots and entries are fetched before any is counted, in tables that the cache does not hold. */
const ahead: i32 = 32;
const largeBits: u32 = 16;

@unmanaged
class Table {
  distinct: u32;
  capacity: u32;
  keyBytes: u32;
  keyCapacity: u32;
  slots: u32;
  slotBits: u32;
  entries: u32;
  keys: u32;
  part: u32;
  partMask: u32;
  weak: u32;
  /** All slots looked at to place keys beside the first of each. */
  steps: u32;
  secret0: u64;
  secret1: u64;
  /** Keeps the fetching of entries from being left out. */
  touched: u64;
  /** Bytes of all slots. */
  scale: u64;
}

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

// @ts-ignore: decorator
@inline
function present(mask: usize, i: i32): u32 {
  return (<u32>load<u8>(mask + (i >>> 3)) >> (i & 7)) & 1;
}

/** Counts a text of up to 48 bytes, if it has its entry where it is looked for first. */
// @ts-ignore: decorator
@inline
function hitsText(slots: usize, keys: usize, scale: u64, at: usize, bytes: u32): bool {
  if (bytes < hashed) return hits(slots, scale, firstWord(at, bytes), secondWord(at, bytes));
  if (bytes > 48) return false;
  const hash = hashOfText(at, bytes);
  const entry = <usize>load<u32>(slotOf(slots, scale, hash));
  if (load<u64>(entry) != hash || load<u64>(entry, 8) != longWord(bytes)) return false;
  if (!sameText(at, keys + load<u32>(entry, 24), bytes)) return false;
  store<u64>(entry, load<u64>(entry, 16) + 1, 16);
  return true;
}

/** Counts any text; `false` when it does not fit. */
function putText(table: Table, at: usize, bytes: u32): bool {
  if (bytes < hashed) return put(table, firstWord(at, bytes), secondWord(at, bytes), at, bytes, 1);
  const secret = table.secret0;
  const hash = secret
    ? secretHash(secret, table.secret1, bytes, 0, at, bytes)
    : bytes > 48
      ? hashOfLong(at, bytes)
      : hashOfText(at, bytes);
  return put(table, hash, longWord(bytes), at, bytes, 1);
}

/** Counts a key that decides alone, if it has its entry where it is looked for first. */
// @ts-ignore: decorator
@inline
function hits(slots: usize, scale: u64, first: u64, second: u64): bool {
  const entry = <usize>load<u32>(slotOf(slots, scale, hashOfWords(first, second)));
  if (load<u64>(entry) != first || load<u64>(entry, 8) != second) return false;
  store<u64>(entry, load<u64>(entry, 16) + 1, 16);
  return true;
}

// @ts-ignore: decorator
@inline
function slotOf(slots: usize, scale: u64, hash: u64): usize {
  return slots + (<usize>(((hash >>> 32) * scale) >>> 32) & ~3);
}

/** Reads what counting this text will read; the result has no meaning. */
// @ts-ignore: decorator
@inline
function fetch(slots: usize, keys: usize, scale: u64, at: usize, bytes: u32): u64 {
  if (bytes < hashed) {
    const hash = hashOfWords(firstWord(at, bytes), secondWord(at, bytes));
    return load<u64>(load<u32>(slotOf(slots, scale, hash)));
  }
  const entry = <usize>load<u32>(slotOf(slots, scale, hashOfText(at, bytes)));
  return load<u8>(keys + load<u32>(entry, 24));
}

/** Adds `count` to a key's entry, which is made if need be; `false` when it does not fit. */
function put(table: Table, first: u64, second: u64, at: usize, bytes: u32, count: u64): bool {
  const hash = isLong(second)
    ? first
    : table.secret0
      ? secretHash(table.secret0, table.secret1, first, second, 0, 0)
      : hashOfWords(first, second);
  if (table.partMask && partOf(hash, table.partMask) != table.part) return true;
  const slots = <usize>table.slots;
  const entries = table.entries;
  const last = (<u32>1 << table.slotBits) - 1;
  let index = <u32>(hash >>> <u64>(64 - table.slotBits));
  let used = load<u32>(slots + (<usize>index << 2));
  let steps: u32 = 0;
  while (used != entries) {
    const entry = <usize>used;
    if (load<u64>(entry) == first && load<u64>(entry, 8) == second && holds(table, entry, second, at, bytes)) {
      store<u64>(entry, load<u64>(entry, 16) + count, 16);
      return true;
    }
    index = (index + 1) & last;
    used = load<u32>(slots + (<usize>index << 2));
    steps++;
  }
  if (table.distinct == table.capacity) return false;
  if (isLong(second) && bytes > table.keyCapacity - table.keyBytes) return false;
  table.steps += steps;
  if (!table.secret0 && (steps > mostSteps || table.steps > table.distinct + 4 * mostSteps)) {
    table.weak = 1;
    return false;
  }
  const entry = <usize>(entries + (table.distinct + 1) * entryBytes);
  if (isLong(second)) {
    memory.copy(<usize>table.keys + table.keyBytes, at, bytes);
    table.keyBytes += bytes;
  }
  store<u64>(entry, first);
  store<u64>(entry, second, 8);
  store<u64>(entry, count, 16);
  store<u32>(entry, table.keyBytes - (isLong(second) ? bytes : 0), 24);
  store<u32>(entry, bytes, 28);
  store<u32>(slots + (<usize>index << 2), <u32>entry);
  table.distinct++;
  return true;
}

/** Whether an entry with a text's words holds this text. */
// @ts-ignore: decorator
@inline
function holds(table: Table, entry: usize, second: u64, at: usize, bytes: u32): bool {
  if (!isLong(second)) return true;
  const other = <usize>table.keys + load<u32>(entry, 24);
  return sameText(at, other, bytes) && (bytes <= 48 || sameMiddle(at + 32, other + 32, at + bytes - 16));
}

// @ts-ignore: decorator
@inline
function partOf(hash: u64, mask: u32): u32 {
  return <u32>(((hash ^ (hash >>> 32)) * 0xc4ceb9fe1a85ec53) >>> 40) & mask; // fmix64
}
