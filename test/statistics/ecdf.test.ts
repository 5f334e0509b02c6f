import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { type EcdfPoint, ecdf, ecdfAt } from "../../dist/statistics/ecdf.js";
import { ordered } from "./naive.ts";
import { oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames } from "./samples.ts";

interface Case {
  name: string;
  values: WrittenSample;
  steps: Written[] | null;
  cumulative: number[] | null;
  points: Written[];
  shares: number[];
}

const { cases } = oracle<{ cases: Case[] }>("ecdf");

const infinity = Number.POSITIVE_INFINITY;

/** By comparing every value with every point. */
const naive = (values: Iterable<number>, points: readonly number[]) =>
  points.map((point) => Array.from(values).filter((x) => x <= point).length);

describe("the empirical distribution function", () => {
  for (const { name, values, steps, cumulative, points, shares } of cases) {
    it(`is that of scipy.stats.ecdf: ${name}`, () => {
      for (const column of [sampleOf(values), prepare(sampleOf(values))]) {
        const found = ecdf(column);
        expect(found.exact).toBe(true);
        expect(found.n).toBe(sampleOf(values).length);
        if (steps) expect(found).toMatchObject({ values: steps.map((step) => Number(step) + 0), cumulative });
        expect(ecdfAt(column, points.map(Number)).shares).toEqual(shares);
      }
    });
  }

  it("has every distinct value once, infinities as text, and leaves out and counts nulls and NaN", () => {
    const values = [3, null, 1, 1, Number.NaN, -0, 0, infinity, -infinity, null];
    expect(ecdf(values)).toEqual({
      status: "ok",
      values: ["-Infinity", 0, 1, 3, "Infinity"],
      cumulative: [1, 3, 5, 6, 7],
      n: 7,
      exact: true,
      missing: { rows: 10, null: 2, nan: 1 },
    });
    expect(ecdfAt(values, [-infinity, -0, 2, "Infinity", 1e308, "-Infinity"])).toEqual({
      status: "ok",
      shares: [1 / 7, 3 / 7, 5 / 7, 1, 6 / 7, 1 / 7],
      counts: [1, 3, 5, 7, 6, 1],
      n: 7,
      missing: { rows: 10, null: 2, nan: 1 },
    });
  });

  it("of no value has no steps and no shares", () => {
    for (const column of [[], [null, Number.NaN], prepare([null])]) {
      for (const options of [{}, { points: 5 }]) {
        expect(ecdf(column as number[], options)).toMatchObject({ status: "empty", values: [], cumulative: [], n: 0 });
      }
      expect(ecdfAt(column as number[], [0, 1])).toMatchObject({ status: "empty", shares: [null, null], n: 0 });
    }
    expect(ecdfAt([1, 2], [])).toMatchObject({ status: "ok", shares: [], counts: [], n: 2 });
  });

  it("counts what is at most each point, whatever the values and the points", () => {
    const point = fc.oneof(
      fc.double({ noNaN: true }),
      fc.integer({ min: -3, max: 12 }),
      fc.constantFrom(-0, 0, 5e-324),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...shapeNames),
        fc.nat(3000),
        fc.integer(),
        fc.array(point, { maxLength: 12 }),
        (shape, length, seed, given) => {
          const values = sample(shape, length, seed);
          const points = [...given, ...values.slice(0, 5)].filter((x) => !Number.isNaN(x));
          expect(ecdfAt(values, points).counts).toEqual(naive(values, points));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("has at most as many steps as asked for, each of them one of all the steps", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapeNames),
        fc.oneof(fc.nat(300), fc.integer({ min: 8000, max: 12_000 })),
        fc.integer(),
        fc.integer({ min: 2, max: 50 }),
        fc.boolean(),
        (shape, length, seed, points, prepared) => {
          const values = sample(shape, length, seed);
          const all = ecdf(values);
          const some = ecdf(prepared ? prepare(values) : values, { points });
          const stepOf = new Map(all.values.map((value, k) => [value, all.cumulative[k]]));
          expect(some.values.length).toBeLessThanOrEqual(points);
          expect(some.values.map((value) => stepOf.get(value))).toEqual(some.cumulative);
          expect(some.exact).toBe(some.values.length === all.values.length);
          expect([some.n, some.missing]).toEqual([all.n, all.missing]);
          expect([some.values[0], some.values.at(-1)]).toEqual([all.values[0], all.values.at(-1)]);
          // What lies between two steps is less than their spacing, since the next rank is beyond it.
          const gap = some.cumulative.map((count, k) => count - (some.cumulative[k - 1] ?? 0));
          const own = some.values.map(
            (value, k) => some.cumulative[k]! - (all.cumulative[all.values.indexOf(value) - 1] ?? 0),
          );
          for (const [k, size] of gap.entries()) expect(size - own[k]!).toBeLessThan(all.n / (points - 1) + 1);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("at its own values is its cumulative counts", () => {
    for (const shape of shapeNames) {
      const values = sample(shape, 9000, 3);
      const found = ecdf(values, { points: 40 });
      expect(ecdfAt(values, found.values).counts).toEqual(found.cumulative);
      expect(ordered(values).length).toBe(found.n);
    }
  });

  it("of 64-bit integers beyond 2^53 is exact, with values as text", () => {
    const far = 2n ** 60n;
    const signed = BigInt64Array.of(far + 3n, far + 1n, far + 1n, -(2n ** 63n), 2n ** 63n - 1n);
    const found = ecdf(signed);
    expect(found).toMatchObject({
      values: [`${-(2n ** 63n)}`, `${far + 1n}`, `${far + 3n}`, `${2n ** 63n - 1n}`],
      cumulative: [1, 3, 4, 5],
    });
    const points: EcdfPoint[] = [far, far + 1n, far + 2n, `${far + 3n}`, 2n ** 80n, -(2n ** 80n), Number(far), 0.5];
    expect(ecdfAt(signed, points).counts).toEqual([1, 3, 3, 4, 5, 0, 1, 1]);
    expect(ecdfAt(prepare(signed), points).counts).toEqual([1, 3, 3, 4, 5, 0, 1, 1]);
    expect(ecdfAt(signed, [infinity, -infinity]).counts).toEqual([5, 0]);
    const unsigned = BigUint64Array.of(2n ** 64n - 1n, 5n, 0n, 2n ** 63n);
    expect(ecdf(unsigned)).toMatchObject({
      values: [0, 5, `${2n ** 63n}`, `${2n ** 64n - 1n}`],
      cumulative: [1, 2, 3, 4],
    });
    expect(ecdfAt(unsigned, [-1n, 0, 4.9, 5, 2n ** 63n, ...ecdf(unsigned).values]).counts).toEqual([
      0, 1, 1, 2, 3, 1, 2, 3, 4,
    ]);
    const long = BigUint64Array.from({ length: 20_001 }, (_, k) => 2n ** 64n - 1n - BigInt((k * 7919) % 20_001));
    const some = ecdf(long, { points: 5 });
    expect(some).toMatchObject({ cumulative: [1, 5001, 10_001, 15_001, 20_001], exact: false });
    expect(some.values[2]).toBe(`${2n ** 64n - 1n - 10_000n}`);
    const many = ecdf(
      BigInt64Array.from({ length: 80_000 }, (_, k) => 2n ** 61n - 3n * BigInt((k * 7919) % 80_000)),
      { points: 40_001 },
    );
    const below = (value: number | string) => 80_000 - Number((2n ** 61n - BigInt(value)) / 3n);
    expect(many.values.length).toBe(40_001);
    expect(many.cumulative).toEqual(many.values.map(below));
  });

  it("takes integers between doubles for what they are", () => {
    const doubles = [2 ** 60, 2 ** 60 + 256, 1e300, infinity, -infinity];
    expect(ecdfAt(doubles, [2n ** 60n + 255n, 2n ** 60n + 256n, 2n ** 60n - 1n]).counts).toEqual([2, 3, 1]);
    expect(ecdfAt(doubles, [10n ** 400n, -(10n ** 400n)]).counts).toEqual([4, 1]);
  });

  it("refuses what is no number of points and no point", () => {
    for (const points of [0, 1, 2.5, Number.NaN, 2 ** 24 + 1]) {
      expect(() => ecdf([1], { points })).toThrow(/ecdf: points must be a whole number from 2 to 16777216/);
    }
    for (const point of [Number.NaN, "a", "", null, undefined]) {
      expect(() => ecdfAt([1], [point as number])).toThrow(/ecdfAt: points must be numbers, got/);
    }
    expect(() => ecdf(["a"])).toThrow(TypeError);
    expect(() => ecdfAt(["a"], [1])).toThrow(TypeError);
  });
});
