import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { type QuantileType, quantile, quantiles } from "../../dist/statistics/quantile.js";
import { ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames } from "./samples.ts";

const { methods, probabilities, cases } = oracle<{
  methods: string[];
  probabilities: number[];
  cases: { name: string; values: WrittenSample; quantiles: Written[][] }[];
}>("quantile");

interface RCase {
  name: string;
  /** Whether R's fuzz shows; see the script. */
  fuzz: boolean;
  values: Written[];
  probabilities: number[];
  r: Written[][];
  definition: Written[][];
}

const { cases: casesOfR } = oracle<{ cases: RCase[] }>("quantile-r");

/** Up to rounding: of the values around both, of the position between them, and of the smallest numbers there are. */
function expectBetween(found: number, wanted: number, values: readonly number[], where: string): void {
  if (found === wanted || (Number.isNaN(found) && Number.isNaN(wanted))) return;
  const inOrder = ordered(values);
  const lower = inOrder.findLast((x) => x <= Math.min(found, wanted)) ?? Number.NaN;
  const upper = inOrder.find((x) => x >= Math.max(found, wanted)) ?? Number.NaN;
  const largest = Math.max(Math.abs(lower), Math.abs(upper));
  const tolerance = 4e-16 * largest + 1e-15 * values.length * (upper - lower) + 1e-323;
  expect(Math.abs(found - wanted), where).toBeLessThanOrEqual(tolerance);
}

const types = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

describe("quantiles", () => {
  for (const { name, values, quantiles: expected } of cases) {
    it(`are those of numpy.quantile by all nine methods: ${name}`, () => {
      for (const type of types) {
        const wanted = expected[type - 1]!.map((value) => Number(value) + 0);
        const found = quantiles(sampleOf(values), probabilities, { type }).values;
        expect(found, methods[type - 1]).toEqual(wanted);
        expect(quantiles(prepare(sampleOf(values)), probabilities, { type }).values, "prepared").toEqual(wanted);
      }
    });
  }

  for (const { name, fuzz, values, probabilities: at, r, definition } of casesOfR) {
    it(`are those of R's quantile by all nine types: ${name}`, () => {
      const sample = values.map(Number);
      for (const type of types) {
        const found = quantiles(sample, at, { type }).values;
        for (const [k, value] of found.entries()) {
          const where = `type ${type} at ${at[k]}`;
          // No number, between infinities of both signs, is null.
          const number = value === null ? Number.NaN : Number(value);
          if (fuzz) expectClose(number, definition[type - 1]![k]!, 1e-15, where);
          else expectBetween(number, Number(r[type - 1]![k]), sample, where);
        }
      }
    });
  }

  it("take a probability for what it is where R takes it for a rounder one", () => {
    const apart = casesOfR.filter(({ fuzz, r, definition }) => fuzz && r.some(([x], k) => definition[k]![0] !== x));
    expect(
      apart.map(({ r, definition }) => r.findIndex(([x], k) => x === 3 && Number(definition[k]![0]) > 4e4)),
    ).toEqual([3, 4, 5, 7, 8]);
  });

  it("between values whose difference is no double are numbers all the same", () => {
    const most = Number.MAX_VALUE;
    for (const type of [4, 5, 6, 7, 8, 9] as const) {
      expect(Math.abs(quantile([-most, most], 0.5, { type }) as number)).toBeLessThanOrEqual(most);
    }
    expect(quantile([-most, most], 0.5)).toBe(0);
    expectClose(quantile([-most, most], 0.75) as number, most / 2, 2.3e-16);
    expect(quantiles([Number.NEGATIVE_INFINITY, 5], [0.1, 0.5, 0.9]).values).toEqual(Array(3).fill("-Infinity"));
    expect(quantiles([5, Number.POSITIVE_INFINITY], [0.1, 0.5, 0.9]).values).toEqual(Array(3).fill("Infinity"));
    expect(quantile([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], 0.5)).toBeNull();
  });

  it("of the smallest samples are right for every type", () => {
    for (const type of types) {
      expect(quantile([7], 0.3, { type })).toBe(7);
      expect(quantile([1, 2], 0, { type })).toBe(1);
      expect(quantile([1, 2], 1, { type })).toBe(2);
      expect(quantile([], 0.5, { type })).toBeNull();
      expect(quantile([null, Number.NaN], 0.5, { type })).toBeNull();
    }
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
  });

  it("leave out and count nulls and NaN", () => {
    const found = quantiles([null, 3, Number.NaN, 1, null], [0, 0.5, 1]);
    expect(found).toEqual({ values: [1, 2, 3], missing: { rows: 5, null: 2, nan: 1 } });
  });

  it("take infinite values as the largest and the smallest", () => {
    const values = [Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY, 1, 2];
    expect(quantiles(values, [0, 0.25, 0.5, 1]).values).toEqual(["-Infinity", 0, 1, "Infinity"]);
  });

  it("of 64-bit integers beyond 2^53 are exact, as text", () => {
    const far = 2n ** 60n;
    const few = BigInt64Array.of(far + 3n, far + 1n, far + 2n);
    expect(quantiles(few, [0, 0.5, 1]).values).toEqual([`${far + 1n}`, `${far + 2n}`, `${far + 3n}`]);
    // The nearest integer between two of them.
    expect(quantiles(few, [0.25, 0.75]).values).toEqual([`${far + 2n}`, `${far + 3n}`]);
    expect(quantile(BigInt64Array.of(far + 1n, far + 5n), 0.5)).toBe(`${far + 3n}`);
    expect(quantiles(BigInt64Array.of(1n, 2n, far), [0.25, 1]).values).toEqual([1.5, `${far}`]);
    const many = BigUint64Array.from({ length: 20_001 }, (_, k) => 2n ** 64n - 1n - BigInt((k * 7919) % 20_001));
    expect(quantile(many, 0.5)).toBe(`${2n ** 64n - 1n - 10_000n}`);
    expect(quantile(prepare(many), 0.5)).toBe(`${2n ** 64n - 1n - 10_000n}`);
  });

  it("refuse what is no probability or no number", () => {
    for (const wrong of [-0.1, 1.1, Number.NaN]) {
      expect(() => quantile([1], wrong)).toThrow(/quantile: probabilities must lie in \[0, 1\]/);
    }
    expect(() => quantile(["a"], 0.5)).toThrow(TypeError);
  });

  it("rise with the probability, are order statistics for types 1 and 3, and lie within the sample", () => {
    const rising = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.constantFrom(...shapeNames.filter((shape) => shape !== "infinities" && shape !== "huge")),
        fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 8000, max: 9000 })),
        fc.integer(),
        rising,
        fc.constantFrom<QuantileType>(...types),
        (shape, length, seed, unsorted, type) => {
          const at = unsorted.sort((a, b) => a - b);
          const values = sample(shape, length, seed);
          const inOrder = ordered(values);
          fc.pre(inOrder.length > 0);
          const found = quantiles(values, at, { type }).values as number[];
          for (const [k, value] of found.entries()) {
            expect(value).toBeGreaterThanOrEqual(inOrder[0]!);
            expect(value).toBeLessThanOrEqual(inOrder.at(-1)!);
            if (k > 0) expect(value).toBeGreaterThanOrEqual(found[k - 1]!);
            if (type === 1 || type === 3) expect(inOrder).toContain(value);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
