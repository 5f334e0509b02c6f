/** PostgreSQL through `pg`. */
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { type ColumnKind, type MetricRow, metricColumns, type Tables } from "../tables.js";
import type { Database, DatabaseOptions } from "./database.js";

const arrays = { number: sql`float8[]`, text: sql`text[]`, truth: sql`boolean[]` } as const satisfies Record<
  ColumnKind,
  unknown
>;
const names = Object.keys(metricColumns) as (keyof MetricRow)[];

/** Whole numbers of 64 bits come as texts by default; counts of rows are below 2^53. */
const bigint = 20;

export function postgres(url: string, { schema, timeout, connections }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: timeout,
    query_timeout: timeout,
    keepAlive: true,
    allowExitOnIdle: true,
    application_name: "smirnov",
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === bigint ? Number : pg.types.getTypeParser(oid, format as "text"),
    },
  });
  // Connections that nobody uses may be lost; the next query opens another.
  pool.on("error", () => {});
  // One that is lost between two queries of a transaction fails the next of them.
  pool.on("connect", (client) => client.on("error", () => {}));
  const queries = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    queries: queries.withSchema(schema),
    traits: { indexes: true },
    schema,
    async insertMetrics(transaction, run, given) {
      const rows = byName(given);
      // One parameter a column, whatever the number of rows: there may be 65 535.
      const columns = names.map((name) => sql`${rows.map((row) => asText(row[name]))}::${arrays[metricColumns[name]]}`);
      await transaction
        .insertInto("metric")
        .columns(["run", ...names])
        .expression(sql`select ${run}::uuid, * from unnest(${sql.join(columns)})`)
        .execute();
    },
    // Left to PostgreSQL's autovacuum.
    async reclaim() {},
  };
}

/**
 * Rows of one name beside each other, as they are asked for: the values of a wide table's columns then are on a few pages of the
 * database, and not each on another.
 */
function byName(rows: readonly MetricRow[]): MetricRow[] {
  const groups = new Map<string, MetricRow[]>();
  for (const row of rows) {
    const group = groups.get(row.name);
    if (group) group.push(row);
    else groups.set(row.name, [row]);
  }
  return [...groups.values()].flat();
}

/** `pg` would write -0 as 0. */
function asText<T>(value: T): T | string {
  return Object.is(value, -0) ? "-0" : value;
}
