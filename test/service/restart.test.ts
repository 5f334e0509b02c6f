/** Ends and starts: what is written down, what is replayed, what is refused. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { createService } from "smirnov/service";
import { describe, expect, it } from "vitest";
import { noon, rowsFrom, running, scratchFolder } from "./running.ts";

const orders = { window: { duration: "1m" }, time: "time" } as const;
const datasets = { orders };
const url = "/v1/orders/rows";
const stateOf = (folder: string) => join(folder, "smirnov-data", "datasets", "orders", "state");
const snapshots = (folder: string) =>
  readdirSync(stateOf(folder))
    .filter((name) => name.endsWith(".snapshot"))
    .map((name) => join(stateOf(folder), name));
const windowsOf = (body: string) => JSON.parse(body) as { start: number; rows: number; reason: string }[];

/** Three starts, each with some rows more; then there are two snapshots. */
async function threeStarts(folder: string): Promise<void> {
  for (let k = 0; k < 3; k++) {
    const { ask, service } = await running({ datasets }, { folder });
    expect((await ask({ url, json: rowsFrom(noon + 20_000 * k, 20) })).status).toBe(202);
    await service.close();
  }
}

function damage(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 0xff;
  writeFileSync(path, bytes);
}

describe("a start after a crash", () => {
  it("takes away a state that was being written, and writes others", async () => {
    const folder = scratchFolder();
    await threeStarts(folder);
    const before = snapshots(folder);
    expect(before).toHaveLength(2);
    writeFileSync(`${before[1]}.draft`, "the begin of");
    const { ask, service, log } = await running({ datasets }, { folder });
    expect(readdirSync(stateOf(folder))).toHaveLength(2);
    expect((await ask({ url, json: rowsFrom(noon + 60_000, 20) })).status).toBe(202);
    await service.close();
    expect(log.filter(({ level }) => level === "warn" || level === "error")).toEqual([]);
    expect(snapshots(folder)).toEqual([before[1], expect.stringContaining("0004.snapshot")]);
  });
});

describe("a start after an end in good order", () => {
  it("goes on with open windows, keys, columns, and reports", async () => {
    const folder = scratchFolder();
    const key = { "idempotency-key": "k1" };
    const one = await running({ datasets }, { folder });
    await one.ask({ url, json: rowsFrom(noon, 60) });
    await one.ask({ url, json: rowsFrom(noon + 60_000, 20), headers: key });
    await one.service.idle();
    const told = (await one.ask({ url: "/v1/orders/report" })).json;
    await one.service.close();

    const two = await running({ datasets }, { folder });
    expect(two.log.filter(({ msg }) => msg === "replayed")).toEqual([]);
    expect((await two.ask({ url: "/v1/orders/report" })).json).toEqual(told);
    const again = await two.ask({ url, json: rowsFrom(noon + 60_000, 20), headers: key });
    expect(again.json).toMatchObject({ sequence: 2, repeated: true });
    expect(await two.ask({ url, json: [{ time: noon, price: "dear" }] })).toMatchObject({
      status: 422,
      json: { column: "price" },
    });
    expect((await two.ask({ url, json: rowsFrom(noon + 80_000, 41) })).json).toMatchObject({ sequence: 3 });
    await two.service.idle();
    expect(windowsOf((await two.ask({ url: "/v1/orders/windows" })).body).map(({ rows }) => rows)).toEqual([60, 60]);
  });

  it("knows the reference that was sent", async () => {
    const folder = scratchFolder();
    const one = await running({ datasets }, { folder });
    const price = Float64Array.from({ length: 200 }, (_, k) => k);
    const payload = tableToIPC(tableFromArrays({ price }), "stream");
    const headers = { "content-type": "application/vnd.apache.arrow.stream" };
    expect((await one.ask({ method: "PUT", url: "/v1/orders/reference", payload, headers })).status).toBe(202);
    await one.service.close();
    const two = await running({ datasets }, { folder });
    await two.ask({ url, json: rowsFrom(noon, 61) });
    await two.service.idle();
    expect((await two.ask({ url: "/v1/orders/report" })).json.reference).toMatchObject({
      kind: "fixed",
      rows: 200,
      version: 1,
    });
  });

  it("reads the reference of the configuration, and again when it is another one", async () => {
    const folder = scratchFolder();
    const csv = (rows: number) => `price\n${Array.from({ length: rows }, (_, k) => k).join("\n")}\n`;
    const versions = [];
    for (const [k, rows] of [100, 100, 150].entries()) {
      if (k !== 1) writeFileSync(join(folder, "reference.csv"), csv(rows));
      const { ask, service } = await running(
        { datasets: { orders: { ...orders, reference: "reference.csv" } } },
        { folder },
      );
      await ask({ url, json: rowsFrom(noon + 120_000 * k, 61) });
      await service.idle();
      const { reference } = (await ask({ url: "/v1/orders/report" })).json as {
        reference: { rows: number; version: number };
      };
      versions.push([reference.rows, reference.version]);
      await service.close();
    }
    expect(versions).toEqual([
      [100, 1],
      [100, 1],
      [150, 2],
    ]);
  });

  it("is refused with windows of another length, and says why", async () => {
    const folder = scratchFolder();
    await threeStarts(folder);
    const service = await createService(
      {
        listen: { port: 0 },
        store: "none",
        log: { level: "silent" },
        datasets: { orders: { ...orders, window: { duration: "2m" } } },
      },
      { folder },
    );
    await expect(service.start()).rejects.toThrow(/orders.*window/);
    expect((await service.inject({ method: "GET", url: "/readyz" })).status).toBe(503);
    expect((await service.inject({ method: "POST", url })).status).toBe(503);
    await service.close();
  });
});

describe("a damaged state", () => {
  it("is passed over: the one before and the records behind it are read", async () => {
    const folder = scratchFolder();
    await threeStarts(folder);
    const [, latest] = snapshots(folder);
    damage(latest as string);
    const { ask, service, log } = await running({ datasets }, { folder });
    expect(log.find(({ msg }) => /damaged state is passed over/.test(String(msg)))).toMatchObject({
      level: "warn",
      dataset: "orders",
    });
    expect(log.find(({ msg }) => msg === "replayed")).toMatchObject({ records: 1 });
    await ask({ url, json: rowsFrom(noon + 60_000, 1) });
    await service.idle();
    expect(windowsOf((await ask({ url: "/v1/orders/windows" })).body)).toMatchObject([{ start: noon, rows: 60 }]);
  });

  it("of which there is no other is a reason not to start, with what to do", async () => {
    const folder = scratchFolder();
    await threeStarts(folder);
    for (const path of snapshots(folder)) damage(path);
    const service = await createService(
      { listen: { port: 0 }, store: "none", log: { level: "silent" }, datasets },
      { folder },
    );
    await expect(service.start()).rejects.toThrow(
      /dataset orders: records up to 2 are not in the spool any more, and no state after it can be read \(.*the hash differs.*Restore .* from a copy, or move it away/s,
    );
    await service.close();
  });

  it("that is gone is a reason not to start as well", async () => {
    const folder = scratchFolder();
    await threeStarts(folder);
    rmSync(stateOf(folder), { recursive: true });
    const service = await createService(
      { listen: { port: 0 }, store: "none", log: { level: "silent" }, datasets },
      { folder },
    );
    await expect(service.start()).rejects.toThrow(/there is no state of them/);
    await service.close();
  });
});

describe("an end", () => {
  it("answers requests that have begun, refuses others, and tells listeners", async () => {
    const { service, folder } = await running({ datasets }, { listen: true });
    const { hostname, port } = new URL(service.url as string);
    const events = await fetch(`${service.url}/v1/events`);
    const body = JSON.stringify(rowsFrom(noon, 3));
    const socket = connect(Number(port), hostname);
    let heard = "";
    socket.setEncoding("utf8").on("data", (text) => {
      heard += text;
    });
    const over = new Promise((done) => socket.on("close", done));
    const head = `POST ${url} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nexpect: 100-continue\r\n\r\n`;
    socket.write(head);
    await expect.poll(() => heard).toBe("HTTP/1.1 100 Continue\r\n\r\n");
    socket.write(body.slice(0, 10));
    const closing = service.close();
    expect(await events.text()).toMatch(/^retry: /);
    socket.write(body.slice(10));
    await over;
    await closing;
    expect(heard).toMatch(/^HTTP\/1\.1 202/m);
    expect(heard).toMatch(/connection: close/i);
    await expect(fetch(`http://${hostname}:${port}/healthz`)).rejects.toThrow();
    const again = await running({ datasets }, { folder });
    expect(JSON.parse((await again.ask({ url: "/v1/datasets" })).body)).toMatchObject([{ sequence: 1, applied: 1 }]);
  });
});
