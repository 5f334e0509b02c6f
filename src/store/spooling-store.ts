/**
 * `spoolingStore`: a store that takes runs while its database is away.
 *
 * As long as the database answers, runs go there at once. One that it cannot take goes to a spool on the disk, and so do all that
 * come later, until those before are written: the order is kept. A run may be tried again although it was written, where the
 * answer was lost; its id makes it be there once.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openSpool } from "../spool/open-spool.js";
import type { Spool, SyncPolicy } from "../spool/spool.js";
import { knownOptions, shown } from "../statistics/option-checks.js";
import { checkRun } from "./check-run.js";
import type { MetricStore, RunRecord } from "./metric-store.js";
import { setAside } from "./refused-runs.js";
import { runFromBytes, runToBytes } from "./run-bytes.js";
import { blameOf, StoreError } from "./store-error.js";

export interface SpoolingOptions {
  /** Of the spool; default `always`. */
  readonly sync?: SyncPolicy;
  /** Milliseconds until a run is tried again, which double with every failure up to the longest; default 500 and 30 000. */
  readonly retry?: { readonly first: number; readonly longest: number };
  /** Failures that nobody can tell the reason of, while the database answers, after which a run is set aside; default 10. */
  readonly attempts?: number;
  /** Told when runs begin to wait, when all are written, and of each that is set aside. */
  readonly log?: (level: "info" | "warn" | "error", message: string) => void;
}

export interface SpoolingStore extends MetricStore {
  /**
   * As of any store, but waits for the database only while it answers: else the run is on the disk, and is written later.
   *
   * @throws where the disk fails or is full
   */
  record(run: RunRecord): Promise<void>;
  /** Runs on the disk that are not in the database yet. */
  readonly waiting: number;
  /** Runs that were set aside since it was opened, in the folder `refused`. */
  readonly refused: number;
  /** Why runs wait, or why the last one waited; `null` when all is well. */
  readonly lastError: string | null;
  /** Runs that wait stay on the disk. */
  close(): Promise<void>;
}

/**
 * Opens a spool beside a store; what was left in it is written first.
 *
 * @param store  or how to open it, which is tried again for as long as the database is away
 * @param folder of this alone: one process at a time
 * @throws TypeError, RangeError for options; SpoolLocked, SpoolDamaged as `openSpool`
 */
export async function spoolingStore(
  store: MetricStore | (() => Promise<MetricStore>),
  folder: string,
  options: SpoolingOptions = {},
): Promise<SpoolingStore> {
  if ((typeof store !== "object" && typeof store !== "function") || store === null) {
    throw new TypeError(`spoolingStore: needs a store, or a function that opens one, got ${shown(store)}`);
  }
  if (typeof folder !== "string" || folder === "") throw new TypeError("spoolingStore: needs the path of a folder");
  knownOptions("spoolingStore", options, ["sync", "retry", "attempts", "log"]);
  const { sync, retry = { first: 500, longest: 30_000 }, attempts = 10 } = options;
  // What a log throws holds no run up.
  const log: NonNullable<SpoolingOptions["log"]> = (level, message) => {
    try {
      options.log?.(level, message);
    } catch {}
  };
  if (!(retry.first > 0 && retry.longest >= retry.first)) {
    throw new RangeError("spoolingStore: retry needs first above 0 and longest not below it");
  }
  if (!(Number.isInteger(attempts) && attempts > 0)) {
    throw new RangeError(`spoolingStore: attempts must be a whole number of at least 1, got ${shown(attempts)}`);
  }
  await mkdir(folder, { recursive: true });
  const spool = await openSpool(join(folder, "waiting"), sync === undefined ? {} : { sync });
  const opening = typeof store === "function" ? store : async () => store;
  return new SpooledWriter(opening, spool, join(folder, "refused"), { retry, attempts, log });
}

class SpooledWriter implements SpoolingStore {
  readonly #opening: () => Promise<MetricStore>;
  readonly #spool: Spool;
  readonly #aside: string;
  readonly #options: Required<Omit<SpoolingOptions, "sync">>;
  #store: Promise<MetricStore> | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #delivery: Promise<void> | null = null;
  #wake: () => void = () => {};
  #closed: Promise<void> | null = null;
  #refused = 0;
  #lastError: string | null = null;

  constructor(
    opening: () => Promise<MetricStore>,
    spool: Spool,
    aside: string,
    options: Required<Omit<SpoolingOptions, "sync">>,
  ) {
    this.#opening = opening;
    this.#spool = spool;
    this.#aside = aside;
    this.#options = options;
    if (this.waiting > 0) this.#deliver();
  }

  get waiting(): number {
    return this.#spool.last - this.#spool.released;
  }

  get refused(): number {
    return this.#refused;
  }

  get lastError(): string | null {
    return this.#lastError;
  }

  async record(run: RunRecord): Promise<void> {
    checkRun("record", run);
    if (this.#closed) throw new StoreError("record: the store is closed", "unknown");
    const done = this.#turn.then(() => this.#take(run));
    this.#turn = done.catch(() => {});
    return done;
  }

  async #take(run: RunRecord): Promise<void> {
    if (this.waiting === 0 && !this.#delivery) {
      try {
        await (await this.#opened()).record(run);
        this.#lastError = null;
        return;
      } catch (error) {
        this.#lastError = wordsOf(error);
        if (blameOf(error) === "record") return this.#refuse(run);
        this.#options.log("warn", `runs wait on the disk: ${this.#lastError}`);
      }
    }
    await this.#spool.append(runToBytes(run));
    this.#deliver();
  }

  /** Opened on first use, and again after it could not be. */
  #opened(): Promise<MetricStore> {
    this.#store ??= this.#opening().catch((error) => {
      this.#store = null;
      throw error;
    });
    return this.#store;
  }

  /** In the background, until nothing waits. */
  #deliver(): void {
    this.#delivery ??= this.#deliverAll().finally(() => {
      this.#delivery = null;
      // What came after the last look.
      if (this.waiting > 0 && !this.#closed) this.#deliver();
    });
  }

  async #deliverAll(): Promise<void> {
    let failures = 0;
    while (this.waiting > 0 && !this.#closed) {
      try {
        for await (const { sequence, bytes } of this.#spool.read()) {
          if (this.#closed) return;
          await this.#deliverOne(bytes);
          await this.#spool.release(sequence);
          failures = 0;
        }
        if (this.waiting > 0) continue;
        this.#lastError = null;
        this.#options.log("info", "all runs that waited are written");
      } catch (error) {
        if (this.#closed) return;
        // The disk's: what is read again may be there then.
        this.#lastError = wordsOf(error);
        this.#options.log("error", this.#lastError);
        await this.#pause(failures++);
      }
    }
  }

  /** Until it is written, set aside, or the store is closed: then it throws. */
  async #deliverOne(bytes: Uint8Array): Promise<void> {
    const run = await this.#decoded(bytes);
    if (!run) return;
    let unknown = 0;
    for (let failures = 0; ; failures++) {
      try {
        await (await this.#opened()).record(run);
        return;
      } catch (error) {
        this.#lastError = wordsOf(error);
        const blame = blameOf(error);
        if (blame === "unknown" && (await this.#answers())) unknown++;
        if (blame === "record" || unknown >= this.#options.attempts) return this.#refuse(run);
      }
      await this.#pause(failures);
      if (this.#closed) throw new StoreError("record: the store is closed", "unknown");
    }
  }

  async #decoded(bytes: Uint8Array): Promise<RunRecord | null> {
    try {
      return runFromBytes(bytes);
    } catch (error) {
      this.#lastError = wordsOf(error);
      await this.#refuse({ bytes: Buffer.from(bytes).toString("base64") });
      return null;
    }
  }

  async #answers(): Promise<boolean> {
    try {
      await (await this.#opened()).runs({ limit: 1 });
      return true;
    } catch {
      return false;
    }
  }

  async #refuse(run: unknown): Promise<void> {
    const error = this.#lastError ?? "";
    const path = await setAside(this.#aside, run, error);
    this.#refused++;
    this.#options.log("error", `a run was refused, and is kept in ${path}: ${error}`);
  }

  #pause(failures: number): Promise<void> {
    if (this.#closed) return Promise.resolve();
    const { first, longest } = this.#options.retry;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(longest, first * 2 ** Math.min(failures, 30)));
      timer.unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async history(query: Parameters<MetricStore["history"]>[0]) {
    return (await this.#opened()).history(query);
  }

  async kinds(query: Parameters<MetricStore["kinds"]>[0]) {
    return (await this.#opened()).kinds(query);
  }

  async runs(query?: Parameters<MetricStore["runs"]>[0]) {
    return (await this.#opened()).runs(query);
  }

  async alerts(query?: Parameters<MetricStore["alerts"]>[0]) {
    return (await this.#opened()).alerts(query);
  }

  async prune(before: number): Promise<number> {
    return (await this.#opened()).prune(before);
  }

  close(): Promise<void> {
    this.#closed ??= this.#finish();
    return this.#closed;
  }

  async #finish(): Promise<void> {
    await this.#turn;
    this.#wake();
    await this.#delivery?.catch(() => {});
    await this.#spool.close();
    await (await this.#store?.catch(() => null))?.close();
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
