import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { tTest, tTestFromMoments, tTestOneSample } from "../../dist/statistics/t-test.js";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample } from "./samples.ts";

interface Case {
  name: string;
  variance: "equal" | "unequal";
  alternative: "two-sided" | "less" | "greater";
  confidence: number;
  statistic: Written;
  degreesOfFreedom: Written;
  pValue: Written;
  difference: Written;
  confidenceInterval: [Written | null, Written | null];
  effect: Written;
}

const { cases, samples } = oracle<{
  cases: Case[];
  samples: Record<string, { reference: WrittenSample; current: WrittenSample }>;
}>("t-test");

describe("the t test", () => {
  for (const expected of cases) {
    const { name, variance, alternative, confidence } = expected;
    it(`is the exact one, ${variance} variances, ${alternative}: ${name}`, () => {
      const reference = sampleOf(samples[name]!.reference);
      const current = sampleOf(samples[name]!.current);
      for (const side of [reference, prepare(reference)]) {
        const found = tTest(side, current, { variance, alternative, confidence });
        expect(found).toMatchObject({ status: "ok", n: reference.length, m: current.length });
        for (const key of ["statistic", "degreesOfFreedom", "difference", "effect"] as const) {
          expectClose(found[key], expected[key], 1e-12, key);
        }
        expectClose(found.pValue, expected.pValue, 1e-10, "pValue");
        const [low, high] = found.confidenceInterval!;
        const width =
          Math.abs(Number(expected.confidenceInterval[0] ?? 0)) + Math.abs(Number(expected.confidenceInterval[1] ?? 0));
        for (const [end, wanted] of [
          [low, expected.confidenceInterval[0]],
          [high, expected.confidenceInterval[1]],
        ] as const) {
          if (wanted === null) expect(end).toBeNull();
          else expect(Math.abs(end! - Number(wanted)) / width).toBeLessThanOrEqual(1e-12);
        }
      }
    });
  }

  it("is Welch's, two-sided, at 95 %, unless asked for another", () => {
    const [x, y] = [sample("normal", 30, 1), sample("normal", 20, 2)];
    expect(tTest(x, y)).toEqual(tTest(x, y, { variance: "unequal", alternative: "two-sided", confidence: 0.95 }));
  });

  it("scaled by powers of two changes no digit", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("normal", "lognormal", "ten integers"),
        fc.integer({ min: 2, max: 3000 }),
        fc.integer(),
        fc.constantFrom(-600, -300, -1, 1, 300, 600),
        fc.constantFrom("equal" as const, "unequal" as const),
        (shape, n, seed, power, variance) => {
          const [x, y] = [sample(shape, n, seed), sample(shape, 77, seed + 1, 0.5)];
          const scaled = tTest(
            x.map((value) => value * 2 ** power),
            y.map((value) => value * 2 ** power),
            { variance },
          );
          const plain = tTest(x, y, { variance });
          fc.pre(plain.status === "ok");
          for (const key of ["statistic", "degreesOfFreedom", "pValue", "effect"] as const) {
            expect(scaled[key], key).toBe(plain[key]);
          }
          expect(scaled.difference).toBe(plain.difference! * 2 ** power);
          expect(scaled.confidenceInterval).toEqual(plain.confidenceInterval!.map((end) => end! * 2 ** power));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("mirrors when the sides are exchanged, and between identical samples has t = 0 and p = 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), fc.integer(), (n, seed) => {
        const [x, y] = [sample("normal", n, seed), sample("normal", 50, seed + 1, 0.3)];
        const there = tTest(x, y);
        const back = tTest(y, x);
        expect(back.statistic).toBe(-there.statistic!);
        expect(back.pValue).toBe(there.pValue);
        expect(back.degreesOfFreedom).toBe(there.degreesOfFreedom);
        expect(tTest(x, y, { alternative: "less" }).pValue).toBe(tTest(y, x, { alternative: "greater" }).pValue);
        expect(tTest(x, x)).toMatchObject({ statistic: 0, pValue: 1, difference: 0, effect: 0 });
      }),
    );
  });

  it("is two-sided twice the smaller one-sided p, and the one-sided p-values add up to 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), fc.integer(), (n, seed) => {
        const [x, y] = [sample("normal", n, seed), sample("normal", 50, seed + 1, 0.3)];
        const [less, greater] = (["less", "greater"] as const).map(
          (alternative) => tTest(x, y, { alternative }).pValue!,
        );
        expectClose(tTest(x, y).pValue, 2 * Math.min(less!, greater!), 1e-14);
        expectClose(less! + greater!, 1, 1e-14);
      }),
    );
  });

  it("has a status where there is no t: constants and infinities", () => {
    const none = { statistic: null, degreesOfFreedom: null, pValue: null, confidenceInterval: null, effect: null };
    expect(tTest([1, 1, 1], [2, 2])).toMatchObject({ ...none, status: "constant", difference: -1, n: 3, m: 2 });
    expect(tTest([0.04, 0.04], [0.04, 0.04, 0.04])).toMatchObject({ ...none, status: "constant", difference: 0 });
    expect(tTest([1, 2, Number.POSITIVE_INFINITY], [1, 2])).toMatchObject({
      ...none,
      status: "infinite",
      difference: null,
    });
    expect(tTest([1, 2], [Number.NEGATIVE_INFINITY])).toMatchObject({ ...none, status: "infinite", n: 2, m: 0 });
  });

  it("counts what is missing, and refuses too few values, text, and confidences that are none", () => {
    const found = tTest([1, 2, null], [3, 4, Number.NaN]);
    expect(found.missing).toEqual({
      reference: { rows: 3, null: 1, nan: 0 },
      current: { rows: 3, null: 0, nan: 1 },
    });
    expect(() => tTest([1, null], [1, 2])).toThrow("tTest: each side needs at least two values, got 1 and 2");
    expect(() => tTest(["a", "b"], [1, 2])).toThrow(TypeError);
    for (const confidence of [0, 1, Number.NaN])
      expect(() => tTest([1, 2], [1, 2], { confidence })).toThrow(RangeError);
  });

  it("of 64-bit integers beyond 2^53 sees differences of one", () => {
    const far = 2n ** 62n;
    const [x, y] = [BigInt64Array.of(far, far + 1n, far + 2n), BigInt64Array.of(far + 1n, far + 2n, far + 3n)];
    const near = tTest([0, 1, 2], [1, 2, 3]);
    expect(tTest(x, y)).toEqual({ ...near });
    expect(tTest(prepare(x), y)).toEqual({ ...near });
  });
});

describe("a constant side", () => {
  it("is compared at the scale of the other one, however small or large", () => {
    const constant = [3, 3, 3];
    const other = [1, 2, 4, 5];
    const expected = tTest(constant, other);
    expect(expected.status).toBe("ok");
    for (const power of [-600, 600]) {
      const unit = 2 ** power;
      const scaled = tTest(
        constant.map((x) => x * unit),
        other.map((x) => x * unit),
      );
      expect(scaled).toMatchObject({ status: "ok", statistic: expected.statistic, pValue: expected.pValue });
      expect(scaled.difference).toBe(expected.difference! * unit);
    }
  });

  it("is compared with a spread that vanishes beside it", () => {
    const small = [0, 2 ** -600, 2 ** -599];
    const root = Math.sqrt(3);
    const found = tTest([2 ** 30, 2 ** 30], small);
    expect(found).toMatchObject({ status: "ok", difference: 2 ** 30, confidenceInterval: [2 ** 30, 2 ** 30] });
    expectClose(found.statistic, 2 ** 630 * root, 1e-14);
    expectClose(tTestOneSample(small, 1).statistic, -(2 ** 600) * root, 1e-14);
    expectClose(tTestOneSample(small, 1).effect, -(2 ** 600), 1e-14);
    // t itself is beyond the largest double.
    const least = small.map((value) => value * 2 ** -470);
    for (const beyond of [tTest([4, 4], least), tTestOneSample(least, 4)]) {
      expect(beyond).toMatchObject({ status: "ok", statistic: null, effect: null, pValue: 0 });
    }
    const far = { count: 3, mean: 1e150, variance: 1e-300 };
    const near = { count: 3, mean: 0, variance: 1e-300 };
    expectClose(tTestFromMoments(far, near).statistic, 1e300 / Math.sqrt(2 / 3), 1e-14);
  });
});
