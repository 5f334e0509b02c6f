// The hash table of categories: open addressing with linear probing over u32 slots that point into dense entries in
// first-seen order. Every key is two words (text-key.ts): all of a text of up to 15 bytes, or hash and length of a longer
// one, whose bytes are compared as well. An empty slot points to an entry that no key is equal to, so that a row whose key
// is where it is looked for first, nearly every row, is counted after one look at a slot and one at an entry.
//
// With `partMask` only keys whose hash falls into `part` are counted, so that more distinct values than a table can hold
// are counted in several passes. `weak` is set when keys crowd together more than chance would have it: the caller then
// begins again with a table that has a secret (`secret0`, `secret1`).
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

export const entryBytes: u32 = 32;

/** A second word that no key has. */
export const nobody: u64 = 0x7f << 56;

/** Slots looked at to place a key; tables that are a quarter full stay below 40. */
const mostSteps: u32 = 64;

@unmanaged
export class Table {
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

// @ts-ignore: decorator
@inline
export function present(mask: usize, i: i32): u32 {
  return (<u32>load<u8>(mask + (i >>> 3)) >> (i & 7)) & 1;
}

/** Counts a text of up to 48 bytes, if it has its entry where it is looked for first. */
// @ts-ignore: decorator
@inline
export function hitsText(slots: usize, keys: usize, scale: u64, at: usize, bytes: u32): bool {
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
export function putText(table: Table, at: usize, bytes: u32): bool {
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
export function hits(slots: usize, scale: u64, first: u64, second: u64): bool {
  const entry = <usize>load<u32>(slotOf(slots, scale, hashOfWords(first, second)));
  if (load<u64>(entry) != first || load<u64>(entry, 8) != second) return false;
  store<u64>(entry, load<u64>(entry, 16) + 1, 16);
  return true;
}

// @ts-ignore: decorator
@inline
export function slotOf(slots: usize, scale: u64, hash: u64): usize {
  return slots + (<usize>(((hash >>> 32) * scale) >>> 32) & ~3);
}

/** Reads what counting this text will read; the result has no meaning. */
// @ts-ignore: decorator
@inline
export function fetch(slots: usize, keys: usize, scale: u64, at: usize, bytes: u32): u64 {
  if (bytes < hashed) {
    const hash = hashOfWords(firstWord(at, bytes), secondWord(at, bytes));
    return load<u64>(load<u32>(slotOf(slots, scale, hash)));
  }
  const entry = <usize>load<u32>(slotOf(slots, scale, hashOfText(at, bytes)));
  return load<u8>(keys + load<u32>(entry, 24));
}

/** Adds `count` to a key's entry, which is made if need be; `false` when it does not fit. */
export function put(table: Table, first: u64, second: u64, at: usize, bytes: u32, count: u64): bool {
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
