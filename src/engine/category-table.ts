/** Hash tables of categories in engine memory (layout: assembly/categories.ts), which grow by merging into larger ones. */
import type { Engine } from "./memory.js";
import type { Take } from "./workspace.js";

/** Which of several passes a table is for: it counts the keys whose hash gives this part. `mask` is passes - 1. */
export interface Part {
  readonly index: number;
  readonly mask: number;
}

export const wholePart: Part = { index: 0, mask: 0 };

/** Two numbers that decide where keys lie; without any, keys are found faster but can be chosen to crowd together. */
export type Secret = readonly [bigint, bigint];

export const noSecret: Secret = [0n, 0n];

export interface CategoryTable {
  readonly state: number;
  readonly slotBits: number;
  readonly keyBytes: number;
  readonly part: Part;
  readonly secret: Secret;
}

/** What the largest table holds: 4M distinct values and 1 GiB of their text. */
const maxSlotBits = 24;
const maxKeyBytes = 2 ** 30;

const entryBytes = 32;
/** A few hundred categories find room in the smallest table; a thousand in the next have half of the slots' cache lines
 * to themselves. */
const firstSlotBits = 11;
const moreSlotBits = 4;
const firstKeyBytes = 16_384;

/** Slots are used up to a quarter. */
function capacityOf(slotBits: number): number {
  return 2 ** (slotBits - 2);
}

/** A secret that nobody knows. It changes where keys lie in a table, never what is counted or in which order. */
export function newSecret(): Secret {
  const [one, other] = crypto.getRandomValues(new BigInt64Array(2));
  return [one! | 1n, other!];
}

/** An empty table that grows with what it counts. */
export function newTable(engine: Engine, take: Take, part: Part, secret: Secret): CategoryTable {
  return makeTable(engine, take, firstSlotBits, firstKeyBytes, part, secret);
}

/** An empty table for at least `distinct` keys of up to 8 bytes. */
export function tableFor(engine: Engine, take: Take, distinct: number, secret: Secret): CategoryTable {
  return makeTable(engine, take, Math.ceil(Math.log2(distinct)) + 2, 0, wholePart, secret);
}

function makeTable(
  { kernels }: Engine,
  take: Take,
  slotBits: number,
  keyBytes: number,
  part: Part,
  secret: Secret,
): CategoryTable {
  const state = take(kernels.categoriesSize());
  const slots = take(2 ** slotBits * 4);
  const entries = take((capacityOf(slotBits) + 1) * entryBytes);
  const keys = take(keyBytes);
  kernels.categoriesInit(state, slots, slotBits, entries, keys, keyBytes, part.index, part.mask, ...secret);
  return { state, slotBits, keyBytes, part, secret };
}

/** A larger table with the same counts, with room for a key of `needed` bytes; `null` when it would be too large. */
export function largerTable(table: CategoryTable, engine: Engine, take: Take, needed: number): CategoryTable | null {
  const full = distinctOf(table, engine) === capacityOf(table.slotBits);
  const slotBits = full ? Math.min(table.slotBits + moreSlotBits, maxSlotBits) : table.slotBits;
  const keyBytes = full ? table.keyBytes : Math.min(table.keyBytes * 4, maxKeyBytes) + needed;
  const grew = full ? slotBits > table.slotBits : table.keyBytes < maxKeyBytes;
  if (!grew) return null;
  const larger = makeTable(engine, take, slotBits, keyBytes, table.part, table.secret);
  engine.kernels.categoriesMerge(larger.state, table.state, 0);
  return larger;
}

/** Number of distinct keys. */
export function distinctOf({ state }: CategoryTable, { u32 }: Engine): number {
  return u32[state / 4]!;
}

/** Whether a kernel stopped because keys crowd together: then only a table with a secret can go on. */
export function isWeak({ state }: CategoryTable, { u32 }: Engine): boolean {
  return u32[state / 4 + 10] === 1;
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
    const length = u32[entry + 7]!;
    counts[k] = u32[entry + 4]! + u32[entry + 5]! * 2 ** 32;
    lengths[k] = length;
    addresses[k] = length < 16 ? address : keys + u32[entry + 6]!;
  }
  return { counts, lengths, addresses };
}
