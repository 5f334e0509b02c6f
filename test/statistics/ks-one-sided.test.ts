import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { ksTest } from "../../dist/statistics/ks-test.js";
import { ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames, twoSamples } from "./samples.ts";

interface Case {
  name: string;
  reference: WrittenSample;
  current: WrittenSample;
  alternative: "less" | "greater";
  gap: number;
  location: Written | null;
  conditional: Written;
  ignore: Written;
}

const { cases } = oracle<{ cases: Case[] }>("ks-one-sided");

const sides = ["greater", "less"] as const;

/** The largest i·m - j·n, or j·n - i·m for `less`, at the smallest value. */
function naive(reference: Iterable<number>, current: Iterable<number>, alternative: "less" | "greater") {
  const [x, y] = [ordered(reference), ordered(current)];
  let gap = 0;
  let location: number | string | null = null;
  for (const value of ordered(new Set([...x, ...y]))) {
    const above = x.filter((v) => v <= value).length * y.length - y.filter((v) => v <= value).length * x.length;
    const found = alternative === "greater" ? above : -above;
    if (found <= gap) continue;
    gap = found;
    location = Number.isFinite(value) ? value : String(value);
  }
  return { statistic: gap === 0 ? 0 : gap / (x.length * y.length), location };
}

describe("the one-sided Kolmogorov-Smirnov test", () => {
  for (const { name, reference, current, alternative, gap, location, conditional, ignore } of cases) {
    it(`finds the largest gap of its sign, its place, and the exact p-value: ${name}`, () => {
      const [x, y] = [sampleOf(reference), sampleOf(current)];
      for (const side of [x, prepare(x)]) {
        const found = ksTest(side, y, { alternative });
        const sign = gap === 0 ? 0 : alternative === "greater" ? 1 : -1;
        expect(found).toMatchObject({ statistic: gap / (x.length * y.length), location, sign, method: "exact" });
        expectClose(found.pValue, conditional, 1e-10);
        expectClose(ksTest(side, y, { alternative, ties: "ignore" }).pValue, ignore, 1e-10);
      }
    });
  }

  it("finds the naive statistic on small samples of every shape", () => {
    fc.assert(
      fc.property(twoSamples, fc.constantFrom(...sides), ([reference, current], alternative) => {
        fc.pre(ordered(reference).length > 0 && ordered(current).length > 0);
        expect(ksTest(reference, current, { alternative })).toMatchObject(naive(reference, current, alternative));
      }),
      { numRuns: 200 },
    );
  });

  for (const shape of shapeNames) {
    it(`by cells is the other direction's between swapped sides, and the larger is the two-sided one: ${shape}`, () => {
      for (const [n, m] of [
        [20_000, 15_000],
        [30, 40_000],
      ] as const) {
        const [x, y] = [sample(shape, n, 1), sample(shape, m, 2)];
        const changed = x.map((value, k) => (k % 100 === 0 ? y[k % m]! : value));
        for (const other of [y, changed, x.slice()]) {
          const greater = ksTest(x, other, { alternative: "greater" });
          const less = ksTest(x, other, { alternative: "less" });
          const both = ksTest(x, other);
          const swapped = ksTest(other, x, { alternative: "less" });
          expect(greater.statistic).toBe(swapped.statistic);
          expect(greater.location).toBe(swapped.location);
          expectClose(greater.pValue, swapped.pValue, 1e-12);
          expect(Math.max(greater.statistic, less.statistic)).toBe(both.statistic);
          const attained = both.sign >= 0 ? greater : less;
          expect(attained).toMatchObject({ statistic: both.statistic, location: both.location, sign: both.sign });
          // Only one of the two may be cheap enough to be exact.
          if (attained.method === both.method) expect(attained.pValue).toBeLessThanOrEqual(both.pValue);
          expect(ksTest(prepare(x), other, { alternative: "less" })).toEqual(less);
        }
      }
    });
  }

  it("is 0 with p = 1 where the distribution functions never lie that way", () => {
    for (const length of [10, 20_000]) {
      const values = sample("normal", length, 3);
      const higher = values.map((x) => x + 100);
      expect(ksTest(values, higher, { alternative: "less" })).toMatchObject({
        statistic: 0,
        pValue: 1,
        location: null,
        sign: 0,
      });
      expect(ksTest(values, higher, { alternative: "greater" })).toMatchObject({ statistic: 1, sign: 1 });
    }
  });

  it("of 64-bit integers beyond 2^53 is exact", () => {
    const x = BigInt64Array.from({ length: 9000 }, (_, k) => 2n ** 60n + BigInt(k));
    const y = BigInt64Array.from({ length: 9000 }, (_, k) => 2n ** 60n + BigInt(k + 90));
    expect(ksTest(x, y, { alternative: "greater" })).toMatchObject({
      statistic: 0.01,
      location: (2n ** 60n + 89n).toString(),
    });
    expect(ksTest(x, y, { alternative: "less" })).toMatchObject({ statistic: 0, pValue: 1 });
  });
});
