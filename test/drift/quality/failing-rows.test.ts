import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../../dist/column/table-of.js";
import { failingRows } from "../../../dist/drift/quality/failing-rows.js";

const vectors = arrow.vectorFromArray(
  [[1, 2], null, [Number.NaN, 1], [0, 0], [1, null], [5, 6], [7, 8], [9, 9]],
  new arrow.FixedSizeList(2, new arrow.Field("item", new arrow.Float32(), true)),
);
const table = tableOf({
  x: [1, null, NaN, 0, -0, -3, Infinity, -Infinity],
  big: [1n, null, 2n ** 60n, 0n, -5n, 2n ** 60n + 1n, 7n, 8n],
  text: ["a", "", null, "bb", "ß", "", "a", "zzz"],
  flag: [true, false, null, true, true, true, true, true],
  day: [0, 1, 2, 3, 4, 5, 6, null].map((day) => (day === null ? null : new Date(day * 864e5))),
  vector: vectors,
});
const rows = (metric: string, column: string | null, known = {}, most = 100) =>
  failingRows(table, metric, column, known, most);
const these = (...indices: number[]) => ({ count: indices.length, indices });

describe("failingRows", () => {
  it.each([
    ["null", "x", [1]],
    ["nanShare", "x", [2]],
    ["missing", "x", [1, 2]],
    ["missingShare", "text", [2]],
    ["positiveInfinity", "x", [6]],
    ["negativeInfinity", "x", [7]],
    ["infinite", "x", [6, 7]],
    ["zeros", "x", [3, 4]],
    ["negatives", "x", [5]],
    ["negatives", "big", [4]],
    ["empty", "text", [1, 5]],
    ["null", "vector", [1, 4]],
    ["nan", "vector", [2]],
    ["missing", "vector", [1, 2, 4]],
    ["missing", null, [1, 2, 4, 7]],
  ] as const)("names the rows of %s of %s", (metric, column, expected) => {
    expect(rows(metric, column)).toEqual(these(...expected));
  });

  it("names finite values beyond bounds, which may be numbers, digits or dates", () => {
    expect(rows("outOfRange", "x", { min: 0, max: 0.5 })).toEqual(these(0, 5));
    expect(rows("outOfRangeShare", "x", { max: 0.5 })).toEqual(these(0));
    expect(rows("min", "x", { min: 0, max: 0.5 })).toEqual(these(5));
    expect(rows("max", "x", { min: 0, max: 0.5 })).toEqual(these(0));
    expect(rows("max", "big", { max: String(2n ** 60n) })).toEqual(these(5));
    expect(rows("outOfRange", "day", { min: "1970-01-02", max: "1970-01-05T12:00Z" })).toEqual(these(0, 5, 6));
  });

  it("names values that are not in a list, missing ones aside", () => {
    expect(rows("outOfList", "text", { categories: new Set(["a", ""]) })).toEqual(these(3, 4, 7));
    expect(rows("outOfListShare", "flag", { categories: new Set(["true"]) })).toEqual(these(1));
    expect(rows("outOfList", "big", { categories: new Set(["1", String(2n ** 60n)]) })).toEqual(these(3, 4, 5, 6, 7));
  });

  it("names texts that are too short or too long, in bytes of UTF-8", () => {
    expect(rows("minLength", "text", { min: 1 })).toEqual(these(1, 5));
    expect(rows("maxLength", "text", { max: 1 })).toEqual(these(3, 4, 7));
  });

  it("names rows that equal an earlier one in every column", () => {
    const twice = tableOf({
      x: [1, null, 1, 2, null, NaN, NaN, 0, -0],
      y: ["a", "b", "a", "a", "b", "c", "c", "", ""],
    });
    expect(failingRows(twice, "duplicatedRows", null, {}, 2)).toEqual({ count: 4, indices: [2, 4] });
    expect(failingRows(twice, "duplicatedRowShare", null, {}, 100)).toEqual(these(2, 4, 6, 8));
    expect(failingRows(twice, "duplicatedRows", "x", {}, 100)).toBeNull();
  });

  it("counts all of them, however few are wanted", () => {
    expect(rows("missing", null, {}, 2)).toEqual({ count: 4, indices: [1, 2] });
    expect(rows("zeros", "x", {}, 0)).toEqual({ count: 2, indices: [] });
  });

  it.each([
    ["mean", "x", {}],
    ["zeros", "text", {}],
    ["zeros", "gone", {}],
    ["outOfRange", "x", {}],
    ["outOfRange", "text", { min: 1 }],
    ["outOfRange", "day", { min: 5 }],
    ["outOfRange", "day", { min: "soon" }],
    ["outOfList", "x", {}],
    ["minLength", "x", { min: 1 }],
    ["zeros", "vector", {}],
    ["toString", "x", {}],
    ["zeros", null, {}],
  ] as const)("says null where rows cannot be named: %s of %s with %o", (metric, column, known) => {
    expect(rows(metric, column, known)).toBeNull();
  });
});
