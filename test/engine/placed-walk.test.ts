import { describe, expect, it } from "vitest";
import { ordered } from "../statistics/naive.ts";
import { sample } from "../statistics/samples.ts";
import { alignments, arena, lengths } from "./arena.ts";

const inOrder = (values: Float64Array) => Float64Array.from(ordered(values));
const belowOf = (values: Float64Array, limit: number) => values.filter((value) => value < limit).length;
const upToOf = (values: Float64Array, limit: number) => values.filter((value) => value <= limit).length;

/** Walks over the values of y among those of x. */
function placed(x: Float64Array, y: Float64Array, offset: number, weigh: 0 | 1) {
  const memory = arena();
  const { kernels } = memory;
  const values = memory.input(y, offset);
  const known = [...Array.from(y, (value) => belowOf(x, value)), ...Array.from(y, (value) => upToOf(x, value))];
  const places = memory.input(Uint32Array.from(known), offset & 7);
  const ties: number[] = [];
  for (const value of new Set(x)) {
    const [first, end] = [belowOf(x, value), upToOf(x, value)];
    if (end - first > 1) ties.push(first, end);
  }
  const out = memory.room(kernels.placedWalkSize(), offset);
  const turns = memory.room(32 * (y.length + 1), offset);
  const runs = memory.input(Uint32Array.from(ties), offset & 7);
  kernels.placedWalk(out, values, y.length, places, runs, ties.length / 2, x.length, weigh, turns);
  memory.check();
  return memory.f64(out, 14);
}

describe("the kernel that walks over few values among many", () => {
  it("finds the largest gap and the same sums with and without A² for every length from 0 to 67, at every alignment", () => {
    for (const length of lengths) {
      for (const shape of ["normal", "ten integers", "one decimal", "zeros of both signs"]) {
        const x = inOrder(sample(shape, (length * 7) % 61, length));
        const y = inOrder(sample(shape, length, length + 1));
        const gaps = [0, ...y, ...x].map((value) => upToOf(x, value) * y.length - upToOf(y, value) * x.length);
        for (const offset of alignments(8)) {
          const found = placed(x, y, offset, 1);
          // Without A² the current values are added up two at a time.
          const unweighed = placed(x, y, offset, 0);
          expect([...unweighed.subarray(4, 6), ...unweighed.subarray(8)]).toEqual([
            ...found.subarray(4, 6),
            ...found.subarray(8),
          ]);
          expect(unweighed[6]! + unweighed[7]!).toBeCloseTo(found[6]! + found[7]!, 12);
          expect(Math.abs(found[4]!)).toBe(Math.max(...gaps.map(Math.abs)));
          expect(found[10]).toBe(new Set(y).size);
          expect(found[11]).toBe([...new Set(y)].filter((value) => x.includes(value)).length);
        }
      }
    }
  });
});
