import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { ksTest } from "../../dist/statistics/ks-test.js";
import { largestGap, ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames, twoSamples } from "./samples.ts";

interface Case {
  name: string;
  reference: WrittenSample;
  current: WrittenSample;
  gap: number;
  location: Written | null;
  conditional?: Written;
  ignore: Written;
  large?: true;
}

const { cases } = oracle<{ cases: Case[] }>("ks-test");

/** A test's answer without what depends on the values themselves. */
const ranks = (found: ReturnType<typeof ksTest>) => ({ ...found, location: null, missing: null });

describe("the Kolmogorov-Smirnov test", () => {
  for (const expected of cases) {
    const reference = sampleOf(expected.reference);
    const current = sampleOf(expected.current);
    const [n, m] = [reference.length, current.length];

    it(`finds the largest gap, its sign and place, and the exact p-value: ${expected.name}`, () => {
      for (const side of [reference, prepare(reference)]) {
        const found = ksTest(side, current, { method: "exact" });
        expect(found).toMatchObject({
          statistic: Math.abs(expected.gap) / (n * m),
          location: expected.location,
          sign: Math.sign(expected.gap),
          method: "exact",
          n,
          m,
        });
        if (expected.conditional !== undefined) expectClose(found.pValue, expected.conditional, 1e-10);
        const ignoring = ksTest(side, current, { method: "exact", ties: "ignore" });
        expectClose(ignoring.pValue, expected.ignore, 1e-10);
        // These are cheap, so that is what it does unless told otherwise.
        expect(ksTest(side, current)).toEqual(found);
      }
    });

    if (expected.large) {
      it(`has a law for the effective size within 0.1 % of the exact one: ${expected.name}`, () => {
        const found = ksTest(reference, current, { method: "asymptotic" });
        expect(found).toMatchObject({ method: "asymptotic", ties: "ignored" });
        expectClose(found.pValue, expected.ignore, 1e-3);
      });
    }
  }

  it("names the law of its p-value, and whether ties entered it", () => {
    expect(ksTest([1, 2, 3], [4, 5, 6, 7])).toMatchObject({ method: "exact", ties: "none" });
    expect(ksTest([1, 2, 3], [3, 4, 5, 6])).toMatchObject({ method: "exact", ties: "conditional" });
    expect(ksTest([1, 2, 3], [3, 4, 5, 6], { ties: "ignore" })).toMatchObject({ method: "exact", ties: "ignored" });
    expect(ksTest([1, 2, 3], [4, 5], { method: "asymptotic" })).toMatchObject({
      method: "asymptotic",
      ties: "ignored",
    });
    const [x, y] = [sample("normal", 60_000, 1), sample("normal", 50_000, 2)];
    expect(ksTest(x, y)).toMatchObject({ method: "asymptotic", ties: "ignored" });
    expect(ksTest(x, y, { ties: "conditional" })).toMatchObject({ method: "asymptotic", ties: "none" });
    expect(ksTest(x, y.subarray(0, 40_000))).toMatchObject({ method: "asymptotic", ties: "none" });
    const same = sample("normal", 60_000, 3);
    expect(ksTest(x, same)).toMatchObject({ method: "continuous", ties: "ignored" });
    expect(ksTest(x, same, { ties: "ignore" })).toMatchObject({ method: "exact", ties: "ignored" });
    expect(ksTest(x, same, { ties: "conditional" })).toMatchObject({ method: "exact", ties: "none" });
  });

  it("allows for ties beyond the exact range: 80 % zeros", () => {
    const mostlyZero = (length: number, seed: number) =>
      sample("normal", length, seed).map((x, k) => (k % 5 === 0 ? Math.abs(x) : 0));
    const [x, y] = [mostlyZero(20_000, 1), mostlyZero(20_000, 2).map((value) => 1.2 * value)];
    const found = ksTest(x, y);
    expect(found).toMatchObject({ method: "exact", ties: "conditional" });
    expect(found.pValue).toBeLessThan(ksTest(x, y, { ties: "ignore" }).pValue / 3);
    const asked = { method: "asymptotic", ties: "conditional" } as const;
    expect(ksTest(x, y, asked)).toMatchObject(asked);
    for (const alternative of ["two-sided", "less"] as const) {
      const exact = ksTest(x, y, { alternative, method: "exact" }).pValue;
      expectClose(ksTest(x, y, { ...asked, alternative }).pValue, exact, 0.01);
    }
  });

  it("finds the naive statistic on small samples of every shape", () => {
    fc.assert(
      fc.property(twoSamples, ([reference, current]) => {
        const { gap, location, n, m } = largestGap(reference, current);
        fc.pre(n > 0 && m > 0);
        const found = ksTest(reference, current);
        const written = location === Infinity ? "Infinity" : location === -Infinity ? "-Infinity" : location;
        expect(found).toMatchObject({
          statistic: Math.abs(gap) / (n * m),
          sign: Math.sign(gap),
          location: written,
          n,
          m,
        });
        expect(found.pValue).toBeGreaterThan(0);
        expect(found.pValue).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  it("is 0 with p = 1 between identical samples, in any order", () => {
    for (const shape of shapeNames) {
      for (const length of [1, 40, 20_000]) {
        const values = sample(shape, length, 4);
        if (ordered(values).length === 0) continue;
        const nothing = { statistic: 0, pValue: 1, location: null, sign: 0 };
        expect(ksTest(values, values.slice().reverse()), shape).toMatchObject(nothing);
        expect(ksTest(prepare(values), values), shape).toMatchObject(nothing);
      }
    }
  });

  it("does not change under strictly monotone maps, and mirrors under falling ones", () => {
    const maps: ((x: number) => number)[] = [
      (x) => 2 * x + 1,
      (x) => x ** 3,
      (x) => Math.atan(x / 8),
      (x) => 1e200 * x,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom("ten integers", "two values", "zeros of both signs"),
        fc.oneof(fc.integer({ min: 1, max: 200 }), fc.constant(9000)),
        fc.integer(),
        fc.constantFrom(...maps),
        (shape, n, seed, map) => {
          const [x, y] = [sample(shape, n, seed), sample(shape, 150, seed + 1, 0.5)];
          const found = ksTest(x, y);
          const mapped = ksTest(x.map(map), y.map(map));
          expect(ranks(mapped)).toEqual(ranks(found));
          if (found.location !== null) expect(mapped.location).toBe(map(found.location as number));
          const mirrored = ksTest(
            x.map((value) => -value),
            y.map((value) => -value),
          );
          expect(mirrored.statistic).toBe(found.statistic);
          expectClose(mirrored.pValue, found.pValue, 1e-12);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is the same in both directions but for the sign", () => {
    fc.assert(
      fc.property(twoSamples, ([reference, current]) => {
        fc.pre(ordered(reference).length > 0 && ordered(current).length > 0);
        const there = ksTest(reference, current);
        const back = ksTest(current, reference);
        expect(back.statistic).toBe(there.statistic);
        expectClose(back.pValue, there.pValue, 1e-12);
        expect(back).toMatchObject({ n: there.m, m: there.n, method: there.method, ties: there.ties });
      }),
    );
  });

  it("of integers beyond 2^53 tells where as text, and elsewhere as a number", () => {
    const far = 2n ** 60n;
    const x = BigInt64Array.of(far, far + 1n);
    const y = BigInt64Array.of(far + 1n, far + 2n);
    expect(ksTest(x, y)).toMatchObject({ statistic: 0.5, sign: 1, location: far.toString() });
    expect(ksTest(BigInt64Array.of(1n, 2n), BigInt64Array.of(2n, 3n))).toMatchObject({ statistic: 0.5, location: 1 });
  });

  it("has no p-value above 1", () => {
    const two = Float64Array.from({ length: 977 }, (_, k) => (k % 10 < 3 ? -1 : 7));
    for (const one of [-1, 7]) expect(ksTest(two, [one]).pValue).toBeLessThanOrEqual(1);
    expect(ksTest(sample("two values", 34_726, 1), [-1]).pValue).toBeLessThanOrEqual(1);
  });

  it("locates a gap at 0, never at -0", () => {
    for (const length of [5, 40_000]) {
      const zeros = Float64Array.from({ length }, (_, k) => (k % 2 === 0 ? -0 : 0));
      expect(ksTest(zeros, new Float64Array(600).fill(5)).location).toBe(0);
    }
  });

  it("leaves out nulls and NaN, counts them, and refuses sides without values", () => {
    const found = ksTest([1, null, 2, Number.NaN], [1, 2, null]);
    expect(found).toMatchObject({
      statistic: 0,
      missing: { reference: { rows: 4, null: 1, nan: 1 }, current: { rows: 3, null: 1, nan: 0 } },
    });
    expect(() => ksTest([], [1, 2])).toThrow("ksTest: each side needs at least one value, got 0 and 2");
    expect(() => ksTest([1], [null])).toThrow("got 1 and 0");
    expect(() => ksTest(["a"], [1])).toThrow(TypeError);
  });

  it("survives JSON and structured cloning", () => {
    for (const found of [
      ksTest([Number.NEGATIVE_INFINITY, 1], [2, 3]),
      ksTest(BigInt64Array.of(2n ** 60n), BigInt64Array.of(2n ** 60n + 1n)),
      ksTest([1], [1]),
    ]) {
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      expect(structuredClone(found)).toEqual(found);
    }
  });
});

describe("the p-value against a single value", () => {
  it("is the share of places at least as far out, by every method", () => {
    const many = Float64Array.from({ length: 5_000_000 }, (_, k) => k);
    // 2 000 000 of 5 000 000 values below: places 0 to 2 000 000 and as many from the top are as far out.
    expect(ksTest(many, [1_999_999.5]).pValue).toBeCloseTo((2 * 2_000_001) / 5_000_001, 12);
    expect(ksTest([1], [2, 3], { method: "asymptotic" }).pValue).toBeCloseTo(2 / 3, 12);
  });
});

describe("prepared 64-bit integers", () => {
  it("keep their order against unsigned and negative ones", () => {
    const negative = BigInt64Array.of(-5n, -4n, -3n);
    const large = BigUint64Array.of(2n ** 63n + 1n, 2n ** 63n + 2n);
    for (const x of [negative, prepare(negative)]) {
      for (const y of [large, prepare(large)]) {
        expect(ksTest(x, y)).toMatchObject({ statistic: 1, sign: 1 });
        expect(ksTest(y, x)).toMatchObject({ statistic: 1, sign: -1 });
      }
    }
  });
});
