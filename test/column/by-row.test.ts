import { vectorFromArray } from "apache-arrow";
import fc from "fast-check";
import { expect, it } from "vitest";
import { groupsByRow, numbersByRow } from "../../dist/column/by-row.js";
import type { FixedColumn, TextColumn } from "../../dist/column/column.js";
import { columnOf } from "../../dist/column/column-of.js";
import { sliceTable } from "../../dist/column/slice.js";
import { tableOf } from "../../dist/column/table-of.js";
import { valuesOf } from "./naive.js";

/** Numbers in order of first occurrence. */
function naive(values: readonly unknown[]): number[] {
  const seen: unknown[] = [];
  return values.map((value) => {
    if (value === null || Number.isNaN(value)) return -1;
    const plain = value === 0 ? 0 : value;
    if (!seen.includes(plain)) seen.push(plain);
    return seen.indexOf(plain);
  });
}

const anything = fc.oneof(
  fc.array(fc.option(fc.oneof(fc.double(), fc.constantFrom(0, -0, 1)), { freq: 3 }), { maxLength: 30 }),
  fc.array(fc.option(fc.boolean(), { freq: 3 }), { maxLength: 30 }),
  fc.array(fc.option(fc.constantFrom("", "a", "b", "é"), { freq: 3 }), { maxLength: 30 }),
);

it("rows of equal values have one number, missing ones -1, of a slice too", () => {
  fc.assert(
    fc.property(anything, fc.nat(30), (values, from) => {
      const table = tableOf({ x: values as (number | null)[] });
      const start = Math.min(from, values.length);
      const column = sliceTable(table, start, values.length).columns.get("x") as FixedColumn | TextColumn;
      expect([...groupsByRow(column).groups]).toEqual(naive(valuesOf(column)));
    }),
  );
});

it("numbers stand in their rows, NaN where there is none", () => {
  const column = columnOf([null, 1, Number.NaN, 2.5, null, Infinity], "x", "test") as FixedColumn;
  expect([...numbersByRow(column)]).toEqual([Number.NaN, 1, Number.NaN, 2.5, Number.NaN, Infinity]);
  const long = Array.from({ length: 5000 }, (_, row) => (row % 3 === 0 ? null : row));
  const found = numbersByRow(columnOf(long, "x", "test") as FixedColumn);
  expect(long.every((value, row) => Object.is(found[row], value ?? Number.NaN))).toBe(true);
});

it("integers that doubles do not tell apart stay apart", () => {
  const one = 2n ** 60n;
  const column = columnOf([one, one + 1n, null, one, -1n], "x", "test") as FixedColumn;
  expect([...groupsByRow(column).groups]).toEqual([0, 1, -1, 0, 2]);
});

it("dictionaries are read by their texts", () => {
  const vector = vectorFromArray(["b", null, "a", "b", ""]);
  const column = columnOf(vector, "x", "test") as TextColumn;
  const { groups, values } = groupsByRow(column);
  expect({ groups: [...groups], values }).toEqual({ groups: [0, -1, 1, 0, 2], values: ["b", "a", ""] });
});
