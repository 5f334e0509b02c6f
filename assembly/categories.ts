// Counting categories by hash: texts and 64-bit values. (Dictionary codes are counted by codes.ts.)
//
// The hash table is open addressing with linear probing over u32 slots that point into dense entries in first-seen
// order. Every key is one word: texts of up to 7 bytes are their bytes and their length, so that one comparison decides;
// longer ones are a hash with the top bit set, and their bytes are compared as well: a hash alone never decides. The
// mixing is the finaliser of MurmurHash3 [1], whose multiplications are what WebAssembly has.
//
// A kernel stops at the first row that does not fit and returns it: the caller makes a larger table, merges the old one
// into it and goes on from that row. With `partMask` only keys whose hash falls into `part` are counted, so that more
// distinct values than a table can hold are counted in several passes.
//
//   state    Table, 40 bytes
//   slots    2^slotBits × u32 byte position in entries, at most a quarter of them used; 0 is empty, as is one more
//   entries  24 bytes each: u64 key, u64 count, u32 length, u32 position in keys; the first belongs to no key
//   keys     the bytes of texts longer than 7
//
// [1] Appleby: MurmurHash3, fmix64 (public domain), https://github.com/aappleby/smhasher

import { hashOf, sameText } from "./text-key";

const entryBytes: u32 = 24;

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
}

/** Bytes of a table's state. */
export function categoriesSize(): i32 {
  return <i32>offsetof<Table>();
}

/** Begins an empty table: 2^slotBits + 1 slots, 2^(slotBits - 2) + 1 entries and `keyCapacity` bytes of keys. */
export function categoriesInit(
  state: usize,
  slots: usize,
  slotBits: i32,
  entries: usize,
  keys: usize,
  keyCapacity: i32,
  part: i32,
  partMask: i32,
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
  memory.fill(slots, 0, (<usize>4 << slotBits) + 4);
}

/** Adds the entries of another table from number `from` on; returns the number of the first that did not fit. */
export function categoriesMerge(state: usize, other: usize, from: i32): i32 {
  const table = changetype<Table>(state);
  const source = changetype<Table>(other);
  const length = <i32>source.distinct;
  for (let k = from; k < length; k++) {
    const entry = <usize>source.entries + <usize>(k + 1) * entryBytes;
    const at = <usize>source.keys + load<u32>(entry, 20);
    if (!put(table, load<u64>(entry), at, load<u32>(entry, 16), load<u64>(entry, 8))) return k;
  }
  return length;
}

/** Utf8: row i is the bytes [offsets[i] - base, offsets[i + 1] - base) after `text`, behind which 8 more are readable. */
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
  const slots = <usize>table.slots;
  const entries = <usize>table.entries;
  const shift = <u64>(64 - table.slotBits);
  for (let i = from; i < length; i++) {
    if (mask && !present(mask, i)) continue;
    const offset = offsets + <usize>i * sizeof<T>();
    const start = load<T>(offset);
    const at = text + <usize>(start - base);
    const bytes = <u32>(load<T>(offset, sizeof<T>()) - start);
    if (!countOne(table, slots, entries, shift, at, bytes)) return i;
  }
  return length;
}

/** Utf8View: 16-byte views; those of more than 12 bytes hold at byte 12 the position after `text` of all their bytes. */
export function countViews(state: usize, views: usize, text: usize, mask: usize, from: i32, length: i32): i32 {
  const table = changetype<Table>(state);
  const slots = <usize>table.slots;
  const entries = <usize>table.entries;
  const shift = <u64>(64 - table.slotBits);
  for (let i = from; i < length; i++) {
    if (mask && !present(mask, i)) continue;
    const view = views + (<usize>i << 4);
    const bytes = load<u32>(view);
    const at = bytes <= 12 ? view + 4 : text + load<u32>(view, 12);
    if (!countOne(table, slots, entries, shift, at, bytes)) return i;
  }
  return length;
}

/** Dense 64-bit integers, each a key. */
export function countKeys(state: usize, keys: usize, from: i32, length: i32): i32 {
  const table = changetype<Table>(state);
  const slots = <usize>table.slots;
  const entries = <usize>table.entries;
  const shift = <u64>(64 - table.slotBits);
  for (let i = from; i < length; i++) {
    const key = load<u64>(keys + (<usize>i << 3));
    if (!hits(slots, entries, shift, key) && !put(table, key, 0, 0, 1)) return i;
  }
  return length;
}

/** Dense f64, by their bits: -0 is counted as 0, NaN not at all. */
export function countDoubles(state: usize, values: usize, from: i32, length: i32): i32 {
  const table = changetype<Table>(state);
  const slots = <usize>table.slots;
  const entries = <usize>table.entries;
  const shift = <u64>(64 - table.slotBits);
  for (let i = from; i < length; i++) {
    const x = load<f64>(values + (<usize>i << 3)) + 0;
    const key = reinterpret<u64>(x);
    if (x == x && !hits(slots, entries, shift, key) && !put(table, key, 0, 0, 1)) return i;
  }
  return length;
}

// @ts-ignore: decorator
@inline
function present(mask: usize, i: i32): u32 {
  return (<u32>load<u8>(mask + (i >>> 3)) >> (i & 7)) & 1;
}

/** Counts a text; `false` when it does not fit. */
// @ts-ignore: decorator
@inline
function countOne(table: Table, slots: usize, entries: usize, shift: u64, at: usize, bytes: u32): bool {
  if (bytes < 8) {
    const word = load<u64>(at) & ((<u64>1 << (<u64>bytes << 3)) - 1);
    const key = word | (<u64>bytes << 56);
    return hits(slots, entries, shift, key) || put(table, key, at, bytes, 1);
  }
  const key = hashOf(at, bytes);
  let slot = slots + (<usize>(mixed(key) >>> shift) << 2);
  let used = load<u32>(slot);
  while (used) {
    const entry = entries + used;
    if (load<u64>(entry) == key && holds(table, entry, at, bytes)) {
      store<u64>(entry, load<u64>(entry, 8) + 1, 8);
      return true;
    }
    slot += 4;
    used = load<u32>(slot);
  }
  return put(table, key, at, bytes, 1);
}

/** Counts a key that decides alone, if it has an entry. */
// @ts-ignore: decorator
@inline
function hits(slots: usize, entries: usize, shift: u64, key: u64): bool {
  let slot = slots + (<usize>(mixed(key) >>> shift) << 2);
  let used = load<u32>(slot);
  while (used) {
    const entry = entries + used;
    if (load<u64>(entry) == key) {
      store<u64>(entry, load<u64>(entry, 8) + 1, 8);
      return true;
    }
    slot += 4;
    used = load<u32>(slot);
  }
  return false;
}

/** Adds `count` to a key's entry, which is made if need be; `false` when it does not fit. */
function put(table: Table, key: u64, at: usize, bytes: u32, count: u64): bool {
  const hash = mixed(key);
  if ((<u32>hash & table.partMask) != table.part) return true;
  const slots = <usize>table.slots;
  const entries = <usize>table.entries;
  const last = (<u32>1 << table.slotBits) - 1;
  let index = <u32>(hash >>> <u64>(64 - table.slotBits));
  let used = load<u32>(slots + (<usize>index << 2));
  while (used) {
    const entry = entries + used;
    if (load<u64>(entry) == key && (bytes < 8 || holds(table, entry, at, bytes))) {
      store<u64>(entry, load<u64>(entry, 8) + count, 8);
      return true;
    }
    index = (index + 1) & last;
    used = load<u32>(slots + (<usize>index << 2));
  }
  if (table.distinct == table.capacity) return false;
  const position = (table.distinct + 1) * entryBytes;
  const entry = entries + position;
  if (bytes >= 8) {
    if (bytes > table.keyCapacity - table.keyBytes) return false;
    memory.copy(<usize>table.keys + table.keyBytes, at, bytes);
    store<u32>(entry, table.keyBytes, 20);
    table.keyBytes += bytes;
  }
  store<u64>(entry, key);
  store<u64>(entry, count, 8);
  store<u32>(entry, bytes, 16);
  store<u32>(slots + (<usize>index << 2), position);
  table.distinct++;
  return true;
}

/** Whether an entry holds this text of at least 8 bytes. */
// @ts-ignore: decorator
@inline
function holds(table: Table, entry: usize, at: usize, bytes: u32): bool {
  return load<u32>(entry, 16) == bytes && sameText(at, <usize>table.keys + load<u32>(entry, 20), bytes);
}

// @ts-ignore: decorator
@inline
function mixed(key: u64): u64 {
  const hash = key * 0xff51afd7ed558ccd; // fmix64
  return (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53;
}
