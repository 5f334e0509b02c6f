import { describe, expect, it } from "vitest";
import { sample } from "../statistics/samples.ts";
import { alignments, arena, lengths } from "./arena.ts";

const types = [
  { name: "F32", bytes: 4, from: (values: Float64Array) => Float32Array.from(values) },
  { name: "F64", bytes: 8, from: (values: Float64Array) => values },
] as const;

describe.each(types)("the kernels of vectors of $name", ({ name, bytes, from }) => {
  it("add rows for every dimension from 1 to 67 and all rests of eight rows, at every alignment", () => {
    for (const dimension of lengths.slice(1)) {
      const rows = (dimension * 5) % 27;
      const values = from(sample("normal", rows * dimension, dimension));
      for (const offset of alignments(bytes)) {
        const memory = arena();
        const sums = memory.room(dimension * 16, 8);
        memory.kernels.gatherF64(memory.input(new Float64Array(2 * dimension).fill(1)), 0, 2 * dimension, sums);
        memory.kernels[`sumRows${name}`](sums, memory.input(values, offset), rows, dimension, 0.5);
        memory.check();
        const found = memory.f64(sums, 2 * dimension);
        for (let k = 0; k < dimension; k++) {
          let expected = 2;
          for (let row = 0; row < rows; row++) expected += values[row * dimension + k]! / 2;
          expect(Math.abs(found[k]! + found[dimension + k]! - expected)).toBeLessThan(1e-13);
        }
      }
    }
  });

  it("keep what rounding takes from sums of eights", () => {
    const memory = arena();
    const sums = memory.room(16);
    memory.kernels.gatherF64(memory.input(new Float64Array(2)), 0, 2, sums);
    const values = from(
      Float64Array.from({ length: 24 }, (_, k) => (k === 0 ? 2 ** 60 : k === 16 ? -(2 ** 60) : k === 8 ? 1 : 0)),
    );
    memory.kernels[`sumRows${name}`](sums, memory.input(values), 24, 1, 1);
    expect(Array.from(memory.f64(sums, 2))).toEqual([0, 1]);
  });

  it("drop rows with a NaN wherever it is, and pack the others", () => {
    for (const dimension of lengths.slice(1)) {
      const rows = 9;
      const values = from(sample("infinities", rows * dimension, dimension));
      for (const row of [1, 4, 8]) values[row * dimension + ((row * 7) % dimension)] = Number.NaN;
      for (const offset of alignments(bytes)) {
        const memory = arena();
        const at = memory.input(values, offset);
        const keep = memory.room(rows, 1);
        const out = memory.room(5 * dimension * bytes, offset);
        memory.kernels.alignMask(memory.input(Uint8Array.of(1, 1, 1, 0, 1, 1, 1, 1, 1)), 0, rows * 8, keep);
        expect(memory.kernels[`dropNaN${name}`](at, rows, dimension, keep)).toBe(3);
        expect(Array.from(memory.bytes(keep, rows))).toEqual([1, 0, 1, 0, 0, 1, 1, 1, 0]);
        expect(memory.kernels.packRows(at, dimension * bytes, rows, keep, out)).toBe(5);
        const all = new Uint8Array(values.buffer);
        const expected = [0, 2, 5, 6, 7].flatMap((row) => [
          ...all.subarray(row * dimension * bytes, (row + 1) * dimension * bytes),
        ]);
        expect(Array.from(memory.bytes(out, 5 * dimension * bytes))).toEqual(expected);
        memory.check();
      }
    }
  });

  it("measure every pair of rows, for every dimension from 1 to 67, at every alignment", () => {
    for (const dimension of lengths.slice(1)) {
      const rows = 3;
      const [x, y] = [1, 2].map((seed) => from(sample("normal", rows * dimension, 100 * seed + dimension))) as [
        Float64Array,
        Float64Array,
      ];
      const pairs = Array.from({ length: rows }, (_, row) =>
        Array.from({ length: dimension }, (_, k) => [x[row * dimension + k]!, y[row * dimension + k]!] as const),
      );
      for (const offset of alignments(bytes)) {
        const memory = arena();
        const [xs, ys, out] = [memory.input(x, offset), memory.input(y, 16 - bytes - offset), memory.room(rows * 8, 8)];
        const found = (expected: (pair: (readonly [number, number])[]) => number) => {
          for (const [row, distance] of memory.f64(out, rows).entries()) {
            const wanted = expected(pairs[row]!);
            expect(Math.abs(distance - wanted)).toBeLessThanOrEqual(1e-13 * Math.max(1, wanted));
          }
        };
        for (const p of [1, 2, 3.5]) {
          memory.kernels[`rowNorms${name}`](xs, ys, rows, dimension, p, out);
          found((pair) => pair.reduce((sum, [a, b]) => sum + Math.abs(a - b) ** p, 0) ** (1 / p));
        }
        memory.kernels[`rowNorms${name}`](xs, ys, rows, dimension, Infinity, out);
        found((pair) => Math.max(...pair.map(([a, b]) => Math.abs(a - b))));
        memory.kernels[`rowCosines${name}`](xs, ys, rows, dimension, out);
        const dot = (pair: (readonly [number, number])[], i: 0 | 1, j: 0 | 1) =>
          pair.reduce((sum, both) => sum + both[i] * both[j], 0);
        found((pair) => 1 - dot(pair, 0, 1) / Math.sqrt(dot(pair, 0, 0) * dot(pair, 1, 1)));
        memory.check();
      }
    }
  });

  it("pass NaN and infinities on", () => {
    const x = from(Float64Array.of(1, Number.NaN, 1, Infinity, 1, Infinity, 0, 0));
    const y = from(Float64Array.of(1, 1, 1, Infinity, 1, 2, 1, 1));
    for (const p of [1, 2, 3, Infinity]) {
      const memory = arena();
      const out = memory.room(32);
      memory.kernels[`rowNorms${name}`](memory.input(x), memory.input(y), 4, 2, p, out);
      expect(Array.from(memory.f64(out, 3))).toEqual([Number.NaN, Number.NaN, Infinity]);
      memory.kernels[`rowCosines${name}`](memory.input(x), memory.input(y), 4, 2, out);
      expect(Array.from(memory.f64(out, 4))).toEqual([Number.NaN, Number.NaN, Number.NaN, -1]);
    }
  });
});
