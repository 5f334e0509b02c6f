import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { ecdf } from "../../dist/statistics/ecdf.js";
import { moments } from "../../dist/statistics/moments.js";
import { quantiles } from "../../dist/statistics/quantile.js";
import { type NumberSummary, summary, type TextSummary } from "../../dist/statistics/summary.js";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames } from "./samples.ts";

type Shape = "skewness" | "kurtosis" | "correctedSkewness" | "correctedKurtosis";
type NumberCase = {
  name: string;
  values: WrittenSample;
  count: number;
  mean: Written;
  standardDeviation: Written | null;
  min: number;
  max: number;
  quartiles: Written[];
  deciles: Written[];
  distinct: number;
} & Record<Shape, number | null>;
interface TextCase {
  name: string;
  values: (string | null)[];
  count: number;
  null: number;
  distinct: number;
  categories: { name: string; count: number }[];
}

const { cases, text } = oracle<{ cases: NumberCase[]; text: TextCase[] }>("summary");

const numbers = (...args: Parameters<typeof summary>) => summary(...args) as NumberSummary;
const texts = (...args: Parameters<typeof summary>) => summary(...args) as TextSummary;

describe("a summary of numbers", () => {
  for (const expected of cases) {
    it(`is that of pandas: ${expected.name}`, () => {
      const values = sampleOf(expected.values);
      for (const column of [values, prepare(values)]) {
        const found = numbers(column);
        const { count, min, max, distinct } = expected;
        expect(found).toMatchObject({ kind: "numeric", type: "Float64", count, min, max, distinct });
        // Where values cancel, the mean has the digits that their spread leaves it.
        const scale = Math.max(Math.abs(Number(expected.mean)), Number(expected.standardDeviation ?? 0));
        expect(Math.abs(found.mean! - Number(expected.mean))).toBeLessThanOrEqual(1e-14 * scale);
        if (expected.standardDeviation !== null) {
          expectClose(found.standardDeviation, expected.standardDeviation, 1e-14);
        }
        const deciles = numbers(column, { quantiles: "deciles", bias: false });
        for (const [asked, wanted] of [
          [found, expected.quartiles],
          [deciles, expected.deciles],
        ] as const) {
          for (const [k, { value }] of asked.quantiles.entries()) expectClose(value as number, wanted[k]!, 1e-14);
        }
        for (const [shape, wanted] of [
          [found.skewness, expected.skewness],
          [found.kurtosis, expected.kurtosis],
          [deciles.skewness, expected.correctedSkewness],
          [deciles.kurtosis, expected.correctedKurtosis],
        ] as const) {
          if (wanted !== null)
            expect(Math.abs(shape! - wanted)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(wanted)));
        }
      }
    });
  }

  it("is what moments, quantiles and ecdf say, from raw values and prepared ones", () => {
    for (const shape of shapeNames) {
      for (const length of [0, 1, 2, 500, 9000]) {
        const values = sample(shape, length, 7);
        const probabilities = [0, 0.3, 1];
        const found = numbers(values, { quantiles: probabilities });
        const { values: quantile, missing } = quantiles(values, probabilities);
        const same = moments(values);
        expect(found).toEqual({
          kind: "numeric",
          type: "Float64",
          ...same,
          quantiles: probabilities.map((probability, k) => ({ probability, value: quantile[k] })),
          distinct: ecdf(values).values.length,
          missing,
        });
        const { variance, skewness, kurtosis, ...exact } = numbers(prepare(values), { quantiles: probabilities });
        for (const key of ["count", "min", "max", "quantiles", "distinct", "missing", "positiveInfinity"] as const) {
          expect(exact[key]).toEqual(found[key]);
        }
      }
    }
  });

  it("counts what is missing by its kind", () => {
    const column = [1, null, Number.NaN, Number.POSITIVE_INFINITY, 3, Number.NEGATIVE_INFINITY, Number.NaN, 2];
    expect(numbers(column)).toMatchObject({
      count: 3,
      mean: 2,
      min: 1,
      max: 3,
      positiveInfinity: 1,
      negativeInfinity: 1,
      distinct: 5,
      missing: { rows: 8, null: 1, nan: 2 },
    });
  });

  it("of no value is null throughout", () => {
    for (const column of [[], [null, Number.NaN]]) {
      const found = numbers(column as number[]);
      expect(found).toMatchObject({ count: 0, mean: null, min: null, max: null, skewness: null, distinct: 0 });
      expect(found.quantiles.map(({ value }) => value)).toEqual([null, null, null]);
    }
  });

  it("counts distinct values up to a limit", () => {
    const column = Float64Array.from({ length: 5000 }, (_, k) => k % 1000);
    for (const input of [column, prepare(column)]) {
      expect(numbers(input).distinct).toBe(1000);
      expect(numbers(input, { mostDistinct: 1000 }).distinct).toBe(1000);
      expect(numbers(input, { mostDistinct: 999 }).distinct).toBeNull();
      expect(numbers(input, { mostDistinct: 0 }).distinct).toBeNull();
    }
    const many = Float64Array.from({ length: 70_000 }, (_, k) => k);
    expect(numbers(many).distinct).toBeNull();
    expect(numbers(many, { mostDistinct: 70_000 }).distinct).toBe(70_000);
  });

  it("of truth values has their share, of 64-bit integers their digits, of times their dates", () => {
    expect(summary([true, true, false, null])).toMatchObject({ kind: "boolean", mean: 2 / 3, min: 0, max: 1 });
    const far = 2n ** 60n;
    for (const column of [BigInt64Array.of(far + 3n, far + 1n), prepare(BigInt64Array.of(far + 3n, far + 1n))]) {
      expect(numbers(column as never)).toMatchObject({
        min: `${far + 1n}`,
        max: `${far + 3n}`,
        variance: 2,
        distinct: 2,
      });
    }
    const unsigned = numbers(BigUint64Array.of(2n ** 64n - 1n, 0n));
    expect(unsigned).toMatchObject({ min: 0, max: `${2n ** 64n - 1n}` });
    const days = ["2024-02-28", "2024-02-29", "2024-03-01"].map((day) => new Date(day));
    const since = BigInt64Array.from(days, (day) => BigInt(day.getTime()) * 1_000_000n);
    const data = arrow.makeData({ type: new arrow.TimestampNanosecond(), data: since });
    const nanoseconds = arrow.makeVector(data);
    const dates = arrow.vectorFromArray(days, new arrow.DateDay());
    for (const column of [days, nanoseconds, dates, prepare(nanoseconds as never)]) {
      expect(numbers(column as never)).toMatchObject({
        kind: "temporal",
        count: 3,
        mean: null,
        standardDeviation: null,
        min: "2024-02-28T00:00:00.000Z",
        max: "2024-03-01T00:00:00.000Z",
        quantiles: [{}, { probability: 0.5, value: "2024-02-29T00:00:00.000Z" }, {}],
      });
    }
  });

  it("survives JSON", () => {
    for (const shape of shapeNames) {
      const found = summary(sample(shape, 300, 1));
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    }
  });
});

describe("a summary of text", () => {
  for (const { name, values, count, null: nulls, distinct, categories } of text) {
    it(`is that of pandas: ${name}`, () => {
      const plain = values.some((value) => value !== null) ? [values, prepare(values)] : [];
      const forms = [...plain, arrow.vectorFromArray(values, new arrow.Utf8()), dictionaryOf(values)];
      for (const column of forms) {
        const found = texts(column as string[], { categories: 3 });
        expect(found).toMatchObject({ kind: "categorical", count, distinct, categories: categories.slice(0, 3) });
        expect(found.missing).toEqual({ rows: values.length, null: nulls, nan: 0 });
        const listed = categories.slice(0, 3).reduce((sum, { count }) => sum + count, 0);
        expect(found.other).toBe(count - listed);
        expect(found.empty).toBe(values.filter((value) => value === "").length);
        expect(texts(column as string[], { categories: 1000 })).toMatchObject({ categories, other: 0 });
        expect(texts(column as string[], { categories: 0 })).toMatchObject({ categories: [], other: count, distinct });
      }
    });
  }
});

const dictionaryOf = (values: (string | null)[]) =>
  arrow.vectorFromArray(values, new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()));

describe("a summary", () => {
  it("refuses options that are none", () => {
    expect(() => summary([1], { quantiles: [0.5, 1.1] })).toThrow("summary: probabilities must lie in [0, 1], got 1.1");
    expect(() => summary([1], { quantiles: "quintiles" as never })).toThrow(/quartiles, deciles or probabilities/);
    for (const limit of [-1, 1.5, Number.NaN]) {
      expect(() => summary([1], { mostDistinct: limit })).toThrow(RangeError);
      expect(() => summary(["a"], { categories: limit })).toThrow(RangeError);
    }
    expect(() => summary({} as never)).toThrow(TypeError);
  });
});
