import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { mmd } from "../../dist/statistics/mmd.js";
import { expectClose, oracle, sampleOf, type WrittenSample } from "./oracle.ts";
import { sample } from "./samples.ts";

interface Case {
  readonly name: string;
  readonly dimension: number;
  readonly bandwidth: number | null;
  readonly reference: WrittenSample;
  readonly current: WrittenSample;
  readonly sigma: number;
  readonly statistic: number;
  readonly pValue: number | null;
}

const { cases } = oracle<{ cases: Case[] }>("mmd");
const vectors = (values: Float64Array | Float32Array, dimension: number) => ({ values, dimension });

/** By its definition, over all pairs. */
function naive(x: Float64Array, y: Float64Array, sigma: number): number {
  const mean = (a: Float64Array, b: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) {
      for (let j = 0; j < b.length; j++)
        if (a !== b || i !== j) sum += Math.exp(-((a[i]! - b[j]!) ** 2) / (2 * sigma ** 2));
    }
    return sum / a.length / (a === b ? b.length - 1 : b.length);
  };
  return mean(x, x) + mean(y, y) - 2 * mean(x, y);
}

describe("the maximum mean discrepancy", () => {
  for (const { name, dimension, bandwidth, reference, current, sigma, statistic, pValue } of cases) {
    it(`is the exact one: ${name}`, () => {
      const given = bandwidth === null ? {} : { bandwidth };
      const sides = [sampleOf(reference), sampleOf(current)];
      const forms = [sides.map((side) => vectors(side, dimension)), ...(dimension === 1 ? [sides] : [])];
      for (const [x, y] of forms) {
        const found = mmd(x!, y!, { permutations: 99, ...given });
        expect(Math.abs(found.statistic! - statistic)).toBeLessThanOrEqual(1e-14);
        expectClose(found.bandwidth!.sigma, sigma, 1e-15);
        const rule = bandwidth !== null ? "given" : name === "most are equal" ? "median of unequal" : "median";
        expect(found).toMatchObject({ status: "ok", bandwidth: { rule } });
        const back = mmd(y!, x!, { permutations: 99, ...given });
        expect(Math.abs(back.statistic! - statistic)).toBeLessThanOrEqual(1e-14);
        expect(back.bandwidth).toEqual(found.bandwidth);
        if (pValue === null) continue;
        const exact = mmd(x!, y!, { permutations: 1000, ...given });
        expectClose(exact.pValue, pValue, 1e-15);
        expect(exact).toMatchObject({ method: "exact", seed: null });
      }
    });
  }

  it("is the naive one of a sample, which depends on the seed and not on chunks, nulls or the type", () => {
    const [x, y] = [sample("normal", 900, 1), sample("normal", 700, 2, 0.5)];
    const options = { sample: 150, permutations: 49, bandwidth: 0.8 };
    const found = mmd(x, y, { ...options, seed: 3 });
    expect(found).toMatchObject({
      n: 900,
      m: 700,
      sampled: { reference: 150, current: 150 },
      seed: 3,
      permutations: 49,
    });
    expect(mmd(x, y, { ...options, seed: 3 })).toEqual(found);
    expect(mmd(x, y, { ...options, seed: 4 }).statistic).not.toBe(found.statistic);
    const whole = arrow.makeVector(x);
    const cut = whole.slice(0, 13).concat(whole.slice(13, 600), whole.slice(600));
    expect(mmd(cut, y, { ...options, seed: 3 })).toEqual(found);
    const gaps = [null, Number.NaN, ...Array.from(x), null];
    const { missing, ...rest } = mmd(gaps, y, { ...options, seed: 3 });
    expect({ ...found, ...rest }).toEqual(found);
    expect(missing.reference).toEqual({ rows: 903, null: 2, nan: 1 });
    expect(mmd(vectors(x, 1), vectors(y, 1), { ...options, seed: 3 })).toEqual(found);
    const all = mmd(x, y, { permutations: 9, bandwidth: 0.8 });
    expect(Math.abs(all.statistic! - naive(x, y, 0.8))).toBeLessThan(1e-13);
    // Of 1600 rows in all, a sample of 300 is about as far apart.
    expect(Math.abs(all.statistic! - found.statistic!)).toBeLessThan(0.1);
  });

  it("of vectors leaves out null lists, null components and NaN, in f16, f32 and f64 alike", () => {
    const numbers = (seed: number) => sample("normal", 120, seed).map((value) => Math.round(value * 64) / 64);
    const lists = (values: Float64Array) =>
      Array.from({ length: 40 }, (_, row) => Array.from(values.subarray(3 * row, 3 * row + 3)));
    const [x, y] = [numbers(1), numbers(2)];
    const expected = mmd(vectors(x, 3), vectors(y, 3), { permutations: 99 });
    const gaps = [null, ...lists(x).slice(0, 7), [1, Number.NaN, 2], ...lists(x).slice(7), null];
    for (const type of [new arrow.Float16(), new arrow.Float32(), new arrow.Float64()]) {
      const whole = arrow.vectorFromArray(gaps, new arrow.FixedSizeList(3, new arrow.Field("item", type, true)));
      for (const side of [whole, whole.slice(0, 5).concat(whole.slice(5, 30), whole.slice(30))]) {
        const { missing, ...found } = mmd(side, vectors(Float32Array.from(y), 3), { permutations: 99 });
        expect({ ...expected, ...found }).toEqual(expected);
        expect(missing.reference).toEqual({ rows: 43, null: 2, nan: 1 });
      }
    }
  });

  it("draws ways to label the rows whose p-values agree with those of all", () => {
    for (const { dimension, reference, current, pValue } of cases) {
      if (pValue === null) continue;
      const [x, y] = [vectors(sampleOf(reference), dimension), vectors(sampleOf(current), dimension)];
      for (const seed of [0, 1, 2]) {
        const found = mmd(x, y, { permutations: 100, seed, confidence: 0.9999 });
        expect(found).toMatchObject({ method: "sampled", permutations: 100, resolution: 1 / 101, seed });
        expect(found.interval![0]).toBeLessThanOrEqual(pValue);
        expect(found.interval![1]).toBeGreaterThanOrEqual(pValue);
      }
    }
  });

  it("finds what a test of means cannot, and is never 0", () => {
    const x = sample("normal", 300, 1);
    const y = sample("normal", 300, 2).map((value) => 2 * value);
    expect(mmd(x, y, { permutations: 199 })).toMatchObject({ pValue: 1 / 200, resolution: 1 / 200 });
    expect(mmd(x, sample("normal", 300, 3), { permutations: 199 }).pValue).toBeGreaterThan(0.01);
  });

  it("has a status for rows that are all equal, and for infinite values", () => {
    const constant = mmd([2, 2, 2], [2, 2]);
    expect(constant).toMatchObject({ statistic: 0, pValue: 1, bandwidth: null, status: "constant" });
    expect(mmd([2, 2, 2], [2, 2], { bandwidth: 1 })).toMatchObject({ statistic: 0, pValue: 1, status: "ok" });
    expect(mmd([1, 2, Infinity], [1, 2])).toMatchObject({ statistic: null, pValue: null, status: "infinite" });
  });

  it("takes a prepared reference", () => {
    const [x, y] = [sample("normal", 60, 1), sample("normal", 50, 2)];
    const found = mmd(prepare(x), y, { permutations: 9 });
    expect(Math.abs(found.statistic! - mmd(x, y, { permutations: 9 }).statistic!)).toBeLessThan(1e-14);
  });

  it("refuses sides of one row, text, vectors on one side, other dimensions and settings out of range", () => {
    expect(() => mmd([1], [1, 2])).toThrow("mmd: each side needs at least two rows, got 1 and 2");
    expect(() => mmd([1, 2], [null, 3])).toThrow("mmd: each side needs at least two rows, got 2 and 1");
    expect(() => mmd(["a", "b"], ["c", "d"])).toThrow(TypeError);
    const one = vectors(Float64Array.of(1, 2, 3, 4), 2);
    expect(() => mmd(one, [1, 2])).toThrow("mmd: current must hold vectors, got Float64");
    expect(() => mmd(one, vectors(Float64Array.of(1, 2), 1))).toThrow(
      "mmd: vectors must be of one dimension, got 2 and 1",
    );
    for (const bandwidth of [0, -1, Number.NaN, Infinity])
      expect(() => mmd([1, 2], [1, 2], { bandwidth })).toThrow(RangeError);
    for (const sample of [1, 1.5, 20_000]) expect(() => mmd([1, 2], [1, 2], { sample })).toThrow("mmd: sample must be");
    expect(() => mmd([1, 2], [1, 2], { permutations: -1 })).toThrow("mmd: permutations must be a whole number");
  });
});
