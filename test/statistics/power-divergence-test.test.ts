import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eachDeal } from "../../dist/engine/deal-cells.js";
import { prepare } from "../../dist/source/sides.js";
import { chiSquareOf, chiSquareTest } from "../../dist/statistics/chi-square.js";
import { divergenceOf } from "../../dist/statistics/deviance.js";
import { powerDivergenceOf, powerMoments } from "../../dist/statistics/power-divergence.js";
import { gTest, type NamedPower, powerDivergenceTest } from "../../dist/statistics/power-divergence-test.js";
import { expectClose, oracle, type Written } from "./oracle.js";

interface Case {
  readonly name: string;
  readonly reference: readonly number[];
  readonly current: readonly number[];
  readonly statistics: Readonly<Record<NamedPower, Written>>;
  readonly numbered: Readonly<Record<string, Written>>;
  readonly means: Readonly<Partial<Record<NamedPower, number>>>;
  readonly effects: Readonly<Record<"cramersVCorrected" | "cramersVBalanced" | "theilsU" | "cohensH", number | null>>;
}

const { cases } = oracle<{ cases: Case[] }>("power-divergence");
const totalsOf = ({ reference, current }: Pick<Case, "reference" | "current">) =>
  reference.map((i, k) => i + current[k]!).filter((count) => count > 0);
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

describe("powerDivergenceTest", () => {
  for (const one of cases) {
    it(`is the definition and SciPy's: ${one.name}`, () => {
      const [x, y] = [{ counts: one.reference }, { counts: one.current }];
      for (const [name, statistic] of Object.entries({ ...one.statistics, ...one.numbered })) {
        const lambda = Object.hasOwn(one.statistics, name) ? (name as NamedPower) : Number(name);
        const found = powerDivergenceTest(x, y, { lambda });
        if (statistic === "Infinity") expect(found).toMatchObject({ statistic: null, status: "infinite" });
        else if (statistic === 0) expect(found.statistic).toBe(0);
        else expectClose(found.statistic, statistic, 1e-12, name);
        expect(found.degreesOfFreedom).toBe(totalsOf(one).length - 1);
        expect(found.pValue).toBeGreaterThanOrEqual(0);
        expect(found.pValue).toBeLessThanOrEqual(1);
      }
      for (const [name, mean] of Object.entries(one.means)) {
        const { lambda } = powerDivergenceTest(x, y, { lambda: name as NamedPower });
        // Where all expected counts are large the mean is that of two terms.
        const { mean: found } = powerMoments(totalsOf(one), sum(one.reference), sum(one.current), lambda);
        expectClose(found, mean, Math.min(sum(one.reference), sum(one.current)) > 600 ? 1e-4 : 1e-11, `mean ${name}`);
      }
    });

    it(`effects of the table are those of their definitions: ${one.name}`, () => {
      const found = chiSquareTest({ counts: one.reference }, { counts: one.current });
      for (const [name, expected] of Object.entries(one.effects)) {
        const value = found[name as keyof Case["effects"]];
        if (expected === null || expected === 0) expect(value, name).toBe(expected);
        else expectClose(value, expected, name === "theilsU" ? 1e-11 : 1e-12, name);
      }
    });
  }

  it("with λ = 1 is chiSquareTest, and with λ = 0 gTest", () => {
    for (const { name, reference, current } of cases) {
      const [x, y] = [{ counts: reference }, { counts: current }];
      const { lambda, ...found } = powerDivergenceTest(x, y, { lambda: "pearson" });
      const { pValue, statistic } = chiSquareTest(x, y);
      expectClose(found.statistic, statistic, 1e-12, name);
      // Its law is the same up to the mean's rounding.
      expect(Math.abs(found.pValue - pValue), name).toBeLessThanOrEqual(1e-8 * pValue + 1e-300);
      const { lambda: zero, ...likelihood } = powerDivergenceTest(x, y, { lambda: 0 });
      expect(likelihood).toEqual(gTest(x, y));
    }
  });

  it("has the moments that all deals have", () => {
    const totals = [5, 4, 3, 3, 2];
    const [n, m] = [9, 8];
    for (const lambda of [1, 2 / 3, 0, -0.5, 3]) {
      let [ways, first, second] = [0, 0, 0];
      const choose = (a: number, b: number): number => (b === 0 ? 1 : (choose(a, b - 1) * (a - b + 1)) / b);
      const visit = (k: number, left: number, weight: number, reference: number[]): void => {
        if (k === totals.length) {
          if (left > 0) return;
          const current = totals.map((count, at) => count - reference[at]!);
          const value = divergenceOf({ reference, current }, n, m, lambda);
          ways += weight;
          first += weight * value;
          second += weight * value * value;
          return;
        }
        for (let i = 0; i <= Math.min(totals[k]!, left); i++) {
          visit(k + 1, left - i, weight * choose(totals[k]!, i), [...reference, i]);
        }
      };
      visit(0, n, 1, []);
      const { mean, variance } = powerMoments(totals, n, m, lambda);
      expectClose(mean, first / ways, 1e-12, "mean");
      // Exact for λ = 1, an approximation for the others.
      expectClose(variance, second / ways - (first / ways) ** 2, lambda === 1 ? 1e-10 : 0.05, `variance of ${lambda}`);
    }
  });

  it("keeps its level for sparse tables, whatever λ is", () => {
    const totals = Float64Array.from({ length: 40 }, (_, k) => Math.max(1, Math.round(130 / (k + 1))));
    const n = Math.round(sum([...totals]) * 0.9);
    for (const lambda of [1, 2 / 3, 0, -0.5, -2, 3]) {
      let rejected = 0;
      eachDeal(totals, n, 3000, 1, (first) => {
        const current = totals.map((count, k) => count - first[k]!);
        if (powerDivergenceOf({ reference: first.slice(), current }, lambda).pValue <= 0.01) rejected++;
      });
      expect(rejected / 3000, `λ = ${lambda}`).toBeLessThan(0.018);
      expect(rejected / 3000, `λ = ${lambda}`).toBeGreaterThan(0.004);
    }
  });

  it("says which law its p-value has", () => {
    const of = (x: number[], y: number[], lambda: number) =>
      powerDivergenceTest({ counts: x }, { counts: y }, { lambda });
    expect(of([50, 60, 70], [40, 60, 50], -2)).toMatchObject({ method: "gamma", status: "ok" });
    const sparse = of([50, 60, 7], [40, 60, 5], -2);
    expect(sparse).toMatchObject({ method: "pearson", status: "ok" });
    expectClose(sparse.pValue, chiSquareOf([50, 60, 7], [40, 60, 5]).pValue, 1e-14);
    expect(of([50, 60, 7], [40, 60, 0], -2)).toMatchObject({ method: "pearson", statistic: null, status: "infinite" });
    expect(of([50, 60, 7], [40, 60, 0], -0.9)).toMatchObject({ method: "gamma", status: "ok" });
    expect(of([50], [40], 0)).toMatchObject({ statistic: 0, pValue: 1, degreesOfFreedom: 0, status: "constant" });
  });

  const counts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 6 });
  const lambdas = fc.constantFrom(-2, -1, -0.5, 0, 0.3, 2 / 3, 1, 2);

  it("does not change when sides are swapped, categories change places or are named", () => {
    fc.assert(
      fc.property(counts, counts, lambdas, (x, y, lambda) => {
        const [a, b] = [x, x.map((_, k) => y[k] ?? 0)];
        fc.pre(sum(a) > 0 && sum(b) > 0);
        const found = powerDivergenceTest({ counts: a }, { counts: b }, { lambda });
        const reversed = [...a].reverse();
        const named = Object.fromEntries(a.map((count, k) => [`k${k}`, count]));
        const others = Object.fromEntries(b.map((count, k) => [`k${k}`, count]));
        for (const other of [
          powerDivergenceTest({ counts: b }, { counts: a }, { lambda }),
          powerDivergenceTest({ counts: reversed }, { counts: [...b].reverse() }, { lambda }),
          powerDivergenceTest({ counts: named }, { counts: others }, { lambda }),
        ]) {
          if (found.statistic === null) expect(other.statistic).toBeNull();
          else
            expect(Math.abs(other.statistic! - found.statistic)).toBeLessThanOrEqual(1e-11 * (1e-9 + found.statistic));
          expect(Math.abs(other.pValue - found.pValue)).toBeLessThanOrEqual(1e-8 * found.pValue + 1e-12);
        }
      }),
    );
  });

  it("does not change when categories of identical shares are merged, and grows with the rows", () => {
    fc.assert(
      fc.property(counts, counts, lambdas, fc.integer({ min: 2, max: 5 }), (x, y, lambda, times) => {
        const [a, b] = [x.map((i) => i + 1), x.map((_, k) => (y[k] ?? 0) + 1)];
        const statistic = (one: number[], other: number[]) =>
          powerDivergenceTest({ counts: one }, { counts: other }, { lambda }).statistic!;
        const found = statistic(a, b);
        const near = (value: number, expected: number) =>
          expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-11 * (expected + 1e-9));
        // The first category in `times` equal parts, after all counts were multiplied.
        const many = a.map((i) => i * times);
        const most = b.map((j) => j * times);
        near(statistic(many, most), times * found);
        const parts = (side: number[], first: number) => [...Array<number>(times).fill(first), ...side.slice(1)];
        near(statistic(parts(many, a[0]!), parts(most, b[0]!)), times * found);
      }),
    );
  });

  it("is the same for columns, prepared columns and counts", () => {
    const [x, y] = [
      ["a", "b", "a", "c", null, "a", "d"],
      ["b", "b", "a", "e", "c"],
    ];
    const counted = (side: readonly (string | null)[]) => {
      const found: Record<string, number> = {};
      for (const name of side) if (name !== null) found[name] = (found[name] ?? 0) + 1;
      return { counts: found };
    };
    for (const test of [gTest, powerDivergenceTest, chiSquareTest]) {
      const { missing, ...found } = test(x, y);
      expect(missing.reference.null).toBe(1);
      expect(test(prepare(x), y)).toEqual({ missing, ...found });
      const { missing: none, ...fromCounts } = test(counted(x), counted(y));
      expect(fromCounts).toEqual(found);
      expect(found).toMatchObject({
        newCategories: { count: 1, share: 0.2, names: ["e"] },
        vanishedCategories: { count: 1, share: 1 / 6, names: ["d"] },
        grouped: null,
      });
    }
  });

  it("refuses a λ that is none, options that there are not, and sides without values", () => {
    const refused = (options: unknown) => () => powerDivergenceTest(["a"], ["b"], options as never);
    expect(refused({ lambda: "chi" })).toThrow(
      "powerDivergenceTest: lambda must be a number from -100 to 100 or pearson,",
    );
    expect(refused({ lambda: Number.NaN })).toThrow(RangeError);
    expect(refused({ lambda: [1] })).toThrow(TypeError);
    expect(refused({ power: 1 })).toThrow('there is no option "power", but lambda, significance, permutations,');
    expect(refused(null)).toThrow(TypeError);
    expect(() => gTest([null], ["a"])).toThrow("gTest: each side needs at least one value, got 0 and 1");
    expect(() => gTest(["a"], ["b"], { lambda: 1 } as never)).toThrow('gTest: there is no option "lambda"');
    expect(() => gTest(["a"], [1])).toThrow(TypeError);
  });
});

describe("resampled p-values of tables", () => {
  const [x, y] = [{ counts: [40, 8, 2, 1, 0, 1] }, { counts: [9, 4, 0, 0, 2, 0] }];

  it("are those of all tables with these margins, weighed by their probability", () => {
    const few = [{ counts: [4, 2, 0] }, { counts: [1, 1, 2] }] as const;
    const exact = chiSquareTest(...few, { significance: "resampled" });
    expect(exact).toMatchObject({
      method: "exact",
      permutations: 210,
      seed: null,
      resolution: 1 / 210,
    });
    // By hand: all deals of 5, 3 and 2 rows of which 6 go to the reference.
    let as = 0;
    const choose = (a: number, b: number): number => (b === 0 ? 1 : (choose(a, b - 1) * (a - b + 1)) / b);
    for (let i = 0; i <= 5; i++) {
      for (let j = 0; j <= 3; j++) {
        const k = 6 - i - j;
        if (k < 0 || k > 2) continue;
        const { statistic } = chiSquareOf([i, j, k], [5 - i, 3 - j, 2 - k]);
        if (statistic >= exact.statistic - 1e-9) as += choose(5, i) * choose(3, j) * choose(2, k);
      }
    }
    expectClose(exact.pValue, as / 210, 1e-14);
  });

  it("are close to the law's, state their resolution, and depend on the seed alone", () => {
    for (const test of [chiSquareTest, gTest]) {
      const byLaw = test(x, y);
      const found = test(x, y, { significance: "resampled", permutations: 9999, seed: 3, confidence: 0.9999 });
      expect(found).toMatchObject({ method: "sampled", statistic: byLaw.statistic });
      expect(found).toMatchObject({ permutations: 9999, resolution: 1e-4, seed: 3, confidence: 0.9999 });
      expect(Math.abs(found.pValue - byLaw.pValue)).toBeLessThan(0.03);
      expect(test(x, y, { significance: "resampled", permutations: 9999, seed: 3, confidence: 0.9999 })).toEqual(found);
      expect(test(x, y, { significance: "resampled", permutations: 9999, seed: 4 }).pValue).not.toBe(found.pValue);
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    }
    const far = gTest({ counts: [1e9, 10] }, { counts: [10, 1e9] }, { significance: "resampled" });
    expect(far).toMatchObject({ pValue: 1e-3, resolution: 1e-3 });
  });

  it("count infinite statistics as equal", () => {
    const found = powerDivergenceTest(x, y, { lambda: "neyman", significance: "resampled" });
    expect(found).toMatchObject({ statistic: null, status: "infinite", pValue: 1, method: "sampled" });
  });

  it("refuse settings out of range", () => {
    expect(() => gTest(x, y, { significance: "exact" as never })).toThrow(
      "gTest: significance must be law or resampled",
    );
    expect(() => gTest(x, y, { significance: "resampled", permutations: 0 })).toThrow(RangeError);
    expect(() => chiSquareTest(x, y, { significance: "resampled", seed: -1 })).toThrow(
      "chiSquareTest: seed must be a whole number",
    );
  });
});
