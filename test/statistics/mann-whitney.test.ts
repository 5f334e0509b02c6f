import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normal } from "../../dist/distributions/index.js";
import { prepare } from "../../dist/source/sides.js";
import { mannWhitneyTest } from "../../dist/statistics/mann-whitney.js";
import { ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames, twoSamples } from "./samples.ts";

interface Laws {
  asymptotic: Written;
  /** As if there were no ties. */
  exact?: Written;
  conditional?: Written;
}

interface Case extends Record<"two-sided" | "less" | "greater", Laws> {
  name: string;
  reference: WrittenSample;
  current: WrittenSample;
  statistic: number;
  tied: boolean;
}

const { cases } = oracle<{ cases: Case[] }>("mann-whitney");

const alternatives = ["two-sided", "less", "greater"] as const;

describe("the Mann-Whitney test", () => {
  for (const expected of cases) {
    it(`counts pairs and has both laws for every alternative: ${expected.name}`, () => {
      const [x, y] = [sampleOf(expected.reference), sampleOf(expected.current)];
      const [n, m] = [x.length, y.length];
      for (const side of [x, prepare(x)]) {
        for (const alternative of alternatives) {
          const { asymptotic, exact, conditional } = expected[alternative];
          const ties = expected.tied ? "conditional" : "none";
          const approximate = mannWhitneyTest(side, y, { alternative, method: "asymptotic" });
          expect(approximate).toMatchObject({ statistic: expected.statistic, method: "asymptotic", ties, n, m });
          expect(approximate.effect).toBeCloseTo((2 * expected.statistic) / (n * m) - 1, 14);
          expectClose(approximate.pValue, asymptotic, 1e-11);
          const found = mannWhitneyTest(side, y, { alternative });
          if (found.method === "asymptotic") expect(found).toEqual(approximate);
          else expectClose(found.pValue, (expected.tied ? conditional : exact)!, 1e-11);
          expect(found.ties).toBe(ties);
          if (exact !== undefined) {
            const exactly = mannWhitneyTest(side, y, { alternative, method: "exact", ties: "ignore" });
            expectClose(exactly.pValue, exact, 1e-11);
            expect(exactly).toMatchObject({ method: "exact", ties: expected.tied ? "ignored" : "none" });
            if (!expected.tied) expect(found).toEqual(exactly);
            else expect(mannWhitneyTest(side, y, { alternative, ties: "ignore" })).toEqual(approximate);
          }
          if (conditional !== undefined) {
            const exactly = mannWhitneyTest(side, y, { alternative, method: "exact" });
            expectClose(exactly.pValue, conditional, 1e-11);
            expect(exactly).toMatchObject({ method: "exact", ties });
          }
        }
      }
    });
  }

  it("counts the naive number of pairs on small samples of every shape", () => {
    fc.assert(
      fc.property(twoSamples, ([reference, current]) => {
        const [x, y] = [ordered(reference), ordered(current)];
        fc.pre(x.length > 0 && y.length > 0);
        let pairs = 0;
        for (const a of x) for (const b of y) pairs += a > b ? 1 : a === b ? 0.5 : 0;
        const found = mannWhitneyTest(reference, current);
        expect(found.statistic).toBe(pairs);
        expect(found.pValue).toBeGreaterThan(0);
        expect(found.pValue).toBeLessThanOrEqual(1);
      }),
      { numRuns: 150 },
    );
  });

  it("given ties that are not symmetric has the tail of the side asked for", () => {
    // 21 ways to deal; of those 9 have a U of at most 5, 13 one of at least 5, which is the mean.
    const [x, y] = [
      [-9, 9],
      [-1, 7, 7, -1, -1],
    ];
    expect(mannWhitneyTest(x, y, { alternative: "less" }).pValue).toBeCloseTo(9 / 21, 14);
    expect(mannWhitneyTest(x, y, { alternative: "greater" }).pValue).toBeCloseTo(13 / 21, 14);
    expect(mannWhitneyTest(x, y)).toMatchObject({ statistic: 5, pValue: 1, method: "exact", ties: "conditional" });
  });

  it("between swapped sides counts the other pairs, with the mirrored effect and one p-value", () => {
    for (const shape of shapeNames) {
      for (const [n, m] of [
        [30, 40],
        [12_000, 9000],
      ] as const) {
        const [x, y] = [sample(shape, n, 1), sample(shape, m, 2)];
        const there = mannWhitneyTest(x, y);
        const back = mannWhitneyTest(y, x);
        expect(there.statistic + back.statistic, shape).toBe(there.n * there.m);
        expect(back.effect).toBeCloseTo(-there.effect, 14);
        expectClose(back.pValue, there.pValue, 1e-12);
        const less = mannWhitneyTest(x, y, { alternative: "less" });
        expectClose(mannWhitneyTest(y, x, { alternative: "greater" }).pValue, less.pValue, 1e-12);
      }
    }
  });

  it("does not change under strictly monotone maps, at any scale", () => {
    const [x, y] = [sample("normal", 9000, 1), sample("ten integers", 300, 2)];
    const found = mannWhitneyTest(x, y);
    for (const scale of [2 ** -600, 2 ** 600]) {
      expect(
        mannWhitneyTest(
          x.map((value) => value * scale),
          y.map((value) => value * scale),
        ),
      ).toEqual(found);
    }
  });

  it("counts pairs beyond what 32 bits hold", () => {
    const x = Float64Array.from({ length: 100_000 }, (_, k) => k);
    expect(mannWhitneyTest(x, new Float64Array(100_000).fill(-1))).toMatchObject({ statistic: 1e10, effect: 1 });
    // R02 of the killer cases. Its H, SciPy's to 3e-8, is the squared z without the correction for continuity: 3 / 50 001.
    const y = x.subarray(0, 25_000).map((value) => value + 0.5);
    const { statistic: larger, pValue: p } = mannWhitneyTest(x.subarray(0, 25_000), y, { method: "asymptotic" });
    expect(larger).toBe(312_487_500);
    expectClose(p, 2 * normal.sf((Math.sqrt(3 / 50_001) * (12_500 - 0.5)) / 12_500), 1e-13);
    // A variance of nearly nothing but ties.
    const constant = new Float64Array(1_000_000).fill(5);
    const one = constant.slice();
    one[0] = 6;
    const { pValue, statistic } = mannWhitneyTest(constant, one);
    expect(statistic).toBe(5e11 - 5e5);
    // mpmath, from the exact variance.
    expectClose(pValue, 0.317310991804605, 1e-13);
  });

  it("has one law for the same values, whatever null rows and NaN lie between them", () => {
    const values = sample("ten integers", 5000, 4);
    const found = mannWhitneyTest(values, [3, 7]);
    expect(found).toMatchObject({ method: "exact", ties: "conditional" });
    for (const missing of [null, Number.NaN]) {
      const rows = Array.from(values).flatMap((value) => [missing, value]);
      const { missing: counted, ...same } = found;
      expect(counted.reference.rows).toBe(5000);
      expect(mannWhitneyTest(rows, [3, 7])).toMatchObject(same);
      expect(mannWhitneyTest(prepare(rows), [3, 7])).toMatchObject(same);
    }
  });

  it("of 64-bit integers beyond 2^53 is exact", () => {
    const far = 2n ** 60n;
    expect(mannWhitneyTest(BigInt64Array.of(far + 1n, far + 3n), BigInt64Array.of(far + 2n, far))).toMatchObject({
      statistic: 3,
      method: "exact",
    });
  });

  it("counts what is missing, and refuses sides without values", () => {
    const { missing } = mannWhitneyTest([1, null], [2, Number.NaN, 3]);
    expect(missing).toEqual({ reference: { rows: 2, null: 1, nan: 0 }, current: { rows: 3, null: 0, nan: 1 } });
    expect(() => mannWhitneyTest([], [1])).toThrow("mannWhitneyTest: each side needs at least one value, got 0 and 1");
    expect(() => mannWhitneyTest(["a"], [1])).toThrow(TypeError);
    for (const bad of [{ method: "best" }, { alternative: "more" }, { ties: "none" }]) {
      expect(() => mannWhitneyTest([1, 2], [3], bad as object)).toThrow(RangeError);
    }
    const long = sample("one decimal", 3000, 1);
    const other = sample("one decimal", 3000, 2);
    expect(() => mannWhitneyTest(long, other, { method: "exact" })).toThrow("would take");
  });
});
