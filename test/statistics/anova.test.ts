import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { anovaTest } from "../../dist/statistics/anova.js";
import { moments } from "../../dist/statistics/moments.js";
import { tTest } from "../../dist/statistics/t-test.js";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample } from "./samples.ts";

interface Case {
  name: string;
  groups: WrittenSample[];
  degreesOfFreedom: [number, number];
  statistic: Written;
  pValue: Written;
  between: Written;
  within: Written;
  effect: Written;
}

const { cases } = oracle<{ cases: Case[] }>("anova");
const figures = ["statistic", "between", "within", "effect"] as const;

/** Count, mean and variance of a column. */
const summaryOf = (values: Float64Array) => {
  const { count, mean, variance } = moments(values);
  return { count, mean: mean!, variance: variance ?? 0 };
};

/** As the textbook has it. */
function naive(groups: readonly Float64Array[]): number {
  const all = groups.flatMap((group) => Array.from(group));
  const mean = (values: Iterable<number>) => Array.from(values).reduce((sum, x, _, { length }) => sum + x / length, 0);
  let between = 0;
  let within = 0;
  for (const group of groups) {
    between += group.length * (mean(group) - mean(all)) ** 2;
    for (const x of group) within += (x - mean(group)) ** 2;
  }
  return between / (groups.length - 1) / (within / (all.length - groups.length));
}

describe("the analysis of variance", () => {
  for (const expected of cases) {
    it(`is the exact one: ${expected.name}`, () => {
      const groups = expected.groups.map(sampleOf);
      for (const form of [groups, groups.map((group) => prepare(group)), groups.map((group) => Array.from(group))]) {
        const found = anovaTest(form);
        expect(found).toMatchObject({ status: "ok", counts: groups.map(({ length }) => length) });
        expect(found.degreesOfFreedom).toEqual(expected.degreesOfFreedom);
        for (const figure of figures) expectClose(found[figure], expected[figure], 1e-13, figure);
        expectClose(found.pValue, expected.pValue, 1e-10, "pValue");
      }
    });
  }

  it("is the textbook's, of columns, of their summaries and of both mixed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 2, max: 900 }), { minLength: 2, maxLength: 6 }),
        fc.integer(),
        (n, seed) => {
          const groups = n.map((length, k) => sample("normal", length, seed + k, 0.1 * k));
          const found = anovaTest(groups);
          expectClose(found.statistic, naive(groups), 1e-9);
          for (const mixed of [groups.map(summaryOf), groups.map((group, k) => (k % 2 ? group : summaryOf(group)))]) {
            const other = anovaTest(mixed);
            expectClose(other.statistic, found.statistic!, 1e-11);
            expect(other.counts).toEqual(found.counts);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it("of two groups is the square of Student's t, in any order of the groups", () => {
    const [x, y] = [sample("ten integers", 3000, 1), sample("normal", 700, 2, 4)];
    const t = tTest(x, y, { variance: "equal" });
    for (const groups of [
      [x, y],
      [y, x],
    ]) {
      const found = anovaTest(groups);
      expectClose(found.statistic, t.statistic! ** 2, 1e-12);
      expectClose(found.pValue, t.pValue!, 1e-10);
    }
  });

  it("is the same, bit for bit, however the columns are cut into chunks", () => {
    const groups = [0, 1, 2].map((k) => sample("normal", 5000, k, 0.01 * k));
    const chunked = groups.map((values) => {
      const pieces = [0, 700, 1433].map((from, k, all) => arrow.makeVector(values.slice(from, all[k + 1])));
      return pieces[0]!.concat(...pieces.slice(1));
    });
    expect(anovaTest(chunked)).toEqual(anovaTest(groups));
  });

  it("moves with nothing: neither where all values lie nor the scale, as far as doubles hold both", () => {
    const groups = [0, 1, 2].map((k) => sample("ten integers", 40 + k, k, k));
    const found = anovaTest(groups);
    const far = anovaTest(groups.map((values) => values.map((x) => x + 2 ** 50)));
    expectClose(far.statistic, found.statistic!, 1e-14);
    const wide = groups.map((values) => BigInt64Array.from(values, (x) => 2n ** 61n + BigInt(x)));
    expectClose(anovaTest(wide).statistic, found.statistic!, 1e-14);
    for (const power of [-900, -300, 300, 900]) {
      const scaled = anovaTest(groups.map((values) => values.map((x) => x * 2 ** power)));
      expectClose(scaled.statistic, found.statistic!, 1e-15);
    }
  });

  it("has a status where there is nothing to compare: constants and infinities", () => {
    const none = { statistic: null, pValue: null, effect: null };
    expect(anovaTest([[1, 1], [1, 1], [1]])).toMatchObject({ ...none, status: "constant", between: 0, within: 0 });
    const apart = anovaTest([
      [1, 1],
      [2, 2],
    ]);
    expect(apart).toMatchObject({ ...none, status: "constant", between: 1, within: 0 });
    const infinite = anovaTest([
      [1, 2, Infinity],
      [1, 2],
    ]);
    expect(infinite).toMatchObject({ ...none, status: "infinite", between: null });
  });

  it("counts what is missing, and refuses too few groups and values, text and what is no summary", () => {
    const good = { count: 3, mean: 1, variance: 2 };
    const found = anovaTest([[1, 2, null], good, [Number.NaN, 4]]);
    expect(found.counts).toEqual([2, 3, 1]);
    expect(found.missing).toEqual([{ rows: 3, null: 1, nan: 0 }, null, { rows: 2, null: 0, nan: 1 }]);
    expect(() => anovaTest([[1, 2]])).toThrow("anovaTest: at least two groups are needed, got 1");
    expect(() => anovaTest([[1, 2], [null], [3]])).toThrow("anovaTest: each group needs at least one value, group 1");
    expect(() => anovaTest([[1], [2]])).toThrow(RangeError);
    expect(() => anovaTest([[1, 2], ["a"]])).toThrow(TypeError);
    expect(() => anovaTest(5 as never)).toThrow(TypeError);
    for (const bad of [{ count: 0 }, { count: 2.5 }, { mean: Number.NaN }, { variance: -1 }]) {
      expect(() => anovaTest([good, { ...good, ...bad }])).toThrow(RangeError);
    }
  });
});
