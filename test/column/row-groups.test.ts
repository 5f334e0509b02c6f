import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteTable, wordTable } from "../../dist/column/key-table.js";
import { rowCodes } from "../../dist/column/row-codes.js";
import { rowGroups } from "../../dist/column/row-groups.js";
import { tableOf } from "../../dist/column/table-of.js";
import { valuesOf } from "./naive.js";

const groups = (tables: readonly object[], by: readonly string[], most = 1000) =>
  rowGroups(
    "rowGroups",
    tables.map((table) => tableOf(table as Record<string, number[]>)),
    by,
    most,
  );
const told = (found: ReturnType<typeof groups>) =>
  Object.fromEntries(found.map(({ key, rows }) => [key, rows.map((own) => [...own])]));

describe("rows are grouped", () => {
  it("by text, with null as a group of its own", () => {
    const found = groups([{ a: ["x", null, "y", "x"] }, { a: ["z", "x"] }], ["a"]);
    expect(told(found)).toEqual({
      "a is null": [[1], []],
      "a=x": [[0, 3], [1]],
      "a=y": [[2], []],
      "a=z": [[], [0]],
    });
    expect(found.map(({ values }) => values)).toEqual([{ a: null }, { a: "x" }, { a: "y" }, { a: "z" }]);
  });

  it("by several columns", () => {
    const found = groups(
      [
        { a: ["x", "x", "y"], b: [1, 2, 1] },
        { a: ["y", "x"], b: [1, 1] },
      ],
      ["a", "b"],
    );
    expect(told(found)).toEqual({
      "a=x, b=1": [[0], [1]],
      "a=x, b=2": [[1], []],
      "a=y, b=1": [[2], [0]],
    });
    expect(found[1]!.values).toEqual({ a: "x", b: 2 });
  });

  it("by equal values, whatever their type and however text is stored", () => {
    const names = ["ä", "b", "a longer text than a view holds", null];
    const dictionary = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8());
    const columns = [new arrow.Utf8(), new arrow.LargeUtf8(), dictionary].map((type) => ({
      a: arrow.vectorFromArray(names, type),
    }));
    for (const { rows } of groups([{ a: names }, ...columns], ["a"])) {
      for (const own of rows) expect(own).toEqual(rows[0]);
    }
    const numbers = [
      Float64Array.of(-0, 7, 300),
      Int32Array.of(0, 7, 300),
      BigInt64Array.of(0n, 7n, 300n),
      [0, 7, 300],
    ];
    expect(
      told(
        groups(
          numbers.map((a) => ({ a })),
          ["a"],
        ),
      ),
    ).toEqual({
      "a=0": [[0], [0], [0], [0]],
      "a=7": [[1], [1], [1], [1]],
      "a=300": [[2], [2], [2], [2]],
    });
  });

  it("by integers beyond 2^53, truth values, dates of two units, NaN and infinities", () => {
    const far = 2n ** 60n;
    expect(Object.keys(told(groups([{ a: BigInt64Array.of(far, far + 1n, -far - 1n) }], ["a"])))).toEqual([
      "a=1152921504606846976",
      "a=1152921504606846977",
      "a=-1152921504606846977",
    ]);
    expect(told(groups([{ a: [true, false, null] }], ["a"]))).toEqual({
      "a=true": [[0]],
      "a=false": [[1]],
      "a is null": [[2]],
    });
    const day = new Date("2026-01-02T00:00:00Z");
    const seconds = arrow.vectorFromArray([day], new arrow.TimestampSecond());
    const when = groups([{ a: [day] }, { a: seconds }], ["a"]);
    expect(told(when)).toEqual({ "a=2026-01-02T00:00:00.000Z": [[0], [0]] });
    expect(groups([{ a: [Number.NaN, Number.POSITIVE_INFINITY] }], ["a"]).map(({ values }) => values.a)).toEqual([
      "NaN",
      "Infinity",
    ]);
  });

  it("under keys that a reader can take apart, each of its own", () => {
    const found = groups([{ "a b": ["x, y", "", " z", 'say "so"', "null", "x=1"] }], ["a b"]);
    expect(found.map(({ key }) => key)).toEqual([
      'a b="x, y"',
      'a b=""',
      'a b=" z"',
      'a b="say \\"so\\""',
      "a b=null",
      'a b="x=1"',
    ]);
  });

  it("into as many groups as allowed", () => {
    const a = Array.from({ length: 11 }, (_, k) => k);
    expect(groups([{ a }], ["a"], 11)).toHaveLength(11);
    expect(() => groups([{ a }], ["a"], 10)).toThrow('rowGroups: grouping by "a" needs at most 10 groups, got more');
    const b = a.map((x) => x % 3);
    expect(() => groups([{ a: b, b: a.map((x) => x % 4) }], ["a", "b"], 10)).toThrow(RangeError);
  });

  it("not by vectors, columns of two kinds, or none", () => {
    expect(() => groups([{ a: ["x"] }, { a: [1] }], ["a"])).toThrow(
      'rowGroups: "a" must hold text, numbers, truth values or points in time, of one kind, got categorical and numeric',
    );
    expect(() => groups([{ a: { values: Float32Array.of(1, 2), dimension: 2 } }], ["a"])).toThrow(TypeError);
    expect(() => groups([{ a: [1] }, { b: [1] }], ["a"])).toThrow('rowGroups: rows need a column "a" in every table');
  });
});

it("row codes are equal where a slow reading finds equal values", () => {
  const anyColumn = fc.oneof(
    fc.array(fc.option(fc.string({ maxLength: 3 }))),
    fc.array(fc.option(fc.integer({ min: -2, max: 2 }))),
    fc.array(fc.option(fc.bigInt({ min: 2n ** 62n, max: 2n ** 62n + 3n }))),
    fc.array(fc.option(fc.double({ noNaN: true }))),
  );
  fc.assert(
    fc.property(anyColumn, (values) => {
      fc.pre(values.some((value) => value !== null));
      const column = tableOf({ a: values as number[] }).columns.get("a")!;
      const [codes] = rowCodes([column]).codes;
      const slow = valuesOf(column).map((value) => (value === 0 ? 0 : value));
      for (const [row, value] of slow.entries()) expect(slow.indexOf(value)).toBe(codes!.indexOf(codes![row]!));
    }),
  );
});

describe("tables of keys", () => {
  it("number keys in the order in which they are first seen, while they grow", () => {
    const words = wordTable();
    const bytes = byteTable();
    const encoder = new TextEncoder();
    for (let round = 0; round < 2; round++) {
      for (let k = 0; k < 20_000; k++) {
        expect(words.codeOf(k % 100, k, k % 3)).toBe(k);
        const key = encoder.encode(`<key ${k}>`);
        expect(bytes.codeOf(key, 1, key.length - 1)).toBe(k);
      }
    }
    expect([words.size(), bytes.size()]).toEqual([20_000, 20_000]);
    expect(words.keyOf(777)).toEqual([77, 777, 0]);
    expect(new TextDecoder().decode(bytes.keyOf(777))).toBe("key 777");
  });
});
