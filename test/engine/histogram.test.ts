import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { denseOf } from "../../dist/engine/dense.js";
import { countBins } from "../../dist/engine/histogram.js";
import { randomFrom, sample } from "../statistics/samples.ts";
import { alignments, arena, lengths, neighbour } from "./arena.ts";

/** Under, bins…, over, by comparing with the edges; NaN is under. */
function naive(values: Float64Array, edges: Float64Array): number[] {
  const bins = edges.length - 1;
  const counts = Array<number>(bins + 2).fill(0);
  for (const x of values) {
    let cell = 0;
    if (x > edges[bins]!) cell = bins + 1;
    else if (x >= edges[0]!) {
      cell = 1;
      while (cell < bins && x >= edges[cell]!) cell++;
    }
    counts[cell]!++;
  }
  return counts;
}

/** The same for one value, by bisection. */
function cellAmong(edges: Float64Array, x: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return x === edges.at(-1) ? edges.length - 1 : low;
}

function counted(values: Float64Array, edges: Float64Array, offset = 0) {
  const memory = arena();
  const { kernels } = memory;
  const bins = edges.length - 1;
  const [first, last] = [edges[0]!, edges[bins]!];
  const scale = bins / (last - first);
  const tolerance = 2 ** -52 * (8 + 4 * bins + 4 * Math.max(Math.abs(first), Math.abs(last)) * scale);
  const counts = memory.room((bins + 2) * 16);
  kernels.alignMask(memory.input(new Uint8Array((bins + 2) * 16)), 0, (bins + 2) * 128, counts);
  // Of each cell the smallest value: what lies above all bins begins just above the last edge.
  const smallest = new Float64Array(bins + 2).fill(Number.NEGATIVE_INFINITY);
  smallest.set(edges, 1);
  smallest[bins + 1] = neighbour(last, 1);
  const bounds = memory.input(smallest);
  const input = memory.input(values, offset);
  const scratch = memory.room(32);
  const nan = kernels.histogramUniform(counts, input, values.length, bounds, bins, scale, tolerance, scratch);
  kernels.joinFours(counts, bins + 2);
  memory.check();
  return { counts: Array.from(memory.u32(counts, bins + 2)), nan };
}

const uniform = (bins: number, low: number, high: number) => {
  const step = (high - low) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, k) => (k === bins ? high : k * step + low));
};

describe("the histogram kernel", () => {
  it("counts by the edges for every length from 0 to 67, at every alignment", () => {
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        for (const shape of ["normal", "some NaN", "infinities", "one decimal", "ten integers"]) {
          const values = sample(shape, length, length);
          for (const edges of [uniform(7, -1, 1), uniform(10, 0, 10), uniform(1, -0.5, 0.5)]) {
            const found = counted(values, edges, offset);
            expect(found.counts).toEqual(naive(values, edges));
            expect(found.nan).toBe(values.filter(Number.isNaN).length);
          }
        }
      }
    }
  });

  it("lets the edges decide about values within two units in the last place of them, wherever they stand", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
        fc.integer(),
        (bins, low, width, seed) => {
          const edges = uniform(bins, low, low + width);
          const around = Array.from(edges).flatMap((edge) => [-2, -1, 0, 1, 2].map((k) => neighbour(edge, k)));
          const values = Float64Array.from(around);
          const random = randomFrom(seed);
          const mixed = values.slice().sort(() => random() - 0.5);
          for (const order of [values, mixed]) {
            expect(counted(order, edges).counts).toEqual(naive(order, edges));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("counts into many bins, where positions have few digits left", () => {
    for (const bins of [1000, 65_534, 65_535, 1_000_000, 2 ** 24]) {
      const edges = uniform(bins, -3, 5);
      const values = sample("normal", 4000, bins).map((x, k) => (k % 2 ? x : edges[Math.floor(((x + 4) / 8) * bins)]!));
      const { counts, under, over } = countBins(denseOf(values), edges, true);
      const expected = new Map<number, number>();
      for (const x of values) expected.set(cellAmong(edges, x), (expected.get(cellAmong(edges, x)) ?? 0) + 1);
      expect(under).toBe(expected.get(0) ?? 0);
      expect(over).toBe(expected.get(bins + 1) ?? 0);
      let inside = 0;
      for (const count of counts) inside += count;
      expect(inside).toBe(values.length - under - over);
      const wrong = Array.from(expected).filter(
        ([cell, count]) => cell > 0 && cell <= bins && counts[cell - 1] !== count,
      );
      expect(wrong).toEqual([]);
    }
  });

  it("counts every NaN as missing, whatever else its bits say", () => {
    const bits = [
      0x7ff8000000000000n,
      0xfff8000000000000n,
      0x7ff0000000000001n,
      0x7fffffffffffffffn,
      0xffffffffffffffffn,
    ];
    const values = new Float64Array(
      BigInt64Array.from({ length: 45 }, (_, k) => BigInt.asIntN(64, bits[k % 5]!)).buffer,
    );
    expect(counted(values, uniform(7, -1, 1))).toEqual({ counts: [45, 0, 0, 0, 0, 0, 0, 0, 0], nan: 45 });
  });
});
