/** Windows of event time whose source has died: they close by the clock, and their emptiness can be alerted on. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { copyOf, noon, type Running, rowsFrom, running, scratchFolder } from "./running.ts";

const url = "/v1/orders/rows";
const orders = { window: { duration: "1s" }, time: "time", against: "previous", idle: "1s" } as const;
const datasets = { orders };
const alerts = [{ name: "no data", when: { metric: "rows", lt: 1 } }] as const;

// The clock is ours, so that no test depends on how fast the machine is.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"], now: noon + 250 }));
afterEach(() => void vi.useRealTimers());

/** Lets time pass, while a service does between its looks at the clock what it has to do. */
async function pass(milliseconds: number, { service }: Running): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 100) {
    vi.advanceTimersByTime(100);
    await service.idle();
  }
}

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
    const one = await running({ datasets, alerts, store: "duckdb:metrics.duckdb" });
    const { ask } = one;
    await ask({ url, json: rowsNow() });
    await pass(900, one);
    expect(await windowsOf(one)).toMatchObject([{ start: noon - 1000, rows: 24 }]);
    await pass(1200, one);
    await expect.poll(async () => (await ask({ url: "/v1/orders/alerts" })).body).toContain("no data");
    const windows = await windowsOf(one);
    expect(windows.map(({ start, rows }) => [start - noon, rows])).toEqual([
      [-1000, 24],
      [0, 26],
      [1000, 0],
    ]);
    expect(windows.at(-1)).toMatchObject({ rows: 0, status: "empty" });
    // What comes then finds the window of now open.
    expect((await ask({ url, json: [{ time: Date.now(), price: 1 }] })).status).toBe(202);
    await pass(3500, one);
    const later = await windowsOf(one);
    expect(later.reduce((sum, { rows }) => sum + rows, 0)).toBe(51);
    expect(later.reduce((sum, { late }) => sum + late, 0)).toBe(0);
  });

  it("is the same after a crash: windows that the clock closed stay closed", async () => {
    const folder = scratchFolder();
    const one = await running({ datasets }, { folder });
    await one.ask({ url, json: rowsNow() });
    await pass(2000, one);
    const before = await windowsOf(one);
    expect(before.map(({ rows }) => rows)).toEqual([24, 26, 0]);
    const [first] = before as [Window];
    // For the clock's records alone: no state was written.
    const copy = copyOf(folder);
    await one.ask({ url, json: [{ time: first.start, price: 1 }] });
    await one.service.close();
    const two = await running({ datasets: { orders: { ...orders, idle: "1h" } } }, { folder: copy });
    await two.service.idle();
    expect(await windowsOf(two)).toEqual(before);
    await two.ask({ url, json: [{ time: first.start, price: 1 }] });
    await two.ask({ url, json: [{ time: Date.now() + 5000, price: 1 }] });
    await two.service.idle();
    const after = await windowsOf(two);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.reduce((sum, { late }) => sum + late, 0)).toBe(1);
  });

  it("is known after a restart, from which on it may send again", async () => {
    const folder = scratchFolder();
    const one = await running({ datasets: { orders: { ...orders, idle: "2s" } } }, { folder });
    await one.ask({ url, json: rowsNow() });
    await one.service.close();
    vi.advanceTimersByTime(2200);
    const two = await running({ datasets: { orders: { ...orders, idle: "2s" } } }, { folder });
    await pass(1900, two);
    expect(await windowsOf(two)).toHaveLength(1);
    await pass(2000, two);
    expect((await windowsOf(two)).length).toBeGreaterThan(2);
  });
});

describe("what is no dead source", () => {
  it("history: time stands still until more of it comes", async () => {
    const one = await running({ datasets });
    const { ask, service } = one;
    await ask({ url, json: rowsFrom(noon - 365 * 86_400_000, 10) });
    await pass(3200, one);
    expect(await windowsOf({ ask })).toHaveLength(9);
    await ask({ url, json: rowsFrom(noon - 365 * 86_400_000 + 9000, 10) });
    await service.idle();
    const windows = await windowsOf({ ask });
    expect(windows.map(({ rows, late }) => [rows, late])).toEqual([
      ...Array(9).fill([1, 0]),
      [2, 0],
      ...Array(8).fill([1, 0]),
    ]);
  });

  it("batches that come more seldom, the first of them too", async () => {
    const one = await running({ datasets });
    const { ask, service } = one;
    const batch = () => Array.from({ length: 4 }, (_, k) => ({ time: Date.now() - 1000 * k, price: k }));
    await ask({ url, json: batch() });
    await pass(3200, one);
    await ask({ url, json: batch() });
    await service.idle();
    expect((await windowsOf({ ask })).reduce((sum, { late }) => sum + late, 0)).toBe(0);
  });

  it("never, where the configuration says so", async () => {
    const one = await running({ datasets: { orders: { ...orders, idle: "never" } } });
    await one.ask({ url, json: [{ time: Date.now(), price: 1 }] });
    await pass(3200, one);
    expect(await windowsOf(one)).toEqual([]);
  });
});
