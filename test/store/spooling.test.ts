import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serialize } from "node:v8";
import { afterAll, describe, expect, it } from "vitest";
import { openSpool } from "../../dist/spool/open-spool.js";
import { openStore } from "../../dist/store/open-store.js";
import { runToBytes } from "../../dist/store/run-bytes.js";
import { type SpoolingOptions, spoolingStore } from "../../dist/store/spooling-store.js";
import { StoreError } from "../../dist/store/store-error.js";
import { faulty, lostConnection, until } from "./faulty.ts";
import { metric, run } from "./runs.ts";

const folder = mkdtempSync(join(tmpdir(), "smirnov-spooling-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => join(folder, String(++folders));
const retry = { first: 1, longest: 5 };
const ids = (indices: readonly number[]) => indices.map((index) => run(index).id);
const upTo = (count: number) => Array.from({ length: count }, (_, k) => k);

describe("a spooling store", () => {
  it("writes at once while the database answers, and leaves nothing on the disk", async () => {
    const store = faulty(await openStore("duckdb::memory:"));
    const spooling = await spoolingStore(store, newFolder(), { retry });
    await spooling.record(run(0));
    expect(store.order).toEqual([run(0).id]);
    expect([spooling.waiting, spooling.refused, spooling.lastError]).toEqual([0, 0, null]);
    expect(await spooling.history({ dataset: "orders" })).toHaveLength(1);
    expect(await spooling.runs()).toHaveLength(1);
    expect(await spooling.kinds({ dataset: "orders" })).toEqual([]);
    expect(await spooling.alerts()).toEqual([]);
    expect(await spooling.prune(run(1).windowEnd)).toBe(1);
    await spooling.close();
    await expect(spooling.record(run(1))).rejects.toThrow("record: the store is closed");
  });

  it("keeps what comes while the database is away, and writes it later, in order, once", async () => {
    const store = faulty(await openStore("duckdb::memory:"));
    const logged: string[] = [];
    const spooling = await spoolingStore(store, newFolder(), { retry, log: (level) => logged.push(level) });
    let isDown = false;
    store.before = () => {
      if (isDown) throw lostConnection();
    };
    for (const index of upTo(30)) {
      isDown = index % 10 >= 4;
      await spooling.record(run(index));
      if (index === 7) {
        expect(spooling.waiting).toBe(4);
        expect(spooling.lastError).toBe("connect ECONNREFUSED 127.0.0.1:5432");
      }
    }
    isDown = false;
    await until(() => spooling.waiting === 0 && spooling.lastError === null);
    expect(store.order).toEqual(ids(upTo(30)));
    expect(await spooling.history({ dataset: "orders" })).toHaveLength(30);
    expect(logged).toContain("warn");
    expect(logged.at(-1)).toBe("info");
    await spooling.close();
  });

  it("keeps the order of runs that come together", async () => {
    const store = faulty(await openStore("duckdb::memory:"));
    const spooling = await spoolingStore(store, newFolder(), { retry });
    let calls = 0;
    store.before = async () => {
      await new Promise((resolve) => setTimeout(resolve, calls % 3));
      if (calls++ % 4 === 1) throw lostConnection();
    };
    await Promise.all(upTo(40).map((index) => spooling.record(run(index))));
    await until(() => spooling.waiting === 0);
    expect(store.order).toEqual(ids(upTo(40)));
    await spooling.close();
  });

  it("writes a run once, although its answer was lost", async () => {
    const inner = await openStore("duckdb::memory:");
    const store = faulty(inner);
    const spooling = await spoolingStore(store, newFolder(), { retry });
    const seen = new Map<string, number>();
    store.after = ({ id }) => {
      seen.set(id, (seen.get(id) ?? 0) + 1);
      // The transaction is done: the first two times nobody hears of it.
      if (seen.get(id)! <= 2) throw lostConnection();
    };
    for (const index of upTo(5)) await spooling.record(run(index));
    await until(() => spooling.waiting === 0);
    expect([...seen.values()]).toEqual([3, 3, 3, 3, 3]);
    expect((await inner.history({ dataset: "orders" })).map(({ value }) => value)).toEqual(upTo(5));
    await spooling.close();
  });

  it("writes what was left by one that was closed, or never was, before what comes", async () => {
    const place = newFolder();
    const down = faulty(await openStore("duckdb::memory:"));
    down.before = () => {
      throw lostConnection();
    };
    const strange = run(1, { metrics: [metric({ value: -0, column: "nul\0 \ud800" }), metric({ value: 1e-300 })] });
    const first = await spoolingStore(down, place, { retry });
    await first.record(run(0));
    await first.record(strange);
    expect(first.waiting).toBe(2);
    await first.close();
    const path = `${place}.duckdb`;
    let tries = 0;
    const second = await spoolingStore(
      async () => {
        // Nobody can open it at first.
        if (++tries < 4) throw lostConnection();
        return openStore(path);
      },
      place,
      { retry },
    );
    expect(second.waiting).toBe(2);
    await second.record(run(2));
    await until(() => second.waiting === 0);
    expect(tries).toBeGreaterThanOrEqual(4);
    const found = await second.history({ dataset: "orders" });
    expect(found.map(({ column, value }) => [column, value])).toEqual([
      ["price", 0],
      ["nul\0 \ud800", -0],
      ["price", 1e-300],
      ["price", 2],
    ]);
    await second.close();
  });

  it("sets aside a run that the database refuses, and goes on with those behind it", async () => {
    const place = newFolder();
    const store = faulty(await openStore("duckdb::memory:"));
    const logged: string[] = [];
    const spooling = await spoolingStore(store, place, {
      retry,
      log: (level, message) => logged.push(`${level}: ${message}`),
    });
    // Revisions are counted in 32 bits.
    const poison = run(1, { revision: 2 ** 40 });
    await spooling.record(run(0));
    await spooling.record(poison);
    expect([spooling.refused, spooling.waiting]).toEqual([1, 0]);
    store.before = () => {
      throw lostConnection();
    };
    for (const one of [run(2), { ...poison, id: "another" }, run(3)]) await spooling.record(one);
    expect(spooling.waiting).toBe(3);
    store.before = () => {};
    await until(() => spooling.waiting === 0);
    expect(store.order).toEqual(ids([0, 2, 3]));
    expect(spooling.refused).toBe(2);
    const kept = readdirSync(join(place, "refused")).sort();
    expect(kept).toHaveLength(2);
    const { error, run: found } = JSON.parse(readFileSync(join(place, "refused", kept[0]!), "utf8"));
    expect(found).toEqual(JSON.parse(JSON.stringify(poison)));
    expect(error).toMatch(/^record: Conversion Error|^record: .*range/i);
    expect(logged.filter((line) => line.startsWith("error: a run was refused, and is kept in "))).toHaveLength(2);
    await spooling.close();
  });

  it("sets aside a run that fails again and again for no reason that is known, while the database answers", async () => {
    const store = faulty(await openStore("duckdb::memory:"));
    const options: SpoolingOptions = { retry, attempts: 3 };
    const spooling = await spoolingStore(store, newFolder(), options);
    let tries = 0;
    store.before = ({ id }) => {
      if (id !== run(1).id) return;
      tries++;
      throw new StoreError("record: strange", "unknown");
    };
    for (const index of upTo(3)) await spooling.record(run(index));
    await until(() => spooling.waiting === 0);
    expect(store.order).toEqual(ids([0, 2]));
    // Once at once, three times from the spool.
    expect([tries, spooling.refused]).toEqual([4, 1]);
    await spooling.close();
  });

  it("waits for as long as it takes where the database does not answer", async () => {
    const store = faulty(await openStore("duckdb::memory:"));
    const runs = store.runs;
    let isDown = true;
    store.runs = async (query) => {
      if (isDown) throw new Error("strange too");
      return runs(query);
    };
    let tries = 0;
    store.before = () => {
      tries++;
      if (isDown) throw new Error("strange");
    };
    const spooling = await spoolingStore(store, newFolder(), { retry: { first: 1, longest: 1 }, attempts: 2 });
    await spooling.record(run(0));
    await until(() => tries > 20);
    isDown = false;
    await until(() => spooling.waiting === 0);
    expect([store.order, spooling.refused]).toEqual([ids([0]), 0]);
    await spooling.close();
  });

  it("sets aside bytes that hold no run, and writes what is behind them", async () => {
    const place = newFolder();
    const spool = await openSpool(join(place, "waiting"));
    for (const bytes of [Uint8Array.of(1, 2, 3), serialize({ format: 99 }), serialize({ format: 1, run: { id: 3 } })]) {
      await spool.append(bytes);
    }
    await spool.append(runToBytes(run(0)));
    await spool.close();
    const spooling = await spoolingStore(await openStore("duckdb::memory:"), place, { retry });
    await until(() => spooling.waiting === 0);
    expect(spooling.refused).toBe(3);
    expect(await spooling.runs()).toHaveLength(1);
    expect(readdirSync(join(place, "refused"))).toHaveLength(3);
    await spooling.close();
  });

  it("says what is wrong with a run or an option, and spools none of it", async () => {
    const store = await openStore("duckdb::memory:");
    const place = newFolder();
    const spooling = await spoolingStore(store, place, { retry });
    await expect(spooling.record({ ...run(0), rows: -1 })).rejects.toThrow(RangeError);
    expect(spooling.waiting).toBe(0);
    await expect(spoolingStore(store, place)).rejects.toMatchObject({ name: "SpoolLocked" });
    await spooling.close();
    await expect(spoolingStore(null as never, place)).rejects.toThrow(TypeError);
    await expect(spoolingStore(store, "")).rejects.toThrow(TypeError);
    await expect(spoolingStore(store, place, { attempts: 0 })).rejects.toThrow(RangeError);
    await expect(spoolingStore(store, place, { retry: { first: 0, longest: 1 } })).rejects.toThrow(RangeError);
    await expect(spoolingStore(store, place, { other: 1 } as never)).rejects.toThrow(RangeError);
  });
});
