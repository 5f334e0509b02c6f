import { describe, expect, it } from "vitest";
import { randomFrom, sample } from "../statistics/samples.ts";
import { alignments, arena, lengths } from "./arena.ts";

const pairsOf = (count: number) => (count * (count - 1)) / 2;

/** All pairs i < j in order. */
function* pairs(count: number): Generator<[i: number, j: number]> {
  for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) yield [i, j];
}

describe("the kernels of the kernel matrix", () => {
  it("measure all pairs, for every count and dimension up to 67, at every alignment, and in blocks", () => {
    const shapes = [
      ...lengths.map((count) => [count, 1 + ((count * 7) % 67)]),
      [2, 1],
      [70, 1],
      [13, 5000],
      [9, 20_000],
    ];
    for (const [count, dimension] of shapes as [number, number][]) {
      const rows = sample("normal", count * dimension, count);
      const expected = Array.from(pairs(count), ([i, j]) => {
        let sum = 0;
        for (let k = 0; k < dimension; k++) sum += ((rows[i * dimension + k]! - rows[j * dimension + k]!) / 4) ** 2;
        return sum;
      });
      for (const offset of alignments(8)) {
        const memory = arena();
        const out = memory.room(pairsOf(count) * 8, offset);
        memory.kernels.squaredDistances(memory.input(rows, offset), count, dimension, 0.25, out);
        memory.check();
        for (const [k, square] of memory.f64(out, expected.length).entries()) {
          expect(Math.abs(square - expected[k]!)).toBeLessThanOrEqual(1e-12 * expected[k]!);
        }
      }
    }
  });

  it("find the value of every rank", () => {
    for (const shape of [
      "normal",
      "lognormal",
      "ten integers",
      "subnormal",
      "huge",
      "constant",
      "powers of two",
      "infinities",
    ]) {
      for (const length of [1, 2, 3, 64, 67]) {
        const values = sample(shape, length, length).map(Math.abs);
        const memory = arena();
        const [at, counts] = [memory.input(values), memory.room(65_536 * 4)];
        const ordered = values.slice().sort();
        for (let rank = 0; rank < length; rank++) {
          expect(memory.kernels.selectPositive(at, length, rank, counts)).toBe(ordered[rank]);
        }
        memory.check();
      }
    }
  });

  it("take the exponential in place", () => {
    for (const length of lengths) {
      const values = sample("lognormal", length, length);
      const memory = arena();
      const at = memory.room(length * 8, 8);
      memory.kernels.gatherF64(memory.input(values), 0, length, at);
      memory.kernels.gaussian(at, length, 0.5);
      memory.check();
      for (const [k, found] of memory.f64(at, length).entries()) {
        const expected = Math.exp(-values[k]! / 2);
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(2 ** -52 * expected);
      }
    }
  });

  it("add up the pairs of rows, and those inside groups of them", () => {
    for (const count of lengths.slice(2)) {
      const random = randomFrom(count);
      const values = sample("normal", pairsOf(count), count);
      const size = 1 + ((count * 5) % count);
      const groups = Array.from({ length: 5 }, () => {
        const rows = Array.from({ length: count }, (_, k) => k);
        while (rows.length > size) rows.splice(Math.floor(random() * rows.length), 1);
        return rows;
      });
      const memory = arena();
      const [at, sums] = [memory.input(values), memory.room(count * 8)];
      memory.kernels.pairSums(at, count, sums);
      const ofRow = new Float64Array(count);
      for (const [k, [i, j]] of [...pairs(count)].entries()) {
        ofRow[i]! += values[k]!;
        ofRow[j]! += values[k]!;
      }
      const close = (found: number, expected: number) => expect(Math.abs(found - expected)).toBeLessThan(1e-11);
      for (const [row, sum] of memory.f64(sums, count).entries()) close(sum, ofRow[row]!);
      const [members, next, out] = [memory.input(Uint32Array.from(groups.flat())), memory.room(20), memory.room(160)];
      memory.kernels.groupSums(at, count, sums, members, 5, size, next, out);
      memory.check();
      const found = memory.f64(out, 20);
      for (const [g, rows] of groups.entries()) {
        let inside = 0;
        for (const [k, [i, j]] of [...pairs(count)].entries())
          if (rows.includes(i) && rows.includes(j)) inside += values[k]!;
        close(found[4 * g]! + found[4 * g + 1]!, inside);
        close(
          found[4 * g + 2]! + found[4 * g + 3]!,
          rows.reduce((sum, row) => sum + ofRow[row]!, 0),
        );
      }
    }
  });
});
