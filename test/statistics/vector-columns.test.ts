import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { cosine } from "../../dist/statistics/cosine.js";
import { chebyshev, euclidean, manhattan, minkowski } from "../../dist/statistics/distances.js";
import type { RowsDistance } from "../../src/statistics/vector-columns.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample } from "./samples.ts";

interface Case {
  readonly name: string;
  readonly dimension: number;
  readonly reference: WrittenSample;
  readonly current: WrittenSample;
  readonly means: Readonly<Record<string, Written>>;
  readonly rows: Readonly<Record<string, readonly Written[]>>;
}

const { cases } = oracle<{ cases: Case[] }>("vector-columns");
type Side = Parameters<typeof cosine>[0];
const between = (x: Side, y: Side, measure: string, where: "means" | "rows") =>
  measure === "cosine" ? cosine(x, y, { between: where }) : minkowski(x, y, Number(measure), { between: where });
const measures = ["1", "2", "3", "Infinity", "cosine"];
const vectors = (values: Float64Array | Float32Array, dimension: number) => ({ values, dimension });

/** Lists of doubles or floats, a null for each that is null. */
function listsOf(lists: readonly (readonly number[] | null)[], dimension: number, type: arrow.DataType) {
  return arrow.vectorFromArray(lists, new arrow.FixedSizeList(dimension, new arrow.Field("item", type, true)));
}

/** Vectors as lists. */
function listed(values: ArrayLike<number>, dimension: number): number[][] {
  const all = Array.from(values);
  return Array.from({ length: all.length / dimension }, (_, row) => all.slice(row * dimension, (row + 1) * dimension));
}

describe("the distance of two columns of vectors", () => {
  for (const { name, dimension, reference, current, means, rows } of cases) {
    const [x, y] = [vectors(sampleOf(reference), dimension), vectors(sampleOf(current), dimension)];

    it(`is the exact one between their means: ${name}`, () => {
      for (const [measure, distance] of Object.entries(means)) {
        const found = between(x, y, measure, "means");
        expect(found).toMatchObject({ status: "ok", dimension, n: x.values.length / dimension });
        if (measure === "cosine")
          expect(Math.abs((found as { distance: number }).distance - Number(distance))).toBeLessThan(1e-15);
        else expectClose((found as { distance: number }).distance, distance, 1e-13, measure);
      }
    });

    it(`is the exact one row by row: ${name}`, () => {
      for (const [measure, distances] of Object.entries(rows)) {
        const found = between(x, y, measure, "rows") as RowsDistance;
        expect(found).toMatchObject({ status: "ok", n: distances.length, undefinedRows: 0 });
        found.distances.forEach((distance, row) => {
          if (measure === "cosine") expect(Math.abs(distance! - Number(distances[row]))).toBeLessThan(2e-15);
          else expectClose(distance, distances[row]!, 1e-13, `${measure}, row ${row}`);
        });
        const mean = distances.reduce<number>((sum, distance) => sum + Number(distance) / distances.length, 0);
        if (measure !== "cosine" && name !== "subnormal") expectClose(found.mean, mean, 1e-12);
      }
    });
  }

  it("has names of its own for three powers", () => {
    const [x, y] = [vectors(sample("normal", 60, 1), 4), vectors(sample("normal", 60, 2), 4)];
    for (const [of, p] of [
      [manhattan, 1],
      [euclidean, 2],
      [chebyshev, Infinity],
    ] as const) {
      expect(of(x, y, { between: "means" })).toEqual(minkowski(x, y, p, { between: "means" }));
      expect(of(x, y, { between: "rows" })).toEqual(minkowski(x, y, p, { between: "rows" }));
    }
  });

  it("is that of the same numbers in any type, for every dimension up to 19", () => {
    for (let dimension = 1; dimension < 20; dimension++) {
      const numbers = (seed: number) =>
        sample("normal", dimension * 37, seed).map((value) => Math.round(64 * value) / 64);
      const [x, y] = [numbers(1), numbers(2)];
      for (const where of ["means", "rows"] as const) {
        for (const measure of measures) {
          const expected = between(vectors(x, dimension), vectors(y, dimension), measure, where);
          const f32 = (values: Float64Array) => vectors(Float32Array.from(values), dimension);
          expect(between(f32(x), f32(y), measure, where)).toEqual(expected);
          expect(between(f32(x), vectors(y, dimension), measure, where)).toEqual(expected);
          const f16 = listsOf(listed(x, dimension), dimension, new arrow.Float16());
          expect(between(f16, f32(y), measure, where)).toEqual(expected);
        }
      }
    }
  });

  it("does not depend on chunks; means do not depend on missing rows either", () => {
    const [dimension, count] = [5, 5000];
    const [x, y] = [sample("lognormal", dimension * count, 1), sample("lognormal", dimension * count, 2)];
    const lists = listed(x, dimension);
    const gaps = lists.map((list, row) => (row % 7 === 3 ? null : row % 11 === 5 ? list.with(1, Number.NaN) : list));
    for (const type of [new arrow.Float64(), new arrow.Float32()]) {
      const whole = listsOf(gaps, dimension, type);
      const cut = whole.slice(0, 13).concat(whole.slice(13, 14), whole.slice(14, 3001), whole.slice(3001));
      const kept = listsOf(
        gaps.filter((list) => list !== null && !list.some(Number.isNaN)) as number[][],
        dimension,
        type,
      );
      const other = vectors(y, dimension);
      for (const measure of measures) {
        for (const where of ["means", "rows"] as const) {
          const found = between(whole, other, measure, where);
          expect(between(cut, other, measure, where)).toEqual(found);
          const missing = { rows: count, null: 714, nan: gaps.filter((list) => list?.some(Number.isNaN)).length };
          expect(found.missing).toEqual(
            where === "rows" ? missing : { reference: missing, current: { rows: count, null: 0, nan: 0 } },
          );
        }
        const { distance } = between(whole, other, measure, "means") as { distance: number };
        expect((between(kept, other, measure, "means") as { distance: number }).distance).toBe(distance);
        const back = (between(other, whole, measure, "means") as { distance: number }).distance;
        expect(Math.abs(back - distance)).toBeLessThanOrEqual(measure === "cosine" ? 1e-15 : 0);
      }
    }
  });

  it("leaves out rows in which a side is null, has a null component or a NaN, and counts them", () => {
    const x = listsOf([[1, 2], null, [3, 4], [5, Number.NaN], [0, 0]], 2, new arrow.Float64());
    const y = listsOf([[4, 6], [1, 1], null, [Number.NaN, 1], [0, 1]], 2, new arrow.Float64());
    expect(euclidean(x, y, { between: "rows" })).toEqual({
      between: "rows",
      distances: [5, null, null, null, 1],
      mean: 3,
      dimension: 2,
      n: 2,
      undefinedRows: 0,
      status: "ok",
      missing: { rows: 5, null: 2, nan: 1 },
    });
    expect(euclidean(x, y, { between: "means" })).toMatchObject({
      n: 3,
      m: 3,
      missing: { reference: { rows: 5, null: 1, nan: 1 }, current: { rows: 5, null: 1, nan: 1 } },
    });
    const values = arrow.vectorFromArray([1, null, 3, 4], new arrow.Float64());
    const type = new arrow.FixedSizeList(2, new arrow.Field("item", new arrow.Float64(), true));
    const withNull = arrow.makeVector(arrow.makeData({ type, length: 2, nullCount: 0, child: values.data[0]! }));
    const found = euclidean(withNull, vectors(Float64Array.of(0, 0, 0, 0), 2), { between: "rows" });
    expect(found).toMatchObject({ distances: [null, 5], missing: { rows: 2, null: 1, nan: 0 } });
  });

  it("has a status for infinities and for vectors without a direction", () => {
    const x = vectors(Float64Array.of(1, Infinity, 0, 0, 3, 4), 2);
    const y = vectors(Float64Array.of(1, Infinity, 1, 0, 4, 3), 2);
    for (const measure of ["1", "2", "3", "Infinity"]) {
      const found = between(x, y, measure, "rows");
      expect(found).toMatchObject({ mean: null, n: 3, undefinedRows: 1, status: "infinite" });
      expect((found as RowsDistance).distances[0]).toBeNull();
      expect(between(x, y, measure, "means")).toMatchObject({ distance: null, status: "infinite" });
    }
    expect(cosine(x, y, { between: "rows" })).toMatchObject({ mean: null, undefinedRows: 2, status: "infinite" });
    const [u, v] = [vectors(Float64Array.of(0, 0, 3, 4), 2), vectors(Float64Array.of(1, 0, 4, 3), 2)];
    const found = cosine(u, v, { between: "rows" });
    expect(found).toMatchObject({ n: 2, undefinedRows: 1, status: "zero", mean: found.distances[1] });
    expectClose(found.mean, 0.04, 1e-14);
    const zero = vectors(Float64Array.of(1, -1, -1, 1), 2);
    expect(cosine(zero, v, { between: "means" })).toMatchObject({ distance: null, status: "zero" });
  });

  it("of huge values is finite where the distance is, for all powers", () => {
    const huge = 1.7e308;
    const [x, y] = [
      vectors(Float64Array.of(huge, huge, huge, huge), 2),
      vectors(Float64Array.of(huge, huge / 2, huge, huge), 2),
    ];
    for (const measure of ["1", "2", "3", "Infinity"]) {
      expect(between(x, y, measure, "rows")).toMatchObject({
        distances: [huge / 2, 0].map((d) => expect.closeTo(d, -295)),
      });
      expectClose((between(x, y, measure, "means") as { distance: number }).distance, huge / 4, 1e-14);
    }
  });

  it("refuses other columns, other dimensions, unequal lengths of rows, no vector and unknown choices", () => {
    const [x, y] = [vectors(Float64Array.of(1, 2, 3, 4), 2), vectors(Float64Array.of(1, 2), 2)];
    expect(() => euclidean(x, y)).toThrow('euclidean: columns of vectors need between: "means" or "rows"');
    expect(() => cosine([1], y)).toThrow(TypeError);
    expect(() => euclidean([1, 2], [3, 4], { between: "means" })).toThrow(
      "euclidean: reference must hold vectors, got Float64",
    );
    expect(() => euclidean(x, ["a"], { between: "means" })).toThrow("euclidean: current must hold vectors, got Utf8");
    expect(() => euclidean(x, vectors(Float64Array.of(1), 1), { between: "means" })).toThrow(
      "euclidean: vectors must be of one dimension, got 2 and 1",
    );
    expect(() => manhattan(x, y, { between: "rows" })).toThrow("manhattan: paired rows need columns of equal length");
    expect(manhattan(x, y, { between: "means" })).toMatchObject({ distance: 2, n: 2, m: 1 });
    expect(() => chebyshev(x, y, { between: "columns" as never })).toThrow("chebyshev: between must be means or rows");
    const none = vectors(new Float64Array(0), 2);
    expect(() => cosine(none, none, { between: "rows" })).toThrow(RangeError);
    expect(() => cosine(x, none, { between: "means" })).toThrow(
      "cosine: each side needs at least one vector, got 2 and 0",
    );
    expect(() => minkowski(x, x, 0, { between: "means" })).toThrow("minkowski: p must be at least 1, got 0");
  });
});
