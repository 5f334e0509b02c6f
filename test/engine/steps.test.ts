import { expect, it } from "vitest";
import { ordered } from "../statistics/naive.ts";
import { sample } from "../statistics/samples.ts";
import { alignments, arena, keyOf, lengths } from "./arena.ts";

it("keys of sorted doubles follow their order and end with the largest of all, in place and elsewhere", () => {
  for (const length of lengths) {
    for (const offset of alignments(8)) {
      for (const shape of ["normal", "infinities", "subnormal", "ten integers"]) {
        const values = Float64Array.from(ordered(sample(shape, length, length)), (x) => x + 0);
        const expected = [...Array.from(values, keyOf), 2n ** 63n - 1n];
        const memory = arena();
        const out = memory.room(expected.length * 8, offset);
        memory.kernels.keysOf(memory.input(values, offset), values.length, out);
        expect(Array.from(memory.i64(out, expected.length))).toEqual(expected);
        const place = memory.room(expected.length * 8, offset);
        memory.kernels.gatherF64(memory.input(values), 0, values.length, place);
        memory.kernels.keysOf(place, values.length, place);
        expect(Array.from(memory.i64(place, expected.length))).toEqual(expected);
        memory.check();
      }
    }
  }
});
