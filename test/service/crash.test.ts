/** kill -9 under load: what was acknowledged is in exactly the windows of its time, once, or was counted as late. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { WindowResult } from "smirnov/monitor";
import { afterAll, expect, it, vi } from "vitest";
import { noon, patient, scratchFolder } from "./running.ts";

const program = fileURLToPath(new URL("./child.js", import.meta.url));
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

const windowLength = 10_000;
const lateness = 5_000;
const producers = 4;
const rowsOfRequest = 20;

interface Sent {
  readonly key: string;
  readonly times: readonly number[];
  sequence: number;
}

/** Starts the service, and tells where it is. */
async function started(folder: string, config: string): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(program, [config, folder], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  children.add(child);
  const [{ url }] = (await once(child, "message")) as [{ url: string }];
  return { child, url };
}

async function ended(child: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
  children.delete(child);
}

it("loses nothing and repeats nothing when it is killed again and again", async () => {
  const folder = scratchFolder();
  const config = join(folder, "monitor.json");
  const reports = 1000;
  const orders = {
    ...{ window: { duration: windowLength }, against: "previous", time: "time", lateness, reports, history: 5 },
    compare: { threads: 1 },
  };
  writeFileSync(
    config,
    JSON.stringify({
      ...{ listen: { port: 0 }, store: "none", snapshotEvery: "200ms", log: { level: "silent" } },
      ...{ datasets: { orders }, limits: { requestsPerMinute: 1e9 } },
    }),
  );
  let { child, url } = await started(folder, config);
  const acknowledged: Sent[] = [];
  let retries = 0;
  let asking = true;
  let clock = noon;
  const produce = async (producer: number): Promise<void> => {
    for (let k = 0; asking; k++) {
      clock += 150;
      // Some are out of order, and some so much that they are late.
      const begin = clock - (k % 7 === 3 ? 4_000 : 0) - (k % 23 === 11 ? 30_000 : 0);
      const times = Array.from({ length: rowsOfRequest }, (_, row) => begin + row * 10);
      const body = times.map((time) => `${JSON.stringify({ time, value: (time % 997) / 10, producer })}\n`).join("");
      const key = `${producer}-${k}`;
      for (;;) {
        try {
          const answer = await fetch(`${url}/v1/orders/rows`, {
            method: "POST",
            body,
            headers: { "content-type": "application/x-ndjson", "idempotency-key": key },
          });
          if (answer.status === 202) {
            const { sequence } = (await answer.json()) as { sequence: number };
            acknowledged.push({ key, times, sequence });
            break;
          }
          expect([429, 503]).toContain(answer.status);
        } catch (error) {
          // The connection was cut: nobody knows whether it was accepted.
          if (!(error instanceof TypeError)) throw error;
        }
        retries++;
        await wait(20);
      }
    }
  };
  const all = Array.from({ length: producers }, (_, producer) => produce(producer));
  /** Waits until so many more were acknowledged, and long enough for some snapshots. */
  const more = (count: number, pause: number) => {
    const wanted = acknowledged.length + count;
    return Promise.all([vi.waitUntil(() => acknowledged.length >= wanted, patient), wait(pause)]);
  };
  for (const [k, pause] of [900, 500, 700, 400, 1100].entries()) {
    await more(30 + 7 * k, pause);
    await ended(child, "SIGKILL");
    ({ child, url } = await started(folder, config));
  }
  await more(50, 500);
  asking = false;
  await Promise.all(all);
  await ended(child, "SIGTERM");

  expect(retries).toBeGreaterThan(4);
  expect(acknowledged.length).toBeGreaterThan(250);
  const sequences = acknowledged.map(({ sequence }) => sequence);
  expect(new Set(sequences).size).toBe(sequences.length);
  expect(Math.max(...sequences)).toBe(sequences.length);

  // By hand: rows in the order of their sequences; a row is late when its window has closed.
  const counts = new Map<number, number>();
  const ordered = [...acknowledged].sort((one, other) => one.sequence - other.sequence);
  let [latest, late] = [Number.NEGATIVE_INFINITY, 0];
  for (const { times } of ordered) {
    const watermark = latest - lateness;
    for (const time of times) {
      const start = Math.floor(time / windowLength) * windowLength;
      if (start + windowLength <= watermark) late++;
      else counts.set(start, (counts.get(start) ?? 0) + 1);
    }
    latest = Math.max(latest, ...times);
  }
  const shelf = join(folder, "smirnov-data", "datasets", "orders", "reports");
  const results = readdirSync(shelf)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(join(shelf, name), "utf8")) as WindowResult)
    .sort((one, other) => one.start - other.start);
  const closed = [...counts].filter(([start]) => start + windowLength <= latest - lateness);
  expect(Object.fromEntries(results.map(({ start, rows }) => [start, rows]))).toEqual(Object.fromEntries(closed));
  expect(results.map(({ index }) => index)).toEqual(results.map((_, k) => k));
  expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
  const told = results.reduce((sum, one) => sum + one.late, 0);
  // Those that came after the last window closed are told with the next one.
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThanOrEqual(late);

  // What is open goes on where it ended.
  ({ child, url } = await started(folder, config));
  const far = latest + 10 * windowLength;
  const body = JSON.stringify([{ time: far, value: 1, producer: 0 }]);
  const headers = { "content-type": "application/json" };
  expect((await fetch(`${url}/v1/orders/rows`, { method: "POST", body, headers })).status).toBe(202);
  for (const [start, rows] of counts) {
    await expect
      .poll(async () => {
        const windows = (await (await fetch(`${url}/v1/orders/windows?limit=1000`)).json()) as WindowResult[];
        return windows.find((one) => one.start === start)?.rows;
      })
      .toBe(rows);
  }
  const windows = (await (await fetch(`${url}/v1/orders/windows?limit=1000`)).json()) as WindowResult[];
  expect(windows.reduce((sum, one) => sum + one.late, 0)).toBe(late);
  await ended(child, "SIGTERM");
}, 300_000);
