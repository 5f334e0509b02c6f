import { compare, fisherTest } from "smirnov";
import { describe, expect, it } from "vitest";
import { sample } from "../statistics/samples.js";

/** A column whose last rows hold what stands in place of values. */
const column = (rows: number, seed: number, ...missing: [of: number | null, count: number][]) => {
  const places = missing.flatMap(([of, count]) => Array<number | null>(count).fill(of));
  return [...sample("normal", rows - places.length, seed), ...places];
};

describe("the availability of a column", () => {
  it("is tested exactly, state by state", async () => {
    const x = column(2000, 1, [null, 100], [Number.NaN, 20]);
    const y = column(60, 2, [null, 9], [Number.NaN, 1]);
    const { columns } = await compare({ x }, { x: y });
    const exact = (i: number, j: number) =>
      fisherTest({ counts: { no: 2000 - i, yes: i } }, { counts: { no: 60 - j, yes: j } }).pValue;
    expect(columns.x!.availability!.pValue).toBeCloseTo(2 * Math.min(exact(100, 9), exact(20, 1)), 12);
  });

  it("has a fifth of the column's level, and the values the rest", async () => {
    const x = column(500, 1, [null, 5]);
    const { columns } = await compare({ x, y: x }, { x: column(100, 2, [null, 12]), y: column(100, 7, [null, 1]) });
    for (const { pValue, availability } of Object.values(columns)) {
      expect(pValue).toBeLessThanOrEqual(Math.min(1, availability!.pValue! / 0.2));
    }
    expect(columns.x!.pValue).toBeCloseTo(columns.x!.availability!.pValue! / 0.2, 15);
  });

  it("is where infinities count: values are compared by the finite ones", async () => {
    const [x, y] = [column(500, 1), column(200, 2)];
    const infinite = [...y, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const { columns: with_ } = await compare({ x }, { x: infinite });
    const { columns: without } = await compare({ x }, { x: y });
    for (const [k, { name, value }] of with_.x!.effects.entries()) {
      expect(name).toBe(without.x!.effects[k]!.name);
      expect(value).toBeCloseTo(without.x!.effects[k]!.value!, 12);
    }
    expect(with_.x!.statistic).toBe(without.x!.statistic);
    expect(with_.x!.availability!.pValue).not.toBeNull();
  });
});
