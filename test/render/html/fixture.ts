/** Hand-made reports with everything that a page can show. */
import type { SuiteResult } from "../../../dist/checks/suite-result.js";
import type { ModelQualityReport } from "../../../dist/drift/model-quality-report.js";
import type { ColumnQuality, QualityChange, QualityOfBoth } from "../../../dist/drift/quality/quality-report.js";
import type { ColumnReport, DriftReport } from "../../../dist/drift/report.js";
import type { ClassificationMetrics } from "../../../dist/statistics/classification-metrics.js";
import type { Estimated } from "../../../dist/statistics/estimated.js";
import type { RankingMetrics } from "../../../dist/statistics/ranking-metrics.js";
import type { RegressionMetrics } from "../../../dist/statistics/regression-metrics.js";
import { column, driftedColumn, everything, reportOf } from "../fixture.ts";

const bins = 40;
const edges = Array.from({ length: bins + 1 }, (_, k) => -3 + (6 * k) / bins);
const bell = (shift: number) =>
  Array.from({ length: bins }, (_, k) => Math.round(10_000 * Math.exp(-((edges[k] + 0.075 - shift) ** 2) / 2)));
const points = Array.from({ length: 129 }, (_, k) => -3.2 + (6.4 * k) / 128);
const logistic = (shift: number) => points.map((x) => 1 / (1 + Math.exp(-1.7 * (x - shift))));

export const numbersChange: QualityChange = {
  outOfRange: { below: 3, above: 41, share: 0.0044 },
  outOfList: null,
  histogram: { edges, reference: bell(0), current: bell(0.4) },
  ecdf: { values: points, reference: logistic(0), current: logistic(0.4) },
  gap: { value: 0.2, reference: 0.584, current: 0.416, exact: true },
};

export function numbersQuality(shift = 0): ColumnQuality {
  return {
    kind: "numeric",
    type: "Float64",
    availability: {
      rows: 10_000,
      value: 9_800,
      null: 120,
      nan: 40,
      positiveInfinity: 30,
      negativeInfinity: 10,
      empty: 0,
    },
    distinct: { count: 9_412, error: 0.004 },
    constant: false,
    almostConstant: false,
    mostCommon: [0, 1, 2, 3, 5, 8, 13].map((value, k) => ({ value: value + shift, count: 400 - 50 * k })),
    numbers: {
      mean: 0.0123456 + shift,
      standardDeviation: 1.0345678,
      skewness: -0.0234,
      kurtosis: 2.98765,
      min: -4.1234567,
      max: 4.5678901,
      quantiles: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((probability) => ({
        probability,
        value: 4.123456 * (probability - 0.5) + shift,
      })),
      rankError: 0,
      zeros: 12,
      negatives: 4_931,
    },
    lengths: null,
    hash: shift === 0 ? "0123456789abcdef" : "fedcba9876543210",
  };
}

export function textQuality(): ColumnQuality {
  return {
    ...numbersQuality(),
    kind: "categorical",
    type: "Utf8",
    distinct: { count: 14, error: 0 },
    mostCommon: [{ value: "ATL", count: 5000 }],
    numbers: null,
    lengths: { min: 0, max: 31, mean: 4.25 },
  };
}

const categoryNames = Array.from({ length: 12 }, (_, k) => `category ${"ABCDEFGHIJKL"[k]}`);

export function textColumn(name: string): ColumnReport {
  return column(name, {
    kind: "categorical",
    type: ["Utf8", "Utf8"],
    method: "chi-square",
    effect: 0.1341,
    effectName: "jensen-shannon",
    threshold: 0.1,
    effects: [{ name: "jensen-shannon", value: 0.1341, threshold: 0.1 }],
    adjustedPValue: 1e-20,
    severity: "drift",
    reason: "values differ (p 1.0e-20) by enough to matter (jensen-shannon 0.134 ≥ 0.1)",
    change: "2 new categories, 4 % of the values: LAX, SFO; category `ATL` fell from 50 % to 31 %",
    shape: {
      categories: [...categoryNames, "other"],
      reference: [...categoryNames.map((_, k) => 0.2 / (k + 1)), 0.3],
      current: [...categoryNames.map((_, k) => 0.2 / (13 - k)), 0.3],
    },
    categories: {
      reference: 14,
      current: 16,
      newCategories: { count: 2, share: 0.04, names: ["LAX", "SFO"] },
      vanishedCategories: { count: 30, share: 0.1, names: categoryNames },
    },
  });
}

const estimated = (value: number | null, half = 0.01): Estimated => ({
  value,
  interval: value === null ? null : [value - half, value + half],
  law: value === null ? null : "bootstrap",
});

const missing = { rows: 5_000, null: 3, nan: 0 };

function classification(loss: number): ClassificationMetrics {
  const of = estimated(0.9 - loss);
  const averages = { macro: of, weighted: of, micro: of };
  const ofClass = { support: 800, predicted: 812, precision: of, recall: of, f1: of, rocAuc: of, averagePrecision: of };
  return {
    task: "classification",
    rows: 5_000,
    classes: ["no", "yes", "<maybe>"],
    positive: null,
    confusion: [
      [3_000, 100, 4],
      [200, 1_200, 16],
      [10, 20, 450],
    ],
    accuracy: of,
    balancedAccuracy: of,
    precision: averages,
    recall: averages,
    f1: averages,
    mcc: estimated(0.7 - loss),
    perClass: { no: ofClass, yes: ofClass, "<maybe>": { ...ofClass, precision: estimated(null) } },
    rocAuc: of,
    averagePrecision: of,
    logLoss: estimated(0.31 + loss),
    brier: estimated(0.12 + loss),
    calibration: {
      meanScore: [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95],
      observed: [0.04, 0.16, 0.22, 0.37, 0.44, 0.58, 0.6, 0.79, 0.85, 0.96].map((share) => share * (1 - loss)),
      counts: [900, 400, 300, 0, 250, 240, 300, 310, 420, 600],
      error: 0.02 + loss,
    },
    confidence: 0.95,
    missing,
    status: "ok",
  };
}

function regression(loss: number): RegressionMetrics {
  return {
    task: "regression",
    rows: 5_000,
    meanError: estimated(0.1 + loss),
    meanAbsoluteError: estimated(2.1 + loss),
    meanAbsolutePercentageError: estimated(0.12),
    rootMeanSquaredError: estimated(3.4 + loss, 0.2),
    medianAbsoluteError: estimated(1.4),
    maximumError: 44.1,
    r2: estimated(0.81),
    errorQuantiles: [0.05, 0.5, 0.95].map((probability) => ({ probability, value: 6 * (probability - 0.5) })),
    errorStandardDeviation: 3.39,
    normality: { test: "anderson-darling", statistic: 41.2, pValue: 1.2e-9 },
    confidence: 0.95,
    missing,
    status: "ok",
  };
}

function ranking(loss: number): RankingMetrics {
  const of = estimated(0.7 - loss);
  return {
    task: "ranking",
    rows: 50_000,
    queries: 1_200,
    withoutRelevant: 31,
    atK: [5, 10].map((k) => ({ k, ndcg: of, precision: of, recall: of, hitRate: of })),
    ndcg: of,
    map: of,
    mrr: of,
    missing,
    confidence: 0.95,
    status: "ok",
  };
}

const both = { reasons: { reference: "", current: "" }, confidence: 0.95 };

export const models: readonly ModelQualityReport[] = [
  {
    ...both,
    task: "classification",
    target: "bought",
    reference: classification(0),
    current: classification(0.05),
    differences: { accuracy: estimated(-0.05), logLoss: estimated(0.05, 0.1) },
    worse: ["accuracy"],
    words: "accuracy fell from 0.9 to 0.85 (95 % interval of the difference: -0.06 to -0.04)",
  },
  {
    ...both,
    task: "regression",
    target: "price",
    reference: regression(0),
    current: regression(0.6),
    differences: { meanAbsoluteError: estimated(0.6, 0.7) },
    worse: [],
    words: "mean absolute error rose from 2.1 to 2.7, within chance",
  },
  {
    ...both,
    task: "ranking",
    target: "clicked",
    reference: ranking(0),
    current: null,
    reasons: { reference: "", current: "no row has a known target" },
    differences: {},
    worse: [],
    words: "NDCG was 0.7; no row has a known target",
  },
];

const result = { column: null, of: null, side: "current", segment: null, where: null, critical: true } as const;

export const checks: SuiteResult = {
  format: 1,
  suite: "nightly",
  passed: false,
  counts: { pass: 3, fail: 1, warn: 1, error: 1, skip: 1 },
  results: [
    {
      ...result,
      name: "delay has few missing values",
      status: "fail",
      reason: "missing share of delay is 0.12, should be ≤ 0.05",
      metric: "missingShare",
      column: "delay",
      actual: 0.12,
      expected: "≤ 0.05",
      rows: { count: 1_234, indices: Array.from({ length: 100 }, (_, k) => 17 * k) },
    },
    {
      ...result,
      name: "price is as expensive as before",
      status: "warn",
      critical: false,
      reason: "mean of price is 12.1, should be 10 ± 1",
      metric: "mean",
      column: "price",
      actual: 12.1,
      expected: "10 ± 1",
      where: { country: "DE" },
    },
    {
      ...result,
      name: "colour is one of few",
      status: "error",
      reason: "there is no column colour",
      metric: "distinct",
      column: "colour",
      actual: null,
      expected: "≤ 12",
    },
    {
      ...result,
      name: "none",
      status: "skip",
      reason: "no rows",
      metric: "rows",
      segment: "country=FR",
      actual: null,
      expected: "> 0",
    },
    ...["rows", "columns", "duplicatedRows"].map((metric) => ({
      ...result,
      name: `${metric} as before`,
      status: "pass" as const,
      reason: `${metric} is 4, should be 4`,
      metric,
      actual: 4,
      expected: "= 4",
    })),
  ],
};

/** Quality of the columns given, all of numbers but those that are categorical. */
export function qualityOf(report: DriftReport): QualityOfBoth {
  const columns = Object.values(report.columns).filter(({ type }) => type.every((side) => side !== null));
  const names = columns.map((one) => one.column);
  const side = (shift: number) => ({
    rows: report.rows.reference,
    names,
    columns: Object.fromEntries(
      columns.map((one) => [one.column, one.kind === "categorical" ? textQuality() : numbersQuality(shift)]),
    ),
    unsupported: { nested: "Struct" },
    emptyColumns: ["is empty"],
    constantColumns: ["is constant"],
    almostConstantColumns: [],
    duplicatedColumns: [["price", "weight"]],
    duplicatedRows: 12,
    hash: "89abcdef01234567",
  });
  const changes = columns.map((one): [string, QualityChange] => [
    one.column,
    one.kind === "categorical"
      ? { ...numbersChange, outOfRange: null, histogram: null, ecdf: null, gap: null }
      : numbersChange,
  ]);
  return { reference: side(0), current: side(0.4), changes: Object.fromEntries(changes) };
}

const conditional = {
  column: "bought",
  status: "ok",
  pValue: 1e-9,
  adjustedPValue: 2e-9,
  effect: 0.31,
  threshold: 0.1,
  drifted: true,
  severity: "drift",
  aspects: [],
  explained: 0.4,
  overlap: 0.9,
  rows: { reference: 1_000, current: 1_000 },
} as const;

/** Every part of a report. */
export function fullReport(columns: readonly ColumnReport[] = Object.values(everything.columns)): DriftReport {
  const all = [...columns, textColumn("destination")];
  const report = reportOf(all);
  const parts = reportOf([driftedColumn("delay", 0.3), textColumn("destination"), column("price")]);
  const segment = { status: "ok", reason: "", rows: { reference: 900, current: 800 } } as const;
  const { dataset } = parts;
  const none = { ...dataset, drifted: false, driftedColumns: 0, judged: 3 };
  return {
    ...report,
    rows: { reference: 508_239, current: 49_000 },
    warnings: ["the reference is not several times larger than the current side"],
    quality: qualityOf(report),
    modelQuality: models[0],
    correlations: {
      drifted: 1,
      tested: 3,
      threshold: 0.25,
      level: 0.005,
      pairs: [0.9, 0.2, -0.001].map((reference, k) => ({
        method: (["pearson", "spearman", "cramers-v"] as const)[k],
        columns: ["delay", "distance"] as const,
        reference,
        current: -0.1,
        rows: { reference: 100, current: 100 },
        pValue: 1e-12,
        adjustedPValue: k === 0 ? 1e-11 : 0.4,
        drifted: k === 0,
      })),
    },
    kindOfChange: {
      kinds: ["data-drift", "concept-drift"],
      words: "The features changed (delay); the target depends on them in another way: concept drift.",
      features: { names: ["delay", "price"], drifted: ["delay"] },
      target: { column: "bought", drifted: false },
      prediction: { column: "score", drifted: true },
      concept: conditional,
      model: {
        ...conditional,
        status: "unknown",
        severity: "none",
        drifted: false,
        adjustedPValue: null,
        effect: null,
      },
      start: null,
    },
    joint: {
      auc: 0.81,
      interval: [0.79, 0.83],
      pValue: 1e-30,
      adjustedPValue: 2e-30,
      threshold: 0.55,
      drifted: true,
      severity: "drift",
      importances: ["delay", "price", "origin"].map((name, k) => ({ column: name, share: 0.6 / 2 ** k })),
      skipped: [],
      status: "ok",
    },
    segments: {
      "country=DE": {
        ...segment,
        values: { country: "DE" },
        share: { reference: 0.1, current: 0.2 },
        dataset,
        columns: parts.columns,
      },
      "country=FR": {
        ...segment,
        values: { country: "FR" },
        share: { reference: 0.1, current: 0.1 },
        dataset: none,
        columns: {},
      },
      "country=null": {
        ...segment,
        status: "new",
        reason: "the reference has no such rows",
        values: { country: null },
        rows: { reference: 0, current: 10 },
        share: { reference: 0, current: 0.001 },
        dataset: none,
        columns: {},
      },
    },
  };
}

/** As many columns as wanted, a third of them texts. */
export function wideReport(count: number): DriftReport {
  const columns = Array.from({ length: count }, (_, k) => {
    const name = `column_${k}_of_the_warehouse`;
    if (k % 3 === 2) return textColumn(name);
    return k % 2 === 0 ? driftedColumn(name, 0.05 + k / 1e4) : column(name);
  });
  const report = reportOf(columns);
  return { ...report, quality: qualityOf(report) };
}
