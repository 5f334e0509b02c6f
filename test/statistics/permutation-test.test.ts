import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { beta, normal } from "../../dist/distributions/index.js";
import { prepare } from "../../dist/source/sides.js";
import { energy } from "../../dist/statistics/energy.js";
import { ksTest } from "../../dist/statistics/ks-test.js";
import { namedDistances } from "../../dist/statistics/permutation-distances.js";
import { permutationTest } from "../../dist/statistics/permutation-test.js";
import { wasserstein } from "../../dist/statistics/wasserstein.js";
import { expectClose, oracle, sampleOf, type WrittenSample } from "./oracle.ts";
import { sample } from "./samples.ts";

type Named = (typeof namedDistances)[number];
interface Case {
  readonly name: string;
  readonly distance: Named;
  readonly alternative: "greater" | "less" | "two-sided";
  readonly reference: WrittenSample;
  readonly current: WrittenSample;
  readonly statistic: number;
  readonly pValue: number;
}

const { cases } = oracle<{ cases: Case[] }>("permutation-test");
const most = 100_000;

describe("the permutation test", () => {
  for (const { name, distance, alternative, reference, current, statistic, pValue } of cases) {
    const [x, y] = [sampleOf(reference), sampleOf(current)];

    it(`tries all ways where they are few, as SciPy does: ${distance}, ${alternative}, ${name}`, () => {
      for (const side of [x, prepare(x)]) {
        const found = permutationTest(side, y, distance, { alternative, permutations: most });
        expect(Math.abs(found.statistic! - statistic)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(statistic)));
        expectClose(found.pValue, pValue, 1e-12);
        expect(found).toMatchObject({
          method: "exact",
          seed: null,
          status: "ok",
          interval: [found.pValue, found.pValue],
        });
        expect(found.resolution).toBe(1 / found.permutations);
      }
    });

    it(`draws ways where they are many, and its interval holds the p-value of all: ${distance}, ${alternative}, ${name}`, () => {
      const all = permutationTest(x, y, distance, { alternative, permutations: most }).permutations;
      if (all < 100) return;
      for (const seed of [0, 1, 2 ** 53 - 1]) {
        const found = permutationTest(x, y, distance, { alternative, permutations: 99, seed, confidence: 0.9999 });
        expect(found).toMatchObject({ method: "sampled", permutations: 99, resolution: 0.01, seed });
        expect(found.interval![0]).toBeLessThanOrEqual(pValue + 1e-12);
        expect(found.interval![1]).toBeGreaterThanOrEqual(pValue - 1e-12);
        expect(found.pValue).toBeGreaterThanOrEqual(found.resolution);
      }
    });
  }

  it("of a function is that of the same distance by name", () => {
    const functions: Partial<Record<Named, (x: Float64Array, y: Float64Array) => number>> = {
      wasserstein: (x, y) => wasserstein(x, y).distance!,
      energy: (x, y) => energy(x, y).distance!,
      ks: (x, y) => ksTest(x, y, { method: "asymptotic" }).statistic,
    };
    for (const [name, distance] of Object.entries(functions)) {
      const [x, y] = [
        [3, 1, 4, 1, 5, 9, 2],
        [6, 5, 3, 5, 8],
      ];
      const { pValue, permutations } = permutationTest(x, y, name as Named);
      expect(permutationTest(x, y, distance)).toMatchObject({ pValue, permutations, distance: "function" });
      const [many, others] = [sample("normal", 40, 1), sample("normal", 30, 2, 0.4)];
      const expected = permutationTest(many, others, name as Named, { permutations: 9999 });
      const found = permutationTest(many, others, distance, { permutations: 499, confidence: 0.9999 });
      expectClose(found.statistic, expected.statistic, 1e-13);
      expect(found.interval![0]).toBeLessThan(expected.pValue!);
      expect(found.interval![1]).toBeGreaterThan(expected.pValue!);
    }
  });

  it("gives a function the rows as they come, and shuffled ones that it may keep", () => {
    const seen: number[][] = [];
    const x = [3, null, 1, 2, Number.NaN, 9, 8, 7, 6, 5];
    const y = Array.from({ length: 20 }, (_, k) => 100 - k);
    const kept: Float64Array[] = [];
    const { missing } = permutationTest(x, y, (reference, current) => {
      seen.push([...reference, ...current]);
      kept.push(reference);
      return reference[0]! - current[0]!;
    });
    const all = [3, 1, 2, 9, 8, 7, 6, 5, ...y];
    expect(seen[0]).toEqual(all);
    expect(seen).toHaveLength(1000);
    const sorted = [...all].sort((a, b) => a - b);
    for (const values of seen) expect([...values].sort((a, b) => a - b)).toEqual(sorted);
    expect(new Set(kept.map((side) => `${side}`)).size).toBeGreaterThan(990);
    expect(missing).toEqual({ reference: { rows: 10, null: 1, nan: 1 }, current: { rows: 20, null: 0, nan: 0 } });
  });

  it("depends on the seed, and neither on chunks, nulls nor on whether the reference is prepared", () => {
    const [x, y] = [sample("lognormal", 3000, 1), sample("lognormal", 2000, 2)];
    const [first, ...rest] = [0, 7, 1024, 3000].map((from, k, cuts) =>
      arrow.makeVector(x.slice(from, cuts[k + 1] ?? from)),
    );
    const cut = first!.concat(...rest);
    const withNulls = [null, ...Array.from(x), null];
    const own = (values: Float64Array, others: Float64Array) => values[0]! + values[1]! - others[0]!;
    for (const distance of [...namedDistances, own]) {
      const of = (side: Parameters<typeof permutationTest>[0], seed: number) => {
        const { missing, ...found } = permutationTest(side, y, distance, { permutations: 99, seed });
        return found;
      };
      const found = of(x, 5);
      expect(of(x, 5)).toEqual(found);
      for (const side of [cut, withNulls]) expect(of(side, 5)).toEqual(found);
      if (distance !== own) expect(of(prepare(x), 5)).toEqual(found);
      expect(new Set([5, 6, 7, 8].map((seed) => of(x, seed).pValue)).size).toBeGreaterThan(1);
    }
  });

  it("compares categories of text and truth values, and bins of numbers that do not depend on the labels", () => {
    const x = ["a", "a", "b", "a", "c"];
    const y = ["b", "b", "b", "d"];
    const codes = (texts: string[]) => texts.map((text) => text.charCodeAt(0));
    const found = permutationTest(x, y, "total-variation");
    expect(found).toMatchObject({ method: "exact", permutations: 126 });
    expect(permutationTest(codes(x), codes(y), "total-variation")).toMatchObject({
      statistic: found.statistic,
      pValue: found.pValue,
    });
    const flags = permutationTest([true, true, true], [false, false], "total-variation");
    expect(flags).toMatchObject({ statistic: 1, pValue: 0.1 });
    const numbers = Float64Array.from({ length: 100 }, (_, k) => k);
    const [low, high] = [numbers.subarray(0, 50), numbers.subarray(50)];
    expect(permutationTest(low, high, "total-variation", { permutations: 9 })).toMatchObject({
      statistic: 1,
      pValue: 0.1,
    });
    const [even, odd] = [0, 1].map((rest) => numbers.filter((k) => k % 2 === rest));
    expect(permutationTest(even!, odd!, "total-variation", { permutations: 9 })).toMatchObject({
      statistic: 0,
      pValue: 1,
    });
  });

  it("deals categories of billions of rows as counts, as often as the law says", () => {
    const [n, m] = [4e9, 3e9];
    const counts = {
      reference: { counts: { a: n / 2 + 40_000, b: n / 2 - 40_000 } },
      current: { counts: { a: m / 2, b: m / 2 } },
    };
    const found = permutationTest(counts.reference, counts.current, "total-variation", { confidence: 0.9999 });
    expectClose(found.statistic, 1e-5, 1e-9);
    // With two categories the distance is a normal deviate: z = 1e-5 / (sqrt(1/n + 1/m) / 2).
    const pValue = 2 * normal.sf(2e-5 / Math.sqrt(1 / n + 1 / m));
    expect(found.interval![0]).toBeLessThan(pValue);
    expect(found.interval![1]).toBeGreaterThan(pValue);
    expect(found).toMatchObject({ method: "sampled", n, m });
  });

  it("counts deals whose distance equals the data's, whatever rounding does", () => {
    // 3 of 4 and 1 of 2 by hand: the first cell is dealt 2, 3 or 4 times in 3, 8 and 4 ways of 15.
    const exact = permutationTest({ counts: [3, 1] }, { counts: [1, 1] }, "total-variation");
    expect(exact).toMatchObject({ method: "exact", permutations: 15, pValue: 1, statistic: 0.25 });
    const odd = permutationTest({ counts: [4, 0] }, { counts: [0, 2] }, "total-variation");
    expect(odd).toMatchObject({ method: "exact", permutations: 15, statistic: 1 });
    expectClose(odd.pValue, 1 / 15, 1e-15);
  });

  it("is never 0, and states what it can tell", () => {
    const [x, y] = [sample("normal", 100, 1), sample("normal", 100, 2, 5)];
    for (const distance of namedDistances) {
      const { pValue, resolution, interval } = permutationTest(x, y, distance, { permutations: 199 });
      expect(pValue).toBe(distance === "mean-difference" ? 2 / 200 : 1 / 200);
      expect(resolution).toBe(1 / 200);
      expect(interval![0]).toBe(0);
      const tail = beta.upperQuantile(0.025, 1, 199);
      expectClose(interval![1], distance === "mean-difference" ? 2 * tail : tail, 1e-15);
    }
  });

  it("of huge and tiny values is that of ordinary ones", () => {
    const [x, y] = [sample("normal", 60, 1), sample("normal", 50, 2, 0.3)];
    for (const distance of namedDistances) {
      const { pValue, statistic } = permutationTest(x, y, distance);
      for (const power of [-700, 1015]) {
        const times = (side: Float64Array) => side.map((value) => value * 2 ** power);
        const found = permutationTest(times(x), times(y), distance);
        expect(found.pValue).toBe(pValue);
        const unit = { wasserstein: power, energy: power / 2, ks: 0, "mean-difference": power, "total-variation": 0 };
        expectClose(found.statistic, statistic! * 2 ** unit[distance], 1e-13);
      }
    }
  });

  it("of 64-bit integers beyond 2^53 is exact", () => {
    const far = 2n ** 60n;
    const at = (...places: bigint[]) => BigInt64Array.from(places, (place) => far + place);
    for (const distance of namedDistances) {
      const { statistic, pValue } = permutationTest([1, 5, 9], [2, 3], distance);
      expect(permutationTest(at(1n, 5n, 9n), at(2n, 3n), distance)).toMatchObject({ statistic, pValue });
    }
  });

  it("has a status for infinite distances, and ranks infinite values", () => {
    for (const distance of ["wasserstein", "energy", "mean-difference"] as const) {
      const found = permutationTest([Infinity, 1], [1, 2], distance);
      expect(found).toMatchObject({ statistic: null, pValue: null, interval: null, status: "infinite" });
    }
    for (const distance of ["ks", "total-variation"] as const) {
      expect(permutationTest([Infinity, 1], [1, 2], distance)).toMatchObject({ statistic: 0.5, status: "ok" });
    }
    expect(permutationTest([1], [2], () => Infinity)).toMatchObject({ statistic: null, status: "infinite" });
  });

  it("refuses sides without values, settings out of range, unknown distances and answers that are no number", () => {
    const refused = (options: object) => () => permutationTest([1], [2], "ks", options);
    expect(refused({ permutations: 0 })).toThrow("permutationTest: permutations must be a whole number from 1");
    expect(refused({ permutations: 1.5 })).toThrow(RangeError);
    expect(refused({ seed: -1 })).toThrow("permutationTest: seed must be a whole number");
    expect(refused({ confidence: 1 })).toThrow("permutationTest: confidence must lie between 0 and 1, got 1");
    expect(refused({ alternative: "both" })).toThrow("alternative must be two-sided, less or greater");
    expect(() => permutationTest([1], [2], "psi" as never)).toThrow("distance must be wasserstein, energy, ks,");
    expect(() => permutationTest([1], [2], "ks".length as never)).toThrow(TypeError);
    expect(() => permutationTest([1], [2], () => "far" as never)).toThrow("the distance must be a number, got string");
    expect(() => permutationTest([1], [2], () => Number.NaN)).toThrow(RangeError);
    expect(() => permutationTest([null], [2], "ks")).toThrow("each side needs at least one value, got 0 and 1");
    expect(() => permutationTest([1], [], () => 0)).toThrow("each side needs at least one value, got 1 and 0");
    expect(() => permutationTest(["a"], ["b"], "ks")).toThrow(TypeError);
    expect(() => permutationTest(["a"], ["b"], () => 0)).toThrow(TypeError);
    expect(() => permutationTest(["a"], [1], "total-variation")).toThrow(TypeError);
  });
});
