import { describe, expect, it } from "vitest";
import type { ClassificationMetrics } from "../../dist/statistics/classification-metrics.js";
import { classificationMetrics } from "../../dist/statistics/classification-metrics.js";
import { expectClose, oracle, type Written } from "./oracle.ts";

type Interval = [number, number] | null;
type Name = string | number;

interface Case {
  readonly name: string;
  readonly labels: Name[];
  readonly predictions?: Name[];
  readonly scores?: number[] | Record<string, number[]>;
  readonly threshold?: number;
  readonly classes: Name[];
  readonly confusion: number[][];
  readonly perClass: Record<string, (Written | null)[]>;
  readonly intervals: Record<string, Interval>;
  readonly classIntervals: Record<string, Interval[]>;
  readonly curves?: Record<string, { observed: number[]; meanScore: number[] }>;
}

const { cases, tolerance } = oracle<{ tolerance: number; cases: (Case & Record<string, unknown>)[] }>(
  "classification-metrics",
);

/** A metric by its path. */
function at(found: ClassificationMetrics, path: string) {
  return path.split(".").reduce((value: unknown, key) => (value as Record<string, unknown>)[key], found) as {
    value: number | null;
    interval: Interval;
    law: string | null;
  };
}

const single = ["accuracy", "balancedAccuracy", "mcc"];
const averaged = ["precision", "recall", "f1"].flatMap((name) =>
  ["macro", "weighted", "micro"].map((average) => `${name}.${average}`),
);
const ofScores = ["rocAuc", "averagePrecision", "logLoss", "brier"];

describe("classificationMetrics", () => {
  it.each(cases)("is scikit-learn's: $name", (given) => {
    const { labels, predictions, scores, threshold } = given;
    const found = classificationMetrics(
      { labels: labels as string[], predictions: predictions as string[] | undefined, scores },
      threshold === undefined ? {} : { threshold },
    );
    expect(found.status).toBe("ok");
    expect(found.rows).toBe(labels.length);
    const asNames = given.classes.map(String);
    expect(found.classes.filter((name) => asNames.includes(name))).toEqual(asNames);
    const kept = asNames.map((name) => found.classes.indexOf(name));
    expect(kept.map((i) => kept.map((j) => found.confusion[i]![j]))).toEqual(given.confusion);
    for (const path of [...single, ...averaged, ...(scores ? ofScores : [])]) {
      expectClose(at(found, path).value, given[path] as Written, tolerance, path);
    }
    for (const [metric, values] of Object.entries(given.perClass)) {
      values.forEach((value, k) => {
        expectClose(
          at(found, `perClass.${asNames[k]}.${metric}`).value,
          value,
          tolerance,
          `${metric} of ${asNames[k]}`,
        );
      });
    }
  });

  it.each(cases)("has intervals by the formulas: $name", (given) => {
    const { labels, predictions, scores, threshold } = given;
    const found = classificationMetrics(
      { labels: labels as string[], predictions: predictions as string[] | undefined, scores },
      threshold === undefined ? {} : { threshold },
    );
    const check = (path: string, wanted: Interval) => {
      const { interval, law } = at(found, path);
      expect(law, path).toBe(wanted && "analytic");
      expect(interval === null, path).toBe(wanted === null);
      // Numerical derivatives have some nine digits.
      for (const end of [0, 1]) if (wanted) expect(interval![end], `${path}: ${end}`).toBeCloseTo(wanted[end]!, 7);
    };
    for (const [path, interval] of Object.entries(given.intervals)) check(path, interval);
    for (const [metric, intervals] of Object.entries(given.classIntervals)) {
      intervals.forEach((interval, k) => {
        check(`perClass.${given.classes[k]}.${metric}`, interval);
      });
    }
  });

  it.each(cases.filter(({ curves }) => curves))("has scikit-learn's calibration curve: $name", (given) => {
    for (const [key, { observed, meanScore }] of Object.entries(given.curves!)) {
      const [strategy, bins] = key.split(", ") as ["uniform" | "quantile", string];
      const { calibration, rows } = classificationMetrics(
        { labels: given.labels as string[], scores: given.scores },
        { strategy, bins: Number(bins) },
      );
      expect(calibration!.observed.length, key).toBe(observed.length);
      observed.forEach((share, k) => {
        expectClose(calibration!.observed[k]!, share, tolerance, key);
        expectClose(calibration!.meanScore[k]!, meanScore[k]!, tolerance, key);
      });
      const { counts } = calibration!;
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows);
      const error = observed.reduce((sum, share, k) => sum + (counts[k]! / rows) * Math.abs(share - meanScore[k]!), 0);
      expect(calibration!.error).toBeCloseTo(error, 12);
    }
  });
});
