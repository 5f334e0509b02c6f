import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { energy } from "../../dist/statistics/energy.js";
import { ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames, twoSamples } from "./samples.ts";

const { cases } = oracle<{
  cases: { name: string; reference: WrittenSample; current: WrittenSample; distance: Written }[];
}>("energy");

/** By its definition, from the distances of all pairs. */
function naive(x: readonly number[], y: readonly number[]): number {
  const mean = (a: readonly number[], b: readonly number[]) => {
    let sum = 0;
    for (const u of a) for (const v of b) sum += Math.abs(u - v);
    return sum / a.length / b.length;
  };
  return 2 * mean(x, y) - mean(x, x) - mean(y, y);
}

describe("the energy distance", () => {
  for (const { name, reference, current, distance } of cases) {
    it(`is the exact one: ${name}`, () => {
      const [x, y] = [sampleOf(reference), sampleOf(current)];
      for (const side of [x, prepare(x)]) {
        const found = energy(side, y);
        expect(found.status).toBe("ok");
        expectClose(found.distance, distance, 1e-13);
      }
    });
  }

  it("is the naive one on small samples", () => {
    fc.assert(
      fc.property(twoSamples, ([reference, current]) => {
        const [x, y] = [ordered(reference), ordered(current)];
        const largest = Math.max(...[...x, ...y].map(Math.abs));
        fc.pre(x.length > 0 && y.length > 0 && largest < 1e150);
        const square = energy(reference, current).distance! ** 2;
        expect(Math.abs(square - naive(x, y))).toBeLessThanOrEqual(1e-13 * largest);
      }),
      { numRuns: 150 },
    );
  });

  it("is 0 for identical samples, and the same in both directions", () => {
    for (const shape of shapeNames) {
      for (const length of [40, 9000]) {
        const [x, y] = [sample(shape, length, 1), sample(shape, length / 2, 2)];
        expect(energy(x, x.slice().reverse()), shape).toMatchObject({ distance: 0, status: "ok" });
        const there = energy(x, y);
        expect(energy(y, x).status).toBe(there.status);
        expectClose(energy(y, x).distance, there.distance, 1e-13);
      }
    }
  });

  it("scales with the square root of the unit, to the last digit at powers of four", () => {
    const [x, y] = [sample("normal", 9000, 1), sample("normal", 300, 2)];
    const { distance } = energy(x, y);
    for (const exponent of [-500, -100, 100, 500]) {
      const scaled = energy(
        x.map((value) => value * 4 ** exponent),
        y.map((value) => value * 4 ** exponent),
      );
      expectClose(scaled.distance, distance! * 2 ** exponent, 1e-15);
    }
  });

  it("is infinite when the sides hold different shares of an infinity, and not when they hold equal ones", () => {
    const [inf, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(energy([inf, 1], [1, 2])).toMatchObject({ distance: null, status: "infinite" });
    expect(energy([most], [inf])).toMatchObject({ distance: null, status: "infinite" });
    expectClose(energy([most, 0, inf], [most, 1, inf]).distance, Math.sqrt(2 / 9), 1e-15);
    expect(energy([inf], [inf])).toMatchObject({ distance: 0, status: "ok" });
  });

  it("of 64-bit integers beyond 2^53 is exact", () => {
    const far = 2n ** 60n;
    expect(energy(BigInt64Array.of(far + 1n), BigInt64Array.of(far + 3n)).distance).toBe(2);
  });

  it("counts what is missing, and refuses sides without values", () => {
    const { missing } = energy([1, null], [2, Number.NaN, 3]);
    expect(missing).toEqual({ reference: { rows: 2, null: 1, nan: 0 }, current: { rows: 3, null: 0, nan: 1 } });
    expect(() => energy([], [1])).toThrow("energy: each side needs at least one value, got 0 and 1");
    expect(() => energy(["a"], [1])).toThrow(TypeError);
  });
});
