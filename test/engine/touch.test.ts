import { expect, it } from "vitest";
import { alignments, arena, lengths } from "./arena.ts";

it("touching reads the last value and none behind it, and changes nothing", () => {
  for (const length of [...lengths, 1023, 1024]) {
    for (const offset of alignments(8)) {
      const memory = arena();
      const values = memory.input(new Float64Array(length), offset);
      // Of zeros alone the exclusive or is 0; the guard bytes around them are not 0.
      expect(memory.kernels.touch(values, length)).toBe(0);
      memory.check();
    }
  }
});
