import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normal } from "../../dist/distributions/index.js";
import { prepare } from "../../dist/source/sides.js";
import { chiSquareTest } from "../../dist/statistics/chi-square.js";
import { proportionTest } from "../../dist/statistics/proportion-test.js";
import { expectClose, oracle } from "./oracle.js";

type Alternative = "two-sided" | "less" | "greater";
type Ends = readonly [number, number];

interface Case {
  readonly name: string;
  readonly reference: Ends;
  readonly current: Ends;
  readonly statistic: number | null;
  readonly pValues: Readonly<Record<Alternative, number>> | null;
  readonly interval: Ends;
  readonly "interval at 80 %": Ends;
  readonly effect: number;
  readonly published: Ends | null;
}

const { cases } = oracle<{ cases: Case[] }>("proportion-test");
const { cases: casesOfR } = oracle<{
  cases: {
    readonly name: string;
    readonly reference: Ends;
    readonly current: Ends;
    readonly alternative: Alternative;
    readonly proportion: number;
    readonly squared: number;
  }[];
}>("two-by-two-r");
const first = { category: "0" };

/** Ends near 0 and 1 have the digits of 1. */
const expectEnds = (found: Ends, expected: Ends, tolerance: number) => {
  for (const k of [0, 1] as const) expect(Math.abs(found[k] - expected[k])).toBeLessThanOrEqual(tolerance);
};

describe("proportionTest", () => {
  for (const one of cases) {
    it(`is the formulas, and Newcombe's examples: ${one.name}`, () => {
      const [x, y] = [{ counts: one.reference }, { counts: one.current }];
      for (const alternative of ["two-sided", "less", "greater"] as const) {
        const found = proportionTest(x, y, { ...first, alternative });
        expectClose(found.statistic, one.statistic, 1e-13, "z");
        // A tail's relative error is z² times that of z.
        expectClose(found.pValue, one.pValues ? one.pValues[alternative] : 1, 1e-11, alternative);
        if (one.effect === 0) expect(found.effect).toBe(0);
        else expectClose(found.effect, one.effect, 1e-13, "h");
      }
      const { interval } = proportionTest(x, y, first);
      expectEnds(interval, one.interval, 1e-14);
      if (one.published) expectEnds(interval, one.published, 6e-5);
      const lower = proportionTest(x, y, { ...first, confidence: 0.8 }).interval;
      expectEnds(lower, one["interval at 80 %"], 1e-14);
      // One-sided bounds at 90 % are the ends at 80 %.
      const bound = (alternative: Alternative, confidence: number) =>
        proportionTest(x, y, { ...first, alternative, confidence }).interval;
      expectEnds(bound("greater", 0.9), [lower[0], 1], 1e-14);
      expectEnds(bound("less", 0.9), [-1, lower[1]], 1e-14);
      expectEnds(bound("greater", 0.1), [lower[1], 1], 1e-14);
    });
  }

  for (const { name, alternative, reference, current, proportion, squared } of casesOfR) {
    it(`is R's prop.test: ${name}, ${alternative}`, () => {
      const found = proportionTest({ counts: reference }, { counts: current }, { ...first, alternative });
      expectClose(found.pValue, proportion, 1e-11);
      expectClose(found.statistic! ** 2, squared, 1e-12);
    });
  }

  it("has a p-value for nine standard errors and for thirty", () => {
    for (const z of [9, 30, 37]) {
      // Shares of 1/2 + e and 1/2 - e of n rows have z = e sqrt(8 n).
      const n = 2e12;
      const e = Math.round((z / Math.sqrt(8 * n)) * n);
      const { statistic, pValue } = proportionTest(
        { counts: [n / 2 + e, n / 2 - e] },
        { counts: [n / 2 - e, n / 2 + e] },
      );
      expectClose(Math.abs(statistic!), z, 1e-6);
      expectClose(pValue, 2 * normal.sf(Math.abs(statistic!)), 1e-14);
      expect(pValue).toBeGreaterThan(0);
    }
  });

  const counted = fc.integer({ min: 1, max: 2_000_000 });

  it("squared is X², and turns round when sides or categories are swapped", () => {
    fc.assert(
      fc.property(counted, counted, counted, counted, (a, b, c, d) => {
        const [x, y] = [{ counts: [a, b] }, { counts: [c, d] }];
        const found = proportionTest(x, y, first);
        const near = (value: number, expected: number) =>
          expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-11 * Math.abs(expected));
        const table = chiSquareTest(x, y);
        near(found.statistic! ** 2, table.statistic);
        near(Math.abs(found.effect), table.cohensH!);
        for (const swapped of [proportionTest(y, x, first), proportionTest(x, y, { category: "1" })]) {
          near(swapped.statistic!, -found.statistic!);
          near(swapped.pValue, found.pValue);
          expectEnds(swapped.interval, [-found.interval[1], -found.interval[0]], 1e-14);
        }
        expect(found.interval[0]).toBeLessThanOrEqual(found.difference);
        expect(found.interval[1]).toBeGreaterThanOrEqual(found.difference);
      }),
    );
  });

  it("takes columns, prepared ones and counts, and names what it counted", () => {
    const [x, y] = [
      ["yes", "no", "yes", null, "yes"],
      ["no", "no", "yes"],
    ];
    const found = proportionTest(x, y);
    expect(found).toMatchObject({ category: "yes", shares: { reference: 0.75, current: 1 / 3 }, n: 4, m: 3 });
    expect(proportionTest(prepare(x), y)).toEqual(found);
    const { missing, ...rest } = found;
    expect(missing.reference.null).toBe(1);
    expect(proportionTest({ counts: { no: 1, yes: 3 } }, { counts: { yes: 1, no: 2 } })).toMatchObject(rest);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    const three = [
      ["a", "b", "c", "a"],
      ["b", "c", "c"],
    ] as const;
    expect(() => proportionTest(...three)).toThrow("proportionTest: there are 3 categories, so it needs to know which");
    expect(proportionTest(...three, { category: "a" })).toMatchObject({ difference: 0.5 });
  });

  it("has a status for one category", () => {
    const found = proportionTest(["a", "a"], ["a"]);
    expect(found).toMatchObject({ statistic: null, pValue: 1, difference: 0, effect: 0, status: "constant" });
  });

  it("refuses options out of range and sides without values", () => {
    const refused = (options: unknown) => () => proportionTest(["a"], ["b"], options as never);
    expect(refused({ alternative: 1 })).toThrow(TypeError);
    expect(refused({ category: 1 })).toThrow(TypeError);
    expect(refused({ confidence: 0 })).toThrow("proportionTest: confidence must lie between 0 and 1, got 0");
    expect(refused({ pooled: true })).toThrow("there is no option");
    expect(() => proportionTest([], ["a"])).toThrow("proportionTest: each side needs at least one value, got 0 and 1");
  });
});
