/** The tables as they are after the last migration; docs/store.md tells what their columns mean. */
import type { RawBuilder } from "kysely";

/** Times are written and read through expressions: see expressions.ts. */
type Moment = Date;

export interface RunTable {
  /** Of the id: short whatever its length, so that it can be indexed. */
  key: string;
  id: string;
  /** Of the id without its revision. */
  window_key: string;
  dataset: string;
  model: string | null;
  model_version: string | null;
  window_start: Moment;
  window_end: Moment;
  revision: number;
  as_of: Moment;
  rows: number;
  late_rows: number;
  status: string;
  reason: string;
  reference_hash: string | null;
  data_hash: string | null;
  config_hash: string | null;
  code_version: string;
  seconds: number;
  drifted: boolean | null;
  drifted_share: number | null;
}

export interface MetricTable {
  run: string;
  position: number;
  column_name: string | null;
  segment: string | null;
  of_name: string | null;
  side: string | null;
  name: string;
  method: string | null;
  value: number | null;
  value_text: string | null;
  value_truth: boolean | null;
  p_value: number | null;
  effect: number | null;
  threshold: number | null;
  severity: string | null;
  status: string | null;
  n: number | null;
}

export interface KindTable {
  run: string;
  position: number;
  column_name: string;
  kind: string;
  confidence: number;
  onset: number | null;
  width: number | null;
  duration: number | null;
  period: number | null;
  amplitude: number | null;
}

export interface AlertTable {
  run: string;
  position: number;
  id: string;
  rule: string;
  status: string;
  severity: string;
  dataset: string;
  model: string | null;
  subject: string | null;
  window_id: string;
  starts_at: Moment;
  ends_at: Moment | null;
  summary: string;
  digest: string;
  /** JSON. */
  evidence: string;
}

/** Kysely's own, of what was done to the tables. */
export interface MigrationTable {
  name: string;
  timestamp: string;
}

export interface Tables {
  smirnov_migration: MigrationTable;
  run: RunTable;
  metric: MetricTable;
  kind: KindTable;
  alert: AlertTable;
}

/** A row to be written: times are expressions, and numbers may be. */
export type Written<Row> = {
  [Name in keyof Row]: Row[Name] extends Date | null ? RawBuilder<Row[Name]> : Row[Name] | RawBuilder<Row[Name]>;
};

/** Columns of the many rows of a run, and their types: they are written together. */
export const metricColumns = {
  position: "number",
  column_name: "text",
  segment: "text",
  of_name: "text",
  side: "text",
  name: "text",
  method: "text",
  value: "number",
  value_text: "text",
  value_truth: "truth",
  p_value: "number",
  effect: "number",
  threshold: "number",
  severity: "text",
  status: "text",
  n: "number",
} as const satisfies { [Name in Exclude<keyof MetricTable, "run">]: ColumnKind };

export type ColumnKind = "number" | "text" | "truth";

export type MetricRow = Omit<MetricTable, "run">;
