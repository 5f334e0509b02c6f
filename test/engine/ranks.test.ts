import { describe, expect, it } from "vitest";
import { ordered } from "../statistics/naive.ts";
import { sample } from "../statistics/samples.ts";
import { alignments, arena, lengths } from "./arena.ts";

const inOrder = (values: Float64Array) => Float64Array.from(ordered(values));

/** Walks both sides in rounds that end at the given values. */
function rankWalk(x: Float64Array, y: Float64Array, cuts: readonly number[], offset = 0) {
  const memory = arena();
  const { kernels } = memory;
  const at = memory.room(152, offset);
  kernels.gatherKeys(memory.input(new BigInt64Array(19)), 0, 19, 0n, at);
  let [i, j] = [0, 0];
  for (const cut of [...cuts, Infinity]) {
    const upTo = (side: Float64Array) => side.filter((value) => cut === Infinity || value < cut).length;
    const [toX, toY] = [upTo(x), upTo(y)];
    const xs = memory.keys(x.slice(i, toX), offset);
    const ys = memory.keys(y.slice(j, toY), offset);
    kernels.rankWalkF64(
      at,
      xs,
      toX - i,
      ys,
      toY - j,
      BigInt(x.length),
      BigInt(y.length),
      1,
      memory.room(kernels.mergeScratch()),
    );
    [i, j] = [toX, toY];
  }
  memory.check();
  const counts = memory.i64(at, 19);
  const numbers = memory.f64(at, 19);
  return { i: Number(counts[0]), j: Number(counts[1]), pairs: Number(counts[2]), squares: numbers[8]! + numbers[9]! };
}

describe("the kernel of ranks", () => {
  it("counts pairs and adds squared gaps for every length from 0 to 67, at every alignment", () => {
    for (const length of lengths) {
      for (const shape of ["normal", "ten integers", "zeros of both signs", "infinities"]) {
        const x = inOrder(sample(shape, length, length));
        const y = inOrder(sample(shape, (length * 7) % 61, length + 1));
        let pairs = 0;
        for (const a of x) for (const b of y) pairs += a > b ? 2 : a === b ? 1 : 0;
        for (const offset of alignments(8)) {
          expect(rankWalk(x, y, [], offset)).toMatchObject({ i: x.length, j: y.length, pairs });
        }
        if (x.length === 0) continue;
        const middle = x[x.length >> 1]!;
        const once = rankWalk(x, y, []);
        const inRounds = rankWalk(x, y, [middle, middle]);
        expect(inRounds.pairs).toBe(once.pairs);
        expect(Math.abs(inRounds.squares - once.squares)).toBeLessThanOrEqual(1e-14 * once.squares);
      }
    }
  });
});
