import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { moments } from "../../dist/statistics/moments.js";
import type { SampleSummary } from "../../dist/statistics/sample-summary.js";
import { type Alternative, tTest, tTestFromMoments, tTestOneSample } from "../../dist/statistics/t-test.js";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample } from "./samples.ts";

interface Case {
  name: string;
  alternative: Alternative;
  confidence: number;
  statistic: Written;
  degreesOfFreedom: Written;
  pValue: Written;
  difference: Written;
  confidenceInterval: [Written | null, Written | null];
  effect: Written;
}
type Found = Pick<ReturnType<typeof tTestFromMoments>, keyof Case & keyof ReturnType<typeof tTestFromMoments>>;

const { cases, oneSample, summaries, samples } = oracle<{
  cases: Case[];
  oneSample: (Case & { mean: number })[];
  summaries: (Case & { reference: SampleSummary; current: SampleSummary; variance: "equal" | "unequal" })[];
  samples: Record<string, { reference: WrittenSample; current: WrittenSample }>;
}>("t-test-variants");

function expectSame(found: Found, expected: Case) {
  for (const key of ["statistic", "degreesOfFreedom", "effect"] as const) {
    expectClose(found[key], expected[key], 1e-12, key);
  }
  if (typeof expected.difference === "number") expectClose(found.difference, expected.difference, 1e-12, "difference");
  else expect(found.difference).toBeNull();
  expectClose(found.pValue, expected.pValue, 1e-10, "pValue");
  const width = expected.confidenceInterval.reduce<number>((sum, end) => sum + Math.abs(Number(end ?? 0)) / 2, 0);
  expected.confidenceInterval.forEach((end, k) => {
    const ours = found.confidenceInterval![k];
    if (typeof end !== "number") expect(ours).toBeNull();
    else expect(Math.abs(ours! - end) / width).toBeLessThanOrEqual(1e-12);
  });
}

describe("the paired t test", () => {
  for (const expected of cases) {
    const { name, alternative, confidence } = expected;
    it(`is the exact one, ${alternative}: ${name}`, () => {
      const reference = sampleOf(samples[name]!.reference);
      const current = sampleOf(samples[name]!.current);
      const found = tTest(reference, current, { paired: true, alternative, confidence });
      expect(found).toMatchObject({ status: "ok", n: reference.length, missing: { null: 0, nan: 0 } });
      expectSame(found, expected);
    });
  }

  it("is the one-sample test of the differences, whatever is missing and however long the columns are", () => {
    const holes = fc.constantFrom(0, 0.1, 0.5);
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 30_000 }), fc.integer(), holes, holes, (n, seed, nulls, nans) => {
        const [x, y] = [sample("normal", n, seed), sample("lognormal", n, seed + 1)];
        const [a, b] = [sample("two values", n, seed + 2), sample("ten integers", n, seed + 3)];
        const left = Array.from(x, (value, k) => (b[k]! < nulls * 10 ? null : a[k]! > 0 && nans ? value : value));
        const right = Array.from(y, (value, k) =>
          b[(k * 7) % n]! < nans * 10 ? Number.NaN : a[k]! < -5 ? null : value,
        );
        const differences = left.flatMap((value, k) =>
          value === null || right[k] === null || Number.isNaN(right[k]) ? [] : [value - right[k]!],
        );
        fc.pre(differences.length > 1);
        const { missing, ...found } = tTest(left, right, { paired: true });
        const { missing: _, ...expected } = tTestOneSample(Float64Array.from(differences), 0);
        expect(found).toEqual(expected);
        const nullRows = left.filter((value, k) => value === null || right[k] === null).length;
        expect(missing).toEqual({ rows: n, null: nullRows, nan: n - nullRows - differences.length });
      }),
      { numRuns: 40 },
    );
  });

  it("mirrors when the sides are exchanged, and scaled by powers of two changes no digit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 3000 }), fc.integer(), fc.constantFrom(-600, -1, 600), (n, seed, power) => {
        const [x, y] = [sample("normal", n, seed), sample("normal", n, seed + 1, 0.3)];
        const there = tTest(x, y, { paired: true });
        const back = tTest(y, x, { paired: true });
        expect(back).toMatchObject({ statistic: -there.statistic!, pValue: there.pValue, effect: -there.effect! });
        const times = (values: Float64Array) => values.map((value) => value * 2 ** power);
        const scaled = tTest(times(x), times(y), { paired: true });
        expect(scaled).toMatchObject({ statistic: there.statistic, pValue: there.pValue, effect: there.effect });
        expect(scaled.difference).toBe(there.difference! * 2 ** power);
      }),
      { numRuns: 30 },
    );
  });

  it("takes columns of any type, and of integers beyond 2^53 sees differences of one", () => {
    const expected = tTest([1, 2, 3, 5], [4, 2, 1, 1], { paired: true });
    for (const type of [Int8Array, Uint8Array, Int16Array, Int32Array, Float32Array, Float64Array]) {
      expect(tTest(type.of(1, 2, 3, 5), [4, 2, 1, 1], { paired: true })).toEqual(expected);
    }
    const far = 2n ** 62n;
    const x = BigInt64Array.of(far + 1n, far + 2n, far + 3n, far + 5n);
    const y = BigInt64Array.of(far + 4n, far + 2n, far + 1n, far + 1n);
    expect(tTest(x, y, { paired: true })).toEqual(expected);
  });

  it("has a status for constant differences and infinities", () => {
    const none = { statistic: null, degreesOfFreedom: null, pValue: null, confidenceInterval: null, effect: null };
    expect(tTest([1, 2, 3], [2, 3, 4], { paired: true })).toMatchObject({
      ...none,
      status: "constant",
      difference: -1,
    });
    for (const other of [1, Infinity, -Infinity]) {
      const found = tTest([1, 2, Infinity], [1, 3, other], { paired: true });
      expect(found).toMatchObject({ ...none, status: "infinite", difference: null, n: 3 });
    }
  });

  it("refuses unequal lengths, too few pairs, prepared columns and text", () => {
    const paired = { paired: true } as const;
    expect(() => tTest([1, 2, 3], [1, 2], paired)).toThrow(
      "tTest: paired rows need columns of equal length, got 3 and 2 rows",
    );
    expect(() => tTest([1, null, 3], [null, 2, 3], paired)).toThrow(RangeError);
    expect(() => tTest(prepare([1, 2]), [1, 2], paired)).toThrow(TypeError);
    expect(() => tTest(["a", "b"], [1, 2], paired)).toThrow(TypeError);
    expect(() => tTest([1, 2], [1, 2], { paired: true, confidence: 1 })).toThrow(RangeError);
  });
});

describe("the one-sample t test", () => {
  for (const expected of oneSample) {
    const { name, mean, alternative, confidence } = expected;
    it(`is the exact one, ${alternative}: ${name}`, () => {
      const column = sampleOf(samples[`one: ${name}`]!.reference);
      for (const input of [column, prepare(column), Array.from(column)]) {
        expectSame(tTestOneSample(input, mean, { alternative, confidence }), expected);
      }
    });
  }

  it("leaves out what is missing, has statuses, and refuses too few values and means that are none", () => {
    const found = tTestOneSample([1, null, 2, Number.NaN, 4], 1);
    expect(found).toMatchObject({ n: 3, missing: { rows: 5, null: 1, nan: 1 }, status: "ok" });
    expect(tTestOneSample([3, 3], 1)).toMatchObject({ status: "constant", difference: 2, pValue: null });
    expect(tTestOneSample([3, Infinity], 1)).toMatchObject({ status: "infinite", difference: null });
    expect(() => tTestOneSample([1], 0)).toThrow("tTestOneSample: the column needs at least two values, got 1");
    expect(() => tTestOneSample([1, 2], Number.NaN)).toThrow(RangeError);
    expect(() => tTestOneSample(["a"], 1)).toThrow(TypeError);
  });

  it("of integers beyond 2^53 sees differences of one", () => {
    const far = 2n ** 62n;
    expect(tTestOneSample(BigInt64Array.of(far, far + 1n, far + 5n), 2 ** 62)).toEqual(tTestOneSample([0, 1, 5], 0));
  });
});

describe("the t test of summaries", () => {
  for (const expected of summaries) {
    const { name, reference, current, variance, alternative, confidence } = expected;
    it(`is the exact one, ${variance} variances, ${alternative}: ${name}`, () => {
      expectSame(tTestFromMoments(reference, current, { variance, alternative, confidence }), expected);
    });
  }

  it("gives what the samples themselves give", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), fc.integer(), (n, seed) => {
        const [x, y] = [sample("normal", n, seed), sample("normal", 50, seed + 1, 0.3)];
        const [a, b] = [x, y].map((side) => {
          const { count, mean, variance } = moments(side);
          return { count, mean: mean!, variance: variance! };
        });
        const [found, expected] = [tTestFromMoments(a!, b!), tTest(x, y)];
        for (const key of ["statistic", "degreesOfFreedom", "pValue", "effect"] as const) {
          expectClose(found[key], expected[key]!, 1e-9, key);
        }
      }),
    );
  });

  it("refuses counts, means and variances that are none", () => {
    const good = { count: 5, mean: 1, variance: 1 };
    for (const bad of [{ count: 1 }, { count: 2.5 }, { mean: Infinity }, { variance: -1 }, { variance: NaN }]) {
      expect(() => tTestFromMoments({ ...good, ...bad }, good)).toThrow(RangeError);
    }
    expect(tTestFromMoments({ ...good, variance: 0 }, { ...good, variance: 0 })).toMatchObject({ status: "constant" });
  });
});
