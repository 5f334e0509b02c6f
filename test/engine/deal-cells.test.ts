import { describe, expect, it } from "vitest";
import { chiSquare, hypergeometric } from "../../dist/distributions/index.js";
import { eachDeal } from "../../dist/engine/deal-cells.js";
import { alignments, arena } from "./arena.ts";

/** Goodness of fit of counts to the shares they should have, those expected less than five times put together. */
function chanceOfFit(found: Map<string, number>, chanceOf: (key: string) => number, draws: number): number {
  let [statistic, cells, seen, expectedOfSeen] = [0, 0, 0, 0];
  for (const [key, count] of found) {
    const expected = draws * chanceOf(key);
    if (expected < 5) continue;
    statistic += (count - expected) ** 2 / expected;
    cells++;
    seen += count;
    expectedOfSeen += expected;
  }
  const [rest, expected] = [draws - seen, draws - expectedOfSeen];
  if (expected > 1) {
    statistic += (rest - expected) ** 2 / expected;
    cells++;
  }
  return chiSquare.sf(statistic, cells - 1);
}

const tally = (found: Map<string, number>, key: string) => found.set(key, (found.get(key) ?? 0) + 1);

describe("rows dealt as counts of cells", () => {
  const draws = 40_000;
  const laws: [totals: number[], n: number][] = [
    [[3, 5], 4],
    [[7, 90], 60],
    [[90, 7], 30],
    [[400, 300], 333],
    [[40, 30], 35],
    [[1000, 9_999_000], 50_000],
    [[9_999_000, 1000], 9_950_000],
    [[30_000, 4e9], 1_500_000],
    [[64, 64], 64],
    [[21, 400], 200],
    [[5000, 5000], 9000],
  ];
  for (const [totals, n] of laws) {
    it(`follow the hypergeometric law: ${totals.join(" and ")} rows, ${n} dealt`, () => {
      const found = new Map<string, number>();
      eachDeal(totals, n, draws, 1, ([i]) => tally(found, String(i)));
      const size = totals[0]! + totals[1]!;
      expect(chanceOfFit(found, (key) => hypergeometric.pmf(Number(key), size, totals[0]!, n), draws)).toBeGreaterThan(
        1e-3,
      );
    });
  }

  it("follow it where the counts have fifteen digits", () => {
    const totals = [4e14, 6e14];
    const n = 3e14;
    const deviation = Math.sqrt(n * 0.4 * 0.6 * 0.7);
    const bins = new Map<string, number>();
    eachDeal(totals, n, draws, 2, ([i]) => tally(bins, String(Math.floor(((i! - 0.4 * n) / deviation) * 4))));
    const chance = (bin: string) => {
      const at = (k: number) => hypergeometric.cdf(Math.ceil(0.4 * n + (k * deviation) / 4) - 1, 1e15, 4e14, n);
      return at(Number(bin) + 1) - at(Number(bin));
    };
    expect(chanceOfFit(bins, chance, draws)).toBeGreaterThan(1e-3);
  });

  it("are as likely as the ways to deal them, all cells together", () => {
    const totals = [2, 3, 0, 1, 4];
    const n = 4;
    const choose = (a: number, b: number): number => (b === 0 ? 1 : (choose(a, b - 1) * (a - b + 1)) / b);
    const found = new Map<string, number>();
    eachDeal(totals, n, draws, 3, (first) => {
      expect(first.reduce((sum, count) => sum + count, 0)).toBe(n);
      tally(found, first.join());
    });
    const chance = (key: string) =>
      key.split(",").reduce((ways, count, k) => ways * choose(totals[k]!, Number(count)), 1) / choose(10, n);
    expect(Array.from(found.keys(), chance).reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
    expect(chanceOfFit(found, chance, draws)).toBeGreaterThan(1e-3);
  });

  it("are the whole cells when all or no rows are dealt, and depend on the seed", () => {
    eachDeal([5, 0, 7], 12, 3, 0, (first) => expect(Array.from(first)).toEqual([5, 0, 7]));
    eachDeal([5, 0, 7], 0, 3, 0, (first) => expect(Array.from(first)).toEqual([0, 0, 0]));
    eachDeal([], 0, 1, 0, (first) => expect(first).toHaveLength(0));
    const of = (seed: number) => {
      const all: number[] = [];
      eachDeal([500, 600, 3], 400, 20, seed, (first) => all.push(...first));
      return all;
    };
    expect(of(5)).toEqual(of(5));
    expect(of(5)).not.toEqual(of(6));
    expect(of(5)).not.toEqual(of(5 + 2 ** 40));
  });

  it("are written where the kernel was told, at every alignment", () => {
    const totals = Float64Array.of(5, 900, 0, 20_000, 1);
    for (const offset of alignments(8)) {
      const memory = arena();
      const state = memory.room(16, 4);
      memory.kernels.seedRandom(state, 1, 2);
      const [from, out] = [memory.input(totals, offset), memory.room(40, offset)];
      memory.kernels.dealCells(state, from, 5, 20_906, 10_000, out);
      memory.check();
      const dealt = memory.f64(out, 5);
      expect(dealt.reduce((sum, count) => sum + count, 0)).toBe(10_000);
      expect(dealt.every((count, k) => count >= 0 && count <= totals[k]! && Number.isInteger(count))).toBe(true);
      memory.kernels.dealCells(state, from, 0, 20_906, 10_000, out);
    }
  });
});
