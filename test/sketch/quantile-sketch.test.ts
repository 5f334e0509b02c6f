import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostValues } from "../../dist/sketch/levels.js";
import {
  addQuantiles,
  emptyQuantiles,
  mergeQuantiles,
  type QuantileSketch,
} from "../../dist/sketch/quantile-sketch.js";
import { rankError } from "../../dist/sketch/rank-error.js";
import { sketchQuantiles, sketchRank } from "../../dist/sketch/sorted-view.js";
import { blocksOf, histories, lived, randoms, sketchOf, worstError, written } from "./naive.ts";

const certainty = ({ halvings }: QuantileSketch) => halvings.reduce((sum, many, h) => sum + many * 2 ** h, 0);
const copyOf = (sketch: QuantileSketch): QuantileSketch => structuredClone(sketch);

describe("a quantile sketch", () => {
  it("keeps every value as long as it has room, and then its ranks and quantiles are exact", () => {
    const random = randoms(1);
    const values = Float64Array.from({ length: mostValues(20) }, () => Math.floor(random() * 30));
    const sketch = sketchOf(20, ...blocksOf(values, 7));
    expect(sketch.values).toEqual(values.slice().sort());
    expect(rankError(sketch)).toBe(0);
    expect(worstError(sketch, values)).toBe(0);
    const sorted = values.slice().sort();
    const probabilities = [0, 0.001, 0.1, 0.25, 0.5, 0.9, 0.999, 1];
    expect(sketchQuantiles(sketch, probabilities)).toEqual(
      probabilities.map((p) => sorted[Math.max(Math.ceil(p * sorted.length) - 1, 0)]),
    );
    for (const x of [-1, 0, 3, 3.5, 29, 40]) {
      expect(sketchRank(sketch, x)).toBe(values.filter((y) => y <= x).length / values.length);
    }
  });

  it("counts exactly, knows both extremes, stays within its room and within its certain bound, whatever happened", () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 8, max: 24 }), (history, k) => {
        const { sketch, all } = lived(history, k);
        expect(sketch.count).toBe(all.length);
        expect(sketch.sizes.reduce((sum, size, h) => sum + size * 2 ** h, 0)).toBe(all.length);
        expect(sketch.sizes.reduce((sum, size) => sum + size, 0)).toBe(sketch.values.length);
        expect(sketch.values.length).toBeLessThanOrEqual(mostValues(k));
        expect(sketch.halvings.length).toBe(sketch.sizes.length);
        expect(sketch.next.length).toBe(sketch.sizes.length);
        if (all.length === 0) {
          expect(sketch).toEqual(emptyQuantiles(k));
          return;
        }
        const sorted = Float64Array.from(all, (x) => x + 0).sort();
        expect(sketch.min).toBe(sorted[0]);
        expect(sketch.max).toBe(sorted.at(-1));
        const known = new Set(sorted);
        let from = 0;
        for (const size of sketch.sizes) {
          const level = sketch.values.subarray(from, from + size);
          from += size;
          expect(level.every((x, k) => k === 0 || x >= level[k - 1]!)).toBe(true);
          expect(level.every((x) => known.has(x) && !Object.is(x, -0))).toBe(true);
        }
        const worst = worstError(sketch, sorted);
        expect(worst).toBeLessThanOrEqual(certainty(sketch));
        expect(worst).toBeLessThanOrEqual(rankError(sketch) * all.length * (1 + 1e-12));
      }),
      { numRuns: 200 },
    );
  });

  it("has the same bytes for the same blocks in the same order, and tells nothing from -0", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const again = history.map((step) =>
          step instanceof Float64Array ? step.map((x) => (x === 0 ? -0 : x)) : step,
        );
        expect(written(lived(again, 9).sketch)).toBe(written(lived(history, 9).sketch));
      }),
    );
  });

  it("merges with an empty one without any change, and never changes what it merges", () => {
    fc.assert(
      fc.property(histories, histories, (left, right) => {
        const { sketch } = lived(left, 10);
        const other = lived(right, 10).sketch;
        const before = copyOf(other);
        const neutral = copyOf(sketch);
        mergeQuantiles(neutral, emptyQuantiles(10));
        expect(written(neutral)).toBe(written(sketch));
        const first = emptyQuantiles(10);
        mergeQuantiles(first, sketch);
        expect(written(first)).toBe(written(sketch));
        mergeQuantiles(sketch, other);
        expect(written(other)).toBe(written(before));
        mergeQuantiles(other, sketch);
        addQuantiles(other, Float64Array.of(1, 2, 3));
        expect(sketch.count).toBe(neutral.count + before.count);
        expect(written(first)).toBe(written(neutral));
      }),
    );
  });

  it("can be merged with itself", () => {
    const values = Float64Array.from({ length: 5000 }, (_, k) => k);
    const sketch = sketchOf(30, values);
    const twice = copyOf(sketch);
    mergeQuantiles(twice, twice);
    expect(twice.count).toBe(10_000);
    expect(twice.sizes.reduce((sum, size, h) => sum + size * 2 ** h, 0)).toBe(10_000);
  });

  it("takes a sketch of another k, and keeps its own", () => {
    const random = randoms(5);
    const values = Float64Array.from({ length: 20_000 }, random);
    for (const [k, other] of [
      [20, 200],
      [200, 20],
    ] as const) {
      const sketch = emptyQuantiles(k);
      mergeQuantiles(sketch, sketchOf(other, ...blocksOf(values, 3000)));
      expect(sketch.k).toBe(k);
      expect(sketch.values.length).toBeLessThanOrEqual(mostValues(k));
      expect(worstError(sketch, values)).toBeLessThanOrEqual(rankError(sketch) * values.length);
    }
  });

  it("chooses by what the data are: other data of the same length have other bits", () => {
    const choices = new Set<number>();
    for (let shift = 0; shift < 64; shift++) {
      choices.add(
        sketchOf(
          50,
          Float64Array.from({ length: 65_536 }, (_, k) => (k < 32_000 + 16 * shift ? 0 : 1)),
        ).random,
      );
    }
    expect(choices.size).toBe(64);
  });

  it("refuses a k that is none, and questions to an empty sketch", () => {
    for (const k of [7, 65_536, 20.5, NaN, Infinity]) expect(() => emptyQuantiles(k)).toThrow(RangeError);
    expect(() => sketchRank(emptyQuantiles(), 1)).toThrow("sketchRank: the sketch needs at least one value");
    expect(() => sketchQuantiles(emptyQuantiles(), [0.5])).toThrow(RangeError);
    expect(() => sketchQuantiles(sketchOf(8, Float64Array.of(1)), [1.5])).toThrow(RangeError);
  });
});

const large = 200_000;
const kinds: Record<string, (k: number, random: () => number) => number> = {
  sorted: (k) => k,
  reversed: (k) => -k,
  "zoomed in": (k) => (k % 2 === 0 ? k : 2 * large - k),
  "with few values": (_, random) => Math.floor(random() * 5),
  constant: () => 0.3,
  "nearly constant": (k, random) => (k % 1000 === 0 ? random() : 0.3),
  normal: (_, random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  "of huge spread": (_, random) => (random() - 0.5) * 10 ** (600 * random() - 300),
  "with infinities": (_, random) => 1 / Math.floor(random() * 3 - 1),
  periodic: (k) => k % 64,
};

describe("ranks of values that are", () => {
  for (const [name, make] of Object.entries(kinds)) {
    it(`${name} stay within the bound, added in blocks of any size and merged`, () => {
      const random = randoms(7);
      const values = Float64Array.from({ length: large }, (_, k) => make(k, random));
      for (const rows of [37, 1000, 65_536]) {
        const blocks = blocksOf(values, rows);
        const streamed = sketchOf(60, ...blocks);
        const merged = emptyQuantiles(60);
        for (let k = 0; k < blocks.length; k += 40) mergeQuantiles(merged, sketchOf(60, ...blocks.slice(k, k + 40)));
        for (const sketch of [streamed, merged]) {
          expect(sketch.count).toBe(large);
          expect(rankError(sketch)).toBeGreaterThan(0);
          expect(rankError(sketch)).toBeLessThan(0.07);
          expect(worstError(sketch, values)).toBeLessThanOrEqual(rankError(sketch) * large);
        }
      }
    });
  }
});
