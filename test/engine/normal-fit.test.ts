import { describe, expect, it } from "vitest";
import { theEngine } from "../../dist/engine/memory.js";
import { randomFrom } from "../statistics/samples.ts";
import { arena } from "./arena.ts";

/** Around 4 096 values the kernel goes over from one way to the other; copies of a sample have A² that nearly scales. */
function fitOf(values: Float64Array, mean: number, deviation: number): number {
  const memory = arena();
  return theEngine().kernels.normalFit(memory.input(values), values.length, mean, deviation, memory.room(96));
}

describe("normalFit", () => {
  it("is the same by expansions as by the logarithms of each value", () => {
    for (const [scale, shift] of [
      [1, 0],
      [0.01, 0],
      [3, 1],
      [20, -5],
      [0.2, 30],
    ] as const) {
      const random = randomFrom(scale * 100);
      const sorted = Float64Array.from({ length: 4095 }, () => scale * (random() - random()) + shift).sort();
      // A value so far out that its terms are known exactly: ln Φ(z) = 0 there, and ln Φ(-z) is that of the tail.
      const many = Float64Array.from([...sorted, 38]);
      const parts = (values: Float64Array) => {
        const n = values.length;
        return { n, sum: -(fitOf(values, 0, 1) + n) * n };
      };
      const logTail = (z: number) =>
        -0.5 * z * z - Math.log(z) - 0.9189385332046727 + Math.log1p(-1 / z ** 2 + 3 / z ** 4);
      // Σ (2i - 1) ln Φ(zᵢ) + (2(n - i) + 1) ln Φ(-zᵢ): with one more value above, each value's second weight grows by 2.
      const upper = [...sorted].reduce((sum, z) => sum + logSf(z), 0);
      const expected = parts(sorted).sum + 2 * upper + logTail(38);
      expect(Math.abs(parts(many).sum / expected - 1)).toBeLessThan(1e-12);
    }
  });
});

/** ln Φ(-z), by the kernels of one value. */
function logSf(z: number): number {
  const { kernels } = theEngine();
  if (z < 30) return z < 0 ? Math.log1p(-kernels.normalSf(-z)) : Math.log(kernels.normalSf(z));
  return Math.log(kernels.erfcx(z / Math.SQRT2) / 2) - 0.5 * z * z;
}
