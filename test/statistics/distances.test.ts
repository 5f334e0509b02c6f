import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { chebyshev, euclidean, manhattan, minkowski } from "../../dist/statistics/distances.js";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample } from "./samples.ts";

const { cases, samples } = oracle<{
  cases: { name: string; p: Written; distance: Written }[];
  samples: Record<string, { reference: WrittenSample; current: WrittenSample }>;
}>("distances");

const named = [
  [manhattan, 1],
  [euclidean, 2],
  [chebyshev, Infinity],
] as const;

describe("the distance of two vectors", () => {
  for (const { name, p, distance } of cases) {
    it(`is the exact one, p = ${p}: ${name}`, () => {
      const [x, y] = [sampleOf(samples[name]!.reference), sampleOf(samples[name]!.current)];
      const found = minkowski(x, Array.from(y), Number(p));
      expect(found).toMatchObject({ n: x.length, missing: { rows: x.length, null: 0, nan: 0 } });
      if (distance === "Infinity") expect(found).toMatchObject({ distance: null, status: "infinite" });
      else expectClose(found.distance, distance, 1e-13, "distance");
      for (const [of, power] of named) if (power === Number(p)) expect(of(x, y)).toEqual(found);
    });
  }

  it("scaled by powers of two changes no digit, and is the same both ways", () => {
    const [x, y] = [sample("normal", 3000, 1), sample("normal", 3000, 2)];
    for (const p of [1, 1.5, 2, Infinity]) {
      const { distance } = minkowski(x, y, p);
      expect(minkowski(y, x, p).distance).toBe(distance);
      expect(minkowski(x, x, p).distance).toBe(0);
      for (const power of [-600, 600]) {
        const times = (values: Float64Array) => values.map((value) => value * 2 ** power);
        expect(minkowski(times(x), times(y), p).distance).toBe(distance! * 2 ** power);
      }
    }
  });

  it("leaves out rows with a missing value on either side, and counts them", () => {
    const found = euclidean([3, null, 5, Number.NaN, 0], Float32Array.of(0, 1, Number.NaN, 2, 4));
    expect(found).toEqual({ distance: 5, n: 2, status: "ok", missing: { rows: 5, null: 1, nan: 2 } });
  });

  it("has a status for infinities", () => {
    for (const [of] of named) {
      for (const other of [1, Infinity, -Infinity]) {
        expect(of([1, Infinity], [2, other])).toMatchObject({ distance: null, status: "infinite", n: 2 });
      }
    }
  });

  it("refuses unequal lengths, no complete row, powers below 1, prepared columns and text", () => {
    expect(() => euclidean([1, 2], [1])).toThrow("euclidean: paired rows need columns of equal length");
    expect(() => manhattan([null], [1])).toThrow(RangeError);
    expect(() => chebyshev([], [])).toThrow(RangeError);
    expect(() => minkowski([1], [2], 0.5)).toThrow(RangeError);
    expect(() => minkowski([1], [2], Number.NaN)).toThrow(RangeError);
    expect(() => euclidean(prepare([1, 2]), [1, 2])).toThrow(TypeError);
    expect(() => euclidean(["a"], ["b"])).toThrow(TypeError);
  });
});
