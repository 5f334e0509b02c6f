/** The distances on cells: numbers of others', and what holds for all of them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { bhattacharyya, bhattacharyyaOf } from "../../dist/statistics/bhattacharyya.js";
import type { Cells } from "../../dist/statistics/category-cells.js";
import { chebyshev } from "../../dist/statistics/distances.js";
import { hellinger, hellingerOf } from "../../dist/statistics/hellinger.js";
import { jensenShannon, jensenShannonOf } from "../../dist/statistics/jensen-shannon.js";
import { klDivergence, klOf } from "../../dist/statistics/kl-divergence.js";
import { largestShareOf } from "../../dist/statistics/largest-share.js";
import { psi, psiOf } from "../../dist/statistics/psi.js";
import { totalVariation, totalVariationOf } from "../../dist/statistics/total-variation.js";
import { expectClose, oracle, type Written } from "./oracle.js";

interface Case {
  readonly name: string;
  readonly reference: readonly number[];
  readonly current: readonly number[];
  readonly klHalf: number;
  readonly klOne: number;
  readonly klNone: Written;
  readonly hellinger: number;
  readonly bhattacharyya: Written;
  readonly totalVariation: number;
  readonly chebyshev: number;
  readonly meanKl?: number;
  readonly meanPsi?: number;
  readonly meanHellinger?: number;
  readonly meanVariation?: number;
}

const cellsOf = (reference: readonly number[], current: readonly number[]): Cells => ({
  reference: Float64Array.from(reference),
  current: Float64Array.from(current),
});

const orNull = (written: Written) => (written === "Infinity" ? null : written);

interface Found {
  readonly distance: number | null;
  readonly debiased: number | null;
  readonly pValue: number;
  readonly status: string;
}

/** On cells, each without smoothing where there is any. */
const ofCells: Record<string, (cells: Cells) => Found> = {
  psi: (cells) => psiOf(cells, 0),
  klDivergence: (cells) => klOf(cells, Math.E, 0),
  jensenShannon: (cells) => jensenShannonOf(cells),
  hellinger: (cells) => hellingerOf(cells),
  bhattacharyya: (cells) => bhattacharyyaOf(cells),
  totalVariation: (cells) => totalVariationOf(cells),
  chebyshev: (cells) => largestShareOf(cells),
};

const symmetric = Object.keys(ofCells).filter((name) => name !== "klDivergence");
const metrics = ["jensenShannon", "hellinger", "totalVariation", "chebyshev"];
const bounded = ["jensenShannon", "hellinger", "totalVariation"];

const few = { permutations: 99 };
const functions = {
  psi,
  klDivergence,
  jensenShannon,
  hellinger,
  bhattacharyya,
  totalVariation: (x: never, y: never, options = {}) => totalVariation(x, y, { ...few, ...options }),
  chebyshev: (x: never, y: never, options = {}) => chebyshev(x, y, { between: "shares", ...few, ...options }),
} as unknown as Record<string, (reference: unknown, current: unknown, options?: object) => Found & { cells: unknown }>;

const table = fc
  .array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 12 })
  .map((rows) => [rows.map(([i]) => i), rows.map(([, j]) => j)] as const)
  .filter(([x, y]) => x.some(Boolean) && y.some(Boolean));

const scaled = (counts: readonly number[], times: number) => counts.map((count) => count * times);

/** sqrt(distance² - chance²), or distance - chance. */
const less = (distance: number, chance: number, power: number) =>
  Math.max(distance ** power - chance, 0) ** (1 / power);

describe("distances on cells", () => {
  for (const one of oracle<{ cases: Case[] }>("cell-distances").cases) {
    it(`are those of the definitions: ${one.name}`, () => {
      const cells = cellsOf(one.reference, one.current);
      expectClose(klOf(cells).distance, one.klHalf, 1e-12, "KL, half a row");
      expectClose(klOf(cells, Math.E, 1).distance, one.klOne, 1e-12, "KL, a row");
      expectClose(klOf(cells, Math.E, 0).distance, orNull(one.klNone), 1e-12, "KL, nothing added");
      expectClose(klOf(cells, 2).distance, one.klHalf / Math.LN2, 1e-12, "KL in bits");
      expectClose(hellingerOf(cells).distance, one.hellinger, 1e-13, "Hellinger");
      expectClose(bhattacharyyaOf(cells).distance, orNull(one.bhattacharyya), 1e-13, "Bhattacharyya");
      expectClose(totalVariationOf(cells).distance, one.totalVariation, 1e-14, "total variation");
      expectClose(largestShareOf(cells).distance, one.chebyshev, 1e-14, "Chebyshev");
      expect(klOf(cells, Math.E, 0).status).toBe(one.klNone === "Infinity" ? "infinite" : "ok");
      expect(bhattacharyyaOf(cells).status).toBe(one.bhattacharyya === "Infinity" ? "infinite" : "ok");
    });

    it(`leave out what chance contributes: ${one.name}`, () => {
      const cells = cellsOf(one.reference, one.current);
      if (one.meanKl === undefined) return;
      // Exact where expected counts are small, and without its terms of higher order elsewhere.
      const close = (found: number | null, chance: number, distance: number, power: number) =>
        expect(Math.abs(found! ** power - less(distance, chance, power) ** power)).toBeLessThan(2e-2 * chance);
      close(klOf(cells).debiased, one.meanKl, one.klHalf, 1);
      close(psiOf(cells).debiased, one.meanPsi!, psiOf(cells).distance!, 1);
      close(hellingerOf(cells).debiased, one.meanHellinger!, one.hellinger, 2);
      close(totalVariationOf(cells).debiased, one.meanVariation! ** 2, one.totalVariation, 2);
      if (one.bhattacharyya !== "Infinity") {
        expectClose(bhattacharyyaOf(cells).debiased, -Math.log1p(-(hellingerOf(cells).debiased ** 2)), 1e-12);
      }
    });
  }

  it("are exactly 0 for equal shares, whatever the counts, and never NaN", () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 2 ** 40 }), ([x], times) => {
        for (const [name, distanceOf] of Object.entries(ofCells)) {
          const found = distanceOf(cellsOf(x, scaled(x, times)));
          expect([name, found.distance, found.debiased]).toEqual([name, 0, 0]);
          expect(found.pValue).toBe(1);
        }
      }),
    );
  });

  it("are exactly 1, or infinite, for sides without a common cell", () => {
    fc.assert(
      fc.property(table, fc.constantFrom(1, 3, 2 ** 20 + 1, 2 ** 45 - 1), ([x, y], times) => {
        const none = (side: readonly number[]) => side.map(() => 0);
        const cells = cellsOf([...scaled(x, times), ...none(y)], [...none(x), ...y]);
        for (const name of bounded) expect([name, ofCells[name]!(cells).distance]).toEqual([name, 1]);
        for (const name of ["psi", "klDivergence", "bhattacharyya"]) {
          const { distance, debiased, status, pValue } = ofCells[name]!(cells);
          expect([name, distance, debiased, status]).toEqual([name, null, null, "infinite"]);
          expect(pValue).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("do not depend on which cell is which, on empty cells, or on the scale of the counts", () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 2, max: 2 ** 30 }), ([x, y], times) => {
        for (const [name, distanceOf] of Object.entries(ofCells)) {
          const { distance, debiased } = distanceOf(cellsOf(x, y));
          const shuffled = distanceOf(cellsOf([0, ...[...x].reverse()], [0, ...[...y].reverse()]));
          expectClose(shuffled.distance, distance, 1e-13, name);
          if (distance !== null) expect(debiased).toBeLessThanOrEqual(distance);
          expectClose(distanceOf(cellsOf(scaled(x, times), scaled(y, times))).distance, distance, 1e-13, name);
        }
      }),
    );
  });

  it("are symmetric, but for the divergence of one side from the other", () => {
    fc.assert(
      fc.property(table, ([x, y]) => {
        for (const name of symmetric) {
          const [there, back] = [ofCells[name]!(cellsOf(x, y)), ofCells[name]!(cellsOf(y, x))];
          expectClose(back.distance, there.distance, 1e-13, name);
          expectClose(back.pValue, there.pValue, 1e-11, name);
        }
        const [there, back, index] = [klOf(cellsOf(x, y)), klOf(cellsOf(y, x)), psiOf(cellsOf(x, y))];
        expect(Math.abs(there.distance! + back.distance! - index.distance!)).toBeLessThan(
          1e-13 * (1 + index.distance!),
        );
      }),
    );
  });

  it("obey the triangle inequality where they are metrics", () => {
    const counts = fc.array(fc.nat(30), { minLength: 4, maxLength: 4 }).filter((side) => side.some(Boolean));
    fc.assert(
      fc.property(counts, counts, counts, (x, y, z) => {
        for (const name of metrics) {
          const distance = (one: number[], other: number[]) => ofCells[name]!(cellsOf(one, other)).distance!;
          expect(distance(x, z), name).toBeLessThanOrEqual(distance(x, y) + distance(y, z) + 1e-15);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("lie between bounds that others set: H² <= total variation <= H √2, JS and Pinsker", () => {
    fc.assert(
      fc.property(table, ([x, y]) => {
        const cells = cellsOf(x, y);
        const h = hellingerOf(cells).distance;
        const v = totalVariationOf(cells).distance;
        expect(h * h).toBeLessThanOrEqual(v + 1e-15);
        expect(v).toBeLessThanOrEqual(h * Math.SQRT2 + 1e-15);
        expect(jensenShannonOf(cells).distance ** 2).toBeLessThanOrEqual(v + 1e-15);
        expect(largestShareOf(cells).distance).toBeLessThanOrEqual(v + 1e-15);
        const kl = klOf(cells, Math.E, 0).distance;
        if (kl !== null) expect(v).toBeLessThanOrEqual(Math.sqrt(kl / 2) + 1e-15);
      }),
    );
  });

  it("see one row in billions", () => {
    const cells = cellsOf([2 ** 31, 2 ** 31], [2 ** 31 + 1, 2 ** 31 - 1]);
    const step = 2 ** -32;
    expect(totalVariationOf(cells).distance).toBe(step);
    expect(largestShareOf(cells).distance).toBe(step);
    expectClose(hellingerOf(cells).distance, step / Math.SQRT2, 1e-9);
    expectClose(klOf(cells, Math.E, 0).distance, 2 * step * step, 1e-9);
    expectClose(bhattacharyyaOf(cells).distance, (step * step) / 2, 1e-9);
    expectClose(psiOf(cells, 0).distance, 4 * step * step, 1e-9);
  });

  it("divide by the sum of counts up to 2^53", () => {
    const cells = cellsOf([2 ** 51, 3 * 2 ** 49], [1, 2]);
    for (const [name, distanceOf] of Object.entries(ofCells)) {
      const { distance } = distanceOf(cells);
      expectClose(distance, distanceOf(cellsOf([4, 3], [1, 2])).distance, 1e-14, name);
    }
  });
});

describe("functions of distances on cells", () => {
  const columns: [string, unknown, unknown][] = [
    ["text", ["a", "b", null, "b"], ["b", "c", "b"]],
    ["truth values", [true, false, true], [false, null, false]],
    ["counts", { counts: { a: 30, b: 20 } }, { counts: { b: 10, c: 2 } }],
    ["numbers", [1, 2, 3, 4, Number.NaN, Number.POSITIVE_INFINITY], [2, 2, -1]],
  ];

  for (const [name, distanceOf] of Object.entries(functions)) {
    it(`${name} takes text, truth values, counts and numbers; its result survives JSON`, () => {
      for (const [, x, y] of columns) {
        const found = distanceOf(x, y);
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
        expect(found.distance === null || found.distance > 0).toBe(true);
        expect(distanceOf(x, x).distance).toBe(0);
      }
      expect(distanceOf(...(columns[0]!.slice(1) as [unknown, unknown]))).toMatchObject({
        n: 3,
        m: 3,
        missing: { reference: { null: 1 }, current: { null: 0 } },
        cells: { names: ["b", "a", "c"], newCategories: { names: ["c"] }, vanishedCategories: { names: ["a"] } },
      });
    });

    it(`${name} bins numbers as psi does, prepared or not`, () => {
      const reference = Float64Array.from({ length: 9000 }, (_, k) => ((k * 7919) % 9001) ** 2);
      const current = Float64Array.from({ length: 500 }, (_, k) => ((k * 7919) % 9001) ** 1.9);
      for (const bins of ["quantile", "sturges", 7, [0, 10, 1e6]]) {
        const found = distanceOf(reference, current, { bins });
        expect(found.cells).toEqual(functions.psi!(reference, current, { bins }).cells);
        expect(distanceOf(prepare(reference), current, { bins })).toEqual(found);
      }
      expect(distanceOf([1, 1, 2], [2, 3], { bins: "distinct" }).cells).toMatchObject({ names: ["1", "2", "3"] });
    });

    it(`${name} refuses what it cannot take`, () => {
      expect(() => distanceOf([1], [Number.NaN])).toThrow(
        new RangeError(`${name}: each side needs at least one value, got 1 and 0`),
      );
      expect(() => distanceOf(["a"], [1])).toThrow(TypeError);
      expect(() => distanceOf([1], [2], { bins: 0 })).toThrow(`${name}: bins must be a whole number`);
      expect(() => distanceOf([1], [2], { permutation: 9 })).toThrow(`${name}: there is no option "permutation"`);
      expect(() => distanceOf([1], [2], { significance: "none" })).toThrow(
        `${name}: significance must be law or resampled, got "none"`,
      );
      expect(() => distanceOf([1], [2], { significance: "resampled", permutations: 0 })).toThrow(
        `${name}: permutations must be a whole number`,
      );
    });
  }

  it("say what was added to counts, and the base", () => {
    const sides = [
      ["a", "a", "b"],
      ["a", "a", "a"],
    ] as const;
    expect(klDivergence(...sides)).toMatchObject({ base: Math.E, smoothing: { perCell: 0.5 }, status: "ok" });
    expect(klDivergence(...sides, { smoothing: 0, base: 2 })).toMatchObject({
      distance: null,
      debiased: null,
      status: "infinite",
      base: 2,
      smoothing: { perCell: 0 },
    });
    expect(klDivergence(sides[1], sides[0], { smoothing: 0, base: 2 }).distance).toBeCloseTo(Math.log2(1.5), 14);
    expect(() => klDivergence([1], [2], { smoothing: -1 })).toThrow(
      "klDivergence: smoothing must be a number of at least 0",
    );
    expect(() => klDivergence([1], [2], { base: 1 })).toThrow("klDivergence: base must be a number above 1, got 1");
    expect(() => klDivergence([1], [2], { base: "2" as never })).toThrow(TypeError);
  });

  it("chebyshev is of rows unless shares are asked for", () => {
    expect(chebyshev([1, 2, 5], [1, 4, 5]).distance).toBe(2);
    expect(chebyshev([true, false], [false, false]).distance).toBe(1);
    expect(chebyshev([true, false], [false, false], { between: "shares" })).toMatchObject({
      between: "shares",
      distance: 0.5,
      method: "exact",
    });
    expect(() => chebyshev(["a"] as never, ["b"] as never)).toThrow(TypeError);
  });

  it("a constant on both sides has its status", () => {
    for (const [name, distanceOf] of Object.entries(functions)) {
      expect(distanceOf(["a", "a"], ["a"]), name).toMatchObject({ distance: 0, pValue: 1, status: "constant" });
    }
  });
});
