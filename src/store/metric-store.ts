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

export interface HistoryQuery {
  readonly dataset: string;
  readonly column?: string | null;
  readonly segment?: string | null;
  readonly side?: string | null;
  /** Default `drift`. */
  readonly name?: string;
  readonly from?: number;
  readonly to?: number;
  /** The latest so many windows; default 1 000. Of each window the last revision is told. */
  readonly limit?: number;
}

export interface HistoryPoint extends MetricRecord {
  readonly run: string;
  readonly windowStart: number;
  readonly windowEnd: number;
  readonly revision: number;
  readonly rows: number;
}

export interface MetricStore {
  /** Writes a run with all that belongs to it, in one transaction, once: an id that is there already changes nothing. */
  record(run: RunRecord): Promise<void>;
  /** Oldest first. */
  history(query: HistoryQuery): Promise<HistoryPoint[]>;
  /** Without metrics, kinds and alerts. Newest first. */
  runs(query: {
    readonly dataset?: string;
    readonly limit?: number;
  }): Promise<Omit<RunRecord, "metrics" | "kinds" | "alerts">[]>;
  alerts(query: { readonly dataset?: string; readonly from?: number; readonly limit?: number }): Promise<AlertEvent[]>;
  /** Forgets windows that ended before. @returns how many runs */
  prune(before: number): Promise<number>;
  close(): Promise<void>;
}
