/** Writes runs, and forgets them. */
import type { Database } from "./databases/database.js";
import { moment } from "./expressions.js";
import type { RunRecord } from "./metric-store.js";
import { alertRow, kindRow, metricRow, runRow } from "./rows.js";
import { keyOf } from "./run-key.js";

/** All of a run or nothing; nothing where it is there already. */
export async function writeRun(database: Database, run: RunRecord): Promise<void> {
  const key = keyOf(run.id);
  await database.queries.transaction().execute(async (transaction) => {
    const added = await transaction
      .insertInto("run")
      .values(runRow(run))
      .onConflict((conflict) => conflict.column("key").doNothing())
      .returning("id")
      .execute();
    if (added.length === 0) return;
    if (run.metrics.length > 0) await database.insertMetrics(transaction, key, run.metrics.map(metricRow));
    for (const kinds of parts(run.kinds.map((kind, k) => kindRow(kind, key, k)))) {
      await transaction.insertInto("kind").values(kinds).execute();
    }
    for (const alerts of parts(run.alerts.map((alert, k) => alertRow(alert, key, k)))) {
      await transaction.insertInto("alert").values(alerts).execute();
    }
  });
}

/** Rows of a statement: each has up to 15 parameters, of which PostgreSQL takes 65 535. */
const rowsTogether = 500;

function* parts<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += rowsTogether) yield rows.slice(at, at + rowsTogether);
}

/** Runs that are forgotten in one transaction, so that none takes long. */
const runsTogether = 50;

/** @returns how many runs */
export async function pruneRuns({ queries, reclaim }: Database, before: number): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const keys = await queries
      .selectFrom("run")
      .select("key")
      .where("window_end", "<", moment(before))
      .limit(runsTogether)
      .execute();
    if (keys.length === 0) break;
    const some = keys.map(({ key }) => key);
    forgotten += await queries.transaction().execute(async (transaction) => {
      for (const table of ["metric", "kind", "alert"] as const) {
        await transaction.deleteFrom(table).where("run", "in", some).execute();
      }
      const [deleted] = await transaction.deleteFrom("run").where("key", "in", some).execute();
      return Number(deleted?.numDeletedRows ?? 0);
    });
  }
  if (forgotten > 0) await reclaim();
  return forgotten;
}
