/** Databases of every older version become those of this one, and keep what is in them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, describe, expect, it } from "vitest";
import type { Database } from "../../dist/store/databases/database.js";
import { duckDb } from "../../dist/store/databases/duckdb.js";
import { postgres } from "../../dist/store/databases/postgres.js";
import { migratorOf } from "../../dist/store/migrate.js";
import { migrationNames } from "../../dist/store/migrations/index.js";
import { openStore } from "../../dist/store/open-store.js";
import { hasPostgres, postgresOfTests } from "../servers/postgres.ts";
import { alert, kind, run } from "./runs.ts";
import { tablesOf } from "./tables-of.ts";

interface Place {
  readonly url: string;
  readonly schema: string;
}

function upgrades(place: () => Place): void {
  const opened = ({ url, schema }: Place): Database => {
    const options = { schema, readOnly: false, timeout: 10_000, connections: 2 };
    return url.startsWith("postgres") ? postgres(url, options) : duckDb(url, options);
  };
  const withDatabase = async <T>(where: Place, work: (database: Database) => Promise<T>): Promise<T> => {
    const database = opened(where);
    try {
      return await work(database);
    } finally {
      await database.queries.destroy();
    }
  };
  /** As a Smirnov of that time left it. */
  const makeOlder = (where: Place, version: string) =>
    withDatabase(where, async (database) => {
      const { error } = await migratorOf(database).migrateTo(version);
      expect(error).toBeUndefined();
    });

  it.each(migrationNames)("come from %s to the tables of a new database", async (version) => {
    const [older, newest] = [place(), place()];
    await makeOlder(older, version);
    for (const where of [older, newest]) await (await openStore(where.url, { schema: where.schema })).close();
    const tables = await withDatabase(older, tablesOf);
    expect(tables).toEqual(await withDatabase(newest, tablesOf));
    expect(Object.keys(tables)).toEqual(["alert", "kind", "metric", "run"]);
  });

  it("keep the runs that they hold, and take what older tables had no place for", async () => {
    const where = place();
    await makeOlder(where, migrationNames[0]!);
    await withDatabase(where, ({ queries }) =>
      queries.transaction().execute(async (transaction) => {
        const key = "00000000-0000-0000-0000-000000000001";
        const moment = sql<Date>`cast('2026-11-26T10:00:00Z' as timestamptz)` as never;
        await transaction
          .insertInto("run")
          .values({
            ...{ key, id: "orders/old", window_key: key, dataset: "orders", model: null, model_version: null },
            ...{ window_start: moment, window_end: moment, revision: 1, as_of: moment, rows: 7, late_rows: 0 },
            ...{ status: "compared", reason: "", reference_hash: null, data_hash: null, config_hash: null },
            ...{ code_version: "0.1.0", seconds: 1, drifted: null, drifted_share: null },
          })
          .execute();
        const nothing = {
          column_name: "price",
          segment: null,
          of_name: null,
          side: null,
          method: null,
          value_text: null,
        };
        const others = {
          value_truth: null,
          p_value: null,
          effect: null,
          threshold: null,
          severity: null,
          status: null,
        };
        await transaction
          .insertInto("metric")
          .values({ run: key, position: 0, ...nothing, ...others, name: "drift", value: 0.5, n: null })
          .execute();
      }),
    );
    await expect(openStore(where.url, { schema: where.schema, readOnly: true })).rejects.toThrow(
      "openStore: its tables are of an older Smirnov; writing a run brings them up to date",
    );
    const stores = await Promise.all([1, 2, 3].map(() => openStore(where.url, { schema: where.schema })));
    const [store] = stores;
    await store!.record(run(1, { kinds: [kind()], alerts: [alert()] }));
    expect((await store!.history({ dataset: "orders" })).map(({ run: id, value }) => [id, value])).toEqual([
      ["orders/old", 0.5],
      [run(1).id, 1],
    ]);
    expect([await store!.kinds({ dataset: "orders" }), await store!.alerts()]).toMatchObject([[kind()], [alert()]]);
    await Promise.all(stores.map((one) => one.close()));
  });

  it("of a newer Smirnov are refused, and left as they are", async () => {
    const where = place();
    await (await openStore(where.url, { schema: where.schema })).close();
    await withDatabase(where, ({ queries }) =>
      queries
        .insertInto("smirnov_migration")
        .values({ name: "999-later", timestamp: new Date().toISOString() })
        .execute(),
    );
    for (const readOnly of [false, true]) {
      await expect(openStore(where.url, { schema: where.schema, readOnly })).rejects.toThrow(
        `openStore: its tables are of a newer Smirnov (999-later; this one knows them up to ${migrationNames.at(-1)}): update Smirnov`,
      );
    }
  });
}

describe("tables in DuckDB", () => {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-migrations-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let files = 0;
  upgrades(() => ({ url: join(folder, `${++files}.duckdb`), schema: "unused" }));
});

describe.skipIf(!hasPostgres)("tables in PostgreSQL (needs its programs)", () => {
  const server = postgresOfTests();
  let schemas = 0;
  upgrades(() => ({ url: server().url, schema: `version${++schemas}` }));
});
