/**
 * Hash tables that number distinct keys 0, 1, 2, … in the order in which they are first seen. Open addressing, at most
 * half full; nothing is ever removed.
 */

/** Keys of three numbers: two words of 32 bits and a small tag. */
export interface WordTable {
  size(): number;
  codeOf(high: number, low: number, tag: number): number;
  /** The words of a key that was seen, as signed integers. */
  keyOf(code: number): readonly [high: number, low: number, tag: number];
}

/** Keys of bytes; they are copied. */
export interface ByteTable {
  size(): number;
  codeOf(bytes: Uint8Array, from: number, to: number): number;
  /** The bytes of a key that was seen. */
  keyOf(code: number): Uint8Array;
}

const firstSlots = 1024;

/** Spreads what differs in any bit over the low bits (finalizer of MurmurHash3, public domain). */
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Slots hold a code + 1, or 0; twice as many with every code put in anew. */
function regrown(slots: Int32Array, hashes: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(slots.length * 4);
  const mask = larger.length - 1;
  for (let code = 0; code < size; code++) {
    let slot = hashes[code]! & mask;
    while (larger[slot] !== 0) slot = (slot + 1) & mask;
    larger[slot] = code + 1;
  }
  return larger;
}

function enlarged(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}

export function wordTable(): WordTable {
  let slots = new Int32Array(firstSlots);
  let hashes = new Int32Array(firstSlots / 2);
  let words = new Int32Array((firstSlots / 2) * 3);
  let size = 0;
  return {
    size: () => size,
    codeOf(high, low, tag) {
      const [a, b] = [high | 0, low | 0];
      const hash = mixed(Math.imul(a, 0x9e3779b1) ^ mixed(b + tag));
      const mask = slots.length - 1;
      let slot = hash & mask;
      for (let found = slots[slot]!; found !== 0; found = slots[slot]!) {
        const at = 3 * (found - 1);
        if (words[at] === a && words[at + 1] === b && words[at + 2] === tag) return found - 1;
        slot = (slot + 1) & mask;
      }
      const code = size++;
      slots[slot] = size;
      hashes[code] = hash;
      words[3 * code] = a;
      words[3 * code + 1] = b;
      words[3 * code + 2] = tag;
      if (2 * size === slots.length) {
        slots = regrown(slots, hashes, size);
        hashes = enlarged(hashes, slots.length / 2);
        words = enlarged(words, (slots.length / 2) * 3);
      }
      return code;
    },
    keyOf: (code) => [words[3 * code]!, words[3 * code + 1]!, words[3 * code + 2]!],
  };
}

export function byteTable(): ByteTable {
  let slots = new Int32Array(firstSlots);
  let hashes = new Int32Array(firstSlots / 2);
  let ends = new Float64Array(firstSlots / 2 + 1);
  let arena = new Uint8Array(8192);
  let size = 0;
  const isKey = (code: number, bytes: Uint8Array, from: number, length: number): boolean => {
    const start = ends[code]!;
    if (ends[code + 1]! - start !== length) return false;
    for (let k = 0; k < length; k++) if (arena[start + k] !== bytes[from + k]) return false;
    return true;
  };
  const added = (bytes: Uint8Array, from: number, to: number): void => {
    const start = ends[size]!;
    const end = start + to - from;
    if (end > arena.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(arena);
      arena = larger;
    }
    for (let k = from, at = start; k < to; k++, at++) arena[at] = bytes[k]!;
    size++;
    ends[size] = end;
  };
  return {
    size: () => size,
    codeOf(bytes, from, to) {
      let sum = to - from;
      for (let k = from; k < to; k++) sum = Math.imul(sum ^ bytes[k]!, 0x01000193);
      const hash = mixed(sum);
      const mask = slots.length - 1;
      let slot = hash & mask;
      for (let found = slots[slot]!; found !== 0; found = slots[slot]!) {
        if (hashes[found - 1] === hash && isKey(found - 1, bytes, from, to - from)) return found - 1;
        slot = (slot + 1) & mask;
      }
      hashes[size] = hash;
      slots[slot] = size + 1;
      added(bytes, from, to);
      if (2 * size === slots.length) {
        slots = regrown(slots, hashes, size);
        hashes = enlarged(hashes, slots.length / 2);
        const larger = new Float64Array(slots.length / 2 + 1);
        larger.set(ends);
        ends = larger;
      }
      return size - 1;
    },
    keyOf: (code) => arena.subarray(ends[code]!, ends[code + 1]!),
  };
}
