import { type Alternative, kolmogorovTwoSample as law } from "smirnov/distributions";
import { describe, expect, test } from "vitest";
import { quotientOf, table } from "./reference.js";

const alternatives: Alternative[] = ["two-sided", "less", "greater"];
const off = (actual: number, expected: number) => (expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1));
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** Paths whose lead i m - j n stays below `gap`, and all, counted cell by cell. */
function pathsBelow(n: number, m: number, gap: number, alternative: Alternative): [inside: bigint, all: bigint] {
  const count = (isIn: (i: number, j: number) => boolean) => {
    const paths = Array.from({ length: n + 1 }, () => Array<bigint>(m + 1).fill(0n));
    for (let i = 0; i <= n; i++) {
      for (let j = 0; j <= m; j++) {
        const ways = i + j === 0 ? 1n : (paths[i - 1]?.[j] ?? 0n) + (paths[i]![j - 1] ?? 0n);
        paths[i]![j] = isIn(i, j) ? ways : 0n;
      }
    }
    return paths[n]![m]!;
  };
  const size = (lead: number) =>
    alternative === "two-sided" ? Math.abs(lead) : alternative === "greater" ? lead : -lead;
  return [count((i, j) => size(i * m - j * n) < gap), count(() => true)];
}

describe("kolmogorovTwoSample", () => {
  test("cdf and sf are shares of lattice paths, at every value of D", () => {
    for (const [n, m] of [
      [1, 1],
      [3, 4],
      [6, 4],
      [9, 9],
      [12, 20],
      [30, 7],
    ] as const) {
      const step = divisor(n, m);
      for (const alternative of alternatives) {
        for (let gap = 0; gap <= n * m; gap += step) {
          const [below, all] = pathsBelow(n, m, gap + step, alternative);
          const d = gap / (n * m);
          expect(
            off(law.cdf(d, n, m, alternative), quotientOf(below, all)),
            `cdf ${[d, n, m, alternative]}`,
          ).toBeLessThan(1e-14);
          expect(
            off(law.sf(d, n, m, alternative), quotientOf(all - below, all)),
            `sf ${[d, n, m, alternative]}`,
          ).toBeLessThan(1e-13);
        }
      }
    }
  });

  test("the lower tail keeps its digits far below 1", () => {
    for (const [n, m, gap] of [
      [90, 90, 90],
      [120, 80, 240],
      [101, 67, 150],
      [300, 299, 897],
    ] as const) {
      const [below, all] = pathsBelow(n, m, gap + divisor(n, m), "two-sided");
      const expected = quotientOf(below, all);
      expect(expected).toBeLessThan(1e-6);
      expect(off(law.cdf(gap / (n * m), n, m), expected), `${[n, m, gap]}`).toBeLessThan(1e-12);
    }
  });

  test("the upper tail is P(D >= the next value) of the exact path counts", () => {
    for (const [n, m, gap, alternative, ends, p] of table<
      [number, number, number, Alternative, number[] | null, number][]
    >("ks-exact").slice(0, 300)) {
      if (ends !== null) continue;
      const step = divisor(n, m);
      const before = (Math.ceil(gap / step) - 1) * step;
      expect(off(law.sf(before / (n * m), n, m, alternative), p), `${[n, m, gap, alternative]}`).toBeLessThan(1e-12);
    }
  });

  test("between two values and beyond the ends nothing changes", () => {
    expect([law.cdf(0.26, 3, 4), law.cdf(-0.1, 3, 4), law.cdf(1, 3, 4), law.cdf(2, 3, 4)]).toEqual([
      law.cdf(0.25, 3, 4),
      0,
      1,
      1,
    ]);
    expect([law.sf(0.26, 3, 4), law.sf(-0.1, 3, 4), law.sf(1, 3, 4)]).toEqual([law.sf(0.25, 3, 4), 1, 0]);
    expect([law.cdf(Number.NaN, 3, 4), law.sf(Number.NaN, 3, 4), law.quantile(Number.NaN, 3, 4)]).toEqual(
      Array(3).fill(Number.NaN),
    );
  });

  test("quantiles are the first value that reaches p, the upper ones the first that leaves at most p", () => {
    for (const [n, m] of [
      [3, 4],
      [9, 9],
      [40, 30],
      [61, 60],
      [200, 200],
    ] as const) {
      const step = divisor(n, m) / (n * m);
      for (const alternative of alternatives) {
        for (const p of [1e-9, 0.01, 0.2, 0.5, 0.9, 0.999, 1 - 1e-9]) {
          const d = law.quantile(p, n, m, alternative);
          expect(law.cdf(d, n, m, alternative)).toBeGreaterThanOrEqual(p);
          if (d > step / 2) expect(law.cdf(d - step / 2, n, m, alternative)).toBeLessThan(p);
          const u = law.upperQuantile(p, n, m, alternative);
          expect(law.sf(u, n, m, alternative)).toBeLessThanOrEqual(p);
          if (u > step / 2 && law.cdf(u - step / 2, n, m, alternative) > 0)
            expect(law.sf(u - step / 2, n, m, alternative)).toBeGreaterThan(p);
        }
      }
    }
  });

  test("quantiles at 0 and 1 are the ends", () => {
    expect([
      law.quantile(0, 3, 4),
      law.quantile(1, 3, 4),
      law.upperQuantile(0, 3, 4),
      law.upperQuantile(1, 3, 4),
    ]).toEqual([0.25, 1, 1, 0.25]);
    expect([law.quantile(0, 3, 4, "less"), law.upperQuantile(1, 7, 7)]).toEqual([0, 1 / 7]);
  });

  test("wrong sizes are named", () => {
    expect(() => law.cdf(0.5, 0, 4)).toThrow(
      new RangeError("kolmogorovTwoSample.cdf: n must be a positive integer, got 0"),
    );
    expect(() => law.quantile(1.5, 3, 4)).toThrow(
      "kolmogorovTwoSample.quantile: a probability lies in [0, 1], got 1.5",
    );
    expect(() => law.sf(0.5, 1e9, 1e9)).toThrow(
      "kolmogorovTwoSample.sf: n·m must stay below 2^53, got 1000000000 and 1000000000",
    );
  });
});
