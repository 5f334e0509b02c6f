/** What those who run a service meet: starts that fail, disks that are full, stores that are away, and what the log says of it. */
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { createService, type ServiceConfig } from "smirnov/service";
import { describe, expect, it, vi } from "vitest";
import { checkedConfig } from "../../dist/service/parse-config.js";
import { writeSnapshot } from "../../dist/service/snapshot.js";
import { copyOf, noon, rowsFrom, running, scratchFolder } from "./running.ts";

const orders = { window: { duration: "1m" }, time: "time" } as const;
const datasets = { orders };
const rowsUrl = "/v1/orders/rows";
const isTold = ({ level }: Record<string, unknown>): boolean => level === "warn" || level === "error";

/** What a start throws, and what is logged of it. */
async function failing(config: Partial<ServiceConfig>, folder: string) {
  const log: Record<string, unknown>[] = [];
  const service = await createService(
    { store: "none", listen: { port: 0 }, datasets, ...config },
    { folder, logTo: { write: (line) => void log.push(JSON.parse(line)) } },
  );
  const error = await service.start().then(
    () => null,
    (cause: Error) => cause,
  );
  const ready = await service.inject({ method: "GET", url: "/readyz" });
  await service.close();
  return { message: error?.message, log: log.filter(isTold), ready };
}

describe("a service that starts", () => {
  it("says so to whoever asks for a dataset, and does not call it an error", async () => {
    const log: Record<string, unknown>[] = [];
    const service = await createService(
      { store: "none", listen: { port: 0 }, datasets },
      { folder: scratchFolder(), logTo: { write: (line) => void log.push(JSON.parse(line)) } },
    );
    const ask = (url: string) => service.inject({ method: "GET", url });
    for (const url of ["/v1/orders/report", "/v1/orders/windows", "/v1/datasets"]) {
      const answer = await ask(url);
      expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
      expect(JSON.parse(answer.body).detail).toBe("records that were accepted before are being read");
    }
    expect((await service.inject({ method: "POST", url: rowsUrl })).status).toBe(503);
    expect((await ask("/v1/order/report")).status).toBe(404);
    const told = log.length;
    expect((await ask("/readyz")).status).toBe(503);
    expect(log.length).toBe(told);
    expect(log.filter(({ level }) => level === "error")).toEqual([]);
    expect(JSON.stringify(log)).not.toContain("stack");
    await service.start();
    expect((await ask("/v1/orders/windows")).status).toBe(200);
    expect(JSON.parse((await ask("/v1/datasets")).body)).toMatchObject([{ name: "orders" }]);
    await service.close();
  });

  it("tells of a dataset that the configuration names no more", async () => {
    const folder = scratchFolder();
    const one = await running({ datasets }, { folder });
    await one.ask({ url: rowsUrl, json: rowsFrom(noon, 3) });
    await one.service.close();
    const { log, service } = await running({ datasets: { sales: orders } }, { folder });
    expect(log.filter(isTold)).toMatchObject([
      { level: "warn", dataset: "orders", msg: expect.stringMatching(/the configuration does not name it/) },
    ]);
    await service.close();
  });
});

describe("a service that cannot start says why, in the log too", () => {
  const hasMessage = ({ message, log, ready }: Awaited<ReturnType<typeof failing>>, expected: RegExp): void => {
    expect(message).toMatch(expected);
    expect(log).toMatchObject([
      { level: "error", msg: "could not start", err: { message: expect.stringContaining(`${message}`) } },
    ]);
    expect([ready.status, JSON.parse(ready.body).status]).toEqual([503, "failed"]);
  };

  it("another service has its folder", async () => {
    const folder = scratchFolder();
    await running({ datasets }, { folder });
    hasMessage(
      await failing({}, folder),
      /^smirnov serve: the data folder \S+smirnov-data \(data\) is in use: .*lock.*Each service needs a folder of its own$/,
    );
  });

  it("the folder is a file", async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "smirnov-data"), "");
    hasMessage(await failing({}, folder), /the data folder \S+ \(data\) is no folder: \S+smirnov-data \(EEXIST\)$/);
  });

  it("a file lies where a folder should", async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "smirnov-data"));
    writeFileSync(join(folder, "smirnov-data", "datasets"), "");
    hasMessage(await failing({}, folder), /\(data\) is no folder: \S+smirnov-data\/datasets\S+ \(ENOTDIR\)$/);
  });

  it("the reference is not there", async () => {
    const config = { datasets: { orders: { ...orders, reference: "gone.csv" } } };
    hasMessage(
      await failing(config, scratchFolder()),
      /the reference \S+gone\.csv cannot be read: there is no such file$/,
    );
  });
});

describe("a state that cannot be written", () => {
  const header = {
    at: 0,
    arrival: 0,
    keys: [],
    schema: null,
    alerts: null,
    reference: null,
    clock: null,
    tables: new Map(),
  };

  it("leaves nothing behind: half of it would take the room that records need", async () => {
    const folder = scratchFolder();
    const taken = "state-0000000000000005.snapshot";
    mkdirSync(join(folder, taken, "in the way"), { recursive: true });
    await expect(writeSnapshot(folder, { ...header, sequence: 5, state: new Uint8Array(9) })).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([taken]);
  });

  it("keeps no service from starting", async () => {
    const [before, after] = [scratchFolder(), scratchFolder()];
    const one = await running({ datasets }, { folder: before });
    await one.ask({ url: rowsUrl, json: rowsFrom(noon, 61) });
    await one.service.idle();
    const own = (folder: string) => join(folder, "smirnov-data", "datasets", "orders");
    // As a crash would leave it.
    cpSync(copyOf(join(own(before), "spool")), join(own(after), "spool"), { recursive: true });
    const taken = join(own(after), "state", "state-0000000000000001.snapshot");
    mkdirSync(join(taken, "in the way"), { recursive: true });
    const { ask, log, service } = await running({ datasets }, { folder: after });
    expect(log.filter(({ level }) => level === "error")).toMatchObject([
      { dataset: "orders", msg: "the state could not be written" },
    ]);
    await service.idle();
    expect(JSON.parse((await ask({ url: "/v1/orders/windows" })).body)).toMatchObject([{ start: noon, rows: 60 }]);
    expect((await ask({ url: rowsUrl, json: rowsFrom(noon + 61_000, 1) })).status).toBe(202);
    expect(existsSync(`${taken}.draft`)).toBe(false);
  });
});

describe("a store that is away from the start", () => {
  it("is told of before the first window, and is down in the metrics", async () => {
    const { log, ask } = await running({ store: "postgres://nobody:a-password@127.0.0.1:1/nothing", datasets });
    await expect
      .poll(() => log.filter(isTold), { timeout: 20_000 })
      .toMatchObject([
        {
          level: "warn",
          why: "openStore: nothing listens at 127.0.0.1:1",
          msg: expect.stringMatching(/runs wait on the disk/),
        },
      ]);
    expect(JSON.stringify(log)).not.toContain("a-password");
    expect((await ask({ url: "/metrics" })).body).toMatch(/^smirnov_store_up 0$/m);
  });
});

describe("labels", () => {
  it("that find no row are told of", async () => {
    const labelled = { ...orders, labels: { id: "id", target: "paid", within: "1ms" } };
    const { ask, log, service } = await running({ datasets: { orders: labelled } });
    await ask({ url: rowsUrl, json: rowsFrom(noon, 61).map((row, id) => ({ ...row, id })) });
    await service.idle();
    await later(10);
    const labels = [
      { id: 1, paid: 1 },
      { id: 2, paid: 0 },
      { id: null, paid: 1 },
    ];
    expect((await ask({ url: "/v1/orders/labels", json: labels })).status).toBe(202);
    await service.idle();
    expect(log.filter(isTold)).toMatchObject([
      { level: "warn", dataset: "orders", late: 2, unknown: 0, incomplete: 1, sequence: 2 },
    ]);
  });
});

describe("a configuration", () => {
  const rule = { name: "drift", when: { metric: "drifted", eq: true }, actions: ["train"] } as const;
  const actions = { train: { action: "retrain", command: ["/bin/true"], rebaseline: "drifted-windows" } } as const;
  const moving = { window: { rows: 10 }, against: "previous" } as const;
  const checked = (config: ServiceConfig) => () => checkedConfig("createService", config);

  it("does not make windows the reference of a dataset that has none", () => {
    const both = { orders, moving };
    expect(checked({ datasets: both, alerts: [rule], actions })).toThrow(
      "alerts[0].actions[0]: train makes drifted windows the reference, and moving is compared with earlier windows (against): name the rule's datasets",
    );
    expect(checked({ datasets: both, alerts: [{ ...rule, datasets: ["orders"] }], actions })).not.toThrow();
    const train = { ...actions.train, rebaseline: "none" } as const;
    expect(checked({ datasets: both, alerts: [rule], actions: { train } })).not.toThrow();
  });

  it("has addresses without brackets", () => {
    expect(checked({ listen: { host: "[::1]" }, datasets })).toThrow(
      "listen.host: an address of IPv6 is written without brackets (::1), got [::1]",
    );
  });
});

it("is not ready once an fsync failed, and says where, until it is started again; other datasets go on", async () => {
  const folder = scratchFolder();
  const datasets = { a: { window: { rows: 10 } }, b: { window: { rows: 10 } } } as const;
  const { ask, service } = await running({ datasets }, { folder });
  const send = async (name: string) => (await ask({ url: `/v1/${name}/rows`, json: [{ x: 1 }] })).status;
  expect([await send("a"), await send("b")]).toEqual([202, 202]);
  const handle = await open(import.meta.dirname);
  await handle.close();
  const prototype = Object.getPrototypeOf(handle) as { datasync(): Promise<void> };
  const datasync = vi.spyOn(prototype, "datasync").mockRejectedValueOnce(new Error("EIO: of a test"));
  expect(await send("a")).toBe(503);
  datasync.mockRestore();
  const { status, json } = await ask({ url: "/readyz" });
  expect([status, json]).toEqual([
    503,
    { status: "failed", reason: "the disk failed; nothing is accepted until the service was started again: a" },
  ]);
  expect([await send("a"), await send("b")]).toEqual([503, 202]);
  expect((await ask({ url: "/metrics" })).body).toMatch(/^smirnov_pending_bytes 0$/m);
  await service.close();
  const again = await running({ datasets }, { folder });
  expect((await again.ask({ url: "/readyz" })).status).toBe(200);
});
