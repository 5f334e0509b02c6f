import { describe, expect, it } from "vitest";
import { randomFrom, sample } from "../statistics/samples.ts";
import { type Arena, alignments, arena, lengths } from "./arena.ts";

const shapes = ["normal", "ten integers", "infinities", "some NaN", "one decimal"];
const count = 40;

const cellsOf = (length: number, seed: number) => {
  const random = randomFrom(seed);
  return Uint16Array.from({ length }, () => Math.floor(random() * count));
};

/** Room that holds the given numbers. */
function room(memory: Arena, numbers: Float64Array | BigInt64Array): number {
  const at = memory.room(numbers.byteLength);
  memory.kernels.gatherKeys(memory.input(numbers), 0, numbers.length, 0n, at);
  return at;
}

describe("sums of groups of cells", () => {
  it("are the naive ones for every length from 0 to 67, at every alignment, and not finite where a value is not", () => {
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        const memory = arena();
        const values = sample(shapes[length % shapes.length]!, length, length);
        const cells = cellsOf(length, length);
        const sums = room(memory, new Float64Array(3));
        const [at, index] = [memory.input(values, offset), memory.input(cells, (length % 4) * 2)];
        memory.kernels.addToGroups(sums, at, index, length, 0.25);
        memory.kernels.addToGroups(sums, at, index, 0, 0.25);
        const found = memory.f64(sums, 3);
        for (let group = 0; group < 3; group++) {
          const terms = Array.from(values, (x) => x - 0.25).filter((_, row) => cells[row]! >> 4 === group);
          const sum = terms.reduce((total, term) => total + term, 0);
          const size = terms.reduce((total, term) => total + Math.abs(term), 0);
          if (Number.isFinite(size)) expect(Math.abs(found[group]! - sum)).toBeLessThanOrEqual(1e-14 * size);
          else expect(Number.isFinite(found[group]!)).toBe(false);
        }
        memory.check();
      }
    }
  });
});

describe("the extremes of each cell", () => {
  it("are the naive ones for every length from 0 to 67, at every alignment", () => {
    const empty = Float64Array.from({ length: 2 * count }, (_, k) => (k % 2 === 0 ? Infinity : -Infinity));
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        const memory = arena();
        const values = sample(shapes[length % shapes.length]!, length, length);
        const cells = cellsOf(length, length);
        const spans = room(memory, empty);
        memory.kernels.spansF64(spans, memory.input(values, offset), memory.input(cells), length);
        const expected = Array.from({ length: count }, (_, cell) => {
          const inside = Array.from(values).filter((x, row) => !Number.isNaN(x) && cells[row] === cell);
          return [Math.min(...inside), Math.max(...inside)];
        }).flat();
        expect(Array.from(memory.f64(spans, 2 * count), (x) => x + 0)).toEqual(expected.map((x) => x + 0));
        memory.check();
      }
    }
  });

  it("of 64-bit integers are the naive ones", () => {
    const most = 2n ** 63n - 1n;
    const nothing = BigInt64Array.from({ length: 2 * count }, (_, k) => (k % 2 === 0 ? most : -most - 1n));
    for (const length of lengths) {
      const memory = arena();
      const keys = BigInt64Array.from({ length }, (_, k) => BigInt.asIntN(64, BigInt(k) * 0x9e3779b97f4a7c15n));
      const cells = cellsOf(length, length);
      const spans = room(memory, nothing);
      memory.kernels.spansI64(spans, memory.input(keys), memory.input(cells), length);
      const expected = Array.from({ length: count }, (_, cell) => {
        const inside = Array.from(keys).filter((_, row) => cells[row] === cell);
        const low = inside.reduce((a, b) => (a < b ? a : b), most);
        const high = inside.reduce((a, b) => (a > b ? a : b), -most - 1n);
        return [low, high];
      }).flat();
      expect(Array.from(memory.i64(spans, 2 * count))).toEqual(expected);
      memory.check();
    }
  });
});
