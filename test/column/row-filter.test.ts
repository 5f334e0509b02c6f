import fc from "fast-check";
import { filterRows, type RowCondition, type Table } from "smirnov";
import { describe, expect, it } from "vitest";
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
});
