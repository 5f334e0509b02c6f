import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import type { Estimated } from "../../dist/statistics/estimated.js";
import {
  type RegressionMetrics,
  type RegressionMetricsOptions,
  regressionMetrics,
} from "../../dist/statistics/regression-metrics.js";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { randomFrom, sample, shapeNames } from "./samples.ts";

type Range = readonly [Written, Written] | null;

const { cases, tolerance } = oracle<{
  tolerance: number;
  cases: {
    name: string;
    target: WrittenSample;
    prediction: WrittenSample;
    values: { [name: string]: Written | null };
    intervals: { [name: string]: Range };
    theirs: { [name: string]: Written | null } | null;
    quantiles: Written[];
    normality: { statistic: Written; pValue: Written | null } | null;
  }[];
}>("regression-metrics");

const metrics = (target: ArrayLike<number>, prediction: ArrayLike<number>, options: RegressionMetricsOptions = {}) =>
  regressionMetrics({ target: Float64Array.from(target), prediction: Float64Array.from(prediction) }, options);

function numberOf(found: RegressionMetrics, name: string): number | null {
  const own = found[name as keyof RegressionMetrics] as Estimated | number | null;
  return typeof own === "object" && own !== null ? own.value : own;
}

const estimates = [
  "meanError",
  "meanAbsoluteError",
  "meanAbsolutePercentageError",
  "rootMeanSquaredError",
  "medianAbsoluteError",
  "r2",
] as const;

describe.each(cases)("regressionMetrics: $name", ({ target, prediction, values, intervals, theirs, ...others }) => {
  const found = metrics(sampleOf(target), sampleOf(prediction));
  /** Errors are differences that were rounded: means of them have the digits of their size. */
  const size = Number(values.meanAbsoluteError);

  it("has 13 digits of the definitions", () => {
    for (const [name, wanted] of Object.entries(values)) {
      if (name === "meanError")
        expect(Math.abs(found.meanError.value! - Number(wanted))).toBeLessThanOrEqual(1e-13 * size);
      else expectClose(numberOf(found, name), wanted, tolerance, name);
    }
  });

  it("has scikit-learn's values", () => {
    for (const [name, wanted] of Object.entries(theirs ?? {}))
      expectClose(numberOf(found, name), wanted, tolerance, name);
    expect(others.quantiles.length).toBe(7);
    others.quantiles.forEach((wanted, k) => {
      expect(Math.abs(found.errorQuantiles[k]!.value! - Number(wanted))).toBeLessThanOrEqual(
        1e-15 * Math.abs(Number(wanted)),
      );
    });
  });

  it("has intervals by their formulae", () => {
    for (const [name, wanted] of Object.entries(intervals)) {
      const { interval, law } = found[name as (typeof estimates)[number]];
      expect(law, name).toBe(wanted ? "analytic" : null);
      expect(interval === null, name).toBe(wanted === null);
      wanted?.forEach((end, k) => {
        if (name === "meanError") expect(Math.abs(interval![k]! - Number(end))).toBeLessThanOrEqual(1e-12 * size);
        else expectClose(interval![k]!, end, 1e-12, name);
      });
    }
  });

  it("tests whether errors are normal", () => {
    const { test, statistic, pValue } = found.normality;
    expect(test).toBe("anderson-darling");
    if (!others.normality) {
      if (found.rows < 5) expect([statistic, pValue]).toEqual([null, null]);
      return;
    }
    expectClose(statistic, others.normality.statistic, 1e-12);
    if (others.normality.pValue !== null) expectClose(pValue, others.normality.pValue, 1e-10);
    else expect(pValue).toBeLessThan(1e-20);
  });
});

/** Two columns of one shape of moderate size. */
const rows = fc
  .record({ n: fc.integer({ min: 2, max: 200 }), seed: fc.integer(), noise: fc.constantFrom(0.01, 1, 100) })
  .map(({ n, seed, noise }) => {
    const [target, errors] = [sample("normal", n, seed), sample("lognormal", n, seed + 1)];
    return { target, prediction: target.map((y, k) => y + noise * errors[k]!) };
  });

const bits = (found: RegressionMetrics) => JSON.stringify(found);

describe("regressionMetrics", () => {
  it("is its definition", () => {
    fc.assert(
      fc.property(rows, ({ target, prediction }) => {
        const e = Array.from(prediction, (p, k) => p - target[k]!);
        const mean = (x: number[]) => x.reduce((sum, value) => sum + value, 0) / x.length;
        const found = metrics(target, prediction);
        const sizes = e.map(Math.abs).sort((a, b) => a - b);
        const middle = (sizes[(e.length - 1) >> 1]! + sizes[e.length >> 1]!) / 2;
        const centre = mean(Array.from(target));
        const total = mean(Array.from(target, (y) => (y - centre) ** 2));
        const squared = mean(e.map((x) => x * x));
        expectClose(found.meanAbsoluteError.value, mean(sizes), 1e-12);
        expectClose(found.rootMeanSquaredError.value, Math.sqrt(squared), 1e-12);
        expectClose(found.medianAbsoluteError.value, middle, 1e-15);
        expectClose(found.maximumError, sizes.at(-1)!, 0);
        expect(Math.abs(found.r2.value! - 1 + squared / total)).toBeLessThan(1e-11 * (1 + squared / total));
      }),
    );
  });

  it("scales with its unit: errors by the factor, shares and R² not at all", () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(-1000, -400, -60, 7, 300, 900), ({ target, prediction }, power) => {
        const by = 2 ** power;
        const [one, other] = [
          metrics(target, prediction),
          metrics(
            target.map((x) => x * by),
            prediction.map((x) => x * by),
          ),
        ];
        for (const name of ["meanAbsoluteError", "rootMeanSquaredError", "medianAbsoluteError"] as const) {
          expectClose(other[name].value, one[name].value! * by, 1e-12, name);
          if (one[name].interval) expectClose(other[name].interval![1], one[name].interval[1] * by, 1e-12, name);
        }
        expect(Math.abs(other.r2.value! - one.r2.value!)).toBeLessThan(1e-12 * (2 + Math.abs(one.r2.value!)));
        if (one.normality.pValue !== null) expectClose(other.normality.pValue, one.normality.pValue, 1e-9);
      }),
    );
  });

  it("does not change its errors when both sides are shifted", () => {
    const [target, prediction] = [sample("ten integers", 500, 1), sample("ten integers", 500, 2)];
    const [one, other] = [
      metrics(target, prediction),
      metrics(
        target.map((x) => x + 2 ** 50),
        prediction.map((x) => x + 2 ** 50),
      ),
    ];
    for (const name of ["meanError", "meanAbsoluteError", "rootMeanSquaredError", "medianAbsoluteError"] as const) {
      expect(other[name]).toEqual(one[name]);
    }
    expect(other.errorQuantiles).toEqual(one.errorQuantiles);
    expect(other.normality).toEqual(one.normality);
    expectClose(other.r2.value, one.r2.value!, 1e-13);
    expectClose(other.r2.interval![0], one.r2.interval![0], 1e-12);
  });

  it("gives the same, bit for bit, in pieces and in any form", () => {
    const random = randomFrom(5);
    const target = Float32Array.from({ length: 40_000 }, () => 100 * random());
    const prediction = target.map((y) => y + random());
    for (const options of [{}, { interval: "bootstrap", resamples: 20 } as const]) {
      const expected = regressionMetrics({ target, prediction }, options);
      const part = (values: unknown[], type: arrow.DataType) => arrow.vectorFromArray(values, type);
      const pieces = (values: Float32Array, at: number) =>
        part([...values.subarray(0, at)], new arrow.Float32()).concat(
          part([...values.subarray(at)], new arrow.Float32()),
        );
      const wide = { target: Float64Array.from(target), prediction: Float64Array.from(prediction) };
      expect(bits(regressionMetrics(wide, options))).toBe(bits(expected));
      const cut = { target: pieces(target, 777), prediction: pieces(prediction, 31_111) };
      expect(bits(regressionMetrics(cut, options))).toBe(bits(expected));
    }
  });

  it("leaves rows out in which either is missing, and counts them, without a trace in the digits", () => {
    const [target, prediction] = [sample("normal", 3000, 1), sample("normal", 3000, 2)];
    const holes = (values: Float64Array, every: number) =>
      Array.from(values, (value, k) => [value, k % every === 0 ? null : Number.NaN]).flatMap(([value, hole], k) =>
        k % every === 0 ? [hole!, value!] : [value!],
      );
    const [x, y] = [holes(target, 7), holes(prediction, 7)];
    // The holes of both columns lie in the same rows, and one more row has a hole on one side only.
    const expected = metrics(target, prediction);
    const found = regressionMetrics({ target: [...x, null, Number.NaN], prediction: [...y, 1, 1] });
    expect(found.missing.null).toBe(Math.ceil(3000 / 7) + 1);
    expect(found.missing).toMatchObject({ rows: x.length + 2, nan: 1 });
    expect({ ...found, missing: null }).toEqual({ ...expected, missing: null });
  });

  it("has no value without rows, and no interval for one", () => {
    for (const [target, prediction] of [
      [[], []],
      [
        [null, null],
        [1, 2],
      ],
      [
        [1, 2],
        [Number.NaN, null],
      ],
    ] as const) {
      const found = regressionMetrics({ target, prediction });
      expect(found).toMatchObject({ rows: 0, status: "empty", maximumError: null, errorStandardDeviation: null });
      for (const name of estimates) expect(found[name]).toEqual({ value: null, interval: null, law: null });
      expect(found.errorQuantiles.every(({ value }) => value === null)).toBe(true);
    }
    const one = metrics([3], [5]);
    expect(one).toMatchObject({ rows: 1, status: "ok", errorStandardDeviation: null, maximumError: 2 });
    expect(estimates.map((name) => one[name].value)).toEqual([2, 2, 2 / 3, 2, 2, null]);
    expect(estimates.every((name) => one[name].interval === null)).toBe(true);
  });

  it("takes a constant for one, whatever rounding makes of its mean", () => {
    const [constant, others] = [new Float64Array(3001).fill(0.1), sample("normal", 3001, 1)];
    expect(metrics(constant, others).r2).toEqual({ value: 0, interval: null, law: null });
    expect(metrics(constant, constant).r2).toEqual({ value: 1, interval: null, law: null });
    const biased = metrics(
      constant,
      constant.map((value) => value + 0.7),
    );
    expect(biased).toMatchObject({ errorStandardDeviation: 0, normality: { statistic: null, pValue: null } });
    for (const name of ["meanError", "meanAbsoluteError", "rootMeanSquaredError"] as const) {
      expect(biased[name].interval, name).toBeNull();
      expectClose(biased[name].value, 0.7999999999999999 - 0.1, 1e-15);
    }
  });

  it("has no means where a value is infinite, but ranks", () => {
    const found = metrics([1, 2, Infinity, 4, 5], [2, 2, 3, 4, Infinity]);
    expect(found).toMatchObject({ status: "infinite", rows: 5, maximumError: null });
    expect(found.meanError.value).toBeNull();
    expect(found.r2.value).toBeNull();
    expect(found.medianAbsoluteError.value).toBe(1);
    expect(found.errorQuantiles.map(({ value }) => value)).toEqual([null, null, 0, 0, 1, null, null]);
    const equal = metrics([Infinity, -Infinity, 1], [Infinity, -Infinity, 1]);
    expect(equal).toMatchObject({ status: "infinite", medianAbsoluteError: { value: 0 } });
    expect(JSON.stringify(metrics([Infinity, 1], [-Infinity, 1]))).not.toMatch(/NaN|Infinity/);
  });

  it("does not lose errors that are larger than a double, or squares that are smaller", () => {
    const huge = metrics([1e308, -1e308, 1e308, 0], [-1e308, 1e308, 1e308, 0]);
    expect(huge).toMatchObject({ status: "ok", maximumError: null });
    expectClose(huge.meanAbsoluteError.value, 1e308, 1e-13);
    expectClose(huge.rootMeanSquaredError.value, Math.SQRT2 * 1e308, 1e-13);
    expectClose(huge.meanAbsolutePercentageError.value, 1, 1e-13);
    expectClose(huge.r2.value, 1 - 2 / 0.6875, 1e-12);
    const tiny = metrics([1e-320, 2e-320, 4e-320], [2e-320, 2e-320, 2e-320]);
    expectClose(tiny.rootMeanSquaredError.value, Math.sqrt(5 / 3) * 1e-320, 1e-3);
    expectClose(tiny.r2.value, 1 - 5 / (14 / 3), 1e-2);
    expectClose(metrics([0, 1e308, -1e308], [1, -1e308, 1e308]).meanAbsolutePercentageError.value, 2 ** 52 / 3, 1e-13);
    // A share of a target of 0 that is no double.
    const shares = metrics([0, 1], [1e300, 1]);
    expect(shares).toMatchObject({ status: "ok", meanAbsolutePercentageError: { value: null } });
    expectClose(shares.meanAbsoluteError.value, 5e299, 1e-13);
    expectClose(metrics([0, 1], [1e200, 1]).meanAbsolutePercentageError.value, 1e200 / 2 ** -52 / 2, 1e-13);
  });

  it.each(shapeNames)("never returns what JSON cannot hold: %s", (shape) => {
    const [target, prediction] = [sample(shape, 2100, 3), sample(shape, 2100, 4)];
    for (const options of [{}, { interval: "bootstrap", resamples: 9 } as const]) {
      const found = metrics(target, prediction, options);
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      for (const name of estimates) {
        const { value, interval } = found[name];
        expect(value === null || Number.isFinite(value)).toBe(true);
        if (interval) expect(interval[0]).toBeLessThanOrEqual(interval[1]);
      }
    }
  });

  it("repeats a bootstrap with its seed, and draws others with another", () => {
    const [target, prediction] = [sample("normal", 300, 1), sample("normal", 300, 2)];
    const of = (seed: number) => metrics(target, prediction, { interval: "bootstrap", resamples: 99, seed });
    expect(of(3)).toEqual(of(3));
    expect(of(3).r2.interval).not.toEqual(of(4).r2.interval);
    for (const name of estimates) expect(of(3)[name].law).toBe("bootstrap");
    // Values are those of all rows.
    const analytic = metrics(target, prediction);
    for (const name of estimates) expect(of(3)[name].value).toBe(analytic[name].value);
  });

  it("has bootstrap intervals that are nearly those by formula", () => {
    const [target, errors] = [sample("normal", 2000, 1), sample("normal", 2000, 2)];
    const prediction = target.map((y, k) => y + errors[k]!);
    const [one, other] = [metrics(target, prediction), metrics(target, prediction, { interval: "bootstrap" })];
    for (const name of [
      "meanError",
      "meanAbsoluteError",
      "rootMeanSquaredError",
      "medianAbsoluteError",
      "r2",
    ] as const) {
      const [a, b] = [one[name].interval!, other[name].interval!];
      const width = a[1] - a[0];
      expect(Math.abs(a[0] - b[0]), name).toBeLessThan(0.15 * width);
      expect(Math.abs(a[1] - b[1]), name).toBeLessThan(0.15 * width);
    }
  });

  it.each(["analytic", "bootstrap"] as const)(
    "has %s intervals that cover the truth in about 95 of 100 samples",
    (interval) => {
      const samples = interval === "analytic" ? 600 : 200;
      const truth = {
        meanError: 0,
        meanAbsoluteError: Math.sqrt(2 / Math.PI),
        rootMeanSquaredError: 1,
        medianAbsoluteError: 0.6744897501960817,
        r2: 0.75,
      };
      const covered = Object.fromEntries(Object.keys(truth).map((name) => [name, 0]));
      for (let seed = 0; seed < samples; seed++) {
        const [target, errors] = [sample("normal", 150, 2 * seed + 1), sample("normal", 150, 2 * seed + 2)];
        const y = target.map((value) => 2 * value);
        const found = metrics(
          y,
          y.map((value, k) => value + errors[k]!),
          { interval, resamples: 299, seed },
        );
        for (const [name, value] of Object.entries(truth) as [keyof typeof truth, number][]) {
          const [low, high] = found[name].interval!;
          covered[name]! += Number(low <= value && value <= high);
        }
      }
      for (const [name, count] of Object.entries(covered)) {
        expect(count / samples, name).toBeGreaterThan(0.95 - 3.5 * Math.sqrt((0.95 * 0.05) / samples));
      }
    },
  );

  it("has p-values of normality that keep their level from 5 rows on", () => {
    for (const n of [5, 8, 30]) {
      let rejected = 0;
      for (let seed = 1; seed <= 2000; seed++) {
        const { pValue } = metrics(new Float64Array(n), sample("normal", n, 31 * seed + n)).normality;
        rejected += Number(pValue! <= 0.05);
      }
      expect(rejected / 2000, `${n} rows`).toBeLessThan(0.05 + 3.5 * Math.sqrt(0.0475 / 2000));
      expect(rejected / 2000, `${n} rows`).toBeGreaterThan(0.05 - 3.5 * Math.sqrt(0.0475 / 2000));
    }
  });

  it("refuses what is no column of numbers, and options that there are not", () => {
    const rows = { target: [1, 2], prediction: [1, 2] };
    expect(() => regressionMetrics({ target: [1, 2], prediction: [1] })).toThrow(
      new RangeError("regressionMetrics: paired rows need columns of equal length, got 2 and 1 rows"),
    );
    expect(() => regressionMetrics({ target: ["a"], prediction: [1] })).toThrow(
      new TypeError("regressionMetrics: target must hold numbers, got Utf8"),
    );
    expect(() => regressionMetrics({ ...rows, target: prepare([1, 2]) })).toThrow(
      new TypeError("regressionMetrics: rows that belong together need the columns as they are, got a prepared target"),
    );
    expect(() => regressionMetrics(null as never)).toThrow(
      new TypeError("regressionMetrics: needs an object with target and prediction, got null"),
    );
    for (const [options, error, message] of [
      [{ confidence: 1 }, RangeError, "confidence must lie between 0 and 1, got 1"],
      [{ interval: "exact" }, RangeError, 'interval must be analytic or bootstrap, got "exact"'],
      [{ resamples: 0 }, RangeError, "resamples must be a whole number from 1 to 100000, got 0"],
      [{ seed: -1 }, RangeError, "seed must be a whole number"],
      [{ level: 1 }, RangeError, 'there is no option "level"'],
    ] as const) {
      expect(() => regressionMetrics(rows, options as never)).toThrow(error);
      expect(() => regressionMetrics(rows, options as never)).toThrow(message);
    }
  });
});
