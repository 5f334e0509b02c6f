import { describe, expect, it } from "vitest";
import { ordered } from "../statistics/naive.ts";
import { randomFrom, sample } from "../statistics/samples.ts";
import { alignments, arena, lengths } from "./arena.ts";

describe("the kernels of labels", () => {
  it("measure what walking the labels measures, for every length from 0 to 67, at every alignment", () => {
    for (const length of lengths) {
      const random = randomFrom(length);
      const values = ordered(sample(length % 2 ? "ten integers" : "normal", length, length));
      const labels = Uint8Array.from(values, () => (random() < 0.4 ? 1 : 0));
      const ends = Uint8Array.from(values, (value, k) => (value === values[k + 1] ? 0 : 1));
      const steps = Float64Array.from(values, (value, k) => (values[k + 1] ?? value) - value);
      const n = labels.reduce((sum, label) => sum + label, 0);
      const m = length - n;
      let [gap, most, area, squares, sum] = [0, 0, 0, 0, 0];
      for (let k = 0; k < length; k++) {
        gap += labels[k] ? m : -n;
        sum += labels[k] ? values[k]! : 0;
        area += Math.abs(gap) * steps[k]!;
        squares += gap * gap * steps[k]!;
        if (!ends[k]) continue;
        most = Math.max(most, Math.abs(gap));
      }
      for (const offset of alignments(8)) {
        const memory = arena();
        const { kernels } = memory;
        const at = memory.input(labels, offset % 8 ? 3 : 0);
        const [endsAt, stepsAt] = [memory.input(ends, 1), memory.input(steps, offset)];
        const valuesAt = memory.input(Float64Array.from(values), offset);
        const [large, other] = [BigInt(n), BigInt(m)];
        const close = (found: number, expected: number) =>
          expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(expected)));
        expect(kernels.labelledGap(at, endsAt, length, large, other)).toBe(most);
        close(kernels.labelledArea(at, stepsAt, length, large, other), area);
        close(kernels.labelledSquares(at, stepsAt, length, large, other), squares);
        close(kernels.labelledSum(at, valuesAt, length), sum);
        memory.check();
      }
    }
  });
});
