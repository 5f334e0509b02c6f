/** A table of requests that cannot be fulfilled, each answered properly. */
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { authorized, lines, ndjson, noon, rowsFrom, running, token } from "./running.ts";

const config = {
  auth: { tokens: [token] },
  limits: { bodyBytes: 10_000, requestTimeout: 1000 },
  datasets: {
    orders: { window: { duration: "1h" }, time: "time" },
    labelled: { window: { rows: 100 }, labels: { id: "id", target: "paid" } },
    rolling: { window: { rows: 100 }, against: "previous" },
  },
} as const;
const { service, ask, log } = await running(config, { listen: true });
const json = { "content-type": "application/json" };
const arrow = { "content-type": "application/vnd.apache.arrow.stream" };
const rows = "/v1/orders/rows";
const post = (payload: string | Uint8Array, headers: Record<string, string> = json, url = rows) =>
  ask({ method: "POST", url, payload, headers: { ...authorized, ...headers } });
await post(JSON.stringify(rowsFrom(noon, 2)));

const bytes = (...parts: (string | Uint8Array)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));
const stream = tableToIPC(tableFromArrays({ time: Float64Array.of(noon), price: Float64Array.of(1) }), "stream");
const manyRows = lines(rowsFrom(noon, 500));

interface Case {
  readonly what: string;
  readonly body: string | Uint8Array;
  readonly headers?: Record<string, string>;
  readonly url?: string;
  readonly method?: "POST" | "PUT" | "GET" | "DELETE" | "PATCH";
  readonly status: number;
  readonly detail: RegExp;
  readonly place?: object;
  readonly answers?: Record<string, string>;
}

const cases: readonly Case[] = [
  { what: "no body", body: "", status: 400, detail: /the body is empty/ },
  { what: "half of a JSON text", body: '[{"price": 1}', status: 400, detail: /JSON/ },
  {
    what: "bytes that are no UTF-8",
    body: bytes('[{"city": "', Uint8Array.of(0xff), '"}]'),
    status: 400,
    detail: /UTF-8/,
  },
  { what: "a number in place of rows", body: "5", status: 422, detail: /array of rows/ },
  { what: "a list in place of a row", body: "[[1]]", status: 422, detail: /row 0/, place: { row: 0 } },
  { what: "no rows", body: "[]", status: 422, detail: /there is no row/ },
  {
    what: "text in a column of numbers",
    body: '{"price": 1}\n{"price": "cheap"}\n',
    headers: ndjson,
    status: 422,
    detail: /line 2, column "price": expected a number, found the text "cheap"/,
    place: { line: 2, column: "price" },
  },
  {
    what: "a line that is no JSON",
    body: '{"price": 1}\nprice\n',
    headers: ndjson,
    status: 400,
    detail: /line 2/,
    place: { line: 2 },
  },
  {
    what: "a column of another type in Arrow",
    body: tableToIPC(tableFromArrays({ time: Float64Array.of(1), price: [true] }), "stream"),
    headers: arrow,
    status: 422,
    detail: /column "price": expected Float64 as in earlier rows, found Bool/,
    place: { column: "price" },
  },
  {
    what: "Arrow without the column of the times",
    body: tableToIPC(tableFromArrays({ price: Float64Array.of(1) }), "stream"),
    headers: arrow,
    status: 422,
    detail: /column "time": expected the times of the rows/,
    place: { column: "time" },
  },
  {
    what: "Arrow that was cut off",
    body: stream.subarray(0, stream.length - 40),
    headers: arrow,
    status: 400,
    detail: /Arrow/,
  },
  { what: "what is no Arrow", body: "price\n1\n", headers: arrow, status: 400, detail: /Arrow/ },
  {
    what: "another type",
    body: "<rows/>",
    headers: { "content-type": "text/xml" },
    status: 415,
    detail: /application\/json/,
    answers: { accept: "" },
  },
  { what: "no type", body: "[]", headers: {}, status: 415, detail: /got none/ },
  {
    what: "another charset",
    body: "[]",
    headers: { "content-type": "application/json; charset=latin1" },
    status: 415,
    detail: /UTF-8/,
  },
  {
    what: "another compression",
    body: "[]",
    headers: { ...json, "content-encoding": "br" },
    status: 415,
    detail: /gzip/,
    answers: { "accept-encoding": "gzip" },
  },
  {
    what: "what is not gzip",
    body: "[]",
    headers: { ...json, "content-encoding": "gzip" },
    status: 400,
    detail: /gzip/,
  },
  { what: "a body that is too large", body: manyRows, headers: ndjson, status: 413, detail: /10000 bytes/ },
  {
    what: "a body that becomes too large",
    body: gzipSync(" ".repeat(50_000_000)),
    headers: { ...json, "content-encoding": "gzip" },
    status: 413,
    detail: /10000 bytes/,
  },
  {
    what: "another dataset",
    body: "[]",
    url: "/v1/order/rows",
    status: 404,
    detail: /no dataset "order"; did you mean "orders"\?/,
  },
  { what: "another path", body: "[]", url: "/v2/orders/rows", status: 404, detail: /nothing at \/v2\/orders\/rows/ },
  {
    what: "another method",
    body: "[]",
    method: "PATCH",
    status: 405,
    detail: /takes POST, got PATCH/,
    answers: { allow: "POST" },
  },
  {
    what: "rows that are asked for",
    body: "",
    method: "GET",
    status: 405,
    detail: /takes POST, got GET/,
    answers: { allow: "POST" },
  },
  {
    what: "a report that is deleted",
    body: "",
    method: "DELETE",
    url: "/v1/orders/report",
    status: 405,
    detail: /takes GET, HEAD/,
  },
  {
    what: "a key that is none",
    body: "[]",
    headers: { ...json, "idempotency-key": "ü" },
    status: 400,
    detail: /ASCII/,
  },
  {
    what: "labels where there are none",
    body: '[{"id":1}]',
    url: "/v1/orders/labels",
    status: 409,
    detail: /not joined/,
  },
  {
    what: "labels without an id",
    body: '[{"paid":true}]',
    url: "/v1/labelled/labels",
    status: 422,
    detail: /"id"/,
    place: { column: "id" },
  },
  {
    what: "series that are no numbers",
    body: '[{"latency":"slow"}]',
    url: "/v1/orders/series",
    status: 422,
    detail: /must be a number/,
    place: { row: 0, column: "latency" },
  },
  {
    what: "series at no time",
    body: '[{"latency":1,"time":"soon"}]',
    url: "/v1/orders/series",
    status: 422,
    detail: /ISO 8601/,
    place: { row: 0, column: "time" },
  },
  {
    what: "a reference without rows",
    body: "[]",
    method: "PUT",
    url: "/v1/orders/reference",
    status: 422,
    detail: /needs rows/,
  },
  {
    what: "a profile that is none",
    body: "PROFILE",
    headers: { "content-type": "application/vnd.smirnov.profile" },
    method: "PUT",
    url: "/v1/orders/reference",
    status: 400,
    detail: /profile/,
  },
  {
    what: "a reference that is not asked",
    body: '[{"a":1}]',
    method: "PUT",
    url: "/v1/rolling/reference",
    status: 409,
    detail: /against/,
  },
  {
    what: "a report before there is one",
    body: "",
    method: "GET",
    url: "/v1/orders/report",
    status: 404,
    detail: /no window was told yet/,
  },
  {
    what: "a window that there is not",
    body: "",
    method: "GET",
    url: "/v1/orders/report?window=x",
    status: 404,
    detail: /window x/,
  },
  {
    what: "a parameter that there is not",
    body: "",
    method: "GET",
    url: "/v1/orders/report?windw=x",
    status: 400,
    detail: /did you mean "window"/,
  },
  {
    what: "a limit that is none",
    body: "",
    method: "GET",
    url: "/v1/orders/windows?limit=many",
    status: 400,
    detail: /whole number/,
  },
  {
    what: "history where nothing is stored",
    body: "",
    method: "GET",
    url: "/v1/orders/history",
    status: 404,
    detail: /store: none/,
  },
  {
    what: "a page of what there is not",
    body: "",
    method: "GET",
    url: "/v1/%E0%A4%A/report",
    status: 400,
    detail: /./,
  },
];

describe("a request with", () => {
  it.each(cases.map((one) => [one.what, one] as const))("%s is answered properly", async (_, one) => {
    const { body, headers = json, url = rows, method = "POST", status, detail, place = {}, answers = {} } = one;
    const sent = body.length > 0 || method !== "GET" ? { payload: body } : {};
    const answer = await ask({ method, url, ...sent, headers: { ...authorized, ...headers } });
    expect({ status: answer.status, detail: answer.json.detail }).toEqual({
      status,
      detail: expect.stringMatching(detail),
    });
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(answer.json).toMatchObject({ type: "about:blank", status, ...place });
    expect(answer.json.title).toBeTypeOf("string");
    expect(answer.headers["x-request-id"]).toBe(answer.json.requestId);
    for (const [name, value] of Object.entries(answers)) expect(answer.headers[name]).toMatch(value);
  });

  it("a fault is answered, and takes nothing of what may wait", async () => {
    const page = await ask({ url: "/metrics", headers: authorized });
    expect(page.body).toMatch(/^smirnov_pending_bytes 0$/m);
    expect(page.body).toMatch(/^smirnov_bodies_rejected_total\{dataset="orders",reason="too-large"\} 2$/m);
    expect(page.body).not.toMatch(/rejected_total\{dataset="order"|reason="200"/);
  });
});

describe("whoever has no token", () => {
  it.each([
    ["none", {}, /needs a token/, 'Bearer realm="smirnov"'],
    [
      "another",
      { authorization: "Bearer somebody-elses-token" },
      /not one that is known/,
      'Bearer realm="smirnov", error="invalid_token"',
    ],
    [
      "one of another kind",
      { authorization: `Basic ${token}` },
      /not one that is known/,
      'Bearer realm="smirnov", error="invalid_token"',
    ],
    [
      "an empty one",
      { authorization: "Bearer " },
      /not one that is known/,
      'Bearer realm="smirnov", error="invalid_token"',
    ],
  ])("but %s is told so", async (_, headers, detail, challenge) => {
    for (const url of ["/v1/datasets", "/metrics", "/openapi.json", "/nowhere", rows]) {
      const answer = await ask({ url, headers });
      expect({ url, status: answer.status }).toEqual({ url, status: 401 });
      expect(answer.json.detail).toMatch(detail);
      expect(answer.headers["www-authenticate"]).toBe(challenge);
      expect(answer.headers["x-request-id"]).toBe(answer.json.requestId);
    }
  });

  it("sees that the service is there", async () => {
    expect((await ask({ url: "/healthz" })).json).toMatchObject({ status: "ok" });
    expect((await ask({ url: "/readyz?now" })).status).toBe(200);
  });
});

/** Writes bytes to a connection, and waits for its end. */
function converse(parts: readonly string[], pause = 0): Promise<string> {
  const { hostname, port } = new URL(service.url as string);
  const socket = connect(Number(port), hostname);
  return new Promise((resolve, reject) => {
    let heard = "";
    socket.setEncoding("utf8").on("data", (text) => {
      heard += text;
    });
    // Who writes on when all is said may hear that nobody listens any more.
    socket.on("error", (error) => heard === "" && reject(error)).on("close", () => resolve(heard));
    const write = async () => {
      for (const part of parts) {
        if (!socket.writable) return;
        socket.write(part);
        await new Promise((done) => setTimeout(done, pause));
      }
    };
    void write();
  });
}

describe("a connection", () => {
  const head = `POST ${rows} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n`;

  it("that speaks no HTTP is told so", async () => {
    const heard = await converse(["PRICE 5\r\n\r\n"]);
    expect(heard).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(heard).toMatch(/application\/problem\+json/);
  });

  it("whose body comes too slowly is answered 408, and gives back what it had taken", async () => {
    const heard = await converse([`${head}content-length: 5000\r\n\r\n`, ...Array(40).fill("[")], 100);
    expect(heard).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(heard).toMatch(/did not arrive in time/);
    await expect
      .poll(async () => (await ask({ url: "/metrics", headers: authorized })).body)
      .toMatch(/^smirnov_pending_bytes 0$/m);
  });

  it("whose headers come too slowly is answered 408", async () => {
    expect(await converse([head, ...Array(40).fill("x: y\r\n")], 100)).toMatch(/^HTTP\/1\.1 408/);
  });

  it("whose headers are too large is answered 431", async () => {
    expect(await converse([`${head}x: ${"y".repeat(20_000)}\r\n\r\n`])).toMatch(/^HTTP\/1\.1 431/);
  });

  it("that announces too much is refused before it sends it", async () => {
    const heard = await converse([`${head}content-length: 1000000000\r\n\r\n[`]);
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    expect(heard).toMatch(/connection: close/i);
  });
});

it("logs requests that were refused in a line each, without tokens and bodies", () => {
  const told = log.filter(({ msg }) => msg === "request");
  expect(told.length).toBeGreaterThan(cases.length);
  expect(
    told.every(({ status, path, reqId }) => Number(status) >= 400 && path !== undefined && reqId !== undefined),
  ).toBe(true);
  expect(JSON.stringify(log)).not.toContain(token);
  expect(JSON.stringify(log)).not.toContain("somebody-elses-token");
});
