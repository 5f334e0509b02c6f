import { describe, expect, it } from "vitest";
import { sample } from "../statistics/samples.ts";
import { alignments, arena, keyOf, lengths, neighbour, rounded } from "./arena.ts";

const shapes = ["normal", "lognormal", "ten integers", "infinities", "some NaN", "huge", "subnormal", "one decimal"];

/** Scale, low and count of grids that values fall in, on the edges of, below, above, and all of them beside. */
const scales: readonly (readonly [low: number, scale: number, count: number])[] = [
  [-3, 8, 49],
  [0, 1, 10],
  [-0.05, 10, 21],
  [-1e308, 2 ** -1000, 64],
  [0, 2 ** 990, 33],
  [5, 3, 1],
  [-4, 1e4, 65_536],
];

const scaleCell = (x: number, low: number, scale: number, count: number) => {
  const scaled = (x - low) * scale;
  return rounded(scaled > 0 ? Math.min(scaled, count - 1) : 0);
};

const keyCell = (key: bigint, low: bigint, shift: number, count: number) => {
  if (key <= low) return 0;
  const steps = (key - low) >> BigInt(shift);
  return steps < count ? Number(steps) : count - 1;
};

/** How many edges lie at or below x; closed: what equals the last edge is in the cell before. */
const edgesCell = <T extends number | bigint>(x: T, edges: readonly T[], closed: boolean) =>
  edges.filter((edge) => edge <= x).length - Number(closed && x === edges.at(-1));

function tally(cells: readonly number[], count: number): number[] {
  const counts = Array<number>(count).fill(0);
  for (const cell of cells) counts[cell]!++;
  return counts;
}

/** Zeroed counters. */
function counters(memory: ReturnType<typeof arena>, count: number): number {
  const at = memory.room(count * 4);
  memory.kernels.alignMask(memory.input(new Uint8Array(count * 4)), 0, count * 32, at);
  return at;
}

const extremes = [-(2n ** 63n), -(2n ** 63n) + 1n, -1n, 0n, 1n, 2n ** 53n + 1n, 2n ** 63n - 2n, 2n ** 63n - 1n];

const integers = (length: number, seed: number) =>
  BigInt64Array.from(sample("normal", length, seed), (x, k) =>
    k % 5 === 0 ? extremes[k % extremes.length]! : BigInt(Math.round(x * 1e6)),
  );

describe("counting cells", () => {
  it("by scale follows the formula, for every length from 0 to 67, at every alignment", () => {
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        for (const [k, [low, scale, count]] of scales.entries()) {
          if (count > 1000 && length % 16 !== 3) continue;
          const memory = arena();
          const { kernels } = memory;
          const values = sample(shapes[(k + length) % shapes.length]!, length, length);
          const counts = counters(memory, 2 * count);
          const nan = kernels.cellsByScale(counts, memory.input(values, offset), length, low, scale, count);
          kernels.joinHalves(counts, count);
          expect(nan).toBe(values.filter(Number.isNaN).length);
          const expected = tally(
            Array.from(values, (x) => scaleCell(x, low, scale, count)),
            count,
          );
          expect(Array.from(memory.u32(counts, count))).toEqual(expected);
          memory.check();
        }
      }
    }
  });

  it("by scale rounds half to even, wherever a value stands in its four", () => {
    const values = Float64Array.from({ length: 64 }, (_, k) => neighbour((k >> 1) / 2, (k % 3) - 1));
    for (let from = 0; from < 5; from++) {
      const memory = arena();
      const part = values.slice(from);
      const counts = counters(memory, 2 * 20);
      memory.kernels.cellsByScale(counts, memory.input(part), part.length, 0, 1, 20);
      memory.kernels.joinHalves(counts, 20);
      const expected = tally(
        Array.from(part, (x) => scaleCell(x, 0, 1, 20)),
        20,
      );
      expect(Array.from(memory.u32(counts, 20))).toEqual(expected);
    }
  });

  it("by key follows the order of the doubles", () => {
    const grids = [
      [keyOf(-3), 48, 300],
      [keyOf(0), 52, 64],
      [-(2n ** 63n), 56, 256],
      [keyOf(-1e-310), 40, 1000],
      [keyOf(1), 0, 1],
    ] as const;
    for (const length of lengths) {
      for (const [k, [low, shift, count]] of grids.entries()) {
        const memory = arena();
        const values = sample(shapes[(k + length) % shapes.length]!, length, length);
        if (length > 4) values.set([-0, 0, 5e-324, -5e-324, Infinity].slice(0, length));
        const counts = counters(memory, count);
        const offset = (length % 2) * 8;
        const nan = memory.kernels.cellsByKey(counts, memory.input(values, offset), length, low, shift, count);
        expect(nan).toBe(values.filter(Number.isNaN).length);
        const cells = Array.from(values, (x) => (Number.isNaN(x) ? 0 : keyCell(keyOf(x), low, shift, count)));
        expect(Array.from(memory.u32(counts, count))).toEqual(tally(cells, count));
        memory.check();
      }
    }
  });

  it("of 64-bit integers is right to both ends of their range", () => {
    const grids = [
      [-(2n ** 63n), 56, 256],
      [-(2n ** 63n), 60, 3],
      [2n ** 63n - 100n, 0, 50],
      [-1000n, 3, 500],
    ] as const;
    for (const length of lengths) {
      for (const [low, shift, count] of grids) {
        const memory = arena();
        const keys = integers(length, length);
        const counts = counters(memory, count);
        memory.kernels.cellsByWideKey(counts, memory.input(keys, (length % 2) * 8), length, low, shift, count);
        const cells = Array.from(keys, (key) => keyCell(key, low, shift, count));
        expect(Array.from(memory.u32(counts, count))).toEqual(tally(cells, count));
        memory.check();
      }
    }
  });

  it("by edges lets the edges decide, equal ones and infinite ones too", () => {
    const sets = [
      [0],
      [0, 1],
      [-1, 0, 0, 2, 5],
      [-Infinity, -1, 1, Infinity],
      [1, 1, 1],
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    ];
    for (const length of lengths) {
      for (const [k, edges] of sets.entries()) {
        for (const closed of [false, true]) {
          const memory = arena();
          const values = sample(shapes[(k + length) % shapes.length]!, length, length);
          const counts = counters(memory, edges.length + 1);
          const at = memory.input(Float64Array.from(edges));
          const nan = memory.kernels.cellsByEdges(
            counts,
            memory.input(values),
            length,
            at,
            edges.length,
            Number(closed),
          );
          expect(nan).toBe(values.filter(Number.isNaN).length);
          const expected = tally(
            Array.from(values, (x) => edgesCell(x, edges, closed)),
            edges.length + 1,
          );
          expect(Array.from(memory.u32(counts, edges.length + 1))).toEqual(expected);
          const keys = integers(length, length);
          const wideEdges = [-(2n ** 63n), -5n, 0n, 0n, 2n ** 62n, 2n ** 63n - 1n].slice(k);
          const wide = counters(memory, wideEdges.length + 1);
          const edgesAt = memory.input(BigInt64Array.from(wideEdges));
          memory.kernels.cellsByWideEdges(wide, memory.input(keys), length, edgesAt, wideEdges.length, Number(closed));
          const cells = Array.from(keys, (key) => edgesCell(key, wideEdges, closed));
          expect(Array.from(memory.u32(wide, wideEdges.length + 1))).toEqual(tally(cells, wideEdges.length + 1));
          memory.check();
        }
      }
    }
  });

  it("adds to what the counters held", () => {
    const memory = arena();
    const values = memory.input(Float64Array.of(0, 1, 1, 2, 2, 2));
    const counts = counters(memory, 6);
    for (let k = 0; k < 3; k++) memory.kernels.cellsByScale(counts, values, 6, 0, 1, 3);
    memory.kernels.joinHalves(counts, 3);
    expect(Array.from(memory.u32(counts, 3))).toEqual([3, 6, 9]);
  });
});

describe("the edges of a grid", () => {
  it("are the first doubles of their cells", () => {
    const { kernels } = arena();
    for (const [low, scale, count] of scales) {
      for (const cell of [1, 2, 3, count >> 1, count - 1].filter((cell) => cell > 0 && cell < count)) {
        const first = kernels.firstByScale(low, scale, count, cell);
        expect(scaleCell(first, low, scale, count)).toBeGreaterThanOrEqual(cell);
        expect(scaleCell(neighbour(first, -1), low, scale, count)).toBeLessThan(cell);
      }
      expect(kernels.firstByScale(low, scale, count, 0)).toBe(-Infinity);
    }
    for (const [low, shift] of [
      [keyOf(-3), 48],
      [keyOf(1e-300), 30],
    ] as const) {
      for (const cell of [1, 2, 17]) {
        const first = kernels.firstByKey(low, shift, cell);
        expect(keyCell(keyOf(first), low, shift, 100)).toBe(cell);
        expect(keyCell(keyOf(neighbour(first, -1)), low, shift, 100)).toBe(cell - 1);
      }
    }
  });

  it("have neighbours and keys as their bits say", () => {
    const { kernels } = arena();
    for (const x of [0, 1, -1, 5e-324, -5e-324, 1e308, Infinity, Math.PI, -2.5e-308]) {
      expect(kernels.previousDouble(x)).toBe(neighbour(x, -1));
      expect(kernels.keyOf(x)).toBe(keyOf(x));
    }
    expect(kernels.keyOf(-0)).toBe(0n);
    expect(kernels.keyOf(Number.NaN)).toBe(-(2n ** 63n));
    expect(kernels.previousDouble(-Infinity)).toBe(-Infinity);
  });
});
