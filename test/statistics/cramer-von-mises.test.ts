import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { cramerVonMisesTest } from "../../dist/statistics/cramer-von-mises.js";
import { ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { randomFrom, sample, shapeNames, twoSamples } from "./samples.ts";

interface Case {
  name: string;
  reference: WrittenSample;
  current: WrittenSample;
  tied: boolean;
  statistic: Written;
  ignore: Written;
  asymptotic?: Written;
  exact?: Written;
  conditional?: Written;
}

const { cases } = oracle<{ cases: Case[] }>("cramer-von-mises");

/** The sum over the distinct values, every count made anew. */
function naive(x: readonly number[], y: readonly number[]): number {
  const [n, m] = [x.length, y.length];
  let sum = 0;
  let before = 0;
  for (const z of new Set(ordered([...x, ...y]))) {
    const upTo = (values: readonly number[]) => values.filter((value) => value <= z).length;
    const after = upTo(x) / n - upTo(y) / m;
    const equal = [...x, ...y].filter((value) => value === z).length;
    sum += equal * (before * before + before * after + after * after);
    before = after;
  }
  return (sum * n * m) / 3 / (n + m) ** 2 + 1 / (6 * (n + m));
}

describe("the Cramér-von Mises test", () => {
  for (const expected of cases) {
    it(`has the exact statistic and SciPy's where ties are ignored: ${expected.name}`, () => {
      const [x, y] = [sampleOf(expected.reference), sampleOf(expected.current)];
      for (const side of [x, prepare(x)]) {
        const found = cramerVonMisesTest(side, y);
        expectClose(found.statistic, expected.statistic, 1e-13);
        expect(found).toMatchObject({ n: x.length, m: y.length, ties: expected.tied ? "conditional" : "none" });
        if (expected.conditional !== undefined) expectClose(found.pValue, expected.conditional, 1e-12);
        const ignoring = cramerVonMisesTest(side, y, { ties: "ignore" });
        expectClose(ignoring.statistic, expected.ignore, 1e-13);
        if (!expected.tied) expect(ignoring).toEqual(found);
        if (expected.exact !== undefined) {
          expect(ignoring.method).toBe("exact");
          expectClose(ignoring.pValue, expected.exact, 1e-12);
        }
        if (expected.asymptotic !== undefined) {
          const limit = cramerVonMisesTest(side, y, { ties: "ignore", method: "asymptotic" });
          expect(limit.method).toBe("asymptotic");
          expectClose(limit.pValue, expected.asymptotic, 1e-8);
        }
      }
    });
  }

  it("has the naive statistic on small samples of every shape", () => {
    fc.assert(
      fc.property(twoSamples, ([reference, current]) => {
        const [x, y] = [ordered(reference), ordered(current)];
        fc.pre(x.length > 0 && y.length > 0);
        const found = cramerVonMisesTest(reference, current);
        expectClose(found.statistic, naive(x, y), 1e-12);
        expect(found.pValue).toBeGreaterThanOrEqual(0);
        expect(found.pValue).toBeLessThanOrEqual(1);
      }),
      { numRuns: 150 },
    );
  });

  it("has p = 1 for identical samples, and is the same in both directions", () => {
    for (const shape of shapeNames) {
      for (const [n, m] of [
        [15, 12],
        [300, 200],
        [12_000, 9000],
      ] as const) {
        const [x, y] = [sample(shape, n, 1), sample(shape, m, 2)];
        expect(cramerVonMisesTest(x, x).pValue, shape).toBe(1);
        const there = cramerVonMisesTest(x, y);
        const back = cramerVonMisesTest(y, x);
        expectClose(back.statistic, there.statistic, 1e-13);
        expectClose(back.pValue, there.pValue, 1e-10);
        expect(cramerVonMisesTest(prepare(x), y)).toEqual(there);
      }
    }
  });

  it("does not change under strictly monotone maps, at any scale", () => {
    const [x, y] = [sample("normal", 9000, 1), sample("ten integers", 300, 2)];
    const found = cramerVonMisesTest(x, y);
    for (const scale of [2 ** -600, 2 ** 600]) {
      expect(
        cramerVonMisesTest(
          x.map((value) => value * scale),
          y.map((value) => value * scale),
        ),
      ).toEqual(found);
    }
  });

  it("rejects a true null hypothesis as often as it says, with ties and unequal sizes too", () => {
    const random = randomFrom(20260117);
    const draws: Record<string, () => number> = {
      uniform: random,
      digits: () => Math.floor(10 * random()),
      "two values": () => Number(random() < 0.3),
      "mostly zero": () => (random() < 0.8 ? 0 : random()),
    };
    const runs = 2000;
    for (const [name, draw] of Object.entries(draws)) {
      let rejected = 0;
      for (let run = 0; run < runs; run++) {
        const x = Float64Array.from({ length: 100 }, draw);
        const y = Float64Array.from({ length: 40 }, draw);
        rejected += Number(cramerVonMisesTest(x, y).pValue <= 0.05);
      }
      // Three standard errors.
      expect(Math.abs(rejected / runs - 0.05), name).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / runs));
    }
  });

  it("has a p-value that falls as the statistic rises, far into the tail", () => {
    const values = sample("normal", 300, 1);
    let last = 2;
    for (const shift of [0.2, 0.5, 1, 2]) {
      const { pValue } = cramerVonMisesTest(
        values,
        values.map((x) => x + shift),
      );
      expect(pValue).toBeLessThan(last);
      expect(pValue).toBeGreaterThan(0);
      last = pValue;
    }
    expect(last).toBeLessThan(1e-40);
  });

  it("counts what is missing, and refuses sides without values and exact laws of many", () => {
    const { missing } = cramerVonMisesTest([1, null], [2, Number.NaN, 3]);
    expect(missing).toEqual({ reference: { rows: 2, null: 1, nan: 0 }, current: { rows: 3, null: 0, nan: 1 } });
    expect(() => cramerVonMisesTest([], [1])).toThrow("cramerVonMisesTest: each side needs at least one value");
    expect(() => cramerVonMisesTest(["a"], [1])).toThrow(TypeError);
    const many = sample("normal", 21, 1);
    expect(() => cramerVonMisesTest(many, many, { method: "exact" })).toThrow(RangeError);
  });
});
