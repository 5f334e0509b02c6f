/** Asks a database for what was written. */
import { type SqlBool, sql } from "kysely";
import type { AlertEvent } from "../monitor/alert-event.js";
import type { Database } from "./databases/database.js";
import { moment, toldMoment } from "./expressions.js";
import type { HistoryPoint, HistoryQuery, KindPoint, RunHead, WindowQuery } from "./metric-store.js";
import { alertOfRow, kindOfRow, metricOfRow, runOfRow } from "./rows.js";
import { storedText, toldText } from "./texts.js";

/** How many windows came later, from 1. */
const age = sql<number>`dense_rank() over (order by window_start desc, window_end desc, window_key)`.as("age");
/** Of those revisions of a window that have what was asked. */
const lastRevision = sql<number>`max(recent.revision) over (partition by recent.window_key)`.as("last_revision");

/** That a column has the value; anything where nothing was asked for. */
function has(column: string, wanted: string | null | undefined) {
  if (wanted === undefined) return sql<SqlBool>`true`;
  return wanted === null
    ? sql<SqlBool>`${sql.ref(column)} is null`
    : sql<SqlBool>`${sql.ref(column)} = ${storedText(wanted)}`;
}

function beginsWithin({ from, to }: Pick<WindowQuery, "from" | "to">) {
  const after = from === undefined ? sql`true` : sql`window_start >= ${moment(from)}`;
  return sql<SqlBool>`${after} and ${to === undefined ? sql`true` : sql`window_start < ${moment(to)}`}`;
}

/** The runs of the latest windows. */
function recentRuns(queries: Database["queries"], { dataset, limit = 1000, ...times }: WindowQuery) {
  const runs = queries
    .selectFrom("run")
    .where(has("dataset", dataset))
    .where(beginsWithin(times))
    .select(["key", "id as run_id", "window_key", "revision", "rows", "window_start", "window_end", "as_of"])
    .select(age);
  return queries.selectFrom(runs.as("aged")).selectAll().where("age", "<=", limit).as("recent");
}

export async function readHistory({ queries }: Database, query: HistoryQuery): Promise<HistoryPoint[]> {
  const { column, segment = null, of, side, name = "drift" } = query;
  const matching = queries
    .selectFrom(recentRuns(queries, query))
    .innerJoin("metric", "metric.run", "recent.key")
    .where(has("metric.name", name))
    .where(has("metric.column_name", column))
    .where(has("metric.segment", segment))
    .where(has("metric.of_name", of))
    .where(has("metric.side", side))
    .selectAll("metric")
    .select(["run_id", "revision", "rows", "window_start", "window_end", "as_of"])
    .select(lastRevision);
  const rows = await queries
    .selectFrom(matching.as("found"))
    .whereRef("revision", "=", "last_revision")
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
  const matching = queries
    .selectFrom(recentRuns(queries, query))
    .innerJoin("kind", "kind.run", "recent.key")
    .where(has("kind.column_name", query.column))
    .selectAll("kind")
    .select(["run_id", "revision", "window_start", "window_end", "as_of"])
    .select(lastRevision);
  const rows = await queries
    .selectFrom(matching.as("found"))
    .whereRef("revision", "=", "last_revision")
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
