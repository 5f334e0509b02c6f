import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { andersonDarlingTest, energy, ksTest, kuiperTest, moments, wasserstein } from "../../dist/index.js";
import { andersonDarlingBounds } from "../../dist/profile/anderson-darling-bounds.js";
import { areasBetween } from "../../dist/profile/area-bounds.js";
import { cellPair, isExact } from "../../dist/profile/common-cells.js";
import { largestGaps } from "../../dist/profile/gap-bounds.js";
import { gapPath } from "../../dist/profile/gap-path.js";
import { rankBounds } from "../../dist/profile/rank-bounds.js";
import { answerNow } from "../../dist/source/plan.js";
import { withSides } from "../../dist/source/sides.js";
import { fullWalkPlan } from "../../dist/statistics/full-walk.js";
import { rankPlan } from "../../dist/statistics/rank-walk.js";
import { columnCells, keyCells, orderedKey } from "./cells.ts";

/** Values with ties, infinities, both zeros, huge ranges and neighbours. */
const normal = (x: number): number => (Math.abs(x) < 2 ** -1022 ? 0 : x);
const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -40, max: 40 }).map((x) => x / 8) },
  { weight: 4, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true, min: -3, max: 3 }).map(normal) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 30 }).map((x) => 1 + x * Number.EPSILON) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 1e-300, -1e-300, 1e300, -1e300) },
);
const finiteSide = fc.oneof(
  fc.array(value, { minLength: 1, maxLength: 60 }),
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0, max: 1 }).map(normal), {
    minLength: 20,
    maxLength: 120,
  }),
);
const anySide = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: value },
    { weight: 1, arbitrary: fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_VALUE) },
  ),
  { minLength: 1, maxLength: 60 },
);
const shift = fc.integer({ min: 0, max: 60 });
const runs = { numRuns: 400 };

/** Holds x, up to what rounding makes of it. */
function expectHolds([low, high]: readonly [number, number], x: number): void {
  expect(low).toBeLessThanOrEqual(x * (1 + 1e-12) + 1e-300);
  expect(high).toBeGreaterThanOrEqual(x * (1 - 1e-12));
}

function compared(x: readonly number[], y: readonly number[], byShift: number, mostOther: number) {
  const pair = cellPair(columnCells(x, 1e9, byShift), columnCells(y, mostOther));
  return { pair, path: gapPath(pair) };
}

describe("common cells", () => {
  it("count both sides in the cells of the coarser shift", () => {
    fc.assert(
      fc.property(anySide, anySide, shift, shift, (x, y, one, other) => {
        const pair = cellPair(columnCells(x, 1e9, one), columnCells(y, 1e9, other));
        expect([pair.n, pair.m]).toEqual([x.length, y.length]);
        for (const [side, counts] of [
          [x, pair.reference],
          [y, pair.current],
        ] as const) {
          pair.low.forEach((low, k) => {
            const inside = side.filter((v) => v >= low && v <= pair.high[k]!);
            expect(counts[k]).toBe(inside.length);
          });
        }
        const finite = [...x, ...y].filter(Number.isFinite);
        const cells = new Set(finite.map((v) => orderedKey(v) >> BigInt(Math.max(one, other))));
        expect(pair.low.filter(Number.isFinite).length).toBe(cells.size);
      }),
      runs,
    );
  });

  it("take subnormal numbers for 0 where they share its cell, unless all are that small", () => {
    const spans = (x: readonly number[]) => {
      const { low, high } = cellPair(columnCells(x, 1e9, 45), columnCells(x, 1e9, 45));
      return [low[0], high[0]];
    };
    expect(spans([0, 5e-324, 1])).toEqual([0, 0]);
    expect(spans([0, 5e-324])).toEqual([0, 5e-324]);
  });

  it("know that whole numbers lie on whole numbers", () => {
    const columns = [0, 1].map(() => ({ ...columnCells([0, 1, 2, 1000, 1001], 1e9, 46), type: "Int32" }));
    const { low, high } = cellPair(columns[0]!, columns[1]!);
    expect(Array.from(low)).toEqual([0, 1, 2, 1000]);
    expect(Array.from(high)).toEqual([0, 1, 2, 1001]);
  });

  it("leave infinities out where only finite values count", () => {
    const pair = cellPair(
      columnCells([1, Number.POSITIVE_INFINITY, Number.MAX_VALUE, Number.NEGATIVE_INFINITY], 9, 53),
      columnCells([2, Number.POSITIVE_INFINITY], 9),
      true,
    );
    expect([pair.n, pair.m]).toEqual([2, 1]);
    expect(pair.low.every(Number.isFinite) && pair.high.every(Number.isFinite)).toBe(true);
  });

  it("know the values where every one has its cell", () => {
    fc.assert(
      fc.property(anySide, anySide, (x, y) => {
        expect(isExact(cellPair(columnCells(x, 1e9), columnCells(y, 1e9)))).toBe(true);
      }),
      runs,
    );
    expect(keyCells([0, -0, 5e-324], 9).starts).toEqual(Float64Array.of(0, 5e-324));
  });
});

describe("bounds from cells", () => {
  it("hold Kolmogorov and Smirnov's D, and Kuiper's V", () => {
    fc.assert(
      fc.property(anySide, anySide, shift, fc.integer({ min: 2, max: 40 }), (x, y, byShift, most) => {
        const { pair, path } = compared(x, y, byShift, most);
        const { above, below } = largestGaps(pair, path);
        const product = x.length * y.length;
        const d = Math.round(ksTest(x, y).statistic * product);
        expectHolds([Math.max(above.least, below.least), Math.max(above.most, below.most)], d);
        const greater = Math.round(ksTest(x, y, { alternative: "greater" }).statistic * product);
        expectHolds([above.least, above.most], greater);
        const v = Math.round(kuiperTest(x, y).statistic * product);
        expectHolds([above.least + below.least, above.most + below.most], v);
      }),
      runs,
    );
  });

  it("hold W1 and the energy distance", () => {
    fc.assert(
      fc.property(finiteSide, finiteSide, shift, fc.integer({ min: 2, max: 40 }), (x, y, byShift, most) => {
        const { pair, path } = compared(x, y, byShift, most);
        const found = areasBetween(pair, path)!;
        expectHolds(found.wasserstein.bounds, wasserstein(x, y).distance!);
        const [one, other] = [moments(x), moments(y)];
        const error = 1e-12 * Math.max(...[...x, ...y].map(Math.abs));
        const known = areasBetween(pair, path, 1, { difference: other.mean! - one.mean!, error })!.wasserstein;
        expectHolds(known.bounds, wasserstein(x, y).distance!);
        expect(known.bounds[1] - known.bounds[0]).toBeLessThanOrEqual(
          (found.wasserstein.bounds[1] - found.wasserstein.bounds[0]) * (1 + 1e-9) + 1e-300,
        );
        const [low, high] = found.energy.bounds;
        expectHolds([Math.sqrt(low), Math.sqrt(high)], energy(x, y).distance!);
      }),
      runs,
    );
  });

  it("hold A², also under ties", () => {
    fc.assert(
      fc.property(anySide, anySide, shift, fc.integer({ min: 2, max: 40 }), (x, y, byShift, most) => {
        const { pair, path } = compared(x, y, byShift, most);
        const { bounds, rounded } = andersonDarlingBounds(pair, path);
        expectHolds(bounds, andersonDarlingTest(x, y).statistic);
        expectHolds(bounds, rounded);
      }),
      runs,
    );
  });

  it("hold Mann and Whitney's U, and Cramér and von Mises' squares", () => {
    fc.assert(
      fc.property(anySide, anySide, shift, fc.integer({ min: 2, max: 40 }), (x, y, byShift, most) => {
        const { pair, path } = compared(x, y, byShift, most);
        const found = rankBounds(pair, path);
        const ranks = withSides("test", x, y, (one, other) => answerNow(rankPlan(), one, other));
        expectHolds(found.pairs.bounds, ranks.pairs);
        expectHolds(found.squares.bounds, ranks.squares);
      }),
      runs,
    );
  });
});

describe("values that are known", () => {
  it("have the numbers of the exact comparison, without bounds", () => {
    fc.assert(
      fc.property(finiteSide, finiteSide, (x, y) => {
        const { pair, path } = compared(x, y, 0, 1e9);
        const exact = withSides("test", x, y, (one, other) => answerNow(fullWalkPlan(), one, other));
        const ranks = withSides("test", x, y, (one, other) => answerNow(rankPlan(true), one, other));
        const { above, below } = largestGaps(pair, path);
        expect(above).toEqual({ rounded: above.least, least: above.least, most: above.least });
        const size = exact.gap < 0n ? -exact.gap : exact.gap;
        expect(Math.max(above.least, below.least)).toBe(Number(size));
        const areas = areasBetween(pair, path)!;
        expect(areas.wasserstein.bounds[0]).toBe(areas.wasserstein.bounds[1]);
        expect(areas.wasserstein.rounded).toBe(areas.wasserstein.bounds[0]);
        expectClose(areas.wasserstein.rounded, exact.area);
        expectClose(Math.sqrt(areas.energy.rounded), ranks.energy);
        const a2 = andersonDarlingBounds(pair, path);
        expect(a2.bounds[0]).toBe(a2.bounds[1]);
        expectClose(a2.rounded, exact.andersonDarling);
        if (exact.spread === null) expect(a2.spread).toBeNull();
        else expectClose(a2.spread!, exact.spread);
        const found = rankBounds(pair, path);
        expect(found.pairs).toEqual({ rounded: ranks.pairs, bounds: [ranks.pairs, ranks.pairs] });
        expectClose(found.squares.rounded, ranks.squares);
        expectClose(found.cubicTies, ranks.cubicTies);
        expectClose(found.squareTies, ranks.squareTies);
        expect(found.tieVariance).toBeCloseTo(ranks.tieVariance, 12);
        expect(found.tied).toBe(ranks.tied);
      }),
      runs,
    );
  });
});

function expectClose(x: number, y: number): void {
  expect(Math.abs(x - y)).toBeLessThanOrEqual(1e-12 * Math.abs(y) + 1e-300);
}
