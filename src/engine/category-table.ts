/** Hash tables of categories in engine memory (layout: assembly/categories.ts), which grow by merging into larger ones. */
import type { Engine } from "./memory.js";
import type { Take } from "./workspace.js";

/** Which of several passes a table is for: it counts the keys whose hash gives this part. `mask` is passes - 1. */
export interface Part {
  readonly index: number;
  readonly mask: number;
}

export const wholePart: Part = { index: 0, mask: 0 };

export interface CategoryTable {
  readonly state: number;
  readonly slotBits: number;
  readonly keyBytes: number;
  readonly part: Part;
}

/** What the largest table holds: 4M distinct values and 1 GiB of their text. */
const maxSlotBits = 24;
const maxKeyBytes = 2 ** 30;

const entryBytes = 24;
const firstSlotBits = 11;
const firstKeyBytes = 16_384;

/** Slots are used up to a quarter. */
function capacityOf(slotBits: number): number {
  return 2 ** (slotBits - 2);
}

/** An empty table that grows with what it counts. */
export function newTable(engine: Engine, take: Take, part: Part): CategoryTable {
  return makeTable(engine, take, firstSlotBits, firstKeyBytes, part);
}

/** An empty table for at least `distinct` keys of up to 8 bytes. */
export function tableFor(engine: Engine, take: Take, distinct: number): CategoryTable {
  return makeTable(engine, take, Math.ceil(Math.log2(distinct)) + 2, 0, wholePart);
}

function makeTable(engine: Engine, take: Take, slotBits: number, keyBytes: number, part: Part): CategoryTable {
  const state = take(engine.kernels.categoriesSize());
  const slots = take((2 ** slotBits + 1) * 4);
  const entries = take((capacityOf(slotBits) + 1) * entryBytes);
  const keys = take(keyBytes);
  engine.kernels.categoriesInit(state, slots, slotBits, entries, keys, keyBytes, part.index, part.mask);
  return { state, slotBits, keyBytes, part };
}

/** A larger table with the same counts, with room for a key of `needed` bytes; `null` when it would be too large. */
export function largerTable(table: CategoryTable, engine: Engine, take: Take, needed: number): CategoryTable | null {
  const full = distinctOf(table, engine) === capacityOf(table.slotBits);
  const slotBits = full ? Math.min(table.slotBits + 2, maxSlotBits) : table.slotBits;
  const keyBytes = full ? table.keyBytes : Math.min(table.keyBytes * 4, maxKeyBytes) + needed;
  const grew = full ? slotBits > table.slotBits : table.keyBytes < maxKeyBytes;
  if (!grew) return null;
  const larger = makeTable(engine, take, slotBits, keyBytes, table.part);
  engine.kernels.categoriesMerge(larger.state, table.state, 0);
  return larger;
}

/** Number of distinct keys. */
export function distinctOf(table: CategoryTable, { u32 }: Engine): number {
  return u32[table.state / 4]!;
}

/** All keys of a table in the order in which they were first seen. */
export interface Entries {
  readonly counts: Float64Array;
  /** Bytes of each key, and where they lie. */
  readonly lengths: Uint32Array;
  readonly addresses: Uint32Array;
}

export function entriesOf(table: CategoryTable, { u32 }: Engine): Entries {
  const at = table.state / 4;
  const distinct = u32[at]!;
  const keys = u32[at + 7]!;
  const counts = new Float64Array(distinct);
  const lengths = new Uint32Array(distinct);
  const addresses = new Uint32Array(distinct);
  for (let k = 0; k < distinct; k++) {
    const address = u32[at + 6]! + (k + 1) * entryBytes;
    const entry = address / 4;
    const length = u32[entry + 4]!;
    counts[k] = u32[entry + 2]! + u32[entry + 3]! * 2 ** 32;
    lengths[k] = length;
    addresses[k] = length < 8 ? address : keys + u32[entry + 5]!;
  }
  return { counts, lengths, addresses };
}
