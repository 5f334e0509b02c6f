import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerNow } from "../../dist/source/plan.js";
import { prepare, withSides } from "../../dist/source/sides.js";
import { eppsSingletonTest } from "../../dist/statistics/epps-singleton.js";
import { pooledRanksPlan } from "../../dist/statistics/pooled-ranks.js";
import { symmetricEigen } from "../../dist/statistics/symmetric-eigen.js";
import { ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { randomFrom, sample, shapeNames, twoSamples } from "./samples.ts";

interface Case {
  name: string;
  reference: WrittenSample;
  current: WrittenSample;
  t: number[];
  statistic: Written;
  degreesOfFreedom: number;
  pValue: Written;
  scale: Written;
}

const { cases } = oracle<{ cases: Case[] }>("epps-singleton");

describe("the Epps-Singleton test", () => {
  for (const { name, reference, current, t, ...expected } of cases) {
    it(`is W by its definition: ${name}`, () => {
      const [x, y] = [sampleOf(reference), sampleOf(current)];
      for (const side of [x, prepare(x), Array.from(x)]) {
        const found = eppsSingletonTest(side, y, { t });
        expect(found).toMatchObject({ status: "ok", n: x.length, m: y.length });
        expect(found.degreesOfFreedom).toBe(expected.degreesOfFreedom);
        expectClose(found.statistic, expected.statistic, 1e-11, "statistic");
        expectClose(found.pValue, expected.pValue, 1e-10, "pValue");
        expectClose(found.scale, expected.scale, 1e-13, "scale");
      }
    });
  }

  it("is the same in both directions, and neither moves nor scales with the values", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 3000 }),
        fc.integer(),
        fc.constantFrom(-900, -600, 600, 900),
        (n, seed, power) => {
          const [x, y] = [sample("one decimal", n, seed), sample("normal", 200, seed + 1, 0.2)];
          const there = eppsSingletonTest(x, y);
          const tolerance = 1e-9; // where few values make the covariance nearly singular
          expectClose(eppsSingletonTest(y, x).statistic, there.statistic!, tolerance);
          const mapped = (map: (value: number) => number) => eppsSingletonTest(x.map(map), y.map(map)).statistic;
          expectClose(
            mapped((value) => value * 2 ** power),
            there.statistic!,
            tolerance,
          );
          expectClose(
            mapped((value) => -value),
            there.statistic!,
            tolerance,
          );
          expectClose(
            mapped((value) => value + 1024),
            there.statistic!,
            1e-6,
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it("is the same, bit for bit, however the columns are cut into chunks, and with nulls as without", () => {
    const [x, y] = [sample("normal", 30_000, 1), sample("normal", 9000, 2, 0.1)];
    const whole = eppsSingletonTest(x, y);
    for (const step of [700, 1024, 20_001]) {
      const pieces: arrow.Vector[] = [];
      for (let from = 0; from < x.length; from += step) pieces.push(arrow.makeVector(x.slice(from, from + step)));
      expect(eppsSingletonTest(pieces[0]!.concat(...pieces.slice(1)), y)).toEqual(whole);
    }
    const nulled = Array.from(x).flatMap((value, k) => (k % 7 === 0 ? [null, value] : [value]));
    expectClose(eppsSingletonTest(nulled, y).statistic, whole.statistic!, 1e-12);
    const floats = Float32Array.from(x);
    expectClose(
      eppsSingletonTest(floats, y).statistic,
      eppsSingletonTest(Float64Array.from(floats), y).statistic!,
      1e-12,
    );
  });

  it("of integers beyond 2^53 sees distances of one", () => {
    const [x, y] = [sample("ten integers", 500, 1), sample("ten integers", 60, 2, 1)];
    const expected = eppsSingletonTest(x, y);
    for (const origin of [2n ** 62n, -(2n ** 62n)]) {
      const far = (values: Float64Array) => BigInt64Array.from(values, (value) => origin + BigInt(value));
      expectClose(eppsSingletonTest(far(x), far(y)).statistic, expected.statistic!, 1e-10);
      expectClose(eppsSingletonTest(prepare(far(x)), far(y)).statistic, expected.statistic!, 1e-10);
    }
    const top = (values: Float64Array) => BigUint64Array.from(values, (value) => 2n ** 64n - 20n + BigInt(value));
    expectClose(eppsSingletonTest(top(x), top(y)).statistic, expected.statistic!, 1e-10);
  });

  it("with one covariance for both is the quadratic form of the pooled one, and no other for equal sizes", () => {
    const [x, y] = [sample("normal", 300, 1), sample("normal", 40, 2, 0.5)];
    const found = eppsSingletonTest(x, y, { t: [0.6], covariance: "pooled" });
    const [n, m] = [x.length, y.length];
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const side = (values: Float64Array) => {
      const angles = Array.from(values, (value) => (0.6 * value) / found.scale!);
      return { c: angles.map(Math.cos), s: angles.map(Math.sin) };
    };
    const [a, b] = [side(x), side(y)];
    const squares = (f: "c" | "s", g: "c" | "s") =>
      [a, b].reduce(
        (sum, one) => sum + one[f].reduce((r, v, k) => r + (v - mean(one[f])) * (one[g][k]! - mean(one[g])), 0),
        0,
      ) /
      (n + m);
    const [cc, cs, ss] = [squares("c", "c"), squares("c", "s"), squares("s", "s")];
    const [u, v] = [mean(a.c) - mean(b.c), mean(a.s) - mean(b.s)];
    const form = (ss * u * u - 2 * cs * u * v + cc * v * v) / (cc * ss - cs * cs);
    expectClose(found.statistic, (form * n * m) / (n + m), 1e-11);
    const z = sample("normal", 300, 3);
    expectClose(eppsSingletonTest(x, z, { covariance: "pooled" }).statistic, eppsSingletonTest(x, z).statistic!, 1e-12);
    expect(() => eppsSingletonTest(x, z, { covariance: "both" as "pooled" })).toThrow(RangeError);
  });

  it("has a p-value between 0 and 1, or a status, on samples of every shape", () => {
    fc.assert(
      fc.property(twoSamples, ([x, y]) => {
        fc.pre(ordered(x).length > 0 && ordered(y).length > 0);
        const { statistic, pValue, status, degreesOfFreedom } = eppsSingletonTest(x, y);
        if (status !== "ok") {
          expect({ statistic, pValue }).toEqual({ statistic: null, pValue: null });
          return;
        }
        expect(statistic).toBeGreaterThanOrEqual(0);
        expect(pValue).toBeGreaterThanOrEqual(0);
        expect(pValue).toBeLessThanOrEqual(1);
        expect(degreesOfFreedom).toBeGreaterThanOrEqual(1);
        expect(degreesOfFreedom).toBeLessThanOrEqual(4);
      }),
      { numRuns: 150 },
    );
    for (const shape of shapeNames) {
      const x = sample(shape, 9000, 1);
      const { statistic, status } = eppsSingletonTest(x, x);
      if (status === "ok") expect(statistic, shape).toBe(0);
    }
  });

  it("has a status where there is nothing to go by", () => {
    const none = { statistic: null, pValue: null, degreesOfFreedom: null };
    const six = [1, 2, 3, 4, 5, 6];
    expect(eppsSingletonTest([1, 2, 3, 4], six)).toMatchObject({ ...none, status: "few", scale: null });
    expect(eppsSingletonTest([1, 1, 1, 1, 9], [1, 1, 1, 1, 1])).toMatchObject({
      ...none,
      status: "constant",
      scale: 0,
    });
    expect(eppsSingletonTest([0, 0, 0, 0, 0], [1, 1, 1, 1, 1])).toMatchObject({ ...none, status: "singular" });
    const two = eppsSingletonTest([0, 1, 1, 0, 1], [0, 1, 0, 0, 0]);
    expect(two).toMatchObject({ status: "ok", degreesOfFreedom: 1 });
    for (const infinity of [Infinity, -Infinity]) {
      expect(eppsSingletonTest([...six, infinity], six)).toMatchObject({ ...none, status: "infinite" });
      const most = [infinity, infinity, infinity, infinity, infinity, 1];
      expect(eppsSingletonTest(most, six)).toMatchObject({ ...none, status: "infinite" });
    }
  });

  it("counts what is missing, and refuses sides without values, text and points that are none", () => {
    const { missing } = eppsSingletonTest([1, null], [2, Number.NaN, 3]);
    expect(missing).toEqual({ reference: { rows: 2, null: 1, nan: 0 }, current: { rows: 3, null: 0, nan: 1 } });
    expect(() => eppsSingletonTest([], [1])).toThrow(
      "eppsSingletonTest: each side needs at least one value, got 0 and 1",
    );
    expect(() => eppsSingletonTest(["a"], [1])).toThrow(TypeError);
    for (const t of [
      [],
      [0],
      [-1],
      [0.4, 0.4],
      [Infinity],
      [Number.NaN],
      Array.from({ length: 17 }, (_, k) => k + 1),
    ]) {
      expect(() => eppsSingletonTest([1, 2], [1, 2], { t })).toThrow(RangeError);
    }
  });
});

describe("the pooled order statistics", () => {
  it("are those of both samples in one order, from few values and from many", () => {
    for (const shape of shapeNames) {
      for (const [n, m] of [
        [30, 20],
        [9000, 700],
        [500, 20_000],
      ] as const) {
        const [x, y] = [sample(shape, n, 1), sample(shape, m, 2, 0.1)];
        const pooled = ordered([...x, ...y]);
        const ranksOf = (count: number) => [0, count >> 2, count >> 1, (count >> 1) + 1, count - 1];
        const found = withSides("test", x, y, (a, b) => answerNow(pooledRanksPlan(ranksOf), a, b));
        expect(found.n + found.m).toBe(pooled.length);
        expect(found.values, `${shape} ${n}`).toEqual(ranksOf(pooled.length).map((rank) => pooled[rank]));
      }
    }
  });
});

describe("the eigenvalues of a symmetric matrix", () => {
  it("and their vectors make it up, and the vectors are orthogonal", () => {
    const random = randomFrom(5);
    for (const size of [1, 2, 4, 7, 32]) {
      const matrix = new Float64Array(size * size);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = random() - 0.5;
      }
      const { values, vectors } = symmetricEigen(matrix, size);
      const sum = (term: (k: number) => number) =>
        Array.from({ length: size }, (_, k) => term(k)).reduce((a, b) => a + b);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const made = sum((k) => values[k]! * vectors[k * size + i]! * vectors[k * size + j]!);
          expect(Math.abs(made - matrix[i * size + j]!)).toBeLessThan(1e-14 * size);
          const product = sum((k) => vectors[i * size + k]! * vectors[j * size + k]!);
          expect(Math.abs(product - Number(i === j))).toBeLessThan(1e-14 * size);
        }
      }
    }
  });
});
