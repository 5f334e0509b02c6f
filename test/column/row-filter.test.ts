import * as arrow from "apache-arrow";
import fc from "fast-check";
import { filterRows, openTable, type RowCondition, type RowFilter, type Table } from "smirnov";
import { describe, expect, it } from "vitest";
import { instantOf, timeOfDayOf } from "../../dist/column/time-text.js";
import { valuesOf } from "./naive.js";

const column = (table: Table, name: string) => valuesOf(table.columns.get(name)!);
const kept = (values: unknown, condition: unknown) =>
  column(filterRows({ x: values, row: rowNumbers(values) } as never, { x: condition } as never), "row");
const rowNumbers = (values: unknown) =>
  Float64Array.from({ length: (values as ArrayLike<unknown>).length }, (_, k) => k);

/** The values of columns of each kind that a filter can be about, their rows and operands that lie among them. */
const numbers = fc.constantFrom<(number | null)[]>(
  -1.5,
  -0,
  0,
  1,
  2,
  2.5,
  1e300,
  Infinity,
  -Infinity,
  NaN,
  null as never,
);
const texts = fc.constantFrom("", "a", "b", "ba", "ß", "🙂", "\ud800x", null);
const integers = fc.constantFrom(0n, -1n, 5n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 62n) - 1n, 2n ** 63n - 1n, null);
const truths = fc.constantFrom(true, false, null);

/** Compares as mathematics does: numbers and bigints by value, texts by their UTF-16 units. */
const before = (x: never, y: never) => x < y;
const same = (x: never, y: never) => !before(x, y) && !before(y, x);

/** Half a surrogate pair is U+FFFD, in columns and in conditions. */
const read = (value: unknown): never =>
  (Array.isArray(value) ? value.map(read) : typeof value === "string" ? Buffer.from(value).toString() : value) as never;

/** What the types say, row by row. */
function holds(value: unknown, condition: RowCondition): boolean {
  const missing = value === null || Number.isNaN(value);
  const v = read(value);
  return Object.entries(condition).every(([operator, operand]) => {
    const o = read(operand);
    if (operator === "missing") return operand === missing;
    if (missing) return operator === "notEq" || operator === "notIn";
    switch (operator) {
      case "eq":
        return same(v, o);
      case "notEq":
        return !same(v, o);
      case "gt":
        return before(o, v);
      case "gte":
        return !before(v, o);
      case "lt":
        return before(v, o);
      case "lte":
        return !before(o, v);
      case "in":
        return (o as never[]).some((each) => same(v, each));
      default:
        return !(o as never[]).some((each) => same(v, each));
    }
  });
}

const conditionOf = (operand: fc.Arbitrary<unknown>, ordered: boolean) =>
  fc
    .record(
      {
        eq: operand,
        notEq: operand,
        ...(ordered ? { gt: operand, gte: operand, lt: operand, lte: operand } : {}),
        in: fc.array(operand, { maxLength: 3 }),
        notIn: fc.array(operand, { maxLength: 3 }),
        missing: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    .filter((condition) => Object.keys(condition).length > 0) as fc.Arbitrary<RowCondition>;

const given = <T>(values: fc.Arbitrary<T>) => values.filter((value) => value !== null && !Number.isNaN(value));

describe("filterRows", () => {
  it.each([
    ["numbers", numbers, true],
    ["texts", texts, true],
    ["integers of 64 bits", integers, true],
    ["truth values", truths, false],
  ] as const)("keeps the rows of %s that the conditions are true of, one by one", (_, values, ordered) => {
    fc.assert(
      fc.property(
        fc.array(values as fc.Arbitrary<unknown>, { maxLength: 40 }).filter((all) => all.some((one) => one !== null)),
        conditionOf(given(values as fc.Arbitrary<unknown>), ordered),
        (all, condition) => {
          const expected = all.flatMap((value, row) => (holds(value, condition) ? [row] : []));
          expect(kept(all, condition)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("keeps every row with a condition or with its opposite, but those without a value", () => {
    const opposites = [
      ["eq", "notEq"],
      ["gt", "lte"],
      ["lt", "gte"],
      ["in", "notIn"],
      ["missing", "missing"],
    ] as const;
    fc.assert(
      fc.property(
        fc.array(numbers, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(...opposites),
        (all, [one, other]) => {
          const operand = one === "in" ? [1, 2.5] : one === "missing" ? true : 1;
          const rows = [
            ...kept(all, { [one]: operand }),
            ...kept(all, { [other]: one === "missing" ? false : operand }),
          ];
          const missing = all.flatMap((value, row) => (value === null || Number.isNaN(value) ? [row] : []));
          const counted = one === "eq" || one === "in" || one === "missing" ? [] : missing;
          expect([...rows, ...counted].map(Number).sort((a, b) => a - b)).toEqual(Array.from(all.keys()));
        },
      ),
    );
  });

  it("joins the conditions on several columns, and keeps order, nulls and columns of all kinds", () => {
    const table = {
      a: [1, 2, 3, null, 5, 6],
      t: ["x", "y", "x", "x", null, "x"],
      b: [true, null, false, true, true, true],
      v: { values: Float32Array.from({ length: 12 }, (_, k) => k), dimension: 2 },
    };
    const found = filterRows(table, { t: "x", b: { notEq: false }, a: { notEq: 1 } });
    expect(found.rows).toBe(2);
    expect(["a", "t", "b", "v"].map((name) => column(found, name))).toEqual([
      [null, 6],
      ["x", "x"],
      [true, true],
      [
        [6, 7],
        [10, 11],
      ],
    ]);
    expect(filterRows(table, {}).rows).toBe(6);
    expect(column(filterRows(table, { a: 9 }), "t")).toEqual([]);
    expect(table.a).toEqual([1, 2, 3, null, 5, 6]);
  });

  it("finds missing vectors, and refuses to compare others", () => {
    const type = new arrow.FixedSizeList(2, new arrow.Field("item", new arrow.Float32(), true));
    const vectors = arrow.vectorFromArray([[1, 2], null, [NaN, 1], [1, null], [3, 4]], type);
    expect(kept(vectors, { missing: true })).toEqual([1, 2, 3]);
    expect(kept(vectors, { missing: false })).toEqual([0, 4]);
    expect(() => kept(vectors, { eq: 1 })).toThrow("where x eq needs missing, which is the only condition");
  });

  it("compares points in time with ISO 8601, whatever their unit", () => {
    const times = ["1969-12-31T23:59:59", "1970-01-01T00:00:00", "2024-02-29T12:00:00", "2024-02-29T12:00:01"];
    const units = [
      [0, 1n],
      [1, 1000n],
      [2, 1_000_000n],
      [3, 1_000_000_000n],
    ] as const;
    for (const [unit, perSecond] of units) {
      const data = BigInt64Array.from(times, (text) => BigInt(Date.parse(`${text}Z`) / 1000) * perSecond);
      const type = new arrow.Timestamp(unit, null);
      const x = new arrow.Vector([arrow.makeData({ type, length: 4, data })]);
      expect(kept(x, "2024-02-29T12:00:00")).toEqual([2]);
      expect(kept(x, { gt: "2024-02-29 12:00Z" })).toEqual([3]);
      expect(kept(x, { gte: "2024-02-29T14:00:00+02:00" })).toEqual([2, 3]);
      expect(kept(x, { gt: "2024-02-29T11:59:59.999999999" })).toEqual([2, 3]);
      expect(kept(x, { gte: "2024-02-29T12:00:00.000000001" })).toEqual([3]);
      expect(kept(x, { lte: "2024-02-29T12:00:00.5" })).toEqual([0, 1, 2]);
      expect(kept(x, { lt: "1970-01-01" })).toEqual([0]);
      expect(kept(x, { lt: "1969-12-31T23:59:59.1" })).toEqual([0]);
      expect(kept(x, { eq: "2024-02-29T12:00:00.5" })).toEqual([]);
      expect(kept(x, { in: ["1970-01-01", "2024-02-29T12:00:01.0"] })).toEqual([1, 3]);
    }
    const days = arrow.vectorFromArray([new Date(0), new Date(864e5), new Date("2024-02-29")], new arrow.DateDay());
    expect(kept(days, "2024-02-29")).toEqual([2]);
    expect(kept(days, { gt: "1970-01-01T12:00" })).toEqual([1, 2]);
    expect(kept(days, { lte: "1970-01-01T12:00" })).toEqual([0]);
    const ofDay = arrow.makeData({
      type: new arrow.TimeMillisecond(),
      length: 2,
      data: Int32Array.of(1500, 45_000_000),
    });
    expect(kept(new arrow.Vector([ofDay]), { gte: "12:30" })).toEqual([1]);
    expect(kept(new arrow.Vector([ofDay]), "00:00:01.5")).toEqual([0]);
  });

  it("reads digits as exact integers, and decimal text as numbers", () => {
    const large = [2n ** 60n, 2n ** 60n + 1n, 2n ** 63n - 1n];
    expect(kept(large, String(2n ** 60n + 1n))).toEqual([1]);
    expect(kept(large, { gt: String(2n ** 60n) })).toEqual([1, 2]);
    expect(kept(large, { in: [2n ** 63n - 1n, `+${2n ** 60n}`] })).toEqual([0, 2]);
    expect(kept(large, { gt: 2 ** 60 + 0.5 })).toEqual([1, 2]);
    expect(kept([1.5, -0.25, Infinity], { in: ["1.5", "-.25", "Infinity"] })).toEqual([0, 1, 2]);
    expect(kept([2 ** 53, 2 ** 53 + 2], { gt: 2n ** 53n + 1n })).toEqual([1]);
    expect(kept(Float32Array.of(0.1, 1), { lt: 0.5 })).toEqual([0]);
    expect(kept(arrow.vectorFromArray(["a", null, "b"]), { notIn: ["a"] })).toEqual([1, 2]);
  });

  it("reads opened tables piece by piece, and keeps no more of them than they may hold", async () => {
    const rows = 100_000;
    const table = {
      x: Float64Array.from({ length: rows }, (_, k) => k % 1000),
      t: Array.from({ length: rows }, (_, k) => `t${k % 7}`),
    };
    const batches = function* () {
      for (let from = 0; from < rows; from += 999) {
        yield { x: table.x.slice(from, from + 999), t: table.t.slice(from, from + 999) };
      }
    };
    const opened = await openTable(batches(), { memory: 2 ** 20 });
    for (const { chunks } of opened.columns.values()) expect(chunks).toMatchObject({ stored: true });
    const where: RowFilter = { x: { gte: 990 }, t: { in: ["t1", "t5"] } };
    const [found, expected] = [filterRows(opened, where), filterRows(table, where)];
    for (const name of ["x", "t"]) expect(column(found, name)).toEqual(column(expected, name));
    const { rows: kept, stored } = found;
    expect({ kept, stored }).toEqual({ kept: expected.rows, stored: undefined });
    const wide = await openTable([{ x: Float64Array.from({ length: 200_000 }, (_, k) => k) }], { memory: 2 ** 20 });
    expect(() => filterRows(wide, { x: { gte: 0 } })).toThrow("the rows kept of x need more than the 1048576 bytes");
  });

  it.each([
    [[1], { gt: "soon" }, RangeError, 'filterRows: where x gt needs a number, got "soon"'],
    [[1], { gt: NaN }, RangeError, "where x gt needs a number, got NaN"],
    [[1], { eq: true }, TypeError, "where x eq needs a number for a column of type Float64, got true"],
    [[1], { between: [1, 2] }, RangeError, 'where x has no operator "between", but eq, notEq, gt, gte, lt, lte, in'],
    [[1], {}, RangeError, "where x needs at least one operator of eq"],
    [[1], { eq: undefined }, RangeError, "needs at least one operator"],
    [[1], null, TypeError, "where x needs a value or a condition such as { gt: 0 }, got null; { missing: true } finds"],
    [[1], [1, 2], TypeError, "where x needs a value or a condition such as { gt: 0 }, got an array"],
    [[1], { in: 1 }, TypeError, "where x in needs an array of values, got 1"],
    [[1], { in: [null] }, TypeError, "where x in needs values, got null"],
    [[1], { eq: [1] }, TypeError, "where x eq needs a value, got an array"],
    [[1], { missing: 1 }, TypeError, "where x missing needs true or false, got 1"],
    [["a"], { lt: 1 }, TypeError, "where x lt needs text for a column of type Utf8, got 1"],
    [[true], { eq: "true" }, TypeError, 'where x eq needs true or false for a column of type Bool, got "true"'],
    [[true], { gt: false }, TypeError, "where x gt: truth values have no order"],
    [[new Date(0)], { gt: 5 }, TypeError, "where x gt needs text in ISO 8601 for a column of type Timestamp"],
    [[new Date(0)], { gt: "2024-02-30" }, RangeError, "needs ISO 8601 such as 2024-01-31"],
    [[new Date(0)], { gt: "2024-1-3" }, RangeError, "needs ISO 8601 such as"],
  ] as const)("refuses what is no condition: %o where %o", (values, condition, kind, message) => {
    expect(() => kept(values, condition)).toThrow(message);
    expect(() => kept(values, condition)).toThrow(kind);
  });

  it("names the columns that there are", () => {
    expect(() => filterRows({ a: [1], b: [2] }, { c: 1 })).toThrow(
      'filterRows: where names "c", which is not a column of the table; there are a, b',
    );
    expect(() => filterRows({ a: [1] }, { toString: 1 } as never)).toThrow("which is not a column");
    const lists = arrow.vectorFromArray([[1]], new arrow.List(new arrow.Field("item", new arrow.Int8())));
    expect(() => filterRows({ a: [1], lists } as never, { lists: 1 })).toThrow(
      "is of type List, which is not supported",
    );
    for (const odd of [null, "a", 5, [1]]) expect(() => filterRows({ a: [1] }, odd as never)).toThrow(TypeError);
  });
});

describe("ISO 8601 text", () => {
  it("is read as Date reads it, where both can", () => {
    const date = fc.date({ min: new Date("-009999-01-01"), max: new Date("+019999-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(date, (one) => {
        expect(instantOf(one.toISOString())).toBe(BigInt(one.getTime()) * 1_000_000n);
      }),
    );
  });

  it.each([
    ["2024-02-29", 19_782n * 86_400_000_000_000n],
    ["2024-02-29T00:00:00.000000001Z", 19_782n * 86_400_000_000_000n + 1n],
    ["1970-01-01T00:00:00.5-00:30", 1_800_500_000_000n],
    ["1970-01-01T00:00:00+0100", -3_600_000_000_000n],
    ["1970-01-01 01:00+01", 0n],
    ["0001-01-01", -62_135_596_800_000_000_000n],
    ["2023-02-29", null],
    ["2024-13-01", null],
    ["2024-01-01T24:00", null],
    ["2024-01-01T00:60", null],
    ["2024-01-01T00:00:00.0000000001", null],
    ["2024-01-01T", null],
    ["2024-01-01Z", null],
    ["1970-01-01T00:00+24:00", null],
    ["-000000-01-01", null],
    ["today", null],
    ["", null],
  ] as const)("%s is %s nanoseconds after 1970", (text, expected) => {
    expect(instantOf(text)).toBe(expected);
  });

  it.each([
    ["12:30", 45_000_000_000_000n],
    ["23:59:59.999999999", 86_399_999_999_999n],
    ["24:00", null],
    ["1:00", null],
    ["12:30Z", null],
  ] as const)("%s is %s nanoseconds after midnight", (text, expected) => {
    expect(timeOfDayOf(text)).toBe(expected);
  });
});
