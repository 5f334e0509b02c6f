import { type Alternative, ksAsymptotic, ksExact } from "smirnov/distributions";
import { describe, expect, test } from "vitest";

const off = (actual: number, expected: number) => Math.abs(actual / expected - 1);
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** Attainable gaps near a level: the phase of the gap among the lattice's places matters. */
function gapsNear(n: number, m: number, p: number, sides: number): number[] {
  const step = divisor(n, m);
  const middle = Math.sqrt(Math.log(sides / p) / 2) * Math.sqrt(n + m) * Math.sqrt(n * m);
  return [0, 0.23, 0.51, 0.77].map((phase) => Math.round((middle + phase * (n + m)) / step) * step);
}

const levels = [0.5, 0.1, 0.01, 1e-3, 1e-6, 1e-12];

/** Largest relative errors at each level, in percent, with a margin of a third. */
const families: [name: string, sizes: [number, number][], percent: number[]][] = [
  [
    "equal sizes",
    [
      [30, 30],
      [1000, 1000],
    ],
    [1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4],
  ],
  [
    "1 000 against 999 and 995",
    [
      [1000, 999],
      [1000, 995],
    ],
    [0.1, 0.1, 0.2, 0.35, 0.7, 1],
  ],
  ["4 001 against 4 000", [[4001, 4000]], [0.05, 0.03, 0.06, 0.06, 0.2, 0.4]],
  [
    "near 1 : 2 and 2 : 3",
    [
      [1000, 501],
      [1000, 667],
    ],
    [0.06, 0.06, 0.16, 0.35, 1.3, 4],
  ],
  ["the golden ratio", [[1000, 618]], [0.003, 0.003, 0.007, 0.015, 0.05, 0.15]],
  [
    "100 against 61 and 99",
    [
      [100, 61],
      [100, 99],
    ],
    [0.5, 1, 1.8, 4, 8, 18],
  ],
  [
    "unbalanced",
    [
      [20_000, 51],
      [20_000, 999],
      [5000, 499],
    ],
    [0.01, 0.006, 0.01, 0.015, 0.03, 0.1],
  ],
];

describe("ksAsymptotic", () => {
  test.each(families)("is near the exact law: %s", (_, sizes, percent) => {
    for (const [n, m] of sizes) {
      for (const [alternative, sides] of [
        ["two-sided", 2],
        ["less", 1],
      ] as const) {
        levels.forEach((p, k) => {
          for (const gap of gapsNear(n, m, p, sides)) {
            if (gap > n * m) continue;
            const error = 100 * off(ksAsymptotic(n, m, gap, alternative), ksExact(n, m, gap, null, alternative));
            expect(error, `${n}, ${m}, ${gap}, ${alternative} near ${p}`).toBeLessThan(percent[k]!);
          }
        });
      }
    }
  });

  test("is the same with the samples swapped, and falls with the gap", () => {
    for (const [n, m] of [
      [5000, 5000],
      [5001, 4999],
      [100_000, 99_999],
      [100_000, 61_803],
      [1_000_000, 70],
    ] as const) {
      for (const alternative of ["two-sided", "less", "greater"] as const satisfies Alternative[]) {
        const step = Math.max(divisor(n, m), Math.round(Math.sqrt(n + m) * Math.sqrt(n * m) * 0.15));
        let last = 1;
        for (let gap = step; gap <= n * m && last > 1e-40; gap += step) {
          const p = ksAsymptotic(n, m, gap, alternative);
          expect(off(ksAsymptotic(m, n, gap, alternative), p)).toBeLessThan(1e-9);
          expect(p, `${n}, ${m}, ${gap}, ${alternative}`).toBeLessThanOrEqual(last * (1 + 1e-9));
          expect(p).toBeGreaterThanOrEqual(0);
          last = p;
        }
      }
    }
  });

  test("one side is at most both sides, and both at most twice one", () => {
    for (const [n, m] of [
      [50, 49],
      [3000, 1999],
      [200_000, 100_001],
    ] as const) {
      for (const z of [0.3, 0.6, 1, 1.5, 3]) {
        const gap = Math.round(z * Math.sqrt(n + m) * Math.sqrt(n * m));
        const [one, both] = [ksAsymptotic(n, m, gap, "greater"), ksAsymptotic(n, m, gap)];
        expect(one).toBeLessThanOrEqual(both);
        expect(both).toBeLessThanOrEqual(2 * one * (1 + 1e-9));
      }
    }
  });

  test("is never below the chance that the samples lie apart, and 0 beyond", () => {
    // 2/C(37, 7)
    expect(off(ksAsymptotic(30, 7, 210), 2 / 10_295_472)).toBeLessThan(1e-9);
    expect(ksAsymptotic(30, 7, 211)).toBe(0);
  });
});
