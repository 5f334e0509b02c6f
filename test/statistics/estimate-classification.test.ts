import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { calibrationError } from "../../dist/statistics/calibration.js";
import type { ScoredRows } from "../../dist/statistics/class-rows.js";
import type { MetricEstimate } from "../../dist/statistics/classification-estimates.js";
import { estimateClassification } from "../../dist/statistics/estimate-classification.js";
import { fitIsotonic, isotonicAt } from "../../dist/statistics/isotonic.js";
import { successes } from "../../dist/statistics/poisson-binomial.js";
import { rocAuc } from "../../dist/statistics/roc-auc.js";
import { expectClose, oracle } from "./oracle.ts";
import { randomFrom } from "./samples.ts";

const names = ["accuracy", "precision", "recall", "specificity", "f1", "rocAuc", "averagePrecision"] as const;
type Metrics = { readonly [name in (typeof names)[number]]: number };
type Case =
  | ({ kind: "expected"; name: string; scores: number[]; threshold: number; confusion: number[][] } & Metrics & {
        nannyml: { rocAuc: number; averagePrecision: number };
        standardErrors: { accuracy: number; precision: number };
      })
  | ({ kind: "multiclass"; name: string; scores: number[][]; confusion: number[][] } & Metrics)
  | ({ kind: "realised"; name: string; labels: number[]; scores: number[]; confusion: number[][] } & Metrics)
  | { kind: "law"; name: string; probabilities: number[]; confidence: number; interval: [number, number] }
  | { kind: "calibration"; name: string; scores: number[]; labels: number[]; at: number[]; values: number[] };

const { cases, tolerance } = oracle<{ tolerance: number; cases: Case[] }>("estimate-classification");
const ofKind = <K extends Case["kind"]>(kind: K) => cases.filter((one): one is Case & { kind: K } => one.kind === kind);

function expectMetrics(found: { readonly [name: string]: MetricEstimate }, expected: Metrics): void {
  for (const name of names) expectClose(found[name]!.value, expected[name], tolerance, name);
}

const asIs = { calibration: "none" } as const;

describe("the estimates of two classes", () => {
  it.each(ofKind("expected"))("are NannyML's, but for a row's product with itself: $name", (one) => {
    const { estimates, confusion } = estimateClassification(
      null,
      { scores: one.scores },
      { ...asIs, threshold: one.threshold },
    );
    expectMetrics({ ...estimates }, one);
    confusion.forEach((row, i) => {
      row.forEach((cell, j) => {
        expectClose(cell.expected, one.confusion[i]![j]!, tolerance);
      });
    });
    expectClose(estimates.accuracy.standardError, one.standardErrors.accuracy, tolerance);
    expectClose(estimates.precision.standardError, one.standardErrors.precision, tolerance);
    // Theirs tends to the same: the difference is of the order of one over the number of rows.
    const rows = one.scores.length;
    expect(Math.abs(estimates.rocAuc.value! - one.nannyml.rocAuc)).toBeLessThan(2 / rows);
    expect(Math.abs(estimates.averagePrecision.value! - one.nannyml.averagePrecision)).toBeLessThan(
      (3 * Math.log(rows)) / rows,
    );
  });

  it.each(ofKind("realised"))(
    "are scikit-learn's metrics where labels are certain: $name",
    ({ labels, scores, ...one }) => {
      const predictions = scores.map((score) => score >= 0.5);
      const { estimates } = estimateClassification({ scores, labels }, { scores, predictions }, asIs);
      for (const name of names) expectClose(estimates[name].reference, one[name], tolerance, name);
      const certain = estimateClassification(null, { scores: labels, predictions }, asIs);
      expect(certain.confusion.map((row) => row.map(({ expected }) => expected))).toEqual(one.confusion);
      expect(certain.estimates.recall).toMatchObject({ standardError: 0, value: one.recall });
      expect(certain.estimates.accuracy.interval).toEqual([one.accuracy, one.accuracy]);
    },
  );

  it("have the mean, the spread and the intervals that labels drawn from the scores give", () => {
    const random = randomFrom(11);
    const scores = Float64Array.from({ length: 400 }, () => random() ** 2);
    const { estimates, confusion } = estimateClassification(null, { scores }, { ...asIs, threshold: 0.4 });
    const predictions = Array.from(scores, (score) => score >= 0.4);
    const draws = Array.from({ length: 800 }, () => {
      const labels = Uint8Array.from(scores, (score) => Number(random() < score));
      const drawn = estimateClassification({ scores, labels, predictions }, { scores, predictions }, asIs);
      const hits = labels.reduce((sum, label, row) => sum + label * Number(predictions[row]), 0);
      return { ...Object.fromEntries(names.map((name) => [name, drawn.estimates[name].reference!])), hits };
    }) as (Metrics & { hits: number })[];
    for (const name of names) {
      const { value, standardError, interval } = estimates[name];
      const values = draws.map((draw) => draw[name]);
      const mean = values.reduce((sum, x) => sum + x / values.length, 0);
      const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2 / values.length, 0));
      expect(Math.abs(mean - value!), name).toBeLessThan((4 * spread) / Math.sqrt(values.length));
      expect(spread / standardError!, name).toBeGreaterThan(0.92);
      expect(spread / standardError!, name).toBeLessThan(1.08);
      const inside = values.filter((x) => x >= interval![0] - 1e-9 && x <= interval![1] + 1e-9).length;
      expect(inside / values.length, name).toBeGreaterThan(0.93);
    }
    const [low, high] = confusion[1]![1]!.interval;
    const inside = draws.filter(({ hits }) => hits >= low && hits <= high).length;
    expect(inside / draws.length).toBeGreaterThan(0.94);
  });

  it("find the loss of a shifted mix of rows, which the reference's metrics do not", () => {
    const side = (rows: number, share: number, seed: number) => {
      const random = randomFrom(seed);
      const scores = Float64Array.from({ length: rows }, () => (random() < share ? 0.35 + 0.3 * random() : random()));
      return { scores, labels: Array.from(scores, (score) => random() < score) };
    };
    const reference = side(4000, 0.1, 1);
    const { scores, labels } = side(2000, 0.8, 2);
    const { estimates } = estimateClassification(reference, { scores });
    const accuracy = labels.filter((label, row) => label === scores[row]! >= 0.5).length / 2000;
    const { auc } = rocAuc(labels, scores);
    expect(accuracy).toBeGreaterThan(estimates.accuracy.interval![0]);
    expect(accuracy).toBeLessThan(estimates.accuracy.interval![1]);
    expect(auc).toBeGreaterThan(estimates.rocAuc.interval![0]);
    expect(auc).toBeLessThan(estimates.rocAuc.interval![1]);
    expect(estimates.accuracy.reference! - accuracy).toBeGreaterThan(0.1);
  });

  it("are null where there is nothing to divide by, and without rows", () => {
    const { estimates } = estimateClassification(null, { scores: [0.1, 0.2] });
    expect(estimates.precision).toMatchObject({ value: null, standardError: null, interval: null });
    expect(estimates.recall.value).toBe(0);
    const certain = estimateClassification(null, { scores: [0, 0] }).estimates;
    expect([certain.recall.value, certain.rocAuc.value, certain.averagePrecision.value]).toEqual([null, null, null]);
    const empty = estimateClassification(null, { scores: [null, Number.NaN] });
    expect(empty).toMatchObject({ status: "empty", m: 0, missing: { current: { rows: 2, null: 1, nan: 1 } } });
    expect(Object.values(empty.estimates).map(({ value }) => value)).toEqual(Array(7).fill(null));
  });
});

describe("the estimates of more classes", () => {
  it.each(ofKind("multiclass"))("are NannyML's means over the classes: $name", ({ scores, confusion, ...one }) => {
    const byClass = { low: scores[0]!, middle: scores[1]!, high: scores[2]! };
    const found = estimateClassification(null, { scores: byClass }, asIs);
    expect(found.classes).toEqual(["low", "middle", "high"]);
    // Here probabilities are brought to a sum of 1, which in the data they miss by rounding.
    for (const name of names) expect(found.estimates[name].value, name).toBeCloseTo(one[name], 9);
    found.confusion.forEach((row, i) => {
      row.forEach((cell, j) => {
        expect(cell.expected).toBeCloseTo(confusion[i]![j]!, 9);
      });
    });
  });

  it("of two classes by name are those of one score, but for means over both", () => {
    const random = randomFrom(3);
    const scores = Float64Array.from({ length: 200 }, random);
    const one = estimateClassification(null, { scores }, asIs);
    const two = estimateClassification(null, { scores: { no: scores.map((score) => 1 - score), yes: scores } }, asIs);
    expect(two.estimates.accuracy.value).toBeCloseTo(one.estimates.accuracy.value!, 12);
    expect(two.estimates.rocAuc.value).toBeCloseTo(one.estimates.rocAuc.value!, 12);
    expect(two.estimates.rocAuc.standardError).toBeCloseTo(one.estimates.rocAuc.standardError!, 12);
    const { recall, specificity } = one.estimates;
    expect(two.estimates.recall.value).toBeCloseTo((recall.value! + specificity.value!) / 2, 12);
  });
});

describe("calibration", () => {
  it.each(ofKind("calibration"))("is scikit-learn's isotonic regression: $name", ({ scores, labels, at, values }) => {
    const fitted = fitIsotonic(Float64Array.from(scores), labels);
    at.forEach((x, k) => {
      expect(isotonicAt(fitted, x)).toBeCloseTo(values[k]!, 10);
    });
  });

  const side = (rows: number, seed: number, distort: (p: number) => number) => {
    const random = randomFrom(seed);
    const p = Float64Array.from({ length: rows }, random);
    return { scores: p.map(distort), labels: Array.from(p, (share) => Number(random() < share)) };
  };

  it("is used where it lowers the error of held-out rows, and recorded", () => {
    const distorted = (p: number) => p ** 3;
    const { labels, scores } = side(2000, 6, distorted);
    const found = estimateClassification(side(4000, 5, distorted), { scores });
    expect(found.calibration).toMatchObject({ positive: { method: "isotonic", reason: "lowers-error" } });
    const { errorBefore, errorAfter } = found.calibration.positive!;
    expect(errorBefore).toBeGreaterThan(5 * errorAfter!);
    const accuracy = labels.filter((label, row) => label === Number(scores[row]! >= 0.5)).length / 2000;
    expect(Math.abs(found.estimates.accuracy.value! - accuracy)).toBeLessThan(0.04);
    const without = estimateClassification(side(4000, 5, distorted), { scores }, asIs);
    expect(Math.abs(without.estimates.accuracy.value! - accuracy)).toBeGreaterThan(0.05);
    expect(without.calibration).toMatchObject({ positive: { method: "none", reason: "asked-for" } });
  });

  it("is not used where scores are as good as they are", () => {
    // In steps of a tenth, and with exactly that share of positives: nothing is left to be learned.
    const scores = Array.from({ length: 2000 }, (_, k) => (k % 10) / 10 + 0.05);
    const labels = scores.map((_, k) => Number(Math.floor(k / 10) % 20 <= 2 * (k % 10)));
    const { calibration } = estimateClassification({ scores, labels }, { scores });
    expect(calibration).toMatchObject({ positive: { method: "none", reason: "does-not-lower-error" } });
  });

  it("needs twenty rows of either class", () => {
    const { scores, labels } = side(30, 1, (p) => p);
    expect(estimateClassification({ scores, labels }, { scores }).calibration).toMatchObject({
      positive: { method: "none", reason: "few", errorBefore: null },
    });
    expect(estimateClassification(null, { scores }).calibration).toMatchObject({ positive: { reason: "no-labels" } });
  });

  it("makes probabilities of any scores, infinite ones too", () => {
    const margin = (p: number) => (p < 0.05 ? -Infinity : p > 0.95 ? Infinity : Math.log(p / (1 - p)));
    const { scores } = side(500, 8, margin);
    const reference = side(3000, 7, margin);
    const { estimates, calibration } = estimateClassification(reference, { scores }, { threshold: 0 });
    expect(calibration).toMatchObject({ positive: { method: "isotonic" } });
    expect(Math.abs(estimates.accuracy.value! - 0.75)).toBeLessThan(0.03);
  });

  it("has an error that is 0 for scores that hold in every bin, and the gap where they are all off", () => {
    const labels = Uint8Array.from({ length: 100 }, (_, k) => k % 2);
    expect(calibrationError(new Float64Array(100).fill(0.5), labels)).toBe(0);
    expect(calibrationError(new Float64Array(100).fill(0.7), labels)).toBeCloseTo(0.2, 12);
  });
});

describe("the law of counts", () => {
  it.each(ofKind("law"))("is that of exact rationals: $name", ({ probabilities, confidence, interval }) => {
    expect(successes(Float64Array.from(probabilities), confidence)).toMatchObject({ interval, exact: true });
  });

  it("beyond 2000 open trials is within a count of the exact one", () => {
    const random = randomFrom(2);
    const few = Float64Array.from({ length: 2000 }, () => 0.05 * random());
    const exact = successes(few, 0.95);
    // A trial that cannot be decided either way by much makes it one too many.
    const normal = successes(Float64Array.of(...few, 1e-12), 0.95);
    expect([exact.exact, normal.exact]).toEqual([true, false]);
    for (const k of [0, 1] as const) expect(Math.abs(exact.interval[k] - normal.interval[k])).toBeLessThan(1);
  });
});

describe("columns", () => {
  it("may be of any form: predictions and labels as text, numbers or truth values, in chunks", () => {
    const random = randomFrom(9);
    const scores = Float64Array.from({ length: 1000 }, random);
    const labels = Array.from(scores, (score) => random() < score);
    const expected = estimateClassification({ scores, labels }, { scores });
    expect(estimateClassification({ scores, labels: labels.map(Number) }, { scores })).toEqual(expected);
    expect(estimateClassification({ scores, labels: labels.map(String) }, { scores })).toEqual(expected);
    const vector = arrow
      .vectorFromArray(labels.map(String).slice(0, 300))
      .concat(arrow.vectorFromArray(labels.map(String).slice(300)));
    expect(estimateClassification({ scores, labels: vector }, { scores })).toEqual(expected);
    const predictions = Array.from(scores, (score) => score >= 0.5);
    expect(estimateClassification({ scores, labels }, { scores, predictions })).toEqual(expected);
    expect(JSON.parse(JSON.stringify(expected))).toEqual(expected);
  });

  it("lose the rows in which one is missing, which are counted", () => {
    const current = { scores: [0.2, null, 0.8, Number.NaN, 0.9], predictions: ["0", "1", null, "1", "1"] };
    const found = estimateClassification(null, current);
    expect(found).toMatchObject({ m: 2, missing: { current: { rows: 5, null: 2, nan: 1 } } });
    expect(found.estimates.accuracy.value).toBeCloseTo(0.85, 12);
  });

  it("are refused where they are not what is needed", () => {
    const call = (reference: unknown, current: unknown, options = {}) =>
      estimateClassification(reference as null, current as ScoredRows, options);
    expect(() => call(null, null)).toThrow("estimateClassification: current must be an object with scores, got null");
    expect(() => call({ scores: [1] }, { scores: [1] })).toThrow("reference needs labels");
    expect(() => call(null, { scores: ["a"] })).toThrow(TypeError);
    expect(() => call(null, { scores: [1.5] })).toThrow("must lie in [0, 1], got 1.5");
    expect(() => call(null, { scores: { only: [1] } })).toThrow("at least two classes");
    expect(() => call(null, { scores: { a: [1], b: [0] }, predictions: ["c"] })).toThrow("must be a, b, got c");
    expect(() => call(null, { scores: [0.5], predictions: [2] })).toThrow("must be true or false, or 1 or 0, got 2");
    expect(() => call(null, { scores: [0.5], predictions: [1, 0] })).toThrow(RangeError);
    expect(() => call(null, { scores: [0.5] }, { threshold: "high" })).toThrow(TypeError);
    expect(() => call(null, { scores: [0.5] }, { calibration: "platt" })).toThrow(RangeError);
    expect(() => call(null, { scores: [0.5] }, { metrics: [] })).toThrow(RangeError);
    const [a, b] = [
      { a: [1], b: [0] },
      { a: [1], c: [0] },
    ];
    expect(() => call({ scores: a, labels: ["a"] }, { scores: b })).toThrow("both sides need the same classes");
  });
});
