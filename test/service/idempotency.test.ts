/** What docs/service.md promises of `Idempotency-Key`, sentence by sentence; crash.test.ts has retries after kill -9. */
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { authorized, copyOf, lines, ndjson, noon, rowsFrom, running, scratchFolder, token } from "./running.ts";

const orders = {
  window: { duration: "1m" },
  time: "time",
  labels: { id: "id", target: "late", prediction: "said", task: "classification" },
} as const;
const url = "/v1/orders/rows";
const withKey = (key: string) => ({ "idempotency-key": key });
const withIds = (from: number, count: number) =>
  rowsFrom(noon, count).map((row, k) => ({ ...row, id: from + k, said: k % 2 === 0 }));
const json = { "content-type": "application/json" };

describe("a request that is sent again with its key", () => {
  it("does nothing twice, whatever it brings", async () => {
    const { ask, service } = await running({ datasets: { orders } });
    const labels = withIds(0, 10).map(({ id, said }) => ({ id, late: said }));
    const requests = [
      { method: "POST", url, payload: JSON.stringify(withIds(0, 10)), headers: json },
      { method: "POST", url: "/v1/orders/labels", payload: lines(labels), headers: ndjson },
      { method: "POST", url: "/v1/orders/series", payload: `{"time":${noon},"errors":1}`, headers: ndjson },
      { method: "PUT", url: "/v1/orders/reference", payload: lines(withIds(0, 50)), headers: ndjson },
    ] as const;
    for (const [k, request] of requests.entries()) {
      for (const repeated of [false, true, true]) {
        const answer = await ask({ ...request, headers: { ...request.headers, ...withKey(`key-${k}`) } });
        expect(answer, answer.body).toMatchObject({ status: 202, json: { sequence: k + 1, repeated } });
        expect(answer.json).toMatchObject({ dataset: "orders", durable: "disk", rows: [10, 10, 1, 50][k] });
      }
    }
    // Closes the window.
    const last = [{ ...withIds(99, 1)[0], time: noon + 60_000 }];
    expect((await ask({ url, json: last })).json).toMatchObject({ sequence: 5, repeated: false });
    await service.idle();
    const { json: report } = await ask({ url: "/v1/orders/report" });
    expect(report).toMatchObject({ rows: 10, reference: { version: 1, rows: 50 }, series: { errors: { values: 1 } } });
    expect(report.modelQuality).toMatchObject({ labelled: 10, coverage: 1 });
    const [known] = (await ask({ url: "/v1/datasets" })).json as unknown as [{ sequence: number }];
    expect(known.sequence).toBe(5);
  });

  it("is known by its content, not by how that was sent", async () => {
    const { ask } = await running({ datasets: { orders } });
    const payload = lines(withIds(0, 10));
    const sent = (headers: Record<string, string>, body: string | Uint8Array = payload, to = url) =>
      ask({ method: "POST", url: to, payload: body, headers: { ...ndjson, ...headers } });
    expect((await sent(withKey("a"))).json).toMatchObject({ sequence: 1, repeated: false });
    const zipped = gzipSync(payload);
    expect((await sent({ ...withKey('"a"'), "content-encoding": "gzip" }, zipped)).json).toMatchObject({
      ...{ sequence: 1, repeated: true },
    });
    const others = [
      sent(withKey("a"), lines(withIds(0, 9))),
      sent({ ...withKey("a"), ...json }, JSON.stringify(withIds(0, 10))),
      sent(withKey("a"), lines([{ id: 1, late: true }]), "/v1/orders/labels"),
    ];
    for (const answer of await Promise.all(others)) {
      expect(answer).toMatchObject({
        status: 422,
        headers: { "content-type": expect.stringContaining("problem+json") },
      });
      expect(answer.json.detail).toBe('the Idempotency-Key "a" was given to another request already');
    }
    // None of them used another key up, or changed what "a" stands for.
    expect((await sent(withKey("a"))).json).toMatchObject({ sequence: 1, repeated: true });
    expect((await sent(withKey("b"))).json).toMatchObject({ sequence: 2, repeated: false });
  });

  it("is answered though there would be no room for its rows now", async () => {
    const { ask } = await running({ datasets: { orders: { ...orders, maximumRows: 10 } } });
    const first = {
      method: "POST",
      url,
      payload: lines(withIds(0, 10)),
      headers: { ...ndjson, ...withKey("a") },
    } as const;
    expect((await ask(first)).json).toMatchObject({ sequence: 1, repeated: false });
    expect((await ask({ url, json: withIds(0, 1) })).status).toBeGreaterThanOrEqual(429);
    expect(await ask(first)).toMatchObject({ status: 202, json: { sequence: 1, repeated: true } });
  });

  it("is done once where the client hung up before it was answered", async () => {
    const { ask, service } = await running({ datasets: { orders }, auth: { tokens: [token] } }, { listen: true });
    const payload = lines(withIds(0, 10));
    const { hostname, port } = new URL(service.url!);
    const head = [
      `POST ${url} HTTP/1.1`,
      `host: ${hostname}`,
      ...Object.entries({ ...ndjson, ...authorized, ...withKey("a") }).map(([name, value]) => `${name}: ${value}`),
      `content-length: ${Buffer.byteLength(payload)}`,
    ].join("\r\n");
    const sent = (body: string) =>
      new Promise<void>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => {
          socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy());
        });
        socket.on("close", () => resolve()).on("error", reject);
      });
    // Half of it is nothing, and leaves the key free.
    await sent(payload.slice(0, payload.length / 2));
    await sent(payload);
    const sequences = new Set<unknown>();
    for (let k = 0; k < 3; k++) {
      const again = await ask({ method: "POST", url, payload, headers: { ...ndjson, ...authorized, ...withKey("a") } });
      expect(again.status, again.body).toBe(202);
      sequences.add(again.json.sequence);
    }
    expect([...sequences]).toEqual([1]);
    const [known] = (await ask({ url: "/v1/datasets", headers: authorized })).json as unknown as [{ sequence: number }];
    expect(known.sequence).toBe(1);
  });
});

describe("a key", () => {
  it("is of one dataset", async () => {
    const { ask } = await running({ datasets: { orders, other: orders } });
    for (const name of ["orders", "other"]) {
      const answer = await ask({ url: `/v1/${name}/rows`, json: withIds(0, 3), headers: withKey("same") });
      expect(answer.json).toMatchObject({ dataset: name, sequence: 1, repeated: false });
    }
  });

  it("is remembered for so long, then the same request is new", async () => {
    const { ask } = await running({ datasets: { orders }, idempotency: { within: "1s" } });
    const sent = () => ask({ url, json: withIds(0, 3), headers: withKey("a") });
    const since = Date.now();
    expect((await sent()).json).toMatchObject({ sequence: 1, repeated: false });
    const second = await sent();
    if (Date.now() - since < 1000) expect(second.json).toMatchObject({ sequence: 1, repeated: true });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await sent()).json).toMatchObject({ repeated: false });
  });

  it("outlives the service, for what was written down and for what is read again", async () => {
    const folder = scratchFolder();
    const config = { datasets: { orders }, snapshotEvery: "1h" } as const;
    const sent = ({ ask }: Awaited<ReturnType<typeof running>>, key: string) =>
      ask({ url, json: withIds(0, 3), headers: withKey(key) });
    const one = await running(config, { folder });
    expect((await sent(one, "a")).json).toMatchObject({ sequence: 1, repeated: false });
    await one.service.close();
    const two = await running(config, { folder });
    expect((await sent(two, "a")).json).toMatchObject({ sequence: 1, repeated: true });
    expect((await sent(two, "b")).json).toMatchObject({ sequence: 2, repeated: false });
    // As after kill -9: b is in no state yet, but in the spool.
    const copy = copyOf(folder);
    await two.service.close();
    const three = await running(config, { folder: copy });
    expect(three.log.map(({ msg }) => msg)).toContain("replayed");
    for (const [key, sequence] of [
      ["a", 1],
      ["b", 2],
    ] as const) {
      expect((await sent(three, key)).json).toMatchObject({ sequence, repeated: true });
    }
  });

  it("stays free where the request was refused, whatever for", async () => {
    const { ask } = await running({
      datasets: { orders: { ...orders, maximumRows: 20 } },
      limits: { bodyBytes: 10_000 },
    });
    const headers = { ...ndjson, ...withKey("a") };
    const refused: [payload: string, status: number][] = [
      ["{", 400],
      [lines([{ time: true, id: 1 }]), 422],
      [lines(withIds(0, 21)), 413],
      ["x".repeat(20_000), 413],
    ];
    for (const [payload, status] of refused) {
      const answer = await ask({ method: "POST", url, payload, headers });
      expect(answer.status, answer.body).toBe(status);
    }
    const other = await ask({
      method: "POST",
      url,
      payload: "a",
      headers: { "content-type": "text/html", ...withKey("a") },
    });
    expect(other.status).toBe(415);
    expect((await ask({ method: "POST", url, payload: lines(withIds(0, 20)), headers })).json).toMatchObject({
      sequence: 1,
    });
    const full = {
      method: "POST",
      url,
      payload: lines(withIds(0, 1)),
      headers: { ...ndjson, ...withKey("b") },
    } as const;
    expect((await ask(full)).status).toBeGreaterThanOrEqual(429);
    expect((await ask(full)).json.repeated).toBe(undefined);
  });

  it("is 1 to 200 visible characters, given once", async () => {
    const { ask } = await running({ datasets: { orders } });
    for (const key of ["", " ", '""', "a b", "ü", "k".repeat(201), "a, b"]) {
      const answer = await ask({ url, json: withIds(0, 1), headers: withKey(key) });
      expect(answer.status, key).toBe(400);
      expect(answer.json.detail).toBe("an Idempotency-Key is 1 to 200 visible ASCII characters");
    }
    for (const key of ["k".repeat(200), "!", "8e03978e-40d5-43dd-bc93-6894a57f9324"]) {
      expect((await ask({ url, json: withIds(0, 1), headers: withKey(key) })).status).toBe(202);
    }
  });
});
