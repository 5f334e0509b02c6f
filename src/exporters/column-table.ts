/** Metrics of a column of a window, or of a segment of it. */
import type { QualityChange } from "../drift/quality/quality-report.js";
import type { Availability, ColumnReport } from "../drift/report.js";
import type { DriftKind } from "../monitor/drift-kind.js";
import { gauges, kindNames, type Readings, severityLevels } from "./window-table.js";

export interface ColumnSubject {
  readonly report: ColumnReport;
  readonly change: QualityChange | undefined;
  /** Only of the whole window, not of segments. */
  readonly score: number | null | undefined;
  readonly kind: DriftKind | undefined;
}

/** The same number of both sides. */
function bothSides(report: ColumnReport, read: (side: Availability) => number): Readings {
  const { availability } = report;
  if (!availability) return [];
  return (["reference", "current"] as const).map((side) => [read(availability[side]), side] as const);
}

export const columnTable = gauges<ColumnSubject>(
  ["dataset", "model", "segment", "column"],
  [
    ["column_drifted", "1", "`drifted`", "Whether the column drifted: 1 or 0", ({ report }) => report.drifted],
    [
      "column_judged",
      "1",
      "`status`",
      "Whether the column could be judged (its status is ok): 1 or 0",
      ({ report }) => report.status === "ok",
    ],
    [
      "drift_severity",
      "1",
      "`severity`",
      "0 none, 1 unresolved, 2 possible, 3 drift",
      ({ report }) => severityLevels[report.severity],
    ],
    [
      "drift_score",
      "1",
      "scores",
      "Standard normal score of the p-value: larger is more drift, unchanged data is around 0",
      ({ score }) => score,
    ],
    [
      "drift_statistic",
      "1",
      "`statistic`",
      "Statistic of the column's method",
      ({ report }) => (report.method === null ? [] : [[report.statistic, report.method]]),
      "method",
    ],
    [
      "drift_p_value",
      "1",
      "`pValue`",
      "P-value of values and availability together, before correction over the columns",
      ({ report }) => report.pValue,
    ],
    [
      "drift_adjusted_p_value",
      "1",
      "`adjustedPValue`",
      "P-value after correction over the columns",
      ({ report }) => report.adjustedPValue,
    ],
    ["drift_effect", "1", "`effect`", "Effect behind the verdict", ({ report }) => report.effect],
    ["drift_threshold", "1", "`threshold`", "Effect from which on a change matters", ({ report }) => report.threshold],
    [
      "missing_share",
      "1",
      "`missingShare`",
      "Share of the rows that are null or NaN",
      ({ report }) => bothSides(report, ({ rows, null: nulls, nan }) => (nulls + nan) / rows),
      "side",
    ],
    [
      "out_of_range_share",
      "1",
      "`outOfRangeShare`",
      "Share of the finite values beyond the reference's smallest and largest one",
      ({ change }) => change?.outOfRange?.share,
    ],
    [
      "out_of_list_share",
      "1",
      "`outOfListShare`",
      "Share of the values that are of a category that the reference does not have",
      ({ change }) => change?.outOfList?.share,
    ],
    [
      "drift_kind",
      "1",
      "kinds",
      "1 for the kind of drift over time that the column's history shows, 0 for the others",
      ({ kind }) => (kind ? kindNames.map((name) => [kind.kind === name, name] as const) : []),
      "kind",
    ],
    [
      "drift_kind_confidence",
      "1",
      "kinds",
      "Posterior probability of the kind of drift over time",
      ({ kind }) => kind?.confidence,
    ],
  ],
);
