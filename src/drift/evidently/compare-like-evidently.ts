/**
 * Preset `evidently`: the report that Evidently's DataDriftPreset makes, with its methods, defaults, thresholds, kinds of
 * columns and rule for the dataset. Where Evidently stops with an error, the column has a status and a reason, and the
 * report goes on.
 */

import type { Table } from "../../column/column.js";
import { version } from "../../engine/version.js";
import { costOf } from "../column-cost.js";
import { evidentlyReportOf } from "../column-task.js";
import { datasetVerdict } from "../dataset.js";
import { inParallel } from "../in-parallel.js";
import type { DriftReport, EvidentlySettings } from "../report.js";
import { checkedEvidently, type EvidentlyOptions, own } from "./options.js";

/** Columns on several threads; gives other work a turn, reports progress after each and stops when told to. */
export async function compareLikeEvidently(
  before: Table,
  after: Table,
  options: EvidentlyOptions,
): Promise<DriftReport<EvidentlySettings>> {
  const compared = checkedEvidently(options, before, after);
  const { share = 0.5, onProgress, signal, threads, ...plain } = options;
  const piece = (column: string, components: readonly string[] | null) => {
    const names = components ?? [column];
    const [reference, current] = [withColumns(before, names), withColumns(after, names)];
    const message = { reference, current, name: column, components, options: plain };
    const cost = costOf(
      [...reference.columns.values(), ...current.columns.values()],
      own(plain.methods, column) ?? plain.method,
    );
    return { column, cost, task: "evidently", message: () => message, here: () => evidentlyReportOf(message) };
  };
  const pieces = [
    ...compared.columns.map((name) => piece(name, null)),
    ...compared.embeddings.map(({ name, components }) => piece(name, components)),
  ];
  const reports = await inParallel(pieces, { onProgress, signal, threads });
  // Embeddings are metrics of their own in Evidently: the share is of columns.
  const counted = reports.filter(({ kind }) => kind !== "vector");
  return {
    format: 1,
    version,
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

function withColumns({ rows, columns, unsupported }: Table, names: readonly string[]): Table {
  const some = <T>(map: ReadonlyMap<string, T>) => new Map([...map].filter(([name]) => names.includes(name)));
  return { rows, columns: some(columns), unsupported: some(unsupported) };
}
