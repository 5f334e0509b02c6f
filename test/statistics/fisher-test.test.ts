import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { fisherTest } from "../../dist/statistics/fisher-test.js";
import { expectClose, oracle } from "./oracle.js";

type Alternative = "two-sided" | "less" | "greater";

interface Case {
  readonly name: string;
  readonly reference: readonly [number, number];
  readonly current: readonly [number, number];
  readonly pValues: Readonly<Record<Alternative, number>>;
  readonly oddsRatio: number | null;
  readonly low: number;
  readonly high: number | null;
  readonly sampleOddsRatio: number | null;
}

interface CaseOfR {
  readonly name: string;
  readonly reference: readonly [number, number];
  readonly current: readonly [number, number];
  readonly alternative: Alternative;
  readonly fisher: number;
  readonly oddsRatio: number;
  readonly interval: readonly [low: number, high: number | "Infinity"];
}

const { cases } = oracle<{ cases: Case[] }>("fisher-test");
const { cases: casesOfR } = oracle<{ cases: CaseOfR[] }>("two-by-two-r");
const alternatives = ["two-sided", "less", "greater"] as const;
const first = { category: "0" };

/** All tables with the margins of one, by binomial coefficients. */
function naive(a: number, b: number, c: number, d: number): Record<Alternative, number> {
  const choose = (n: number, k: number): bigint => {
    let ways = 1n;
    for (let i = 1; i <= k; i++) ways = (ways * BigInt(n - k + i)) / BigInt(i);
    return ways;
  };
  const [n, m, k] = [a + b, c + d, a + c];
  const ways = (i: number) => choose(n, i) * choose(m, k - i);
  const found = { "two-sided": 0n, less: 0n, greater: 0n };
  let all = 0n;
  for (let i = Math.max(0, k - m); i <= Math.min(k, n); i++) {
    all += ways(i);
    if (i <= a) found.less += ways(i);
    if (i >= a) found.greater += ways(i);
    if (ways(i) <= ways(a)) found["two-sided"] += ways(i);
  }
  const share = (part: bigint) => Number((part * 10n ** 30n) / all) / 1e30;
  return { "two-sided": share(found["two-sided"]), less: share(found.less), greater: share(found.greater) };
}

/** R looks for the ratio, or its reciprocal where it is above 1, between 0 and 1 with a tolerance of eps^(1/4). */
function expectOdds(found: number | null, expected: number | "Infinity"): void {
  const small = (ratio: number) => (ratio > 1 ? 1 / ratio : ratio);
  const wanted = Number(expected);
  expect((found ?? Infinity) > 1).toBe(wanted > 1);
  expect(Math.abs(small(found ?? Infinity) - small(wanted))).toBeLessThanOrEqual(2 ** -13);
}

describe("fisherTest", () => {
  for (const one of cases) {
    it(`is exact, and SciPy's: ${one.name}`, () => {
      const [x, y] = [{ counts: one.reference }, { counts: one.current }];
      for (const alternative of alternatives) {
        const found = fisherTest(x, y, { ...first, alternative });
        expectClose(found.pValue, one.pValues[alternative], 1e-10, alternative);
        if (one.oddsRatio === 0) expect(found.oddsRatio).toBe(0);
        else expectClose(found.oddsRatio, one.oddsRatio, 1e-9, "odds ratio");
        expectClose(found.sampleOddsRatio, one.sampleOddsRatio, 1e-14, "sample odds ratio");
      }
      const { interval } = fisherTest(x, y, first);
      if (one.low === 0) expect(interval[0]).toBe(0);
      else expectClose(interval[0], one.low, 1e-9, "low");
      expectClose(interval[1], one.high, 1e-9, "high");
    });
  }

  for (const { name, alternative, reference, current, ...one } of casesOfR) {
    it(`is R's fisher.test: ${name}, ${alternative}`, () => {
      const found = fisherTest({ counts: reference }, { counts: current }, { ...first, alternative });
      expectClose(found.pValue, one.fisher, 1e-7);
      expectOdds(found.oddsRatio, one.oddsRatio);
      expectOdds(found.interval[0], one.interval[0]);
      expectOdds(found.interval[1], one.interval[1]);
    });
  }

  const cell = fc.integer({ min: 0, max: 30 });

  it("is the sum over all tables with the same margins", () => {
    fc.assert(
      fc.property(cell, cell, cell, cell, (a, b, c, d) => {
        fc.pre(a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0);
        const expected = naive(a, b, c, d);
        for (const alternative of alternatives) {
          const found = fisherTest({ counts: [a, b] }, { counts: [c, d] }, { ...first, alternative });
          expectClose(found.pValue, expected[alternative], 1e-12, alternative);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("turns round when sides or categories are swapped", () => {
    const cell = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(cell, cell, cell, cell, (a, b, c, d) => {
        const found = fisherTest({ counts: [a, b] }, { counts: [c, d] }, { ...first, alternative: "greater" });
        for (const swapped of [
          fisherTest({ counts: [c, d] }, { counts: [a, b] }, { ...first, alternative: "less" }),
          fisherTest({ counts: [b, a] }, { counts: [d, c] }, { ...first, alternative: "less" }),
        ]) {
          expect(Math.abs(swapped.pValue - found.pValue)).toBeLessThanOrEqual(1e-11 * found.pValue);
          expectClose(swapped.oddsRatio, 1 / found.oddsRatio!, 1e-8);
          expectClose(swapped.interval[1], 1 / found.interval[0], 1e-8);
          expect(swapped.effect).toBeCloseTo(-found.effect, 12);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("has digits down to 1e-300, and 0 beyond what doubles hold", () => {
    // 1 / C(1000, 500), by Python's integers.
    const { pValue } = fisherTest({ counts: [500, 0] }, { counts: [0, 500] }, { ...first, alternative: "greater" });
    expectClose(pValue, 3.699_753_997_814_027e-300, 1e-12);
    expect(fisherTest({ counts: [1e9, 0] }, { counts: [0, 1e9] }).pValue).toBe(0);
    expectClose(fisherTest({ counts: [1e9, 1e9] }, { counts: [1e9, 1e9] }).pValue, 1, 1e-15);
  });

  it("counts the category that is last by name of two, or a given one of more", () => {
    const [x, y] = [
      [true, true, false, null, true],
      [false, false, true],
    ];
    const found = fisherTest(x, y);
    expect(found).toMatchObject({ category: "true", shares: { reference: 0.75, current: 1 / 3 }, n: 4, m: 3 });
    expect(found.missing.reference).toEqual({ rows: 5, null: 1, nan: 0 });
    expect(fisherTest(prepare(x as never), y)).toEqual(found);
    expect(fisherTest([9, 9, 10], [10, 9])).toMatchObject({ category: "10" });
    const three = [
      ["a", "b", "c", "a"],
      ["b", "c", "c"],
    ] as const;
    expect(() => fisherTest(...three)).toThrow("fisherTest: there are 3 categories, so it needs to know which one");
    expect(fisherTest(...three, { category: "a" })).toMatchObject({ shares: { reference: 0.5, current: 0 } });
    expect(fisherTest(...three, { category: "d" })).toMatchObject({ status: "constant", pValue: 1 });
  });

  it("has a status for one category, and results that survive JSON", () => {
    const constant = fisherTest(["a", "a"], ["a"]);
    expect(constant).toMatchObject({ pValue: 1, oddsRatio: null, interval: [0, null], effect: 0, status: "constant" });
    for (const result of [constant, fisherTest(["a", "a"], ["b"])]) {
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    }
  });

  it("refuses options out of range and sides without values", () => {
    const refused = (options: unknown) => () => fisherTest(["a"], ["b"], options as never);
    expect(refused({ alternative: "both" })).toThrow("fisherTest: alternative must be two-sided, less or greater");
    expect(refused({ category: 1 })).toThrow("fisherTest: category must be the name of one, got 1");
    expect(refused({ confidence: 1 })).toThrow(RangeError);
    expect(refused({ exact: true })).toThrow("there is no option");
    expect(() => fisherTest([null], ["a"])).toThrow("fisherTest: each side needs at least one value, got 0 and 1");
  });
});
