/** Runs as rows of tables, and back. */
import type { Selectable } from "kysely";
import type { AlertEvent } from "../monitor/alert-event.js";
import type { DriftKindName } from "../monitor/drift-kind.js";
import { moment, momentOrNone, signed } from "./expressions.js";
import type { KindRecord, MetricRecord, RunHead, RunRecord } from "./metric-store.js";
import { keyOf } from "./run-key.js";
import type { AlertTable, KindTable, MetricRow, MetricTable, RunTable, Written } from "./tables.js";
import { storedText, toldText } from "./texts.js";

/** What all revisions of a window have in common. */
function windowOf({ id, revision }: RunRecord): string {
  const end = `/${revision}`;
  return id.endsWith(end) ? id.slice(0, -end.length) : id;
}

const stored = (text: string | null): string | null => (text === null ? null : storedText(text));
const told = (text: string | null): string | null => (text === null ? null : toldText(text));

export function runRow(run: RunRecord): Written<RunTable> {
  return {
    key: keyOf(run.id),
    id: storedText(run.id),
    window_key: keyOf(windowOf(run)),
    dataset: storedText(run.dataset),
    model: stored(run.model),
    model_version: stored(run.modelVersion),
    window_start: moment(run.windowStart),
    window_end: moment(run.windowEnd),
    revision: run.revision,
    as_of: moment(run.asOf),
    rows: run.rows,
    late_rows: run.late,
    status: storedText(run.status),
    reason: storedText(run.reason),
    reference_hash: stored(run.referenceHash),
    data_hash: stored(run.dataHash),
    config_hash: stored(run.configHash),
    code_version: storedText(run.codeVersion),
    seconds: signed(run.seconds),
    drifted: run.drifted,
    drifted_share: signed(run.driftedShare),
  };
}

/** A row as it is read: moments in milliseconds. */
export type Told<Row> = { [Name in keyof Row]: Date extends Row[Name] ? number | Exclude<Row[Name], Date> : Row[Name] };

export function runOfRow(row: Told<Omit<Selectable<RunTable>, "key" | "window_key">>): RunHead {
  return {
    id: toldText(row.id),
    dataset: toldText(row.dataset),
    model: told(row.model),
    modelVersion: told(row.model_version),
    windowStart: row.window_start,
    windowEnd: row.window_end,
    revision: row.revision,
    asOf: row.as_of,
    rows: row.rows,
    late: row.late_rows,
    status: toldText(row.status),
    reason: toldText(row.reason),
    referenceHash: told(row.reference_hash),
    dataHash: told(row.data_hash),
    configHash: told(row.config_hash),
    codeVersion: toldText(row.code_version),
    seconds: row.seconds,
    drifted: row.drifted,
    driftedShare: row.drifted_share,
  };
}

export function metricRow(metric: MetricRecord, position: number): MetricRow {
  const { value } = metric;
  return {
    position,
    column_name: stored(metric.column),
    segment: stored(metric.segment),
    of_name: stored(metric.of),
    side: stored(metric.side),
    name: storedText(metric.name),
    method: stored(metric.method),
    value: typeof value === "number" ? value : null,
    value_text: typeof value === "string" ? storedText(value) : null,
    value_truth: typeof value === "boolean" ? value : null,
    p_value: metric.pValue,
    effect: metric.effect,
    threshold: metric.threshold,
    severity: stored(metric.severity),
    status: stored(metric.status),
    n: metric.n,
  };
}

export function metricOfRow(row: Omit<MetricTable, "run" | "position">): MetricRecord {
  return {
    column: told(row.column_name),
    segment: told(row.segment),
    of: told(row.of_name),
    side: told(row.side),
    name: toldText(row.name),
    method: told(row.method),
    value: row.value ?? told(row.value_text) ?? row.value_truth,
    pValue: row.p_value,
    effect: row.effect,
    threshold: row.threshold,
    severity: told(row.severity),
    status: told(row.status),
    n: row.n,
  };
}

export function kindRow(record: KindRecord, run: string, position: number): Written<KindTable> {
  const { column, kind, confidence, onset, width, duration, period, amplitude } = record;
  return {
    ...{ run, position, column_name: storedText(column), kind, confidence: signed(confidence), onset: signed(onset) },
    ...{ width: signed(width), duration: signed(duration), period: signed(period), amplitude: signed(amplitude) },
  };
}

export function kindOfRow({ column_name, kind, ...row }: Omit<KindTable, "run" | "position">): KindRecord {
  return { column: toldText(column_name), kind: kind as DriftKindName, ...row };
}

export function alertRow(alert: AlertEvent, run: string, position: number): Written<AlertTable> {
  return {
    run,
    position,
    id: storedText(alert.id),
    rule: storedText(alert.rule),
    status: alert.status,
    severity: alert.severity,
    dataset: storedText(alert.dataset),
    model: stored(alert.model),
    subject: stored(alert.subject),
    window_id: storedText(alert.window),
    starts_at: moment(alert.startsAt),
    ends_at: momentOrNone(alert.endsAt),
    summary: storedText(alert.summary),
    digest: storedText(alert.digest),
    evidence: JSON.stringify(alert.evidence),
  };
}

export function alertOfRow(row: Told<Omit<AlertTable, "run" | "position">>): AlertEvent {
  return {
    id: toldText(row.id),
    rule: toldText(row.rule),
    status: row.status as AlertEvent["status"],
    severity: row.severity as AlertEvent["severity"],
    dataset: toldText(row.dataset),
    model: told(row.model),
    subject: told(row.subject),
    window: toldText(row.window_id),
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    summary: toldText(row.summary),
    digest: toldText(row.digest),
    evidence: JSON.parse(row.evidence),
  };
}
