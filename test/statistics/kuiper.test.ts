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
  asymptotic: Written;
  /** Given the ties, and without them; of small samples only. */
  exact?: Written;
  untied?: Written;
}

const { cases } = oracle<{ cases: Case[] }>("kuiper");

/** V by counting at every value. */
function naive(x: readonly number[], y: readonly number[]): number {
  const gaps = [...x, ...y].map(
    (value) => x.filter((v) => v <= value).length / x.length - y.filter((v) => v <= value).length / y.length,
  );
  return Math.max(0, ...gaps) - Math.min(0, ...gaps);
}

describe("the Kuiper test", () => {
  for (const { name, reference, current, ...expected } of cases) {
    it(`finds both distances, where they are, and the p-values: ${name}`, () => {
      const [x, y] = [sampleOf(reference), sampleOf(current)];
      const { statistic, above, below, asymptotic, exact, untied } = expected;
      for (const side of [x, prepare(x)]) {
        const found = kuiperTest(side, y);
        expect(found).toMatchObject({ statistic, above, below, n: x.length, m: y.length });
        const series = kuiperTest(side, y, { method: "asymptotic" });
        // Far out, rounding V by 2^-53 changes p by as much times -ln p.
        expectClose(series.pValue, asymptotic, 1e-14 * (1 - Math.log(Number(asymptotic) || 1)));
        if (statistic > 0) expect(series).toMatchObject({ method: "asymptotic", ties: "ignored" });
        if (exact === undefined) continue;
        expect(found.method).toBe("exact");
        expectClose(found.pValue, exact, 1e-12, "exact");
        expectClose(kuiperTest(side, y, { ties: "ignore" }).pValue, untied!, 1e-12, "untied");
      }
    });
  }

  it("has the share of all orders of the pooled values as its p-value, whatever the ties", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 7 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 }),
        (x, y) => {
          const { statistic, pValue } = kuiperTest(x, y);
          const pooled = [...x, ...y];
          let orders = 0;
          let asLarge = 0;
          for (let chosen = 0; chosen < 1 << pooled.length; chosen++) {
            const isFirst = (k: number) => ((chosen >> k) & 1) === 1;
            const first = pooled.filter((_, k) => isFirst(k));
            if (first.length !== x.length) continue;
            orders++;
            const second = pooled.filter((_, k) => !isFirst(k));
            if (naive(first, second) > statistic - 1e-9) asLarge++;
          }
          expectClose(pValue, asLarge / orders, 1e-12);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("names the law that it took: exact while it costs little, with ties while their blocks are few", () => {
    const laws = (x: Float64Array, y: Float64Array) => {
      const { method, ties } = kuiperTest(x, y);
      return `${method}, ${ties}`;
    };
    expect(laws(sample("normal", 200, 1), sample("normal", 100, 2))).toBe("exact, none");
    expect(laws(sample("normal", 2200, 1), sample("normal", 2200, 2))).toBe("exact, none");
    expect(laws(sample("ten integers", 900, 1), sample("ten integers", 900, 2))).toBe("exact, conditional");
    expect(laws(sample("one decimal", 900, 1), sample("one decimal", 900, 2))).toBe("continuous, ignored");
    expect(laws(sample("normal", 2300, 1), sample("normal", 2300, 2))).toBe("asymptotic, ignored");
    expect(laws(sample("normal", 20_000, 1), sample("normal", 200, 2))).toBe("exact, none");
    const [x, y] = [sample("one decimal", 400, 1), sample("one decimal", 400, 2)];
    const exact = kuiperTest(x, y, { method: "exact" });
    expect(exact).toMatchObject({ method: "exact", ties: "conditional" });
    // Ties make V smaller, so that without them the same V is less unlikely.
    expect(exact.pValue).toBeLessThan(kuiperTest(x, y, { ties: "ignore" }).pValue);
    const long = sample("normal", 200_000, 1);
    expect(() =>
      kuiperTest(
        long,
        long.map((value) => value + 1),
        { method: "exact" },
      ),
    ).toThrow("kuiperTest: an exact");
    expect(() => kuiperTest([1], [2], { method: "series" as "exact" })).toThrow(RangeError);
    expect(() => kuiperTest([1], [2], { ties: "no" as "ignore" })).toThrow(RangeError);
  });

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
