/** p-values of distances between values on cells of pooled quantiles. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerNow } from "../../dist/source/plan.js";
import { type NumericInput, prepare, withSides } from "../../dist/source/sides.js";
import { distributionDistance } from "../../dist/statistics/distribution-distance.js";
import { energy } from "../../dist/statistics/energy.js";
import { permutationTest } from "../../dist/statistics/permutation-test.js";
import { quantileCellsPlan } from "../../dist/statistics/quantile-cells.js";
import { wasserstein } from "../../dist/statistics/wasserstein.js";
import { area } from "./naive.ts";
import { expectClose, oracle, sampleOf, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames } from "./samples.ts";

const cells = (x: NumericInput, y: NumericInput) =>
  withSides("test", x, y, (a, b) => answerNow(quantileCellsPlan(), a, b));

interface Case {
  readonly name: string;
  readonly distance: string;
  readonly reference: WrittenSample;
  readonly current: WrittenSample;
  readonly pValue: number;
}

const resampled = (permutations: number, seed = 0) => ({ significance: "resampled", permutations, seed }) as const;

const functions: Record<string, (x: NumericInput, y: NumericInput, options: object) => ReturnType<typeof energy>> = {
  wasserstein: (x, y, options) => wasserstein(x, y, options) as ReturnType<typeof energy>,
  energy: (x, y, options) => energy(x, y, options),
  ks: (x, y, options) =>
    distributionDistance(x, y, { of: "ecdf", p: Number.POSITIVE_INFINITY, ...options }) as ReturnType<typeof energy>,
};

/** W1 of the sides as the cells have them. */
function areaOf({ reference, current, widths }: NonNullable<ReturnType<typeof cells>>): number {
  const [n, m] = [reference, current].map((counts) => counts.reduce((sum, count) => sum + count, 0)) as [
    number,
    number,
  ];
  let [i, j, total] = [0, 0, 0];
  widths.forEach((width, k) => {
    i += reference[k]!;
    j += current[k]!;
    total += Math.abs(i / n - j / m) * width;
  });
  return total;
}

describe("p-values of distances between values", () => {
  for (const { name, distance, ...one } of oracle<{ cases: Case[] }>("permutation-test").cases) {
    const distanceOf = functions[distance];
    if (!distanceOf) continue;
    it(`are SciPy's where all ways can be tried: ${distance}, ${name}`, () => {
      const [x, y] = [sampleOf(one.reference), sampleOf(one.current)];
      const found = distanceOf(x, y, resampled(10_000));
      expect(found).toMatchObject({ method: "exact", exact: true, seed: null });
      expectClose(found.pValue!, one.pValue, 1e-12);
    });
  }

  it("are of the distance itself with few distinct values: those of a permutation test", () => {
    for (const [shape, n, m] of [
      ["normal", 100, 90],
      ["ten integers", 3000, 2000],
      ["ten integers", 9000, 8000],
      ["mostly zero", 900, 700],
    ] as const) {
      const [x, y] = [sample(shape, n, 3), sample(shape, m, 4, shape === "normal" ? 0.25 : 0)];
      for (const name of ["wasserstein", "energy", "ks"] as const) {
        const found = functions[name]!(x, y, resampled(3999, 1));
        expect(found.exact, shape).toBe(true);
        const rows = permutationTest(x, y, name, { permutations: 3999, seed: 2 });
        const error = Math.sqrt((2 * rows.pValue! * (1 - rows.pValue!) + 1e-4) / 3999);
        expect(Math.abs(found.pValue! - rows.pValue!), `${name}, ${shape}`).toBeLessThan(4.5 * error);
      }
    }
  });

  it("are close to those of a permutation test with many", () => {
    for (const [shape, n, m, shift, close] of [
      ["normal", 600, 500, 0.1, 0.06],
      ["normal", 6000, 3000, 0.03, 0.06],
      ["one decimal", 7000, 2500, 0.04, 0.06],
      // Few values make up the distance.
      ["lognormal", 900, 400, 0, 0.12],
      ["cauchy", 500, 700, 0, 0.12],
    ] as const) {
      const [x, y] = [sample(shape, n, 3), sample(shape, m, 14, shift)];
      for (const name of ["wasserstein", "energy"] as const) {
        const found = functions[name]!(x, y, resampled(1999, 1));
        const rows = permutationTest(x, y, name, { permutations: 1999, seed: 2 });
        expect(Math.abs(found.pValue! - rows.pValue!), `${name}, ${shape}`).toBeLessThan(close);
      }
    }
  });

  it("leave a large difference its resolution, at any number of values", () => {
    for (const [n, m] of [
      [50, 60],
      [5000, 4000],
      [300_000, 1000],
    ] as const) {
      const found = wasserstein(sample("normal", n, 1), sample("normal", m, 2, 1.5), resampled(199));
      expect(found).toMatchObject({ pValue: 1 / 200, resolution: 1 / 200, permutations: 199, method: "sampled" });
      expect(found.quantileCells).toBeLessThanOrEqual(257);
    }
  });

  it("change nothing of the distance, and are there only where they were asked for", () => {
    const [x, y] = [sample("normal", 900, 1), sample("normal", 800, 2)];
    for (const distanceOf of Object.values(functions)) {
      const plain = distanceOf(x, y, {});
      expect(plain).not.toHaveProperty("pValue");
      expect(distanceOf(x, y, resampled(9))).toMatchObject(plain);
    }
    const shares = distributionDistance(x, y, { p: 1, ...resampled(99) });
    expect(shares).toMatchObject({ exact: true, permutations: 99 });
    expect(shares.pValue!).toBeGreaterThan(0.01);
    expect(distributionDistance(["a", "b"], ["b", "b"], resampled(99))).toMatchObject({ method: "exact", pValue: 1 });
  });

  it("are the same with prepared sides, and depend on the seed alone", () => {
    for (const [n, m] of [
      [300, 200],
      [12_000, 9000],
    ] as const) {
      const [x, y] = [sample("lognormal", n, 1), sample("lognormal", m, 2)];
      const found = energy(x, y, resampled(99, 3));
      expect(energy(prepare(x), y, resampled(99, 3))).toEqual(found);
      expect(energy(prepare(x), prepare(y), resampled(99, 3)).pValue).toBe(found.pValue);
      const seeds = [1, 2, 3, 4, 5].map((seed) => energy(x, y, resampled(99, seed)).pValue);
      expect(new Set(seeds).size).toBeGreaterThan(1);
    }
  });

  it("need finite values; results survive JSON", () => {
    const found = wasserstein([1, 2, Number.POSITIVE_INFINITY], [4, 5], resampled(99));
    expect(found).toMatchObject({ distance: null, status: "infinite", pValue: null, interval: null });
    const many = sample("infinities", 9000, 1);
    expect(energy(many, many, resampled(99))).toMatchObject({ distance: 0, pValue: null });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(wasserstein([1, 1], [1, 1, 1], resampled(99))).toMatchObject({ distance: 0, pValue: 1 });
    expect(wasserstein([1, 1], [2, 2, 2], { normalize: "std", ...resampled(99) })).toMatchObject({
      distance: null,
      status: "constant",
      pValue: 0.1,
    });
  });

  it("of huge, tiny and 64-bit values are those of their small copies", () => {
    const [x, y] = [sample("normal", 200, 1), sample("normal", 150, 2, 0.2)];
    const plain = wasserstein(x, y, resampled(499)).pValue;
    for (const scale of [2 ** 1018, 2 ** -1000]) {
      const scaled = [x, y].map((side) => side.map((value) => value * scale)) as [Float64Array, Float64Array];
      expect(wasserstein(...scaled, resampled(499)).pValue).toBe(plain);
    }
    const wide = [x, y].map((side) => BigInt64Array.from(side, (value) => 2n ** 60n + BigInt(Math.round(1e6 * value))));
    const narrow = [x, y].map((side) => side.map((value) => Math.round(1e6 * value)));
    expect(wasserstein(wide[0]!, wide[1]!, resampled(499)).pValue).toBe(
      wasserstein(narrow[0]!, narrow[1]!, resampled(499)).pValue,
    );
    const many = BigInt64Array.from({ length: 9000 }, (_, k) => 2n ** 60n + BigInt(k % 500));
    expect(wasserstein(many, many, resampled(99)).pValue).toBe(1);
  });

  it("settings of draws need draws", () => {
    expect(() => wasserstein([1], [2], { permutations: 99 })).toThrow(
      new TypeError('wasserstein: permutations needs significance: "resampled"'),
    );
    expect(() => energy([1], [2], { significance: "law" as never })).toThrow(
      'energy: significance must be none or resampled, got "law"',
    );
    expect(() => distributionDistance([1], [2], { significance: "resampled", seed: -1 })).toThrow(RangeError);
    expect(() => energy([1], [2], { normalize: "std" } as never)).toThrow('energy: there is no option "normalize"');
  });
});

describe("cells of pooled quantiles", () => {
  it("hold every value once, in order; alone where there are few, and the area between them is then exact", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapeNames.filter((shape) => !["infinities", "huge"].includes(shape))),
        fc.integer({ min: 1, max: 140 }),
        fc.integer({ min: 1, max: 140 }),
        fc.integer(),
        (shape, n, m, seed) => {
          const [x, y] = [sample(shape, n, seed), sample(shape, m, seed + 1, 0.5)].map((side) =>
            side.filter((value) => !Number.isNaN(value)),
          ) as [Float64Array, Float64Array];
          fc.pre(x.length > 0 && y.length > 0);
          const found = cells(x, y)!;
          const count = (side: Float64Array) => side.reduce((sum, count) => sum + count, 0);
          expect([count(found.reference), count(found.current)]).toEqual([x.length, y.length]);
          const distinct = new Set([...x, ...y].map((value) => value + 0)).size;
          expect(found.exact).toBe(distinct <= 256);
          if (!found.exact) return;
          expect(found.widths).toHaveLength(distinct);
          const span = Math.max(...x, ...y) - Math.min(...x, ...y);
          const unit = found.widths.reduce((sum, width) => sum + width, 0) / span;
          if (span > 1e-300) expectClose(areaOf(found) / unit, area(x, y), 1e-9);
        },
      ),
    );
  });

  it("are close to the distance itself where there are many values, whichever way they were found", () => {
    for (const [n, m] of [
      [2000, 1500],
      [40_000, 30_000],
      [40_000, 200],
    ] as const) {
      for (const shape of ["normal", "lognormal"]) {
        const [x, y] = [sample(shape, n, 1), sample(shape, m, 2, 0.5)];
        const found = cells(x, y)!;
        expect(found.exact).toBe(false);
        expect(found.widths.length).toBeLessThanOrEqual(130);
        const total = found.widths.reduce((sum, width) => sum + width, 0);
        const span = Math.max(...x, ...y) - Math.min(...x, ...y);
        const distance = (areaOf(found) / total) * span;
        expect(Math.abs(distance / wasserstein(x, y).distance! - 1), `${shape} ${n}`).toBeLessThan(0.05);
      }
    }
  });

  it("are the same whichever side is which, in number and totals", () => {
    const [x, y] = [sample("cauchy", 3000, 1), sample("cauchy", 2000, 2)];
    const [there, back] = [cells(x, y)!, cells(y, x)!];
    expect(back.widths).toEqual(there.widths);
    expect(back.reference).toEqual(there.current);
  });

  it("have none for sides without values, or with infinite ones", () => {
    expect(cells([1], [Number.NaN])).toBeNull();
    expect(cells([1, Number.NEGATIVE_INFINITY], [1])).toBeNull();
  });
});
