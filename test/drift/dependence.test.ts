import { andersonDarlingTest, chiSquareTest, compare, tTest } from "smirnov";
import { andersonDarling, chiSquare, kolmogorov, normal } from "smirnov/distributions";
import { describe, expect, it } from "vitest";
import {
  autocorrelation,
  blocksOfCodes,
  blocksOfScores,
  windowChiSquare,
  windowVariance,
} from "../../dist/drift/dependence/blocks.js";
import { clusterInflation, clustersOfCodes, clustersOfScores } from "../../dist/drift/dependence/clusters.js";
import { inflatedP, type LawName } from "../../dist/drift/dependence/inflated.js";
import { countCodes, numberScores } from "../../dist/drift/dependence/scores.js";
import { autoregressive, clustered, generator, normals, uniforms } from "./samples.ts";

const doubles = (values: readonly number[]) => Float64Array.from(values);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Rows that take their neighbour's category with a chance of `stay`, else any by a skewed law. */
function sticky(count: number, seed: number, categories: number, stay: number): Int32Array {
  const random = generator(seed);
  let last = 0;
  return Int32Array.from({ length: count }, () => {
    if (random() >= stay) last = Math.floor(categories * random() ** 1.5);
    return last;
  });
}
const clustersOf = (rows: number, size: number) =>
  Array.from({ length: rows / size }, (_, k) => Int32Array.from({ length: size }, (_, at) => k * size + at));

describe("scores", () => {
  it("are those of mid-ranks, with mean 0 and variance 1; the second is their square", () => {
    const values = [3, Number.NaN, 1, 3, Infinity, 2, 2, 2, -0, 0];
    const present = values.filter((value) => !Number.isNaN(value));
    const place = (value: number) =>
      normal.quantile(
        (present.filter((one) => one < value).length + present.filter((one) => one === value).length / 2) / 9,
      );
    const places = present.map(place);
    const deviation = Math.sqrt(mean(places.map((one) => (one - mean(places)) ** 2)));
    const [first, second] = numberScores(doubles(values));
    const expected = values.map((one) => (Number.isNaN(one) ? Number.NaN : (place(one) - mean(places)) / deviation));
    for (const [row, one] of expected.entries()) {
      if (Number.isNaN(one)) expect(first![row]).toBeNaN();
      else expect(first![row]).toBeCloseTo(one, 12);
    }
    for (const scores of [first!, second!]) {
      const there = [...scores].filter((score) => !Number.isNaN(score));
      expect(mean(there)).toBeCloseTo(0, 12);
      expect(mean(there.map((score) => score ** 2))).toBeCloseTo(1, 12);
    }
  });

  it("of a constant are none, of two equally frequent values one", () => {
    expect(numberScores(doubles([5, 5, 5]))).toEqual([]);
    expect(numberScores(doubles([]))).toEqual([]);
    expect(numberScores(doubles([0, 1, 0, 1]))).toHaveLength(1);
  });
});

describe("windows of rows", () => {
  it("have the variance that a loop over all of them finds, missing rows or not", () => {
    const scores = doubles(normals(60, 1, 0, 1)).map((score, row) => (row % 7 === 3 ? Number.NaN : score));
    for (const window of [1, 2, 9, 60]) {
      let [squares, counts] = [0, 0];
      for (let from = 0; from + window <= 60; from++) {
        const inside = [...scores.subarray(from, from + window)].filter((score) => !Number.isNaN(score));
        squares += inside.reduce((sum, score) => sum + score, 0) ** 2;
        counts += inside.length;
      }
      expect(windowVariance(scores, window)).toBeCloseTo(squares / counts / (1 - window / 61), 10);
    }
  });

  it("have the mean and variance of X² that a loop over all of them finds", () => {
    const codes = sticky(80, 1, 4, 0.5).map((code, row) => (row % 5 === 2 ? -1 : code));
    const counts = countCodes(codes);
    const shares = counts.map((count) => count / counts.reduce((sum, one) => sum + one, 0));
    for (const window of [3, 10, 40]) {
      const found: number[] = [];
      for (let from = 0; from + window <= 80; from++) {
        const inside = countCodes(Int32Array.from([...codes.subarray(from, from + window), 3])).map((count, code) =>
          code === 3 ? count - 1 : count,
        );
        const rows = inside.reduce((sum, count) => sum + count, 0);
        found.push(
          inside.reduce((sum, count, code) => sum + (count - rows * shares[code]!) ** 2 / rows / shares[code]!, 0),
        );
      }
      const { mean: average, variance } = windowChiSquare(codes, shares, window);
      expect(average).toBeCloseTo(mean(found) / (1 - window / 81), 9);
      expect(variance).toBeCloseTo(mean(found.map((one) => (one - mean(found)) ** 2)), 9);
    }
  });

  it("of independent rows are what they are, of an autoregressive series (1 + r) / (1 - r) times as variable", () => {
    const independent = blocksOfScores(numberScores(doubles(normals(20_000, 1, 0, 1))), null);
    expect(independent.reach).toBe(0);
    expect(independent.inflation(1000)).toBe(1);
    for (const [r, seed] of [
      [0.3, 1],
      [0.5, 2],
      [0.8, 3],
    ] as const) {
      const scores = numberScores(doubles(autoregressive(40_000, seed, r)));
      expect(autocorrelation(scores[0]!, 1)).toBeCloseTo(r, 1);
      const { reach, inflation, open } = blocksOfScores(scores, null);
      expect(open).toBe(false);
      expect(reach).toBeGreaterThan(1);
      expect(inflation(5000) / ((1 + r) / (1 - r))).toBeGreaterThan(0.9);
      expect(inflation(5000) / ((1 + r) / (1 - r))).toBeLessThan(1.2);
      // Of windows that are shorter than dependence reaches: Σ (1 - |k| / L) r^|k|
      const two = 1 + r;
      expect(inflation(2) / two).toBeCloseTo(1, 1);
    }
  });

  it("say so when dependence does not end", () => {
    const trend = doubles(normals(5000, 1, 0, 1).map((value, row) => value + row / 1000));
    expect(blocksOfScores(numberScores(trend), null).open).toBe(true);
  });

  it("of categories that stay with a chance of s are (1 + s) / (1 - s) times as variable, alike in all directions", () => {
    for (const categories of [2, 5, 40]) {
      const { inflation, degrees } = blocksOfCodes(sticky(40_000, categories, categories, 0.5), null);
      expect(inflation(5000)).toBeGreaterThan(2.7);
      expect(inflation(5000)).toBeLessThan(3.5);
      expect(degrees(5000)).toBeGreaterThan(0.85);
    }
    // Only one of ten categories comes in runs.
    const random = generator(5);
    let left = 0;
    const runs = Int32Array.from({ length: 40_000 }, () => {
      if (left === 0 && random() < 0.005) left = 20;
      if (left > 0) left--;
      return left > 0 ? 9 : Math.floor(9 * random());
    });
    expect(blocksOfCodes(runs, null).degrees(5000)).toBeLessThan(0.6);
  });

  it("of one category, or of none, do not depend", () => {
    for (const codes of [new Int32Array(100), new Int32Array(100).fill(-1), new Int32Array(0)]) {
      const { inflation, degrees } = blocksOfCodes(codes, null);
      expect([inflation(50), degrees(50)]).toEqual([1, 1]);
    }
    expect(blocksOfScores([], 10).inflation(50)).toBe(1);
  });
});

describe("clusters", () => {
  it("have the intraclass correlation that a loop over all pairs finds, and what little they leave open on top", () => {
    const [scores] = numberScores(doubles(clustered(600, 1, 6, 0.3)));
    const clusters = clustersOf(600, 6);
    const products = clusters.flatMap((rows) =>
      [...rows].flatMap((one) =>
        [...rows].filter((other) => other !== one).map((other) => scores![one]! * scores![other]!),
      ),
    );
    const { correlation } = clustersOfScores([scores!], clusters);
    expect(correlation).toBeCloseTo(mean(products) * (1 + Math.sqrt(2 / 100)), 10);
    expect(mean(products)).toBeCloseTo(0.3, 0);
  });

  it("inflate by Kish's design effect", () => {
    // 20 clusters of 5: 1 + r (5 - 1)
    expect(clusterInflation(0.3, 100, 20 * 25)).toBeCloseTo(2.2, 12);
    expect(clusterInflation(0.3, 100, 100)).toBe(1);
    expect(clusterInflation(0, 100, 5000)).toBe(1);
  });

  it("of categories have the mean over all directions", () => {
    const random = generator(3);
    const codes = new Int32Array(20_000);
    for (let row = 0; row < codes.length; row += 10) {
      const shared = Math.floor(4 * random());
      // Pairs agree by choice with a chance of 1/4.
      for (let k = 0; k < 10; k++) codes[row + k] = random() < 0.5 ? shared : Math.floor(4 * random());
    }
    const { correlation, degrees } = clustersOfCodes(codes, clustersOf(20_000, 10));
    expect(correlation).toBeGreaterThan(0.23);
    expect(correlation).toBeLessThan(0.29);
    expect(degrees(1000, 3)).toBeGreaterThan(0.85);
  });
});

describe("inflated p-values", () => {
  const laws: readonly LawName[] = ["normal", "kolmogorov", "anderson-darling", { chiSquare: 1 }, { chiSquare: 9 }];

  it("are those of the divided statistic by its law", () => {
    const twice = { factor: 2, degrees: 1 };
    expect(inflatedP(2 * normal.sf(3), "normal", twice)).toBeCloseTo(2 * normal.sf(3 / Math.SQRT2), 12);
    expect(inflatedP(kolmogorov.sf(2), "kolmogorov", twice)).toBeCloseTo(kolmogorov.sf(Math.SQRT2), 12);
    expect(inflatedP(andersonDarling.sf(8), "anderson-darling", twice)).toBeCloseTo(andersonDarling.sf(4), 12);
    expect(inflatedP(chiSquare.sf(30, 9), { chiSquare: 9 }, twice)).toBeCloseTo(chiSquare.sf(15, 9), 12);
    const fewer = { factor: 2, degrees: 0.5 };
    expect(inflatedP(chiSquare.sf(30, 8), { chiSquare: 8 }, fewer)).toBeCloseTo(chiSquare.sf(7.5, 4), 12);
  });

  it("are never smaller, the same without dependence, and stay in [0, 1]", () => {
    for (const law of laws) {
      for (const p of [0, 1e-320, 1e-50, 0.001, 0.05, 0.5, 0.999, 1]) {
        expect(inflatedP(p, law, { factor: 1, degrees: 1 })).toBe(p);
        let last = p;
        for (const factor of [1.1, 2, 10, 1e6]) {
          const inflated = inflatedP(p, law, { factor, degrees: 1 });
          expect(inflated).toBeGreaterThanOrEqual(last - 1e-12);
          expect(inflated).toBeLessThanOrEqual(1);
          last = inflated;
        }
      }
    }
  });
});

describe("tests on dependent rows", () => {
  const repetitions = 150;
  const rejected = (pValues: readonly number[]) => pValues.filter((p) => p <= 0.05).length / pValues.length;

  it("reject too often as they are, and not when the neighbours' dependence is allowed for", () => {
    const found = Array.from({ length: repetitions }, (_, k) => {
      const reference = doubles(autoregressive(3000, 2 * k + 1, 0.5));
      const current = doubles(autoregressive(100, 2 * k + 2, 0.5));
      const { inflation } = blocksOfScores(numberScores(reference), null);
      const factor = (3000 * inflation(100) + 100 * inflation(3000)) / 3100;
      const p = andersonDarlingTest(reference, current).pValue;
      const t = tTest(reference, current).pValue!;
      return {
        p,
        allowed: inflatedP(p, "anderson-darling", { factor, degrees: 1 }),
        t: inflatedP(t, "normal", { factor, degrees: 1 }),
      };
    });
    expect(rejected(found.map(({ p }) => p))).toBeGreaterThan(0.15);
    expect(rejected(found.map(({ allowed }) => allowed))).toBeLessThan(0.07);
    expect(rejected(found.map(({ t }) => t))).toBeLessThan(0.1);
  });

  it("the same of categories", () => {
    const found = Array.from({ length: repetitions }, (_, k) => {
      const [reference, current] = [sticky(3000, 2 * k + 1, 5, 0.5), sticky(100, 2 * k + 2, 5, 0.5)];
      const { inflation, degrees } = blocksOfCodes(reference, null);
      const factor = (3000 * inflation(100) + 100 * inflation(3000)) / 3100;
      const p = chiSquareTest(reference, current).pValue;
      return { p, allowed: inflatedP(p, { chiSquare: 4 }, { factor, degrees: degrees(100) }) };
    });
    expect(rejected(found.map(({ p }) => p))).toBeGreaterThan(0.3);
    expect(rejected(found.map(({ allowed }) => allowed))).toBeLessThan(0.1);
  });
});

describe("compare with dependent rows", () => {
  const series = (rows: number, seed: number) => ({
    level: autoregressive(rows, seed, 0.9),
    state: autoregressive(rows, seed + 1, 0.9).map((value) => (value < -0.5 ? "low" : value < 0.5 ? "middle" : "high")),
    gaps: autoregressive(rows, seed + 2, 0.9).map((value) => (value > 1 ? null : value)),
    noise: normals(rows, seed + 3, 0, 1),
    ordered: uniforms(rows, seed + 4).sort((one, other) => one - other),
  });
  const [reference, current] = [series(5000, 1), series(300, 100)];

  it("warns of it, except where rows lie in order", async () => {
    const { columns, warnings } = await compare(reference, current);
    const warned = Object.values(columns).filter((column) => column.warnings.length > 0);
    expect(warned.map(({ column }) => column)).toEqual(["level", "state", "gaps"]);
    expect(warnings).toEqual([expect.stringMatching(/^level, state, gaps: rows depend on their neighbours.* blocks /)]);
  });

  it("allows for blocks, says how much, and in words", async () => {
    const plain = await compare(reference, current);
    const { columns, settings } = await compare(reference, current, { blocks: true });
    expect(settings.blocks).toBe(true);
    const { level, state, gaps, noise } = columns;
    expect(level!.dependence).toMatchObject({ by: "blocks", correlation: null, availability: null });
    expect(level!.dependence!.values).toBeGreaterThan(12);
    expect(level!.dependence!.reach).toBeGreaterThan(5);
    expect(level!.pValue).toBeGreaterThan(plain.columns.level!.pValue!);
    expect(level!.reason).toMatch(/; rows depend on each other: variance × \d+/);
    expect(state!.dependence!.values).toBeGreaterThan(5);
    expect(gaps!.dependence!.availability).toBeGreaterThan(3);
    expect(noise!.dependence).toMatchObject({ values: 1, reach: 0 });
    expect(noise!.pValue).toBe(plain.columns.noise!.pValue);
    expect(noise!.reason).not.toContain("depend");
    expect((await compare(reference, current, { blocks: 50 })).columns.level!.dependence!.reach).toBe(50);
  });

  it("says when only the current rows depend", async () => {
    const order = uniforms(5000, 9).map((key, row) => ({ key, row }));
    order.sort((one, other) => one.key - other.key);
    const shuffled = { level: order.map(({ row }) => reference.level[row]!) };
    const { columns } = await compare(shuffled, { level: current.level }, { blocks: true });
    expect(columns.level!.warnings).toEqual([expect.stringContaining("is it in another order?")]);
  });

  it("allows for clusters, and leaves their names out unless asked", async () => {
    const customers = (rows: number, seed: number) => ({
      customer: Array.from({ length: rows }, (_, row) => (row % 10 === 9 ? null : `${seed} ${Math.floor(row / 10)}`)),
      spent: clustered(rows, seed, 10, 0.5),
    });
    const [before, after] = [customers(5000, 1), customers(300, 2)];
    const { columns } = await compare(before, after, { clusterBy: "customer" });
    expect(Object.keys(columns)).toEqual(["spent"]);
    expect(columns.spent!.dependence).toMatchObject({ by: "clusters", reach: null });
    expect(columns.spent!.dependence!.correlation).toBeCloseTo(0.5, 0);
    // 1 + r (Σ s² / n - 1) of clusters of 9 and singles
    expect(columns.spent!.dependence!.values).toBeCloseTo(1 + columns.spent!.dependence!.correlation! * 7.2, 6);
    const named = await compare(before, after, { clusterBy: "customer", columns: ["customer"] });
    expect(Object.keys(named.columns)).toEqual(["customer"]);
    const few = await compare(before, customers(50, 3), { clusterBy: "customer", columns: ["spent"] });
    expect(few.warnings).toEqual([]);
    const one = await compare(
      before,
      { customer: Array(50).fill("x"), spent: clustered(50, 3, 50, 0.5) },
      { clusterBy: "customer" },
    );
    expect(one.warnings).toEqual(["a side has only 1 cluster, which is little to judge by"]);
  });

  it("still finds a drift that is there", async () => {
    const moved = { level: current.level.map((value) => value + 3) };
    const { columns } = await compare({ level: reference.level }, moved, { blocks: true });
    expect(columns.level).toMatchObject({ drifted: true, severity: "drift" });
  });

  it("refuses what it cannot use", async () => {
    const one = { a: [1, 2] };
    await expect(compare(one, one, { clusterBy: "b" })).rejects.toThrow('compare: clusterBy names "b"');
    await expect(compare(one, one, { clusterBy: 1 as never })).rejects.toThrow(TypeError);
    await expect(compare(one, one, { blocks: 0 })).rejects.toThrow(RangeError);
    await expect(compare(one, one, { blocks: "few" as never })).rejects.toThrow(TypeError);
    await expect(compare(one, one, { blocks: true, clusterBy: "a" })).rejects.toThrow("not both");
  });
});
