import fc from "fast-check";
import { mannWhitneyExact, normal } from "smirnov/distributions";
import { describe, expect, test } from "vitest";
import { mannWhitneyTied } from "../../dist/distributions/mann-whitney-ties.js";
import { table } from "./reference.js";

type Row = [n: number, m: number, u: number, p: number, normalLaw: number];

const rows = table<Row[]>("mann-whitney");

describe("the law of U without ties", () => {
  test("is the share of orders, counted or integrated, in all tails", () => {
    for (const [n, m, u, p] of rows) {
      const where = `${n}, ${m}, ${u}`;
      expect(Math.abs(mannWhitneyExact(n, m, u) / p - 1), where).toBeLessThan(1e-11);
      expect(mannWhitneyExact(m, n, u), where).toBe(mannWhitneyExact(n, m, u));
    }
  });

  test("is needed: the normal law is off by powers of ten where one side is small", () => {
    const off = rows.filter(([, , , p, normalLaw]) => normalLaw > 10 * p);
    expect(off.length).toBeGreaterThan(20);
    expect(Math.min(...off.map(([n, m]) => Math.min(n, m)))).toBeLessThan(11);
  });

  test("falls in u, from 1 to one order, and has its tails add up to 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), fc.nat(), (n, m, any) => {
        const u = any % (n * m);
        const p = mannWhitneyExact(n, m, u);
        const next = mannWhitneyExact(n, m, u + 1);
        // Near 1 there are no doubles in between.
        if (2 * u > n * m) expect(next).toBeLessThan(p);
        else expect(next).toBeLessThanOrEqual(p * (1 + 1e-12));
        expect(p + mannWhitneyExact(n, m, n * m - u + 1)).toBeCloseTo(1, 12);
        expect(mannWhitneyExact(n, m, 0)).toBe(1);
        expect(mannWhitneyExact(n, m, n * m + 1)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test("of one value against many is uniform, and of a million against a million takes no time", () => {
    for (const u of [1, 5000, 99_999]) expect(mannWhitneyExact(1, 99_999, u)).toBeCloseTo((100_000 - u) / 100_000, 12);
    // The normal law is as good as exact there.
    const deviation = Math.sqrt((1e12 * 2_000_001) / 12);
    for (const z of [0, 1, 2, 3]) {
      const u = 5e11 + Math.round(z * deviation);
      expect(mannWhitneyExact(1e6, 1e6, u) / normal.sf((u - 5e11 - 0.5) / deviation)).toBeCloseTo(1, 4);
    }
  });

  test("refuses sizes and values that are none", () => {
    expect(() => mannWhitneyExact(0, 1, 0)).toThrow("mannWhitneyExact: n must be a positive integer, got 0");
    expect(() => mannWhitneyExact(2, 1.5, 0)).toThrow(RangeError);
    expect(() => mannWhitneyExact(2, 2, 0.5)).toThrow("mannWhitneyExact: u must be an integer, got 0.5");
    expect(mannWhitneyExact(2, 2, Number.NaN)).toBeNaN();
  });
});

/** All ways to deal: the share with twice U of at least `pairs`. */
function naive(n: number, pairs: number, runs: readonly number[]): number {
  const values = runs.flatMap((run, k) => Array<number>(run).fill(k));
  let reached = 0;
  let ways = 0;
  for (let chosen = 0; chosen < 2 ** values.length; chosen++) {
    const [x, y]: [number[], number[]] = [[], []];
    for (const [k, value] of values.entries()) (chosen & (1 << k) ? x : y).push(value);
    if (x.length !== n) continue;
    ways++;
    let twice = 0;
    for (const a of x) for (const b of y) twice += a > b ? 2 : a === b ? 1 : 0;
    if (twice >= pairs) reached++;
  }
  return reached / ways;
}

describe("the law of U given the ties", () => {
  test("is the share of all ways to deal", () => {
    const runs = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(runs, fc.nat(), fc.nat(), (lengths, one, other) => {
        const all = lengths.reduce((sum, run) => sum + run, 0);
        fc.pre(all >= 2 && all <= 12);
        const n = 1 + (one % (all - 1));
        const pairs = other % (2 * n * (all - n) + 1);
        let end = 0;
        const ends = Uint32Array.from(lengths, (run) => (end += run));
        const found = mannWhitneyTied(n, all - n, pairs, ends).upperTail();
        expect(found).toBeCloseTo(naive(n, pairs, lengths), 13);
      }),
      { numRuns: 80 },
    );
  });

  test("without ties is that without ties", () => {
    for (const [n, m] of [
      [3, 9],
      [40, 25],
      [12, 300],
    ] as const) {
      const ends = Uint32Array.from({ length: n + m }, (_, k) => k + 1);
      for (const share of [0, 0.1, 0.4, 0.5, 0.7, 0.95, 1]) {
        const u = Math.round(share * n * m);
        const found = mannWhitneyTied(n, m, 2 * u, ends).upperTail();
        expect(Math.abs(found / mannWhitneyExact(n, m, u) - 1)).toBeLessThan(1e-12);
      }
    }
  });
});
