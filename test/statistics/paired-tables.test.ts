import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquare, gamma } from "../../dist/distributions/index.js";
import { prepare } from "../../dist/source/sides.js";
import { mcnemarTest } from "../../dist/statistics/mcnemar.js";
import { stuartMaxwellTest } from "../../dist/statistics/stuart-maxwell.js";
import { expectClose, oracle, type Written } from "./oracle.ts";

interface Case {
  readonly name: string;
  readonly table: readonly (readonly number[])[];
  readonly statistic: Written;
  readonly degreesOfFreedom: number;
  readonly changed: Written;
  readonly kappa: Written | null;
  readonly asymptotic: Written;
  readonly mean?: Written;
  readonly variance?: Written;
  readonly mcnemar?: Record<"exact" | "mid-p" | "corrected" | "asymptotic", Written>;
}

const { cases } = oracle<{ cases: Case[] }>("paired-tables");

/** Rows of both sides that make a table. */
function rowsOf(table: Case["table"]): [reference: string[], current: string[]] {
  const rows = table.flatMap((line, i) => line.flatMap((count, j) => Array.from({ length: count }, () => [i, j])));
  return [rows.map(([i]) => `c${i}`), rows.map(([, j]) => `c${j}`)];
}

describe("Stuart and Maxwell's test", () => {
  for (const { name, table, statistic, degreesOfFreedom, changed, kappa, asymptotic, variance } of cases) {
    it(`has the oracle's statistic, degrees of freedom and laws: ${name}`, () => {
      const [x, y] = rowsOf(table);
      const found = stuartMaxwellTest(x, y);
      expectClose(found.statistic, statistic, 1e-12);
      expect(found.degreesOfFreedom).toBe(degreesOfFreedom);
      expectClose(found.effect, changed, 1e-15);
      expectClose(found.kappa, kappa, 1e-13);
      expectClose(stuartMaxwellTest(x, y, { method: "asymptotic" }).pValue, asymptotic, 1e-11);
      if (variance !== undefined) {
        const [mean, spread] = [degreesOfFreedom, Number(variance)];
        const expected = spread > 0 ? gamma.sf(Number(statistic), (mean * mean) / spread, spread / mean) : 1;
        expectClose(found.pValue, expected, 1e-9);
      }
    });
  }

  it("is McNemar's with two categories, and does not depend on the order of rows and sides", () => {
    const table = fc.array(fc.nat(12), { minLength: 4, maxLength: 4 }).map((all) => [all.slice(0, 2), all.slice(2)]);
    fc.assert(
      fc.property(table, (counts) => {
        const [x, y] = rowsOf(counts);
        fc.pre(x.length > 0);
        const found = stuartMaxwellTest(x, y, { method: "asymptotic" });
        const mcnemar = mcnemarTest(x, y, { method: "asymptotic", continuity: false });
        expectClose(found.statistic, mcnemar.statistic, 1e-12);
        if (found.statistic > 0) expectClose(found.pValue, mcnemar.pValue, 1e-10);
        expect(found).toMatchObject({ effect: mcnemar.effect, kappa: mcnemar.kappa, n: mcnemar.n });
        expect(stuartMaxwellTest(y, x, { method: "asymptotic" }).statistic).toBeCloseTo(found.statistic, 10);
      }),
    );
  });

  it("tends to the chi-square law with many changes", () => {
    const [x, y] = rowsOf([
      [0, 400, 500],
      [450, 0, 410],
      [480, 430, 0],
    ]);
    const { statistic, pValue } = stuartMaxwellTest(x, y);
    expectClose(pValue, chiSquare.sf(statistic, 2), 0.01);
  });

  it("refuses too many categories", () => {
    const many = Array.from({ length: 1100 }, (_, k) => `${k}`);
    expect(() => stuartMaxwellTest(many, many)).toThrow(
      "stuartMaxwellTest: paired categories may be up to 1024 distinct ones, got more",
    );
    expect(() => stuartMaxwellTest(["a"], ["a"], { method: "best" as "matched" })).toThrow(RangeError);
    expect(() => stuartMaxwellTest([null], [null])).toThrow("at least one row with a value on both sides is needed");
  });
});

describe("McNemar's test", () => {
  for (const { name, table, mcnemar } of cases) {
    if (!mcnemar) continue;
    it(`has the oracle's laws: ${name}`, () => {
      const [x, y] = rowsOf(table);
      expectClose(mcnemarTest(x, y).pValue, mcnemar.exact, 1e-11);
      expectClose(mcnemarTest(x, y, { method: "mid-p" }).pValue, mcnemar["mid-p"], 1e-11);
      const normally = mcnemarTest(x, y, { method: "asymptotic" });
      expectClose(normally.statistic, mcnemar.corrected, 1e-13);
      expectClose(normally.pValue, mcnemar.asymptotic, 1e-11);
      expect(normally).toMatchObject({ changes: [table[0]![1], table[1]![0]], categories: ["c0", "c1"] });
    });
  }

  it("takes truth values and numbers, and leaves rows out in which a side is missing", () => {
    const found = mcnemarTest([true, false, null, true], [false, false, true, true]);
    expect(found).toMatchObject({
      categories: ["false", "true"],
      changes: [0, 1],
      n: 3,
      missing: { rows: 4, null: 1, nan: 0 },
    });
    expect(mcnemarTest([1, 2, Number.NaN], [2, 2, 1])).toMatchObject({ changes: [1, 0], missing: { null: 0, nan: 1 } });
    expect(mcnemarTest(["a"], ["a"])).toMatchObject({ pValue: 1, status: "constant", categories: ["a"], kappa: null });
  });

  it("refuses more categories, other lengths and kinds, and rows in another order", () => {
    expect(() => mcnemarTest(["a", "b"], ["c", "a"])).toThrow(
      "mcnemarTest: there may be two categories, got 3; stuartMaxwellTest compares more",
    );
    expect(() => mcnemarTest(["a"], ["a", "b"])).toThrow("paired rows need columns of equal length, got 1 and 2 rows");
    expect(() => mcnemarTest(["a"], [1])).toThrow(
      "both sides must hold the same kind of values, got categorical and numeric",
    );
    expect(() => mcnemarTest(prepare(["a"]), ["a"])).toThrow(TypeError);
    expect(() => mcnemarTest([new Date(0)], [new Date(0)])).toThrow("reference must hold categories, got Timestamp");
    expect(() => mcnemarTest(["a"], ["b"], { method: "best" as "exact" })).toThrow(RangeError);
  });
});
