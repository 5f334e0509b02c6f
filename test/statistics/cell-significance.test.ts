import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eachDeal } from "../../dist/engine/deal-cells.js";
import { bhattacharyyaOf } from "../../dist/statistics/bhattacharyya.js";
import type { Cells } from "../../dist/statistics/category-cells.js";
import { meanOfLargest } from "../../dist/statistics/cell-chance.js";
import type { CellPValue } from "../../dist/statistics/cell-significance.js";
import { chiSquareOf } from "../../dist/statistics/chi-square.js";
import { hellingerOf } from "../../dist/statistics/hellinger.js";
import { jensenShannonOf } from "../../dist/statistics/jensen-shannon.js";
import { klDivergence, klOf } from "../../dist/statistics/kl-divergence.js";
import { largestShareOf } from "../../dist/statistics/largest-share.js";
import { permutationTest } from "../../dist/statistics/permutation-test.js";
import { psi, psiOf } from "../../dist/statistics/psi.js";
import type { CheckedSignificance } from "../../dist/statistics/significance.js";
import { totalVariation, totalVariationOf } from "../../dist/statistics/total-variation.js";

const cellsOf = (reference: readonly number[], current: readonly number[]): Cells => ({
  reference: Float64Array.from(reference),
  current: Float64Array.from(current),
});

type Found = CellPValue & { readonly distance: number | null };

/** Without smoothing where there is any: what orders tables is then the distance itself. */
const distances: Record<string, (cells: Cells, significance?: CheckedSignificance) => Found> = {
  psi: (cells, significance) => psiOf(cells, 0, cells, significance),
  klDivergence: (cells, significance) => klOf(cells, Math.E, 0, cells, significance),
  jensenShannon: (cells, significance) => jensenShannonOf(cells, 2, cells, significance),
  hellinger: (cells, significance) => hellingerOf(cells, cells, significance),
  bhattacharyya: (cells, significance) => bhattacharyyaOf(cells, cells, significance),
  totalVariation: (cells, significance) => totalVariationOf(cells, cells, significance),
  chebyshev: (cells, significance) => largestShareOf(cells, cells, significance),
};

const resampled = (permutations: number, seed = 0) => ({ permutations, seed, confidence: 0.95 });

/** All ways to choose the reference's rows, of rows in cells. */
function* everyTable(totals: readonly number[], n: number, cell = 0): Generator<{ counts: number[]; ways: number }> {
  if (cell === totals.length) {
    if (n === 0) yield { counts: [], ways: 1 };
    return;
  }
  let ways = 1;
  for (let i = 0; i <= Math.min(totals[cell]!, n); i++) {
    for (const rest of everyTable(totals, n - i, cell + 1)) {
      yield { counts: [i, ...rest.counts], ways: ways * rest.ways };
    }
    ways = (ways * (totals[cell]! - i)) / (i + 1);
  }
}

describe("p-values of distances on cells", () => {
  it("come from the distance's own law where every expected count is at least 10", () => {
    const cells = cellsOf([5000, 3000, 2000], [5100, 2950, 1950]);
    for (const name of ["psi", "klDivergence", "jensenShannon", "hellinger", "bhattacharyya"]) {
      const { pValue, method } = distances[name]!(cells);
      expect([name, method]).toEqual([name, "chi-square"]);
      expect(pValue).toBeCloseTo(chiSquareOf(cells.reference, cells.current).pValue, 2);
    }
  });

  it("are those of X² where it is less, where the distance is infinite, and of those without a law", () => {
    const [sparse, plenty, disjoint] = [
      cellsOf([500, 300, 3], [48, 32, 1]),
      cellsOf([500, 300], [50, 40]),
      cellsOf([50, 0], [0, 60]),
    ];
    for (const [name, distanceOf] of Object.entries(distances)) {
      const hasNone = ["totalVariation", "chebyshev"].includes(name);
      for (const cells of hasNone ? [sparse, plenty, disjoint] : [sparse]) {
        const { pValue } = chiSquareOf(cells.reference, cells.current);
        expect([name, distanceOf(cells)]).toMatchObject([name, { method: "gamma", pValue }]);
      }
    }
    // Bhattacharyya's grows with the squared Hellinger distance, which is never infinite.
    expect(distances.bhattacharyya!(disjoint)).toMatchObject({ distance: null, method: "chi-square" });
    for (const name of ["psi", "klDivergence"]) {
      expect(distances[name]!(disjoint)).toMatchObject({ distance: null, method: "gamma" });
    }
  });

  it("are exact where there are few ways to deal the rows: the share of tables at least as far apart", () => {
    const totals = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(totals, fc.nat(1000), (counts, choice) => {
        const all = counts.reduce((sum, count) => sum + count, 0);
        fc.pre(all > 1 && all <= 10);
        const n = 1 + (choice % (all - 1));
        const tables = [...everyTable(counts, n)];
        const own = tables[choice % tables.length]!.counts;
        const rest = (side: number[]) => counts.map((count, k) => count - side[k]!);
        for (const [name, distanceOf] of Object.entries(distances)) {
          const of = (side: number[]) => distanceOf(cellsOf(side, rest(side))).distance ?? Number.POSITIVE_INFINITY;
          const limit = of(own) * (1 - 1e-12);
          const [far, every] = [tables.filter(({ counts: side }) => of(side) >= limit), tables].map((some) =>
            some.reduce((sum, { ways }) => sum + ways, 0),
          ) as [number, number];
          const found = distanceOf(cellsOf(own, rest(own)), resampled(300));
          expect([name, found.method, found.permutations]).toEqual([name, "exact", every]);
          expect(found.pValue).toBeCloseTo(far / every, 12);
          expect(found).toMatchObject({ resolution: 1 / every, seed: null });
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are near those of the law when resampled, and say how fine they are", () => {
    const cells = cellsOf([520, 300, 180], [460, 330, 210]);
    for (const name of ["psi", "klDivergence", "jensenShannon", "hellinger", "bhattacharyya"]) {
      const found = distances[name]!(cells, resampled(19_999, 5));
      expect(found).toMatchObject({ method: "sampled", permutations: 19_999, resolution: 1 / 20_000, seed: 5 });
      expect(found.interval![0]).toBeLessThanOrEqual(found.pValue);
      expect(found.interval![1]).toBeGreaterThanOrEqual(found.pValue);
      expect(Math.abs(found.pValue - distances[name]!(cells).pValue)).toBeLessThan(0.004);
    }
  });

  it("of the total variation are those of a permutation test of its rows", () => {
    const text = (counts: number[]) => counts.flatMap((count, k) => Array<string>(count).fill("abcd"[k]!));
    for (const [x, y] of [
      [
        [30, 20, 10, 5],
        [22, 22, 12, 9],
      ],
      [
        [300, 5, 1],
        [40, 3, 2],
      ],
    ] as const) {
      const sides = [text([...x]), text([...y])] as const;
      const found = totalVariation(...sides, { permutations: 9999, seed: 3 });
      const rows = permutationTest(...sides, "total-variation", { permutations: 9999, seed: 4 });
      expect(found.distance).toBe(rows.statistic);
      expect(Math.abs(found.pValue - rows.pValue!)).toBeLessThan(5 * Math.sqrt((2 * found.pValue) / 9999));
    }
  });

  it("are never 0: of sides far apart the resolution is left, of equal ones 1", () => {
    for (const [name, distanceOf] of Object.entries(distances)) {
      expect([name, distanceOf(cellsOf([900, 0], [3, 800]), resampled(99)).pValue]).toEqual([name, 1 / 100]);
      expect([name, distanceOf(cellsOf([90, 30], [900, 300]), resampled(99)).pValue]).toEqual([name, 1]);
      expect([name, distanceOf(cellsOf([90], [900]), resampled(99)).pValue]).toEqual([name, 1]);
    }
  });

  it("depend on the seed alone", () => {
    const sides = [{ counts: [50, 40, 30] }, { counts: [52, 30, 41] }] as const;
    const of = (seed: number) => totalVariation(...sides, { permutations: 199, seed });
    expect(of(7)).toEqual(of(7));
    expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => of(seed).pValue)).size).toBeGreaterThan(1);
  });

  it("of billions of rows are found as quickly as of few", () => {
    const found = psi(
      { counts: [3_000_000_000, 1_999_999_999] },
      { counts: [2_000_000_001, 1_333_333_333] },
      { significance: "resampled" },
    );
    expect(found).toMatchObject({ method: "sampled", permutations: 999 });
    expect(found.pValue).toBeGreaterThan(0.9);
  });

  it("settings of draws need draws", () => {
    expect(() => psi([1], [2], { permutations: 99 })).toThrow(
      new TypeError('psi: permutations needs significance: "resampled"'),
    );
    expect(() => klDivergence([1], [2], { seed: 1 })).toThrow("seed needs significance");
    expect(() => totalVariation([1], [2], { significance: "law", confidence: 0.9 })).toThrow(TypeError);
    expect(totalVariation([1, 2], [2, 3], { significance: "law" })).not.toHaveProperty("resolution");
  });
});

describe("the mean of the largest difference of a share by chance", () => {
  for (const [x, y] of [
    [
      [50, 50],
      [30, 30],
    ],
    [
      [500, 300, 200],
      [50, 30, 20],
    ],
    [
      [100, 100, 100, 100, 100, 100, 100, 100, 100, 100],
      [20, 20, 20, 20, 20, 20, 20, 20, 20, 20],
    ],
    [
      [9000, 500, 100, 50, 20, 10, 5, 2, 1],
      [45, 3, 1, 1, 0, 0, 0, 0, 0],
    ],
    [
      [4000, 4000, 4000],
      [3000, 3000, 3000],
    ],
  ] as const) {
    it(`is that of deals, or at most an eighth above where few cells hold most rows: ${x} and ${y}`, () => {
      const cells = cellsOf(x, y);
      const [n, m] = [x, y].map((side) => side.reduce((sum: number, count) => sum + count, 0)) as [number, number];
      const totals = x.map((count, k) => count + y[k]!);
      let mean = 0;
      const deals = 20_000;
      eachDeal(totals, n, deals, 1, (first) => {
        const gaps = totals.map((count, k) => Math.abs(first[k]! / n - (count - first[k]!) / m));
        mean += Math.max(...gaps) / deals;
      });
      const ratio = meanOfLargest(cells, n, m) / mean;
      expect(ratio).toBeGreaterThan(0.98);
      expect(ratio).toBeLessThan(x.length === 2 || x.length > 9 ? 1.04 : 1.14);
    });
  }
});
