import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { columnOf } from "../../dist/column/column-of.js";
import { fromBytes, type Profile, profile, profileStream, type Row, readTable, toBytes } from "../../dist/index.js";
import { mostCells } from "../../dist/profile/cells.js";
import type { NumberProfile, TextProfile } from "../../dist/profile/profile.js";
import { profileColumn } from "../../dist/profile/profile-column.js";
import { randomFrom, sample, shapeNames } from "../statistics/samples.ts";
import { naiveCells } from "./naive.ts";
import { cut, mixedTable, rowsOf } from "./tables.ts";

const numbers = (of: Profile, name: string) => of.columns.get(name) as NumberProfile;
const texts = (of: Profile, name: string) => of.columns.get(name) as TextProfile;
const columnProfile = (values: ArrayBufferView | readonly unknown[]) => {
  const column = columnOf(values as number[]);
  if (column.kind === "vector") throw new TypeError("no vectors");
  return profileColumn(column) as NumberProfile;
};
const cellsOf = ({ cells }: NumberProfile) => ({
  shift: cells.shift,
  starts: Array.from(cells.starts),
  counts: Array.from(cells.counts),
});

describe("a profile of numbers", () => {
  it("has the cells of the definition for every shape, at the edges of blocks too", () => {
    for (const shape of shapeNames) {
      for (const rows of [0, 1, 2, 3000]) {
        const values = sample(shape, rows, rows);
        expect(cellsOf(columnProfile(values))).toEqual(naiveCells(values, mostCells));
      }
    }
    for (const rows of [65_535, 65_536, 65_537]) {
      const values = sample("an outlier", rows, rows);
      expect(cellsOf(columnProfile(values))).toEqual(naiveCells(values, mostCells));
    }
  });

  it("counts nulls, NaN and infinities apart; infinities have cells and ranks", () => {
    const found = columnProfile([
      1,
      null,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      undefined,
      -1,
      Number.NEGATIVE_INFINITY,
    ]);
    expect(found.missing).toEqual({ rows: 7, null: 2, nan: 1 });
    expect(found.moments).toMatchObject({ count: 2, mean: 0, m2: 2, min: -1, max: 1 });
    expect(found.moments).toMatchObject({ positiveInfinity: 1, negativeInfinity: 1 });
    expect(Array.from(found.cells.starts)).toEqual([Number.NEGATIVE_INFINITY, -1, 1, Number.POSITIVE_INFINITY]);
    expect(found.quantiles).toMatchObject({
      count: 4,
      min: Number.NEGATIVE_INFINITY,
      max: Number.POSITIVE_INFINITY,
    });
  });

  it("of none, one, equal values and nulls alone is what it must be", () => {
    expect(columnProfile(new Float64Array(0))).toMatchObject({ missing: { rows: 0, null: 0, nan: 0 } });
    expect(columnProfile([null, null])).toMatchObject({ missing: { rows: 2, null: 2 }, moments: { count: 0 } });
    expect(columnProfile([Number.NaN]).missing).toEqual({ rows: 1, null: 0, nan: 1 });
    expect(columnProfile([7])).toMatchObject({ moments: { count: 1, mean: 7, m2: 0, min: 7, max: 7 } });
    const equal = columnProfile(new Float64Array(70_000).fill(-0));
    expect(equal.moments).toMatchObject({ count: 70_000, mean: 0, m2: 0, min: 0, max: 0 });
    expect(cellsOf(equal)).toEqual({ shift: 0, starts: [0], counts: [70_000] });
  });

  it("counts truth values, small integers and dates exactly", () => {
    expect(cellsOf(columnProfile([true, false, null, true]))).toEqual({ shift: 0, starts: [0, 1], counts: [1, 2] });
    expect(cellsOf(columnProfile(Int8Array.of(3, -1, 3)))).toEqual({ shift: 0, starts: [-1, 3], counts: [1, 2] });
    const days = columnProfile([new Date(5), new Date(3), null]);
    expect(days).toMatchObject({ kind: "temporal", type: "Timestamp<MILLISECOND>", unitsPerSecond: 1000 });
    expect(cellsOf(days)).toEqual({ shift: 0, starts: [3, 5], counts: [1, 1] });
  });

  it("rounds integers beyond 2^53 to doubles", () => {
    const found = columnProfile(BigInt64Array.of(2n ** 53n + 1n, 2n ** 62n));
    expect(Array.from(found.cells.starts)).toEqual([2 ** 53, 2 ** 62]);
    expect(found.moments.origin).toBe(0n);
  });
});

describe("profiles of files and decimals", () => {
  it("are those of the same values elsewhere", async () => {
    const folder = mkdtempSync(join(tmpdir(), "smirnov-profile-"));
    try {
      const path = join(folder, "table.csv");
      const rows = Array.from({ length: 500 }, (_, k) => ({ x: k / 8, whole: k % 7, name: `n${k % 3}` }));
      writeFileSync(path, `x,whole,name\n${rows.map(({ x, whole, name }) => `${x},${whole},${name}`).join("\n")}\n`);
      const found = await profile(await readTable(path));
      const expected = profileStream();
      expected.push({ x: rows.map(({ x }) => x), whole: rows.map(({ whole }) => BigInt(whole)) as never });
      const { columns } = expected.finish();
      for (const name of ["x", "whole"]) expect(columns.get(name)).toEqual(found.columns.get(name));
      const path2 = join(folder, "reference.smirnov");
      writeFileSync(path2, toBytes(found));
      expect(fromBytes(readFileSync(path2))).toEqual(found);
      const words = new Int32Array([150, 0, 0, 0, -25, -1, -1, -1]);
      const decimals = arrow.makeVector(
        arrow.makeData({ type: new arrow.Decimal(2, 30, 128), length: 2, data: Uint32Array.from(words) }),
      );
      const decimal = numbers(await profile({ decimals }), "decimals");
      expect(Array.from(decimal.cells.starts)).toEqual([-0.25, 1.5]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("a profile of text", () => {
  it("counts categories exactly up to the limit, in order", async () => {
    const found = await profile({ text: ["b", "a", null, "", "a", "c", undefined, "c"] });
    const { categories, error, missing } = texts(found, "text");
    expect([...categories.counts]).toEqual([
      ["a", 2],
      ["c", 2],
      ["", 1],
      ["b", 1],
    ]);
    expect({ ...categories, counts: null }).toEqual({ counts: null, other: 0, distinct: 4, empty: 1 });
    expect([error, missing]).toEqual([0, { rows: 8, null: 2, nan: 0 }]);
  });

  it("beyond the limit keeps heavy hitters whose counts are too small by at most its error", async () => {
    const random = randomFrom(3);
    // Zipf's law: rank k has a share of about 1/k.
    const text = Array.from({ length: 200_000 }, () => `w${Math.floor(Math.exp(random() * Math.log(50_000)))}`);
    const exact = new Map<string, number>();
    for (const word of text) exact.set(word, (exact.get(word) ?? 0) + 1);
    for (const limit of [10, 100, 1000]) {
      const { categories, error, distinct } = texts(await profile({ text }, { categories: limit }), "text");
      expect(categories.counts.size).toBeLessThanOrEqual(limit);
      let kept = 0;
      for (const [word, count] of categories.counts) {
        kept += count;
        expect(count).toBeLessThanOrEqual(exact.get(word)!);
        expect(count + error).toBeGreaterThanOrEqual(exact.get(word)!);
      }
      for (const [word, count] of exact) if (count > error) expect(categories.counts.has(word)).toBe(true);
      expect(error).toBeGreaterThan(0);
      expect(error).toBeLessThanOrEqual((text.length - kept) / (limit + 1));
      expect(categories.other).toBe(text.length - kept);
      expect(Math.abs(categories.distinct / exact.size - 1)).toBeLessThan(0.1);
      expect(distinct.registers.length).toBeGreaterThan(0);
    }
  });

  it("reads half a surrogate pair as malformed text", async () => {
    const { categories } = texts(await profile({ text: ["\ud800", "a\udc00", "😀", "\ufffd"] }), "text");
    expect([...categories.counts]).toEqual([
      ["\ufffd", 2],
      ["a\ufffd", 1],
      ["😀", 1],
    ]);
  });

  it("is the same for every way in which text is stored", async () => {
    const words = ["x", null, "yy", "x", "", "a text of more than twelve bytes", "yy"];
    const expected = texts(await profile({ text: words }), "text");
    for (const type of [
      new arrow.Utf8(),
      new arrow.LargeUtf8(),
      new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8()),
    ]) {
      const found = texts(await profile({ text: arrow.vectorFromArray(words, type) }), "text");
      expect({ ...found, type: "Utf8" }).toEqual(expected);
    }
    const dictionary = Array.from({ length: 500 }, (_, k) => `word ${k}`);
    const codes = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16());
    const large = arrow.vectorFromArray(dictionary, codes).slice(7, 12);
    expect([...texts(await profile({ large }), "large").categories.counts.keys()].sort()).toEqual(
      dictionary.slice(7, 12).sort(),
    );
  });
});

describe("profile", () => {
  it("lists vectors and what is not supported", async () => {
    const vectors = { values: new Float32Array(4), dimension: 2 };
    const list = arrow.vectorFromArray([[1], [2]], new arrow.List(new arrow.Field("item", new arrow.Int8())));
    const found = await profile({ x: [1, 2], vectors, list });
    expect([...found.unsupported]).toEqual([
      ["list", "List"],
      ["vectors", "FixedSizeList[2]<Float32>"],
    ]);
    expect([...found.columns.keys()]).toEqual(["x"]);
  });

  it("profiles the columns that are asked for, tells progress and stops", async () => {
    const steps: unknown[] = [];
    const table = { a: [1], b: ["x"], c: [true] };
    const found = await profile(table, { columns: ["c", "a"], onProgress: (step) => steps.push(step) });
    expect([...found.columns.keys()]).toEqual(["c", "a"]);
    expect(steps).toEqual([
      { done: 1, total: 2, column: "c" },
      { done: 2, total: 2, column: "a" },
    ]);
    await expect(profile(table, { signal: AbortSignal.abort(new Error("stop")) })).rejects.toThrow("stop");
  });

  it("refuses what is no table, unknown columns and options", async () => {
    await expect(profile({ a: [1] }, { columns: ["b"] })).rejects.toThrow('profile: no column "b"; there are a');
    await expect(profile({ a: [1] }, { categories: 0 })).rejects.toThrow(RangeError);
    await expect(profile({ a: [1] }, { limit: 1 } as object)).rejects.toThrow(/no option "limit"/);
    await expect(profile(new Map() as never)).rejects.toThrow(TypeError);
    const found = await profile({ a: [1] });
    await expect(profile(found as never)).rejects.toThrow("got a profile");
  });
});

describe("profileStream", () => {
  const rows = 150_000;
  const table = mixedTable(rows, 11);

  it("has the same bytes in pieces of any size as profile has in one go", async () => {
    const expected = toBytes(await profile(cut(table, 0, rows)));
    for (const [seed, longest] of [
      [1, 1000],
      [2, 40_000],
      [3, 140_000],
    ] as const) {
      const random = randomFrom(seed);
      const stream = profileStream();
      for (let at = 0; at < rows; ) {
        const end = Math.min(rows, at + 1 + Math.floor(random() * longest));
        stream.push(cut(table, at, end));
        if (random() < 0.05) stream.profile();
        at = end;
      }
      expect(Buffer.compare(toBytes(stream.finish()), expected)).toBe(0);
    }
  });

  it("has the same bytes row by row", async () => {
    const some = 500;
    const stream = profileStream();
    for (let row = 0; row < some; row++) stream.push(rowsOf(table, row, row + 1) as Row[]);
    expect(
      Buffer.compare(
        toBytes(stream.finish()),
        toBytes(await profile({ ...cut(table, 0, some), whole: Array.from(table.whole as Int32Array).slice(0, some) })),
      ),
    ).toBe(0);
  });

  it("has the same bytes at the edges of blocks", async () => {
    for (const edge of [65_535, 65_536, 65_537, 131_072, 131_073]) {
      const stream = profileStream();
      for (const [from, to] of [
        [0, 1],
        [1, edge - 1],
        [edge - 1, edge],
      ] as const) {
        stream.push(cut(table, from, to));
      }
      expect(Buffer.compare(toBytes(stream.finish()), toBytes(await profile(cut(table, 0, edge))))).toBe(0);
    }
  });

  it("takes Arrow tables and record batches of any size", async () => {
    const { normal, whole, few } = table;
    const arrays = { normal, whole, few: arrow.vectorFromArray(few as string[], new arrow.Utf8()) };
    const whole_ = arrow.tableFromArrays(arrays as never);
    const expected = toBytes(await profile(whole_));
    const stream = profileStream();
    for (const batch of whole_.batches) stream.push(batch);
    expect(Buffer.compare(toBytes(stream.finish()), expected)).toBe(0);
    const sliced = profileStream();
    for (let at = 0; at < rows; at += 49_999) sliced.push(whole_.slice(at, Math.min(at + 49_999, rows)));
    expect(Buffer.compare(toBytes(sliced.finish()), expected)).toBe(0);
  });

  it("keeps nothing that was passed", () => {
    const values = Float64Array.of(1, 2, 3);
    const text = ["a", "b", "c"];
    const stream = profileStream();
    stream.push({ values, text });
    values.fill(9);
    text.fill("z");
    const found = stream.finish();
    expect(Array.from(numbers(found, "values").cells.starts)).toEqual([1, 2, 3]);
    expect([...texts(found, "text").categories.counts.keys()]).toEqual(["a", "b", "c"]);
  });

  it("tells at any time what came so far, and goes on", () => {
    const stream = profileStream();
    expect(stream.profile()).toEqual({ profile: true, rows: 0, columns: new Map(), unsupported: new Map() });
    stream.push([{ a: 1 }]);
    const first = stream.profile();
    stream.push([{ a: 2 }]);
    expect([numbers(first, "a").moments.count, first.rows]).toEqual([1, 1]);
    expect(numbers(stream.profile(), "a").moments).toMatchObject({ count: 2, mean: 1.5 });
  });

  it("takes a column that appears later for null before, and one that no longer comes for null from then on", () => {
    const stream = profileStream();
    stream.push([{ a: 1 }, { a: 2, b: "x" }, {}]);
    stream.push([{ b: "y", c: true }]);
    stream.push({ c: [false, true] });
    const found = stream.finish();
    expect([...found.columns.keys()]).toEqual(["a", "b", "c"]);
    expect(numbers(found, "a").missing).toEqual({ rows: 6, null: 4, nan: 0 });
    expect(texts(found, "b").missing).toEqual({ rows: 6, null: 4, nan: 0 });
    expect(numbers(found, "c").missing).toEqual({ rows: 6, null: 3, nan: 0 });
    expect(numbers(found, "c").kind).toBe("boolean");
  });

  it("lets a column without values become any type, and one with values never another", () => {
    const stream = profileStream();
    stream.push([{ a: null, b: 1 }, { a: undefined }]);
    stream.push([{ a: "x", b: null }]);
    expect(texts(stream.profile(), "a").missing).toEqual({ rows: 3, null: 2, nan: 0 });
    const before = toBytes(stream.profile());
    expect(() => stream.push([{ b: 5, a: 3 }])).toThrow(
      "profileStream: a held text (Utf8), and holds numbers (Float64) from row 3 on",
    );
    expect(() => stream.push([{ c: 1, a: "y" }, { b: 2 }, { b: "z" }])).toThrow(
      "profileStream: b begins with a number, got a string in row 2",
    );
    expect(() => stream.push({ a: ["y"], b: [1, 2] })).toThrow(RangeError);
    expect(() => stream.push(["a"] as never)).toThrow('profileStream: rows must be objects, got "a" in row 3');
    expect(Buffer.compare(toBytes(stream.profile()), before)).toBe(0);
    stream.push(cut({ a: [null], b: [Number.NaN] }, 0, 1));
    expect(stream.finish().rows).toBe(4);
    expect(() => stream.push([])).toThrow("after finish");
  });

  it("makes numbers of different types Float64", () => {
    const stream = profileStream();
    stream.push({ a: Int32Array.of(1) });
    stream.push({ a: Int32Array.of(2) });
    expect(numbers(stream.profile(), "a").type).toBe("Int32");
    stream.push({ a: Float32Array.of(0.5) });
    expect(numbers(stream.finish(), "a")).toMatchObject({ type: "Float64", moments: { count: 3 } });
  });
});
