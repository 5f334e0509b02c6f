/** The references that were given to a monitor, one after the other, as threads are sent them. */
import type { Column, Table } from "../column/column.js";
import { type TableInput, tableOf } from "../column/table-of.js";
import type { Comparable } from "../drift/compare.js";
import { isPreparedTable, type PreparedTable } from "../drift/prepare.js";
import { isProfile } from "../drift/profiles/is-profile.js";
import { told } from "../drift/told-columns.js";
import { inSharedMemory } from "../engine/sendable.js";
import { fromBytes } from "../profile/from-bytes.js";
import { toBytes } from "../profile/to-bytes.js";
import { tableFromBytes, tableToBytes } from "./table-bytes.js";
import { hashOfReference, type SentReference } from "./window-task.js";

/** Milliseconds after which other work gets a turn. */
const turn = 5;

/** A number for each monitor of this process: its references are known by it on all threads. */
let owners = 0;

/** A reference as a state holds it; `null`: it is given again, since it lies in files. */
export type SavedReference = { readonly table: Uint8Array } | { readonly profile: Uint8Array } | PreparedTable | null;

/** Tables apart, by version; `null` in their place. */
export function apart(saved: ReadonlyMap<number, SavedReference>): {
  readonly tables: ReadonlyMap<number, Uint8Array>;
  readonly others: ReadonlyMap<number, SavedReference>;
} {
  const tables = new Map<number, Uint8Array>();
  const others = new Map(saved);
  for (const [version, reference] of saved) {
    if (!reference || !("table" in reference)) continue;
    tables.set(version, reference.table);
    others.set(version, null);
  }
  return { tables, others };
}

/** The same with the tables in their places. */
export function together(
  others: ReadonlyMap<number, SavedReference>,
  tables: ReadonlyMap<number, Uint8Array>,
): ReadonlyMap<number, SavedReference> {
  return new Map([...others, ...Array.from(tables, ([version, table]) => [version, { table }] as const)]);
}

export class FixedReferences {
  /** Names them on all threads. */
  readonly owner = `${++owners}`;
  readonly #given = new Map<number, Comparable>();
  readonly #shared = new Map<number, Promise<SentReference>>();
  readonly #hashes = new Map<number, string | null>();
  /** Bytes of tables and profiles, which are written once. */
  readonly #saved = new Map<number, SavedReference>();

  /** @throws as `tableOf` */
  set(version: number, reference: Comparable): void {
    this.#given.set(version, comparable(reference));
    for (const known of [this.#shared, this.#hashes, this.#saved]) known.delete(version);
  }

  /** The version itself where it is held, else the latest; `null` where there is none, or it has no such one. */
  latest(version: number | null): number | null {
    if (version === null || this.has(version)) return version;
    return [...this.#given.keys()].at(-1) ?? null;
  }

  has(version: number): boolean {
    return this.#given.has(version);
  }

  /** Those before a version are not needed any more. */
  forgetBefore(version: number): void {
    for (const known of [this.#given, this.#shared, this.#hashes, this.#saved]) {
      for (const old of [...known.keys()]) if (old < version) known.delete(old);
    }
  }

  keyOf(version: number): string {
    return `${this.owner}/${version}`;
  }

  /** Hash of a version; `null` where there is none. Found at once where no thread has told it. */
  hashOf(version: number): string | null {
    const given = this.#given.get(version);
    if (!given) return null;
    const hash = this.#hashes.get(version) ?? hashOfReference(given as SentReference);
    this.#hashes.set(version, hash);
    return hash;
  }

  /** Whether the rows, or the profile, are those of a version; never of what was prepared. */
  isSame(version: number, reference: Comparable): boolean {
    const hash = this.hashOf(version);
    return hash !== null && hash === hashOfReference(comparable(reference) as SentReference);
  }

  /** What a thread has found. */
  learn(version: number, hash: string | null): void {
    if (this.#given.has(version)) this.#hashes.set(version, hash);
  }

  /** In shared memory, where no thread needs a copy. It is brought there once, column by column. */
  shared(version: number): Promise<SentReference> {
    let shared = this.#shared.get(version);
    if (!shared) {
      shared = sharedReference(this.#given.get(version)!);
      this.#shared.set(version, shared);
      // Tried again with the next window: there may be memory then.
      shared.catch(() => this.#shared.delete(version));
    }
    return shared;
  }

  /**
   * A reference that is given again when a monitor goes on.
   *
   * @returns the latest version: the same where its rows are, or it was left out
   * @throws RangeError where one lies in files and was left out
   */
  again(version: number, reference: Comparable | undefined): number {
    const isMissing = version > 0 && !this.has(version);
    if (reference === undefined) {
      if (!isMissing) return version;
      throw new RangeError("Monitor.restore: reference must be given again where it lies in files");
    }
    const isSame = version > 0 && !isMissing && this.isSame(version, reference);
    const next = isMissing || isSame ? version : version + 1;
    if (!isSame) this.set(next, reference);
    return next;
  }

  state(): ReadonlyMap<number, SavedReference> {
    for (const [version, given] of this.#given) {
      if (!this.#saved.has(version)) this.#saved.set(version, savedReference(given));
    }
    return this.#saved;
  }

  /** The same at the moment of the call, with tables written by another thread, once. */
  async stateBy(write: (table: Table) => Promise<Uint8Array>): Promise<ReadonlyMap<number, SavedReference>> {
    const saved = new Map<number, SavedReference>();
    for (const [version, given] of [...this.#given]) {
      let own = this.#saved.get(version);
      if (own === undefined) {
        const sent = isWrittenTable(given) ? (this.#shared.get(version) ?? sharedReference(given)) : null;
        own = sent ? { table: await write((await sent) as Table) } : savedReference(given);
        if (this.#given.get(version) === given) this.#saved.set(version, own);
      }
      saved.set(version, own);
    }
    return saved;
  }

  /** @throws FormatError for bytes that are no table or profile */
  restore(saved: ReadonlyMap<number, SavedReference>): void {
    for (const [version, reference] of saved) if (reference) this.set(version, restoredReference(reference));
  }
}

function comparable(reference: Comparable): Comparable {
  return isPreparedTable(reference) || isProfile(reference) ? reference : tableOf(reference as TableInput);
}

function isWrittenTable(reference: Comparable): boolean {
  return !isProfile(reference) && !isPreparedTable(reference) && !(reference as Table).stored;
}

function savedReference(reference: Comparable): SavedReference {
  if (isProfile(reference)) return { profile: toBytes(reference) };
  if (isPreparedTable(reference)) return reference;
  const table = reference as Table;
  return table.stored ? null : { table: tableToBytes(table) };
}

function restoredReference(saved: NonNullable<SavedReference>): Comparable {
  if ("profile" in saved) return fromBytes(saved.profile, "Monitor.restore");
  return "table" in saved ? tableFromBytes(saved.table, "Monitor.restore") : saved;
}

async function sharedReference(reference: Comparable): Promise<SentReference> {
  const { columns, ...about } = reference as Table;
  const shared = new Map<string, Column>();
  let since = performance.now();
  for (const [name, column] of columns) {
    shared.set(name, inSharedMemory(told(column)) as Column);
    if (performance.now() - since < turn) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
  return { ...about, columns: shared };
}
