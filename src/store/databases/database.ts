/** What a database is to the store: one query layer over it, and the few things that each does in its own way. */
import type { Kysely, Transaction } from "kysely";
import type { DatabaseTraits } from "../migrations/step.js";
import type { MetricRow, Tables } from "../tables.js";

export interface Database {
  readonly queries: Kysely<Tables>;
  readonly traits: DatabaseTraits;
  /** Where the tables are, if not where the connection looks first. */
  readonly schema: string | null;
  /** Thousands of rows of one run. */
  insertMetrics(transaction: Transaction<Tables>, run: string, rows: readonly MetricRow[]): Promise<void>;
  /** Space that was given up is made use of. */
  reclaim(): Promise<void>;
}

export interface DatabaseOptions {
  readonly readOnly: boolean;
  readonly schema: string;
  /** Milliseconds that connecting, a statement, or waiting for a locked file may take. */
  readonly timeout: number;
  readonly connections: number;
}
