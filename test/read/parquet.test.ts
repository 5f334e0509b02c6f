import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { FixedColumn } from "../../dist/column/column.js";
import { sliceTable } from "../../dist/column/slice.js";
import { compare } from "../../dist/drift/compare.js";
import type { FixedChunk } from "../../dist/engine/chunk.js";
import { openTable } from "../../dist/read/open-table.js";
import { decodeParquet } from "../../dist/read/parquet.js";
import { readTable } from "../../dist/read/read-table.js";
import { categorySource } from "../../dist/source/categories.js";
import { valuesOf } from "../column/naive.ts";
import { corpus, hasCorpus } from "./corpus.ts";
import { Hostile } from "./hostile.ts";

const flights = fileURLToPath(new URL("../../node_modules/vega-datasets/data/flights-3m.parquet", import.meta.url));

describe.skipIf(!existsSync(flights))("a Parquet file of 3 million rows", () => {
  it("is read whole", async () => {
    const table = await readTable(flights);
    expect(table.rows).toBe(3_000_000);
    expect([...table.columns].map(([name, { type, rows }]) => [name, type, rows])).toEqual([
      ["date", "Timestamp<MICROSECOND>", 3_000_000],
      ["delay", "Int64", 3_000_000],
      ["distance", "Int64", 3_000_000],
      ["origin", "LargeUtf8", 3_000_000],
      ["destination", "LargeUtf8", 3_000_000],
    ]);
  });

  it("is read by columns, and refuses those it has not", async () => {
    const table = await readTable(flights, { columns: ["delay"] });
    expect([...table.columns.keys()]).toEqual(["delay"]);
    expect(table.rows).toBe(3_000_000);
    await expect(readTable(flights, { columns: ["x"] })).rejects.toThrow(
      new RangeError("readTable: there is no column x; there are date, delay, distance, origin, destination"),
    );
  });
});

describe.skipIf(!existsSync(flights))("a Parquet file that was opened", () => {
  it("is decoded batch by batch into memory that is used again", async () => {
    let rows = 0;
    let first: { readonly seen: Uint8Array; readonly was: Uint8Array } | undefined;
    await decodeParquet("openTable", flights, ["delay", "distance"], {
      apart: true,
      column: () => {},
      rows: (part) => {
        rows += part.rows;
        for (const { chunks } of part.columns.values()) {
          const { bytes } = (chunks as readonly FixedChunk[])[0]!;
          first ??= { seen: bytes, was: bytes.slice() };
        }
      },
    });
    expect(rows).toBe(6_000_000);
    expect(Buffer.compare(first!.seen, first!.was)).not.toBe(0);
  });

  it.each([2 ** 29, 2 ** 22])(
    "gives the report of the table in memory, with %d bytes",
    async (memory) => {
      const columns = ["date", "delay", "origin"];
      const [read, opened] = [await readTable(flights, { columns }), await openTable(flights, { columns, memory })];
      expect(Array.isArray(opened.columns.get("delay")!.chunks)).toBe(memory > 2 ** 22);
      expect(opened.rows).toBe(read.rows);
      const [half, openedHalf] = [read, opened].map((table) => sliceTable(table, 0, 20_000));
      expect(await compare(opened, openedHalf!)).toEqual(await compare(read, half!));
    },
    60_000,
  );

  it("is one table with others, also of other formats", async () => {
    const table = await openTable([flights, flights], { columns: ["distance"], memory: 2 ** 22 });
    expect(table.rows).toBe(6_000_000);
    const { counts } = categorySource(table.columns.get("distance") as FixedColumn).categories(2000);
    const once = await readTable(flights, { columns: ["distance"] });
    for (const [name, count] of categorySource(once.columns.get("distance") as FixedColumn).categories(2000).counts) {
      expect(counts.get(name)).toBe(2 * count);
    }
    await expect(openTable(flights, { columns: ["x"] })).rejects.toThrow("openTable: there is no column x");
  });
});

describe.skipIf(!hasCorpus("parquet-float"))("Parquet files of floats (corpus/parquet-float)", () => {
  const values = async (file: string, column: string) =>
    valuesOf((await readTable(corpus(`parquet-float/${file}`))).columns.get(column)!);

  it("have float16, zeros and NaN", async () => {
    expect(await values("float16_nonzeros_and_nans.parquet", "x")).toEqual([null, 1, -2, Number.NaN, 0, -1, -0, 2]);
    expect(await values("float16_zeros_and_nans.parquet", "x")).toEqual([null, 0, Number.NaN]);
  });

  it("have NaN that statistics leave out", async () => {
    expect(await values("nan_in_stats.parquet", "x")).toEqual([1, Number.NaN]);
    expect(await values("single_nan.parquet", "mycol")).toEqual([null]);
    expect((await readTable(corpus("parquet-float/floating_orders_nan_count.parquet"))).rows).toBe(50);
  });
});

/** Files that pyarrow refuses and that are read here, and why. */
const read: Readonly<Record<string, string>> = {
  "ARROW-GH-43605.parquet": "correct: pyarrow reads it too",
  "ARROW-GH-45185.parquet": "its only column is a list, which is not decoded",
  "ARROW-RS-GH-6229-LEVELS.parquet": "its only column is a list, which is not decoded",
  "ARROW-GH-47662.parquet": "its only column is a FixedSizeBinary, which is not decoded",
};

describe.skipIf(!hasCorpus("parquet-bad"))("malformed Parquet files (corpus/parquet-bad)", () => {
  const hostile = new Hostile();
  afterAll(() => hostile.close());
  const folder = corpus("parquet-bad");
  for (const file of hasCorpus("parquet-bad") ? readdirSync(folder).filter((name) => name.endsWith(".parquet")) : []) {
    it(`${file in read ? "reads what it supports of" : "refuses"} ${file}`, async () => {
      const outcome = await hostile.read(join(folder, file));
      expect(outcome.error).toBe(file in read ? undefined : "FormatError");
      if (file in read && file !== "ARROW-GH-43605.parquet") expect(outcome.columns).toEqual([]);
    });
  }
});

describe.skipIf(!hasCorpus("arrow-fuzz/parquet-fuzzing"))("fuzzed Parquet files (corpus/arrow-fuzz)", () => {
  it("are refused or read, but end in no other way", { timeout: 400_000 }, async () => {
    const hostile = new Hostile();
    const folder = corpus("arrow-fuzz/parquet-fuzzing");
    const other: unknown[] = [];
    for (const file of readdirSync(folder)) {
      const outcome = await hostile.read(join(folder, file), "parquet");
      if (outcome.error !== undefined && outcome.error !== "FormatError") other.push([file, outcome]);
    }
    hostile.close();
    expect(other).toEqual([]);
  });
});
