/** Few bytes that stand for many values. */
import { Field, makeData, Null, RecordBatch, Schema, Struct, Table, tableToIPC } from "apache-arrow";
import { expect, it } from "vitest";
import { running } from "./running.ts";

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
