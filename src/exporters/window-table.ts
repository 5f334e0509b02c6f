/** Metrics of a window, each with the field that it is read from. docs/exporters.md lists them. */
import type { DatasetVerdict, Severity } from "../drift/report.js";
import type { DriftKindName } from "../monitor/drift-kind.js";
import type { WindowResult } from "../monitor/window-result.js";
import type { ExportedMetric, MetricUnit, Reading } from "./exported-metric.js";

/** Values with those labels that come behind the ones of every metric of the subject. */
export type Readings = readonly (readonly [value: Reading, ...labels: string[]])[];

/** A gauge. `more` are labels behind those of the subject. */
export interface WindowMetric<Subject> extends ExportedMetric {
  readonly read: (subject: Subject) => Readings;
}

export type Definition<Subject> = readonly [
  name: string,
  unit: MetricUnit,
  from: string,
  help: string,
  read: (subject: Subject) => Reading | Readings,
  ...more: string[],
];

export function gauges<Subject>(
  labels: readonly string[],
  definitions: readonly Definition<Subject>[],
): readonly WindowMetric<Subject>[] {
  return definitions.map(([name, unit, from, help, read, ...more]) => ({
    name: `smirnov_${name}`,
    type: "gauge",
    unit,
    labels: [...labels, ...more],
    help,
    from,
    read: (subject) => {
      const found = read(subject);
      return typeof found === "object" && found !== null ? found : [[found]];
    },
  }));
}

/** As numbers, so that a larger one is worse. */
export const severityLevels: { readonly [severity in Severity]: number } = {
  none: 0,
  unresolved: 1,
  possible: 2,
  drift: 3,
};

export const kindNames: readonly DriftKindName[] = [
  "none",
  "instantaneous",
  "gradual",
  "temporary",
  "periodic",
  "undecided",
];

export const windowTable = gauges<WindowResult>(
  ["dataset", "model"],
  [
    ["window_rows", "{row}", "rows", "Rows of the newest window", ({ rows }) => rows],
    ["window_index", "{window}", "index", "Windows before the newest one", ({ index }) => index],
    [
      "window_start_timestamp_seconds",
      "s",
      "start",
      "Start of the newest window, in seconds since 1970",
      ({ start }) => start / 1_000,
    ],
    [
      "window_end_timestamp_seconds",
      "s",
      "end",
      "End of the newest window, in seconds since 1970",
      ({ end }) => end / 1_000,
    ],
    ["window_compared", "1", "status", "Whether the newest window was compared: 1 or 0", comparedOf],
    [
      "reference_rows",
      "{row}",
      "reference.rows",
      "Rows that the newest window was compared with",
      ({ reference }) => reference?.rows,
    ],
    [
      "reference_version",
      "1",
      "reference.version",
      "Which of the references that were given is compared with, from 1",
      ({ reference }) => reference?.version,
    ],
    [
      "model_info",
      "1",
      "model.version",
      "1, with the version of the model",
      ({ model }) => (model ? [[1, model.version ?? ""]] : []),
      "version",
    ],
    [
      "series_value",
      "1",
      "series",
      "A business or system metric within the newest window",
      ({ series }) =>
        Object.entries(series).flatMap(([name, { values, ...statistics }]) =>
          Object.entries(statistics).map(([statistic, value]) => [value, name, statistic] as const),
        ),
      "series",
      "statistic",
    ],
    [
      "series_observations",
      "{value}",
      "series",
      "Values of a business or system metric within the newest window",
      ({ series }) => Object.entries(series).map(([name, { values }]) => [values, name] as const),
      "series",
    ],
  ],
);

function comparedOf({ status }: WindowResult): boolean {
  return status === "compared";
}

/** A whole report, or one of its segments. */
export interface VerdictSubject {
  readonly segment: string;
  readonly dataset: DatasetVerdict;
  readonly duplicated: readonly (readonly [side: string, share: number | null])[];
}

export const verdictTable = gauges<VerdictSubject>(
  ["dataset", "model", "segment"],
  [
    ["dataset_drifted", "1", "`drifted`", "Whether the dataset drifted: 1 or 0", ({ dataset }) => dataset.drifted],
    [
      "dataset_drifted_share",
      "1",
      "`driftedShare`",
      "Share of the judged columns (with weights: of these) that drifted",
      ({ dataset }) => dataset.share,
    ],
    [
      "dataset_drifted_threshold",
      "1",
      "report.dataset.threshold",
      "Share from which on the dataset counts as drifted",
      ({ dataset }) => dataset.threshold,
    ],
    [
      "dataset_drifted_columns",
      "{column}",
      "`driftedColumns`",
      "Columns that drifted",
      ({ dataset }) => dataset.driftedColumns,
    ],
    [
      "dataset_possible_columns",
      "{column}",
      "`possibleColumns`",
      "Columns of severity possible",
      ({ dataset }) => dataset.possibleColumns,
    ],
    [
      "dataset_judged_columns",
      "{column}",
      "`judgedColumns`",
      "Columns that could be judged",
      ({ dataset }) => dataset.judged,
    ],
    [
      "dataset_compared_columns",
      "{column}",
      "`comparedColumns`",
      "Columns that were compared",
      ({ dataset }) => dataset.columns,
    ],
    [
      "duplicated_row_share",
      "1",
      "`duplicatedRowShare`",
      "Share of the rows that equal an earlier one in every column",
      ({ duplicated }) => duplicated.map(([side, share]) => [share, side] as const),
      "side",
    ],
  ],
);
