import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mannWhitneyTest } from "../../dist/statistics/mann-whitney.js";
import { rocAuc } from "../../dist/statistics/roc-auc.js";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { randomFrom, sample, shapeNames, twoSamples } from "./samples.ts";

const { cases, tolerance } = oracle<{
  tolerance: number;
  cases: { name: string; labels: number[]; scores: WrittenSample; auc: Written; standardError: Written }[];
}>("roc-auc");

describe("rocAuc", () => {
  it.each(cases)("is scikit-learn's, its standard error DeLong's: $name", ({ labels, scores, auc, standardError }) => {
    const found = rocAuc(labels, sampleOf(scores));
    expectClose(found.auc, auc, tolerance);
    expectClose(found.standardError, standardError, 1e-9);
  });

  it("is the Mann-Whitney U over the number of pairs", () => {
    fc.assert(
      fc.property(twoSamples, ([x, y]) => {
        const scores = [...x, ...y];
        const labels = scores.map((_, k) => k < x.length);
        const [n, m] = [x, y].map((side) => side.filter((value) => !Number.isNaN(value)).length) as [number, number];
        const found = rocAuc(labels, scores);
        expect(found).toMatchObject({ positives: n, negatives: m });
        if (n === 0 || m === 0) expect(found).toMatchObject({ auc: null, status: "one-class" });
        else expect(found.auc).toBeCloseTo(mannWhitneyTest(x, y).statistic / (n * m), 12);
      }),
    );
  });

  it("is reflected by reversed scores and by swapped classes", () => {
    for (const shape of shapeNames) {
      const scores = sample(shape, 200, 3);
      const labels = Array.from(scores, (_, k) => k % 3 === 0);
      const { auc, standardError } = rocAuc(labels, scores);
      const others = [
        rocAuc(
          labels,
          scores.map((score) => -score),
        ),
        rocAuc(
          labels.map((label) => !label),
          scores,
        ),
      ];
      for (const other of others) {
        expect(other.auc).toBeCloseTo(1 - auc!, 12);
        expect(other.standardError).toBeCloseTo(standardError!, 12);
      }
    }
  });

  it("has an interval that covers the area of the law in about 95 of 100 samples", () => {
    // Scores of positives are 1 - u², of negatives u: P(1 - u² > v) = 1 - 1/3.
    let covered = 0;
    for (let seed = 1; seed <= 600; seed++) {
      const random = randomFrom(seed);
      const labels = Array.from({ length: 90 }, (_, k) => k % 3 === 0);
      const [low, high] = rocAuc(
        labels,
        labels.map((label) => (label ? 1 - random() ** 2 : random())),
      ).interval!;
      covered += Number(low <= 2 / 3 && 2 / 3 <= high);
    }
    expect(covered).toBeGreaterThan(600 * 0.95 - 3 * Math.sqrt(600 * 0.95 * 0.05));
    expect(covered).toBeLessThan(600 * 0.95 + 3 * Math.sqrt(600 * 0.95 * 0.05));
  });

  it("leaves rows out in which either is missing, and counts them", () => {
    const labels = [1, 0, null, 1, 0, Number.NaN, 1, null];
    const scores = [0.9, 0.1, 0.5, null, 0.3, 0.7, Number.NaN, null];
    expect(rocAuc(labels, scores)).toMatchObject({
      auc: 1,
      positives: 1,
      negatives: 2,
      status: "few",
      missing: { rows: 8, null: 3, nan: 2 },
    });
  });

  it("takes columns in any form and chunks", () => {
    const random = randomFrom(4);
    const labels = Array.from({ length: 3000 }, () => random() < 0.2);
    const scores = labels.map((label) => Math.fround(random() + Number(label)));
    const expected = rocAuc(labels, scores);
    const chunked = (values: unknown[], type: arrow.DataType) =>
      arrow.vectorFromArray(values.slice(0, 777), type).concat(arrow.vectorFromArray(values.slice(777), type));
    expect(rocAuc(labels.map(Number), Float32Array.from(scores))).toEqual(expected);
    expect(rocAuc(chunked(labels, new arrow.Bool()), chunked(scores, new arrow.Float32()))).toEqual(expected);
  });

  it("has a status where there is no area or no width", () => {
    expect(rocAuc([1, 1], [1, 2])).toMatchObject({
      auc: null,
      standardError: null,
      interval: null,
      status: "one-class",
    });
    expect(rocAuc([], [])).toMatchObject({ status: "one-class" });
    expect(rocAuc([1, 1, 0, 0], [4, 3, 2, 1])).toMatchObject({ auc: 1, interval: null, status: "separated" });
    expect(rocAuc([0, 0, 1, 1], [4, 3, 2, 1])).toMatchObject({ auc: 0, interval: null, status: "separated" });
  });

  it("refuses other labels, text, and columns of unequal length", () => {
    expect(() => rocAuc([1, 2], [1, 2])).toThrow("rocAuc: labels must be true or false, or 1 or 0, got 2");
    expect(() => rocAuc(["a"], [1])).toThrow("rocAuc: labels must hold numbers, got Utf8");
    expect(() => rocAuc([1], ["a"])).toThrow("rocAuc: scores must hold numbers, got Utf8");
    expect(() => rocAuc([1], [1, 2])).toThrow(RangeError);
    expect(() => rocAuc([1], [1], { confidence: 1 })).toThrow(RangeError);
  });
});
