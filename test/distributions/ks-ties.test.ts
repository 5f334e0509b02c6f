import fc from "fast-check";
import { ksTest } from "smirnov";
import { type Alternative, ksAsymptotic, ksExact } from "smirnov/distributions";
import { describe, expect, test } from "vitest";
import { table } from "./reference.js";

interface OfR {
  tolerance: number;
  laws: [n: number, m: number, gap: number, alternative: Alternative, ends: number[], p: number][];
  tests: ({ name: string; x: number[]; y: number[] } & Record<Alternative, number>)[];
}

const alternatives = ["two-sided", "less", "greater"] as const;
const off = (actual: number, expected: number) => (expected === 0 ? actual : Math.abs(actual / expected - 1));

/** The recurrence over the whole lattice, cell by cell. */
function naive(n: number, m: number, gap: number, ends: readonly number[] | null, alternative: Alternative): number {
  const counts = ends && new Set(ends);
  let before: number[] = [];
  for (let j = 0; j <= m; j++) {
    const row: number[] = [];
    for (let i = 0; i <= n; i++) {
      const apart = i * m - j * n;
      const over = alternative === "two-sided" ? Math.abs(apart) : alternative === "greater" ? apart : -apart;
      const k = i + j;
      const reached = over >= gap && (counts === null || counts.has(k));
      row.push(reached ? 1 : k === 0 ? 0 : ((i > 0 ? i * row[i - 1]! : 0) + (j > 0 ? j * before[i]! : 0)) / k);
    }
    before = row;
  }
  return before[n]!;
}

/** Block ends up to n + m from sizes that are repeated. */
function endsFrom(sizes: readonly number[], total: number): number[] {
  const ends: number[] = [];
  for (let k = 0; (ends.at(-1) ?? 0) < total; k++) {
    ends.push(Math.min(total, (ends.at(-1) ?? 0) + sizes[k % sizes.length]!));
  }
  return ends;
}

/** Short blocks, and long ones that are taken at once. */
const sizesOfBlocks = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 3 }) },
    { weight: 2, arbitrary: fc.integer({ min: 4, max: 40 }) },
    { weight: 1, arbitrary: fc.integer({ min: 50, max: 400 }) },
  ),
  { minLength: 1, maxLength: 20 },
);

const size = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 300 }));
const chosen = fc.constantFrom<Alternative>(...alternatives);

describe("ksExact", () => {
  const { tolerance, laws, tests } = table<OfR>("ks-ties");

  test("conditional on ties is R's psmirnov", () => {
    expect(laws.length).toBeGreaterThan(300);
    for (const [n, m, gap, alternative, ends, p] of laws) {
      const actual = ksExact(n, m, gap, Uint32Array.from(ends), alternative);
      expect(Math.abs(actual - p), JSON.stringify([n, m, gap, alternative, p])).toBeLessThan(tolerance);
    }
  });

  test.each(tests)("gives ksTest R's ks.test: $name", ({ x, y, ...p }) => {
    for (const alternative of alternatives) {
      const found = ksTest(x, y, { alternative });
      expect(Math.abs(found.pValue - p[alternative]), alternative).toBeLessThan(tolerance);
    }
  });

  test("is the naive recurrence, with and without ties, in all tails", () => {
    fc.assert(
      fc.property(
        size,
        size,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.option(sizesOfBlocks),
        chosen,
        (n, m, d, sizes, side) => {
          // half of them where p is not tiny
          const gap = Math.max(
            1,
            Math.round(n * m * (d < 0.5 ? 2 * d : Math.min(1, (6 * (d - 0.5)) / Math.sqrt((n * m) / (n + m))))),
          );
          const ends = sizes && endsFrom(sizes, n + m);
          const expected = naive(n, m, gap, ends, side);
          fc.pre(expected > 1e-280 || expected === 0);
          expect(off(ksExact(n, m, gap, ends && Uint32Array.from(ends), side), expected)).toBeLessThan(1e-12);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("a wide block at any place among single values is the naive recurrence", () => {
    for (const [n, m] of [
      [300, 280],
      [400, 60],
      [35, 500],
    ] as const) {
      for (const before of [0, 0.1, 0.5, 0.8]) {
        const wide = Math.floor(0.15 * (n + m)) + 30;
        const first = Math.floor(before * (n + m));
        const ends = Array.from({ length: n + m }, (_, k) => k + 1).filter(
          (k) => k <= first || k >= first + wide || k === n + m,
        );
        for (const z of [0.4, 1, 2, 4, 7]) {
          const gap = Math.min(n * m, Math.round(z * Math.sqrt(n + m) * Math.sqrt(n * m)));
          for (const side of alternatives) {
            const expected = naive(n, m, gap, ends, side);
            const actual = ksExact(n, m, gap, Uint32Array.from(ends), side);
            expect(off(actual, expected), `${n} ${m} ${before} ${z} ${side}`).toBeLessThan(1e-12);
          }
        }
      }
    }
  });

  test("one side is at most both sides, and both at most the sum of each", () => {
    fc.assert(
      fc.property(size, size, fc.double({ min: 0, max: 1, noNaN: true }), sizesOfBlocks, (n, m, d, sizes) => {
        const ends = Uint32Array.from(endsFrom(sizes, n + m));
        const gap = Math.max(1, Math.ceil(d * n * m));
        const [both, less, greater] = alternatives.map((side) => ksExact(n, m, gap, ends, side)) as [
          number,
          number,
          number,
        ];
        expect(Math.max(less, greater)).toBeLessThanOrEqual(both * (1 + 1e-12));
        expect(both).toBeLessThanOrEqual((less + greater) * (1 + 1e-12));
        expect(both).toBeLessThanOrEqual(1);
        const backwards = Uint32Array.from(
          [...ends.slice(0, -1)]
            .reverse()
            .map((end) => n + m - end)
            .concat(n + m),
        );
        expect(off(ksExact(n, m, gap, backwards, "less"), greater)).toBeLessThan(1e-12);
      }),
      { numRuns: 200 },
    );
  });
});

describe("ksAsymptotic under ties", () => {
  const patterns: [name: string, sizes: (total: number) => number[], within: number][] = [
    ["10 equal blocks", (total) => [total / 10], 0.001],
    ["100 equal blocks", (total) => [total / 100], 0.003],
    ["halves", (total) => Array.from({ length: 10 }, (_, k) => Math.ceil(total / 2 ** (k + 1))), 0.002],
    ["80 % zeros, then single values", (total) => [0.8 * total, ...Array<number>(total).fill(1)], 0.04],
    ["pairs", () => [2], 0.003],
  ];
  const at = [0.7, 1.36, 2.2];

  test.each(patterns)("is near the exact law: %s", (_, sizes, within) => {
    for (const [n, m] of [
      [4000, 4000],
      [6000, 2000],
    ] as const) {
      const ends = Uint32Array.from(endsFrom(sizes(n + m), n + m));
      for (const z of at) {
        // an even multiple of the step, which pairs can attain
        const step = n === m ? 2 * n : 2000;
        const gap = Math.round((z * Math.sqrt(n + m) * Math.sqrt(n * m)) / step) * step;
        for (const side of alternatives) {
          const p = ksAsymptotic(n, m, gap, side, ends);
          expect(off(p, ksExact(n, m, gap, ends, side)), `${n}, ${m}, ${z}, ${side}`).toBeLessThan(within);
        }
      }
    }
  });

  test("falls as the gap grows, and lies in [0, 1]", () => {
    const ends = Uint32Array.from([1000, 1001, 1002, 5000, 5500, 5600, 20_000]);
    for (const side of alternatives) {
      let last = 1;
      for (let z = 0; z < 6; z += 0.25) {
        const p = ksAsymptotic(12_000, 8000, Math.round(z * Math.sqrt(20_000) * Math.sqrt(9.6e7)), side, ends);
        expect(p).toBeLessThanOrEqual(last);
        expect(p).toBeGreaterThanOrEqual(0);
        last = p;
      }
      expect(last).toBeLessThan(1e-20);
    }
  });

  test("is a number for gaps that never occur", () => {
    const ends = Uint32Array.from({ length: 2000 }, (_, k) => 100 * (k + 1));
    for (const gap of [2e8, 1e9, 4e9, 1e10]) {
      const p = ksAsymptotic(100_000, 100_000, gap, "two-sided", ends);
      expect(p).toBeLessThanOrEqual(ksAsymptotic(100_000, 100_000, gap));
      expect(p).toBeGreaterThanOrEqual(0);
    }
  });

  test("needs ends that rise to n + m", () => {
    expect(() => ksAsymptotic(3, 4, 1, "two-sided", Uint32Array.of(3))).toThrow(
      "ksAsymptotic: tieEnds must end at n + m = 7, got 3",
    );
  });
});
