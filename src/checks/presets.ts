/** Suites that are known by a name: what holds of the current side in relation to the reference. */
import { oneOf } from "../statistics/one-of.js";
import type { Check, PresetName, Suite } from "./suite.js";
import { presetNames } from "./suite-schema.js";

/** No more than a tenth more, and a hundredth: relative tolerances are nothing near 0. */
const shareAtMost = { lte: { reference: 1.1, plus: 0.01 } } as const;
const noMore = { lte: { reference: 1 } } as const;

const drift: readonly Check[] = [
  { name: "less than 30 % of the columns drifted", metric: "driftedShare", lt: 0.3 },
  { name: "no column drifted", metric: "drifted", column: "*", eq: false, critical: false },
];

const sameColumns: readonly Check[] = [
  { name: "columns as in the reference", metric: "columnNames", eq: { reference: 1 } },
  {
    name: "columns on both sides, of one kind",
    metric: "status",
    column: "*",
    notIn: ["missing-in-reference", "missing-in-current", "type-changed"],
  },
];

const missing: readonly Check[] = [
  { name: "missing share", metric: "missingShare", column: "*", ...shareAtMost },
  { name: "share of infinities", metric: "infiniteShare", column: "*", ...shareAtMost },
  { name: "share of empty texts", metric: "emptyShare", column: "*", ...shareAtMost },
];

const withinReference: readonly Check[] = [
  { name: "values in the reference's range", metric: "outOfRangeShare", column: "*", lte: 0.01 },
  { name: "categories in the reference's list", metric: "outOfListShare", column: "*", lte: 0.01 },
  { name: "mean within 2 standard deviations", metric: "meanShift", column: "*", gte: -2, lte: 2 },
];

const quality: readonly Check[] = [
  ...missing,
  { name: "constant columns", metric: "constantColumns", ...noMore },
  { name: "almost constant columns", metric: "almostConstantColumns", ...noMore, critical: false },
  { name: "empty columns", metric: "emptyColumns", ...noMore },
  { name: "duplicated columns", metric: "duplicatedColumns", ...noMore },
  { name: "duplicated rows", metric: "duplicatedRowShare", ...shareAtMost },
  {
    name: "share of the most common value",
    metric: "mostCommonShare",
    column: "*",
    approx: { value: { reference: 1 }, relative: 0.1, absolute: 0.05 },
    critical: false,
  },
];

const stability: readonly Check[] = [
  { name: "number of rows", metric: "rowRatio", gte: 0.9, lte: 1.1, critical: false },
  ...sameColumns,
  ...withinReference,
];

/** Scores at least four fifths of the reference's. */
const score = (metric: string): Check => ({ name: metric, metric, gte: { reference: 0.8 } });
/** Errors at most a tenth larger. */
const error = (metric: string): Check => ({ name: metric, metric, lte: { reference: 1.1 } });

const checksByName: Readonly<Record<PresetName, readonly Check[]>> = {
  "data-drift": [...sameColumns.slice(1), ...drift],
  "data-quality": quality,
  "data-stability": stability,
  "no-target": [...sameColumns, ...drift, ...missing, ...withinReference],
  classification: [
    score("accuracy"),
    score("balancedAccuracy"),
    score("precision"),
    score("recall"),
    score("f1"),
    score("rocAuc"),
    { name: "logLoss", metric: "logLoss", lte: { reference: 1.2, plus: 0.01 }, critical: false },
  ],
  regression: [
    error("meanAbsoluteError"),
    error("rootMeanSquaredError"),
    { ...error("meanAbsolutePercentageError"), critical: false },
    { name: "r2", metric: "r2", gte: { reference: 0.8 }, critical: false },
    {
      name: "errors cancel out as in the reference",
      metric: "bias",
      approx: { value: { reference: 1 }, absolute: 0.1 },
    },
  ],
};

/**
 * A suite that is known by its name: `data-drift`, `data-quality`, `data-stability`, `no-target`, `classification` or
 * `regression`. docs/checks.md lists what each checks.
 *
 * @throws TypeError for what is no text, RangeError for a name that no preset has
 */
export function preset(name: PresetName): Suite {
  oneOf("preset", "name", name, presetNames);
  return { name, checks: checksByName[name] };
}

export function presetChecks(name: PresetName): readonly Check[] {
  return checksByName[name];
}
