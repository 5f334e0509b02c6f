/** A hand-made report with every status and severity. */
import type { AvailabilityChange, ColumnReport, ColumnStatus, DriftReport, Severity } from "../../dist/drift/report.js";

const none = { rows: 1000, value: 1000, null: 0, nan: 0, positiveInfinity: 0, negativeInfinity: 0, empty: 0 };
const summary = { mean: 1, standardDeviation: 2, min: 0, max: 9 };

export function column(name: string, changes: Partial<ColumnReport> = {}): ColumnReport {
  const { drifted = changes.severity === "drift" } = changes;
  return {
    column: name,
    kind: "numeric",
    type: ["Float64", "Float64"],
    method: "anderson-darling",
    status: "ok",
    reason: "no difference to speak of (p 0.61, ks 0.0123 < 0.04)",
    change: "",
    changes: [],
    categories: null,
    dependence: null,
    statistic: 0.4321,
    pValue: 0.61,
    adjustedPValue: 0.61,
    exact: true,
    signal: "values",
    effect: 0.01234,
    effectName: "ks",
    threshold: 0.04,
    effects: [{ name: "ks", value: 0.01234, threshold: 0.04 }],
    severity: "none",
    warnings: [],
    availability: { reference: none, current: none, pValue: null, effect: null, changed: [] },
    summary: { reference: summary, current: summary },
    shape: {
      edges: [0, 1, 2, 3, 4, 5, 6, 7, 8],
      reference: [0.05, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05, 0],
      current: [0.05, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05, 0],
    },
    ...changes,
    drifted,
  };
}

/** A column that drifted by `value` against .04. */
export function driftedColumn(name: string, value = 0.1234, severity: Severity = "drift"): ColumnReport {
  return column(name, {
    statistic: 5230.4,
    pValue: 1e-12,
    adjustedPValue: severity === "drift" ? 3.14e-12 : 0.0123,
    effect: value,
    effects: [{ name: "ks", value, threshold: 0.04 }],
    severity,
    reason:
      severity === "drift"
        ? `values differ (p 3.1e-12) by enough to matter (ks ${value} ≥ 0.04)`
        : `values may differ (p 0.0123 > 0.005; ks ${value} ≥ 0.04)`,
    shape: {
      edges: [0, 1, 2, 3, 4, 5, 6, 7, 8],
      reference: [0.05, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05, 0],
      current: [0, 0.05, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05],
    },
  });
}

export function unjudged(name: string, status: ColumnStatus, reason: string): ColumnReport {
  return column(name, {
    status,
    reason,
    method: null,
    statistic: null,
    pValue: null,
    adjustedPValue: null,
    signal: null,
    effect: null,
    effectName: null,
    threshold: null,
    effects: [],
    summary: null,
    shape: null,
  });
}

export const statuses: readonly (readonly [ColumnStatus, string])[] = [
  ["empty", "no values in current"],
  ["too-few", "12 values in current, 20 are needed"],
  ["missing-in-reference", "not in reference"],
  ["missing-in-current", "not in current"],
  ["type-changed", "numeric (Int64) became categorical (Utf8)"],
  ["unsupported", "type Struct is not supported"],
  ["not-asked", "points in time are judged on request only"],
  ["infinite", "the sides hold different shares of infinite values"],
  ["constant", "all values are equal"],
  ["identifiers", "nearly every value is distinct: nothing to compare"],
];

const missing: AvailabilityChange = {
  reference: none,
  current: { ...none, value: 600, null: 400 },
  pValue: 1e-100,
  effect: { name: "cohens-h", value: 1.369, threshold: 0.2 },
  changed: ["null"],
};

export function reportOf(columns: readonly ColumnReport[], changes: Partial<DriftReport["dataset"]> = {}): DriftReport {
  const judged = columns.filter(({ status, drifted }) => status === "ok" || drifted).length;
  const drifted = columns.filter((one) => one.drifted).length;
  const share = judged === 0 ? null : drifted / judged;
  return {
    format: 1,
    version: "0.1.0",
    rows: { reference: 508_239, current: 1 },
    dataset: {
      drifted: (share ?? 0) >= 0.5,
      rule: "share",
      share,
      threshold: 0.5,
      columns: columns.length,
      judged,
      driftedColumns: drifted,
      possibleColumns: columns.filter(({ severity }) => severity === "possible").length,
      reason: `${drifted} of ${judged} judged columns drifted`,
      ...changes,
    },
    columns: Object.fromEntries(columns.map((one) => [one.column, one])),
    warnings: [],
    falseAlarms: {
      perComparison: judged === 0 ? null : 0.005,
      perYear: null,
      comparisonsPerYear: null,
      reason: "at most 0.5 % of comparisons of unchanged tables call any column drifted",
    },
    settings: {
      preset: null,
      level: 0.005,
      possibleLevel: 0.05,
      correction: "bh",
      minimumValues: 20,
      datasetRule: "share",
      share: 0.5,
      weights: null,
      schedule: null,
      clusterBy: null,
      blocks: null,
      learned: null,
      temporal: false,
    },
  };
}

/** A column of each outcome. */
export const everything = reportOf([
  driftedColumn("delay"),
  driftedColumn("distance", 0.0512, "possible"),
  column("price"),
  column("a very long column name that does not fit anywhere", {
    adjustedPValue: 1e-310,
    reason: "values differ (p 1.0e-310), too little to matter (ks 0.0123 < 0.04)",
  }),
  column("weight", {
    effect: 0.2,
    effects: [{ name: "ks", value: 0.2, threshold: 0.04 }],
    reason: "within chance (p 0.61), although ks 0.2 ≥ 0.04",
  }),
  column("origin", {
    kind: "categorical",
    type: ["Utf8", "Utf8"],
    method: "chi-square",
    statistic: 1_234_567,
    adjustedPValue: 0.0004,
    effect: 0.0341,
    effectName: "jensen-shannon",
    threshold: 0.1,
    effects: [{ name: "jensen-shannon", value: 0.0341, threshold: 0.1 }],
    reason: "values differ (p 4.0e-4), too little to matter (jensen-shannon 0.0341 < 0.1)",
    shape: { categories: ["ATL", "ORD", "other"], reference: [0.5, 0.3, 0.2], current: [0.45, 0.35, 0.2] },
  }),
  column("地域", {
    adjustedPValue: 2e-100,
    severity: "drift",
    signal: "availability",
    change: "nulls rose from 0 % to 40 %",
    effect: 1.369,
    effectName: "cohens-h",
    threshold: 0.2,
    availability: missing,
    reason: "the shares of nulls differ (p 2.0e-100) by enough to matter (cohens-h 1.37 ≥ 0.2)",
  }),
  ...statuses.map(([status, reason]) => unjudged(`is ${status}`, status, reason)),
]);
