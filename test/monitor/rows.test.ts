import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { columnsToTable, rowsToTable } from "../../dist/monitor/index.js";
import type { BatchSchema } from "../../src/monitor/batch-schema.js";
import { contents, cuts, types } from "./tables.js";

const schemaOf = (...entries: [string, unknown][]) => new Map(entries) as BatchSchema;

/** What `rowsToTable` is to do, value by value. */
function naive(rows: readonly Record<string, unknown>[], columns: Iterable<string>) {
  return Array.from(columns, (name) => [
    name,
    rows.map((row) => (Object.hasOwn(row, name) ? (row[name] ?? null) : null)),
  ]);
}

const values = {
  number: fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY)),
  flag: fc.boolean(),
  text: fc.string({ unit: "grapheme" }),
  big: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  vector: fc.array(fc.double(), { minLength: 3, maxLength: 3 }),
  ["__proto__"]: fc.string(),
  constructor: fc.integer(),
};
const row = fc
  .record(
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, fc.option(value as fc.Arbitrary<unknown>, { freq: 3 })]),
    ),
    {
      requiredKeys: [],
    },
  )
  .chain((record) => fc.shuffledSubarray(Object.entries(record)).map((entries) => own(entries)));

/** Also `__proto__` becomes a member. */
function own(entries: readonly [string, unknown][]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    Object.defineProperty(record, name, { value, enumerable: true, writable: true, configurable: true });
  }
  return record;
}

describe("rowsToTable", () => {
  it("gives each kind of value its type, columns in the order in which they were first seen", () => {
    const table = rowsToTable([
      { b: 1, a: "x" },
      { a: null, c: true, d: 2n, e: new Date(5), f: [1, 2], g: null },
    ]);
    expect(types(table)).toEqual([
      ["b", "Float64"],
      ["a", "Utf8"],
      ["c", "Bool"],
      ["d", "Int64"],
      ["e", "Timestamp<MILLISECOND>"],
      ["f", "FixedSizeList[2]<Float64>"],
      ["g", "Null"],
    ]);
    expect(contents(table)).toEqual([
      ["b", [1, null]],
      ["a", ["x", null]],
      ["c", [null, true]],
      ["d", [null, 2n]],
      ["e", [null, 5n]],
      ["f", [null, [1, 2]]],
      ["g", [null, null]],
    ]);
  });

  it("holds what a naive version finds, however the rows are cut into batches", () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 150 }).chain((rows) => fc.tuple(fc.constant(rows), cuts(rows))),
        ([rows, batches]) => {
          const schema: BatchSchema = new Map();
          const whole = rowsToTable(rows, schema);
          expect(contents(whole)).toEqual(naive(rows, schema.keys()));
          const cut: BatchSchema = new Map();
          const tables = batches.map((batch) => rowsToTable(batch, cut));
          expect([...cut]).toEqual([...schema]);
          const joined = [...cut.keys()].map((name) => [
            name,
            tables.flatMap((table, k) => {
              const found = contents(table).find(([column]) => column === name);
              return found ? found[1] : batches[k]!.map(() => null);
            }),
          ]);
          expect(joined).toEqual(contents(whole));
        },
      ),
    );
  });

  it("keeps -0, NaN and infinities, and takes integers beyond 2^53 as the nearest double", () => {
    const table = rowsToTable([{ a: -0 }, { a: Number.NaN }, { a: 2 ** 53 + 2 }, { a: 1n }]);
    expect(contents(table)).toEqual([["a", [-0, Number.NaN, 2 ** 53 + 2, 1]]]);
  });

  it("keeps to the kinds of earlier batches: nulls where a column does not come, new columns at the end", () => {
    const schema: BatchSchema = new Map();
    rowsToTable([{ a: 1, b: null, v: [1] }], schema);
    expect([...schema]).toEqual([
      ["a", "number"],
      ["b", null],
      ["v", { vector: 1 }],
    ]);
    const table = rowsToTable([{ c: "x" }, { b: false }], schema);
    expect(contents(table)).toEqual([
      ["a", [null, null]],
      ["b", [null, false]],
      ["v", [null, null]],
      ["c", ["x", null]],
    ]);
    expect(table.columns.get("a")?.type).toBe("Float64");
    expect([...schema.values()]).toEqual(["number", "boolean", { vector: 1 }, "text"]);
  });

  it("names row, column, what was needed and what came, and leaves the schema as it was", () => {
    const schema = schemaOf(["price", "number"]);
    expect(() => rowsToTable([{ price: 1, city: "a" }, { price: "NaN" }], schema)).toThrow(
      'rowsToTable: row 1, column "price": expected a number, found the text "NaN"',
    );
    expect([...schema]).toEqual([["price", "number"]]);
    const cases: [unknown, string][] = [
      [{ price: true }, "expected a number, found true"],
      [{ price: { amount: 1 } }, "expected a number, found an object"],
      [{ price: [1] }, "expected a number, found an array of 1"],
      [{ other: {} }, "expected a number, true or false, a text, or an array of numbers (members of objects"],
      [{ other: [] }, "found an array of 0"],
      [{ other: ["a"] }, 'expected numbers in vectors, found the text "a"'],
      [{ other: [1, null] }, "expected numbers in vectors, found null"],
      [{ other: Symbol("a") }, "found a symbol"],
      [{ other: new Date(Number.NaN) }, "expected a date, found a date that is none"],
      [7, "row 0: expected an object, its columns by name, found the number 7"],
      [null, "found null"],
      [[1], "found an array of 1"],
    ];
    for (const [bad, message] of cases) expect(() => rowsToTable([bad as object], schema)).toThrow(message);
    expect(() => rowsToTable([{ v: [1, 2] }, { v: [1] }])).toThrow(
      "expected a vector of 2 numbers, found an array of 1",
    );
    expect(() => rowsToTable([{ a: "x".repeat(1e6) }, { a: 1 }])).toThrow(
      'column "a": expected a text, found the number 1',
    );
    expect(() => rowsToTable([{ a: 1 }, { a: "x".repeat(1e6) }])).toThrow(/^.{0,150}$/);
  });

  it("takes integers exactly in columns of integers, and refuses what is none", () => {
    const schema = schemaOf(["id", "id"], ["key", "id"]);
    const table = rowsToTable([{ id: 5, key: "a" }, { id: 2n ** 63n - 1n }, { id: -0 }], schema);
    expect(contents(table)).toEqual([
      ["id", [5n, 2n ** 63n - 1n, 0n]],
      ["key", ["a", null, null]],
    ]);
    expect([...schema.values()]).toEqual(["integer", "text"]);
    expect(() => rowsToTable([{ id: 1.5 }], schema)).toThrow("expected an integer of 64 bits, found the number 1.5");
    expect(() => rowsToTable([{ id: 2 ** 60 }], schema)).toThrow("which a double does not hold exactly");
    expect(() => rowsToTable([{ id: 2n ** 63n }], schema)).toThrow("found the number 9223372036854775808");
    expect(() => rowsToTable([{ a: true }], schemaOf(["a", "id"]))).toThrow("expected an id, an integer or a text");
  });

  it("takes values of members that are called like those of all objects", () => {
    const table = rowsToTable([JSON.parse('{"__proto__":1,"constructor":"a","toString":true}'), {}]);
    expect(contents(table)).toEqual([
      ["__proto__", [1, null]],
      ["constructor", ["a", null]],
      ["toString", [true, null]],
    ]);
  });

  it("takes own members alone, also of objects of classes and without a prototype", () => {
    class Point {
      x = 1;
      get y() {
        return 2;
      }
    }
    const bare = Object.assign(Object.create(null), { x: 3 });
    expect(contents(rowsToTable([new Point(), bare, Object.create({ x: 4 })]))).toEqual([["x", [1, 3, null]]]);
  });

  it("refuses more than 4096 columns, and columns that hardly any row has", () => {
    const wide = Object.fromEntries(Array.from({ length: 4097 }, (_, k) => [`c${k}`, 1]));
    expect(() => rowsToTable([wide])).toThrow("expected at most 4096 columns");
    const sparse = Array.from({ length: 40_000 }, (_, k) => ({ [`c${k % 4000}`]: 1 }));
    expect(() => rowsToTable(sparse)).toThrow("expected columns that most rows have");
    const late = Array.from({ length: 1000 }, (_, k) => (k === 999 ? { a: 1, v: new Array(1e5).fill(0) } : { a: 1 }));
    expect(() => rowsToTable(late)).toThrow("expected columns that most rows have");
    expect(rowsToTable(Array.from({ length: 2e5 }, () => ({ a: 1, b: null }))).rows).toBe(2e5);
  });

  it("takes no memory for vectors that a column does not hold", () => {
    const schema = () => schemaOf(["a", { vector: 2 ** 40 }]);
    for (const value of [5, [1], "x"]) {
      expect(() => rowsToTable([{ a: value }, { a: value }], schema())).toThrow(
        "expected a vector of 1099511627776 numbers",
      );
    }
  });

  it("checks what it is given", () => {
    expect(() => rowsToTable({} as never)).toThrow(new TypeError("rowsToTable: rows must be an array, got an object"));
    expect(() => rowsToTable([], {} as never)).toThrow(
      new TypeError("rowsToTable: schema must be a Map, got an object"),
    );
    expect(() => rowsToTable([], schemaOf(["a", "float"]))).toThrow(RangeError);
    expect(() => rowsToTable([], schemaOf(["a", { vector: 0 }]))).toThrow(RangeError);
    expect(rowsToTable([])).toEqual({ rows: 0, columns: new Map(), unsupported: new Map() });
    expect(contents(rowsToTable([{}, {}], schemaOf(["a", "text"])))).toEqual([["a", [null, null]]]);
  });
});

describe("rowsToTable where somebody gave all objects a member", () => {
  afterEach(() => {
    Reflect.deleteProperty(Object.prototype, "added");
  });

  it("does not take it for a column", () => {
    // biome-ignore lint/suspicious/noExplicitAny: what is tested is that prototypes can be changed
    (Object.prototype as any).added = 1;
    expect(contents(rowsToTable([{ a: 1 }]))).toEqual([["a", [1]]]);
  });
});

describe("columnsToTable", () => {
  it("takes columns as rowsToTable takes rows", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 100 }), (rows) => {
        const schema: BatchSchema = new Map();
        const table = rowsToTable(rows, schema);
        const columns = own(naive(rows, schema.keys()) as [string, unknown][]);
        expect(contents(columnsToTable(columns))).toEqual(contents(table));
      }),
    );
  });

  it("names the column that is no array or has another length", () => {
    expect(() => columnsToTable({ a: [1], b: [1, 2] })).toThrow(
      'column "b": expected 1 values like the column before it',
    );
    expect(() => columnsToTable({ a: 1 })).toThrow('columnsToTable: column "a": expected an array of values');
    expect(() => columnsToTable({ a: [1, "x"] })).toThrow('row 1, column "a": expected a number, found the text "x"');
  });
});
