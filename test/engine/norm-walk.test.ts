import { describe, expect, it } from "vitest";
import { ordered } from "../statistics/naive.ts";
import { sample } from "../statistics/samples.ts";
import { alignments, arena, lengths } from "./arena.ts";

const inOrder = (values: Float64Array) => Float64Array.from(ordered(values));

/** Walks both sides in rounds that end at the given values; the sum of |i·m - j·n|^p times a quarter of the step. */
function normWalk(x: Float64Array, y: Float64Array, p: number, cuts: readonly number[], offset = 0): number {
  const memory = arena();
  const { kernels } = memory;
  const at = memory.room(56, offset);
  kernels.gatherKeys(memory.input(new BigInt64Array(7)), 0, 7, 0n, at);
  let [i, j] = [0, 0];
  for (const cut of [...cuts, Infinity]) {
    const upTo = (side: Float64Array) => side.filter((value) => cut === Infinity || value < cut).length;
    const [toX, toY] = [upTo(x), upTo(y)];
    const xs = memory.input(x.slice(i, toX), offset);
    const ys = memory.input(y.slice(j, toY), offset);
    kernels.normWalkF64(at, xs, toX - i, ys, toY - j, BigInt(x.length), BigInt(y.length), 0.125, p);
    [i, j] = [toX, toY];
  }
  memory.check();
  const numbers = memory.f64(at, 7);
  return numbers[3]! + numbers[4]!;
}

describe("the kernel of p-norms", () => {
  it("adds the powers of gaps for every length from 0 to 67, at every alignment, in one round or several", () => {
    for (const length of lengths) {
      for (const shape of ["normal", "ten integers", "zeros of both signs"]) {
        const x = inOrder(sample(shape, length, length));
        const y = inOrder(sample(shape, (length * 7) % 61, length + 1));
        const all = ordered(new Set([...x, ...y]));
        let expected = 0;
        for (let k = 1; k < all.length; k++) {
          const passed = (side: Float64Array) => side.filter((value) => value < all[k]!).length;
          const gap = Math.abs(passed(x) * y.length - passed(y) * x.length) / 8;
          expected += (gap ** 1.7 * (all[k]! - all[k - 1]!)) / 4;
        }
        for (const offset of alignments(8)) {
          expect(Math.abs(normWalk(x, y, 1.7, [], offset) - expected)).toBeLessThanOrEqual(1e-13 * expected);
        }
        if (x.length === 0) continue;
        const middle = x[x.length >> 1]!;
        expect(normWalk(x, y, 1.7, [middle, middle])).toBe(normWalk(x, y, 1.7, []));
      }
    }
  });
});
