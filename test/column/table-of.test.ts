import * as arrow from "apache-arrow";
import { prepare } from "smirnov";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../dist/column/table-of.js";
import { valuesOf } from "./naive.ts";

describe("tableOf", () => {
  it("takes a record of columns, in order", () => {
    const table = tableOf({
      price: new Float64Array([1, 2]),
      country: ["de", null],
      sold: arrow.vectorFromArray([1, 2]),
    });
    expect(table.rows).toBe(2);
    expect([...table.columns.keys()]).toEqual(["price", "country", "sold"]);
    expect(valuesOf(table.columns.get("country")!)).toEqual(["de", null]);
  });

  it("takes Arrow tables and record batches", () => {
    const made = arrow.tableFromArrays({ a: Int32Array.of(1, 2, 3), b: ["x", "y", "x"] });
    for (const input of [made, made.batches[0]!]) {
      const table = tableOf(input);
      expect(table.rows).toBe(3);
      expect(valuesOf(table.columns.get("b")!)).toEqual(["x", "y", "x"]);
    }
    expect(valuesOf(tableOf(made.slice(1, 3)).columns.get("a")!)).toEqual([2, 3]);
  });

  it("lists the columns that are not supported and keeps the others", () => {
    const list = new arrow.List(new arrow.Field("item", new arrow.Int32()));
    const table = tableOf(
      new arrow.Table({ a: arrow.makeVector(Int32Array.of(1)), l: arrow.vectorFromArray([[1]], list) }),
    );
    expect([...table.unsupported]).toEqual([["l", "List"]]);
    expect([...table.columns.keys()]).toEqual(["a"]);
    expect(table.rows).toBe(1);
  });

  it("numbers columns of the same name", () => {
    const batch = arrow.tableFromArrays({ a: Int32Array.of(1), b: Int32Array.of(2), c: Int32Array.of(3) });
    const fields = batch.schema.fields.map(({ type }) => new arrow.Field("a", type));
    const input = { schema: { fields }, numRows: 1, getChildAt: (index: number) => batch.getChildAt(index) };
    expect([...tableOf(input).columns.keys()]).toEqual(["a", "a (2)", "a (3)"]);
  });

  it("returns a table as it is and takes an empty record", () => {
    const table = tableOf({ a: [1] });
    expect(tableOf(table)).toBe(table);
    expect(tableOf({})).toEqual({ rows: 0, columns: new Map(), unsupported: new Map() });
  });

  it("refuses columns of different lengths and what holds no columns", () => {
    expect(() => tableOf({ a: [1, 2], b: [1] })).toThrow("tableOf: b needs 2 rows like the columns before it, got 1");
    expect(() => tableOf(3 as never)).toThrow(TypeError);
    expect(() => tableOf({ a: 3 } as never)).toThrow("a needs");
  });

  it("refuses what is like a table and is none", () => {
    const prepared = prepare({ a: [1, 2] });
    expect(() => tableOf(prepared as never)).toThrow("tableOf: needs the rows of a table, got one that was prepared");
    expect(() => tableOf(new Map([["a", [1, 2]]]) as never)).toThrow("needs a Table or a record of columns, got a Map");
    expect(tableOf({ prepared: [true, false] }).rows).toBe(2);
  });
});
