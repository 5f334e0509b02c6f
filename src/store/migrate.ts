/** Brings a database's tables to what this Smirnov knows. */
import { Migrator, sql } from "kysely";
import type { Database } from "./databases/database.js";
import { migrationNames, migrationsFor } from "./migrations/index.js";
import { StoreError } from "./store-error.js";

const migrationTableName = "smirnov_migration";
const migrationLockTableName = "smirnov_migration_lock";

/**
 * Does the steps that were not done yet. Several may begin at once: one does them, and the others wait for it.
 *
 * @throws StoreError for tables of a newer Smirnov, and where steps are missing and nothing may be written
 */
export async function migrate(caller: string, database: Database, readOnly: boolean): Promise<void> {
  const done = await stepsDone(database);
  refuseNewer(caller, done);
  if (done.length === migrationNames.length) return;
  if (readOnly && done.length === 0) {
    const hidden = database.schema === null ? "" : `, or this user may not look into the schema ${database.schema}`;
    throw new StoreError(`${caller}: no run was ever written there${hidden}`, "unknown");
  }
  if (readOnly)
    throw new StoreError(
      `${caller}: its tables are of an older Smirnov; writing a run brings them up to date`,
      "unknown",
    );
  const { error } = await migratorOf(database).migrateToLatest();
  if (error === undefined) return;
  refuseNewer(caller, await stepsDone(database));
  throw error;
}

export function migratorOf({ queries, schema, traits }: Database): Migrator {
  return new Migrator({
    db: queries,
    provider: { getMigrations: async () => migrationsFor(traits) },
    migrationTableName,
    migrationLockTableName,
    ...(schema !== null && { migrationTableSchema: schema }),
  });
}

/** Names of the steps that were done, in order. */
async function stepsDone({ queries, schema }: Database): Promise<string[]> {
  const { rows } = await sql`
    select table_name from information_schema.tables
    where table_name = ${migrationTableName} and table_schema = coalesce(cast(${schema} as text), current_schema())
  `.execute(queries);
  if (rows.length === 0) return [];
  const done = await queries.selectFrom(migrationTableName).select("name").orderBy("name").execute();
  return done.map(({ name }) => name);
}

function refuseNewer(caller: string, done: readonly string[]): void {
  const newer = done.find((name) => !migrationNames.includes(name));
  if (newer === undefined) return;
  const known = migrationNames.at(-1);
  throw new StoreError(
    `${caller}: its tables are of a newer Smirnov (${newer}; this one knows them up to ${known}): update Smirnov`,
    "database",
  );
}
