import fc from "fast-check";
import { andersonDarlingTest } from "smirnov";
import { hypergeometric } from "smirnov/distributions";
import { describe, expect, it } from "vitest";
import { answerNow } from "../../dist/source/plan.js";
import { prepare, withSides } from "../../dist/source/sides.js";
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

  /** Few values against many of the same law keep their level. */
  const keepsItsLevel = (draw: () => number): void => {
    const runs = 2000;
    const found: number[] = [];
    for (let run = 0, reference = new Float64Array(); run < runs; run++) {
      if (run % 50 === 0) reference = Float64Array.from({ length: 20_000 }, draw).sort();
      const current = Float64Array.from({ length: 50 }, draw);
      found.push(andersonDarlingTest(reference, current).pValue);
    }
    const share = (level: number) => found.filter((p) => p <= level).length / runs;
    // Four standard errors above the level.
    expect(share(0.05)).toBeLessThan(0.07);
    expect(share(0.01)).toBeLessThan(0.019);
    expect(share(0.001)).toBeLessThan(0.004);
  };

  for (const rare of [0.01, 0.001]) {
    it(`finds nothing in few values of which all but one in ${1 / rare} are 0`, () => {
      const random = randomFrom(11);
      keepsItsLevel(() => (random() < rare ? 1 + random() : 0));
    });
  }

  for (const rare of [0.02, 0.002]) {
    it(`finds nothing where as many are above the ones that are 0 as below, one in ${1 / rare} being one of them`, () => {
      const random = randomFrom(12);
      keepsItsLevel(() => (random() < rare ? (random() < 0.5 ? -1 : 1) * (1 + random()) : 0));
    });
  }

  it("has under all deals of few others a level of at most the nominal one", () => {
    for (const [n, m, below, above] of [
      [2000, 50, 2, 2],
      [2000, 50, 1, 4],
      [50, 2000, 3, 3],
      [2000, 50, 0, 6],
      [200, 50, 2, 3],
    ] as const) {
      const others = [...Array(below).keys()].map((k) => k - below).concat([...Array(above).keys()].map((k) => k + 1));
      const found: (readonly [p: number, mass: number])[] = [];
      for (let chosen = 0; chosen < 2 ** others.length; chosen++) {
        const current = others.filter((_, k) => (chosen >> k) & 1);
        const reference = others.filter((_, k) => !((chosen >> k) & 1));
        // Of all ways to choose as many.
        const ways = current.reduce((product, _, k) => (product * (others.length - k)) / (k + 1), 1);
        const mass = hypergeometric.pmf(current.length, n + m, others.length, m) / ways;
        const x = new Float64Array(n);
        const y = new Float64Array(m);
        x.set(reference);
        y.set(current);
        const { pValue } = andersonDarlingTest(x, y);
        expect(pValue).toBeGreaterThan(0);
        expect(pValue).toBeLessThanOrEqual(1);
        found.push([pValue, mass]);
      }
      for (const level of [0.05, 0.01, 0.005, 0.001]) {
        const share = found.reduce((sum, [p, mass]) => sum + (p <= level ? mass : 0), 0);
        expect(share, `${n}, ${m}, ${below}, ${above}`).toBeLessThan(1.05 * level);
      }
    }
  });

  it("counts what lies below and up to the value in the middle, of few values, many, and ones that were ordered before", () => {
    const random = randomFrom(13);
    for (const [n, m] of [
      [9, 6],
      [1, 1],
      [2000, 100],
      [9000, 40],
      [150_000, 900],
      [700, 9000],
    ] as const) {
      for (const values of [2, 5, 1e6]) {
        const [x, y] = [n, m].map((count) => Float64Array.from({ length: count }, () => Math.floor(values * random())));
        const all = Float64Array.from([...x!, ...y!]).sort();
        const [low, high] = [all[Math.floor((n + m - 1) / 2)]!, all[Math.floor((n + m) / 2)]!];
        const equal = (value: number) => all.filter((other) => other === value).length;
        const middle = equal(high) > equal(low) ? high : low;
        const counts = (holds: (value: number) => boolean) => [x!.filter(holds).length, y!.filter(holds).length];
        const expected = { below: counts((value) => value < middle), upTo: counts((value) => value <= middle) };
        for (const reference of [x!, prepare(x!)]) {
          const found = withSides("test", reference, y!, (a, b) => answerNow(fullWalkPlan(), a, b));
          if (found.spread !== null) expect(found.middle, `${n}, ${m}, ${values}`).toEqual(expected);
        }
      }
    }
  });

  it("does not depend on which side is the reference, nor on the sign", () => {
    const values = fc.array(fc.constantFrom(0, 0, 0, 1, 2, -1), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(values, values, (x, y) => {
        const { pValue } = andersonDarlingTest(x, y);
        expect(pValue).toBeGreaterThan(0);
        expect(pValue).toBeLessThanOrEqual(1);
        expect(andersonDarlingTest(y, x).pValue).toBeCloseTo(pValue, 9);
        const [minusX, minusY] = [x.map((value) => -value), y.map((value) => -value)];
        expect(andersonDarlingTest(minusX, minusY).pValue).toBeCloseTo(pValue, 9);
      }),
      { numRuns: 2000 },
    );
  });

  it("has no p-value below Fisher's of a split of which few values are on one side, whoever orders the reference", () => {
    const reference = Float64Array.from({ length: 20_000 }, (_, k) => (k < 20 ? 1 + k : 0));
    const current = Float64Array.from({ length: 50 }, (_, k) => (k === 0 ? 0.5 : 0));
    const fisher = hypergeometric.sf(0, 20_050, 21, 50);
    for (const [x, y] of [
      [reference, current],
      [prepare(reference), current],
      [current, reference],
    ] as const) {
      const { pValue } = andersonDarlingTest(x, y);
      expect(pValue).toBeGreaterThan(0.99 * fisher);
      expect(pValue).toBeLessThan(1.01 * fisher);
    }
    const mirrored = andersonDarlingTest(
      reference.map((x) => -x),
      current.map((x) => -x),
    );
    expect(mirrored.pValue).toBeCloseTo(andersonDarlingTest(reference, current).pValue, 12);
    expect(andersonDarlingTest(reference, current.fill(3, 0, 5)).pValue).toBeLessThan(1e-8);
  });

  it("calls equal constants equal", () => {
    expect(andersonDarlingTest([1, 1, 1], [1, 1])).toMatchObject({ statistic: 0, pValue: 1 });
  });
});
