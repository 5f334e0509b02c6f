/** Windows of event time whose source has died: they close by the clock, and their emptiness can be alerted on. */
import { cpSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { noon, type Running, rowsFrom, running, scratchFolder } from "./running.ts";

const url = "/v1/orders/rows";
const orders = { window: { duration: "1s" }, time: "time", against: "previous", idle: "1s" } as const;
const datasets = { orders };
const alerts = [{ name: "no data", when: { metric: "rows", lt: 1 } }] as const;

interface Window {
  readonly id: string;
  readonly start: number;
  readonly rows: number;
  readonly late: number;
  readonly status: string;
}

async function windowsOf({ ask }: Pick<Running, "ask">): Promise<Window[]> {
  const found: Window[] = JSON.parse((await ask({ url: "/v1/orders/windows?limit=1000" })).body);
  return found.map(({ id, start, rows, late, status }) => ({ id, start, rows, late, status }));
}

/** Rows of the last half second. */
const rowsNow = () => Array.from({ length: 50 }, (_, k) => ({ time: Date.now() - 10 * k, price: k }));

describe("a source that has died", () => {
  it("has its windows told, and those that are empty, for which an alert fires", async () => {
    const { ask } = await running({ datasets, alerts, store: "duckdb:metrics.duckdb" });
    await ask({ url, json: rowsNow() });
    await expect
      .poll(async () => (await ask({ url: "/v1/orders/alerts" })).body, { timeout: 10_000 })
      .toContain("no data");
    const windows = await windowsOf({ ask });
    expect(windows.reduce((sum, { rows }) => sum + rows, 0)).toBe(50);
    expect(windows.at(-1)).toMatchObject({ rows: 0, status: "empty" });
    for (const [k, { start }] of windows.entries()) expect(start).toBe((windows[0] as Window).start + 1000 * k);
    // What comes then finds the window of now open.
    expect((await ask({ url, json: [{ time: Date.now(), price: 1 }] })).status).toBe(202);
    const rowsTold = async () => (await windowsOf({ ask })).reduce((sum, { rows }) => sum + rows, 0);
    await expect.poll(rowsTold, { timeout: 15_000 }).toBe(51);
    expect((await windowsOf({ ask })).reduce((sum, { late }) => sum + late, 0)).toBe(0);
  }, 40_000);

  it("is the same after a crash: windows that the clock closed stay closed", async () => {
    const [folder, copy] = [scratchFolder(), scratchFolder()];
    const one = await running({ datasets }, { folder });
    await one.ask({ url, json: rowsNow() });
    await expect.poll(async () => (await windowsOf(one)).length, { timeout: 10_000 }).toBeGreaterThan(1);
    const before = await windowsOf(one);
    const [first] = before as [Window];
    // For the clock's records alone: no state was written. One of a window that was not told yet may be among them.
    cpSync(folder, copy, { recursive: true, filter: (path) => !/lock$|\.alive$/.test(path) });
    await one.ask({ url, json: [{ time: first.start, price: 1 }] });
    await one.service.close();
    const two = await running({ datasets: { orders: { ...orders, idle: "1h" } } }, { folder: copy });
    await two.service.idle();
    const told = await windowsOf(two);
    expect(told.slice(0, before.length)).toEqual(before);
    expect(told.slice(before.length).map(({ rows, late }) => [rows, late])).toEqual(
      told.slice(before.length).map(() => [0, 0]),
    );
    await two.ask({ url, json: [{ time: first.start, price: 1 }] });
    await two.ask({ url, json: [{ time: Date.now() + 5000, price: 1 }] });
    await two.service.idle();
    const after = await windowsOf(two);
    expect(after.slice(0, told.length)).toEqual(told);
    expect(after.reduce((sum, { late }) => sum + late, 0)).toBe(1);
  }, 30_000);

  it("is known after a restart, from which on it may send again", async () => {
    const folder = scratchFolder();
    const one = await running({ datasets: { orders: { ...orders, idle: "2s" } } }, { folder });
    await one.ask({ url, json: rowsNow() });
    await one.service.close();
    await wait(2200);
    const two = await running({ datasets: { orders: { ...orders, idle: "2s" } } }, { folder });
    await wait(1200);
    const [, ...later] = await windowsOf(two);
    expect(later).toEqual([]);
    await expect.poll(async () => (await windowsOf(two)).length, { timeout: 10_000 }).toBeGreaterThan(2);
  }, 30_000);
});

describe("what is no dead source", () => {
  it("history: time stands still until more of it comes", async () => {
    const { ask, service } = await running({ datasets });
    await ask({ url, json: rowsFrom(noon - 365 * 86_400_000, 10) });
    await wait(3200);
    expect(await windowsOf({ ask })).toHaveLength(9);
    await ask({ url, json: rowsFrom(noon - 365 * 86_400_000 + 9000, 10) });
    await service.idle();
    const windows = await windowsOf({ ask });
    expect(windows.map(({ rows, late }) => [rows, late])).toEqual([
      ...Array(9).fill([1, 0]),
      [2, 0],
      ...Array(8).fill([1, 0]),
    ]);
  }, 30_000);

  it("batches that come more seldom, the first of them too", async () => {
    const { ask, service } = await running({ datasets });
    const batch = () => Array.from({ length: 4 }, (_, k) => ({ time: Date.now() - 1000 * k, price: k }));
    await ask({ url, json: batch() });
    await wait(3200);
    await ask({ url, json: batch() });
    await service.idle();
    expect((await windowsOf({ ask })).reduce((sum, { late }) => sum + late, 0)).toBe(0);
  }, 30_000);

  it("never, where the configuration says so", async () => {
    const { ask } = await running({ datasets: { orders: { ...orders, idle: "never" } } });
    await ask({ url, json: [{ time: Date.now(), price: 1 }] });
    await wait(3200);
    expect(await windowsOf({ ask })).toEqual([]);
  }, 30_000);
});
