/** The references that were given to a monitor, one after the other, as threads are sent them. */
import type { Column, Table } from "../column/column.js";
import { type TableInput, tableOf } from "../column/table-of.js";
import type { Comparable } from "../drift/compare.js";
import { isPreparedTable } from "../drift/prepare.js";
import { isProfile } from "../drift/profiles/is-profile.js";
import { told } from "../drift/told-columns.js";
import { inSharedMemory } from "../engine/sendable.js";
import { hashOfReference, type SentReference } from "./window-task.js";

/** Milliseconds after which other work gets a turn. */
const turn = 5;

/** A number for each monitor of this process: its references are known by it on all threads. */
let owners = 0;

export class FixedReferences {
  readonly #owner = `${++owners}`;
  readonly #given = new Map<number, Comparable>();
  readonly #shared = new Map<number, Promise<SentReference>>();
  readonly #hashes = new Map<number, string | null>();

  /** @throws as `tableOf` */
  set(version: number, reference: Comparable): void {
    this.#given.set(
      version,
      isPreparedTable(reference) || isProfile(reference) ? reference : tableOf(reference as TableInput),
    );
  }

  /** Those before a version are not needed any more. */
  forgetBefore(version: number): void {
    for (const old of this.#given.keys()) {
      if (old >= version) continue;
      this.#given.delete(old);
      this.#shared.delete(old);
      this.#hashes.delete(old);
    }
  }

  get owner(): string {
    return this.#owner;
  }

  keyOf(version: number): string {
    return `${this.#owner}/${version}`;
  }

  /** Hash of a version; `null` where there is none. Found at once where no thread has told it. */
  hashOf(version: number): string | null {
    const given = this.#given.get(version);
    if (!given) return null;
    const hash = this.#hashes.get(version) ?? hashOfReference(given as SentReference);
    this.#hashes.set(version, hash);
    return hash;
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
    }
    return shared;
  }
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
