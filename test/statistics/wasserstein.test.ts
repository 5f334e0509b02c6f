import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { wasserstein } from "../../dist/statistics/wasserstein.js";
import { area, ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames, twoSamples } from "./samples.ts";

interface Case {
  name: string;
  reference: WrittenSample;
  current: WrittenSample;
  distance: Written | null;
  std?: Written | null;
  iqr?: Written | null;
  range?: Written | null;
}

const { cases } = oracle<{ cases: Case[] }>("wasserstein");

const distance = (...sides: Parameters<typeof wasserstein>) => wasserstein(...sides).distance;

/** Shapes whose distances are finite and whose differences are doubles. */
const finiteShapes = shapeNames.filter((shape) => shape !== "infinities" && shape !== "huge");

describe("the Wasserstein distance", () => {
  for (const expected of cases) {
    it(`is the area between the distribution functions: ${expected.name}`, () => {
      const reference = sampleOf(expected.reference);
      const current = sampleOf(expected.current);
      for (const side of [reference, prepare(reference)]) {
        const found = wasserstein(side, current);
        expect(found.status).toBe(expected.distance === null ? "infinite" : "ok");
        expectClose(found.distance, expected.distance, 1e-12, "distance");
        for (const normalize of ["std", "iqr", "range"] as const) {
          const wanted = expected[normalize];
          if (wanted === undefined) continue;
          const normalized = wasserstein(side, current, { normalize });
          expect(normalized.normalize).toBe(normalize);
          if (wanted === null && expected.distance !== 0) {
            expect(normalized, normalize).toMatchObject({ distance: null, status: "constant" });
          } else if (wanted !== null)
            expectClose(normalized.distance, wanted === "Infinity" ? null : wanted, 1e-12, normalize);
        }
      }
    });
  }

  it("is the naive one on small samples of every shape", () => {
    fc.assert(
      fc.property(twoSamples, ([reference, current]) => {
        const [x, y] = [ordered(reference), ordered(current)];
        fc.pre(
          x.length > 0 &&
            y.length > 0 &&
            [...x, ...y].every((value) => !(Math.abs(value) > 1e300 && Math.abs(value) < Infinity)),
        );
        const wanted = area(reference, current);
        expectClose(distance(reference, current), Number.isFinite(wanted) ? wanted : null, 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  it("is 0 between identical samples, in any order, and exactly", () => {
    for (const shape of shapeNames) {
      for (const length of [1, 7, 500, 6000, 20_000]) {
        const values = sample(shape, length, 3);
        if (ordered(values).length === 0) continue;
        expect(distance(values, values.slice().reverse()), `${length} ${shape}`).toBe(0);
        expect(distance(prepare(values), values), `${length} ${shape}, prepared`).toBe(0);
      }
    }
  });

  it("found by cells is the one found by ordering everything", () => {
    for (const shape of finiteShapes) {
      for (const [n, m] of [
        [6000, 5000],
        [20_000, 9000],
        [12_000, 40],
      ] as const) {
        const reference = sample(shape, n, 5);
        const current = sample(shape, m, 6, 0.1);
        const [x, y] = [Float64Array.from(ordered(reference)), Float64Array.from(ordered(current))];
        const wanted = sorted(x, y);
        expectClose(distance(reference, current), wanted, 1e-12, `${shape} ${n} ${m}`);
        expectClose(distance(prepare(reference), current), wanted, 1e-12, `${shape} ${n} ${m}, prepared`);
      }
    }
  });

  it("of 64-bit integers that differ only beyond 2^53 is exact", () => {
    const far = 2n ** 60n;
    for (const length of [300, 9000]) {
      const reference = BigInt64Array.from({ length }, (_, k) => far + BigInt(k));
      const current = BigInt64Array.from({ length }, (_, k) => far + BigInt(k + 90));
      expect(distance(reference, current)).toBe(90);
      expect(distance(prepare(reference), current)).toBe(90);
    }
  });

  it("is the same in both directions", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...finiteShapes),
        fc.integer({ min: 1, max: 9000 }),
        fc.integer(),
        (shape, n, seed) => {
          const reference = sample(shape, n, seed);
          const current = sample(shape, 5000, seed + 1, 0.25);
          fc.pre(ordered(reference).length > 0);
          expectClose(distance(reference, current), distance(current, reference), 1e-13);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("scales by powers of two to the last bit, and shifts leave it alone", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("normal", "ten integers", "one decimal"),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer(),
        fc.integer({ min: -500, max: 500 }),
        (shape, n, seed, power) => {
          const reference = sample(shape, n, seed);
          const current = sample(shape, 800, seed + 1, 1);
          const one = distance(reference, current)!;
          const scaled = [reference, current].map((side) => side.map((x) => x * 2 ** power)) as [
            Float64Array,
            Float64Array,
          ];
          expect(distance(...scaled)).toBe(one * 2 ** power);
          if (shape === "ten integers") {
            const shifted = [reference, current].map((side) => side.map((x) => x + 1024)) as [
              Float64Array,
              Float64Array,
            ];
            expect(distance(...shifted)).toBe(one);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("of a shifted copy is the shift, and of one value against many their mean distance", () => {
    const values = Float64Array.from({ length: 20_000 }, (_, k) => (k * 7919) % 104_729);
    expect(
      distance(
        values,
        values.map((x) => x + 3),
      ),
    ).toBe(3);
    expect(distance([0], [1, 2, 6])).toBe(3);
  });

  it("of values near the largest double is finite where the distance is", () => {
    for (const length of [3, 5000]) {
      const ones = new Float64Array(length).fill(1);
      expect(distance(ones, new Float64Array(length).fill(1e308))).toBe(1e308);
      const mixed = Float64Array.from({ length }, (_, k) => (k % 3 === 0 ? -8e307 : 8e307));
      const other = Float64Array.from({ length }, (_, k) => (k % 3 === 0 ? -7e307 : 7e307));
      expectClose(distance(mixed, other), 1e307, 1e-12);
      // The values lie farther apart than the largest double.
      const ends = Float64Array.from({ length }, (_, k) => (k % 3 === 0 ? -1.7e308 : 1.7e308));
      expectClose(
        distance(ends, new Float64Array(length).fill(1.7e308)),
        2 * ((Math.ceil(length / 3) / length) * 1.7e308),
        1e-13,
      );
    }
  });

  it("far from zero has the digits that the differences have, also where cells grow with the magnitude", () => {
    const values = (length: number, step: number) =>
      Float64Array.from({ length }, (_, k) => 1e16 + 2 * ((k * step) % 100));
    for (const [n, m] of [
      [33_000, 1600],
      [2300, 21_000],
      [20_000, 20_000],
    ] as const) {
      const [x, y] = [values(n, 37), values(m, 7).map((value, k) => value + (k % 3 === 0 ? 4 : 0))];
      const near = sorted(x.map((value) => value - 1e16).sort(), y.map((value) => value - 1e16).sort());
      expectClose(distance(x, y), near, 1e-12, `${n} ${m}`);
      expectClose(distance(prepare(x), y), near, 1e-12, `${n} ${m}, prepared`);
    }
    expectClose(distance(new Float64Array(30_000).fill(5), new Float64Array(34_000).fill(4.9)), 5 - 4.9, 1e-12);
  });

  it("is not 0 over an interquartile range that is infinite", () => {
    const far = Number.POSITIVE_INFINITY;
    const normalize = "iqr";
    expect(wasserstein([1, 2, far, far], [1, 3, far, far], { normalize })).toMatchObject({
      distance: null,
      status: "infinite",
    });
    expect(wasserstein([1, 2, far, far], [1, 2, far, far], { normalize })).toMatchObject({ distance: 0, status: "ok" });
    expect(wasserstein([2, 2, 2], [1, 2, far], { normalize })).toMatchObject({ distance: null, status: "infinite" });
    expect(wasserstein([2, 2, 2], [1, 2, 3], { normalize })).toMatchObject({ distance: null, status: "constant" });
  });

  it("leaves out nulls and NaN, counts them, and refuses sides without values", () => {
    const found = wasserstein([1, null, Number.NaN], [2, 4, null]);
    expect(found).toEqual({
      distance: 2,
      status: "ok",
      normalize: "none",
      n: 1,
      m: 2,
      missing: { reference: { rows: 3, null: 1, nan: 1 }, current: { rows: 3, null: 1, nan: 0 } },
    });
    expect(() => wasserstein([], [1])).toThrow("wasserstein: each side needs at least one value, got 0 and 1");
    expect(() => wasserstein([1], [null, Number.NaN])).toThrow("got 1 and 0");
    expect(() => wasserstein(["a"], [1])).toThrow(TypeError);
  });
});

/** Area between the distribution functions of sorted samples. */
function sorted(x: Float64Array, y: Float64Array): number {
  let [i, j, sum, low] = [0, 0, 0, 0];
  let previous = Math.min(x[0]!, y[0]!);
  while (i < x.length || j < y.length) {
    const value = j === y.length || x[i]! <= y[j]! ? x[i]! : y[j]!;
    const gap = Math.abs(i * y.length - j * x.length);
    // Summed with its rounding error: tens of thousands of terms.
    const term = gap === 0 ? 0 : gap * (value - previous);
    const next = sum + term;
    low += Math.abs(sum) >= term ? sum - next + term : term - next + sum;
    sum = next;
    previous = value;
    while (x[i] === value) i++;
    while (y[j] === value) j++;
  }
  return (sum + low) / x.length / y.length;
}
