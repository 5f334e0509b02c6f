/**
 * Preset `evidently`: the report that Evidently's DataDriftPreset makes, with its methods, defaults, thresholds, kinds of
 * columns and rule for the dataset. Where Evidently stops with an error, the column has a status and a reason, and the
 * report goes on.
 */
import type { Table } from "../../column/column.js";
import { datasetVerdict } from "../dataset.js";
import type { ColumnReport, DriftReport, EvidentlySettings } from "../report.js";
import { columnReport, embeddingReport } from "./columns.js";
import { checkedEvidently, type EvidentlyOptions } from "./options.js";

/** Gives other work a turn after each column, reports progress and stops when told to. */
export async function compareLikeEvidently(
  before: Table,
  after: Table,
  options: EvidentlyOptions,
): Promise<DriftReport<EvidentlySettings>> {
  const compared = checkedEvidently(options, before, after);
  const { share = 0.5, onProgress, signal } = options;
  const tasks = [
    ...compared.columns.map((name) => [name, () => columnReport(before, after, name, options)] as const),
    ...compared.embeddings.map((group) => [group.name, () => embeddingReport(before, after, group, options)] as const),
  ];
  const reports: ColumnReport[] = [];
  for (const [done, [column, judged]] of tasks.entries()) {
    signal?.throwIfAborted();
    reports.push(judged());
    onProgress?.({ done: done + 1, total: tasks.length, column });
    await new Promise((resolve) => setImmediate(resolve));
  }
  // Embeddings are metrics of their own in Evidently: the share is of columns.
  const counted = reports.filter(({ kind }) => kind !== "vector");
  return {
    format: 1,
    rows: { reference: before.rows, current: after.rows },
    dataset: datasetVerdict(counted, { datasetRule: "share", share, weights: null }),
    columns: Object.fromEntries(reports.map((report) => [report.column, report])),
    warnings: [],
    falseAlarms: {
      ...{ perComparison: null, perYear: null, comparisonsPerYear: null },
      reason: "false alarms have no bound: thresholds are Evidently's",
    },
    settings: { preset: "evidently", level: 0, possibleLevel: 0, correction: "none", minimumValues: 1, share },
  };
}
