import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { openStore } from "../../dist/store/open-store.js";
import { hasPostgres, postgresOfTests } from "../servers/postgres.ts";
import { printed, storeContract } from "./contract.ts";
import { metric, run } from "./runs.ts";

describe.skipIf(!hasPostgres)("a store in PostgreSQL (needs its programs)", () => {
  const server = postgresOfTests();
  let schemas = 0;

  storeContract(() => ({ url: server().url, options: { schema: `schema ${++schemas} "'; drop` } }));

  it("says what is wrong with an address", async () => {
    const other = createServer((_, answer) => answer.end("no database")).listen(0, "127.0.0.1");
    await once(other, "listening");
    const changed = (change: (url: URL) => void): string => {
      const url = new URL(server().url);
      change(url);
      return url.href;
    };
    const { port } = other.address() as AddressInfo;
    const user = new URL(server().url).username;
    const wrong: [url: string, message: string][] = [
      [changed((url) => (url.password = "other")), `password authentication failed for user "${user}"`],
      [changed((url) => (url.username = "nobody1")), 'password authentication failed for user "nobody1"'],
      [changed((url) => (url.pathname = "/none")), 'database "none" does not exist'],
      [changed((url) => (url.hostname = "none.invalid")), "there is no host none.invalid"],
      [changed((url) => (url.port = "1")), "nothing listens at 127.0.0.1:1"],
      [changed((url) => (url.port = `${port}`)), "the server ended the connection; is it PostgreSQL?"],
      ["postgres://u@/d?host=/none", "nothing listens at /none/.s.PGSQL.5432"],
      [server().url, "no run was ever written there, or this user may not look into the schema never"],
    ];
    try {
      for (const [url, message] of wrong) {
        const opened = openStore(url, { readOnly: true, schema: "never" });
        await expect(opened, url).rejects.toMatchObject({ name: "StoreError", message: `openStore: ${message}` });
      }
    } finally {
      other.close();
    }
  });

  it("never tells a password", async () => {
    const { url, password } = server();
    const wrong = "s3cr/et:@ word";
    const typed = encodeURIComponent(wrong);
    const urls = [
      ...[url.replace(encodeURIComponent(password), typed), `postgres://smirnov:${typed}@127.0.0.1:1/postgres`],
      ...[`postgres://smirnov:${typed}@127.0.0.1:99999/x`, `postgres://smirnov:${wrong}@127.0.0.1/x`],
      ...[`postgres://u:${typed}@no.such.host.invalid/x`, `mysql://u:${typed}@localhost/x`, `${typed}`],
      `postgres://127.0.0.1:1/x?user=u&password=${typed}`,
    ];
    for (const address of urls) {
      const error = await openStore(address, { timeout: 2000 }).then(
        () => expect.unreachable(),
        (caught) => caught,
      );
      expect(error.message).toMatch(/^openStore: ./);
      expect(printed(error)).not.toContain(wrong);
      expect(printed(error)).not.toContain(typed);
    }
    const store = await openStore(url);
    await server().stop();
    const error = await store.record(run(0)).catch((caught) => caught);
    expect(error).toMatchObject({ blame: "database" });
    expect(printed(error)).not.toContain(password);
    await server().start();
    await store.record(run(0));
    expect(printed(store)).not.toContain(password);
    await store.close();
  });

  it("has the values of a wide table's columns on few pages, so that one column's are soon read", async () => {
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: server().url });
    await client.connect();
    const store = await openStore(server().url, { schema: "wide" });
    const metrics = Array.from({ length: 10_000 }, (_, k) =>
      metric({ column: `column ${Math.floor(k / 25)}`, name: `metric ${k % 25}`, value: k }),
    );
    await store.record(run(0, { metrics }));
    const { rows } = await client.query(
      "select count(*)::int as rows, count(distinct (ctid::text::point)[0])::int as pages from wide.metric where name = 'metric 3'",
    );
    expect(rows[0].rows).toBe(400);
    expect(rows[0].pages).toBeLessThan(15);
    const told = await store.history({ dataset: "orders", name: "metric 3" });
    expect(told.map(({ value }) => value)).toEqual(Array.from({ length: 400 }, (_, k) => 25 * k + 3));
    await store.close();
    await client.end();
  });

  it("keeps its tables in the schema of the address", async () => {
    const url = `${server().url}?schema=my%20own`;
    const store = await openStore(url);
    await store.record(run(7));
    await store.close();
    const same = await openStore(server().url, { schema: "my own", readOnly: true });
    expect((await same.runs()).map(({ id }) => id)).toEqual([run(7).id]);
    await same.close();
  });

  it("keeps its tables in the schema smirnov, beside what is there", async () => {
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: server().url });
    await client.connect();
    await client.query("create table public.run (mine text)");
    const store = await openStore(server().url);
    await store.record(run(5));
    const { rows } = await client.query(
      "select table_name from information_schema.tables where table_schema = 'smirnov' order by 1",
    );
    expect(rows.map(({ table_name }) => table_name)).toEqual([
      ...["alert", "kind", "metric", "run", "smirnov_migration", "smirnov_migration_lock"],
    ]);
    await client.query("create role reader login password 'look'");
    await client.query("grant usage on schema smirnov to reader");
    await client.query("grant select on all tables in schema smirnov to reader");
    const reader = await openStore(server().url.replace(/\/\/.*@/, "//reader:look@"), { readOnly: true });
    expect((await reader.runs()).map(({ id }) => id)).toContain(run(5).id);
    await reader.close();
    await client.query("create role stranger login password 'look'");
    const stranger = openStore(server().url.replace(/\/\/.*@/, "//stranger:look@"), { readOnly: true });
    await expect(stranger).rejects.toThrow(
      /no run was ever written there, or this user may not look into the schema smirnov/,
    );
    await store.close();
    await client.query("drop table public.run");
    await client.end();
  });
});
