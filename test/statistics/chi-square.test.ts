import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { chiSquareOf, chiSquareTest } from "../../dist/statistics/chi-square.js";
import { jensenShannonDivergence } from "../../dist/statistics/jensen-shannon-divergence.js";
import { meanDivergence } from "../../dist/statistics/jensen-shannon-null.js";
import { momentsOf, totalsOf } from "../../dist/statistics/pearson.js";
import { expectClose, oracle } from "./oracle.js";

interface Case {
  readonly name: string;
  readonly reference: readonly number[];
  readonly current: readonly number[];
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly mean: number;
  readonly variance: number;
  readonly pValue: number;
  readonly cramersV: number;
  readonly meanDivergence: number | null;
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** Rows of category k, counts[k] times. */
const rowsOf = (counts: readonly number[]) => counts.flatMap((count, k) => Array<string>(count).fill(`k${k}`));

/** Mean and variance of X², and mean of the divergence, over every way to choose n of the rows. */
function byEnumeration(totals: readonly number[], n: number) {
  const labels = totals.flatMap((count, k) => Array<number>(count).fill(k));
  const m = labels.length - n;
  let ways = 0;
  let sum = 0;
  let squares = 0;
  let divergence = 0;
  for (let chosen = 0; chosen < 1 << labels.length; chosen++) {
    const reference = totals.map(() => 0);
    const current = totals.map(() => 0);
    labels.forEach((k, row) => {
      (chosen >> row) & 1 ? reference[k]!++ : current[k]!++;
    });
    if (total(reference) !== n) continue;
    let x = 0;
    totals.forEach((count, k) => {
      x += (reference[k]! * m - current[k]! * n) ** 2 / (n * m * count);
    });
    ways++;
    sum += x;
    squares += x * x;
    divergence += jensenShannonDivergence(reference, current, n, m);
  }
  return { mean: sum / ways, variance: squares / ways - (sum / ways) ** 2, divergence: divergence / ways };
}

describe("chiSquareOf", () => {
  for (const one of oracle<{ cases: Case[] }>("chi-square").cases) {
    it(`agrees with SciPy and exact rationals: ${one.name}`, () => {
      const { reference, current } = one;
      const found = chiSquareOf(reference, current);
      expectClose(found.statistic, one.statistic, 1e-13, "statistic");
      expect(found.degreesOfFreedom).toBe(one.degreesOfFreedom);
      expectClose(found.pValue, one.pValue, 1e-10, "pValue");
      expectClose(found.cramersV, one.cramersV, 1e-13, "cramersV");
      const moments = momentsOf(totalsOf(reference, current), found.n, found.m);
      expectClose(moments.mean, one.mean, 1e-13, "mean");
      expectClose(moments.variance, one.variance, 1e-12, "variance");
      if (one.meanDivergence === null) return;
      // Exact where expected counts are small, and without its terms of higher order elsewhere.
      expectClose(meanDivergence(reference, current, found.n, found.m), one.meanDivergence, 2e-2, "meanDivergence");
    });
  }

  it("has the mean and variance that X² has over all assignments of rows to sides", () => {
    const totals = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(totals, fc.nat(100), (counts, choice) => {
        const all = total(counts);
        fc.pre(all <= 12);
        const n = 1 + (choice % (all - 1));
        const expected = byEnumeration(counts, n);
        const zeros = counts.map(() => 0);
        const { mean, variance } = momentsOf(
          counts.filter((count) => count > 0),
          n,
          all - n,
        );
        expect(mean).toBeCloseTo(expected.mean, 10);
        expect(variance).toBeCloseTo(expected.variance, 9);
        expect(meanDivergence(counts, zeros, n, all - n)).toBeCloseTo(expected.divergence, 10);
      }),
      { numRuns: 40 },
    );
  });

  it("rejects about one true hypothesis in a hundred at 1 %, with fifty rows in three hundred categories", () => {
    let state = 1;
    const uniform = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const draw = (rows: number): number[] => {
      const counts = Array<number>(300).fill(0);
      // Category k with a probability of about 1 / (k + 1).
      for (let row = 0; row < rows; row++) counts[Math.floor(301 ** uniform()) - 1]!++;
      return counts;
    };
    let rejected = 0;
    const tables = 1500;
    for (let k = 0; k < tables; k++) if (chiSquareOf(draw(2000), draw(50)).pValue <= 0.01) rejected++;
    expect(rejected / tables).toBeGreaterThan(0.004);
    expect(rejected / tables).toBeLessThan(0.02);
  });

  it("has an effect near 0 for samples of one law and of 1 for sides without a common category but chance's part", () => {
    expect(chiSquareOf([5000, 3000, 2000], [5010, 2995, 1995]).effect).toBe(0);
    expect(chiSquareOf([5000, 0], [0, 5000]).effect).toBeGreaterThan(0.999);
    expect(
      chiSquareOf(Array(50).fill(1).concat(Array(50).fill(0)), Array(50).fill(0).concat(Array(50).fill(1))).effect,
    ).toBe(0);
  });
});

describe("chiSquareTest", () => {
  const reference = ["a", "a", "b", null, "c", "a", ""];
  const current = ["a", "b", "b", "d", undefined];

  it("names new and vanished categories and counts what is missing", () => {
    expect(chiSquareTest(reference, current)).toMatchObject({
      n: 6,
      m: 4,
      categories: 5,
      degreesOfFreedom: 4,
      status: "ok",
      newCategories: { count: 1, share: 0.25, names: ["d"] },
      vanishedCategories: { count: 2, share: 1 / 3, names: ["", "c"] },
      missing: { reference: { rows: 7, null: 1, nan: 0 }, current: { rows: 5, null: 1, nan: 0 } },
    });
  });

  it("is the test on the counts, whatever the values are", () => {
    const counts = [
      [5, 9],
      [8, 2],
    ] as const;
    const { statistic, pValue } = chiSquareOf(...counts);
    const columns = {
      texts: rowsOf,
      "truth values": (side: readonly number[]) => rowsOf(side).map((text) => text === "k1"),
      numbers: (side: readonly number[]) => rowsOf(side).map((text) => (text === "k1" ? 2 : -7.5)),
      "typed arrays": (side: readonly number[]) => Int8Array.from(rowsOf(side), (text) => (text === "k1" ? 2 : -7)),
      "integers beyond 2^53": (side: readonly number[]) =>
        rowsOf(side).map((text) => 2n ** 60n + (text === "k1" ? 1n : 0n)),
    };
    for (const [name, make] of Object.entries(columns)) {
      const sides = [make(counts[0]), make(counts[1])] as const;
      expect(chiSquareTest(...sides), name).toMatchObject({ statistic, pValue, n: 14, m: 10 });
      expect(chiSquareTest(prepare(sides[0] as string[]), sides[1]), `prepared ${name}`).toEqual(
        chiSquareTest(...sides),
      );
    }
  });

  it("does not change when the sides are swapped, or rows change their order", () => {
    const sides = fc.array(fc.constantFrom("a", "b", "c", "d", null), { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(sides, sides, (x, y) => {
        fc.pre(x.some(Boolean) && y.some(Boolean));
        const { statistic, pValue } = chiSquareTest(x, y);
        const swapped = chiSquareTest(y, x);
        expectClose(swapped.statistic, statistic, 1e-12);
        expectClose(swapped.pValue, pValue, 1e-12);
        expectClose(chiSquareTest([...x].reverse(), y).statistic, statistic, 1e-12);
      }),
    );
  });

  it("finds nothing where there is one category", () => {
    expect(chiSquareTest(["a", "a"], ["a", null])).toMatchObject({
      statistic: 0,
      pValue: 1,
      effect: 0,
      status: "constant",
    });
  });

  it("gives results that survive JSON and structuredClone", () => {
    const result = chiSquareTest(reference, current);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(structuredClone(result)).toEqual(result);
  });

  it("does not change its inputs", () => {
    const frozen = Object.freeze([...reference]);
    chiSquareTest(frozen, frozen);
    expect(frozen).toEqual(reference);
  });

  it("refuses sides without values, too many numbers, and sides of different kinds", () => {
    expect(() => chiSquareTest([null, null], Array(12).fill("a"))).toThrow(
      new RangeError("chiSquareTest: each side needs at least one value, got 0 and 12"),
    );
    expect(() => chiSquareTest([], ["a"])).toThrow(RangeError);
    expect(() => chiSquareTest(Float64Array.from({ length: 1025 }, Math.random), [1])).toThrow(
      "up to 1024 distinct values",
    );
    expect(() => chiSquareTest(["a"], [1])).toThrow(TypeError);
    expect(() => chiSquareTest(["a"], [true])).toThrow(TypeError);
  });
});
