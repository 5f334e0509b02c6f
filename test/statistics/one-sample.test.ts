import { describe, expect, it } from "vitest";
import {
  beta,
  chiSquare,
  exponential,
  fisherF,
  gamma,
  logNormal,
  normal,
  studentT,
  uniform,
} from "../../dist/distributions/index.js";
import { prepare } from "../../dist/source/sides.js";
import { cramerVonMisesTestOneSample } from "../../dist/statistics/cramer-von-mises-one-sample.js";
import { ksTestOneSample } from "../../dist/statistics/ks-one-sample.js";
import type { Law } from "../../dist/statistics/law.js";
import { ordered } from "./naive.ts";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { randomFrom, sample } from "./samples.ts";

type Found = readonly [statistic: number, pValue: Written];

interface Case extends Record<"two-sided" | "less" | "greater", Found> {
  law: string;
  column: WrittenSample;
  cramerVonMises?: Found;
}

const { cases } = oracle<{ cases: Case[] }>("one-sample");

const laws: Record<string, Law> = {
  normal,
  uniform,
  exponential,
  "student 5": (t) => studentT.cdf(t, 5),
  "normal 0.3 1.5": (x) => normal.cdf((x - 0.3) / 1.5),
};

describe("the one-sample tests", () => {
  for (const [k, expected] of cases.entries()) {
    const law = laws[expected.law]!;
    const values = sampleOf(expected.column);
    it(`have SciPy's statistics and p-values: ${values.length} values against ${expected.law}, case ${k}`, () => {
      for (const column of [values, prepare(values), Array.from(values)]) {
        for (const alternative of ["two-sided", "less", "greater"] as const) {
          const found = ksTestOneSample(column, law, { alternative });
          expect(Math.abs(found.statistic - expected[alternative][0])).toBeLessThan(1e-12);
          // SciPy's law is an expansion for some sizes.
          expectClose(found.pValue, expected[alternative][1], 1e-5, alternative);
        }
        if (expected.cramerVonMises) {
          const { statistic, pValue } = cramerVonMisesTestOneSample(column, law);
          expectClose(statistic, expected.cramerVonMises[0], 1e-12);
          if (pValue > 1e-3) expectClose(pValue, expected.cramerVonMises[1], 2 / 3 / values.length);
        }
      }
    });
  }

  it("take a law by its name, with its parameters", () => {
    const x = sample("normal", 500, 3).map(Math.abs);
    const named: readonly (readonly [Law, (value: number) => number])[] = [
      ["normal", (v) => normal.cdf(v)],
      ["uniform", (v) => uniform.cdf(v)],
      ["exponential", (v) => exponential.cdf(v)],
      ["logNormal", (v) => logNormal.cdf(v)],
      [{ name: "normal", mean: 1, sd: 2 }, (v) => normal.cdf(v, 1, 2)],
      [{ name: "normal", sd: 2 }, (v) => normal.cdf(v, 0, 2)],
      [{ name: "uniform", low: -1, high: 5 }, (v) => uniform.cdf(v, -1, 5)],
      [{ name: "exponential", rate: 3 }, (v) => exponential.cdf(v, 3)],
      [{ name: "studentT", degreesOfFreedom: 5 }, (v) => studentT.cdf(v, 5)],
      [{ name: "chiSquare", degreesOfFreedom: 2 }, (v) => chiSquare.cdf(v, 2)],
      [{ name: "fisherF", numerator: 3, denominator: 8 }, (v) => fisherF.cdf(v, 3, 8)],
      [{ name: "gamma", shape: 2 }, (v) => gamma.cdf(v, 2)],
      [{ name: "gamma", shape: 2, scale: 3 }, (v) => gamma.cdf(v, 2, 3)],
      [{ name: "beta", a: 2, b: 3 }, (v) => beta.cdf(v, 2, 3)],
      [{ name: "logNormal", mu: 1, sigma: 2 }, (v) => logNormal.cdf(v, 1, 2)],
    ];
    const inside = x.map((value) => value / 10);
    for (const [law, cdf] of named) {
      expect(ksTestOneSample(inside, law)).toEqual(ksTestOneSample(inside, cdf));
      expect(cramerVonMisesTestOneSample(inside, law)).toEqual(cramerVonMisesTestOneSample(inside, cdf));
    }
    expect(ksTestOneSample(inside, "normal")).toEqual(ksTestOneSample(inside, normal));
  });

  it("name the law that the p-value comes from", () => {
    const at = (share: number) => () => share;
    // 5000 values against laws that are off by 0.01 and by 0.5; exact sums end at n² d = 4e5, and begin again at n d² = 5.3.
    const far = Array.from({ length: 5000 }, (_, k) => (k + 0.5) / 5000);
    expect(ksTestOneSample(far, (v) => Math.max(0, v - 0.018)).method).toBe("asymptotic");
    expect(ksTestOneSample(far, (v) => Math.max(0, v - 0.018), { alternative: "greater" }).method).toBe("exact");
    expect(ksTestOneSample(far, (v) => Math.max(0, v - 0.1)).method).toBe("exact");
    expect(ksTestOneSample(far.slice(0, 100), at(0.5)).method).toBe("exact");
    expect(cramerVonMisesTestOneSample([0.1, 0.7], "uniform").method).toBe("exact");
    expect(cramerVonMisesTestOneSample([0.1, 0.7, 0.8], "uniform").method).toBe("asymptotic");
  });

  it("find the naive distance, where it is and its sign, ties and all", () => {
    for (const shape of ["normal", "ten integers", "one decimal", "infinities", "some NaN", "zeros of both signs"]) {
      for (const length of [1, 30, 9000]) {
        const values = sample(shape, length, 7);
        const x = ordered(values);
        if (x.length === 0) continue;
        const n = x.length;
        const share = (value: number) => (Number.isFinite(value) ? normal.cdf(value) : value > 0 ? 1 : 0);
        const distinct = x.filter((value, index) => index === 0 || x[index - 1] !== value);
        const farthest = (sign: 1 | -1, distance: (value: number) => number) =>
          distinct.reduce(
            (best, value) => (distance(value) > best.statistic ? { statistic: distance(value), value, sign } : best),
            { statistic: 0, value: Number.NaN, sign },
          );
        const up = farthest(1, (value) => (x.lastIndexOf(value) + 1) / n - share(value));
        const down = farthest(-1, (value) => share(value) - x.indexOf(value) / n);
        const { statistic, value, sign } = up.statistic >= down.statistic ? up : down;
        const found = ksTestOneSample(values, normal);
        expect(found, shape).toMatchObject({
          statistic,
          location: Number.isFinite(value) ? value : `${value}`,
          sign,
          n,
        });
      }
    }
  });

  it("mirror with the column and the law", () => {
    const values = sample("normal", 500, 3).map((x) => x + 0.1);
    const mirrored = values.map((x) => -x);
    const up = ksTestOneSample(values, normal, { alternative: "less" });
    const down = ksTestOneSample(mirrored, normal, { alternative: "greater" });
    expect(down.statistic).toBeCloseTo(up.statistic, 14);
    expectClose(down.pValue, up.pValue, 1e-10);
    const { statistic } = cramerVonMisesTestOneSample(values, normal);
    expectClose(cramerVonMisesTestOneSample(mirrored, normal).statistic, statistic, 1e-12);
  });

  it("reject a true null hypothesis as often as they say, from five values on", () => {
    const random = randomFrom(20260117);
    for (const n of [5, 40]) {
      const runs = 3000;
      const rejected = [0, 0];
      for (let run = 0; run < runs; run++) {
        const values = Float64Array.from({ length: n }, random);
        rejected[0]! += Number(ksTestOneSample(values, uniform).pValue <= 0.05);
        rejected[1]! += Number(cramerVonMisesTestOneSample(values, uniform).pValue <= 0.05);
      }
      for (const count of rejected) {
        expect(Math.abs(count / runs - 0.05), `${n}`).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / runs));
      }
    }
  });

  it("take 64-bit integers, count what is missing, and refuse columns without values and laws that are none", () => {
    const far = 2n ** 60n;
    const law: Law = (x) => uniform.cdf(x, 2 ** 60, 2 ** 60 + 4096);
    expect(ksTestOneSample(BigInt64Array.of(far, far + 4096n), law).statistic).toBe(0.5);
    expect(ksTestOneSample([0, null, Number.NaN], normal).missing).toEqual({ rows: 3, null: 1, nan: 1 });
    for (const test of [ksTestOneSample, cramerVonMisesTestOneSample]) {
      expect(() => test([], normal)).toThrow("the column needs at least one value, got 0");
      expect(() => test(["a"], normal)).toThrow(TypeError);
      expect(() => test([1, 2], (x) => x)).toThrow("lies in [0, 1]");
      expect(() => test([1, 2], () => Number.NaN)).toThrow(RangeError);
      expect(() => test([1, 2], (x) => 1 / x)).toThrow("rises");
    }
  });
});
