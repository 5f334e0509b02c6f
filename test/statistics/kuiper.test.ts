import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { ksTest } from "../../dist/statistics/ks-test.js";
import { kuiperTest } from "../../dist/statistics/kuiper.js";
import { ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames, twoSamples } from "./samples.ts";

interface Case {
  name: string;
  reference: WrittenSample;
  current: WrittenSample;
  statistic: number;
  above: Written | null;
  below: Written | null;
  pValue: Written;
}

const { cases } = oracle<{ cases: Case[] }>("kuiper");

describe("the Kuiper test", () => {
  for (const { name, reference, current, statistic, above, below, pValue } of cases) {
    it(`finds both distances, where they are, and the p-value: ${name}`, () => {
      const [x, y] = [sampleOf(reference), sampleOf(current)];
      for (const side of [x, prepare(x)]) {
        const found = kuiperTest(side, y);
        expect(found).toMatchObject({ statistic, above, below, n: x.length, m: y.length });
        // Far out, rounding V by 2^-53 changes p by as much times -ln p.
        expectClose(found.pValue, pValue, 1e-14 * (1 - Math.log(Number(pValue) || 1)));
      }
    });
  }

  it("adds the two one-sided Kolmogorov-Smirnov distances, on samples of every shape", () => {
    const check = (x: Float64Array, y: Float64Array) => {
      const up = ksTest(x, y, { alternative: "greater" });
      const down = ksTest(x, y, { alternative: "less" });
      const found = kuiperTest(x, y);
      expect(found.statistic).toBeCloseTo(up.statistic + down.statistic, 15);
      expect(found).toMatchObject({ above: up.location, below: down.location });
      expect(found.pValue).toBeGreaterThanOrEqual(0);
      expect(found.pValue).toBeLessThanOrEqual(1);
    };
    fc.assert(
      fc.property(twoSamples, ([x, y]) => {
        fc.pre(ordered(x).length > 0 && ordered(y).length > 0);
        check(x, y);
      }),
      { numRuns: 150 },
    );
    for (const shape of shapeNames) check(sample(shape, 20_000, 1), sample(shape, 300, 2));
  });

  it("is 0 with p = 1 for identical samples, and the same in both directions", () => {
    for (const length of [30, 9000]) {
      const [x, y] = [sample("normal", length, 1), sample("normal", 200, 2)];
      expect(kuiperTest(x, x)).toMatchObject({ statistic: 0, pValue: 1, above: null, below: null });
      const there = kuiperTest(x, y);
      const back = kuiperTest(y, x);
      expect(back).toMatchObject({ statistic: there.statistic, above: there.below, below: there.above });
      expectClose(back.pValue, there.pValue, 1e-14);
    }
  });

  it("does not depend on where counting on a circle begins", () => {
    const x = sample("normal", 9000, 1).map((value) => ((value % 1) + 1) % 1);
    const y = sample("normal", 500, 2).map((value) => ((value % 1) + 1.1) % 1);
    const { statistic } = kuiperTest(x, y);
    for (const start of [0.25, 0.5, 0.75]) {
      const turned = (values: Float64Array) => values.map((value) => (value < start ? value + 1 : value));
      expect(kuiperTest(turned(x), turned(y)).statistic).toBeCloseTo(statistic, 14);
    }
  });

  it("counts what is missing, and refuses sides without values", () => {
    const { missing } = kuiperTest([1, null], [2, Number.NaN, 3]);
    expect(missing).toEqual({ reference: { rows: 2, null: 1, nan: 0 }, current: { rows: 3, null: 0, nan: 1 } });
    expect(() => kuiperTest([], [1])).toThrow("kuiperTest: each side needs at least one value, got 0 and 1");
    expect(() => kuiperTest(["a"], [1])).toThrow(TypeError);
  });
});
