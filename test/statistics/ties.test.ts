import { andersonDarlingTest } from "smirnov";
import { describe, expect, it } from "vitest";
import { answerNow } from "../../dist/source/plan.js";
import { withSides } from "../../dist/source/sides.js";
import { fullWalkPlan } from "../../dist/statistics/full-walk.js";
import { randomFrom } from "./samples.js";

const laws: Record<string, (random: () => number) => number> = {
  "without ties": (random) => random(),
  "of two values": (random) => (random() < 0.3 ? 1 : 0),
  "of ten integers": (random) => Math.floor(10 * random()),
  "of 80 % zeros": (random) => (random() < 0.8 ? 0 : -Math.log(random())),
};

const spreadOf = (x: Float64Array, y: Float64Array) =>
  withSides("test", x, y, (reference, current) => answerNow(fullWalkPlan(), reference, current).spread);

/** Sum of the squared weights from their definition: correlations of all pairs of distinct values. */
function naiveSpread(values: readonly number[]): number {
  const all = values.length;
  const steps = [...new Set(values)]
    .sort((a, b) => a - b)
    .map((value) => {
      const ties = values.filter((x) => x === value).length;
      const middle = values.filter((x) => x < value).length + ties / 2;
      return { ties, middle, variance: middle * (all - middle) - (all * ties) / 4 };
    });
  let sum = 0;
  for (const [j, low] of steps.entries()) {
    sum += low.ties ** 2;
    for (const high of steps.slice(j + 1)) {
      const correlation = (low.middle * (all - high.middle)) ** 2 / low.variance / high.variance;
      sum += 2 * low.ties * high.ties * correlation;
    }
  }
  return sum / all ** 2;
}

describe("the Anderson-Darling test under ties", () => {
  it("knows the spread of its law given the tie pattern", () => {
    const random = randomFrom(1);
    for (const law of Object.values(laws).slice(1)) {
      const x = Float64Array.from({ length: 60 }, () => law(random));
      const y = Float64Array.from({ length: 45 }, () => law(random));
      expect(spreadOf(x, y)).toBeCloseTo(naiveSpread([...x, ...y]), 12);
    }
    expect(spreadOf(Float64Array.of(0, 1, 0), Float64Array.of(1, 1))).toBeCloseTo(1, 12);
    expect(spreadOf(Float64Array.of(1, 2, 3), Float64Array.of(4, 5))).toBe(null);
  });

  for (const [name, law] of Object.entries(laws)) {
    it(`keeps its level on data ${name}`, () => {
      const random = randomFrom(7);
      const runs = 4000;
      let rejected = 0;
      for (let run = 0; run < runs; run++) {
        const x = Float64Array.from({ length: 150 }, () => law(random));
        const y = Float64Array.from({ length: 100 }, () => law(random));
        if (andersonDarlingTest(x, y).pValue <= 0.01) rejected++;
      }
      // Three standard errors about 1 %.
      expect(rejected / runs).toBeGreaterThan(0.0053);
      expect(rejected / runs).toBeLessThan(0.0147);
    });
  }

  it("calls equal constants equal", () => {
    expect(andersonDarlingTest([1, 1, 1], [1, 1])).toMatchObject({ statistic: 0, pValue: 1 });
  });
});
