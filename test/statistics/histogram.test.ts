import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { histogram } from "../../dist/statistics/histogram.js";
import { oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames } from "./samples.ts";

interface Case {
  name: string;
  values: WrittenSample;
  bins: number | Written[];
  range: [number, number] | null;
  counts: number[];
  edges: number[] | null;
}

const { cases } = oracle<{ cases: Case[] }>("histogram");

/** By comparing every value with every edge. */
function naive(values: Iterable<number>, edges: readonly number[]) {
  const bins = edges.length - 1;
  const counts = Array<number>(bins).fill(0);
  let under = 0;
  let over = 0;
  for (const x of values) {
    if (Number.isNaN(x)) continue;
    if (x < edges[0]!) under++;
    else if (x > edges[bins]!) over++;
    else {
      let bin = 0;
      while (bin < bins - 1 && x >= edges[bin + 1]!) bin++;
      counts[bin]!++;
    }
  }
  return { counts, under, over };
}

describe("a histogram", () => {
  for (const { name, values, bins, range, counts, edges } of cases) {
    it(`has the counts and edges of numpy.histogram: ${name}`, () => {
      const column = sampleOf(values);
      const options = {
        bins: typeof bins === "number" ? bins : bins.map(Number),
        ...(range ? { range } : {}),
      };
      for (const input of [column, prepare(column)]) {
        const found = histogram(input, options);
        expect(found.counts).toEqual(counts);
        if (edges) expect(found.edges).toEqual(edges);
        const inside = counts.reduce((sum, count) => sum + count, 0);
        expect(found.under + found.over + inside).toBe(column.length);
      }
    });
  }

  it("counts by the edges, wherever they lie and whatever the values", () => {
    const edgesOf = fc
      .array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -5, max: 15 })), { minLength: 2, maxLength: 12 })
      .map((edges) => edges.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.constantFrom(...shapeNames), fc.nat(3000), fc.integer(), edgesOf, (shape, length, seed, edges) => {
        const values = sample(shape, length, seed);
        const found = histogram(values, { bins: edges });
        expect({ counts: found.counts, under: found.under, over: found.over }).toEqual(naive(values, edges));
      }),
      { numRuns: 200 },
    );
  });

  it("with a number of bins counts by the edges that it returns", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapeNames),
        fc.nat(2000),
        fc.integer(),
        fc.integer({ min: 1, max: 300 }),
        fc.constantFrom<[number, number] | null>(null, [-1, 1], [0, 0.3], [-1e300, 1e300], [1e-320, 2e-315], [3, 3]),
        (shape, length, seed, bins, range) => {
          const values = sample(shape, length, seed);
          const options = range ? { bins, range } : { bins };
          let found: ReturnType<typeof histogram>;
          try {
            found = histogram(values, options);
          } catch (error) {
            // Far from zero there may be fewer doubles than edges.
            expect(String(error)).toContain("finer than doubles");
            return;
          }
          expect(found.edges.length).toBe(bins + 1);
          expect({ counts: found.counts, under: found.under, over: found.over }).toEqual(naive(values, found.edges));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("counts values within a few units in the last place of an edge by that edge", () => {
    const view = new DataView(new ArrayBuffer(8));
    const ulps = (x: number, steps: number) => {
      view.setFloat64(0, x);
      view.setBigInt64(0, view.getBigInt64(0) + BigInt(steps));
      return view.getFloat64(0);
    };
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.integer({ min: 1, max: 2000 }),
        (low, width, bins) => {
          const range = [low, low + width] as const;
          fc.pre(range[1] > range[0]);
          let edges: number[];
          try {
            edges = histogram([], { bins, range }).edges;
          } catch (error) {
            expect(String(error)).toContain("finer than doubles");
            return;
          }
          const values = edges.flatMap((edge) => [-2, -1, 0, 1, 2].map((steps) => ulps(edge, steps)));
          const found = histogram(values, { bins, range });
          expect({ counts: found.counts, under: found.under, over: found.over }).toEqual(naive(values, edges));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("counts nulls, NaN and what lies outside apart", () => {
    const values = [null, 0, 1, 2, 3, -0.5, 3.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0];
    expect(histogram(values, { bins: [0, 1, 2, 3] })).toEqual({
      counts: [2, 1, 2],
      edges: [0, 1, 2, 3],
      under: 2,
      over: 2,
      missing: { rows: 11, null: 1, nan: 1 },
    });
    expect(histogram(values, { bins: 3, range: [0, 3] }).counts).toEqual([2, 1, 2]);
  });

  it("of no value has empty bins between 0 and 1, and of one value bins around it", () => {
    expect(histogram([], { bins: 2 })).toMatchObject({ counts: [0, 0], edges: [0, 0.5, 1] });
    expect(histogram([null, Number.NaN], { bins: 2 })).toMatchObject({ counts: [0, 0], edges: [0, 0.5, 1] });
    expect(histogram([5, 5], { bins: 2 })).toMatchObject({ counts: [0, 2], edges: [4.5, 5, 5.5] });
  });

  it("adds up the values in each bin where asked to", () => {
    const found = histogram([0, 0.5, 1, 1.5, 2, 7, -1, Number.NaN], { bins: [0, 1, 2], sums: true });
    expect(found).toMatchObject({ counts: [2, 3], sums: [0.5, 4.5] });
  });

  it("refuses bins, edges and ranges that are none", () => {
    for (const bins of [0, -1, 1.5, Number.NaN, 2 ** 24 + 1])
      expect(() => histogram([1], { bins })).toThrow(RangeError);
    for (const edges of [[], [1], [2, 1], [0, Number.NaN]])
      expect(() => histogram([1], { bins: edges })).toThrow(RangeError);
    for (const range of [
      [1, 0],
      [0, Number.POSITIVE_INFINITY],
      [Number.NaN, 1],
    ] as const) {
      expect(() => histogram([1], { range })).toThrow(RangeError);
    }
    expect(() => histogram([1], { bins: [0, 1], range: [0, 1] })).toThrow(RangeError);
    expect(() => histogram(["a"])).toThrow(TypeError);
  });
});
