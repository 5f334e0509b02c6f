import { describe, expect, it } from "vitest";
import { sample } from "../statistics/samples.ts";
import { arena, lengths } from "./arena.ts";

describe("the weights kernels", () => {
  it("add up weights by their values' bins, and keeps what rounding takes", () => {
    for (const length of lengths) {
      for (const uniform of [false, true]) {
        const memory = arena();
        const values = sample(length % 2 ? "some NaN" : "ten integers", length, length);
        // 2^60 is far above what a double holds beside the small ones.
        const weights = Float64Array.from(values, (_, k) => (k % 3 === 0 ? 2 ** 60 : k % 3 === 1 ? -(2 ** 60) : k));
        const edges = uniform ? [0, 3, 6, 9] : [0, 2, 4, 9];
        const sums = memory.room(5 * 16);
        memory.kernels.alignMask(memory.input(new Uint8Array(80)), 0, 640, sums);
        const [x, w, at] = [values, weights, Float64Array.from(edges)].map((array) => memory.input(array));
        if (uniform) memory.kernels.weighUniform(sums, x!, w!, length, at!, 3, 3 / 9);
        else memory.kernels.weighByEdges(sums, x!, w!, length, at!, 4, 1);
        const expected = [0n, 0n, 0n, 0n, 0n];
        for (const [k, x] of values.entries()) {
          if (Number.isNaN(x)) continue;
          expected[edges.filter((edge) => edge <= x).length - Number(x === 9)]! += BigInt(weights[k]!);
        }
        const found = memory.f64(sums, 10);
        expect(expected.map((_, cell) => BigInt(found[2 * cell]!) + BigInt(found[2 * cell + 1]!))).toEqual(expected);
        memory.check();
      }
    }
  });
});
