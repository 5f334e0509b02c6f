import { makeTable, tableToIPC } from "apache-arrow";
import { expect, it } from "vitest";
import { decodeRows } from "../../dist/service/decode-rows.js";
import { bytesBeside } from "../../dist/service/table-memory.js";
import { lines } from "./running.ts";

const limits = { rows: 1e6, bytes: 1e8 };

it("bytes beside a body are those that its rows were read into", () => {
  const rows = 3000;
  const body = Buffer.from(lines(Array.from({ length: rows }, (_, k) => ({ a: k, b: k / 2, c: `text ${k}` }))));
  const table = decodeRows("ndjson", body, new Map(), limits);
  const least = 2 * 8 * rows + 9 * rows;
  expect(bytesBeside(body, table)).toBeGreaterThan(least);
  expect(bytesBeside(body, table)).toBeLessThan(8 * least);
});

it("of Arrow there are none, where its columns are the body's bytes", () => {
  const columns = { a: Float64Array.from({ length: 3000 }, (_, k) => k), b: new Float64Array(3000) };
  const stream = tableToIPC(makeTable(columns), "stream");
  // As bodies come: on a multiple of eight.
  const body = new Uint8Array(new ArrayBuffer(stream.length));
  body.set(stream);
  expect(bytesBeside(body, decodeRows("arrow", body, new Map(), limits))).toBe(0);
});
