/** `openStore`: where every run and every metric is kept. */
import { needsPackages } from "../engine/peers.js";
import { knownOptions, shown, truthValue } from "../statistics/option-checks.js";
import type { MetricStore } from "./metric-store.js";
import { hiderOf, type StoreAddress, storeAddress } from "./store-address.js";
import { storeError } from "./store-error.js";

export interface StoreOptions {
  /** Of PostgreSQL: where the tables are; it is made if it is not there. Default: `?schema=` of the address, else `smirnov`. */
  readonly schema?: string;
  /** Nothing is written: neither runs nor tables, and no file. Default false. */
  readonly readOnly?: boolean;
  /** Milliseconds that connecting, a statement, or waiting for a file that another process holds may take; default 30 000. */
  readonly timeout?: number;
  /** Connections to PostgreSQL at a time; default 4. */
  readonly connections?: number;
}

/**
 * Opens a store of runs, and brings its tables up to date.
 *
 * @param url  `duckdb:path` or a path that ends in .duckdb, which is made if it is not there; `duckdb::memory:`;
 *   `postgres://user:password@host:port/database`. Passwords may be left to `PGPASSWORD` or a password file, as with `psql`.
 * @throws TypeError, RangeError for another address or option; StoreError where the database cannot be opened, or its tables are
 *   of a newer Smirnov; Error where a package that it needs is not installed. No error tells the password.
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<MetricStore> {
  const address = storeAddress("openStore", url);
  const chosen = checked(options, address);
  const hide = hiderOf(address);
  const { database, sqlStore, migrate } = await loaded(address, chosen);
  try {
    await migrate("openStore", database, chosen.readOnly);
  } catch (error) {
    await database.queries.destroy().catch(() => {});
    throw storeError("openStore", error, hide);
  }
  return sqlStore(database, { readOnly: chosen.readOnly, hide });
}

function checked(options: StoreOptions, address: StoreAddress): Required<StoreOptions> {
  knownOptions("openStore", options, ["schema", "readOnly", "timeout", "connections"]);
  const ofAddress = address.kind === "postgres" ? address.schema : null;
  const { schema = ofAddress ?? "smirnov", readOnly = false, timeout = 30_000, connections = 4 } = options;
  if (typeof schema !== "string") throw new TypeError(`openStore: schema must be a text, got ${shown(schema)}`);
  if (schema === "" || schema.includes("\0")) throw new RangeError("openStore: schema must be a name");
  truthValue("openStore", "readOnly", readOnly);
  positive("timeout", timeout);
  positive("connections", connections);
  return { schema, readOnly, timeout, connections };
}

function positive(option: string, value: unknown): void {
  if (typeof value !== "number") throw new TypeError(`openStore: ${option} must be a number, got ${shown(value)}`);
  if (Number.isInteger(value) && value > 0) return;
  throw new RangeError(`openStore: ${option} must be a whole number of at least 1, got ${value}`);
}

/** The packages are loaded on first use. */
async function loaded(address: StoreAddress, options: Required<StoreOptions>) {
  const peer = address.kind === "duckdb" ? "@duckdb/node-api" : "pg";
  try {
    const [{ migrate }, { sqlStore }] = await Promise.all([import("./migrate.js"), import("./sql-store.js")]);
    if (address.kind === "duckdb") {
      const { duckDb } = await import("./databases/duckdb.js");
      return { migrate, sqlStore, database: duckDb(address.path, options) };
    }
    const { postgres } = await import("./databases/postgres.js");
    return { migrate, sqlStore, database: postgres(address.url, options) };
  } catch (error) {
    const { code, message = "" } = error as NodeJS.ErrnoException;
    if (code !== "ERR_MODULE_NOT_FOUND" || !/'(kysely|pg|@duckdb\/[\w-]+)'/.test(message)) {
      throw storeError("openStore", error, hiderOf(address));
    }
    throw new Error(needsPackages("openStore", ["kysely", peer]));
  }
}
