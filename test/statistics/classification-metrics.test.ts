import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openTable } from "../../dist/read/open-table.js";
import type { ClassificationMetrics } from "../../dist/statistics/classification-metrics.js";
import { classificationMetrics } from "../../dist/statistics/classification-metrics.js";
import type { PredictedRows } from "../../dist/statistics/classified-rows.js";
import { rocAuc } from "../../dist/statistics/roc-auc.js";
import { expectClose, oracle, type Written } from "./oracle.ts";
import { randomFrom } from "./samples.ts";

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

interface Oracle {
  readonly tolerance: number;
  readonly cases: (Case & Record<string, unknown>)[];
}

const { cases, tolerance } = oracle<Oracle>("classification-metrics");

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

/** Labels of three classes and probabilities that tell something of them. */
function threeClasses(rows: number, random: () => number) {
  const labels: string[] = [];
  const scores: Record<string, number[]> = { a: [], b: [], c: [] };
  for (let row = 0; row < rows; row++) {
    const u = random();
    const label = u < 0.5 ? "a" : u < 0.85 ? "b" : "c";
    const weights = ["a", "b", "c"].map((name) => -Math.log(1 - random()) * (name === label ? 3 : 1));
    const sum = weights.reduce((all, weight) => all + weight, 0);
    labels.push(label);
    Object.values(scores).forEach((column, k) => {
      column.push(weights[k]! / sum);
    });
  }
  return { labels, scores };
}

function twoClasses(rows: number, random: () => number) {
  const labels: boolean[] = [];
  const scores: number[] = [];
  for (let row = 0; row < rows; row++) {
    const label = random() < 0.3;
    labels.push(label);
    scores.push(label ? 0.99 - 0.98 * random() ** 1.6 : 0.01 + 0.98 * random() ** 1.3);
  }
  return { labels, scores };
}

/** What is counted, and what each class has. */
const parts = (found: ClassificationMetrics) => ({ ...found, missing: null });

describe("rows of classificationMetrics", () => {
  it("are the same as text, numbers, truth values and columns of Arrow", () => {
    const random = randomFrom(2);
    const { labels, scores } = twoClasses(3000, random);
    const predictions = labels.map((label) => label !== random() < 0.2);
    const bits = (values: boolean[]) => values.map(Number);
    const texts = (values: boolean[]) => values.map(String);
    const expected = classificationMetrics({ labels, predictions, scores });
    expect(expected.classes).toEqual(["false", "true"]);
    expect(expected.positive).toBe("true");
    const chunked = (values: unknown[], type: arrow.DataType) =>
      arrow.vectorFromArray(values.slice(0, 777), type).concat(arrow.vectorFromArray(values.slice(777), type));
    const dictionary = () => new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8());
    const forms: PredictedRows[] = [
      { labels: texts(labels), predictions: texts(predictions), scores: Float64Array.from(scores) },
      { labels: bits(labels), predictions, scores },
      { labels, predictions: Int8Array.from(bits(predictions)), scores: { true: scores } },
      { labels: chunked(labels, new arrow.Bool()), predictions: chunked(texts(predictions), dictionary()), scores },
      { labels: chunked(texts(labels), new arrow.Utf8()), predictions, scores: chunked(scores, new arrow.Float64()) },
      { labels, predictions, scores: { false: scores.map((score) => 1 - score), true: scores } },
    ];
    for (const rows of forms) expect(classificationMetrics(rows)).toEqual(expected);
    const numbers = classificationMetrics({
      labels: BigInt64Array.from(labels, (x) => BigInt(x)),
      predictions: bits(predictions),
      scores,
    });
    expect(numbers.classes).toEqual(["0", "1"]);
    expect({ ...numbers, classes: null, positive: null, perClass: null }).toEqual({
      ...expected,
      classes: null,
      positive: null,
      perClass: null,
    });
  });

  it("may stay in their file", async () => {
    const { labels, scores } = twoClasses(20_000, randomFrom(6));
    const texts = labels.map((label, row) => (row % 11 === 0 ? null : String(label)));
    const folder = mkdtempSync(join(tmpdir(), "smirnov-classes-"));
    try {
      const table = new arrow.Table({
        text: arrow.vectorFromArray(texts, new arrow.Utf8()),
        number: arrow.vectorFromArray(labels.map(Number), new arrow.Int32()),
        score: arrow.vectorFromArray(scores, new arrow.Float64()),
      });
      writeFileSync(join(folder, "rows.arrow"), arrow.tableToIPC(table, "file"));
      const { columns } = await openTable(join(folder, "rows.arrow"));
      const [text, number, score] = ["text", "number", "score"].map((name) => columns.get(name)!);
      expect(classificationMetrics({ labels: text!, scores: score! })).toEqual(
        classificationMetrics({ labels: texts, scores }),
      );
      expect(classificationMetrics({ labels: number!, scores: score! })).toEqual(
        classificationMetrics({ labels: labels.map(Number), scores }),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("may be in any order and pieces, twice as many have the same values", () => {
    const { labels, scores } = threeClasses(400, randomFrom(3));
    const expected = classificationMetrics({ labels, scores });
    const backwards = (values: readonly number[]) => values.toReversed();
    const turned = classificationMetrics({
      labels: labels.toReversed(),
      scores: Object.fromEntries(Object.entries(scores).map(([name, values]) => [name, backwards(values)])),
    });
    const doubled = classificationMetrics({
      labels: [...labels, ...labels],
      scores: Object.fromEntries(Object.entries(scores).map(([name, values]) => [name, [...values, ...values]])),
    });
    expect(turned.confusion).toEqual(expected.confusion);
    for (const path of [...single, ...averaged, ...ofScores]) {
      expectClose(at(turned, path).value, at(expected, path).value, 1e-12, path);
      expectClose(at(doubled, path).value, at(expected, path).value, 1e-12, path);
      const [low, high] = at(doubled, path).interval!;
      expect(high - low).toBeLessThan(at(expected, path).interval![1] - at(expected, path).interval![0]);
    }
  });

  it("are left out and counted where one of their columns is missing", () => {
    const labels = ["yes", "no", null, "yes", "no", "yes", "rare", "no"];
    const predictions = ["yes", null, "no", "no", "no", "yes", null, "yes"];
    const scores = [0.9, 0.2, 0.1, 0.4, 0.3, Number.NaN, 0.5, null];
    const found = classificationMetrics({ labels, predictions, scores });
    expect(found.missing).toEqual({ rows: 8, null: 4, nan: 1 });
    expect(parts(found)).toEqual(
      parts(
        classificationMetrics({
          labels: ["yes", "yes", "no"],
          predictions: ["yes", "no", "no"],
          scores: [0.9, 0.4, 0.3],
        }),
      ),
    );
    const numbers = classificationMetrics({ labels: [1, Number.NaN, null, 0], predictions: [1, 1, null, null] });
    expect(numbers.missing).toEqual({ rows: 4, null: 2, nan: 1 });
    const random = randomFrom(5);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1, 2, null, Number.NaN), { maxLength: 40 }), (given) => {
        const said = given.map((value) => (random() < 0.1 ? null : value));
        const rows = given.flatMap((value, row) =>
          Number.isInteger(value) && Number.isInteger(said[row]) ? [row] : [],
        );
        const all = classificationMetrics({ labels: given, predictions: said });
        const whole = classificationMetrics({
          labels: rows.map((row) => given[row]!),
          predictions: rows.map((row) => said[row]!),
        });
        expect(parts(all)).toEqual(parts(whole));
        expect(all.missing.rows - all.missing.null - all.missing.nan).toBe(rows.length);
      }),
    );
  });

  it("without predictions are predicted by the threshold, or the largest score", () => {
    const scores = [0.1, 0.5, 0.7, 0.2];
    const labels = [0, 1, 1, 1];
    const by = (threshold: number) => classificationMetrics({ labels, scores }, { threshold }).confusion;
    expect(by(0.5)).toEqual([
      [1, 0],
      [1, 2],
    ]);
    expect(by(0.2)).toEqual([
      [1, 0],
      [0, 3],
    ]);
    expect(by(0)).toEqual([
      [0, 1],
      [0, 3],
    ]);
    const { confusion } = classificationMetrics({
      labels: ["x", "y", "z"],
      scores: { z: [0.2, 0.3, 0.4], x: [0.4, 0.3, 0.4], y: [0.4, 0.4, 0.2] },
    });
    expect(confusion).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
  });

  it("have the positive class that is asked for", () => {
    const { labels, scores } = twoClasses(300, randomFrom(7));
    const names = labels.map((label) => (label ? "bad" : "good"));
    const bad = classificationMetrics({ labels: names, scores }, { positive: "bad" });
    expect(bad.positive).toBe("bad");
    expect(bad.rocAuc.value).toBeCloseTo(rocAuc(labels, scores).auc!, 12);
    const [low, high] = rocAuc(labels, scores, { confidence: 0.9 }).interval!;
    const { interval } = classificationMetrics({ labels: names, scores }, { positive: "bad", confidence: 0.9 }).rocAuc;
    expect(interval![0]).toBeCloseTo(low, 12);
    expect(interval![1]).toBeCloseTo(high, 12);
    expect(classificationMetrics({ labels: names, scores: { bad: scores } })).toEqual(bad);
    const good = classificationMetrics({ labels: names, scores: scores.map((score) => 1 - score) });
    expect(good.positive).toBe("good");
    expect(good.perClass.bad!.averagePrecision.value).toBeCloseTo(bad.averagePrecision.value!, 12);
    expect(good.logLoss.value).toBeCloseTo(bad.logLoss.value!, 12);
  });

  it("may be of one class only, and of a class that has no scores", () => {
    const only = classificationMetrics({ labels: ["bad", "bad"], scores: [0.9, 0.2] }, { positive: "bad" });
    expect(only).toMatchObject({
      classes: ["not bad", "bad"],
      positive: "bad",
      confusion: [
        [0, 0],
        [1, 1],
      ],
    });
    expect(only.rocAuc).toEqual({ value: null, interval: null, law: null });
    expect(only.perClass["not bad"]!.recall.value).toBeNull();
    expect(only.recall.macro.value).toBe(0.25);
    const zeros = classificationMetrics({ labels: [0, 0, 0], scores: [0.1, 0.2, 0.3] });
    expect(zeros).toMatchObject({
      classes: ["0", "1"],
      positive: "1",
      accuracy: { value: 1 },
      mcc: { value: 0, interval: null },
    });
    expect(zeros.f1.macro.value).toBe(1);
    const unknown = classificationMetrics({
      labels: ["a", "b", "new", "a"],
      scores: { a: [0.8, 0.3, 0.5, 0.6], b: [0.2, 0.7, 0.5, 0.4] },
    });
    expect(unknown.confusion[2]).toEqual([1, 0, 0]);
    expect(unknown.perClass.new!.rocAuc.value).toBeNull();
    expect(unknown.rocAuc.value).toBeCloseTo(
      (rocAuc([1, 0, 0, 1], [0.8, 0.3, 0.5, 0.6]).auc! + rocAuc([0, 1, 0, 0], [0.2, 0.7, 0.5, 0.4]).auc!) / 2,
      12,
    );
    expect(unknown.logLoss.value).toBeCloseTo(
      -(Math.log(0.8) + Math.log(0.7) - 52 * Math.log(2) + Math.log(0.6)) / 4,
      12,
    );
  });

  it("may be none, and results are plain whatever comes", () => {
    const none = classificationMetrics({ labels: [], scores: [] });
    expect(none).toMatchObject({ rows: 0, classes: [], confusion: [], status: "empty", calibration: null });
    expect(none.accuracy).toEqual({ value: null, interval: null, law: null });
    const bit = fc.constantFrom<0 | 1>(0, 1);
    const score = fc.oneof(fc.constantFrom(0, 1, 0.5, -0, 2 ** -1074), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.tuple(bit, score), { maxLength: 12 }), fc.boolean(), (rows, isDrawn) => {
        const found = classificationMetrics(
          { labels: rows.map(([label]) => label), scores: rows.map(([, p]) => p) },
          isDrawn ? { interval: "bootstrap", resamples: 20 } : {},
        );
        expect(JSON.parse(JSON.stringify(found))).toEqual(structuredClone(found));
        for (const path of [...single, ...averaged, ...ofScores]) {
          const { value, interval, law } = at(found, path);
          expect(interval === null).toBe(law === null);
          if (interval) {
            expect(interval[0]).toBeLessThan(interval[1]);
            if (!isDrawn) expect(interval[0] - 1e-12 <= value! && value! <= interval[1] + 1e-12, path).toBe(true);
          }
        }
      }),
    );
  });

  it("may have classes of any name", () => {
    const names = ["__proto__", "constructor", "", "10", "9"];
    const found = classificationMetrics({ labels: names, predictions: names });
    expect(Object.keys(found.perClass).sort()).toEqual([...names].sort());
    expect(found.classes).toEqual(["", "10", "9", "__proto__", "constructor"]);
    expect(classificationMetrics({ labels: [10, 9], predictions: [9, 10] }).classes).toEqual(["9", "10"]);
  });
});

describe("classes of classificationMetrics that are told", () => {
  const some = { labels: ["no", "no"], predictions: ["no", "no"] };

  it("are there without rows, and change no metric of those with rows", () => {
    const { classes, positive, confusion, perClass, ...found } = classificationMetrics(some, {
      classes: ["yes", "no"],
    });
    expect({ classes, positive, confusion }).toEqual({
      classes: ["no", "yes"],
      positive: "yes",
      confusion: [
        [2, 0],
        [0, 0],
      ],
    });
    expect(perClass.yes).toMatchObject({ support: 0, predicted: 0, precision: { value: null } });
    expect(classificationMetrics(some)).toMatchObject(found);
    const more = { labels: ["a", "b", "c", "c"], predictions: ["a", "c", "c", "b"] };
    const alone = classificationMetrics(more);
    const { precision, recall, f1, mcc, balancedAccuracy } = alone;
    const told = classificationMetrics(more, { classes: ["a", "z", "z"] });
    expect(told.classes).toEqual(["a", "b", "c", "z"]);
    expect(told).toMatchObject({ precision, recall, f1, mcc, balancedAccuracy });
  });

  it("say which class one column of scores is of", () => {
    const found = classificationMetrics({ labels: ["no", "no"], scores: [0.1, 0.6] }, { classes: ["no", "yes"] });
    expect(found).toMatchObject({ positive: "yes", accuracy: { value: 0.5 }, rocAuc: { value: null } });
    expect(found.brier.value).toBeCloseTo((0.01 + 0.36) / 2, 15);
  });

  it("make truth values of 1 and 0, which may also be told as such", () => {
    const bits = { labels: [1, 0, 1], scores: [0.9, 0.2, 0.4] };
    const truth = classificationMetrics({ ...bits, labels: [true, false, true] });
    expect(classificationMetrics(bits, { classes: [false, true] })).toEqual(truth);
    expect(classificationMetrics({ ...bits, labels: ["1", "0", "1"] }, { classes: [true] })).toEqual(truth);
    expect(classificationMetrics({ ...bits, labels: [true, false, true] }, { positive: 1 })).toEqual(truth);
    const scores = { 1: bits.scores };
    expect(classificationMetrics({ labels: [true, false, true], scores })).toEqual(truth);
    const alone = classificationMetrics(bits);
    expect(classificationMetrics(bits, { positive: true })).toEqual(alone);
    expect(classificationMetrics({ ...bits, scores: { true: bits.scores } })).toEqual(alone);
  });
});

describe("intervals of classificationMetrics", () => {
  const truth = {
    two: classificationMetrics(twoClasses(4e5, randomFrom(99))),
    three: classificationMetrics(threeClasses(4e5, randomFrom(99))),
  };
  const paths = [
    ...single,
    "precision.macro",
    "precision.weighted",
    "recall.macro",
    "f1.macro",
    "f1.weighted",
    ...ofScores,
  ];
  const laws = { two: twoClasses, three: threeClasses };
  const ofClass = { two: ["true", "false"], three: ["a", "c"] };

  // Three standard deviations of the share of repetitions; the bootstrap's ends are quantiles of few draws, which costs a
  // hundredth.
  it.each([
    ["two", 200, 500, false],
    ["three", 200, 500, false],
    ["two", 300, 300, true],
    ["three", 300, 300, true],
  ] as const)("cover the truth as often as they say: %s classes, %i rows", (name, rows, repetitions, isDrawn) => {
    const all = [
      ...paths,
      ...ofClass[name].flatMap((one) =>
        ["precision", "recall", "f1", "rocAuc", "averagePrecision"].map((metric) => `perClass.${one}.${metric}`),
      ),
    ];
    const covered = new Map(all.map((path) => [path, 0]));
    for (let seed = 1; seed <= repetitions; seed++) {
      const found = classificationMetrics(
        laws[name](rows, randomFrom(seed)),
        isDrawn ? { interval: "bootstrap", resamples: 300, seed } : {},
      );
      for (const path of all) {
        const [low, high] = at(found, path).interval!;
        const value = at(truth[name], path).value!;
        covered.set(path, covered.get(path)! + Number(low <= value && value <= high) / repetitions);
      }
    }
    const reach = 3 * Math.sqrt((0.95 * 0.05) / repetitions);
    for (const [path, share] of covered) {
      expect(share, path).toBeGreaterThan(0.95 - reach - (isDrawn ? 0.01 : 0));
      expect(share, path).toBeLessThan(0.95 + reach);
    }
  });

  it("of the bootstrap are the same for the same seed, and near those by formula", () => {
    const rows = threeClasses(3000, randomFrom(11));
    const options = { interval: "bootstrap", seed: 4 } as const;
    const drawn = classificationMetrics(rows, options);
    expect(classificationMetrics(rows, options)).toEqual(drawn);
    expect(classificationMetrics(rows, { ...options, seed: 5 })).not.toEqual(drawn);
    const formulas = classificationMetrics(rows);
    for (const path of paths) {
      const [a, b] = [at(drawn, path), at(formulas, path)];
      expect(a.value, path).toBe(b.value);
      expect([a.law, b.law]).toEqual(["bootstrap", "analytic"]);
      const width = b.interval![1] - b.interval![0];
      // Quantiles of 1000 draws: a standard deviation is 2 % of the width or less.
      for (const end of [0, 1]) expect(Math.abs(a.interval![end]! - b.interval![end]!), path).toBeLessThan(0.1 * width);
    }
  });

  it("are wider for more confidence", () => {
    const rows = threeClasses(300, randomFrom(12));
    const [some, more] = [0.8, 0.99].map((confidence) => classificationMetrics(rows, { confidence }));
    for (const path of paths) {
      expect(at(some!, path).interval![0], path).toBeGreaterThan(at(more!, path).interval![0]!);
      expect(at(some!, path).interval![1], path).toBeLessThan(at(more!, path).interval![1]!);
    }
  });
});

describe("classificationMetrics refuses", () => {
  const refused: [string, PredictedRows, object, string][] = [
    [
      "scores that are no probabilities",
      { labels: [0, 1], scores: [0.5, 1.2] },
      {},
      "scores must be probabilities in [0, 1], got 1.2 in row 1",
    ],
    [
      "such scores of a class",
      { labels: ["a", "b"], scores: { a: [0.5, -1], b: [0, 0] } },
      {},
      "scores.a must be probabilities in [0, 1], got -1 in row 1",
    ],
    [
      "infinite scores",
      { labels: [0, 1], scores: [0.5, Number.POSITIVE_INFINITY] },
      {},
      "scores must be probabilities in [0, 1], got Infinity in row 1",
    ],
    ["neither", { labels: [0] }, {}, "rows need predictions or scores, got neither"],
    ["no labels", {} as never, {}, "rows must be an object with labels, got an object"],
    [
      "columns of unequal length",
      { labels: [0, 1], predictions: [0] },
      {},
      "predictions needs 2 rows like labels, got 1",
    ],
    [
      "scores of unequal length",
      { labels: [0, 1], scores: { a: [0] } },
      {},
      "scores.a needs 2 rows like labels, got 1",
    ],
    ["points in time", { labels: [new Date()], predictions: [0] }, {}, "labels must hold classes, got Timestamp"],
    ["text scores", { labels: ["a"], scores: ["b"] }, {}, "scores must hold numbers, got Utf8"],
    ["no scores by class", { labels: ["a"], scores: {} }, {}, "scores by class need at least one class, got none"],
    [
      "one column for three classes",
      { labels: ["a", "b", "c"], scores: [0, 0, 0] },
      {},
      "scores of 3 classes (a, b, c) must be given by class, got one column",
    ],
    [
      "scores of one of three classes",
      { labels: ["a", "b", "c"], scores: { a: [0, 0, 0] } },
      {},
      "scores of 3 classes (a, b, c) must be given by class, got that of a alone",
    ],
    [
      "classes that are no names",
      { labels: [1, 0], predictions: [1, 0] },
      { classes: [null] },
      "classes must be an array of names, got an array",
    ],
    [
      "a positive one of three",
      { labels: [1, 2, 3], predictions: [1, 2, 3] },
      { positive: 1 },
      "positive is for two classes, got 3 classes (1, 2, 3)",
    ],
    [
      "a positive class that there is not",
      { labels: ["a", "b"], predictions: ["a", "b"] },
      { positive: "c" },
      'positive must be a or b, got "c"',
    ],
    [
      "one class whose scores may be another's",
      { labels: ["a"], scores: [1] },
      {},
      "scores need the option positive where all rows are of one class, got a only",
    ],
    [
      "scores of the other class only",
      { labels: ["a", "b"], scores: { a: [0, 1] } },
      { positive: "b" },
      "scores by class have none of the positive one, b",
    ],
    [
      "too many classes",
      { labels: Float64Array.from({ length: 1025 }, (_, k) => k), predictions: new Float64Array(1025) },
      {},
      "labels may be of up to 1024 classes, got more",
    ],
    [
      "too many texts",
      { labels: Array.from({ length: 1025 }, (_, k) => String(k)), predictions: new Float64Array(1025) },
      {},
      "labels may be of up to 1024 classes, got more",
    ],
    [
      "a threshold that is no number",
      { labels: [0], scores: [0] },
      { threshold: "0.5" },
      'threshold must be a number, got "0.5"',
    ],
    [
      "a positive class that is no name",
      { labels: [0], scores: [0] },
      { positive: null },
      "positive must be the name of a class, got null",
    ],
    [
      "another interval",
      { labels: [0], scores: [0] },
      { interval: "exact" },
      'interval must be analytic or bootstrap, got "exact"',
    ],
    [
      "no resamples",
      { labels: [0], scores: [0] },
      { resamples: 0 },
      "resamples must be a whole number from 1 to 100000, got 0",
    ],
    ["no bins", { labels: [0], scores: [0] }, { bins: 0.5 }, "bins must be a whole number from 1 to 1000, got 0.5"],
    [
      "other bins",
      { labels: [0], scores: [0] },
      { strategy: "kmeans" },
      'strategy must be uniform or quantile, got "kmeans"',
    ],
    ["a seed below 0", { labels: [0], scores: [0] }, { seed: -1 }, "seed must be a whole number from 0"],
    ["certainty", { labels: [0], scores: [0] }, { confidence: 1 }, "confidence must lie between 0 and 1, got 1"],
  ];

  it.each(refused)("%s", (_, rows, options, message) => {
    expect(() => classificationMetrics(rows, options)).toThrow(`classificationMetrics: ${message}`);
  });
});
