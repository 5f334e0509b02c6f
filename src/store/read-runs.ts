/** Asks a database for what was written. */
import { type SqlBool, sql } from "kysely";
import type { AlertEvent } from "../monitor/alert-event.js";
import type { Database } from "./databases/database.js";
import { moment, toldMoment } from "./expressions.js";
import type { HistoryPoint, HistoryQuery, KindPoint, RunHead, WindowQuery } from "./metric-store.js";
import { alertOfRow, kindOfRow, metricOfRow, runOfRow } from "./rows.js";
import { storedText, toldText } from "./texts.js";

/** Of the rows that match: the last revision of their window, and how many windows came later, from 1. */
const lastRevision = sql<number>`max(run.revision) over (partition by run.window_key)`.as("last_revision");
const age = sql<number>`dense_rank() over (order by run.window_start desc, run.window_end desc, run.window_key)`.as(
  "age",
);

const ofRun = [
  "run.id as run_id",
  "run.revision",
  "run.rows",
  "run.window_start",
  "run.window_end",
  "run.as_of",
] as const;

/** That a column has the value; anything where nothing was asked for. */
function has(column: string, wanted: string | null | undefined) {
  if (wanted === undefined) return sql<SqlBool>`true`;
  return wanted === null
    ? sql<SqlBool>`${sql.ref(column)} is null`
    : sql<SqlBool>`${sql.ref(column)} = ${storedText(wanted)}`;
}

function beginsWithin({ from, to }: Pick<WindowQuery, "from" | "to">) {
  const after = from === undefined ? sql`true` : sql`run.window_start >= ${moment(from)}`;
  return sql<SqlBool>`${after} and ${to === undefined ? sql`true` : sql`run.window_start < ${moment(to)}`}`;
}

export async function readHistory({ queries }: Database, query: HistoryQuery): Promise<HistoryPoint[]> {
  const { dataset, column, segment = null, of, side, name = "drift", limit = 1000 } = query;
  const matching = queries
    .selectFrom("metric")
    .innerJoin("run", "run.key", "metric.run")
    .where(has("run.dataset", dataset))
    .where(beginsWithin(query))
    .where(has("metric.name", name))
    .where(has("metric.column_name", column))
    .where(has("metric.segment", segment))
    .where(has("metric.of_name", of))
    .where(has("metric.side", side))
    .selectAll("metric")
    .select(ofRun)
    .select([lastRevision, age]);
  const rows = await queries
    .selectFrom(matching.as("found"))
    .whereRef("revision", "=", "last_revision")
    .where("age", "<=", limit)
    .orderBy("window_start")
    .orderBy("window_end")
    .orderBy("as_of")
    .orderBy("run_id")
    .orderBy("position")
    .select(["run_id", "revision", "rows", "column_name", "segment", "of_name", "side", "name", "method", "value"])
    .select(["value_text", "value_truth", "p_value", "effect", "threshold", "severity", "status", "n"])
    .select(({ ref }) => [
      toldMoment(ref("window_start")).as("window_start"),
      toldMoment(ref("window_end")).as("window_end"),
    ])
    .execute();
  return rows.map((row) => ({ ...placeOf(row), rows: row.rows, ...metricOfRow(row) }));
}

interface Place {
  readonly run_id: string;
  readonly window_start: number;
  readonly window_end: number;
  readonly revision: number;
}

function placeOf({ run_id, window_start, window_end, revision }: Place) {
  return { run: toldText(run_id), windowStart: window_start, windowEnd: window_end, revision };
}

export async function readKinds({ queries }: Database, query: WindowQuery): Promise<KindPoint[]> {
  const { dataset, column, limit = 1000 } = query;
  const matching = queries
    .selectFrom("kind")
    .innerJoin("run", "run.key", "kind.run")
    .where(has("run.dataset", dataset))
    .where(beginsWithin(query))
    .where(has("kind.column_name", column))
    .selectAll("kind")
    .select(ofRun)
    .select([lastRevision, age]);
  const rows = await queries
    .selectFrom(matching.as("found"))
    .whereRef("revision", "=", "last_revision")
    .where("age", "<=", limit)
    .orderBy("window_start")
    .orderBy("window_end")
    .orderBy("as_of")
    .orderBy("run_id")
    .orderBy("position")
    .select(["run_id", "revision"])
    .select(["column_name", "kind", "confidence", "onset", "width", "duration", "period", "amplitude"])
    .select(({ ref }) => [
      toldMoment(ref("window_start")).as("window_start"),
      toldMoment(ref("window_end")).as("window_end"),
    ])
    .execute();
  return rows.map(({ run_id, window_start, window_end, revision, ...kind }) => ({
    ...placeOf({ run_id, window_start, window_end, revision }),
    ...kindOfRow(kind),
  }));
}

export async function readRuns(
  { queries }: Database,
  { dataset, limit = 100 }: { readonly dataset?: string; readonly limit?: number },
): Promise<RunHead[]> {
  const rows = await queries
    .selectFrom("run")
    .where(has("run.dataset", dataset))
    .orderBy("window_start", "desc")
    .orderBy("revision", "desc")
    .orderBy("id")
    .limit(limit)
    .select(["id", "dataset", "model", "model_version", "revision", "rows", "late_rows", "status", "reason"])
    .select(["reference_hash", "data_hash", "config_hash", "code_version", "seconds", "drifted", "drifted_share"])
    .select(({ ref }) => [
      toldMoment(ref("window_start")).as("window_start"),
      toldMoment(ref("window_end")).as("window_end"),
      toldMoment(ref("as_of")).as("as_of"),
    ])
    .execute();
  return rows.map(runOfRow);
}

export async function readAlerts(
  { queries }: Database,
  { dataset, from, limit = 100 }: { readonly dataset?: string; readonly from?: number; readonly limit?: number },
): Promise<AlertEvent[]> {
  const rows = await queries
    .selectFrom("alert")
    .innerJoin("run", "run.key", "alert.run")
    .where(has("run.dataset", dataset))
    .where(beginsWithin({ ...(from !== undefined && { from }) }))
    .orderBy("run.window_start", "desc")
    .orderBy("run.revision", "desc")
    .orderBy("alert.position", "desc")
    .limit(limit)
    .select(["alert.id", "rule", "alert.status", "severity", "alert.dataset", "alert.model", "subject", "window_id"])
    .select(["summary", "digest", "evidence"])
    .select(({ ref }) => [toldMoment(ref("starts_at")).as("starts_at"), toldMoment(ref("ends_at")).as("ends_at")])
    .execute();
  return rows.map(alertOfRow);
}
