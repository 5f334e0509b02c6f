import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquareOf } from "../../dist/statistics/chi-square.js";
import { jensenShannon, jensenShannonOf } from "../../dist/statistics/jensen-shannon.js";
import { expectClose, oracle } from "./oracle.js";

interface Case {
  readonly name: string;
  readonly reference: readonly number[];
  readonly current: readonly number[];
  readonly bits: number;
  readonly nats: number;
}

const cellsOf = (reference: readonly number[], current: readonly number[]) => ({
  reference: Float64Array.from(reference),
  current: Float64Array.from(current),
});

const counts = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 12 });

describe("jensenShannonOf", () => {
  for (const { name, reference, current, bits, nats } of oracle<{ cases: Case[] }>("jensen-shannon").cases) {
    it(`agrees with SciPy: ${name}`, () => {
      const cells = cellsOf(reference, current);
      expectClose(jensenShannonOf(cells).distance, bits, 1e-13, "base 2");
      expectClose(jensenShannonOf(cells, Math.E).distance, nats, 1e-13, "base e");
    });
  }

  it("lies in [0, 1], is symmetric, exactly 0 for equal shares and exactly 1 for sides without a common cell", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 9 }), (table, times) => {
        const x = table.map(([i]) => i);
        const y = table.map(([, j]) => j);
        const none = x.map(() => 0);
        fc.pre(x.some(Boolean) && y.some(Boolean));
        const { distance, debiased } = jensenShannonOf(cellsOf(x, y));
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(1);
        expect(debiased).toBeLessThanOrEqual(distance);
        expectClose(jensenShannonOf(cellsOf(y, x)).distance, distance, 1e-13);
        expect(
          jensenShannonOf(
            cellsOf(
              x,
              x.map((count) => count * times),
            ),
          ).distance,
        ).toBe(0);
        expect(jensenShannonOf(cellsOf([...x, ...none], [...none, ...y])).distance).toBe(1);
      }),
    );
  });

  it("sees one row in billions", () => {
    const { distance } = jensenShannonOf(cellsOf([2 ** 31, 2 ** 31], [2 ** 31 + 1, 2 ** 31 - 1]));
    expectClose(distance, 2 ** -32 / Math.sqrt(2 * Math.LN2), 1e-9);
  });

  it("takes its p-value from its own law where every expected count is at least 10, else from that of X²", () => {
    const large = [
      [5000, 3000, 2000],
      [5100, 2950, 1950],
    ] as const;
    expect(jensenShannonOf(cellsOf(...large)).method).toBe("chi-square");
    expect(jensenShannonOf(cellsOf(...large)).pValue).toBeCloseTo(chiSquareOf(...large).pValue, 2);
    const sparse = [
      [500, 300, 3],
      [48, 32, 1],
    ] as const;
    expect(jensenShannonOf(cellsOf(...sparse))).toMatchObject({
      method: "gamma",
      pValue: chiSquareOf(...sparse).pValue,
    });
  });
});

describe("jensenShannon", () => {
  it("compares categories, truth values and binned numbers", () => {
    expect(jensenShannon(["a", "b"], ["c", null, "c"])).toMatchObject({ distance: 1, base: 2, status: "ok" });
    expect(jensenShannon([true, true], [false]).distance).toBe(1);
    expect(jensenShannon([1, 2, 3, 4], [11, 12], { bins: 3 }).distance).toBe(1);
    expect(jensenShannon([1, 2, 3, 4], [4, 3, 2, 1]).distance).toBe(0);
  });

  it("counts missing values on both sides and survives JSON", () => {
    const result = jensenShannon([1, 2, null, Number.NaN], [3, null], { bins: 2, base: Math.E });
    expect(result).toMatchObject({ missing: { reference: { null: 1, nan: 1 }, current: { null: 1 } }, base: Math.E });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it("refuses a base that is none, and sides without values", () => {
    expect(() => jensenShannon([1], [2], { base: 1 })).toThrow("jensenShannon: base must be a number above 1, got 1");
    expect(() => jensenShannon([], [2])).toThrow("jensenShannon: each side needs at least one value, got 0 and 1");
  });
});
