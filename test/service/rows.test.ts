/** What becomes of rows that are accepted: windows, reports, events; and what a key, a second start and a flood change. */
import { gzipSync } from "node:zlib";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { lines, ndjson, noon, rowsFrom, running } from "./running.ts";

const orders = { window: { duration: "1m" }, time: "time" } as const;
const url = "/v1/orders/rows";
const arrow = { "content-type": "application/vnd.apache.arrow.stream" };
const arrowOf = (rows: ReturnType<typeof rowsFrom>) =>
  tableToIPC(
    tableFromArrays({
      time: Float64Array.from(rows, ({ time }) => time),
      price: Float64Array.from(rows, ({ price }) => price),
      city: rows.map(({ city }) => city),
    }),
    "stream",
  );

describe("rows", () => {
  it("come as JSON, NDJSON, columns, Arrow, and compressed, and are in the windows of their times", async () => {
    const { ask, service } = await running({ datasets: { orders } });
    const minute = (k: number) => rowsFrom(noon + 60_000 * k, 60);
    const columns = Object.fromEntries(
      (["time", "price", "city"] as const).map((name) => [name, minute(2).map((row) => row[name])]),
    );
    const json = { "content-type": "application/json" };
    const bodies: [string | Uint8Array, Record<string, string>][] = [
      [JSON.stringify(minute(0)), json],
      [JSON.stringify({ rows: minute(1) }), json],
      [JSON.stringify({ columns }), json],
      [lines(minute(3)), ndjson],
      [arrowOf(minute(4)), arrow],
      [gzipSync(lines(minute(5))), { ...ndjson, "content-encoding": "gzip" }],
      [lines(rowsFrom(noon + 360_000, 1)), { "content-type": "application/x-ndjson; charset=utf-8" }],
    ];
    for (const [k, [payload, headers]] of bodies.entries()) {
      const answer = await ask({ method: "POST", url, payload, headers });
      expect(answer.status, answer.body).toBe(202);
      expect(answer.json).toEqual({
        dataset: "orders",
        sequence: k + 1,
        rows: k < 6 ? 60 : 1,
        durable: "disk",
        repeated: false,
      });
    }
    await service.idle();
    const windows = JSON.parse((await ask({ url: "/v1/orders/windows" })).body) as {
      start: number;
      rows: number;
      status: string;
    }[];
    expect(windows.map(({ start, rows }) => [(start - noon) / 60_000, rows])).toEqual(
      [0, 1, 2, 3, 4, 5].map((k) => [k, 60]),
    );
    expect((await ask({ url: "/v1/orders/windows?limit=2" })).body.match(/"id"/g)).toHaveLength(2);
  });

  it("of a large body are read on another thread, and are the same", async () => {
    const { ask, service } = await running({ datasets: { orders: { ...orders, window: { rows: 20_000 } } } });
    const rows = rowsFrom(noon, 20_000);
    const payload = lines(rows);
    expect(payload.length).toBeGreaterThan(2 ** 20);
    expect((await ask({ method: "POST", url, payload, headers: ndjson })).status).toBe(202);
    const wrong = `${payload}{"price":"cheap"}\n`;
    const refused = await ask({ method: "POST", url, payload: wrong, headers: ndjson });
    expect(refused).toMatchObject({ status: 422, json: { line: 20_001, column: "price" } });
    await service.idle();
    const result = (await ask({ url: "/v1/orders/report" })).json;
    expect(result).toMatchObject({ rows: 20_000, start: noon, end: rows.at(-1)?.time });
  });

  it("are compared with the reference that was sent, and reports are JSON, HTML and Markdown", async () => {
    const { ask, service } = await running({ datasets: { orders } });
    const before = rowsFrom(noon - 86_400_000, 500);
    for (const [payload, headers] of [
      [
        `time,price,city\n${before.map(({ time, price, city }) => `${time},${price},${city}`).join("\n")}\n`,
        { "content-type": "text/csv" },
      ],
      [arrowOf(before), arrow],
    ] as const) {
      const put = await ask({ method: "PUT", url: "/v1/orders/reference", payload, headers });
      expect(put, put.body).toMatchObject({ status: 202, json: { rows: 500 } });
    }
    const shifted = rowsFrom(noon, 61).map((row) => ({ ...row, price: row.price + 30 }));
    await ask({ url, json: shifted });
    await service.idle();
    const report = (await ask({ url: "/v1/orders/report" })).json as never as {
      id: string;
      reference: object;
      report: { columns: Record<string, { drifted: boolean }> };
    };
    expect(report.reference).toMatchObject({ kind: "fixed", rows: 500, version: 2 });
    expect(report.report.columns.price?.drifted).toBe(true);
    const page = await ask({ url: `/v1/orders/report.html?window=${encodeURIComponent(report.id)}` });
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.body).toMatch(/^<!doctype html>/i);
    expect((await ask({ url: "/v1/orders/report.md" })).body).toMatch(/price/);
    const datasets = JSON.parse((await ask({ url: "/v1/datasets" })).body);
    expect(datasets).toMatchObject([
      { name: "orders", sequence: 3, applied: 3, columns: 3, last: { id: report.id, drifted: true } },
    ]);
    const metrics = (await ask({ url: "/metrics" })).body;
    expect(metrics).toMatch(/^smirnov_column_drifted\{.*column="price".*\} 1$/m);
    expect(metrics).toMatch(/^smirnov_rows_accepted_total\{dataset="orders"\} 61$/m);
    expect(metrics).toMatch(
      /^smirnov_http_requests_total\{route="\/v1\/:dataset\/rows",method="POST",status="202"\} 1$/m,
    );
  });

  it("without a time close their windows by the clock, though no more come", async () => {
    const { ask } = await running({ datasets: { clicks: { window: { duration: "1s" } } } });
    await ask({ url: "/v1/clicks/rows", json: [{ x: 1 }, { x: 2 }] });
    await expect.poll(async () => (await ask({ url: "/v1/clicks/windows" })).body).toMatch(/"rows":2/);
  });

  it("have the columns that came before, whatever way they came", async () => {
    const { ask } = await running({ datasets: { orders } });
    await ask({ method: "POST", url, payload: arrowOf(rowsFrom(noon, 3)), headers: arrow });
    const text = await ask({ url, json: [{ time: noon, price: "dear" }] });
    expect(text).toMatchObject({
      status: 422,
      json: { column: "price", detail: expect.stringMatching(/Float64 as in earlier rows/) },
    });
    expect((await ask({ url, json: [{ time: noon, extra: true }] })).status).toBe(202);
    const large = tableToIPC(tableFromArrays({ time: [noon], price: BigInt64Array.of(2n ** 60n + 1n) }), "stream");
    expect(await ask({ method: "POST", url, payload: large, headers: arrow })).toMatchObject({
      status: 422,
      json: { column: "price" },
    });
  });
});

describe("an Idempotency-Key", () => {
  const key = { "idempotency-key": '"a key"'.replace(" ", "-") };

  it("is answered the same again, also at the same time, and does nothing again", async () => {
    const { ask, service } = await running({ datasets: { orders } });
    const json = rowsFrom(noon, 10);
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask({ url, json, headers: key })));
    expect(answers.map(({ status, json: { sequence } }) => [status, sequence])).toEqual(Array(5).fill([202, 1]));
    expect(answers.filter((one) => one.json.repeated === false)).toHaveLength(1);
    const other = await ask({ url, json: json.slice(1), headers: key });
    expect(other).toMatchObject({ status: 422, json: { detail: expect.stringMatching(/another request/) } });
    expect((await ask({ url, json })).json).toMatchObject({ sequence: 2, repeated: false });
    await ask({ url, json: rowsFrom(noon + 60_000, 1) });
    await service.idle();
    expect(JSON.parse((await ask({ url: "/v1/orders/windows" })).body)).toMatchObject([{ rows: 20 }]);
    expect((await ask({ url: "/metrics" })).body).toMatch(/^smirnov_rows_accepted_total\{dataset="orders"\} 21$/m);
  });

  it("of a request that was refused may be used again", async () => {
    const { ask } = await running({ datasets: { orders } });
    expect((await ask({ url, json: [{ time: true }], headers: key })).status).toBe(422);
    expect((await ask({ url, json: rowsFrom(noon, 1), headers: key })).status).toBe(202);
  });

  it("is forgotten when there are more, or after a while", async () => {
    const { ask } = await running({ datasets: { orders }, idempotency: { keys: 2 } });
    const one = (name: string) => ask({ url, json: rowsFrom(noon, 1), headers: { "idempotency-key": name } });
    for (const name of ["a", "b", "a", "c"]) await one(name);
    expect((await one("b")).json).toMatchObject({ sequence: 2, repeated: true });
    expect((await one("a")).json).toMatchObject({ sequence: 4, repeated: false });
  });
});

describe("too much", () => {
  it("of one address is answered 429, but those who watch are answered", async () => {
    const { ask } = await running({ datasets: { orders }, limits: { requestsPerMinute: 3 } });
    const statuses = [];
    for (let k = 0; k < 5; k++) statuses.push((await ask({ url: "/v1/datasets" })).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const refused = await ask({ url: "/v1/nowhere" });
    expect(refused).toMatchObject({ status: 429, json: { detail: expect.stringMatching(/more than 3 requests/) } });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect((await ask({ url: "/healthz" })).status).toBe(200);
  });

  it("at a time is answered 429, and taken when what waited was looked at", async () => {
    const { ask, service } = await running({
      datasets: { orders },
      limits: { bodyBytes: 60_000, pendingBytes: 70_000 },
    });
    const payload = lines(rowsFrom(noon, 700));
    expect(payload.length).toBeGreaterThan(35_000);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => ask({ method: "POST", url, payload, headers: ndjson })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.length - refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({
      headers: { "retry-after": "1" },
      json: { detail: expect.stringMatching(/looked at/) },
    });
    await service.idle();
    expect((await ask({ method: "POST", url, payload, headers: ndjson })).status).toBe(202);
    await service.idle();
    expect((await ask({ url: "/metrics" })).body).toMatch(/^smirnov_pending_bytes 0$/m);
  });

  it("for the windows that are open is answered 507, with what to do", async () => {
    const { ask, service } = await running({ datasets: { orders: { ...orders, maximumRows: 100 } } });
    expect((await ask({ url, json: rowsFrom(noon, 101) })).status).toBe(413);
    expect((await ask({ url, json: rowsFrom(noon, 50) })).status).toBe(202);
    await service.idle();
    const refused = await ask({ url, json: rowsFrom(noon, 60) });
    expect(refused).toMatchObject({
      status: 507,
      json: { detail: expect.stringMatching(/hold 50 of 100 rows \(maximumRows\)/) },
    });
  });

  it("for their memory is answered 507 as well, whatever the number of rows", async () => {
    const { ask, service } = await running({ datasets: { orders: { ...orders, maximumBytes: 100_000 } } });
    const wide = (count: number) => rowsFrom(noon, count).map((row) => ({ ...row, note: "x".repeat(10_000) }));
    expect(await ask({ url, json: wide(12) })).toMatchObject({
      status: 507,
      json: { detail: expect.stringMatching(/hold 0 of 100000 bytes \(maximumBytes\), and \d+ more have no room/) },
    });
    expect((await ask({ url, json: wide(9) })).status).toBe(202);
    await service.idle();
    expect(await ask({ url, json: wide(1) })).toMatchObject({
      status: 507,
      json: { detail: expect.stringMatching(/hold \d+ of 100000 bytes \(maximumBytes\), and \d+ more have no room/) },
    });
  });
});

describe("series", () => {
  it("are told beside the window of their time", async () => {
    const { ask, service } = await running({ datasets: { orders } });
    await ask({ url, json: rowsFrom(noon, 5) });
    const sent = await ask({
      url: "/v1/orders/series",
      json: [
        { time: noon + 1000, latency: 10, errors: 0 },
        { time: "2026-11-26T12:00:02Z", latency: 30 },
      ],
    });
    expect(sent).toMatchObject({ status: 202, json: { rows: 3 } });
    await ask({ url, json: rowsFrom(noon + 60_000, 1) });
    await service.idle();
    expect((await ask({ url: "/v1/orders/report" })).json.series).toMatchObject({
      latency: { values: 2, mean: 20 },
      errors: { values: 1, mean: 0 },
    });
  });
});
