/** The store over one of the databases. SQL is made by Kysely: names and values are parameters, never parts of it. */
import { checkCount, checkMoment, checkRun, checkWindowQuery } from "./check-run.js";
import type { Database } from "./databases/database.js";
import type { MetricStore } from "./metric-store.js";
import { readAlerts, readHistory, readKinds, readRuns } from "./read-runs.js";
import { StoreError, storeError } from "./store-error.js";
import { pruneRuns, writeRun } from "./write-run.js";

interface Surroundings {
  readonly readOnly: boolean;
  /** Takes passwords out of messages. */
  readonly hide: (text: string) => string;
}

export function sqlStore(database: Database, { readOnly, hide }: Surroundings): MetricStore {
  let closed: Promise<void> | undefined;
  const told = async <T>(caller: string, work: () => Promise<T>): Promise<T> => {
    if (closed) throw new StoreError(`${caller}: the store is closed`, "unknown");
    try {
      return await work();
    } catch (error) {
      throw storeError(caller, error, hide);
    }
  };
  const writing = async <T>(caller: string, work: () => Promise<T>): Promise<T> => {
    if (readOnly) throw new StoreError(`${caller}: the store was opened for reading only`, "unknown");
    return told(caller, work);
  };
  return {
    async record(run) {
      checkRun("record", run);
      await writing("record", () => writeRun(database, run));
    },
    async history(query) {
      checkWindowQuery("history", query);
      return told("history", () => readHistory(database, query));
    },
    async kinds(query) {
      checkWindowQuery("kinds", query);
      return told("kinds", () => readKinds(database, query));
    },
    async runs(query = {}) {
      checkCount("runs", "limit", query.limit);
      return told("runs", () => readRuns(database, query));
    },
    async alerts(query = {}) {
      checkCount("alerts", "limit", query.limit);
      if (query.from !== undefined) checkMoment("alerts: from", query.from);
      return told("alerts", () => readAlerts(database, query));
    },
    async prune(before) {
      checkMoment("prune: before", before);
      return writing("prune", () => pruneRuns(database, before));
    },
    close() {
      closed ??= database.queries.destroy();
      return closed;
    },
  };
}
