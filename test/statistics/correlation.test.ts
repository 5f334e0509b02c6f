import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { pearson, spearman } from "../../dist/statistics/correlation.js";
import { cramersV } from "../../dist/statistics/cramers-v.js";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample } from "./samples.ts";

interface Expected {
  readonly coefficient: Written;
  readonly pValue: Written;
  readonly interval: readonly [Written, Written];
}
interface Case {
  readonly name: string;
  readonly x?: WrittenSample;
  readonly y?: WrittenSample;
  readonly pearson?: Expected;
  readonly spearman?: Expected;
  readonly table?: readonly (readonly number[])[];
  readonly cramersV?: Record<"coefficient" | "corrected" | "statistic" | "pValue", Written>;
}

const { cases } = oracle<{ cases: Case[] }>("correlation");

describe("correlations", () => {
  for (const { name, x, y, ...expected } of cases) {
    if (!x || !y) continue;
    it(`are the oracle's: ${name}`, () => {
      for (const [method, ours] of [
        ["pearson", pearson],
        ["spearman", spearman],
      ] as const) {
        const { coefficient, pValue, interval } = expected[method]!;
        const found = ours(sampleOf(x), sampleOf(y));
        expect(Math.abs(found.coefficient! - Number(coefficient))).toBeLessThan(1e-14);
        expectClose(found.pValue, pValue, 1e-9);
        for (const k of [0, 1]) expect(found.confidenceInterval![k]).toBeCloseTo(Number(interval[k]), 10);
        expect(ours(sampleOf(y), sampleOf(x)).coefficient).toBeCloseTo(found.coefficient!, 14);
      }
    });
  }

  it("of ranks do not change under monotone maps; of values under scales that overflow squares", () => {
    const x = sample("normal", 500, 1);
    const y = sample("normal", 500, 2).map((value, k) => value + x[k]!);
    expect(
      spearman(
        x.map(Math.exp),
        y.map((value) => -value),
      ).coefficient,
    ).toBeCloseTo(-spearman(x, y).coefficient!, 14);
    for (const scale of [2 ** -1060, 2 ** 1000]) {
      const far = pearson(
        x.map((value) => Math.fround(value) * scale),
        y,
      ).coefficient!;
      expect(far).toBeCloseTo(pearson(x, y).coefficient!, scale < 1 ? 3 : 7);
    }
  });

  it("leave rows out in which a value is missing, and count them", () => {
    expect(pearson([1, null, 2, 3, Number.NaN], [2, 5, 4, 6, 1])).toMatchObject({
      coefficient: 1,
      pValue: 0,
      n: 3,
      confidenceInterval: null,
      missing: { rows: 5, null: 1, nan: 1 },
    });
  });

  it("have a status where there is none", () => {
    expect(pearson([1, 1, 1], [1, 2, 3])).toMatchObject({ status: "constant", coefficient: null });
    expect(pearson([1, 2, Infinity], [1, 2, 3])).toMatchObject({ status: "infinite", pValue: null });
    expect(spearman([1, 2, Infinity], [1, 2, 3])).toMatchObject({ status: "ok", coefficient: 1 });
    expect(() => pearson([1], [1])).toThrow("pearson: at least two rows with both values are needed, got 1");
    expect(() => spearman([1, 2], [1])).toThrow(RangeError);
    expect(() => pearson(prepare([1, 2]), [1, 2])).toThrow(TypeError);
    expect(() => pearson([1, 2], [1, 2], { confidence: 2 })).toThrow(RangeError);
  });
});

describe("Cramér's V", () => {
  for (const { name, table, cramersV: expected } of cases) {
    if (!table || !expected) continue;
    it(`is the oracle's: ${name}`, () => {
      const rows = table.flatMap((line, i) => line.flatMap((count, j) => Array.from({ length: count }, () => [i, j])));
      const found = cramersV(
        rows.map(([i]) => `r${i}`),
        rows.map(([, j]) => j!),
      );
      for (const figure of ["coefficient", "corrected", "statistic"] as const) {
        expect(found[figure]!).toBeCloseTo(Number(expected[figure]), 12);
      }
      expectClose(found.pValue, expected.pValue, 1e-10);
    });
  }

  it("leaves missing rows out, and has a status without a second category", () => {
    const found = cramersV(["a", "b", null, "a", "c"], [true, false, true, null, true]);
    expect(found).toMatchObject({ n: 3, categories: [3, 2], missing: { rows: 5, null: 2, nan: 0 } });
    expect(cramersV(["a", "a"], ["x", "y"])).toMatchObject({ status: "constant", coefficient: null, pValue: 1 });
    expect(() => cramersV(["a"], ["x", "y"])).toThrow("cramersV: columns need equal length, got 1 and 2 rows");
    expect(() => cramersV([null], ["x"])).toThrow("cramersV: at least one row with both values is needed, got 0");
    expect(() => cramersV([new Date(0)], ["x"])).toThrow(TypeError);
    const many = Array.from({ length: 2000 }, (_, k) => `${k}`);
    expect(() => cramersV(many, many)).toThrow("up to 1024 distinct values are categories, x has more");
  });
});
