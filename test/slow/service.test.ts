/**
 * Ten minutes of abuse, and a database that is away for a minute. Slow: run with `SLOW=1`; `ABUSE_SECONDS` and `AWAY_SECONDS` set
 * how long they take.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { hasPostgres, startPostgres } from "../servers/postgres.ts";
import { lines, noon, rowsFrom, running, scratchFolder, token } from "../service/running.ts";

const abuseSeconds = Number(process.env.ABUSE_SECONDS ?? 600);
const awaySeconds = Number(process.env.AWAY_SECONDS ?? 60);
const program = fileURLToPath(new URL("../service/child.js", import.meta.url));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

/** What a service holds when nobody asks anything of it. */
interface Sample {
  readonly requests: number;
  /** Bytes that are referred to: of the heap, and of buffers, shared ones too. */
  readonly live: number;
  /** Resident bytes: those, free ones that the allocators keep, those of the threads, code. */
  readonly resident: number;
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] as number;

/** Bytes a request: the median of the slopes between any two samples. */
function slopeOf(samples: readonly Sample[]): number {
  const slopes = samples.flatMap((one, k) =>
    samples.slice(k + 1).map((other) => (other.live - one.live) / (other.requests - one.requests)),
  );
  return median(slopes);
}

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

describe.skipIf(!process.env.SLOW)("a service that is abused", () => {
  it("does not grow, and serves those who behave", { timeout: (abuseSeconds + 300) * 1000 }, async () => {
    const folder = scratchFolder();
    const config = join(folder, "monitor.json");
    writeFileSync(
      config,
      JSON.stringify({
        ...{
          listen: { port: 0 },
          store: "none",
          log: { level: "silent" },
          auth: { tokens: [token] },
          snapshotEvery: "5s",
          // As many as there may be long before it is over.
          idempotency: { keys: 200 },
        },
        limits: { bodyBytes: 1e6, pendingBytes: 2e7, requestsPerMinute: 1e9, requestTimeout: "2s", subscribers: 10 },
        // Small windows: of the latest 256 events are remembered, and of 200 windows the scores.
        datasets: { orders: { window: { rows: 500 }, against: "previous", time: "time", reports: 5 } },
      }),
    );
    const child = fork(program, [config, folder], {
      ...{ stdio: ["ignore", "inherit", "inherit", "ipc"], execArgv: ["--expose-gc"] },
    });
    children.push(child);
    const [{ url }] = (await once(child, "message")) as [{ url: string }];
    const { hostname, port } = new URL(url);
    const rows = `${url}/v1/orders/rows`;
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/x-ndjson" };
    const bomb = gzipSync(" ".repeat(20_000_000));
    const broken = `${lines(rowsFrom(noon, 500))}{"price":`;
    const huge = lines(rowsFrom(noon, 20_000));
    const post = async (body: BodyInit, more: object = {}) => {
      const answer = await fetch(rows, { method: "POST", body, headers: { ...headers, ...more } });
      await answer.arrayBuffer();
      return answer.status;
    };
    let k = 0;
    const abuses: (() => Promise<unknown>)[] = [
      async () => expect(await post(broken)).toBe(400),
      async () => expect(await post(huge).catch(() => 413)).toBe(413),
      async () => expect(await post(new Uint8Array(bomb), { "content-encoding": "gzip" }).catch(() => 413)).toBe(413),
      async () => expect(await post("[]", { authorization: `Bearer guess-${k}-guess-guess` })).toBe(401),
      async () => expect(await post('{"price":"cheap"}\n')).toBe(422),
      async () =>
        expect((await fetch(`${url}/v1/other-${k}/rows`, { method: "POST", headers, body: "x" })).status).toBe(404),
      async () => {
        // Half a request, and no more.
        const socket = connect(Number(port), hostname).on("error", () => {});
        socket.write(
          `POST /v1/orders/rows HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n[`,
        );
        setTimeout(() => socket.destroy(), k % 2 === 0 ? 100 : 5000).unref();
        await later(5);
      },
      async () => {
        // Whoever listens, and goes.
        const stop = new AbortController();
        await fetch(`${url}/v1/events`, { headers, signal: stop.signal });
        await later(20);
        stop.abort();
      },
      async () => post(lines(rowsFrom(noon + 1000 * k, 200)), { "idempotency-key": `key-${k}` }),
    ];
    let accepted = 0;
    let [busy, isQuiet] = [0, false];
    const until = Date.now() + abuseSeconds * 1000;
    /** Requests that follow each other, but for the time in which memory is looked at. */
    const again = async (ask: () => Promise<unknown>, pause: number) => {
      while (Date.now() < until) {
        if (isQuiet) {
          await later(50);
          continue;
        }
        busy++;
        await ask().finally(() => busy--);
        await later(pause);
      }
    };
    let n = 0;
    const behave = async () => {
      const begun = performance.now();
      const status = await post(lines(rowsFrom(noon + 100_000 * n++, 100)));
      if (status === 202) accepted++;
      expect([202, 429]).toContain(status);
      expect(performance.now() - begun).toBeLessThan(5000);
    };
    const page = async () => (await fetch(`${url}/metrics`, { headers })).text();
    const sampled = async (): Promise<Sample> => {
      isQuiet = true;
      while (busy > 0) await later(20);
      // Half requests and listeners are gone by then.
      await later(2500);
      await expect.poll(page, { timeout: 20_000 }).toMatch(/^smirnov_pending_bytes 0$/m);
      child.send("memory");
      const [{ heapUsed, external, arrayBuffers, rss }] = (await once(child, "message")) as [NodeJS.MemoryUsage];
      isQuiet = false;
      return { requests: k + n, live: heapUsed + external + arrayBuffers, resident: rss };
    };
    const samples: Sample[] = [];
    const sample = async () => {
      while (Date.now() < until) {
        await later((abuseSeconds / 24) * 1000);
        samples.push(await sampled());
      }
    };
    const abuse = () => again(async () => abuses[k++ % abuses.length]?.(), 0);
    await Promise.all([abuse(), abuse(), abuse(), again(behave, 100), sample()]);
    expect(accepted).toBeGreaterThan(abuseSeconds / 2);
    // Before that code is compiled, and what is remembered fills.
    const settled = samples.slice(samples.length / 3);
    const [begin, end] = [settled[0] as Sample, settled.at(-1) as Sample];
    const slope = slopeOf(settled);
    const growth = slope * (end.requests - begin.requests);
    const resident = settled.map((one) => one.resident);
    const [early, late] = [resident.slice(0, resident.length >> 1), resident.slice(resident.length >> 1)].map(
      median,
    ) as [number, number];
    console.log(
      `${end.requests} requests, ${accepted} accepted; from request ${begin.requests} on live MiB ` +
        `${settled.map(({ live }) => mebibytes(live)).join(" ")}: ${slope.toFixed(1)} bytes a request, ` +
        `${mebibytes(growth)} MiB in all; resident ${mebibytes(early)}, then ${mebibytes(late)} MiB ` +
        `(${resident.map(mebibytes).join(" ")})`,
    );
    expect(growth).toBeLessThan(1.5 * 2 ** 20);
    // What the allocators keep for later goes up and down by tens of MiB.
    expect(late - early).toBeLessThan(32 * 2 ** 20);
    child.kill("SIGTERM");
    await once(child, "exit");
  });
});

describe.skipIf(!process.env.SLOW || !hasPostgres)("a database that is away (needs PostgreSQL)", () => {
  it("gets everything later, in order, once", { timeout: (awaySeconds + 180) * 1000 }, async () => {
    const database = await startPostgres();
    afterAll(() => database.remove());
    const orders = { window: { duration: "1m" }, time: "time", against: "previous" } as const;
    const { ask, service } = await running({ datasets: { orders }, store: database.url });
    let minute = 0;
    const send = async (count: number) => {
      for (let k = 0; k < count; k++) {
        const begun = performance.now();
        const answer = await ask({ url: "/v1/orders/rows", json: rowsFrom(noon + 60_000 * minute++, 60) });
        expect(answer.status).toBe(202);
        expect(performance.now() - begun).toBeLessThan(2000);
        await later(100);
      }
    };
    await send(20);
    await database.stop();
    await send(awaySeconds * 10);
    const waiting = (await ask({ url: "/metrics" })).body;
    expect(waiting).toMatch(/^smirnov_store_up 0$/m);
    expect((await ask({ url: "/v1/orders/history" })).status).toBe(503);
    await database.start();
    await send(20);
    await service.idle();
    const count = minute - 1;
    const history = async () =>
      JSON.parse((await ask({ url: `/v1/orders/history?column=price&limit=${count}` })).body) as {
        windowStart: number;
      }[];
    await expect.poll(async () => (await history()).length, { timeout: 90_000, interval: 500 }).toBe(count - 1);
    // The first window had nothing to be compared with.
    expect((await history()).map(({ windowStart }) => (windowStart - noon) / 60_000)).toEqual(
      Array.from({ length: count - 1 }, (_, k) => k + 1),
    );
    expect((await ask({ url: "/metrics" })).body).toMatch(/^smirnov_store_waiting_runs 0$/m);
  });
});
