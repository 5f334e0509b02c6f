/** One column of both tables as one task: plain data in, plain findings out, on whatever thread. */
import type { Column, Kind, Table } from "../column/column.js";
import { type ColumnFindings, examine, type SideColumn } from "./columns.js";
import { allowing, warned } from "./dependence/allow.js";
import { dependenceByBlocks } from "./dependence/dependence.js";
import { columnReport, embeddingReport } from "./evidently/columns.js";
import type { EvidentlyOptions } from "./evidently/options.js";
import type { Choice } from "./options.js";
import { type HashedInto, hashInto } from "./quality/row-quality.js";
import type { ColumnReport } from "./report.js";

export interface ColumnTask {
  readonly reference: SideColumn;
  readonly current: SideColumn;
  readonly choices: Readonly<Record<Kind, Choice>>;
  readonly temporal: boolean;
  readonly minimumValues: number;
  readonly possibleLevel: number;
  /** As in the settings. */
  readonly blocks: number | true | null;
  /** Rows of clusters depend on each other, which is looked at elsewhere. */
  readonly clustered: boolean;
  /** Whether data quality is wanted as well. */
  readonly quality: boolean;
}

/** With what the rows of either side are hashed into, for its quality. */
export interface HashedTask extends ColumnTask {
  readonly into: readonly [HashedInto | null, HashedInto | null];
}

export interface HashedFindings {
  readonly findings: ColumnFindings;
  readonly hashes: readonly [string | null, string | null];
}

/** The hashes come last: what is done again adds nothing twice. */
export function hashedFindingsOf({ into, ...task }: HashedTask): HashedFindings {
  const findings = findingsOf(task);
  const hashOf = (side: SideColumn, own: HashedInto | null) => own && hashInto(side as Column, own);
  return { findings, hashes: [hashOf(task.reference, into[0]), hashOf(task.current, into[1])] };
}

/** What one column shows. */
export function findingsOf(task: ColumnTask): ColumnFindings {
  const { reference, current, choices, blocks, clustered, ...settings } = task;
  const found = examine(reference, current, { ...settings, choose: (kind) => choices[kind] });
  if (clustered) return found;
  return blocks === null
    ? warned(found, reference, current, settings.possibleLevel)
    : allowing(found, reference, current, dependenceByBlocks(blocks));
}

/** A column, or an embedding of several, as preset `evidently` judges it. */
export interface EvidentlyTask {
  readonly reference: Table;
  readonly current: Table;
  readonly name: string;
  /** Columns of an embedding; `null` for a column. */
  readonly components: readonly string[] | null;
  /** Without what only the main thread can call. */
  readonly options: EvidentlyOptions;
}

/** What Evidently says of it. */
export function evidentlyReportOf({ reference, current, name, components, options }: EvidentlyTask): ColumnReport {
  return components === null
    ? columnReport(reference, current, name, options)
    : embeddingReport(reference, current, { name, components }, options);
}
