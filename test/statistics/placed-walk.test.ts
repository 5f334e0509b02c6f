/** References that were ordered before and few current values: looked up, not walked. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placedWalk } from "../../dist/engine/placed-walk.js";
import { finishWalk, startWalk, walkOn } from "../../dist/engine/walk.js";
import { prepare } from "../../dist/source/sides.js";
import { andersonDarlingTest } from "../../dist/statistics/anderson-darling.js";
import { ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames } from "./samples.ts";

const { cases } = oracle<{
  cases: {
    name: string;
    reference: WrittenSample;
    current: WrittenSample;
    statistic: Written;
    distance: Written;
  }[];
}>("placed-walk");

const inOrder = (values: Float64Array) => Float64Array.from(ordered(values));

/** What is found by looking values up, and by passing all of them. */
function bothWays(reference: Float64Array, current: Float64Array) {
  const { index } = prepare(reference);
  const [x, y] = [inOrder(reference), inOrder(current)];
  const placed = index && placedWalk(index, y);
  return { placed, walked: finishWalk(walkOn(startWalk(), x, y, x.length, y.length), x) };
}

function expectSame(reference: Float64Array, current: Float64Array, what: string): boolean {
  const { placed, walked } = bothWays(reference, current);
  if (!placed) return false;
  const { gap, location, distinct } = walked;
  expect(placed, what).toMatchObject({ gap, location, distinct });
  expectClose(placed.area, walked.area, 1e-12, `area, ${what}`);
  expectClose(placed.weighted, walked.weighted, 1e-12, `weighted, ${what}`);
  const size = reference.length + current.length;
  if (distinct < size) expectClose(placed.spread, walked.spread, 1e-12, `spread, ${what}`);
  return true;
}

describe("a walk over values that were looked up", () => {
  for (const { name, reference, current, statistic, distance } of cases) {
    it(`has all digits of exact arithmetic: ${name}`, () => {
      const [x, y] = [sampleOf(reference), sampleOf(current)];
      expectClose(andersonDarlingTest(prepare(x), y).statistic, statistic, 1e-13);
      const { placed } = bothWays(x, y);
      expectClose(placed!.area / x.length / y.length, distance, 1e-13);
    });
  }

  it("finds what a walk over everything finds, of samples of every shape", () => {
    const taken = new Set<string>();
    const sizes = fc.record({
      n: fc.integer({ min: 1, max: 3000 }),
      m: fc.integer({ min: 1, max: 200 }),
      seed: fc.integer(),
      shift: fc.constantFrom(0, 0, 0.1, 3),
    });
    for (const shape of shapeNames) {
      fc.assert(
        fc.property(sizes, ({ n, m, seed, shift }) => {
          const reference = sample(shape, n, seed);
          const current = sample(shape, m, seed + 1, shift);
          if (expectSame(reference, current, `${shape}, ${n}, ${m}, ${seed}, ${shift}`)) taken.add(shape);
        }),
        { numRuns: 20 },
      );
    }
    expect(taken.size).toBeGreaterThan(8);
  });

  it("finds the same where the reference is too long to be copied", () => {
    for (const [k, shape] of ["normal", "cauchy", "one decimal", "mostly zero", "lognormal"].entries()) {
      for (const shift of [0, 0.5, 10]) {
        expect(expectSame(sample(shape, 50_000, k), sample(shape, 999, k + 100, shift), shape)).toBe(true);
      }
    }
  });

  it("finds the largest gap where the current side lies to one side, and ties of it", () => {
    for (const current of [[-1], [100], [5], [5, 5], [2.5, 7.5], [0], [9], [-1, 100]]) {
      const reference = Float64Array.from({ length: 10 }, (_, k) => k);
      expect(expectSame(reference, Float64Array.from(current), String(current))).toBe(true);
    }
  });

  it("is left to a walk over everything where values are infinite or huge, or subnormal all of them", () => {
    const reference = sample("normal", 100, 1);
    for (const shape of ["infinities", "huge", "subnormal"]) {
      const values = sample(shape, 100, 2);
      expect(bothWays(values, reference).placed, shape).toBeNull();
      if (shape !== "subnormal") expect(bothWays(reference, values).placed, shape).toBeNull();
    }
  });

  it("is left to a walk over everything where the sides are equally distributed", () => {
    const reference = Float64Array.from({ length: 1000 }, (_, k) => k);
    expect(bothWays(reference, reference).placed).toBeNull();
    expect(andersonDarlingTest(prepare(reference), reference).statistic).toBe(
      andersonDarlingTest(reference, reference).statistic,
    );
  });
});
