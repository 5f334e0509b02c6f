import fc from "fast-check";
import { expect, it } from "vitest";
import { sliceTable } from "../../dist/column/slice.js";
import { tableOf } from "../../dist/column/table-of.js";
import { valuesOf } from "./naive.js";

const columns = {
  numbers: fc.array(fc.option(fc.double({ noNaN: true }), { freq: 4 }), { minLength: 20, maxLength: 20 }),
  truths: fc.array(fc.option(fc.boolean(), { freq: 4 }), { minLength: 20, maxLength: 20 }),
  texts: fc.array(fc.option(fc.string(), { freq: 4 }), { minLength: 20, maxLength: 20 }),
};

it("a slice of a table holds the rows between, of a slice too", () => {
  fc.assert(
    fc.property(fc.record(columns), fc.nat(20), fc.nat(20), fc.nat(20), (record, a, b, c) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      const middle = Math.min(c, end - start);
      const table = tableOf(record);
      const slice = sliceTable(table, start, end);
      expect(slice.rows).toBe(end - start);
      for (const [name, column] of table.columns) {
        const values = valuesOf(column).slice(start, end);
        expect(valuesOf(slice.columns.get(name)!)).toEqual(values);
        expect(valuesOf(sliceTable(slice, middle, slice.rows).columns.get(name)!)).toEqual(values.slice(middle));
      }
    }),
  );
});

it("rows that a table does not have are refused", () => {
  const table = tableOf({ a: [1, 2, 3] });
  expect(() => sliceTable(table, 2, 4)).toThrow("sliceTable: rows must lie within 0 to 3, got 2 to 4");
  expect(() => sliceTable(table, 2, 1)).toThrow(RangeError);
});
