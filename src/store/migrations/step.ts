/** One step of the tables' history. */
import type { Kysely } from "kysely";

/** What databases differ in. */
export interface DatabaseTraits {
  /** PostgreSQL finds rows by indexes; DuckDB reads whole columns, and indexes would only slow writing down. */
  readonly indexes: boolean;
}

export type Step = (database: Kysely<unknown>, traits: DatabaseTraits) => Promise<void>;
