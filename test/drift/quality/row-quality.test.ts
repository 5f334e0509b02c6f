import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { openTable, readTable, sliceTable, type Table } from "smirnov";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../../dist/column/table-of.js";
import { takeRows } from "../../../dist/column/take-rows.js";
import { hashColumn } from "../../../dist/drift/quality/column-hash.js";
import { duplicatedRowMarks, rowQuality } from "../../../dist/drift/quality/row-quality.js";
import { countDuplicates } from "../../../dist/engine/duplicates.js";
import type { TableInput } from "../../../src/column/table-of.js";
import { valuesOf } from "../../column/naive.js";
import { randoms } from "../../sketch/naive.js";

/** A value as text, the same for equal ones: as the types of the columns say what is equal. */
function told(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "number") return `number ${value === 0 ? 0 : value}`;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? `number ${value}` : `integer ${value}`;
  if (Array.isArray(value)) return `[${value.map(told).join()}]`;
  return `${typeof value} ${typeof value === "string" ? JSON.stringify(Buffer.from(value).toString()) : value}`;
}

function naive(columns: readonly (readonly unknown[])[]): number[] {
  const seen = new Set<string>();
  const rows = columns[0]!.map((_, row) => columns.map((column) => told(column[row])).join(" | "));
  return rows.flatMap((row, k) => {
    const known = seen.has(row);
    seen.add(row);
    return known ? [k] : [];
  });
}

const marked = (table: Table) => Array.from(duplicatedRowMarks(table)!).flatMap((mark, row) => (mark ? [row] : []));
const columnOf = (input: unknown) => tableOf({ x: input } as TableInput).columns.get("x")!;
const hash = (input: unknown) => hashColumn(columnOf(input));

const oracle = JSON.parse(readFileSync(new URL("../../oracle/drift/duplicates.json", import.meta.url), "utf8")) as {
  readonly cases: readonly {
    readonly kinds: readonly string[];
    readonly columns: { readonly [name: string]: readonly unknown[] };
    readonly duplicated: number;
    readonly first: readonly number[];
  }[];
};

describe("duplicated rows", () => {
  it.each(oracle.cases.map((one) => [one.kinds.join(", "), one] as const))("are pandas': %s", async (_, one) => {
    for (const missing of [null, NaN]) {
      const columns = Object.entries(one.columns).map(([name, values], k) => {
        const isNumber = ["numbers", "counters"].includes(one.kinds[k]!);
        return [name, isNumber ? values.map((value) => value ?? missing) : values] as const;
      });
      const table = tableOf(Object.fromEntries(columns) as TableInput);
      expect((await rowQuality(table)).duplicatedRows).toBe(one.duplicated);
      expect(marked(table).slice(0, 20)).toEqual(one.first);
    }
  });

  const numbers = fc.constantFrom(0, -0, 1, 2.5, NaN, Infinity, null);
  const integers = fc.constantFrom(0n, 1n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 62n, null);
  const texts = fc.constantFrom("", "a", "b", "ab", "🙂", "\ud800", "�", "long text ".repeat(9), null);
  const truths = fc.constantFrom(true, false, null);

  it("are those that a set of rows knows, whatever the columns", () => {
    const rowsOf = (value: fc.Arbitrary<unknown>, rows: number) =>
      fc.array(value, { minLength: rows, maxLength: rows }).filter((all) => all.some((one) => one !== null));
    const tables = fc
      .integer({ min: 1, max: 40 })
      .chain((rows) =>
        fc.array(fc.oneof(rowsOf(numbers, rows), rowsOf(integers, rows), rowsOf(texts, rows), rowsOf(truths, rows)), {
          minLength: 1,
          maxLength: 3,
        }),
      );
    fc.assert(
      fc.property(tables, (columns) => {
        expect(marked(tableOf(Object.fromEntries(columns.entries()) as TableInput))).toEqual(naive(columns));
      }),
      { numRuns: 500 },
    );
  });

  it("stay as many when rows are in another order, and the hash does not stay", async () => {
    const random = randoms(5);
    const rows = 20_000;
    const draw = (distinct: number) => Array.from({ length: rows }, () => Math.floor(random() * distinct));
    const table = tableOf({ a: draw(100), b: draw(50).map((k) => `t${k}`), c: draw(3).map((k) => k === 1) });
    const order = Uint32Array.from({ length: rows }, (_, row) => row);
    for (let k = rows - 1; k > 0; k--) {
      const other = Math.floor(random() * (k + 1));
      [order[k], order[other]] = [order[other]!, order[k]!];
    }
    const [one, other] = [await rowQuality(table), await rowQuality(takeRows(table, order))];
    expect(other.duplicatedRows).toBe(one.duplicatedRows);
    expect(one.duplicatedRows).toBe(naive([...table.columns.values()].map((column) => valuesOf(column))).length);
    expect(other.hash).not.toBe(one.hash);
  });

  it("are not counted where a column cannot be read, or there is none", async () => {
    const lists = arrow.vectorFromArray([[1], [1]], new arrow.List(new arrow.Field("item", new arrow.Int8())));
    const table = tableOf({ x: [1, 1], lists } as never);
    expect(await rowQuality(table)).toMatchObject({ duplicatedRows: null, columnHashes: { x: expect.any(String) } });
    expect(duplicatedRowMarks(table)).toBeNull();
    expect(await rowQuality(tableOf({}))).toMatchObject({ duplicatedRows: null, duplicatedColumns: [] });
    expect(await rowQuality(tableOf({ x: new Float64Array(0) }))).toMatchObject({ duplicatedRows: 0 });
  });

  it("are found in several passes as in one", () => {
    const random = randoms(8);
    const hashes = BigUint64Array.from(
      { length: 5000 },
      () => BigInt(Math.floor(random() * 3000)) * 0x9e3779b97f4a7c15n,
    );
    const seen = new Set<bigint>();
    const expected = Uint8Array.from(hashes, (one) => (seen.has(one) ? 1 : (seen.add(one), 0)));
    for (const slotBits of [24, 13, 11, 8, 6]) {
      const marks = new Uint8Array(hashes.length);
      expect(countDuplicates(hashes, marks, slotBits)).toBe(expected.reduce((sum, mark) => sum + mark, 0));
      expect(marks).toEqual(expected);
    }
    const crowded = BigUint64Array.from({ length: 4000 }, (_, k) => BigInt(k) << 52n);
    expect(countDuplicates(crowded, null, 8)).toBe(0);
    expect(countDuplicates(new BigUint64Array(100))).toBe(99);
    expect(countDuplicates(new BigUint64Array(0))).toBe(0);
  });
});

describe("the hash of a column", () => {
  it("is that of its values, whatever their type", () => {
    const halves = [1.5, -2, 0, 65504, NaN, Infinity, 0.25];
    const expected = hash(halves);
    expect(hash(Float64Array.from(halves))).toBe(expected);
    expect(hash(Float32Array.from(halves))).toBe(expected);
    expect(hash(arrow.vectorFromArray(halves, new arrow.Float32()))).toBe(expected);
    expect(hash(halves.map((x) => (x === 0 ? -0 : x)))).toBe(expected);
    const integers = [0, 1, 7, 100, 127];
    for (const type of [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array]) {
      expect(hash(type.from(integers))).toBe(hash(integers));
    }
    expect(hash(BigInt64Array.from(integers, BigInt))).toBe(hash(integers));
    expect(hash(BigUint64Array.from(integers, BigInt))).toBe(hash(integers));
    expect(
      hash(
        arrow.vectorFromArray(
          integers.map((x) => BigInt(x) * 100n),
          new arrow.Decimal(2, 20, 128),
        ),
      ),
    ).not.toBe("");
    expect(hash(["a", "b", "a"])).toBe(hash(arrow.vectorFromArray(["a", "b", "a"])));
    const long = ["short", "", "a text of more than twelve bytes", "ü".repeat(40_000), null, "\ud800"];
    const utf8 = arrow.vectorFromArray(long, new arrow.Utf8());
    expect(hash(utf8)).toBe(hash(long));
    expect(hash(arrow.vectorFromArray(long, new arrow.LargeUtf8()))).toBe(hash(long));
    expect(hash(arrow.vectorFromArray(long))).toBe(hash(long));
  });

  it("tells integers beyond 2^53 apart, and knows those that doubles hold", () => {
    const large = [2n ** 53n + 1n, 2n ** 53n, -(2n ** 60n), 2n ** 62n + 2n ** 20n, -(2n ** 63n)];
    expect(hash(BigInt64Array.from(large))).not.toBe(hash(BigInt64Array.from(large, (x, k) => (k === 0 ? x + 1n : x))));
    const exact = large.slice(1);
    expect(hash(BigInt64Array.from(exact))).toBe(hash(exact.map(Number)));
    expect(hash(BigUint64Array.of(2n ** 63n + 1n))).not.toBe(hash(BigInt64Array.of(-(2n ** 63n) + 1n)));
    expect(hash(BigUint64Array.of(2n ** 62n + 1n))).toBe(hash(BigInt64Array.of(2n ** 62n + 1n)));
    expect(hash(BigUint64Array.of(2n ** 63n))).toBe(hash([2 ** 63]));
  });

  it("tells null from NaN, from 0 and from the empty text, and kinds apart", () => {
    const different = [
      [null, 1],
      [NaN, 1],
      [0, 1],
      [1, null],
      [1, 1],
    ].map(hash);
    expect(new Set(different).size).toBe(different.length);
    expect(hash(["", "a"])).not.toBe(hash([null, "a"]));
    expect(hash([true, false])).not.toBe(hash([1, 0]));
    expect(hash([1])).not.toBe(hash([1, null]));
    expect(hash(["1"])).not.toBe(hash([1]));
    expect(hash([])).not.toBe(hash([null]));
  });

  it("is that of instants, in whatever unit, and of vectors, in whatever width", () => {
    const days = [0, 1, 19_000, -5, null];
    const dates = days.map((day) => (day === null ? null : new Date(day * 864e5)));
    const expected = hash(dates);
    const vector = (type: arrow.DataType, values: readonly unknown[]) => arrow.vectorFromArray(values as never[], type);
    expect(hash(vector(new arrow.DateDay(), dates))).toBe(expected);
    expect(hash(vector(new arrow.DateMillisecond(), dates))).toBe(expected);
    for (const [unit, perDay] of [
      [0, 86_400n],
      [1, 86_400_000n],
      [2, 86_400_000_000n],
      [3, 86_400_000_000_000n],
    ] as const) {
      const data = BigInt64Array.from(days, (day) => BigInt(day ?? 0) * perDay);
      const made = arrow.makeData({
        type: new arrow.Timestamp(unit, null),
        length: 5,
        data,
        nullCount: 1,
        nullBitmap: Uint8Array.of(15),
      });
      expect(hash(new arrow.Vector([made]))).toBe(expected);
    }
    const time = arrow.makeData({ type: new arrow.TimeSecond(), length: 2, data: Int32Array.of(0, 86_399) });
    expect(hash(new arrow.Vector([time]))).not.toBe(hash([new Date(0), new Date(86_399_000)]));
    const single = { values: Float32Array.of(1, 2, NaN, -0), dimension: 2 };
    expect(hash(single)).toBe(hash({ values: Float64Array.of(1, 2, NaN, 0), dimension: 2 }));
    expect(hash(single)).not.toBe(hash({ values: Float64Array.of(1, 2, NaN, 0), dimension: 4 }));
    expect(hash(single)).not.toBe(hash({ values: Float64Array.of(2, 1, NaN, 0), dimension: 2 }));
  });

  it("tells decimals apart by all their digits", () => {
    const decimal = (digits: readonly bigint[], scale: number) => {
      const data = Uint32Array.from(
        digits.flatMap((value) => [0n, 32n, 64n, 96n].map((by) => Number((value >> by) & 0xffff_ffffn))),
      );
      const type = new arrow.Decimal(scale, 38, 128);
      return new arrow.Vector([arrow.makeData({ type, length: digits.length, data })]);
    };
    expect(hash(decimal([150n, -25n, 0n], 2))).toBe(hash([1.5, -0.25, 0]));
    expect(hash(decimal([10n ** 30n], 2))).not.toBe(hash(decimal([10n ** 30n + 1n], 2)));
    expect(hash(decimal([-(10n ** 30n)], 2))).not.toBe(hash(decimal([-(10n ** 30n) - 1n], 2)));
    expect(hash(decimal([2n ** 53n], 0))).toBe(hash([2 ** 53]));
  });

  it("depends neither on chunks nor on where they begin", () => {
    const random = randoms(3);
    const rows = 40_000;
    const numbers = Array.from({ length: rows }, (_, k) => (k % 17 === 0 ? null : k % 23 === 0 ? NaN : random()));
    const texts = numbers.map((x) => (x === null ? null : `text ${Math.floor(x * 99)}`.repeat(1 + Math.floor(x * 3))));
    const flags = numbers.map((x) => (x === null ? null : x > 0.5));
    for (const values of [numbers, texts, flags, numbers.map((x) => x ?? 0)]) {
      const type = typeof values[1] === "string" ? new arrow.Utf8() : undefined;
      const whole = arrow.vectorFromArray(values as never[], type as never);
      for (const cuts of [[5], [1024, 1025, 9999], [16_384, 32_768], [1, 2, 3, 39_999]]) {
        const edges = [0, ...cuts, rows];
        const parts = cuts
          .map((_, k) => whole.slice(edges[k]!, edges[k + 1]!))
          .concat(whole.slice(edges.at(-2)!, rows));
        expect(hash(new arrow.Vector(parts.flatMap(({ data }) => data)))).toBe(hash(values));
      }
    }
  });

  it("is another one for every change of a row, and for every swap of two", () => {
    const rows = 3000;
    const values = Float64Array.from({ length: rows }, (_, k) => k);
    const seen = new Set([hash(values)]);
    for (let row = 0; row < rows; row += 7) {
      const changed = values.slice();
      changed[row]!++;
      seen.add(hash(changed));
      const swapped = values.slice();
      const other = (row * 13 + 1) % rows;
      [swapped[row], swapped[other]] = [swapped[other]!, swapped[row]!];
      if (other !== row) seen.add(hash(swapped));
    }
    expect(seen.size).toBe(1 + 2 * Math.ceil(rows / 7));
  });
});
