import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { histogram } from "../../dist/statistics/histogram.js";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { randomFrom, sample, shapeNames } from "./samples.ts";

interface Case {
  name: string;
  values: WrittenSample;
  bins: number | Written[];
  range: [number, number] | null;
  counts: number[];
  edges: number[] | null;
}

const { cases } = oracle<{ cases: Case[] }>("histogram");

interface WeightedCase extends Omit<Case, "edges" | "counts"> {
  weights: WrittenSample;
  counts: Written[];
  density: Written[] | null;
}

const { cases: weightedCases } = oracle<{ cases: WeightedCase[] }>("weighted-histogram");

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
    const ends = [Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY];
    expect(histogram([1, 2, Number.NEGATIVE_INFINITY], { bins: ends, sums: true }).sums).toEqual([null, 3]);
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

describe("a histogram with weights", () => {
  for (const { name, values, weights, bins, range, counts, density } of weightedCases) {
    it(`has the bins of numpy.histogram and the exact sums in them: ${name}`, () => {
      const options = {
        bins: typeof bins === "number" ? bins : bins.map(Number),
        ...(range ? { range } : {}),
        weights: sampleOf(weights),
        density: true,
      };
      const found = histogram(sampleOf(values), options);
      expect(found.counts.length).toBe(counts.length);
      for (const [bin, count] of found.counts.entries()) expectClose(count, counts[bin]!, 2.3e-16, `bin ${bin}`);
      for (const [bin, wanted] of (density ?? []).entries()) {
        // What NumPy cannot divide is null.
        expectClose(found.density![bin]!, Number.isFinite(Number(wanted)) ? wanted : null, 1e-12, `bin ${bin}`);
      }
    });
  }

  it("of one is the histogram without, by every rule, and of two twice it", () => {
    const rules = [1, 7, [-1, 0, 0.5, 2], "sturges", "doane", "scott", "fd", "quantile"] as const;
    for (const shape of [
      "normal",
      "lognormal",
      "ten integers",
      "some NaN",
      "infinities",
      "constant",
      "far from zero",
    ]) {
      for (const length of [1, 2, 1023, 1025, 9000]) {
        const values = sample(shape, length, length);
        for (const bins of rules) {
          const plain = histogram(values, { bins: bins as never });
          for (const weight of [1, 2]) {
            const found = histogram(values, { bins: bins as never, weights: new Uint8Array(length).fill(weight) });
            const doubled = { ...plain, counts: plain.counts.map((count) => weight * count) };
            expect(found).toEqual({ ...doubled, under: weight * plain.under, over: weight * plain.over });
          }
        }
      }
    }
  });

  it("leaves out rows in which the value or the weight is missing, for the bins too, and counts them", () => {
    const values = [1, 2, 3, 4, null, Number.NaN, 100, 5, -100];
    const weights = [0.5, -2, null, 1, 7, 7, Number.NaN, 2, undefined];
    const found = histogram(values, { bins: 2, weights });
    expect(found).toEqual({
      counts: [-1.5, 3],
      edges: [1, 3, 5],
      under: 0,
      over: 0,
      missing: { rows: 9, null: 3, nan: 2 },
    });
    expect(histogram(values, { bins: "quantile", weights }).edges.at(-1)).toBe(5);
    expect(histogram(values, { bins: [2, 3], weights })).toMatchObject({ counts: [-2], under: 0.5, over: 3 });
  });

  it("does not depend on how columns are cut into chunks, nor on rows that are left out between others", () => {
    const length = 5000;
    const random = randomFrom(1);
    const values = Array.from(sample("lognormal", length, 2), (x) => (random() < 0.1 ? null : x));
    const weights = Array.from(sample("cauchy", length, 3), (x) => (random() < 0.1 ? null : x));
    const whole = histogram(values, { bins: 20, weights });
    const cut = (column: (number | null)[], at: number[]) =>
      [0, ...at]
        .map((from, k) => arrow.vectorFromArray(column.slice(from, at[k] ?? length), new arrow.Float64()))
        .reduce((one, other) => one.concat(other));
    expect(histogram(cut(values, [7, 1024, 4001]), { bins: 20, weights: cut(weights, [1000, 3333]) })).toEqual(whole);
    const kept = values.map((_, row) => row).filter((row) => values[row] !== null && weights[row] !== null);
    const pick = (column: (number | null)[]) => Float64Array.from(kept, (row) => column[row]!);
    const dense = histogram(pick(values), { bins: 20, weights: pick(weights) });
    expect(dense).toEqual({ ...whole, missing: { rows: kept.length, null: 0, nan: 0 } });
    expect(whole.missing.null).toBe(length - kept.length);
  });

  it("is linear in its weights, and in the weights' sign", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapeNames),
        fc.nat(3000),
        fc.integer(),
        fc.integer({ min: 1, max: 40 }),
        (shape, length, seed, bins) => {
          const values = sample(shape, length, seed);
          const range = [-2, 2] as const;
          const weights = sample("normal", length, seed + 1);
          const found = histogram(values, { bins, range, weights });
          const negated = histogram(values, { bins, range, weights: weights.map((w) => -w) });
          const scaled = histogram(values, { bins, range, weights: weights.map((w) => w * 2 ** -40) });
          expect(negated.counts.map((count) => 0 - count)).toEqual(found.counts.map((count) => count + 0));
          expect(scaled.counts.map((count) => count * 2 ** 40)).toEqual(found.counts);
          const all = histogram(values, { bins: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], weights });
          const parts = found.counts.reduce((sum, count) => sum + count, found.under + found.over);
          expect(Math.abs(parts - all.counts[0]!)).toBeLessThanOrEqual(1e-12 * length);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("refuses weights that are too many or too few, prepared or text, or whose sums are infinite", () => {
    expect(() => histogram([1, 2], { weights: [1] })).toThrow(
      "histogram: weights need as many rows as the column, got 1 for 2",
    );
    expect(() => histogram([1, 2], { weights: [1] })).toThrow(RangeError);
    expect(() => histogram([1], { weights: ["a"] })).toThrow(TypeError);
    expect(() => histogram(prepare([1]), { weights: [1] })).toThrow(/as they are, got a prepared column/);
    expect(() => histogram([1], { weights: prepare([1]) })).toThrow(/as they are, got a prepared weights/);
    expect(() => histogram([1], { weights: [1], sums: true })).toThrow(/give weights or ask for sums/);
    expect(() => histogram([1], { weights: [Number.POSITIVE_INFINITY] })).toThrow(/finite, got Infinity in a bin/);
    expect(() => histogram([1, 1], { weights: [1e308, 1e308] })).toThrow(RangeError);
    expect(() => histogram([], { weights: [], bins: 0 })).toThrow(RangeError);
    expect(histogram([], { weights: [], bins: 2 })).toMatchObject({ counts: [0, 0], under: 0, over: 0 });
  });
});
