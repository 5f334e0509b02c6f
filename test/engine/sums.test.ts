import { describe, expect, it } from "vitest";
import { sample } from "../statistics/samples.ts";
import { type Arena, alignments, arena, keyOf, lengths, rounded } from "./arena.ts";

const shapes = ["normal", "ten integers", "infinities", "some NaN", "one decimal"];
const signs = [1, -1, 0, 1, 1, -1, -1, 0, 1, -1];
const count = signs.length;
const edges = [-2, -1, -0.5, 0, 0.25, 1, 2, 5, 9];

const keyCell = (key: bigint, low: bigint, shift: number) => {
  const steps = key <= low ? 0n : (key - low) >> BigInt(shift);
  return steps < count ? Number(steps) : count - 1;
};

const scaleCell = (x: number) => rounded((x + 2) * 2 > 0 ? Math.min((x + 2) * 2, count - 1) : 0);

const rules: Record<
  string,
  { cell(x: number): number; sum(memory: Arena, state: number, values: number, length: number, table: number): void }
> = {
  scale: {
    cell: scaleCell,
    sum(memory, state, values, length, table) {
      const all = Array.from(memory.f64(values, length));
      // Collecting is not for columns with NaN, which would land in cell 0.
      const collects = !all.some(Number.isNaN);
      const open = memory.input(Uint8Array.from(signs, (sign) => (collects && sign === 0 ? 8 : 0)));
      const unsigned = all.filter((x) => collects && signs[scaleCell(x)] === 0);
      const rest = memory.room((unsigned.length + 1) * 8);
      const kept = memory.kernels.signedSumByScale(state, values, length, -2, 2, count, table, 0.25, open, rest);
      expect(Array.from(memory.f64(rest, kept))).toEqual(unsigned);
    },
  },
  key: {
    cell: (x) => keyCell(keyOf(x), keyOf(-2), 60),
    sum: ({ kernels }, state, values, length, table) =>
      kernels.signedSumByKey(state, values, length, keyOf(-2), 60, count, table, 0.25),
  },
  edges: {
    cell: (x) => edges.filter((edge) => edge <= x).length - Number(x === 9),
    sum: (memory, state, values, length, table) =>
      memory.kernels.signedSumByEdges(
        state,
        values,
        length,
        memory.input(Float64Array.from(edges)),
        edges.length,
        1,
        table,
        0.25,
      ),
  },
};

function zeros(memory: Arena, bytes: number): number {
  const at = memory.room(bytes);
  memory.kernels.alignMask(memory.input(new Uint8Array(bytes)), 0, bytes * 8, at);
  return at;
}

// By scale the values of the cells without a sign are collected on the way.
describe("sums with a sign per cell", () => {
  for (const [name, rule] of Object.entries(rules)) {
    it(`by ${name} are the naive ones, infinities counted, for every length from 0 to 67, at every alignment`, () => {
      for (const length of lengths) {
        for (const offset of alignments(8)) {
          const memory = arena();
          const values = sample(shapes[length % shapes.length]!, length, length);
          const state = zeros(memory, 32);
          const table = memory.input(Float64Array.from(signs));
          const at = memory.input(values, offset);
          rule.sum(memory, state, at, length, table);
          rule.sum(memory, state, at, 0, table);
          const finite = Array.from(values).filter(Number.isFinite);
          const terms = finite.map((x) => signs[rule.cell(x)]! * (x - 0.25));
          const [sum, low, positive, negative] = memory.f64(state, 4);
          const size = terms.reduce((total, term) => total + Math.abs(term), 0);
          const expected = terms.reduce((total, term) => total + term, 0);
          expect(Math.abs(sum! + low! - expected)).toBeLessThanOrEqual(1e-14 * size);
          expect(positive).toBe(values.filter((x) => x === Infinity).length);
          expect(negative).toBe(values.filter((x) => x === -Infinity).length);
          memory.check();
        }
      }
    });
  }

  it("of 64-bit integers are exact to both ends of their range", () => {
    for (const length of lengths) {
      const memory = arena();
      const keys = BigInt64Array.from({ length }, (_, k) => [2n ** 63n - 1n, -(2n ** 63n), 5n, -7n][k % 4]!);
      const state = zeros(memory, 32);
      const centre = -(2n ** 60n);
      const table = memory.input(Float64Array.from(signs));
      memory.kernels.signedSumByWideKey(state, memory.input(keys), length, -(2n ** 63n), 60, count, table, centre);
      const expected = Array.from(keys, (key) => signs[keyCell(key, -(2n ** 63n), 60)]! * Number(key - centre));
      const [sum, low] = memory.f64(state, 2);
      const size = expected.reduce((total, term) => total + Math.abs(term), 0);
      expect(Math.abs(sum! + low! - expected.reduce((a, b) => a + b, 0))).toBeLessThanOrEqual(1e-14 * size);
      memory.check();
    }
  });
});

describe("the extremes of each cell", () => {
  const empty = Float64Array.from({ length: 2 * count }, (_, k) => (k % 2 === 0 ? Infinity : -Infinity));

  for (const name of ["scale", "key"] as const) {
    it(`by ${name} are the naive ones for every length from 0 to 67, at every alignment`, () => {
      for (const length of lengths) {
        for (const offset of alignments(8)) {
          const memory = arena();
          const { kernels } = memory;
          const values = sample(shapes[length % shapes.length]!, length, length);
          const spans = memory.room(count * 16);
          kernels.gatherF64(memory.input(empty), 0, 2 * count, spans);
          const at = memory.input(values, offset);
          if (name === "scale") kernels.spansByScale(spans, at, length, -2, 2, count);
          else kernels.spansByKey(spans, at, length, keyOf(-2), 60, count);
          const expected = signs.flatMap((_, cell) => {
            const inside = Array.from(values).filter((x) => !Number.isNaN(x) && rules[name]!.cell(x) === cell);
            return [Math.min(...inside), Math.max(...inside)];
          });
          expect(Array.from(memory.f64(spans, 2 * count), (x) => x + 0)).toEqual(expected.map((x) => x + 0));
          memory.check();
        }
      }
    });
  }

  it("of 64-bit integers are the naive ones", () => {
    const most = 2n ** 63n - 1n;
    for (const length of lengths) {
      const memory = arena();
      const keys = BigInt64Array.from({ length }, (_, k) => BigInt.asIntN(64, BigInt(k) * 0x9e3779b97f4a7c15n));
      const spans = memory.room(count * 16);
      const nothing = BigInt64Array.from({ length: 2 * count }, (_, k) => (k % 2 === 0 ? most : -most - 1n));
      memory.kernels.gatherKeys(memory.input(nothing), 0, 2 * count, 0n, spans);
      memory.kernels.spansByWideKey(spans, memory.input(keys), length, -most - 1n, 60, count);
      const expected = signs.flatMap((_, cell) => {
        const inside = Array.from(keys).filter((key) => keyCell(key, -most - 1n, 60) === cell);
        const low = inside.reduce((a, b) => (a < b ? a : b), most);
        const high = inside.reduce((a, b) => (a > b ? a : b), -most - 1n);
        return [low, high];
      });
      expect(Array.from(memory.i64(spans, 2 * count))).toEqual(expected);
      memory.check();
    }
  });
});
