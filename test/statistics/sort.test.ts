import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { sort } from "../../dist/statistics/sort.js";
import { ordered } from "./naive.ts";
import { oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames } from "./samples.ts";

type Case = { name: string } & (
  | { type: "f64"; values: WrittenSample; sorted: Written[] }
  | { type: "i64" | "u64"; values: string[]; sorted: string[] }
);

const { cases } = oracle<{ cases: Case[] }>("sort");

describe("a sorted column", () => {
  for (const one of cases) {
    it(`is that of numpy.sort: ${one.name}`, () => {
      const arrayOf = (values: WrittenSample | string[]) => {
        if (one.type === "f64") return sampleOf(values as WrittenSample);
        const integers = (values as string[]).map(BigInt);
        return one.type === "i64" ? BigInt64Array.from(integers) : BigUint64Array.from(integers);
      };
      const column = arrayOf(one.values);
      const before = column.slice();
      const expected = arrayOf(one.sorted);
      if (expected instanceof Float64Array) for (const [k, x] of expected.entries()) expected[k] = x + 0;
      expect(sort(column).values).toEqual(expected);
      expect(sort(prepare(column as never)).values).toEqual(expected);
      expect(column).toEqual(before);
    });
  }

  it("holds neither nulls nor NaN, which are counted, and no -0", () => {
    const found = sort([2, null, Number.NaN, -0, 1, Number.NEGATIVE_INFINITY, undefined]);
    const expected = Float64Array.of(Number.NEGATIVE_INFINITY, 0, 1, 2);
    expect(found).toEqual({ values: expected, missing: { rows: 7, null: 2, nan: 1 } });
    expect(sort([])).toEqual({ values: new Float64Array(0), missing: { rows: 0, null: 0, nan: 0 } });
  });

  it("is of the type that holds the column's", () => {
    expect(sort(Int8Array.of(3, -1)).values).toEqual(Float64Array.of(-1, 3));
    expect(sort([true, false, null]).values).toEqual(Float64Array.of(0, 1));
    expect(sort([5n, -3n]).values).toEqual(BigInt64Array.of(-3n, 5n));
    expect(sort(BigUint64Array.of(5n, 3n)).values).toEqual(BigUint64Array.of(3n, 5n));
    const data = { type: new arrow.TimestampNanosecond(), data: BigInt64Array.of(7n, 5n) };
    expect(sort(arrow.makeVector(arrow.makeData(data))).values).toEqual(BigInt64Array.of(5n, 7n));
  });

  it("is an array of its own, of a prepared column too", () => {
    const prepared = prepare([2, 1]);
    const { values } = sort(prepared);
    expect(values.buffer).toBeInstanceOf(ArrayBuffer);
    values[0] = 9;
    expect(prepared.values[0]).toBe(1);
    for (const length of [1, 9000]) expect(sort(sample("normal", length, 1)).values.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it("is the column in order, whatever its shape, length and chunks", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapeNames),
        fc.oneof(fc.nat(200), fc.integer({ min: 1000, max: 20_000 })),
        fc.integer(),
        (shape, length, seed) => {
          const values = sample(shape, length, seed);
          const expected = Float64Array.from(ordered(values));
          expect(sort(values).values).toEqual(expected);
          const middle = Math.floor(length / 3);
          const cut = arrow.makeVector(values.slice(0, middle)).concat(arrow.makeVector(values.slice(middle)));
          expect(sort(cut).values).toEqual(expected);
        },
      ),
      { numRuns: 80 },
    );
  });

  it("is refused for text", () => {
    expect(() => sort(["b", "a"])).toThrow("sort: the column must hold numbers, got Utf8");
    expect(() => sort(prepare(["b", "a"]))).toThrow(TypeError);
  });
});
