/** What a dataset may hold, and what becomes of what was accepted before. */
import { rm } from "node:fs/promises";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { authorized, lines, ndjson, noon, rowsFrom, running, scratchFolder, token } from "./running.ts";

const arrow = { "content-type": "application/vnd.apache.arrow.stream" };
const post = (payload: string | Uint8Array, headers: Record<string, string> = ndjson) =>
  ({ method: "POST", url: "/v1/a/rows", payload, headers }) as const;
const small = { a: { window: { rows: 1_000_000 } } } as const;

/**
 * Two rows of views, of which the second is null and shows 100 bytes at 9 of buffer 7, which is not there. By pyarrow 26.0.1:
 * pa.Array.from_buffers(pa.string_view(), 2, [validity 0b01, views]).
 */
const viewOfNothing =
  "/////3AAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAEAAAAUAAAAEAAUAAgABgAHAAwAAAAQABAAAAAAAAEYEAAAABgAAAAEAAAAAAAAAAEAAAB2AAAABAAEAAQAAAAAAAAA/////6AAAAAUAAAAAAAAAAwAFgAGAAUACAAMAAwAAAAAAwQAHAAAACgAAAAAAAAAAAAOABwAEAAEAAgAAAAMAA4AAABQAAAAJAAAABAAAAACAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAACAAAAAAAAAAIAAAAAAAAACAAAAAAAAAAAAAAAAEAAAACAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAACAAAAb2sAAAAAAAAAAAAAZAAAAAAAAAAHAAAACQAAAP////8AAAAA";

describe("columns", () => {
  it("of views may show anything where they are null", async () => {
    const { ask } = await running({ datasets: small });
    const { status, json } = await ask(post(Buffer.from(viewOfNothing, "base64"), arrow));
    expect([status, json.rows]).toEqual([202, 2]);
  });

  it("are at most 4096 of all rows together", async () => {
    const { ask } = await running({ datasets: small });
    const row = (first: number, count: number) =>
      lines([Object.fromEntries(Array.from({ length: count }, (_, k) => [`c${first + k}`, 1]))]);
    expect((await ask(post(row(0, 4096)))).status).toBe(202);
    const { status, json } = await ask(post(row(4096, 1)));
    expect([status, json.detail]).toEqual([
      422,
      'line 1: expected at most 4096 columns, found another one, the text "c4096"',
    ]);
    expect((await ask(post(row(0, 4096)))).status).toBe(202);
  });

  it("have names of at most 10 000 characters", async () => {
    const { ask } = await running({ datasets: small });
    expect((await ask(post(lines([{ ["x".repeat(10_000)]: 1 }])))).status).toBe(202);
    const { status, json } = await ask(post(lines([{ ["y".repeat(10_001)]: 1 }])));
    expect([status, json.detail]).toEqual([
      422,
      `column "${"y".repeat(100)}": expected a name of at most 10000 characters, found 10001`,
    ]);
  });

  it("have texts of at most 256 KiB, also those of a reference", async () => {
    const { ask } = await running({ datasets: small });
    const row = (length: number) => lines([{ t: "a" }, { t: "x".repeat(length) }]);
    expect((await ask(post(row(2 ** 18)))).status).toBe(202);
    const refused = { row: 1, column: "t", detail: 'column "t": a text may have 262144 bytes, got 262145' };
    const rows = await ask(post(row(2 ** 18 + 1)));
    expect([rows.status, rows.json]).toEqual([422, expect.objectContaining(refused)]);
    const csv = `t\na\n${"x".repeat(2 ** 18 + 1)}\n`;
    const reference = {
      method: "PUT",
      url: "/v1/a/reference",
      payload: csv,
      headers: { "content-type": "text/csv" },
    } as const;
    const sent = await ask(reference);
    expect([sent.status, sent.json]).toEqual([422, expect.objectContaining(refused)]);
  });
});

describe("memory", () => {
  it("of open windows is at most maximumBytes", async () => {
    const { ask, service } = await running({ datasets: { a: { window: { rows: 1_000_000 }, maximumBytes: 2 ** 20 } } });
    const rows = lines([{ t: "x".repeat(200_000) }]);
    const statuses: number[] = [];
    for (let k = 0; k < 10; k++) {
      statuses.push((await ask(post(rows))).status);
      await service.idle();
    }
    const accepted = statuses.filter((status) => status === 202).length;
    expect(accepted).toBeGreaterThan(1);
    expect(accepted).toBeLessThan(6);
    const { status, json } = await ask(post(rows));
    expect([status, json.detail]).toEqual([
      507,
      expect.stringMatching(
        /^windows that are open hold \d+ of 1048576 bytes \(maximumBytes\), and \d+ more have no room/,
      ),
    ]);
  });

  it("that rows take once they are decoded counts among what waits", async () => {
    const limits = { bodyBytes: 2 ** 20, pendingBytes: 3 * 2 ** 20 };
    const { ask, service } = await running({ datasets: small, limits });
    // 400 kB as JSON, 1.6 MB as numbers.
    const rows = JSON.stringify({ columns: { x: Array.from({ length: 200_000 }, (_, k) => k % 10) } });
    const one = post(rows, { "content-type": "application/json" });
    const answers = await Promise.all([ask(one), ask(one), ask(one)]);
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 202).length + refused.length).toBe(3);
    expect(refused.length).toBeGreaterThan(0);
    await service.idle();
    expect((await ask({ url: "/metrics" })).body).toMatch(/^smirnov_pending_bytes 0$/m);
    expect((await ask(one)).status).toBe(202);
  });
});

it("what was accepted is read again, though limits are lower by now", async () => {
  const folder = scratchFolder();
  const datasets = { a: { window: { rows: 1000 }, against: "previous", time: "time" } } as const;
  const before = await running({ datasets, snapshotEvery: "1h" }, { folder });
  expect((await before.ask(post(lines(rowsFrom(noon, 1500))))).status).toBe(202);
  await before.service.close();
  await rm(`${folder}/smirnov-data/datasets/a/state`, { recursive: true });
  const after = await running({ datasets, limits: { bodyBytes: 1024, decodedBytes: 1024 } }, { folder });
  expect((await after.ask({ url: "/v1/datasets" })).body).toMatch(/"applied":1\b/);
});

it("what was accepted is read again, though fewer rows may be held by now", async () => {
  const folder = scratchFolder();
  const dataset = { window: { rows: 1000 }, against: "previous", time: "time" } as const;
  const before = await running({ datasets: { a: dataset }, snapshotEvery: "1h" }, { folder });
  const rows = rowsFrom(noon, 4500);
  for (const from of [0, 1500, 3000]) {
    expect((await before.ask(post(lines(rows.slice(from, from + 1500))))).status).toBe(202);
  }
  await before.service.close();
  await rm(`${folder}/smirnov-data/datasets/a/state`, { recursive: true });
  const datasets = { a: { ...dataset, maximumRows: 900 } };
  const after = await running({ datasets }, { folder });
  expect((await after.ask({ url: "/v1/datasets" })).body).toMatch(/"applied":3\b/);
  await after.service.idle();
  const told = JSON.parse((await after.ask({ url: "/v1/a/windows" })).body) as { rows: number }[];
  expect(told.map((window) => window.rows)).toEqual([1000, 1000, 1000, 1000]);
  const { status, json } = await after.ask(post(lines(rows.slice(0, 500))));
  expect([status, json.detail]).toEqual([507, expect.stringContaining("hold 500 of 900 rows (maximumRows)")]);
});

describe("stretches of window.every", () => {
  const minutes = (from: number, count: number) =>
    Array.from({ length: count }, (_, k) => ({ time: noon + 60_000 * (from + k), x: k }));
  const open = { window: { duration: "1m" }, time: "time", lateness: "365d" } as const;
  const sent = {
    rows: (body: string) => post(body),
    series: (body: string) => ({ ...post(body), url: "/v1/a/series" }),
  };

  it.each(["rows", "series"] as const)(
    "are 10 000 at most: %s beyond are refused before they are accepted",
    async (kind) => {
      const { ask, service, log } = await running({ datasets: { a: open } });
      const send = (from: number, count: number) => ask(sent[kind](lines(minutes(from, count))));
      const all = await send(0, 10_003);
      expect([all.status, all.json.detail]).toEqual([
        422,
        "a body may lie in 10002 stretches of window.every, got 10003: send fewer rows at a time",
      ]);
      expect((await send(0, 9000)).status).toBe(202);
      await service.idle();
      const more = await send(8000, 2003);
      expect([more.status, more.json.detail]).toEqual([
        507,
        "windows that are open hold 9000 of 10002 stretches of window.every, and 1003 more have no room: windows must be smaller, or close",
      ]);
      const answers = await Promise.all([send(9000, 1002), send(8000, 1000), send(9000, 1002)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 429]);
      await service.idle();
      expect((await send(9500, 502)).status).toBe(202);
      await service.idle();
      expect(log.filter(({ msg }) => msg === "an accepted record could not be applied")).toEqual([]);
      expect((await ask({ url: "/metrics" })).body).toMatch(/^smirnov_pending_bytes 0$/m);
    },
  );

  it("are counted where windows are of rows too", async () => {
    const { ask } = await running({ datasets: { a: { window: { rows: 2 } } } });
    const { status, json } = await ask(post(lines(minutes(0, 20_005))));
    expect([status, json.detail]).toEqual([422, expect.stringContaining("got 10003:")]);
  });

  it("take memory, however few rows each has", async () => {
    const { ask } = await running({ datasets: { a: { ...open, maximumBytes: 2 ** 20 } } });
    const { status, json } = await ask(post(lines(minutes(0, 1000))));
    expect([status, json.detail]).toEqual([507, expect.stringContaining("hold 0 of 1048576 bytes (maximumBytes)")]);
  });
});

it("values of a series in a stretch are at most maximumRows", async () => {
  const { ask, service, log } = await running({ datasets: { a: { window: { rows: 1000 }, maximumRows: 10 } } });
  const send = (count: number) =>
    ask({ ...post(lines(Array.from({ length: count }, (_, k) => ({ time: noon, s: k })))), url: "/v1/a/series" });
  expect((await send(8)).status).toBe(202);
  await service.idle();
  const { status, json } = await send(3);
  expect([status, json.detail]).toEqual([
    507,
    expect.stringContaining("up to 10 values of a series (maximumRows), and 3 more"),
  ]);
  expect((await send(2)).status).toBe(202);
  await service.idle();
  expect(log.filter(({ msg }) => msg === "an accepted record could not be applied")).toEqual([]);
});

describe("series", () => {
  const send = (row: object) => ({ url: "/v1/a/series", json: [row] }) as const;

  it.each([[{ "": 1 }], [{ ["s".repeat(10_001)]: 1 }]])(
    "without a name that can be used are refused: %#",
    async (row) => {
      const { ask, log } = await running({ datasets: small });
      const { status, json } = await ask(send(row));
      expect([status, json.detail, json.row]).toEqual([422, "a series has a name of 1 to 10000 characters", 0]);
      expect(log.filter(({ msg }) => msg === "an accepted record could not be applied")).toEqual([]);
    },
  );

  it.each([[-62_135_596_800_001], [253_402_300_800_000], ["-000001-01-01"], ["99999-01-01"]])(
    "at %s, outside of the years 1 to 9999, are refused",
    async (time) => {
      const { ask } = await running({ datasets: small });
      expect((await ask(send({ time, ms: 1 }))).status).toBe(422);
    },
  );

  it("of the years 1 and 9999 are taken", async () => {
    const { ask } = await running({ datasets: small });
    for (const time of [-62_135_596_800_000, 253_402_300_799_999])
      expect((await ask(send({ time, ms: 1 }))).status).toBe(202);
  });
});

it("rows of times outside of the years 1 to 9999 are in no window, and are counted", async () => {
  const datasets = { a: { window: { duration: "1h" }, time: "time" } } as const;
  const { ask, service, log } = await running({ datasets });
  const rows = [{ time: -8.6e15 }, { time: 8.6e15 }, { time: noon }, { time: noon + 7_200_000 }];
  expect((await ask(post(lines(rows)))).status).toBe(202);
  await service.idle();
  expect(log.filter(({ msg }) => msg === "an accepted record could not be applied")).toEqual([]);
  expect(log.filter(({ msg }) => String(msg).startsWith("rows without a time"))).toEqual([
    expect.objectContaining({ rows: 2 }),
  ]);
  const windows = JSON.parse((await ask({ url: "/v1/a/windows" })).body) as { start: number; rows: number }[];
  expect(windows[0]).toMatchObject({ start: noon, rows: 1 });
});

describe("a client that asks before it sends (Expect: 100-continue)", () => {
  const dialogue = async (url: string, head: readonly string[], body: string): Promise<string> => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    let text = "";
    const lines = [...head, "host: x", "content-type: application/json", "expect: 100-continue", "", ""];
    socket.write(lines.join("\r\n"));
    for await (const piece of socket) {
      text += String(piece);
      if (text === "HTTP/1.1 100 Continue\r\n\r\n") socket.write(body);
      if (/202 Accepted.*\}$/s.test(text)) socket.end();
    }
    return text;
  };
  const authorization = `authorization: Bearer ${token}`;
  const service = () =>
    running({ datasets: small, auth: { tokens: [token] }, limits: { bodyBytes: 1024 } }, { listen: true });

  it("is told to go on once it is known that its body is wanted", async () => {
    const { service: one } = await service();
    const body = '[{"x":1}]';
    const head = ["POST /v1/a/rows HTTP/1.1", authorization, `content-length: ${body.length}`];
    expect(await dialogue(one.url!, head, body)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 202 Accepted\r\n/);
  });

  it.each([
    ["its token is not known", "POST /v1/a/rows HTTP/1.1", "authorization: Bearer no", 9, 401],
    ["its dataset is not there", "POST /v1/other/rows HTTP/1.1", authorization, 9, 404],
    ["its path takes no body", "POST /v1/a/windows HTTP/1.1", authorization, 9, 405],
  ])("is answered at once, and the connection ends, where %s", async (_, line, authorization, length, status) => {
    const { service: one } = await service();
    const text = await dialogue(one.url!, [line, authorization, `content-length: ${length}`], '[{"x":1}]');
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(text).toMatch(/\r\nconnection: close\r\n/i);
  });
});

it("a request that ends before its body did is told so", async () => {
  const { service } = await running({ datasets: small, auth: { tokens: [token] } }, { listen: true });
  const { hostname, port } = new URL(service.url!);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  socket.end(
    `POST /v1/a/rows HTTP/1.1\r\nhost: x\r\nauthorization: ${authorized.authorization}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n[`,
  );
  let text = "";
  for await (const piece of socket) text += String(piece);
  expect(text).toMatch(/^HTTP\/1\.1 400 /);
  expect(text).toContain("the request ended before its body did");
});
