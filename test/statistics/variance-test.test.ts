import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { moments } from "../../dist/statistics/moments.js";
import { tTest } from "../../dist/statistics/t-test.js";
import { varianceTest, varianceTestFromMoments } from "../../dist/statistics/variance-test.js";
import { ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample } from "./samples.ts";

interface Case {
  name: string;
  method: "levene" | "f";
  centre?: "median" | "mean";
  confidence?: number;
  statistic: Written;
  degreesOfFreedom: [number, number];
  pValue: Written;
  ratio: Written;
  confidenceInterval?: [Written, Written];
}

const { cases, samples } = oracle<{
  cases: Case[];
  samples: Record<string, { reference: WrittenSample; current: WrittenSample }>;
}>("variance-test");

/** Distances from the centre, as the textbook has them. */
function distances(values: Float64Array, centre: "median" | "mean"): Float64Array {
  const inOrder = ordered(values);
  const { length } = inOrder;
  const median = (inOrder[(length - 1) >> 1]! + inOrder[length >> 1]!) / 2;
  const about = centre === "median" ? median : values.reduce((sum, value) => sum + value, 0) / length;
  return values.map((value) => Math.abs(value - about));
}

describe("the test of variances", () => {
  for (const expected of cases) {
    const { name, method, centre, confidence } = expected;
    it(`is the exact one, ${method} ${centre ?? confidence}: ${name}`, () => {
      const reference = sampleOf(samples[name]!.reference);
      const current = sampleOf(samples[name]!.current);
      const options = { method, ...(centre && { centre }), ...(confidence && { confidence }) };
      for (const side of [reference, prepare(reference)]) {
        const found = varianceTest(side, current, options);
        expect(found).toMatchObject({ status: "ok", n: reference.length, m: current.length, method });
        expect(found.degreesOfFreedom).toEqual(expected.degreesOfFreedom);
        expectClose(found.statistic, expected.statistic, 1e-12, "statistic");
        expectClose(found.ratio, expected.ratio, 1e-12, "ratio");
        expectClose(found.pValue, expected.pValue, 1e-10, "pValue");
        expected.confidenceInterval?.forEach((end, k) => {
          expectClose(found.confidenceInterval![k]!, end, 1e-12, "confidenceInterval");
        });
      }
    });
  }

  it("is Student's test of the distances from the centres", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 3000 }),
        fc.integer(),
        fc.constantFrom("normal", "lognormal", "ten integers"),
        fc.constantFrom("median" as const, "mean" as const),
        (n, seed, shape, centre) => {
          const [x, y] = [sample(shape, n, seed), sample("normal", 50, seed + 1)];
          const found = varianceTest(x, y, { centre });
          const expected = tTest(distances(x, centre), distances(y, centre), { variance: "equal" });
          expectClose(found.statistic!, expected.statistic! ** 2, 1e-9, "statistic");
          expectClose(found.pValue, expected.pValue!, 1e-9, "pValue");
        },
      ),
    );
  });

  it("stays when a side moves, the sides are exchanged or everything is scaled by powers of two", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2000 }), fc.integer(), fc.constantFrom(-600, 600), (n, seed, power) => {
        const [x, y] = [sample("normal", n, seed), sample("ten integers", 60, seed + 1)];
        const there = varianceTest(x, y);
        const moved = varianceTest(
          x,
          y.map((value) => value + 1024),
        );
        expect(moved.statistic).toBe(there.statistic);
        expectClose(varianceTest(y, x).statistic, there.statistic!, 1e-13, "statistic");
        const times = (values: Float64Array) => values.map((value) => value * 2 ** power);
        const scaled = varianceTest(times(x), times(y));
        expectClose(scaled.statistic, there.statistic!, 1e-13, "statistic");
        expectClose(varianceTest(y, x, { method: "f" }).pValue, varianceTest(x, y, { method: "f" }).pValue!, 1e-12);
      }),
      { numRuns: 40 },
    );
  });

  it("of integers beyond 2^53 sees distances of one", () => {
    const far = 2n ** 62n;
    const small = [0, 1, 3, 9];
    const large = BigInt64Array.from(small, (value) => far + BigInt(value));
    for (const options of [{}, { centre: "mean" }, { method: "f" }] as const) {
      const expected = varianceTest(small, [1, 2, 4], options);
      const found = varianceTest(large, BigInt64Array.of(far + 1n, far + 2n, far + 4n), options);
      expectClose(found.statistic, expected.statistic!, 1e-13, "statistic");
      expectClose(found.pValue, expected.pValue!, 1e-13, "pValue");
    }
  });

  it("does not take the rounding of equal distances for a spread", () => {
    const pairs = [
      [
        [5, 0],
        [0.9313030803485255, 18.200271829034875],
      ],
      [
        [0.015149693320350497, 18.964149471421695],
        [0.3385279188011965, 13.885276179835838],
      ],
      [
        [0.1, -0.7],
        [6.306028136967389e306, -2.458864860118093e306],
      ],
    ] as const;
    for (const [x, y] of pairs) {
      for (const centre of ["median", "mean"] as const) {
        expect(varianceTest(x, y, { centre })).toMatchObject({ status: "constant", statistic: null });
      }
    }
  });

  it("of the smallest and the largest doubles is that of numbers between", () => {
    const [x, y] = [
      [1, 0, 1, 3],
      [3, 3, 2, 0, 0, 0],
    ];
    for (const centre of ["median", "mean"] as const) {
      const expected = varianceTest(x, y, { centre });
      for (const unit of [2 ** -1074, 2 ** 1022]) {
        const times = (values: number[]) => values.map((value) => value * unit);
        expectClose(varianceTest(times(x), times(y), { centre }).statistic, expected.statistic, 1e-13);
      }
    }
    const largest = Number.MAX_VALUE;
    expect(varianceTest([largest, largest], [3, 5, 9])).toMatchObject({ status: "ok", ratio: 0 });
    expect(varianceTest([largest, -largest], [3, 5, 9])).toMatchObject({ status: "ok", statistic: null, pValue: 0 });
  });

  it("has a status where there is nothing to compare: constants and infinities", () => {
    const none = { statistic: null, degreesOfFreedom: null, pValue: null, confidenceInterval: null };
    for (const method of ["levene", "f"] as const) {
      expect(varianceTest([1, 1, 1], [2, 2], { method })).toMatchObject({ ...none, status: "constant", ratio: null });
      const found = varianceTest([1, 2, Infinity], [1, 2], { method });
      expect(found).toMatchObject({ ...none, status: "infinite", ratio: null });
    }
    expect(varianceTest([1, 1, 1], [1, 2, 5])).toMatchObject({ status: "ok", ratio: 0 });
  });

  it("is the exact F test from counts and variances too", () => {
    let compared = 0;
    for (const { name, method, confidence, ...expected } of cases.filter(({ method }) => method === "f")) {
      const [x, y] = [samples[name]!.reference, samples[name]!.current].map((written) => moments(sampleOf(written)));
      // What no double holds cannot be passed.
      if (!(x!.variance! > 1e-290 && y!.variance! > 1e-290)) continue;
      compared++;
      const [a, b] = [x!, y!].map(({ count, variance }) => ({ count, variance: variance! }));
      const found = varianceTestFromMoments(a!, b!, { confidence: confidence! });
      expect(found).toMatchObject({ status: "ok", n: a!.count, m: b!.count, method });
      expect(found.degreesOfFreedom).toEqual(expected.degreesOfFreedom);
      expectClose(found.statistic, expected.statistic, 1e-12, "statistic");
      expectClose(found.pValue, expected.pValue, 1e-10, "pValue");
      expected.confidenceInterval!.forEach((end, k) => {
        expectClose(found.confidenceInterval![k]!, end, 1e-12, "confidenceInterval");
      });
    }
    expect(compared).toBeGreaterThan(15);
    const good = { count: 5, variance: 2 };
    expect(varianceTestFromMoments(good, { count: 5, variance: 0 })).toMatchObject({ status: "constant", ratio: null });
    for (const bad of [
      { count: 1 },
      { count: 2.5 },
      { variance: -1 },
      { variance: Number.NaN },
      { variance: Infinity },
    ]) {
      expect(() => varianceTestFromMoments(good, { ...good, ...bad })).toThrow(RangeError);
    }
    expect(() => varianceTestFromMoments(good, good, { confidence: 1 })).toThrow("varianceTestFromMoments: confidence");
  });

  it("counts what is missing, and refuses too few values, text and options that are none", () => {
    expect(varianceTest([1, 2, null, 9], [3, 4, Number.NaN]).missing).toEqual({
      reference: { rows: 4, null: 1, nan: 0 },
      current: { rows: 3, null: 0, nan: 1 },
    });
    expect(() => varianceTest([1, null], [1, 2])).toThrow(
      "varianceTest: each side needs at least two values, got 1 and 2",
    );
    expect(() => varianceTest(["a", "b"], [1, 2])).toThrow(TypeError);
    expect(() => varianceTest([1, 2], [1, 2], { confidence: 0 })).toThrow(RangeError);
    expect(() => varianceTest([1, 2], [1, 2], { method: "bartlett" as "f" })).toThrow(RangeError);
    expect(() => varianceTest([1, 2], [1, 2], { centre: "mode" as "mean" })).toThrow(RangeError);
  });
});
