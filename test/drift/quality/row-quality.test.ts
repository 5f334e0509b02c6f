import { readFileSync } from "node:fs";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { openTable, type Table } from "smirnov";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../../dist/column/table-of.js";
import { takeRows } from "../../../dist/column/take-rows.js";
import { hashColumn } from "../../../dist/drift/quality/column-hash.js";
import {
  duplicatedRowMarks,
  hashedInto,
  hashedTable,
  hashInto,
  rowQuality,
  rowsOf,
} from "../../../dist/drift/quality/row-quality.js";
import { countDuplicates } from "../../../dist/engine/duplicates.js";
import { hashedBlock, isWhole, newRowSums } from "../../../dist/engine/row-sums.js";
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
    const tables = fc.integer({ min: 1, max: 40 }).chain((rows) =>
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
    expect(await rowQuality(table)).toMatchObject({
      duplicatedRows: null,
      hashes: new Map([["x", expect.any(String)]]),
    });
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
    const expected = Uint8Array.from(hashes, (one) => Number(seen.size === seen.add(one).size));
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
        const parts = edges.slice(1).map((end, k) => whole.slice(edges[k]!, end));
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

describe("rowQuality", () => {
  /** Every form of column, some 100 000 rows, of which a third is there twice. */
  const many = (rows: number): Table => {
    const random = randoms(11);
    const draws = Array.from({ length: rows }, (_, k) =>
      k % 3 === 2 ? Math.floor(k / 2) : Math.floor(random() * 1e9),
    );
    const texts = draws.map((x) => (x % 10 === 0 ? null : `text ${x % 1000} ${"long ".repeat(x % 5)}`));
    const record = {
      numbers: Float64Array.from(draws, (x) => x / 7),
      nullable: draws.map((x) => (x % 11 === 0 ? null : x)),
      small: Int16Array.from(draws),
      wide: BigInt64Array.from(draws, (x) => BigInt(x) * 2n ** 40n + 1n),
      flags: draws.map((x) => x % 2 === 0),
      strings: texts,
      utf8: arrow.vectorFromArray(texts, new arrow.Utf8()),
      coded: arrow.vectorFromArray(texts),
      vectors: { values: Float32Array.from({ length: 2 * rows }, (_, k) => draws[k >> 1]! % 97), dimension: 2 },
      again: Float64Array.from(draws, (x) => x / 7),
    };
    return tableOf(record as never);
  };

  it("is the same on any number of threads, and that of its columns", async () => {
    const table = many(120_000);
    const alone = await rowQuality(table, { threads: 1 });
    expect(alone.duplicatedColumns).toEqual([
      ["numbers", "again"],
      ["strings", "utf8", "coded"],
    ]);
    expect(alone.duplicatedRows).toBe(marked(table).length);
    for (const [name, column] of table.columns) expect(alone.hashes.get(name)).toBe(hashColumn(column));
    for (const threads of [2, 3]) expect(await rowQuality(table, { threads })).toEqual(alone);
  });

  it("is the same of batches that were opened, however they are cut", async () => {
    const rows = 30_000;
    const random = randoms(2);
    const record = {
      x: Float64Array.from({ length: rows }, () => Math.floor(random() * 50)),
      t: Array.from({ length: rows }, () => `t${Math.floor(random() * 20)}`),
      f: Array.from({ length: rows }, () => [true, false, null][Math.floor(random() * 3)]!),
    };
    const whole = await rowQuality(tableOf(record));
    expect(whole.duplicatedRows).toBe(naive(Object.values(record).map((values) => Array.from(values as never))).length);
    const cut = function* (by: number) {
      for (let from = 0; from < rows; from += by) {
        const [x, t, f] = Object.values(record).map((values) => values.slice(from, from + by));
        yield { x, t, f } as never;
      }
    };
    for (const [by, memory] of [
      [777, 2 ** 20],
      [16_384, 2 ** 29],
    ] as const) {
      const opened = await openTable(cut(by), { memory });
      for (const threads of [1, 2]) expect(await rowQuality(opened, { threads })).toEqual(whole);
      expect(marked(opened).length).toBe(whole.duplicatedRows);
    }
  });

  it("hashes names, too, and types that are not read", async () => {
    const hashes = [{ x: [1, 2] }, { y: [1, 2] }, { x: [2, 1] }, { x: [1, 2], y: [1, 2] }, { y: [1, 2], x: [1, 2] }];
    const found = await Promise.all(hashes.map(async (record) => (await rowQuality(tableOf(record as never))).hash));
    expect(new Set(found).size).toBe(hashes.length);
    expect((await rowQuality(tableOf({ x: Float32Array.of(1, 2) }))).hash).toBe(found[0]);
    const table = tableOf({ x: [1, 2] });
    const strange = { ...table, unsupported: new Map([["s", "Struct"]]) };
    expect((await rowQuality(strange)).hash).not.toBe(found[0]);
  });

  it("stops when it is told to", async () => {
    const stopped = AbortSignal.abort(new Error("enough"));
    await expect(rowQuality(many(100), { signal: stopped })).rejects.toThrow("enough");
  });
});

describe("hashes that tasks add up", () => {
  const values = (seed: number) => Float64Array.from({ length: 3 * hashedBlock }, (_, k) => (k * seed) % 1009);
  const columns = { x: values(3), y: values(5), z: values(7) };
  const table = tableOf(columns);

  /** Hashes the columns in some order, perhaps after something has happened. */
  const hashed = (order: readonly string[], before = (_: NonNullable<ReturnType<typeof hashedTable>>) => {}) => {
    const found = hashedTable(table, Object.keys(columns))!;
    before(found);
    for (const name of order) found.hashes.set(name, hashInto(table.columns.get(name)!, hashedInto(found, name)!));
    return found;
  };

  it("are added once, in whatever order and however often a column is hashed", async () => {
    const wanted = await rowQuality(table);
    expect(wanted.duplicatedRows).toBe(naive(Object.values(columns).map((own) => Array.from(own))).length);
    for (const order of ["xyz", "zyx", "yxyzz"]) {
      const found = hashed([...order]);
      expect(found.sums.rows).toEqual(hashed([..."xyz"]).sums.rows);
      expect(await rowsOf([found, null], {})).toMatchObject([wanted, { hash: null, duplicatedRows: null }]);
    }
  });

  it("go on where a task that was lost has stopped", () => {
    const half = hashed([..."xz"], ({ sums }) => {
      hashColumn(columnOf(columns.y.slice(0, hashedBlock)), sums, 1);
      expect(sums.added[1]).toBe(1);
    });
    hashInto(table.columns.get("y")!, hashedInto(half, "y")!);
    expect(half.sums.rows).toEqual(hashed([..."xyz"]).sums.rows);
  });

  it("are added up anew where a lost task has not let go of its block", async () => {
    const found = hashed([..."xyz"], ({ sums }) => {
      sums.locks[1] = 1;
    });
    expect(isWhole(found.sums)).toBe(false);
    expect(await rowsOf([found], {})).toEqual([await rowQuality(table)]);
  });
});

describe("the hash of rows", () => {
  /** Hashes of rows of some columns; halves that many of them have in common show where bits do not mix. */
  const rowHashes = (columns: readonly ArrayBufferView[]): BigUint64Array => {
    const sums = newRowSums((columns[0] as Float64Array).length, columns.length);
    for (const [index, values] of columns.entries()) hashColumn(columnOf(values), sums, index);
    return sums.rows;
  };
  const collisions = (hashes: BigUint64Array, part: (hash: bigint) => bigint): number =>
    hashes.length - new Set(Array.from(hashes, part)).size;
  const side = 300;
  const pairs = Array.from({ length: side * side }, (_, k) => [Math.floor(k / side), k % side] as const);
  const structures: readonly (readonly [string, readonly ArrayBufferView[]])[] = [
    ["a counter", [Float64Array.from({ length: side * side }, (_, k) => k)]],
    ["a counter of integers", [BigInt64Array.from({ length: side * side }, (_, k) => BigInt(k) + 2n ** 60n)]],
    ["all pairs of two counters", [0, 1].map((at) => Float64Array.from(pairs, (pair) => pair[at]!))],
    ["pairs of a counter and its negative", [0, 1].map((at) => Float64Array.from(pairs, ([a, b]) => (at ? -a : b)))],
    ["pairs whose sum is one", [0, 1, 2].map((at) => Float64Array.from(pairs, ([a, b], k) => [a, k - a, b][at]!))],
    [
      "powers of two and their multiples",
      [0, 1].map((at) => Float64Array.from(pairs, ([a, b]) => 2 ** ([a, b][at]! - 150))),
    ],
    ["steps of one unit in the last place", [Float64Array.from({ length: side * side }, (_, k) => 1 + k * 2 ** -52)]],
    [
      "twenty columns that differ in two",
      Array.from({ length: 20 }, (_, c) => Float64Array.from(pairs, ([a, b]) => (c === 3 ? a : c === 17 ? b : 5))),
    ],
  ];

  it.each(structures)("does not collide more than chance in %s", (_, columns) => {
    const hashes = rowHashes(columns);
    expect(new Set(hashes).size).toBe(hashes.length);
    // Of n hashes of 32 bits n²/2^33 collide on average: 0.94. Beyond 10 in a million cases by chance.
    expect(collisions(hashes, (hash) => hash >> 32n)).toBeLessThan(10);
    expect(collisions(hashes, (hash) => hash & 0xffff_ffffn)).toBeLessThan(10);
    expect(collisions(hashes, (hash) => (hash >> 16n) & 0xffff_ffffn)).toBeLessThan(10);
  });

  it("changes half of its bits with every bit of a value", () => {
    const random = randoms(4);
    const cases = 400;
    for (const bit of [0, 1, 20, 31, 32, 33, 47, 51, 52, 55, 63]) {
      const values = Float64Array.from({ length: cases }, () => random() - 0.5);
      const bits = new BigUint64Array(values.buffer.slice(0)).map((word) => word ^ (1n << BigInt(bit)));
      const [one, other] = [values, new Float64Array(bits.buffer)].map((column) => rowHashes([column]));
      const flips = new Float64Array(64);
      for (let k = 0; k < cases; k++) {
        const difference = one![k]! ^ other![k]!;
        for (let at = 0; at < 64; at++) flips[at]! += Number((difference >> BigInt(at)) & 1n);
      }
      // Six standard deviations of a fair coin's share.
      for (const flipped of flips) expect(Math.abs(flipped / cases - 0.5)).toBeLessThan(0.15);
    }
  });

  it("is another one when two columns swap their values, or two rows do", () => {
    const values = Float64Array.from({ length: 1000 }, (_, k) => k % 40);
    const others = Float64Array.from({ length: 1000 }, (_, k) => (k * 7) % 40);
    const [one, other] = [rowHashes([values, others]), rowHashes([others, values])];
    for (let k = 0; k < 1000; k++) {
      if (values[k] !== others[k]) expect((one[k]! ^ other[k]!) >> 32n).not.toBe(0n);
    }
  });
});
