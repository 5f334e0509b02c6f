import { describe, expect, it } from "vitest";
import { randomFrom, sample } from "../statistics/samples.ts";
import { type Arena, alignments, arena, keyOf, lengths, neighbour, rounded } from "./arena.ts";

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

/** The sum is rounded to a whole number, since it lies between 2^52 and 2^53. */
const scaleCell = (x: number, low: number, scale: number, count: number) => {
  const position = x * scale + (2 ** 52 - low * scale);
  return position > 2 ** 52 ? Math.min(position, 2 ** 52 + count - 1) - 2 ** 52 : 0;
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

/** Room for an index, and what an index kernel wrote there. */
function indexOf(memory: Arena, length: number, write: (index: number) => number): { nan: number; cells: number[] } {
  const at = memory.room(length * 2);
  const nan = write(at);
  return { nan, cells: Array.from(new Uint16Array(memory.bytes(at, length * 2).buffer)) };
}

const extremes = [-(2n ** 63n), -(2n ** 63n) + 1n, -1n, 0n, 1n, 2n ** 53n + 1n, 2n ** 63n - 2n, 2n ** 63n - 1n];

const integers = (length: number, seed: number) =>
  BigInt64Array.from(sample("normal", length, seed), (x, k) =>
    k % 5 === 0 ? extremes[k % extremes.length]! : BigInt(Math.round(x * 1e6)),
  );

describe("the cells of values", () => {
  it("by scale follow the formula, for every length from 0 to 67, at every alignment", () => {
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        for (const [k, [low, scale, count]] of scales.entries()) {
          const memory = arena();
          const values = sample(shapes[(k + length) % shapes.length]!, length, length);
          const at = memory.input(values, offset);
          const { nan, cells } = indexOf(memory, length, (index) =>
            memory.kernels.indexByScale(at, length, low, scale, count, index),
          );
          expect(nan).toBe(values.filter(Number.isNaN).length);
          expect(cells).toEqual(Array.from(values, (x) => scaleCell(x, low, scale, count)));
          memory.check();
        }
      }
    }
  });

  it("by scale are rounded half to even, wherever a value stands in its eight", () => {
    const values = Float64Array.from({ length: 64 }, (_, k) => neighbour((k >> 1) / 2, (k % 3) - 1));
    for (let from = 0; from < 9; from++) {
      const memory = arena();
      const part = values.slice(from);
      const at = memory.input(part);
      const { cells } = indexOf(memory, part.length, (index) =>
        memory.kernels.indexByScale(at, part.length, 0, 1, 20, index),
      );
      // 2^52 + x keeps no fraction of x.
      expect(cells).toEqual(Array.from(part, (x) => Math.min(19, rounded(x))));
    }
  });

  it("by scale rise with the values, however far from zero and however close", () => {
    for (const [low, scale, count] of [...scales, [1e15, 65_535 / 100, 65_536], [-1e300, 2 ** -980, 1000]] as const) {
      const values = sample("normal", 500, 9).map((x) => low + (x * count) / scale / 4);
      values.sort();
      const memory = arena();
      const at = memory.input(values);
      const { cells } = indexOf(memory, 500, (index) => memory.kernels.indexByScale(at, 500, low, scale, count, index));
      expect(cells).toEqual(cells.slice().sort((a, b) => a - b));
      expect(cells.at(-1)).toBeLessThan(count);
    }
  });

  it("by key follow the order of the doubles", () => {
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
        const at = memory.input(values, (length % 2) * 8);
        const { nan, cells } = indexOf(memory, length, (index) =>
          memory.kernels.indexByKey(at, length, low, shift, count, index),
        );
        expect(nan).toBe(values.filter(Number.isNaN).length);
        expect(cells).toEqual(Array.from(values, (x) => (Number.isNaN(x) ? 0 : keyCell(keyOf(x), low, shift, count))));
        memory.check();
      }
    }
  });

  it("of 64-bit integers are right to both ends of their range", () => {
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
        const at = memory.input(keys, (length % 2) * 8);
        const { cells } = indexOf(memory, length, (index) =>
          memory.kernels.indexByWideKey(at, length, low, shift, count, index),
        );
        expect(cells).toEqual(Array.from(keys, (key) => keyCell(key, low, shift, count)));
        memory.check();
      }
    }
  });

  it("by edges let the edges decide, equal ones and infinite ones too", () => {
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
          const { kernels } = memory;
          const values = sample(shapes[(k + length) % shapes.length]!, length, length);
          const [at, edgesAt] = [memory.input(values), memory.input(Float64Array.from(edges))];
          const flag = Number(closed);
          const { nan, cells } = indexOf(memory, length, (index) =>
            kernels.indexByEdges(at, length, edgesAt, edges.length, flag, index),
          );
          expect(nan).toBe(values.filter(Number.isNaN).length);
          const expected = Array.from(values, (x) => edgesCell(x, edges, closed));
          expect(cells).toEqual(expected);
          const counts = memory.room((edges.length + 1) * 4);
          kernels.alignMask(memory.input(new Uint8Array((edges.length + 1) * 4)), 0, (edges.length + 1) * 32, counts);
          expect(kernels.countByEdges(counts, at, length, edgesAt, edges.length, flag)).toBe(nan);
          expect(Array.from(memory.u32(counts, edges.length + 1))).toEqual(tally(expected, edges.length + 1));
          const keys = integers(length, length);
          const wideEdges = [-(2n ** 63n), -5n, 0n, 0n, 2n ** 62n, 2n ** 63n - 1n].slice(k);
          const [keysAt, wideAt] = [memory.input(keys), memory.input(BigInt64Array.from(wideEdges))];
          const wide = indexOf(memory, length, (index) =>
            kernels.indexByWideEdges(keysAt, length, wideAt, wideEdges.length, flag, index),
          );
          const wideCells = Array.from(keys, (key) => edgesCell(key, wideEdges, closed));
          expect(wide.cells).toEqual(wideCells);
          const count = wideEdges.length + 1;
          const wideCounts = memory.room(count * 4);
          kernels.alignMask(memory.input(new Uint8Array(count * 4)), 0, count * 32, wideCounts);
          expect(kernels.countByWideEdges(wideCounts, keysAt, length, wideAt, wideEdges.length, flag)).toBe(0);
          expect(Array.from(memory.u32(wideCounts, count))).toEqual(tally(wideCells, count));
          memory.check();
        }
      }
    }
  });
});

describe("counting cells", () => {
  const zeroed = (memory: Arena, bytes: number) => {
    const at = memory.room(bytes);
    memory.kernels.alignMask(memory.input(new Uint8Array(bytes)), 0, bytes * 8, at);
    return at;
  };

  it("adds every cell, for every length from 0 to 67, to what the counters held", () => {
    for (const length of lengths) {
      const random = randomFrom(length);
      for (const count of [1, 7, 300, 65_536]) {
        const cells = Uint16Array.from({ length }, () => Math.floor(random() * count));
        const memory = arena();
        const { kernels } = memory;
        const [index, counts] = [memory.input(cells, (length % 8) * 2), zeroed(memory, count * 8)];
        kernels.tally(counts, count, index, length);
        kernels.tally(counts, count, index, length);
        kernels.joinHalves(counts, count);
        const expected = tally(Array.from(cells), count);
        const twice = expected.map((x) => 2 * x);
        if (count < 1000 || length % 16 === 3) expect(Array.from(memory.u32(counts, count))).toEqual(twice);
        const small = zeroed(memory, ((count + 7) & ~7) * 2);
        kernels.tallySmall(small, index, length);
        expect(kernels.takeSmall(counts, small, count, length)).toBe(1);
        if (count < 1000) expect(Array.from(memory.u32(counts, count))).toEqual(expected.map((x) => 3 * x));
        expect(memory.bytes(small, count * 2).every((byte) => byte === 0)).toBe(true);
        memory.check();
      }
    }
  });

  it("tells when a small counter wrapped, and then adds nothing", () => {
    const memory = arena();
    const { kernels } = memory;
    const index = memory.input(new Uint16Array(40_000).fill(2));
    const [counts, small] = [zeroed(memory, 12), zeroed(memory, 16)];
    for (let k = 0; k < 2; k++) kernels.tallySmall(small, index, 40_000);
    expect(kernels.takeSmall(counts, small, 3, 80_000)).toBe(0);
    expect(Array.from(memory.u32(counts, 3))).toEqual([0, 0, 0]);
    kernels.tallySmall(small, index, 40_000);
    expect(kernels.takeSmall(counts, small, 3, 40_000)).toBe(1);
    expect(Array.from(memory.u32(counts, 3))).toEqual([0, 0, 40_000]);
    memory.check();
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
    // The keys of all doubles in few cells: those behind the last begin nowhere.
    const least = keyOf(-1e308);
    for (const [shift, cell] of [
      [57, 129],
      [57, 130],
      [58, 65],
      [62, 9],
      [63, 2],
    ] as const) {
      expect(kernels.firstByKey(least, shift, cell)).toBeNaN();
    }
    expect(kernels.firstByKey(least, 57, 127)).toBeGreaterThan(1e290);
  });
});
