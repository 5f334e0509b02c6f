/** Every run and every metric in a database: what was found is kept, asked again, and forgotten after a while. */

import type { MetricValue } from "../metrics/metric.js";
import type { AlertEvent } from "../monitor/alert-event.js";
import type { DriftKindName } from "../monitor/drift-kind.js";

/** A comparison, as one row. Times are milliseconds since 1970. */
export interface RunRecord {
  /** Id of the window's result, revision included: writing it again changes nothing. */
  readonly id: string;
  readonly dataset: string;
  readonly model: string | null;
  readonly modelVersion: string | null;
  readonly windowStart: number;
  readonly windowEnd: number;
  readonly revision: number;
  readonly asOf: number;
  readonly rows: number;
  readonly late: number;
  readonly status: string;
  readonly reason: string;
  readonly referenceHash: string | null;
  readonly dataHash: string | null;
  readonly configHash: string | null;
  /** Of Smirnov. */
  readonly codeVersion: string;
  readonly seconds: number;
  readonly drifted: boolean | null;
  readonly driftedShare: number | null;
  readonly metrics: readonly MetricRecord[];
  readonly kinds: readonly KindRecord[];
  readonly alerts: readonly AlertEvent[];
}

/** A column's verdict (`name: "drift"`), or one number of docs/metrics.md. */
export interface MetricRecord {
  readonly column: string | null;
  readonly segment: string | null;
  readonly of: string | null;
  readonly side: string | null;
  readonly name: string;
  readonly method: string | null;
  readonly value: MetricValue;
  readonly pValue: number | null;
  readonly effect: number | null;
  readonly threshold: number | null;
  readonly severity: string | null;
  readonly status: string | null;
  /** Values behind it. */
  readonly n: number | null;
}

export interface KindRecord {
  readonly column: string;
  readonly kind: DriftKindName;
  readonly confidence: number;
  readonly onset: number | null;
  readonly width: number | null;
  readonly duration: number | null;
  readonly period: number | null;
  readonly amplitude: number | null;
}

/** What is asked of the windows of a dataset. */
export interface WindowQuery {
  readonly dataset: string;
  /** Of one column; left out: of all. */
  readonly column?: string | null;
  /** Windows that begin at this time or later, and before that. Milliseconds since 1970. */
  readonly from?: number;
  readonly to?: number;
  /**
   * Of the latest so many windows of the dataset; default 1 000. Those that have nothing of what was asked are left out; of each
   * other one the last revision is told that has.
   */
  readonly limit?: number;
}

/** A `column` of `null` is the table; left out, all columns and the table are told. */
export interface HistoryQuery extends WindowQuery {
  /** Default `null`: of all rows. */
  readonly segment?: string | null;
  /** Left out: whatever it is of. */
  readonly of?: string | null;
  /** Left out: both. */
  readonly side?: string | null;
  /** Default `drift`. */
  readonly name?: string;
}

export interface HistoryPoint extends MetricRecord {
  readonly run: string;
  readonly windowStart: number;
  readonly windowEnd: number;
  readonly revision: number;
  readonly rows: number;
}

export interface KindPoint extends KindRecord {
  readonly run: string;
  readonly windowStart: number;
  readonly windowEnd: number;
  readonly revision: number;
}

/** A run without its metrics, kinds and alerts. */
export type RunHead = Omit<RunRecord, "metrics" | "kinds" | "alerts">;

export interface MetricStore {
  /**
   * Writes a run with all that belongs to it, in one transaction, once: an id that is there already changes nothing.
   *
   * @throws TypeError, RangeError for what is no run; StoreError, whose `blame` says whether later it may be taken
   */
  record(run: RunRecord): Promise<void>;
  /** Oldest window first; within one, in the order of the run's metrics. */
  history(query: HistoryQuery): Promise<HistoryPoint[]>;
  /** As `history`. */
  kinds(query: WindowQuery): Promise<KindPoint[]>;
  /** The latest windows first; default 100. */
  runs(query?: { readonly dataset?: string; readonly limit?: number }): Promise<RunHead[]>;
  /** As they were told, those of the latest windows first; of windows that begin at `from` or later. Default 100. */
  alerts(query?: { readonly dataset?: string; readonly from?: number; readonly limit?: number }): Promise<AlertEvent[]>;
  /** Forgets windows that ended before. @returns how many runs */
  prune(before: number): Promise<number>;
  /** What was begun is finished; nothing more is taken. */
  close(): Promise<void>;
}
