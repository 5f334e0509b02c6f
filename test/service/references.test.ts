/** References in every format: sent while windows are open, and known after a restart. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { profile, toBytes } from "smirnov";
import { expect, it } from "vitest";
import { noon, rowsFrom, running, scratchFolder } from "./running.ts";

const url = "/v1/orders/rows";
const datasets = { orders: { window: { duration: "1m" }, time: "time" } } as const;
const price = Float64Array.from({ length: 200 }, (_, k) => Math.sin(k) * 10);
const values = [...price];
const arrow = tableToIPC(tableFromArrays({ price }), "stream");
const hasPyarrow = (() => {
  try {
    execFileSync("python3", ["-c", "import pyarrow.parquet"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

const bodies: Record<string, [type: string, body: () => string | Uint8Array | Promise<Uint8Array>]> = {
  json: ["application/json", () => JSON.stringify(values.map((one) => ({ price: one })))],
  ndjson: ["application/x-ndjson", () => values.map((one) => `${JSON.stringify({ price: one })}\n`).join("")],
  arrow: ["application/vnd.apache.arrow.stream", () => arrow],
  csv: ["text/csv", () => `price\n${values.join("\n")}\n`],
  parquet: [
    "application/vnd.apache.parquet",
    () => {
      const path = join(scratchFolder(), "reference.parquet");
      const script =
        "import sys, math, pyarrow as pa, pyarrow.parquet as pq; pq.write_table(pa.table({'price': [math.sin(k) * 10 for k in range(200)]}), sys.argv[1])";
      execFileSync("python3", ["-c", script, path]);
      return readFileSync(path);
    },
  ],
  profile: ["application/vnd.smirnov.profile", async () => toBytes(await profile(tableFromArrays({ price })))],
};

it.each(Object.entries(bodies).filter(([name]) => name !== "parquet" || hasPyarrow))(
  "%s is compared with, before a restart and after it",
  async (_, [type, body]) => {
    const folder = scratchFolder();
    const one = await running({ datasets }, { folder });
    await one.ask({ url, json: rowsFrom(noon, 30) });
    const payload = await body();
    const put = { method: "PUT", url: "/v1/orders/reference", headers: { "content-type": type }, payload } as const;
    expect(await one.ask(put)).toMatchObject({ status: 202, json: { rows: 200 } });
    await one.ask({ url, json: rowsFrom(noon + 30_000, 31) });
    await one.service.idle();
    expect((await one.ask({ url: "/v1/orders/report" })).json).toMatchObject({
      status: "compared",
      reference: { kind: "fixed", rows: 200, version: 1 },
    });
    await one.service.close();

    const two = await running({ datasets }, { folder });
    await two.ask({ url, json: rowsFrom(noon + 61_000, 60) });
    await two.service.idle();
    const report = (await two.ask({ url: "/v1/orders/report" })).json;
    expect(report).toMatchObject({
      status: "compared",
      start: noon + 60_000,
      reference: { kind: "fixed", rows: 200, version: 1 },
    });
    // What goes wrong names nothing of this machine.
    const refused = await two.ask({ ...put, payload: "PAR1" });
    if (type !== "text/csv") expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.body).not.toMatch(/smirnov-\w+/);
    await two.service.close();
  },
  30_000,
);
