import { describe, expect, it } from "vitest";
import { ordered } from "../statistics/naive.ts";
import { sample } from "../statistics/samples.ts";
import { alignments, arena, lengths } from "./arena.ts";

const inOrder = (values: Float64Array) => Float64Array.from(ordered(values));
const belowOf = (values: Float64Array, limit: number) => values.filter((value) => value < limit).length;
const upToOf = (values: Float64Array, limit: number) => values.filter((value) => value <= limit).length;

/** Looks the values of y up among those of x, which lie in a cell for each whole number from -3 to 3; then walks. */
function placed(x: Float64Array, y: Float64Array, offset: number) {
  const memory = arena();
  const { kernels } = memory;
  const cellOf = (value: number) => Math.min(Math.max(Math.floor(value) + 4, 0), 7);
  const starts = Uint32Array.from({ length: 9 }, (_, cell) => x.filter((value) => cellOf(value) < cell).length);
  const values = memory.input(y, offset);
  const places = memory.room(8 * y.length, offset & 7);
  const index = memory.input(Uint16Array.from(y, cellOf), offset & 7);
  kernels.placesOf(index, values, y.length, memory.input(x, offset), memory.input(starts, offset & 7), places);
  const ties: number[] = [];
  for (const value of new Set(x)) {
    const [first, end] = [belowOf(x, value), upToOf(x, value)];
    if (end - first > 1) ties.push(first, end);
  }
  const out = memory.room(kernels.placedWalkSize(), offset);
  const turns = memory.room(32 * (y.length + 1), offset);
  const runs = memory.input(Uint32Array.from(ties), offset & 7);
  kernels.placedWalk(out, values, y.length, places, runs, ties.length / 2, x.length, turns);
  memory.check();
  return { places: memory.u32(places, 2 * y.length), found: memory.f64(out, 14) };
}

describe("the kernels that look values up", () => {
  it("find every place and the largest gap for every length from 0 to 67, at every alignment", () => {
    for (const length of lengths) {
      for (const shape of ["normal", "ten integers", "one decimal", "zeros of both signs"]) {
        const x = inOrder(sample(shape, (length * 7) % 61, length));
        const y = inOrder(sample(shape, length, length + 1));
        const gaps = [0, ...y, ...x].map((value) => upToOf(x, value) * y.length - upToOf(y, value) * x.length);
        for (const offset of alignments(8)) {
          const { places, found } = placed(x, y, offset);
          expect(Array.from(places)).toEqual([
            ...Array.from(y, (value) => belowOf(x, value)),
            ...Array.from(y, (value) => upToOf(x, value)),
          ]);
          expect(Math.abs(found[4]!)).toBe(Math.max(...gaps.map(Math.abs)));
          expect(found[10]).toBe(new Set(y).size);
          expect(found[11]).toBe([...new Set(y)].filter((value) => x.includes(value)).length);
        }
      }
    }
  });
});
