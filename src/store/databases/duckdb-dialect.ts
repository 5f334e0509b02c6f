/** Kysely over DuckDB, which speaks PostgreSQL's SQL. */
import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
  SQLNULL,
  VARCHAR,
} from "@duckdb/node-api";
import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
  type TableMetadata,
} from "kysely";
import type { DuckDbFile } from "./duckdb-file.js";

export function duckDbDialect(file: DuckDbFile, readOnly: boolean, patience: number): Dialect {
  return {
    createAdapter: () => new DuckDbAdapter(),
    createDriver: () => new DuckDbDriver(file, readOnly, patience),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: introspector,
  };
}

class DuckDbAdapter extends PostgresAdapter {
  // Who has the connection has the file: nobody else migrates it.
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

class DuckDbDriver implements Driver {
  readonly #file: DuckDbFile;
  readonly #readOnly: boolean;
  readonly #patience: number;

  constructor(file: DuckDbFile, readOnly: boolean, patience: number) {
    this.#file = file;
    this.#readOnly = readOnly;
    this.#patience = patience;
  }

  async init(): Promise<void> {
    this.#file.enter();
  }

  async acquireConnection(): Promise<UsedConnection> {
    const { connection, release } = await this.#file.use(this.#readOnly, this.#patience);
    return new UsedConnection(connection, release);
  }

  async beginTransaction(connection: UsedConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin transaction"));
  }

  async commitTransaction(connection: UsedConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }

  async rollbackTransaction(connection: UsedConnection): Promise<void> {
    // After a commit that failed there is nothing to roll back: what matters is the error before.
    await connection.executeQuery(CompiledQuery.raw("rollback")).catch(() => connection.giveUp());
  }

  async releaseConnection(connection: UsedConnection): Promise<void> {
    connection.giveBack();
  }

  async destroy(): Promise<void> {
    await this.#file.leave();
  }
}

class UsedConnection implements DatabaseConnection {
  readonly #connection: DuckDBConnection;
  readonly #release: (isBroken: boolean) => void;
  #isBroken = false;

  constructor(connection: DuckDBConnection, release: (isBroken: boolean) => void) {
    this.#connection = connection;
    this.#release = release;
  }

  giveUp(): void {
    this.#isBroken = true;
  }

  giveBack(): void {
    this.#release(this.#isBroken);
  }

  async executeQuery<R>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const bound = parameters.map(boundValue);
    const values = bound.map(([value]) => value);
    const types = bound.map(([, type]) => type);
    const reader = await this.#connection.runAndReadAll(text, values, types).catch((error) => {
      // After these nothing works until the file is opened again.
      if (/FATAL|invalidated/.test(String(error))) this.giveUp();
      throw error;
    });
    const rows = reader
      .getRowObjectsJS()
      .map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
        ),
      );
    return { rows: rows as R[], numAffectedRows: BigInt(reader.rowsChanged) };
  }

  // biome-ignore lint/correctness/useYield: results of a store are read whole.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("DuckDB's results are read whole");
  }
}

/** Types are told: the package would take -0 for a whole number. */
function boundValue(value: unknown): [value: DuckDBValue, type: DuckDBType] {
  if (value === null || value === undefined) return [null, SQLNULL];
  if (typeof value === "boolean") return [value, BOOLEAN];
  if (typeof value === "string") return [value, VARCHAR];
  if (typeof value === "bigint") return [value, BIGINT];
  if (typeof value !== "number") throw new TypeError(`DuckDB: no parameter can be ${typeof value}`);
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? [BigInt(value), BIGINT] : [value, DOUBLE];
}

/** Of what the migrations ask for: which schemas and tables there are. */
function introspector(queries: Kysely<unknown>): DatabaseIntrospector {
  const getTables = async (): Promise<TableMetadata[]> => {
    const { rows } = await sql<{ schema: string; name: string }>`
      select table_schema as schema, table_name as name from information_schema.tables
      where table_catalog = current_database()`.execute(queries);
    return rows.map((row) => ({ ...row, isView: false, columns: [] }));
  };
  return {
    getTables,
    getSchemas: async () =>
      (
        await sql<{ name: string }>`select distinct schema_name as name from information_schema.schemata`.execute(
          queries,
        )
      ).rows,
    getMetadata: async () => ({ tables: await getTables() }),
  };
}
