import * as arrow from "apache-arrow";
import { compare, ksTest, minkowski, permutationTest, prepare, psi } from "smirnov";
import { describe, expect, it } from "vitest";
import { columnOf } from "../../dist/column/column-of.js";
import { FormatError } from "../../dist/column/format-error.js";
import { sliceTable } from "../../dist/column/slice.js";
import { tableOf } from "../../dist/column/table-of.js";
import type { VectorColumn } from "../../src/column/column.js";
import type { VectorChunk } from "../../src/engine/chunk.js";
import { firstChunk, valuesOf } from "./naive.ts";

const listOf = (type: arrow.DataType, dimension: number) =>
  new arrow.FixedSizeList(dimension, new arrow.Field("item", type, true));
const rows = [[1, 2.5, -3], null, [4, Number.NaN, 6], [7, 8, 9], null, [0, -0, Infinity], [0.5, 0.25, 0.125]];

describe("columnOf vectors", () => {
  for (const [type, name] of [
    [new arrow.Float16(), "Float16"],
    [new arrow.Float32(), "Float32"],
    [new arrow.Float64(), "Float64"],
  ] as const) {
    it(`keeps the values of FixedSizeList<${name}>, and of every slice of chunks of it`, () => {
      const whole = arrow.vectorFromArray(rows, listOf(type, 3));
      expect(columnOf(whole)).toMatchObject({
        kind: "vector",
        type: `FixedSizeList[3]<${name}>`,
        dimension: 3,
        rows: 7,
      });
      expect(valuesOf(columnOf(whole))).toEqual(rows);
      const chunked = whole.concat(whole.slice(2, 6), whole);
      const all = [...rows, ...rows.slice(2, 6), ...rows];
      for (let from = 0; from < all.length; from++) {
        for (let to = from; to <= all.length; to++) {
          expect(valuesOf(columnOf(chunked.slice(from, to)))).toEqual(all.slice(from, to));
        }
      }
    });
  }

  it("keeps null components", () => {
    const values = arrow.vectorFromArray([1, null, 3, 4], new arrow.Float64());
    const type = listOf(new arrow.Float64(), 2);
    const data = arrow.makeData({ type, length: 2, nullCount: 0, nullBitmap: null, child: values.data[0]! });
    expect(valuesOf(columnOf(arrow.makeVector(data)))).toEqual([
      [1, null],
      [3, 4],
    ]);
  });

  it("takes typed arrays as they are, and refuses other ones", () => {
    const values = Float32Array.of(1, 2, 3, 4, 5, 6);
    const column = columnOf({ values, dimension: 3 }) as VectorColumn;
    expect(column).toMatchObject({ kind: "vector", type: "FixedSizeList[3]<Float32>", rows: 2, dimension: 3 });
    expect(valuesOf(column)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect((firstChunk(column) as VectorChunk).components.bytes.buffer).toBe(values.buffer);
    expect(columnOf({ values: new Float64Array(0), dimension: 4 })).toMatchObject({ rows: 0, dimension: 4 });
    for (const dimension of [0, 4, -1, 1.5, Number.NaN, "3" as never]) {
      expect(() => columnOf({ values, dimension })).toThrow(RangeError);
    }
    expect(() => columnOf({ values: Int32Array.of(1), dimension: 1 }, "v")).toThrow(
      "columnOf: v needs vectors of floating-point numbers, got i32",
    );
    expect(() => columnOf({ values: [1, 2] as never, dimension: 1 })).toThrow(TypeError);
  });

  it("refuses Vectors of other lists by name, and those whose components are too few", () => {
    for (const type of [
      listOf(new arrow.Int32(), 2),
      listOf(new arrow.Utf8(), 2),
      listOf(listOf(new arrow.Float32(), 1), 1),
    ]) {
      expect(() => columnOf(arrow.vectorFromArray([], type))).toThrow("FixedSizeList, which is not supported");
    }
    const vector = arrow.vectorFromArray(rows, listOf(new arrow.Float64(), 3));
    const [data] = vector.data;
    const child = data!.children[0]!;
    const shaped = (children: unknown[]) => ({
      type: vector.type,
      length: 7,
      data: [{ length: 7, offset: 0, nullBitmap: data!.nullBitmap, children }],
    });
    expect(columnOf(shaped([child]))).toMatchObject({ rows: 7 });
    expect(() => columnOf(shaped([]), "v")).toThrow("v: expected a list with components, found none");
    expect(() => columnOf(shaped([child.slice(0, 20)]), "v")).toThrow(
      "v: expected 21 components of 7 vectors, found 20",
    );
    const short = { length: 21, offset: 0, values: child.values.subarray(0, 20) };
    expect(() => columnOf(shaped([short]))).toThrow(FormatError);
  });
});

describe("a table with a column of vectors", () => {
  const table = new arrow.Table({
    e: arrow.vectorFromArray(rows, listOf(new arrow.Float32(), 3)),
    x: arrow.makeVector(Float64Array.of(1, 2, 3, 4, 5, 6, 7)),
  });

  it("is sliced like any other", () => {
    const sliced = sliceTable(tableOf(table), 2, 6);
    expect(valuesOf(sliced.columns.get("e")!)).toEqual(rows.slice(2, 6));
    expect(valuesOf(sliceTable(sliced, 1, 3).columns.get("e")!)).toEqual(rows.slice(3, 5));
  });

  it("is compared, and the column gets a status", async () => {
    const { columns } = await compare(table, table, { minimumValues: 1 });
    expect(columns.e).toMatchObject({ kind: "vector", drifted: false, severity: "none", pValue: 1 });
    expect(columns.e!.type).toEqual(["FixedSizeList[3]<Float32>", "FixedSizeList[3]<Float32>"]);
    expect(columns.x).toMatchObject({ status: "ok" });
    for (const other of [
      [1, 2],
      ["a", "b"],
      [null, null],
    ]) {
      const e = arrow.vectorFromArray(rows.slice(0, 2), listOf(new arrow.Float32(), 3));
      for (const [before, after] of [
        [{ e }, { e: other as number[] }],
        [{ e: other as number[] }, { e }],
      ]) {
        const changed = (await compare(before!, after!, { minimumValues: 1 })).columns.e;
        expect(changed).toMatchObject({ status: "type-changed", drifted: false });
      }
    }
  });

  it("is refused by name where numbers or categories are asked for", () => {
    const e = { values: Float32Array.of(1, 2, 3, 4), dimension: 2 };
    for (const refused of [
      () => ksTest(e, [1]),
      () => ksTest([1], e),
      () => psi(e, e),
      () => prepare(e),
      () => permutationTest(e, [1], () => 0),
      () => permutationTest(e, e, "total-variation"),
      () => minkowski(e, [1, 2], 2),
    ]) {
      expect(refused).toThrow(TypeError);
      expect(refused).toThrow(/FixedSizeList\[2\]<Float32>|vectors/);
    }
  });
});
