/**
 * A DuckDB file, which one process at a time can write: so it is held while it is used, and let go a little later, for others
 * that want to look at it (`smirnov history` beside a service). All that use it here take turns on one connection.
 */
import { open } from "node:fs/promises";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { inMemory } from "../store-address.js";
import { StoreError } from "../store-error.js";

/** Milliseconds after the last use, and between two tries for a file that another process holds. */
const idle = 250;
const pause = 25;

/** By default DuckDB takes all threads and four fifths of the memory; what does not fit goes to files beside its own. */
const frugal = { threads: "2", memory_limit: "1GB" };

/** What DuckDB says of a file that another process has open; the second on Windows. */
const isHeld = /Could not set lock on file|being used by another process/;

const files = new Map<string, DuckDbFile>();

/** The same for all that name the same path; a database in memory is of its own. */
export function duckDbFile(path: string): DuckDbFile {
  if (path === inMemory) return new DuckDbFile(path);
  const file = files.get(path) ?? new DuckDbFile(path);
  files.set(path, file);
  return file;
}

/** DuckDB would open a table of CSV or Parquet as a database that cannot be written to. @throws StoreError for other files */
async function demandDuckDb(path: string): Promise<void> {
  if (path === inMemory) return;
  const head = Buffer.alloc(12);
  const file = await open(path).catch(() => null);
  // What is wrong with one that cannot be read DuckDB says.
  const { bytesRead } = (await file?.read(head, 0, 12, 0).catch(() => null)) ?? { bytesRead: 0 };
  await file?.close();
  if (bytesRead === 0 || head.toString("latin1", 8) === "DUCK") return;
  throw new StoreError(`openStore: ${JSON.stringify(path)} is not a file of DuckDB`, "database");
}

export class DuckDbFile {
  readonly #path: string;
  #open: {
    readonly instance: DuckDBInstance;
    readonly connection: DuckDBConnection;
    readonly readOnly: boolean;
  } | null = null;
  #turn: Promise<void> = Promise.resolve();
  #users = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** For who uses it at the moment. */
  get connection(): DuckDBConnection {
    if (!this.#open) throw new Error("DuckDB: the file is not open");
    return this.#open.connection;
  }

  enter(): void {
    this.#users++;
  }

  /** The last one who leaves closes it. */
  async leave(): Promise<void> {
    this.#users--;
    const { release } = await this.#wait();
    if (this.#users === 0) await this.#written();
    if (this.#users === 0) this.#close();
    release();
  }

  /**
   * Waits until nobody else in this process uses the file, and `patience` milliseconds for other processes.
   *
   * @returns a connection, and what gives it back; one that is broken is closed, and the next use opens another
   */
  async use(
    readOnly: boolean,
    patience: number,
  ): Promise<{ connection: DuckDBConnection; release: (isBroken: boolean) => void }> {
    const { release } = await this.#wait();
    try {
      clearTimeout(this.#timer);
      if (this.#open?.readOnly && !readOnly) this.#close();
      this.#open ??= await this.#opened(readOnly, patience);
      return {
        connection: this.#open.connection,
        release: (isBroken) => {
          if (isBroken && this.#path !== inMemory) this.#close();
          else this.#letGoLater();
          release();
        },
      };
    } catch (error) {
      release();
      throw error;
    }
  }

  async #wait(): Promise<{ release: () => void }> {
    const before = this.#turn;
    let release = (): void => {};
    this.#turn = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return { release };
  }

  async #opened(readOnly: boolean, patience: number) {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    await demandDuckDb(this.#path);
    const until = Date.now() + patience;
    for (;;) {
      try {
        const instance = await DuckDBInstance.create(this.#path, {
          access_mode: readOnly ? "READ_ONLY" : "READ_WRITE",
          ...frugal,
        });
        return { instance, connection: await instance.connect(), readOnly };
      } catch (error) {
        if (Date.now() > until || !isHeld.test(String(error))) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  #letGoLater(): void {
    if (this.#path === inMemory) return;
    this.#timer = setTimeout(() => {
      this.#wait().then(async ({ release }) => {
        await this.#written();
        this.#close();
        release();
      });
    }, idle).unref();
  }

  /**
   * Brings what was written from the log into the file, on a thread of DuckDB: who closes a file waits for that on this one, for
   * tenths of a second. Where it fails the log is kept, and read when the file is opened.
   */
  async #written(): Promise<void> {
    if (!this.#open || this.#open.readOnly || this.#path === inMemory) return;
    await this.#open.connection.run("checkpoint").catch(() => {});
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#open?.connection.closeSync();
    this.#open?.instance.closeSync();
    this.#open = null;
    if (this.#users === 0 && files.get(this.#path) === this) files.delete(this.#path);
  }
}
