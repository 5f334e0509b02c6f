import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { chiSquareOf } from "../../dist/statistics/chi-square.js";
import type { BinCounts } from "../../dist/statistics/compared-cells.js";
import { psi, psiOf } from "../../dist/statistics/psi.js";
import { expectClose, oracle, type Written } from "./oracle.js";
import { sample } from "./samples.js";

interface Case {
  readonly name: string;
  readonly reference: readonly number[];
  readonly current: readonly number[];
  readonly half: number;
  readonly one: number;
  readonly none: Written;
}

const cellsOf = (reference: readonly number[], current: readonly number[]) => ({
  reference: Float64Array.from(reference),
  current: Float64Array.from(current),
});

const numbers = (length: number, scale = 1) => Float64Array.from({ length }, (_, k) => ((k * 7919) % length) * scale);

describe("psiOf", () => {
  for (const { name, reference, current, half, one, none } of oracle<{ cases: Case[] }>("psi").cases) {
    it(`agrees with the definition: ${name}`, () => {
      const cells = cellsOf(reference, current);
      expectClose(psiOf(cells).distance, half, 1e-12, "half a row");
      expectClose(psiOf(cells, 1).distance, one, 1e-12, "a row");
      const plain = psiOf(cells, 0);
      expectClose(plain.distance, none === "Infinity" ? null : none, 1e-12, "nothing added");
      expect(plain.status).toBe(none === "Infinity" ? "infinite" : "ok");
    });
  }

  it("takes its p-value from its own law where every expected count is at least 10, else from that of X²", () => {
    expect(psiOf(cellsOf([500, 300], [480, 320]))).toMatchObject({ method: "chi-square" });
    const sparse = [
      [500, 300, 3],
      [48, 32, 1],
    ] as const;
    expect(psiOf(cellsOf(...sparse))).toMatchObject({ method: "gamma", pValue: chiSquareOf(...sparse).pValue });
    expect(psiOf(cellsOf([50, 50, 0], [50, 0, 50]), 0)).toMatchObject({ method: "gamma", distance: null });
  });

  it("has p-values that agree with those of X² in large tables", () => {
    const counts = [
      [5000, 3000, 2000],
      [5100, 2950, 1950],
    ] as const;
    expect(psiOf(cellsOf(...counts)).pValue).toBeCloseTo(chiSquareOf(...counts).pValue, 2);
  });
});

describe("psi", () => {
  it("bins numbers by the reference's inner deciles; the outer cells have no end", () => {
    const { cells, smoothing } = psi(
      numbers(101),
      Float64Array.of(-5, 0, 5, 99, 100, 101, 1e9, Number.POSITIVE_INFINITY),
    );
    expect(cells).toEqual({
      edges: [10, 20, 30, 40, 50, 60, 70, 80, 90],
      reference: [10, 10, 10, 10, 10, 10, 10, 10, 10, 11],
      current: [3, 0, 0, 0, 0, 0, 0, 0, 0, 5],
    });
    expect(smoothing).toEqual({ perCell: 0.5 });
  });

  it("takes a number of bins, Sturges' rule, edges, and distinct values", () => {
    const edges = (bins: Parameters<typeof psi>[2]) => (psi(numbers(100), numbers(100), bins).cells as BinCounts).edges;
    expect(edges({ bins: 3 })).toEqual([0, 33, 66, 99]);
    expect(edges({ bins: "sturges" })).toHaveLength(9);
    expect(edges({ bins: [-1, 50, 60] })).toEqual([-1, 50, 60]);
    expect(psi([1, 2, 2], [2, 3], { bins: "distinct" }).cells).toMatchObject({
      names: ["2", "1", "3"],
      reference: [2, 1, 0],
      current: [1, 0, 1],
    });
  });

  it("makes one edge of equal deciles", () => {
    const reference = [...Array<number>(80).fill(0), ...Array.from({ length: 20 }, (_, k) => k + 1)];
    const { edges, reference: counts } = psi(reference, [0, 0, 3]).cells as BinCounts;
    expect(edges[0]).toBe(0);
    expect(edges).toHaveLength(3);
    expect(new Set(edges).size).toBe(edges.length);
    expect(counts.reduce((sum, count) => sum + count)).toBe(100);
  });

  it("tells smaller, equal and larger values apart from a constant", () => {
    expect(psi([5, 5, 5], [5, 5])).toMatchObject({ distance: 0, pValue: 1, status: "constant" });
    for (const constant of [5, -5, 0, 1e300, -1e-320]) {
      const { cells } = psi([constant, constant], [constant - 1, constant, constant / 2, constant + 1, constant * 2]);
      const current = cells.current as number[];
      expect(current[1]).toBe(
        [constant - 1, constant, constant / 2, constant + 1, constant * 2].filter((x) => x === constant).length,
      );
    }
  });

  it("tells two numbers apart that are half of the values each", () => {
    const half = Array.from({ length: 200 }, (_, k) => k % 2);
    expect(
      psi(
        half,
        half.map((x) => (x === 0 ? 0 : 1)),
      ).cells,
    ).toMatchObject({ reference: [0, 100, 0, 100] });
    expect(psi(half, Array<number>(200).fill(1)).pValue).toBeLessThan(1e-10);
  });

  it("takes off what chance contributes", () => {
    const { distance, debiased } = psi(sample("normal", 2000, 1), sample("normal", 100, 2));
    expect(debiased).toBeCloseTo(Math.max(0, distance! - 9 * (1 / 2000 + 1 / 100)), 12);
    expect(psi(sample("normal", 500, 1), sample("normal", 500, 1)).debiased).toBe(0);
  });

  it("is exactly 0 for identical inputs and ignores nulls and NaN, which it counts", () => {
    const x = [3, 1, null, 4, 1, 5, Number.NaN, 9];
    expect(psi(x, x)).toMatchObject({ distance: 0, pValue: 1, missing: { current: { rows: 8, null: 1, nan: 1 } } });
    expect(psi(["a", "b", null], ["b", "a"])).toMatchObject({
      distance: 0,
      cells: { names: ["a", "b"], categories: 2 },
    });
  });

  it("is the same with a prepared reference, of numbers or of text", () => {
    const reference = numbers(30_000, 0.37);
    const current = numbers(2000, 6);
    for (const bins of ["quantile", 12, "sturges"] as const) {
      expect(psi(prepare(reference), current, { bins })).toEqual(psi(reference, current, { bins }));
    }
    const texts = ["a", "b", "a", null];
    expect(psi(prepare(texts), ["a", "c"])).toEqual(psi(texts, ["a", "c"]));
  });

  it("bins 64-bit integers beyond 2^53", () => {
    const reference = BigInt64Array.from({ length: 100 }, (_, k) => 2n ** 60n + BigInt(k) * 10_000n);
    const { cells } = psi(reference, reference);
    expect(cells.reference.slice(1, -1).every((count) => count >= 9)).toBe(true);
  });

  it("gives null and a status, never NaN, for an empty cell without smoothing", () => {
    const result = psi(["a", "b"], ["a", "a"], { smoothing: 0 });
    expect(result).toMatchObject({ distance: null, status: "infinite", smoothing: { perCell: 0 } });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it("refuses bins, smoothing and sides that are none", () => {
    expect(() => psi([1], [2], { bins: 0 })).toThrow("psi: bins must be a whole number");
    expect(() => psi([1], [2], { bins: [3] })).toThrow("two edges");
    expect(() => psi([1], [2], { bins: [1, 1] })).toThrow("ascend");
    expect(() => psi([1], [2], { bins: "deciles" as never })).toThrow(RangeError);
    expect(() => psi([1], [2], { smoothing: -1 })).toThrow("smoothing");
    expect(() => psi([Number.NaN], [1, 2])).toThrow(
      new RangeError("psi: each side needs at least one value, got 0 and 2"),
    );
    expect(() => psi([1], ["a"])).toThrow(TypeError);
  });
});
