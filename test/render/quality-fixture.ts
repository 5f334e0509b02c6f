/** Hand-made parts of a report: what both tables are like, a model, and the results of checks. */
import type { CheckResult, SuiteResult } from "../../dist/checks/suite-result.js";
import type { ModelQualityReport } from "../../dist/drift/model-quality-report.js";
import type {
  ColumnQuality,
  QualityChange,
  QualityOfBoth,
  TableQuality,
} from "../../dist/drift/quality/quality-report.js";
import type { Estimated } from "../../dist/statistics/estimated.js";
import type { RegressionMetrics } from "../../dist/statistics/regression-metrics.js";

export function columnQuality(changes: Partial<ColumnQuality["availability"]> = {}): ColumnQuality {
  const availability = { rows: 1000, value: 1000, null: 0, nan: 0, positiveInfinity: 0, negativeInfinity: 0, empty: 0 };
  return {
    kind: "numeric",
    type: "Float64",
    availability: { ...availability, ...changes },
    distinct: { count: 17, error: 0 },
    constant: false,
    almostConstant: false,
    mostCommon: [{ value: 3, count: 12 }],
    numbers: {
      ...{ mean: 1, standardDeviation: 2, skewness: 0.1, kurtosis: null, min: 0, max: 9 },
      quantiles: [{ probability: 0.5, value: 1 }],
      ...{ rankError: 0, zeros: 3, negatives: 0 },
    },
    lengths: null,
    hash: "0123456789abcdef",
  };
}

export function tableQuality(
  columns: { readonly [name: string]: ColumnQuality },
  changes: Partial<TableQuality> = {},
): TableQuality {
  return {
    rows: 1000,
    names: Object.keys(columns),
    columns,
    unsupported: {},
    emptyColumns: [],
    constantColumns: [],
    almostConstantColumns: [],
    duplicatedColumns: [],
    duplicatedRows: 0,
    hash: "fedcba9876543210",
    ...changes,
  };
}

export const noChange: QualityChange = { outOfRange: null, outOfList: null, histogram: null, ecdf: null, gap: null };

/** Something notable of each kind, about columns of the given names. */
export function qualityOf(name: string, category = "Oslo"): QualityOfBoth {
  const before = { [name]: columnQuality(), steady: columnQuality() };
  const after = {
    [name]: columnQuality({ value: 870, null: 120, positiveInfinity: 10 }),
    steady: columnQuality({ empty: 5, value: 995 }),
  };
  const named = { count: 4, share: 0.03, names: [category, "b", "c", "d"] };
  return {
    reference: tableQuality(before, { constantColumns: ["x"], emptyColumns: ["gone"] }),
    current: tableQuality(after, {
      duplicatedRows: 120,
      duplicatedColumns: [[name, "steady"]],
      constantColumns: ["x", name],
      almostConstantColumns: ["y"],
    }),
    changes: {
      [name]: {
        ...noChange,
        outOfRange: { below: 2, above: 20, share: 0.022 },
        outOfList: { rows: 30, share: 0.03, categories: named },
      },
      steady: { ...noChange, outOfRange: { below: 0, above: 0, share: 0 } },
    },
  };
}

export const estimated = (value: number | null, interval: readonly [number, number] | null = null): Estimated => ({
  value,
  interval,
  law: interval && "bootstrap",
});

export function regressionModel(target: string): ModelQualityReport {
  const side = (error: number): RegressionMetrics => ({
    task: "regression",
    rows: 900,
    meanError: estimated(0.01),
    meanAbsoluteError: estimated(error, [error - 0.05, error + 0.05]),
    meanAbsolutePercentageError: estimated(0.2),
    rootMeanSquaredError: estimated(2 * error),
    medianAbsoluteError: estimated(error / 2),
    maximumError: 3.5,
    r2: estimated(0.9, [0.85, 0.95]),
    errorQuantiles: [{ probability: 0.5, value: 0 }],
    errorStandardDeviation: 1,
    normality: { test: "anderson-darling", statistic: 1, pValue: 0.01 },
    confidence: 0.95,
    missing: { rows: 900, null: 0, nan: 0 },
    status: "ok",
  });
  return {
    ...{ task: "regression", target, reference: side(1), current: side(1.5), confidence: 0.95 },
    reasons: { reference: "", current: "" },
    differences: { meanAbsoluteError: estimated(0.5, [0.43, 0.57]), r2: estimated(0, [-0.07, 0.07]) },
    worse: ["meanAbsoluteError"],
    words: `mean absolute error of ${target} rose`,
  };
}

export function checkResult(status: CheckResult["status"], changes: Partial<CheckResult> = {}): CheckResult {
  return {
    name: `missingShare of price ≤ 0.05 (${status})`,
    status,
    reason: "missing share of price is 0.12, should be ≤ 0.05",
    metric: "missingShare",
    column: "price",
    of: null,
    side: "current",
    segment: null,
    where: null,
    critical: status !== "warn",
    actual: 0.12,
    expected: "≤ 0.05",
    ...changes,
  };
}

export function suiteResult(results: readonly CheckResult[], suite: string | null = "prices"): SuiteResult {
  const count = (status: CheckResult["status"]) => results.filter((result) => result.status === status).length;
  return {
    format: 1,
    suite,
    passed: count("fail") + count("error") === 0,
    counts: {
      pass: count("pass"),
      fail: count("fail"),
      warn: count("warn"),
      error: count("error"),
      skip: count("skip"),
    },
    results,
  };
}

/** A result of each status, in the order that is wrong. */
export const everyResult = suiteResult([
  checkResult("pass"),
  checkResult("skip", { reason: "country=DE has no rows", segment: "country=DE" }),
  checkResult("warn"),
  checkResult("error", { reason: "there is no column prize; did you mean price?", column: "prize", actual: null }),
  checkResult("fail", { rows: { count: 12, indices: [3, 17, 22] } }),
]);
