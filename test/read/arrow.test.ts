import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { moments, readTable } from "smirnov";
import { describe, expect, it } from "vitest";
import type { FixedColumn } from "../../dist/column/column.js";
import { FormatError } from "../../dist/column/format-error.js";
import { arrowTable } from "../../dist/read/arrow.js";
import { sharedBytes } from "../../dist/read/file-bytes.js";
import { firstChunk, valuesOf } from "../column/naive.ts";

interface Fixture {
  readonly name: string;
  readonly base64: string;
  readonly columns: Readonly<Record<string, unknown[]>>;
}

const oracle = JSON.parse(readFileSync(new URL("../oracle/read/arrow-fixtures.json", import.meta.url), "utf8"));
const fixtures: Fixture[] = oracle.fixtures;

/** Decodes bytes that lie in shared memory. */
function decode(bytes: Uint8Array, columns?: string[]) {
  const memory = new SharedArrayBuffer(bytes.length);
  new Uint8Array(memory).set(bytes);
  return arrowTable(sharedBytes("test", memory), columns);
}

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));
const fixture = (name: string) => bytesOf(fixtures.find((one) => one.name === name)!.base64);

/** A value as JSON has it. */
const plain = (value: unknown) =>
  typeof value !== "bigint" ? value : value > 2n ** 53n || value < -(2n ** 53n) ? `${value}` : Number(value);

describe("Arrow files and streams of pyarrow", () => {
  it.each(fixtures)("reads $name", ({ base64, columns }) => {
    const table = decode(bytesOf(base64));
    expect(Object.fromEntries([...table.columns].map(([name, column]) => [name, valuesOf(column).map(plain)]))).toEqual(
      columns,
    );
    expect(table.unsupported.size).toBe(0);
  });

  it("reads only the columns that are wanted", () => {
    expect([...decode(fixture("lz4 stream"), ["text", "f64"]).columns.keys()]).toEqual(["f64", "text"]);
    expect(() => decode(fixture("lz4 stream"), ["x"])).toThrow(RangeError);
  });

  it("reads lists of equally many floating-point numbers as vectors, and refuses other nested types by name", () => {
    const { columns } = decode(fixture("vectors"));
    expect(columns.get("f32")).toMatchObject({ kind: "vector", type: "FixedSizeList[3]<Float32>", dimension: 3 });
    const nested = decode(bytesOf(oracle.nested));
    expect([...nested.columns.keys()]).toEqual(["a"]);
    expect([...nested.unsupported]).toEqual([
      ["ints", "FixedSizeList"],
      ["lists", "List"],
      ["vectors of vectors", "FixedSizeList"],
    ]);
    expect(valuesOf(nested.columns.get("a")!)).toEqual([1.5, 2.5]);
  });

  it("refuses text that is not UTF-8", () => {
    expect(() => decode(bytesOf(oracle["not utf8"]))).toThrow("column t: expected UTF-8, found other bytes in row 0");
  });
});

describe("Arrow files and streams of apache-arrow", () => {
  const table = arrow.tableFromArrays({ a: Float64Array.of(1, 2, 3), b: ["x", "y", "x"], c: [true, null, false] });

  it("reads a file and a stream without a copy", () => {
    for (const format of ["file", "stream"] as const) {
      const bytes = arrow.tableToIPC(table, format);
      const memory = new SharedArrayBuffer(bytes.length);
      new Uint8Array(memory).set(bytes);
      const { columns } = arrowTable(sharedBytes("test", memory));
      expect(valuesOf(columns.get("a")!)).toEqual([1, 2, 3]);
      expect(valuesOf(columns.get("b")!)).toEqual(["x", "y", "x"]);
      expect(valuesOf(columns.get("c")!)).toEqual([true, null, false]);
      expect((firstChunk(columns.get("a")!) as unknown as { bytes: Uint8Array }).bytes.buffer).toBe(memory);
    }
  });

  it("refuses a file that is cut off anywhere", () => {
    const bytes = arrow.tableToIPC(table, "file");
    for (let length = 0; length < bytes.length; length += 7) {
      expect(() => decode(bytes.subarray(0, length))).toThrow(FormatError);
    }
  });

  it("refuses Feather V1 by name", () => {
    expect(() => decode(new TextEncoder().encode("FEA1 and so on"))).toThrow("found Feather V1");
  });
});

describe("an Arrow file of an older writer", () => {
  it("may have its blocks on four bytes", async () => {
    const file = new URL("../data/flights-200k.arrow", import.meta.resolve("vega-datasets"));
    const { rows, columns } = await readTable(fileURLToPath(file));
    expect(rows).toBe(200_000);
    // What pyarrow 26 and its compute.mean give.
    const means = ["delay", "distance", "time"].map((name) => moments(columns.get(name) as FixedColumn).mean);
    expect(means[0]).toBe(7.500795);
    expect(means[2]).toBeCloseTo(13.775850831192573, 12);
  });
});

describe("Arrow bytes that were changed", () => {
  for (const { name, base64 } of fixtures) {
    it(`are refused or read, but end in no other error: ${name}`, () => {
      const original = bytesOf(base64);
      const changes = fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
      fc.assert(
        fc.property(changes, (list) => {
          const bytes = original.slice();
          for (const [at, value] of list) bytes[at] = value;
          try {
            const table = decode(bytes);
            for (const column of table.columns.values()) expect(column.rows).toBe(table.rows);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        }),
        { numRuns: 300, seed: 1 },
      );
    });
  }
});
