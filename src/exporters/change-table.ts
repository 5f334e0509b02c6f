/** Metrics of what a report says beside its columns: the target and the prediction given the features, all features together. */
import type { DriftReport } from "../drift/report.js";
import { gauges } from "./window-table.js";

export const changeTable = gauges<DriftReport>(
  ["dataset", "model"],
  [
    [
      "conditional_drifted",
      "1",
      "`conceptDrifted`, `modelDrifted`",
      "Whether the target (of: target) or the prediction (of: prediction) given the features changed: 1 or 0",
      ({ kindOfChange }) => [
        [kindOfChange?.concept?.drifted, "target"],
        [kindOfChange?.model?.drifted, "prediction"],
      ],
      "of",
    ],
    [
      "joint_drifted",
      "1",
      "`jointDrifted`",
      "Whether a classifier can tell the window from the reference: 1 or 0",
      ({ joint }) => joint?.drifted,
    ],
    [
      "joint_auc",
      "1",
      "`jointAuc`",
      "Area under the ROC curve of the classifier that tells the window from the reference",
      ({ joint }) => joint?.auc,
    ],
    [
      "drifted_correlations",
      "{pair}",
      "`driftedCorrelations`",
      "Pairs of columns whose correlation drifted",
      ({ correlations }) => correlations?.drifted,
    ],
    [
      "report_warnings",
      "{warning}",
      "`warnings`",
      "Sentences on what to know before trusting the report",
      ({ warnings }) => warnings.length,
    ],
  ],
);
