import { describe, expect, it } from "vitest";
import { theEngine } from "../../dist/engine/memory.js";
import { eachResample } from "../../dist/engine/resampled-rows.js";
import { arena } from "./arena.ts";

/** Of rows as they were drawn, by the definitions. */
function naive(drawn: number[], labels: ArrayLike<number>, scores: ArrayLike<number>) {
  const ours = drawn.filter((row) => labels[row] === 1);
  const others = drawn.filter((row) => labels[row] !== 1);
  let pairs = 0;
  for (const i of ours) {
    for (const j of others) pairs += scores[i]! > scores[j]! ? 2 : Number(scores[i] === scores[j]);
  }
  const share = (own: number[], reaches: (row: number, from: number) => boolean) =>
    own.reduce((sum, from) => {
      const within = drawn.filter((row) => reaches(scores[row]!, scores[from]!));
      return sum + within.filter((row) => own.includes(row)).length / within.length;
    }, 0);
  return { pairs, fromAbove: share(ours, (x, y) => x >= y), fromBelow: share(others, (x, y) => x <= y) };
}

describe("rows drawn anew", () => {
  const rows = 41;
  const scores = Float64Array.from({ length: rows }, (_, k) => ((k * 17) % 13) / 13);
  const labels = Uint16Array.from({ length: rows }, (_, k) => ((k * k) % 5) % 2);
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  const flags = Uint8Array.from(
    order,
    (row, k) => Number(labels[row] === 1) + 2 * Number(scores[order[k + 1] ?? -1] !== scores[row]),
  );

  it("give sums and ranks of the rows as often as they were drawn", () => {
    for (let seed = 1; seed <= 30; seed++) {
      const memory = arena();
      const { kernels } = memory;
      const [state, counts, totals, out] = [memory.room(16), memory.room(rows * 2), memory.room(8), memory.room(24)];
      kernels.seedRandom(state, seed, 0);
      kernels.resampleRows(state, rows, counts);
      const times = new Uint16Array(memory.bytes(counts, rows * 2).slice().buffer);
      expect(times.reduce((sum, count) => sum + count, 0)).toBe(rows);
      const drawn = Array.from(times).flatMap((count, row) => new Array<number>(count).fill(row));
      theEngine().u8.fill(0, totals, totals + 8);
      kernels.resampledClasses(counts, memory.input(labels), rows, totals);
      const ours = drawn.filter((row) => labels[row] === 1).length;
      expect(Array.from(memory.u32(totals, 2))).toEqual([rows - ours, ours]);
      expect(kernels.resampledSum(counts, memory.input(scores), rows)).toBeCloseTo(
        drawn.reduce((sum, row) => sum + scores[row]!, 0),
        12,
      );
      kernels.resampledRanks(counts, memory.input(order), memory.input(flags), rows, ours, rows, out);
      const [pairs, fromAbove, fromBelow] = memory.f64(out, 3);
      const expected = naive(drawn, labels, scores);
      expect(pairs).toBe(expected.pairs);
      expect(fromAbove).toBeCloseTo(expected.fromAbove, 12);
      expect(fromBelow).toBeCloseTo(expected.fromBelow, 12);
      memory.check();
    }
  });

  it("are drawn with replacement, all equally often", () => {
    const memory = arena();
    const [state, counts] = [memory.room(16), memory.room(rows * 2)];
    memory.kernels.seedRandom(state, 5, 0);
    const [sums, none] = [new Float64Array(rows), new Float64Array(rows)];
    const draws = 4000;
    for (let k = 0; k < draws; k++) {
      memory.kernels.resampleRows(state, rows, counts);
      new Uint16Array(memory.bytes(counts, rows * 2).slice().buffer).forEach((count, row) => {
        sums[row]! += count;
        none[row]! += Number(count === 0);
      });
    }
    // Standard deviations: sqrt(draws (1 - 1/41)) = 62, and sqrt(draws p (1 - p)) = 30; the largest of 41 within 4 of them.
    const never = (1 - 1 / rows) ** rows;
    for (const sum of sums) expect(Math.abs(sum - draws)).toBeLessThan(4 * 62.5);
    for (const times of none) expect(Math.abs(times - draws * never)).toBeLessThan(4 * 30.5);
  });

  it("are the same for the same seed, and others for another", () => {
    const seen = (seed: number) => {
      const found: number[] = [];
      eachResample(labels, 2, [scores], [{ order, flags, which: 1 }], 5, seed, ([sum], [ranks]) => {
        found.push(sum!, ranks!.ours, ranks!.others, ranks!.pairs, ranks!.fromAbove, ranks!.fromBelow);
      });
      return found;
    };
    expect(seen(3)).toEqual(seen(3));
    expect(seen(3)).not.toEqual(seen(4));
    expect(seen(3).length).toBe(30);
  });
});
