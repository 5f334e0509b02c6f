import { describe, expect, it } from "vitest";
import { sample } from "../statistics/samples.ts";
import { type Arena, alignments, arena, lengths } from "./arena.ts";

const frequencies = [0.4, 1.3];

/** The state after `values`, given in pieces. */
function stateOf(memory: Arena, pieces: readonly Float64Array[], centre: number, by: readonly number[], offset = 0) {
  const { kernels } = memory;
  const points = by.length;
  const size = kernels.characteristicSize(points);
  const state = memory.room(size);
  kernels.alignMask(memory.input(new Uint8Array(size)), 0, size * 8, state);
  const places = memory.input(Float64Array.from(by));
  for (const values of pieces) {
    const scratch = memory.room((2 * points + 1) * (values.length + 1) * 8);
    const at = memory.input(values, offset);
    kernels.characteristicUpdate(state, at, values.length, 1, centre, places, points, scratch);
  }
  return memory.f64(state, size / 8);
}

describe("sums of cosines and sines", () => {
  it("are the naive ones, infinities counted, for every length from 0 to 67, at every alignment", () => {
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        const memory = arena();
        const values = sample(["normal", "infinities", "some NaN", "cauchy"][length % 4]!, length, length);
        const [count, positive, negative, ...rest] = stateOf(
          memory,
          [values, values.slice(0, 0)],
          0.25,
          frequencies,
          offset,
        );
        const finite = Array.from(values).filter(Number.isFinite);
        expect(count).toBe(finite.length);
        expect(positive).toBe(values.filter((x) => x === Infinity).length);
        expect(negative).toBe(values.filter((x) => x === -Infinity).length);
        const functions = frequencies.flatMap((frequency) => [
          finite.map((x) => Math.cos((x - 0.25) * frequency)),
          finite.map((x) => Math.sin((x - 0.25) * frequency)),
        ]);
        const total = (terms: number[]) => terms.reduce((sum, term) => sum + term, 0);
        const products = functions.flatMap((f, j) =>
          functions.slice(0, j + 1).map((g) => total(f.map((value, k) => value * g[k]!))),
        );
        const expected = [...functions.map(total), ...products];
        expect(rest).toHaveLength(2 * expected.length);
        for (const [k, sum] of expected.entries()) {
          expect(Math.abs(rest[2 * k]! + rest[2 * k + 1]! - sum)).toBeLessThanOrEqual(1e-14 * (1 + length));
        }
        memory.check();
      }
    }
  });

  it("have an error of at most 2e-16 an angle, in every quadrant and up to the largest", () => {
    const memory = arena();
    const near = Array.from({ length: 4001 }, (_, k) => (k - 2000) * 0.01);
    const quarters = Array.from({ length: 64 }, (_, k) => ((k - 32) * Math.PI) / 2);
    const far = [1e4, 1e5, 1e6, 1647098, 1647100, 1e9, 1e22, 1e300, -1e6, -1e22];
    for (const angle of [...near, ...quarters, ...far]) {
      const [, , , cosine, , sine] = stateOf(memory, [Float64Array.of(angle)], 0, [1]);
      // The engine's own functions are within an ulp.
      expect(Math.abs(cosine! - Math.cos(angle)), `${angle}`).toBeLessThanOrEqual(2.3e-16);
      expect(Math.abs(sine! - Math.sin(angle)), `${angle}`).toBeLessThanOrEqual(2.3e-16);
    }
  });
});
