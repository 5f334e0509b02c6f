import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MomentsResult, moments } from "../../dist/statistics/moments.js";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames } from "./samples.ts";

type Numbers = "mean" | "variance" | "standardDeviation" | "standardError" | "skewness" | "kurtosis" | "min" | "max";
type Corrected = "correctedSkewness" | "correctedKurtosis";
type Case = { name: string; values: WrittenSample; count: number } & Record<Numbers | Corrected, Written | null>;

const { cases } = oracle<{ cases: Case[] }>("moments");

describe("moments", () => {
  for (const expected of cases) {
    it(`are the exact ones: ${expected.name}`, () => {
      const found = moments(sampleOf(expected.values));
      expect(found.count).toBe(expected.count);
      expect(found.min).toBe(expected.min);
      expect(found.max).toBe(expected.max);
      // Where the values cancel, the mean has the digits that their spread leaves it.
      const scale = Math.max(Math.abs(Number(expected.mean)), Number(expected.standardDeviation ?? 0));
      const mean = Number(expected.mean);
      if (found.mean !== mean) expect(Math.abs(found.mean! - mean) / scale).toBeLessThanOrEqual(1e-15);
      for (const name of ["variance", "standardDeviation", "standardError"] as const) {
        // What no double holds is null.
        const wanted = expected[name] === "Infinity" ? null : expected[name];
        expectClose(found[name], wanted, 1e-14, name);
      }
      const corrected = moments(sampleOf(expected.values), { bias: false });
      const shapes = [
        ["skewness", found.skewness, expected.skewness],
        ["kurtosis", found.kurtosis, expected.kurtosis],
        ["corrected skewness", corrected.skewness, expected.correctedSkewness],
        ["corrected kurtosis", corrected.kurtosis, expected.correctedKurtosis],
      ] as const;
      for (const [name, shape, wanted] of shapes) {
        if (wanted === null) expect(shape, name).toBeNull();
        else {
          const error = Math.abs(shape! - Number(wanted)) / Math.max(1, Math.abs(Number(wanted)));
          expect(error, name).toBeLessThanOrEqual(1e-12);
        }
      }
      expect({ ...corrected, skewness: null, kurtosis: null }).toEqual({ ...found, skewness: null, kurtosis: null });
    });
  }

  it("without bias need three values for skewness, four for kurtosis", () => {
    expect(moments([1, 2], { bias: false })).toMatchObject({ skewness: null, kurtosis: null });
    expect(moments([1, 2, 9], { bias: false })).toMatchObject({ skewness: expect.any(Number), kurtosis: null });
    expect(moments([1, 2, 9])).toMatchObject({ skewness: expect.any(Number), kurtosis: -1.5 });
  });

  it("of no value, of one, of equal values and of missing ones are null where they are not defined", () => {
    const nothing = { mean: null, variance: null, standardDeviation: null, standardError: null };
    const shapeless = { skewness: null, kurtosis: null };
    const none = { rows: 0, null: 0, nan: 0 };
    expect(moments([])).toEqual({
      ...nothing,
      ...shapeless,
      count: 0,
      min: null,
      max: null,
      positiveInfinity: 0,
      negativeInfinity: 0,
      missing: none,
    });
    expect(moments([null, Number.NaN, null])).toMatchObject({
      ...nothing,
      count: 0,
      missing: { rows: 3, null: 2, nan: 1 },
    });
    expect(moments([0.1])).toMatchObject({ ...shapeless, count: 1, mean: 0.1, variance: null, min: 0.1, max: 0.1 });
    expect(moments([0.1, 0.1, 0.1])).toMatchObject({
      ...shapeless,
      count: 3,
      mean: 0.1,
      variance: 0,
      standardError: 0,
    });
  });

  it("are of the finite values, infinite ones are counted apart", () => {
    const found = moments([1, Number.POSITIVE_INFINITY, 2, Number.NEGATIVE_INFINITY, 3, Number.POSITIVE_INFINITY]);
    expect(found).toMatchObject({ count: 3, mean: 2, variance: 1, min: 1, max: 3 });
    expect(found).toMatchObject({ positiveInfinity: 2, negativeInfinity: 1 });
    expect(moments([Number.POSITIVE_INFINITY])).toMatchObject({ count: 0, mean: null, min: null, positiveInfinity: 1 });
  });

  it("of constants are exact whatever the constant", () => {
    for (const value of [0, 0.04, -1e-310, 5e-324, 1e308, 1e16 + 2, Math.PI, -Number.MAX_VALUE]) {
      for (const length of [2, 3, 30, 1025, 40_000]) {
        const found = moments(new Float64Array(length).fill(value));
        expect(found).toMatchObject({ mean: value, variance: 0, min: value, max: value, skewness: null });
      }
    }
  });

  it("of 64-bit integers beyond 2^53 keep the digits that the differences have", () => {
    const far = 2n ** 62n;
    const found = moments(BigInt64Array.of(far + 1n, far + 2n, far + 3n));
    expect(found).toMatchObject({ count: 3, variance: 1, standardDeviation: 1, skewness: 0, mean: Number(far) });
    const top = moments(BigUint64Array.of(2n ** 64n - 1n, 2n ** 64n - 3n));
    expect(top).toMatchObject({ count: 2, variance: 2 });
    const wide = moments(BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n));
    expect(Math.abs(wide.mean! + 0.5)).toBeLessThanOrEqual(1e-15 * wide.standardDeviation!);
  });

  it("scaled by a power of two are those of the sample, scaled, to the last bit", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("normal", "lognormal", "ten integers", "one decimal"),
        fc.integer({ min: 3, max: 3000 }),
        fc.integer(),
        fc.constantFrom(-900, -600, -300, -1, 1, 300, 600, 900),
        (shape, length, seed, power) => {
          const values = sample(shape, length, seed);
          const one = moments(values);
          const other = moments(values.map((x) => x * 2 ** power));
          fc.pre(one.variance !== 0);
          expect(other.mean).toBe(one.mean! * 2 ** power);
          expect(other.standardDeviation).toBe(one.standardDeviation! * 2 ** power);
          expect(other.skewness).toBe(one.skewness);
          expect(other.kurtosis).toBe(one.kurtosis);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("lie within their bounds and mirror with the sample", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapeNames),
        fc.integer({ min: 2, max: 3000 }),
        fc.integer(),
        (shape, length, seed) => {
          const values = sample(shape, length, seed);
          const found = moments(values);
          const mirrored = moments(values.map((x) => -x));
          const same: (keyof MomentsResult)[] = ["count", "variance", "standardDeviation", "kurtosis", "missing"];
          for (const key of same) expect(mirrored[key]).toEqual(found[key]);
          if (found.count === 0) return;
          expect(mirrored.mean! + found.mean!).toBe(0);
          expect(mirrored.min! + found.max!).toBe(0);
          if (found.skewness !== null) expect(mirrored.skewness! + found.skewness).toBe(0);
          expect(found.mean).toBeGreaterThanOrEqual(found.min!);
          expect(found.mean).toBeLessThanOrEqual(found.max!);
          if (found.kurtosis !== null) {
            // Pearson: the fourth moment is at least 1 + the square of the third.
            expect(found.kurtosis + 3).toBeGreaterThanOrEqual((1 + found.skewness! ** 2) * (1 - 1e-12));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
