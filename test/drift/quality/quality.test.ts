/** The quality of one table, against pandas and against what other functions find. */
import { readFileSync } from "node:fs";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { closeThreads, compare, moments, prepare, profile, quality, quantiles, summary } from "smirnov";
import { afterAll, describe, expect, it } from "vitest";
import { sliceColumn } from "../../../dist/column/slice.js";
import { tableOf } from "../../../dist/column/table-of.js";
import { expectClose, type Written } from "../../statistics/oracle.ts";
import { rowsForgotten } from "./rows-forgotten.js";

afterAll(closeThreads);

type Row = Written | null;
interface Counted<V> {
  readonly value: V;
  readonly count: number;
}
interface NumberCase {
  readonly name: string;
  readonly values: readonly [readonly Row[], readonly Row[]];
  readonly found: readonly {
    readonly rows: number;
    readonly null: number;
    readonly nan: number;
    readonly positiveInfinity: number;
    readonly negativeInfinity: number;
    readonly distinct: number;
    readonly mostCommon: readonly Counted<Written>[];
    readonly mean: Written | null;
    readonly standardDeviation: Written | null;
    readonly skewness: Written | null;
    readonly kurtosis: Written | null;
    readonly min: Written | null;
    readonly max: Written | null;
    readonly quantiles: readonly Written[] | null;
    readonly zeros: number;
    readonly negatives: number;
  }[];
  readonly together: {
    readonly below: number;
    readonly above: number;
    readonly edges: readonly number[];
    readonly histogram: readonly [readonly number[], readonly number[]];
    readonly ks: number;
    readonly location: number;
  } | null;
}
interface TextCase {
  readonly name: string;
  readonly values: readonly [readonly (string | null)[], readonly (string | null)[]];
  readonly found: readonly {
    readonly rows: number;
    readonly null: number;
    readonly empty: number;
    readonly distinct: number;
    readonly mostCommon: readonly Counted<string>[];
    readonly lengths: { readonly min: number; readonly max: number; readonly mean: number } | null;
  }[];
  readonly new: { readonly rows: number; readonly share: number; readonly count: number };
}
const oracle: {
  probabilities: number[];
  numbers: NumberCase[];
  texts: TextCase[];
  integers: {
    values: string[];
    found: { min: string; max: string; median: string; distinct: number; mostCommon: Counted<string>[] };
  };
  times: { microseconds: number[]; min: string; max: string; quantiles: string[] };
} = JSON.parse(readFileSync(new URL("../../oracle/drift/quality.json", import.meta.url), "utf8"));

const rowsOf = (rows: readonly Row[]) => rows.map((row) => (row === null ? null : Number(row)));

describe("quality of numbers", () => {
  for (const { name, values, found, together } of oracle.numbers) {
    it(`is that of pandas, NumPy and SciPy: ${name}`, async () => {
      const sides = values.map(rowsOf) as [(number | null)[], (number | null)[]];
      for (const [k, wanted] of found.entries()) {
        const column = (await quality({ x: sides[k]! })).columns.x!;
        const { rows, null: nulls, nan, positiveInfinity, negativeInfinity, distinct, zeros, negatives } = wanted;
        const value = rows - nulls - nan - positiveInfinity - negativeInfinity;
        const counted = { rows, value, null: nulls, nan, positiveInfinity, negativeInfinity, empty: 0 };
        expect(column.availability).toEqual(counted);
        expect(column.distinct).toEqual({ count: distinct, error: 0 });
        expect(column.mostCommon).toEqual(wanted.mostCommon);
        expect(column.numbers).toMatchObject({ zeros, negatives, min: wanted.min, max: wanted.max, rankError: 0 });
        expectClose(column.numbers!.mean, wanted.mean, 1e-13);
        expectClose(column.numbers!.standardDeviation, wanted.standardDeviation, 1e-13);
        expectClose(column.numbers!.skewness, wanted.skewness, 1e-11);
        expectClose(column.numbers!.kurtosis, wanted.kurtosis, 1e-11);
        expect(column.numbers!.quantiles.map(({ probability }) => probability)).toEqual(oracle.probabilities);
        for (const [q, { value }] of column.numbers!.quantiles.entries()) {
          expectClose(value as number | null, wanted.quantiles?.[q] ?? null, 1e-14);
        }
      }
      const report = await compare({ x: sides[0] }, { x: sides[1] }, { quality: true, minimumValues: 1 });
      const change = report.quality!.changes.x!;
      if (!together) {
        expect(change).toEqual({ outOfRange: null, outOfList: null, histogram: null, ecdf: null, gap: null });
        return;
      }
      const { below, above, edges, histogram, ks, location } = together;
      const m =
        found[1]!.rows - found[1]!.null - found[1]!.nan - found[1]!.positiveInfinity - found[1]!.negativeInfinity;
      expect(change.outOfRange).toEqual({ below, above, share: (below + above) / m });
      expect(change.histogram!.edges.length).toBe(edges.length);
      for (const [k, edge] of change.histogram!.edges.entries()) expect(Math.abs(edge - edges[k]!)).toBeLessThan(1e-9);
      expect(change.histogram).toMatchObject({ reference: histogram[0], current: histogram[1] });
      const { value, reference, current, exact } = change.gap!;
      expect(exact).toBe(true);
      expect(Math.abs(reference - current)).toBeCloseTo(ks, 14);
      expect(value).toBe(location);
    });
  }

  it("has integers beyond 2^53 with all digits", async () => {
    const { values, found } = oracle.integers;
    const { columns } = await quality({ x: BigInt64Array.from(values, BigInt) });
    const { distinct, mostCommon, numbers } = columns.x!;
    expect(distinct).toEqual({ count: found.distinct, error: 0 });
    expect(numbers).toMatchObject({ min: found.min, max: found.max });
    expect(numbers!.quantiles.find(({ probability }) => probability === 0.5)!.value).toBe(found.median);
    expect(mostCommon.map(({ value, count }) => ({ value: String(value), count }))).toEqual(found.mostCommon);
    expect(mostCommon.every(({ value }) => typeof value === "string" || value === 2 ** 53)).toBe(true);
  });

  it("has points in time as ISO 8601 text, without moments", async () => {
    const { microseconds, min, max, quantiles: wanted } = oracle.times;
    const type = new arrow.TimestampMicrosecond();
    const data = arrow.makeData({ type, length: microseconds.length, data: BigInt64Array.from(microseconds, BigInt) });
    const { columns } = await quality({ x: arrow.makeVector(data) });
    const { kind, numbers } = columns.x!;
    expect(kind).toBe("temporal");
    expect(numbers).toMatchObject({ min, max, mean: null, standardDeviation: null, skewness: null, kurtosis: null });
    const found = numbers!.quantiles.filter(({ probability }) => [0.25, 0.5, 0.75].includes(probability));
    expect(found.map(({ value }) => value)).toEqual(wanted);
  });

  it("is bit for bit that of summary, moments and quantiles, of every type", async () => {
    const length = 20_000;
    const x = Float64Array.from({ length }, (_, k) => Math.sin(k) * 100);
    const table = tableOf({
      doubles: x,
      singles: Float32Array.from(x),
      integers: Int32Array.from(x),
      bytes: Int8Array.from(x),
      unsigned: Uint16Array.from(x, (v) => v + 1000),
      long: BigInt64Array.from(x, (v) => BigInt(Math.round(v * 1e15))),
      huge: BigUint64Array.from(x, (v, k) => 2n ** 63n + BigInt(Math.round(v * 1e12)) * BigInt(k % 2)),
      flags: Array.from(x, (v) => v > 20),
      holes: Array.from(x, (v, k) => (k % 7 === 0 ? null : k % 11 === 0 ? Number.NaN : v)),
    });
    const { columns } = await quality(table);
    for (const [name, column] of table.columns) {
      const { numbers, distinct, availability } = columns[name]!;
      const { mean, standardDeviation, skewness, kurtosis } = moments(column as never);
      const found = summary(column as never, { quantiles: oracle.probabilities });
      expect(numbers, name).toMatchObject({ mean, standardDeviation, skewness, kurtosis });
      if (found.kind === "categorical") throw new Error("not text");
      expect(numbers, name).toMatchObject({ min: found.min, max: found.max, quantiles: found.quantiles });
      expect(numbers!.quantiles.map(({ value }) => value)).toEqual(
        quantiles(column as never, oracle.probabilities).values,
      );
      expect(distinct, name).toEqual({ count: found.distinct, error: 0 });
      const { rows, null: nulls, nan } = availability;
      expect({ rows, null: nulls, nan }, name).toEqual(found.missing);
    }
  });
});

describe("quality of text", () => {
  for (const { name, values, found, new: added } of oracle.texts) {
    it(`is that of pandas: ${name}`, async () => {
      const sides = values.map((side) => {
        const plain = side as (string | null)[];
        const utf8 = arrow.vectorFromArray(plain, new arrow.Utf8());
        const codes = arrow.vectorFromArray(plain, new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()));
        return { plain, utf8, codes };
      });
      for (const [k, side] of sides.entries()) {
        const { columns } = await quality(side);
        for (const how of ["plain", "utf8", "codes"]) {
          const { rows, null: nulls, empty, distinct, mostCommon, lengths } = found[k]!;
          expect(columns[how]).toMatchObject({
            kind: "categorical",
            availability: { rows, null: nulls, nan: 0, empty, value: rows - nulls - empty },
            distinct: { count: distinct, error: 0 },
            numbers: null,
          });
          // Python orders by code points, and names by UTF-16 units: the same for these.
          expect(columns[how]!.mostCommon).toEqual(mostCommon);
          if (lengths) expectClose(columns[how]!.lengths!.mean, lengths.mean, 1e-15);
          expect(columns[how]!.lengths).toEqual(lengths && { ...lengths, mean: columns[how]!.lengths!.mean });
        }
      }
      const report = await compare({ x: values[0] as string[] }, { x: values[1] as string[] }, { quality: true });
      const { outOfList } = report.quality!.changes.x!;
      expect(outOfList).toMatchObject({ rows: added.rows, share: added.share, categories: { count: added.count } });
    });
  }
});

describe("quality of a table", () => {
  it("names columns in order, and those that are empty, constant, almost constant or not read", async () => {
    const binary = arrow.vectorFromArray([new Uint8Array([1])], new arrow.Binary());
    const many = arrow.makeVector(
      arrow.makeData({
        type: new arrow.Binary(),
        length: 100,
        valueOffsets: new Int32Array(101),
        data: binary.data[0]!.values,
      }),
    );
    const table = {
      none: new Array(100).fill(null),
      nan: new Array(100).fill(Number.NaN),
      same: new Array(100).fill("a"),
      zero: Array.from({ length: 100 }, (_, k) => (k % 2 ? 0 : -0)),
      nearly: Float64Array.from({ length: 100 }, (_, k) => Math.max(0, k - 95)),
      notQuite: Float64Array.from({ length: 100 }, (_, k) => Math.max(0, k - 93)),
      text: Array.from({ length: 100 }, (_, k) => (k < 95 ? "" : `t${k}`)),
      infinite: new Array(100).fill(Number.POSITIVE_INFINITY),
      binary: many,
      vectors: { values: Float64Array.from({ length: 200 }, (_, k) => k), dimension: 2 },
    };
    const found = await quality(table as never);
    // Those that are not read come last.
    expect(found.names).toEqual([...Object.keys(table).filter((name) => name !== "binary"), "binary"]);
    expect(found.rows).toBe(100);
    expect(found.emptyColumns).toEqual(["none", "nan"]);
    expect(found.constantColumns).toEqual(["same", "zero", "infinite"]);
    expect(found.almostConstantColumns).toEqual(["nearly", "text"]);
    expect(found.unsupported).toEqual({ binary: "Binary" });
    expect(Object.keys(found.columns)).toEqual(found.names.filter((name) => name !== "binary"));
    expect(found.columns.vectors).toMatchObject({ kind: "vector", distinct: null, numbers: null, lengths: null });
    expect(found.columns.vectors!.availability.value).toBe(100);
    expect(found.columns.infinite).toMatchObject({
      numbers: { mean: null, min: null, max: null, zeros: 0, negatives: 0 },
      mostCommon: [{ value: "Infinity", count: 100 }],
      distinct: { count: 1, error: 0 },
    });
    const some = await quality(table as never, { columns: ["zero", "binary", "none"] });
    expect(some.names).toEqual(["none", "zero", "binary"]);
    expect(some.unsupported).toEqual({ binary: "Binary" });
    expect(some.columns.zero).toEqual(found.columns.zero);
  });

  it("is plain data that JSON keeps, of hostile tables too", async () => {
    const long = "x".repeat(10_000);
    const tables: object[] = [
      {},
      { x: new Float64Array(0), t: [] as string[] },
      { x: [1.5], t: [long], b: [true], n: [null] },
      { x: [Number.NaN, Number.NEGATIVE_INFINITY], t: ["\ud800", "\u0000"], huge: [1e308, -1e308] },
      { __proto__: null, constructor: [1, 2], toString: ["a", "b"] },
      { big: BigInt64Array.of(2n ** 53n + 1n, -(2n ** 63n)), tiny: [5e-324, -5e-324] },
    ];
    for (const table of tables) {
      const found = await quality(table as never);
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      expect(JSON.stringify(found)).not.toMatch(/NaN|:\s*Infinity/);
      expect(Object.keys(found.columns)).toEqual(Object.keys(table));
      const report = await compare(table as never, table as never, { quality: true });
      expect(JSON.parse(JSON.stringify(report.quality))).toEqual(report.quality);
      expect(report.quality!.reference).toEqual(found);
    }
    const { columns } = await quality({ t: [long, "é", ""] });
    expect(columns.t!.lengths).toEqual({ min: 0, max: 10_000, mean: 10_002 / 3 });
    const { columns: large } = await quality({ big: BigInt64Array.of(2n ** 53n + 1n, -(2n ** 63n)) });
    expect(large.big!.numbers).toMatchObject({ min: "-9223372036854775808", max: "9007199254740993" });
  });

  it("is the same on any number of threads, however columns are cut into chunks", async () => {
    const length = 300_000;
    const x = Float64Array.from({ length }, (_, k) => ((k * 7919) % 100_003) / 7);
    const columns = {
      x,
      y: Float64Array.from(x, (v) => Math.round(v) % 50),
      t: arrow.vectorFromArray(
        Array.from(x, (v) => `t${Math.round(v) % 1000}`),
        new arrow.Utf8(),
      ),
    };
    const table = tableOf(columns);
    const whole = await quality(table, { threads: 1 });
    expect(await quality(table, { threads: 2 })).toEqual(whole);
    const cut = new Map(
      [...table.columns].map(([name, column]) => {
        const parts = [0, 1, 999, 123_456, length].flatMap((start, k, all) =>
          k + 1 < all.length ? [sliceColumn(column, start, all[k + 1]!)] : [],
        );
        return [name, { ...column, chunks: parts.flatMap(({ chunks }) => chunks as never[]) }];
      }),
    );
    expect(await quality({ ...table, columns: cut } as never)).toEqual(whole);
  });

  it("is the same of prepared tables", async () => {
    const table = {
      x: [1, 2, 2, null, 5.5, Number.NaN],
      t: ["a", "b", null, "", "a", "a"],
      b: [true, null, false, true, true, true],
    };
    expect(await quality(prepare(table))).toEqual(rowsForgotten(await quality(table)));
  });

  it("of a profile of few values, or few categories, is that of the table", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(-2.5, -1, 0, 1, 7, null, Number.NaN), { maxLength: 60 }), async (x) => {
        const table = {
          x: x.length > 0 ? x : [null],
          t: x.length > 0 ? x.map((v) => (v === null ? null : `t${v}`)) : [null],
        };
        const [found, wanted] = [await quality(await profile(table)), rowsForgotten(await quality(table))];
        const close = (one: unknown) =>
          JSON.parse(JSON.stringify(one, (_, v) => (typeof v === "number" ? Number(v.toPrecision(12)) : v)));
        expect(close(found)).toEqual(close(wanted));
      }),
      { numRuns: 50 },
    );
  });

  it("reports progress, stops when told to, and says what is wrong", async () => {
    const seen: string[] = [];
    await quality({ a: [1], b: ["x"] }, { onProgress: ({ column, total }) => seen.push(`${column} ${total}`) });
    expect(seen.sort()).toEqual(["a 2", "b 2"]);
    await expect(quality({ a: [1] }, { signal: AbortSignal.abort() })).rejects.toThrow();
    await expect(quality({ a: [1] }, { columns: ["b"] })).rejects.toThrow('quality: no column "b"; there are a');
    await expect(quality({ a: [1] }, { columns: "a" as never })).rejects.toThrow("quality: columns must be an array");
    await expect(quality({ a: [1] }, { colums: ["a"] } as never)).rejects.toThrow(RangeError);
    await expect(quality(7 as never)).rejects.toThrow(TypeError);
    await expect(compare({ a: [1] }, { a: [1] }, { quality: "yes" as never })).rejects.toThrow("quality");
  });
});
