/** Few bytes that stand for many: each is refused, in bounded memory, and the service goes on. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Field, makeData, Null, RecordBatch, Schema, Struct, Table, tableToIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bombs } from "./bomb-bodies.ts";
import { running, scratchFolder } from "./running.ts";

const headers = { "content-type": "application/vnd.apache.arrow.stream" };
const post = { method: "POST", url: "/v1/a/rows", headers } as const;
const service = () => running({ datasets: { a: { window: { rows: 10 } } } });

/**
 * A dictionary of 300 000 000 nulls, and one row:
 * pa.table({"d": pa.DictionaryArray.from_arrays(pa.array([0], pa.int32()), pa.nulls(300_000_000))}), pyarrow 26.0.1 as an IPC stream.
 */
const dictionaryOfNulls =
  "/////5AAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAEAAAAvP///wQAAAABAAAAFAAAABAAGAAIAAYABwAMABAAFAAQAAAAAAABARQAAABAAAAAHAAAAAQAAAAAAAAAAQAAAGQAAAAIAAgAAAAEAAgAAAAMAAAACAAMAAgABwAIAAAAAAAAASAAAAAEAAQABAAAAAAAAAD/////aAAAABQAAAAAAAAAAAAKAAwABgAFAAgACgAAAAACBAAMAAAACAAKAAAABAAIAAAAEAAAAAAACgAUAAwABAAIAAoAAAAUAAAADAAAAACj4REAAAAAAAAAAAEAAAAAo+ERAAAAAACj4REAAAAA/////4gAAAAUAAAAAAAAAAwAFgAGAAUACAAMAAwAAAAAAwQAGAAAAAgAAAAAAAAAAAAKABgADAAEAAgACgAAADwAAAAQAAAAAQAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD/////AAAAAA==";

it("a dictionary of very many nulls is refused, and nothing is made of it", async () => {
  const { ask } = await service();
  const before = process.memoryUsage().rss;
  const { status, json } = await ask({ ...post, payload: Buffer.from(dictionaryOfNulls, "base64") });
  expect([status, json.detail]).toEqual([413, "the columns of a body may have 268435456 bytes when decompressed"]);
  expect(process.memoryUsage().rss - before).toBeLessThan(256 * 2 ** 20);
  expect((await ask({ method: "POST", url: "/v1/a/rows", json: [{ x: 1 }] })).status).toBe(202);
});

it("columns of nulls without end are refused", async () => {
  const rows = 10_000_000;
  const fields = Array.from({ length: 40 }, (_, k) => new Field(`c${k}`, new Null(), true));
  const schema = new Schema(fields);
  const children = fields.map(() => makeData({ type: new Null(), length: rows }));
  const batch = new RecordBatch(schema, makeData({ type: new Struct(fields), length: rows, nullCount: 0, children }));
  const payload = tableToIPC(new Table(schema, [batch]), "stream");
  expect(payload.length).toBeLessThan(20_000);
  const { ask } = await service();
  const { status, json } = await ask({ ...post, payload });
  expect([status, json.detail]).toEqual([
    413,
    "a body may have 268435456 values, got 400000000: send fewer rows at a time",
  ]);
});

describe.skipIf(process.platform !== "linux")("a service on a process of its own (needs /proc)", () => {
  const limits = { bodyBytes: 8 * 2 ** 20, requestsPerMinute: 1e9, requestTimeout: "60s" };
  const program = fileURLToPath(new URL("child.js", import.meta.url));
  let child: ChildProcess;
  let url = "";
  beforeAll(async () => {
    const folder = scratchFolder();
    const config = join(folder, "monitor.json");
    const datasets = { a: { window: { rows: 2_000_000 }, maximumRows: 1_000_000 } };
    writeFileSync(
      config,
      JSON.stringify({ listen: { port: 0 }, store: "none", log: { level: "error" }, limits, datasets }),
    );
    child = fork(program, [config, folder], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    [{ url }] = (await once(child, "message")) as [{ url: string }];
  }, 60_000);
  afterAll(() => child.kill("SIGKILL"));

  /** MiB that the process took at most since it was last asked, and those that it has now. */
  const memory = () => {
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    const [peak, now] = ["VmHWM", "VmRSS"].map(
      (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024,
    );
    writeFileSync(`/proc/${child.pid}/clear_refs`, "5");
    return { peak: peak!, now: now! };
  };
  const send = async (to: string, type: string, body: Uint8Array, headers = {}) => {
    const method = to === "reference" ? "PUT" : "POST";
    const answer = await fetch(`${url}/v1/a/${to}`, {
      method,
      body: new Uint8Array(body),
      headers: { "content-type": type, ...headers },
    });
    return { status: answer.status, detail: ((await answer.json()) as { detail?: string }).detail ?? "" };
  };
  const serves = async () => {
    expect(await send("series", "application/json", Buffer.from('[{"ms":1}]'))).toEqual({ status: 202, detail: "" });
  };

  it.each(bombs().map((bomb) => [bomb.name, bomb] as const))("%s", { timeout: 120_000 }, async (_, bomb) => {
    const { to, type, body, status, says } = bomb;
    expect(body.length).toBeLessThan(limits.bodyBytes);
    await serves();
    const { now } = memory();
    const answer = await send(to, type, body);
    expect(answer.detail).toMatch(says);
    expect(answer.status).toBe(status);
    await serves();
    // The decoder of Parquet has at most 512 MiB; all others stay near the 32 MiB of limits.decodedBytes.
    expect(memory().peak - now).toBeLessThan(type.endsWith("parquet") ? 640 : 256);
  });

  it("what gzip makes of it", { timeout: 60_000 }, async () => {
    const { now } = memory();
    const zeros = gzipSync(Buffer.alloc(200 * 2 ** 20, " "));
    const { status, detail } = await send("rows", "application/json", zeros, { "content-encoding": "gzip" });
    expect([status, detail]).toEqual([413, "a body may have 8388608 bytes, got more: send fewer rows at a time"]);
    await serves();
    expect(memory().peak - now).toBeLessThan(128);
  });
});
