import fc from "fast-check";
import { hypergeometric } from "smirnov/distributions";
import { describe, expect, it } from "vitest";
import { chiSquareOf } from "../../dist/statistics/chi-square.js";
import { divergenceOf } from "../../dist/statistics/deviance.js";
import { powerDivergenceOf } from "../../dist/statistics/power-divergence.js";
import { randomFrom } from "./samples.js";

interface Table {
  readonly reference: number[];
  readonly current: number[];
}

const powerP = ({ reference, current }: Table, lambda: number): number =>
  powerDivergenceOf({ reference: Float64Array.from(reference), current: Float64Array.from(current) }, lambda).pValue;

const tests: readonly (readonly [name: string, pValueOf: (table: Table) => number])[] = [
  ["X²", ({ reference, current }) => chiSquareOf(reference, current).pValue],
  ["G", (table) => powerP(table, 0)],
  ["Cressie and Read's", (table) => powerP(table, 2 / 3)],
  ["Neyman's", (table) => powerP(table, -2)],
];

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

/** Some categories of their own for either side's single rows, beside the common ones. */
function tableOf(common: readonly (readonly [number, number])[], i: number, j: number): Table {
  return {
    reference: [...common.map(([count]) => count), ...Array(i).fill(1), ...Array(j).fill(0)],
    current: [...common.map(([, count]) => count), ...Array(i).fill(0), ...Array(j).fill(1)],
  };
}

/** Probability under all deals of the rows of a statistic at least as large; one term for each deal of the common ones. */
function exactP(table: Table, lambda: number): number {
  const [n, m] = [sum(table.reference), sum(table.current)];
  const observed = divergenceOf(table, n, m, lambda);
  const totals = table.reference.map((i, k) => i + table.current[k]!);
  const common = totals.filter((count) => count > 1);
  const single = totals.filter((count) => count === 1).length;
  let p = 0;
  const deal = (k: number, left: number, rows: number, mass: number, dealt: (readonly [number, number])[]): void => {
    if (k < common.length) {
      const count = common[k]!;
      for (let i = 0; i <= Math.min(count, left); i++) {
        const share = hypergeometric.pmf(i, rows, count, left);
        if (share > 0) deal(k + 1, left - i, rows - count, mass * share, [...dealt, [i, count - i]]);
      }
      return;
    }
    const other = divergenceOf(tableOf(dealt, left, single - left), n, m, lambda);
    if (other >= observed * (1 - 1e-9)) p += mass;
  };
  deal(0, n, n + m, 1, []);
  return p;
}

describe("power divergences where most categories have a single row", () => {
  for (const [name, pValueOf] of tests) {
    it.each([
      [50, 50, 0.1, 1],
      [50, 45, 0.5, 1],
      [50, 60, 0.3, 1],
      [50, 100, 0.9, 1],
      [50, 50, 0.5, 4],
      [500, 400, 0.1, 1],
    ])(
      `${name}: keeps its level of %d and %d rows, a share of %d of single ones beside %d categories`,
      (n, m, share, common) => {
        const random = randomFrom(n + m);
        const draw = (rows: number) => {
          const counts = Array<number>(common + 1).fill(0);
          for (let k = 0; k < rows; k++) counts[random() < share ? common : Math.floor(random() * common)]!++;
          return counts;
        };
        const runs = 1000;
        const found = Array.from({ length: runs }, () => {
          const [x, y] = [draw(n), draw(m)];
          return pValueOf(
            tableOf(
              x.slice(0, common).map((i, k) => [i, y[k]!] as const),
              x[common]!,
              y[common]!,
            ),
          );
        });
        // Four standard errors above the level.
        expect(found.filter((p) => p <= 0.01).length / runs).toBeLessThan(0.0226);
        expect(found.filter((p) => p <= 0.001).length / runs).toBeLessThan(0.005);
        expect(found.filter((p) => !(p > 0 && p <= 1))).toEqual([]);
      },
    );
  }

  it.each([0, 2 / 3, 1, 3])("beside one other category is the exact law of all deals, λ = %d", (lambda) => {
    const counts = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(12), fc.nat(12));
    fc.assert(
      fc.property(counts, ([a, b, i, j]) => {
        fc.pre(a + b > 1 && i + j > 2 && a + i > 0 && b + j > 0);
        const table = tableOf([[a, b]], i, j);
        const pValue = powerP(table, lambda);
        expect(pValue).toBeCloseTo(exactP(table, lambda), 9);
      }),
    );
  });

  it("is near the exact law of all deals beside several categories", () => {
    for (const lambda of [0, 2 / 3, 1]) {
      for (const [common, i, j] of [
        [
          [
            [9, 6],
            [4, 8],
            [5, 3],
          ],
          9,
          8,
        ],
        [
          [
            [12, 4],
            [4, 8],
            [5, 3],
          ],
          4,
          13,
        ],
        [
          [
            [12, 3],
            [2, 9],
            [6, 2],
          ],
          3,
          13,
        ],
        [
          [
            [20, 14],
            [7, 12],
          ],
          2,
          9,
        ],
      ] as const) {
        const table = tableOf(common, i, j);
        const exact = exactP(table, lambda);
        const pValue = powerP(table, lambda);
        expect(pValue / exact, `${lambda}: ${exact}`).toBeGreaterThan(0.6);
        expect(pValue / exact, `${lambda}: ${exact}`).toBeLessThan(1.7);
      }
    }
  });

  it("does not depend on which side is the reference", () => {
    const counts = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(9), fc.nat(9), fc.nat(20), fc.nat(20));
    fc.assert(
      fc.property(counts, ([a, b, c, d, i, j]) => {
        fc.pre(a + b > 1 && c + d > 1 && i + j > 2 && a + c + i > 0 && b + d + j > 0);
        const { reference, current } = tableOf(
          [
            [a, b],
            [c, d],
          ],
          i,
          j,
        );
        const mirrored = chiSquareOf(current, reference).pValue;
        expect(chiSquareOf(reference, current).pValue / mirrored).toBeCloseTo(1, 6);
      }),
    );
  });

  it("is 1 where every row is alone, and small beyond where sums of probabilities near 1 end", () => {
    expect(chiSquareOf([1, 1, 0, 0, 0], [0, 0, 1, 1, 1]).pValue).toBe(1);
    const { reference, current } = tableOf([[0, 200]], 200, 0);
    const p = chiSquareOf(reference, current).pValue;
    expect(p / (2 * hypergeometric.pmf(200, 400, 200, 200))).toBeCloseTo(1, 9);
  });
});
