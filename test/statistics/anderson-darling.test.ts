import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { andersonDarlingTest } from "../../dist/statistics/anderson-darling.js";
import { ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames, twoSamples } from "./samples.ts";

const { cases } = oracle<{
  cases: { name: string; reference: WrittenSample; current: WrittenSample; statistic: Written }[];
}>("anderson-darling");

/** Mid-rank A² by its formula, with every count made anew. */
function naive(reference: Iterable<number>, current: Iterable<number>): number {
  const [x, y] = [ordered(reference), ordered(current)];
  const pooled = ordered([...x, ...y]);
  const total = pooled.length;
  const middle = (values: number[], z: number) =>
    values.filter((value) => value < z).length + values.filter((value) => value === z).length / 2;
  let sum = 0;
  for (const z of new Set(pooled)) {
    const ties = pooled.filter((value) => value === z).length;
    const b = middle(pooled, z);
    const variance = b * (total - b) - (total * ties) / 4;
    if (variance <= 0) continue;
    for (const side of [x, y]) {
      sum += (ties / total) * ((total * middle(side, z) - side.length * b) ** 2 / variance / side.length);
    }
  }
  return (sum * (total - 1)) / total;
}

describe("the Anderson-Darling test", () => {
  for (const { name, reference, current, statistic } of cases) {
    it(`has SciPy's mid-rank statistic: ${name}`, () => {
      const [x, y] = [sampleOf(reference), sampleOf(current)];
      for (const side of [x, prepare(x)]) {
        const found = andersonDarlingTest(side, y);
        expectClose(found.statistic, statistic, 1e-12);
        expect(found).toMatchObject({ n: x.length, m: y.length });
        expect(found.pValue).toBeGreaterThanOrEqual(0);
        expect(found.pValue).toBeLessThanOrEqual(1);
      }
    });
  }

  it("is the naive one on small samples of every shape", () => {
    fc.assert(
      fc.property(twoSamples, ([reference, current]) => {
        fc.pre(ordered(reference).length > 0 && ordered(current).length > 0);
        expectClose(andersonDarlingTest(reference, current).statistic, naive(reference, current), 1e-11);
      }),
      { numRuns: 150 },
    );
  });

  it("is 0 with p = 1 when all values are equal, and never above 1 for identical samples", () => {
    for (const constant of [0, 5, Number.POSITIVE_INFINITY]) {
      expect(andersonDarlingTest([constant, constant], [constant])).toMatchObject({ statistic: 0, pValue: 1 });
    }
    for (const shape of shapeNames) {
      const values = sample(shape, 12_000, 8);
      const found = andersonDarlingTest(values, values);
      expect(found.statistic, shape).toBe(0);
      expect(found.pValue, shape).toBe(1);
    }
  });

  it("is the same in both directions, and under strictly monotone maps", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("ten integers", "normal", "two values"),
        fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(10_000)),
        fc.integer(),
        (shape, n, seed) => {
          const [x, y] = [sample(shape, n, seed), sample(shape, 200, seed + 1, 1)];
          const there = andersonDarlingTest(x, y);
          const back = andersonDarlingTest(y, x);
          expectClose(back.statistic, there.statistic, 1e-12);
          expectClose(back.pValue, there.pValue, 1e-10);
          const cubed = andersonDarlingTest(
            x.map((value) => 2 * value),
            y.map((value) => 2 * value),
          );
          expect(cubed).toEqual(there);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("has a p-value that falls as the statistic rises, far into the tail", () => {
    const values = sample("normal", 300, 1);
    let last = 2;
    for (const shift of [0.2, 0.5, 1, 2]) {
      const { pValue } = andersonDarlingTest(
        values,
        values.map((x) => x + shift),
      );
      expect(pValue).toBeLessThan(last);
      expect(pValue).toBeGreaterThan(0);
      last = pValue;
    }
    expect(last).toBeLessThan(1e-50);
  });

  it("counts what is missing, and refuses sides without values", () => {
    const { missing } = andersonDarlingTest([1, null], [2, Number.NaN, 3]);
    expect(missing).toEqual({ reference: { rows: 2, null: 1, nan: 0 }, current: { rows: 3, null: 0, nan: 1 } });
    expect(() => andersonDarlingTest([], [1])).toThrow("andersonDarlingTest: each side needs at least one value");
    expect(() => andersonDarlingTest(["a"], [1])).toThrow(TypeError);
  });
});
