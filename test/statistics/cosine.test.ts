import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { cosine } from "../../dist/statistics/cosine.js";
import { oracle, sampleOf, type WrittenSample } from "./oracle.ts";
import { sample } from "./samples.ts";

const { cases, samples } = oracle<{
  cases: { name: string; distance: number }[];
  samples: Record<string, { reference: WrittenSample; current: WrittenSample }>;
}>("cosine");

describe("the cosine distance", () => {
  for (const { name, distance } of cases) {
    it(`is the exact one: ${name}`, () => {
      const found = cosine(sampleOf(samples[name]!.reference), sampleOf(samples[name]!.current));
      expect(Math.abs(found.distance! - distance)).toBeLessThanOrEqual(1e-15);
    });
  }

  it("does not depend on lengths, not even huge and tiny ones, and lies in [0, 2]", () => {
    const [x, y] = [sample("normal", 3000, 1), sample("normal", 3000, 2)];
    const { distance } = cosine(x, y);
    const times = (values: Float64Array, power: number) => values.map((value) => value * 2 ** power);
    for (const power of [-600, 600]) expect(cosine(times(x, power), times(y, -power)).distance).toBe(distance);
    expect(cosine(x, x).distance).toBeLessThanOrEqual(1e-15);
    expect(cosine(x, times(x, 1)).distance).toBeGreaterThanOrEqual(0);
    expect(cosine([1, 0], [0, 5]).distance).toBe(1);
    expect(cosine([1, 2], [-1, -2]).distance).toBeCloseTo(2, 15);
  });

  it("leaves out rows with a missing value, and has a status for zero vectors and infinities", () => {
    const found = cosine([3, null, 0, 1], [3, 1, 0, Number.NaN]);
    expect(found).toMatchObject({ n: 2, status: "ok", missing: { rows: 4, null: 1, nan: 1 } });
    expect(cosine([0, 0], [1, 2])).toMatchObject({ distance: null, status: "zero" });
    expect(cosine([1, Infinity], [1, 2])).toMatchObject({ distance: null, status: "infinite" });
  });

  it("refuses unequal lengths, no complete row, prepared columns and text", () => {
    expect(() => cosine([1, 2], [1])).toThrow("cosine: paired rows need columns of equal length");
    expect(() => cosine([null], [1])).toThrow(RangeError);
    expect(() => cosine(prepare([1, 2]), [1, 2])).toThrow(TypeError);
    expect(() => cosine(["a"], ["b"])).toThrow(TypeError);
  });
});
