import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { distributionDistance, shareNorm } from "../../dist/statistics/distribution-distance.js";
import { energy } from "../../dist/statistics/energy.js";
import { ksTest } from "../../dist/statistics/ks-test.js";
import { psi } from "../../dist/statistics/psi.js";
import { wasserstein } from "../../dist/statistics/wasserstein.js";
import { ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames, twoSamples } from "./samples.ts";

interface Case {
  readonly name: string;
  readonly reference: WrittenSample;
  readonly current: WrittenSample;
  readonly distances: Readonly<Record<string, Written>>;
}

const { cases, shares } = oracle<{ cases: Case[]; shares: Case[] }>("distribution-distance");
const ecdf = (
  x: Parameters<typeof distributionDistance>[0],
  y: Parameters<typeof distributionDistance>[1],
  p: number,
) => distributionDistance(x, y, { p, of: "ecdf" });

/** By its definition, between all neighbouring values. */
function naive(reference: Iterable<number>, current: Iterable<number>, p: number): number {
  const [x, y] = [ordered(reference), ordered(current)];
  const all = ordered(new Set([...x, ...y]));
  let sum = 0;
  for (let k = 1; k < all.length; k++) {
    const share = (side: number[]) => side.filter((value) => value < all[k]!).length / side.length;
    sum += Math.abs(share(x) - share(y)) ** p * (all[k]! - all[k - 1]!);
  }
  return sum ** (1 / p);
}

describe("the p-norm of the difference of two distribution functions", () => {
  for (const { name, reference, current, distances } of cases) {
    it(`is the exact one: ${name}`, () => {
      const [x, y] = [sampleOf(reference), sampleOf(current)];
      for (const [p, distance] of Object.entries(distances)) {
        for (const side of [x, prepare(x)]) {
          const found = ecdf(side, y, Number(p));
          expectClose(found.distance, distance === "Infinity" ? null : distance, 1e-13, `p = ${p}`);
          expect(found.status).toBe(distance === "Infinity" ? "infinite" : "ok");
        }
      }
    });
  }

  it("is the naive one on small samples", () => {
    fc.assert(
      fc.property(twoSamples, fc.constantFrom(1.5, 3, 7), ([reference, current], p) => {
        const [x, y] = [ordered(reference), ordered(current)];
        const largest = Math.max(...[...x, ...y].map(Math.abs));
        fc.pre(x.length > 0 && y.length > 0 && largest < 1e150 && largest > 1e-150);
        const expected = naive(x, y, p);
        const found = ecdf(reference, current, p).distance!;
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-12 * largest ** (1 / p));
      }),
      { numRuns: 150 },
    );
  });

  it("is Wasserstein's, energy's and Kolmogorov-Smirnov's for p = 1, 2 and Infinity", () => {
    for (const shape of shapeNames) {
      for (const [n, m] of [
        [40, 30],
        [9000, 5000],
      ] as const) {
        const [x, y] = [sample(shape, n, 1), sample(shape, m, 2, 0.1)];
        expect(ecdf(x, y, 1).distance).toBe(wasserstein(x, y).distance);
        const root = energy(x, y).distance;
        expectClose(ecdf(x, y, 2).distance, root === null ? null : root / Math.SQRT2, 1e-15, shape);
        expect(ecdf(x, y, Infinity).distance).toBe(ksTest(x, y).statistic);
      }
    }
  });

  it("tends to them as p does, is 0 for identical samples and the same in both directions", () => {
    const [x, y] = [sample("normal", 9000, 1), sample("normal", 700, 2, 0.2)];
    expectClose(ecdf(x, y, 1 + 1e-9).distance, ecdf(x, y, 1).distance, 1e-7);
    expectClose(ecdf(x, y, 2 + 1e-9).distance, ecdf(x, y, 2).distance, 1e-7);
    for (const p of [1, 1.3, 2, 5, Infinity]) {
      expect(ecdf(x, x.slice().reverse(), p)).toMatchObject({ distance: 0, status: "ok" });
      expectClose(ecdf(y, x, p).distance, ecdf(x, y, p).distance, 1e-13);
    }
  });

  it("scales with the p-th root of the unit, and with none for p = Infinity", () => {
    const [x, y] = [sample("normal", 900, 1), sample("normal", 300, 2)];
    for (const power of [-900, -300, 300, 900]) {
      const scaled = [x, y].map((side) => side.map((value) => value * 2 ** power)) as [Float64Array, Float64Array];
      expectClose(ecdf(...scaled, 3).distance, ecdf(x, y, 3).distance! * 2 ** (power / 3), 1e-13);
      expect(ecdf(...scaled, Infinity).distance).toBe(ecdf(x, y, Infinity).distance);
    }
  });

  it("is infinite when the sides hold different shares of an infinity, and not when they hold equal ones", () => {
    expect(ecdf([Infinity, 1], [1, 2], 3)).toMatchObject({ distance: null, status: "infinite" });
    expect(ecdf([Infinity, 1], [1, 2], Infinity)).toMatchObject({ distance: 0.5, p: null });
    expectClose(ecdf([-Infinity, 0, Infinity], [-Infinity, 1, Infinity], 3).distance, 1 / 3, 1e-15);
  });

  it("of 64-bit integers beyond 2^53 is exact", () => {
    const far = 2n ** 60n;
    expect(ecdf(BigInt64Array.of(far + 1n), BigInt64Array.of(far + 9n), 3).distance).toBe(2);
  });
});

describe("the p-norm of differences of shares", () => {
  for (const { name, reference, current, distances } of shares) {
    it(`is the exact one: ${name}`, () => {
      const cells = { reference: sampleOf(reference), current: sampleOf(current) };
      for (const [p, distance] of Object.entries(distances))
        expectClose(shareNorm(cells, Number(p)), distance, 1e-13, p);
    });
  }

  it("has the cells of psi for numbers, text and truth values", () => {
    const [x, y] = [sample("normal", 500, 1), sample("normal", 300, 2, 0.5)];
    const texts = (values: Float64Array) => Array.from(values, (value) => `${Math.round(value)}`);
    for (const [one, other] of [
      [x, y],
      [prepare(x), y],
      [texts(x), texts(y)],
      [Array.from(x, (value) => value > 0), Array.from(y, (value) => value > 0)],
    ] as const) {
      const { cells, distance, missing } = distributionDistance(one, other, { p: 1 });
      expect({ cells, missing }).toEqual({ cells: psi(one, other).cells, missing: psi(one, other).missing });
      const total = cells!.reference.reduce(
        (sum, count, k) => sum + Math.abs(count / 500 - cells!.current[k]! / 300),
        0,
      );
      expectClose(distance, total, 1e-13);
    }
    expect(distributionDistance(x, y, { bins: 4 }).cells).toEqual(psi(x, y, { bins: 4 }).cells);
    expect(distributionDistance(["a"], ["b"])).toMatchObject({ distance: Math.SQRT2, p: 2, of: "shares" });
  });
});

it("refuses powers below 1, unknown kinds, bins without shares, text without cells and sides without values", () => {
  expect(() => distributionDistance([1], [2], { p: 0.5 })).toThrow(
    "distributionDistance: p must be at least 1, got 0.5",
  );
  expect(() => distributionDistance([1], [2], { p: Number.NaN })).toThrow(RangeError);
  expect(() => distributionDistance([1], [2], { of: "cdf" as never })).toThrow("of must be shares or ecdf");
  expect(() => distributionDistance([1], [2], { of: "ecdf", bins: 3 })).toThrow(TypeError);
  expect(() => distributionDistance(["a"], ["b"], { of: "ecdf" })).toThrow(TypeError);
  expect(() => distributionDistance(["a"], [1])).toThrow(TypeError);
  expect(() => distributionDistance([], [1])).toThrow("each side needs at least one value, got 0 and 1");
  for (const p of [1, 2, 3, Infinity]) {
    expect(() => ecdf([null], [1], p)).toThrow("each side needs at least one value, got 0 and 1");
  }
});
