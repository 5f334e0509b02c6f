import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FormatError } from "../../dist/column/format-error.js";
import { readTable } from "../../dist/read/read-table.js";
import { valuesOf } from "../column/naive.ts";
import { corpus, hasCorpus } from "./corpus.ts";

const folder = mkdtempSync(join(tmpdir(), "smirnov-csv-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Reads text as a CSV file. */
async function read(text: string | Uint8Array, options = {}) {
  const path = join(folder, "table.csv");
  writeFileSync(path, text);
  return readTable(path, options);
}

/** The one column of a file of these fields. */
async function column(...fields: string[]) {
  const table = await read(["c", ...fields, ""].join("\n"));
  const { type, kind } = table.columns.get("c")!;
  return { type, kind, values: valuesOf(table.columns.get("c")!) };
}

describe("types of CSV columns", () => {
  const cases: [string, string[], string, unknown[]][] = [
    ["integers", ["1", "-2", "+3", "007", "0"], "Int64", [1n, -2n, 3n, 7n, 0n]],
    [
      "integers beyond 2^53",
      ["9223372036854775807", "-9223372036854775808", "+9007199254740993"],
      "Int64",
      [2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n],
    ],
    ["integers beyond 64 bits", ["9223372036854775808", "1"], "Float64", [2 ** 63, 1]],
    ["numbers", ["1", "-2.5", "1e3", ".5", "5.", "1E-2"], "Float64", [1, -2.5, 1000, 0.5, 5, 0.01]],
    [
      "infinities and NaN",
      ["inf", "-Infinity", "+INF", "NaN", "1"],
      "Float64",
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN, 1],
    ],
    ["truth values", ["true", "False", "TRUE"], "Bool", [true, false, true]],
    ["days", ["1970-01-02", "1969-12-31", "2024-02-29", "0001-01-01"], "Date32<DAY>", [1, -1, 19782, -719162]],
    [
      "moments",
      ["1970-01-01T00:00:01Z", "1970-01-01 00:00:00.000002", "1970-01-01T01:00+01:00", "1970-01-02"],
      "Timestamp<MICROSECOND, UTC>",
      [1_000_000n, 2n, 0n, 86_400_000_000n],
    ],
    ["days that do not exist", ["2023-02-29"], "Utf8", ["2023-02-29"]],
    ["hours that do not exist", ["2023-02-28T24:00Z"], "Utf8", ["2023-02-28T24:00Z"]],
    ["numbers and words", ["1", "x", "NA", "2.50"], "Utf8", ["1", "x", "NA", "2.50"]],
    ["numbers and truth values", ["1", "true"], "Utf8", ["1", "true"]],
    ["hexadecimal", ["0x10"], "Utf8", ["0x10"]],
    ["white space around numbers", [" 1"], "Utf8", [" 1"]],
  ];
  it.each(cases)("takes %s", async (_, fields, type, values) => {
    expect(await column(...fields)).toMatchObject({ type, values });
  });

  it("takes an empty field, NA and null as null unless the column is text", async () => {
    const table = await read("n,t\n1,a\n,\nNA,NA\nnull,null\nNULL,b\n");
    expect(valuesOf(table.columns.get("n")!)).toEqual([1n, null, null, null, null]);
    expect(valuesOf(table.columns.get("t")!)).toEqual(["a", "", "NA", "null", "b"]);
  });

  it("takes a column without any value as nulls", async () => {
    const table = await read("a,b\n,1\nNA,2\n");
    expect(table.columns.get("a")).toMatchObject({ kind: "numeric" });
    expect(valuesOf(table.columns.get("a")!)).toEqual([null, null]);
  });

  it("looks at the whole column, not only at its beginning", async () => {
    const ones = Array<string>(5000).fill("1");
    expect((await column(...ones, "2.5")).type).toBe("Float64");
    const mixed = await column(...ones, "01x", "");
    expect(mixed.type).toBe("Utf8");
    expect(mixed.values.slice(4999)).toEqual(["1", "01x", ""]);
    expect((await column(...Array<string>(5000).fill("NA"), "7")).values.slice(4999)).toEqual([null, 7n]);
  });

  it("keeps every value over many chunks", async () => {
    const numbers = Array.from({ length: 20_000 }, (_, row) => (row % 7 === 0 ? "" : `${row / 4}`));
    const { values } = await column(...numbers);
    expect(values).toEqual(numbers.map((field) => (field === "" ? null : Number(field))));
  });
});

describe("CSV records", () => {
  it("keeps quoted commas, quotes and line breaks", async () => {
    const table = await read('a,b\r\n"x, ""y""","1\n2"\r\nz,3\r\n');
    expect(table.rows).toBe(2);
    expect(valuesOf(table.columns.get("a")!)).toEqual(['x, "y"', "z"]);
    expect(valuesOf(table.columns.get("b")!)).toEqual(["1\n2", "3"]);
  });

  it("drops the byte order mark and keeps other characters, over the pieces of a file too", async () => {
    const long = "ä€😀".repeat(200_000);
    const table = await read(`\ufeffa,b\n${long},1\n`);
    expect(valuesOf(table.columns.get("a")!)).toEqual([long]);
  });

  it("reads a header alone as a table without rows", async () => {
    const table = await read("a,b\n");
    expect(table.rows).toBe(0);
    expect([...table.columns.keys()]).toEqual(["a", "b"]);
  });

  it("skips empty lines, which of one column are nulls", async () => {
    expect((await read("a,b\n1,2\n\n3,4\n\n")).rows).toBe(2);
    expect((await column("1", "", "2", "")).values).toEqual([1n, null, 2n, null]);
  });

  it("does not need a line break at the end", async () => {
    for (const text of ["c\n1\n2", "c\n1\n2\n", "c\r\n1\r\n2\r\n", "\n\nc\n1\n2"]) {
      expect(valuesOf((await read(text)).columns.get("c")!)).toEqual([1n, 2n]);
    }
  });

  it("numbers columns of the same name", async () => {
    expect([...(await read("a,a,a\n1,2,3\n")).columns.keys()]).toEqual(["a", "a (2)", "a (3)"]);
  });

  it("reads only the columns that are wanted", async () => {
    const table = await read("a,b,c\n1,2,3\n", { columns: ["c", "a"] });
    expect([...table.columns.keys()]).toEqual(["a", "c"]);
    await expect(read("a,b\n1,2\n", { columns: ["x"] })).rejects.toThrow(
      new RangeError("readTable: there is no column x; there are a, b"),
    );
  });

  it("refuses a wrong number of fields by line, counting line breaks in quotes", async () => {
    await expect(read('a,b\n"1\n2",3\n4,5,6\n')).rejects.toThrow("line 4: expected 2 fields like the header, found 3");
    await expect(read("a,b\n1\n")).rejects.toThrow(FormatError);
  });

  it("refuses open quotes and bytes that are not UTF-8", async () => {
    await expect(read('a,b\n"1,2\n')).rejects.toThrow("line 2: expected fields quoted");
    await expect(read(Uint8Array.of(97, 10, 255, 10))).rejects.toThrow("expected UTF-8");
  });
});

describe.skipIf(!hasCorpus("arrow-fuzz/csv-fuzzing"))("malformed CSV files (corpus/arrow-fuzz)", () => {
  const path = corpus("arrow-fuzz/csv-fuzzing");
  for (const file of hasCorpus("arrow-fuzz/csv-fuzzing") ? readdirSync(path) : []) {
    if (!file.startsWith("clusterfuzz")) continue;
    it(`reads or refuses ${file}`, async () => {
      const outcome = await readTable(join(path, file), { format: "csv" }).catch((error: unknown) => error);
      expect(outcome instanceof FormatError || "rows" in (outcome as object)).toBe(true);
    });
  }
});
