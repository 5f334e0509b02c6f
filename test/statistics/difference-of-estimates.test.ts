import { describe, expect, it } from "vitest";
import { differenceOfEstimates } from "../../dist/statistics/difference-of-estimates.js";
import type { Estimated } from "../../dist/statistics/estimated.js";
import { proportionTest } from "../../dist/statistics/proportion-test.js";
import { tTest } from "../../dist/statistics/t-test.js";
import { wilsonInterval } from "../../dist/statistics/wilson.js";
import { sample } from "./samples.ts";

const of = (value: number, low: number, high: number): Estimated => ({ value, interval: [low, high], law: "analytic" });
const z = 1.959963984540054;

describe("differenceOfEstimates", () => {
  it("is Newcombe's hybrid score interval of two shares with Wilson's", () => {
    // Newcombe's first example: 56 of 70 and 48 of 80.
    const [before, after] = [
      [56, 70],
      [48, 80],
    ] as const;
    const shares = [before, after].map(([i, n]) => of(i / n, ...wilsonInterval(i, n, z))) as [Estimated, Estimated];
    const found = differenceOfEstimates(...shares);
    const truth = ([i, n]: readonly [number, number]) => Array.from({ length: n }, (_, k) => k < i);
    const { difference, interval } = proportionTest(truth(before), truth(after));
    expect(found.value).toBeCloseTo(-difference, 14);
    expect(found.interval![0]).toBeCloseTo(-interval[1], 14);
    expect(found.interval![1]).toBeCloseTo(-interval[0], 14);
    expect(found.interval![0]).toBeCloseTo(-0.3339, 4);
    expect(found.interval![1]).toBeCloseTo(-0.0524, 4);
  });

  it("adds the squares of standard errors where intervals are symmetric, nearly as Welch's test", () => {
    const [x, y] = [sample("normal", 4000, 1), sample("normal", 3000, 2, 0.1)];
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const error = (values: Float64Array) => {
      const centre = mean(values);
      const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
      return z * Math.sqrt(squares / (values.length - 1) / values.length);
    };
    const symmetric = (values: Float64Array) =>
      of(mean(values), mean(values) - error(values), mean(values) + error(values));
    const { value, interval } = differenceOfEstimates(symmetric(x), symmetric(y));
    const welch = tTest(y, x);
    expect(value).toBeCloseTo(welch.difference!, 12);
    interval!.forEach((end, k) => {
      expect(end).toBeCloseTo(welch.confidenceInterval![k]!, 3);
    });
  });

  it("turns round with its sides, and looks at the ends that matter", () => {
    const [one, other] = [of(1, 0.9, 1.4), of(2, 1.7, 2.2)];
    expect(differenceOfEstimates(one, other)).toEqual({
      value: 1,
      interval: [1 - Math.hypot(2 - 1.7, 1.4 - 1), 1 + Math.hypot(2.2 - 2, 1 - 0.9)],
      law: "analytic",
    });
    const back = differenceOfEstimates(other, one);
    expect(back.value).toBe(-1);
    expect(back.interval![0]).toBe(-(1 + Math.hypot(2.2 - 2, 1 - 0.9)));
  });

  it("has no interval where a side has none, and no value where a side has none", () => {
    const none: Estimated = { value: null, interval: null, law: null };
    const certain: Estimated = { value: 3, interval: null, law: null };
    expect(differenceOfEstimates(none, of(1, 0, 2))).toEqual(none);
    expect(differenceOfEstimates(of(1, 0, 2), none)).toEqual(none);
    expect(differenceOfEstimates(of(1, 0, 2), certain)).toEqual({ value: 2, interval: null, law: null });
    expect(differenceOfEstimates({ ...certain, value: -1e308 }, { ...certain, value: 1.7e308 }).value).toBeNull();
    expect(differenceOfEstimates(of(1, 0, 2), { ...of(1, 0, 2), law: "bootstrap" }).law).toBe("bootstrap");
  });
});
