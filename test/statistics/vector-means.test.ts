import { describe, expect, it } from "vitest";
import { directionsOfRows, meansOfRows } from "../../dist/statistics/vector-means.js";
import { randomFrom, sample } from "./samples.ts";

const settings = { permutations: 199, seed: 0, confidence: 0.95 };

/** By mean vectors and variances of the components. */
function naive(x: Float64Array, y: Float64Array, dimension: number) {
  const side = (rows: Float64Array) => {
    const n = rows.length / dimension;
    const mean = Array.from({ length: dimension }, (_, c) => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += rows[k * dimension + c]!;
      return sum / n;
    });
    const trace = rows.reduce((sum, value, k) => sum + (value - mean[k % dimension]!) ** 2, 0) / (n - 1);
    return { n, mean, trace };
  };
  const [one, other] = [side(x), side(y)];
  const dot = (u: number[], v: number[]) => u.reduce((sum, value, c) => sum + value * v[c]!, 0);
  const apart = one.mean.map((value, c) => value - other.mean[c]!);
  const square = (dot(apart, apart) - one.trace / one.n - other.trace / other.n) / one.trace;
  const length = ({ mean, trace, n }: typeof one) => dot(mean, mean) - trace / n;
  return { square, cosine: 1 - dot(one.mean, other.mean) / Math.sqrt(length(one) * length(other)) };
}

function unit(rows: Float64Array, dimension: number): Float64Array {
  return rows.map((value, k) => {
    const start = k - (k % dimension);
    return value / Math.hypot(...rows.subarray(start, start + dimension));
  });
}

describe("means of rows of vectors", () => {
  it.each([
    [1, 5, 9],
    [3, 40, 25],
    [17, 12, 30],
  ])("have the distance that mean vectors and variances give: %d components", (dimension, n, m) => {
    const x = sample("normal", n * dimension, 1).map((value) => 3 * value + 2);
    const y = sample("normal", m * dimension, 2).map((value) => value + 2.5);
    const found = meansOfRows(x, y, dimension, settings);
    expect(found.status).toBe("ok");
    expect(found.square).toBeCloseTo(naive(x, y, dimension).square, 11);
    for (const scale of [2 ** -900, 2 ** 900]) {
      const scaled = [x, y].map((rows) => rows.map((value) => value * scale)) as [Float64Array, Float64Array];
      expect(meansOfRows(...scaled, dimension, settings)).toEqual(found);
    }
    const directions = directionsOfRows(x, y, dimension, settings);
    const { cosine } = naive(unit(x, dimension), unit(y, dimension), dimension);
    if (directions.cosine !== null) expect(directions.cosine).toBeCloseTo(cosine, 11);
    else expect(cosine).toBeNaN();
  });

  it("have exact p-values where there are few ways to label the rows", () => {
    const [x, y] = [Float64Array.of(0, 0, 1, 0), Float64Array.of(9, 9, 8, 9)];
    // Of the six ways two are as far apart as the data: it, and its sides exchanged.
    expect(meansOfRows(x, y, 2, settings)).toMatchObject({ pValue: 2 / 6, resolution: 1 / 6, status: "ok" });
  });

  it("keep their level, and find another mean", () => {
    const [means, directions, found] = [0, 0, 0].map(() => ({ count: 0 }));
    const draw = (n: number, seed: number, shift: number) => {
      const random = randomFrom(seed);
      const heavy = sample("normal", n * 4, seed);
      return heavy.map((value, k) => (k % 4 === 0 ? value * Math.exp(random()) : value) + shift);
    };
    for (let seed = 1; seed <= 300; seed++) {
      const [x, y] = [draw(30, seed, 1), draw(20, seed + 5000, 1)];
      means!.count += Number(meansOfRows(x, y, 4, settings).pValue! <= 0.05);
      directions!.count += Number(directionsOfRows(x, y, 4, settings).pValue! <= 0.05);
      found!.count += Number(meansOfRows(x, draw(20, seed + 9000, 2), 4, settings).pValue! <= 0.05);
    }
    // 15 are expected; 28 or more come in one of a thousand.
    expect(means!.count).toBeLessThan(28);
    expect(directions!.count).toBeLessThan(28);
    expect(found!.count).toBeGreaterThan(270);
  });

  it("say what they cannot measure", () => {
    const rows = Float64Array.of(1, 2, 1, 2, 1, 2);
    expect(meansOfRows(rows, rows, 2, settings)).toMatchObject({ pValue: 1, square: 0, status: "constant" });
    expect(
      meansOfRows(
        rows,
        rows.map(() => 5),
        2,
        settings,
      ),
    ).toMatchObject({ square: null, status: "ok" });
    const infinite = Float64Array.of(1, Number.POSITIVE_INFINITY, 0, 0);
    expect(meansOfRows(rows, infinite, 2, settings)).toMatchObject({ pValue: null, status: "infinite" });
    expect(directionsOfRows(infinite, rows, 2, settings)).toMatchObject({ pValue: null, status: "infinite" });
    expect(directionsOfRows(new Float64Array(6), rows, 2, settings)).toMatchObject({ pValue: null, status: "zero" });
  });
});
