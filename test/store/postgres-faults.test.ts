/** What becomes of runs when PostgreSQL, or the process that writes them, ends in the middle. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import type { RunRecord } from "../../dist/store/metric-store.js";
import { openStore } from "../../dist/store/open-store.js";
import { spoolingStore } from "../../dist/store/spooling-store.js";
import { hasPostgres, postgresOfTests } from "../servers/postgres.ts";
import { until } from "./faulty.ts";
import { metric, run } from "./runs.ts";

const folder = mkdtempSync(join(tmpdir(), "smirnov-faults-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const retry = { first: 10, longest: 50 };
const withMetrics = (index: number) =>
  run(index, { metrics: Array.from({ length: 200 }, (_, k) => metric({ column: `c${k}`, value: index })) });

describe.skipIf(!hasPostgres)("PostgreSQL that stops (needs its programs)", () => {
  const server = postgresOfTests();

  /** Ids in the order in which they were inserted, and how many rows each has. */
  async function written(schema: string): Promise<{ ids: string[]; metrics: number[] }> {
    const client = new pg.Client({ connectionString: server().url });
    await client.connect();
    try {
      const { rows } = await client.query(
        `select id, (select count(*)::int from ${schema}.metric where run = key) as metrics from ${schema}.run order by ${schema}.run.ctid`,
      );
      return { ids: rows.map(({ id }) => id), metrics: rows.map(({ metrics }) => metrics) };
    } finally {
      await client.end();
    }
  }

  it("loses no run, keeps their order, and has each once", async () => {
    const schema = "stopped";
    const store = await openStore(server().url, { schema, timeout: 5000 });
    const spooling = await spoolingStore(store, join(folder, schema), { retry });
    const runs = Array.from({ length: 120 }, (_, index) => withMetrics(index));
    let [recorded, most] = [0, 0];
    const recording = (async () => {
      for (const one of runs) {
        await spooling.record(one);
        recorded++;
        most = Math.max(most, spooling.waiting);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    })();
    // In the middle of transactions, twice.
    for (let times = 0; times < 2; times++) {
      await until(() => recorded >= 15 + 50 * times);
      await server().stop();
      await until(() => spooling.waiting > 3 || recorded === runs.length);
      await server().start();
    }
    await recording;
    await until(() => spooling.waiting === 0);
    expect(most).toBeGreaterThan(3);
    expect(spooling.refused).toBe(0);
    const found = await written(schema);
    expect(found.ids).toEqual(runs.map(({ id }) => id));
    expect(new Set(found.metrics)).toEqual(new Set([200]));
    await spooling.close();
  });

  it("gets what a process that was killed had told to be recorded, from the next process", async () => {
    const schema = "killed";
    const place = join(folder, schema);
    const child = (runs: readonly RunRecord[]) => {
      const script = fileURLToPath(new URL("./spooling-child.js", import.meta.url));
      const process_ = spawn(process.execPath, [script, server().url, place, schema, JSON.stringify(runs)]);
      const told: string[] = [];
      process_.stdout.setEncoding("utf8").on("data", (text: string) => told.push(...text.trim().split("\n")));
      const ended = new Promise((resolve) => process_.on("close", resolve));
      const kill = async () => {
        process_.kill("SIGKILL");
        await ended;
      };
      return { told, kill };
    };
    await server().stop();
    const first = child([0, 1, 2, 3, 4].map((index) => run(index)));
    await until(() => first.told.length === 5);
    await first.kill();
    // The second one finds the database again and is killed at some point.
    await server().start();
    const second = child(Array.from({ length: 40 }, (_, index) => run(5 + index)));
    await until(() => second.told.length > 10);
    await second.kill();
    const spooling = await spoolingStore(() => openStore(server().url, { schema }), place, { retry });
    await until(() => spooling.waiting === 0);
    await spooling.record(run(100));
    await until(() => spooling.waiting === 0);
    const { ids } = await written(schema);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of [...first.told, ...second.told, run(100).id]) expect(ids).toContain(id);
    expect(ids).toEqual([...ids].sort());
    await spooling.close();
  });

  it("takes the runs of two writers at once, each once", async () => {
    const schema = "twins";
    const [one, other] = await Promise.all(["one", "other"].map(() => openStore(server().url, { schema })));
    const runs = Array.from({ length: 40 }, (_, index) => withMetrics(index));
    const shuffled = [...runs].reverse();
    await Promise.all(
      [
        [one!, runs],
        [other!, shuffled],
      ].map(async ([store, some]) => {
        for (const each of some as RunRecord[]) await (store as typeof one)!.record(each);
      }),
    );
    const { ids, metrics } = await written(schema);
    expect([...ids].sort()).toEqual(runs.map(({ id }) => id).sort());
    expect(new Set(metrics)).toEqual(new Set([200]));
    await Promise.all([one!.close(), other!.close()]);
  });
});
