/** The store of a service: runs wait on the disk while the database is away, and old ones are forgotten. */
import { isAbsolute, join } from "node:path";
import type { FastifyBaseLogger } from "fastify";
import type { AlertEvent } from "../monitor/alert-event.js";
import { milliseconds } from "../monitor/duration.js";
import type { WindowResult } from "../monitor/window-result.js";
import { configHash } from "../store/config-hash.js";
import { openStore } from "../store/open-store.js";
import { runOf } from "../store/run-of.js";
import { type SpoolingStore, spoolingStore } from "../store/spooling-store.js";
import type { ServiceConfig } from "./config.js";
import type { Operations } from "./operations.js";

export interface ServiceStore {
  /** `null` before it was opened. */
  readonly store: SpoolingStore | null;
  record(result: WindowResult, alerts: readonly AlertEvent[]): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

const pruneEvery = 3_600_000;

/** @returns null where nothing is stored */
export function storeOf(
  config: ServiceConfig,
  {
    folder,
    log,
    operations,
  }: { readonly folder: string; readonly log: FastifyBaseLogger; readonly operations: Operations },
): ServiceStore | null {
  const { store: url = "duckdb:metrics.duckdb", retention = "400d" } = config;
  if (url === "none") return null;
  const hashes = new Map(Object.entries(config.datasets).map(([name, dataset]) => [name, configHash(dataset)]));
  let store: SpoolingStore | null = null;
  let timer: NodeJS.Timeout | null = null;
  /** Whether it was reached, before a run was to be written as well. */
  let reached = true;
  const reach = async (opened: SpoolingStore): Promise<void> => {
    try {
      await opened.runs({ limit: 1 });
    } catch (error) {
      reached = false;
      const why = error instanceof Error ? error.message : String(error);
      log.warn({ why }, "the store does not answer: runs wait on the disk until it does");
    }
  };
  const prune = async (): Promise<void> => {
    try {
      const runs = await store?.prune(Date.now() - milliseconds("retention", retention));
      if (runs) log.info({ runs }, "old runs were forgotten");
    } catch (error) {
      log.warn({ err: error }, "old runs could not be forgotten");
    }
  };
  operations.metrics.beforeReading(() => {
    if (store) operations.metrics.store(reached && store.lastError === null, store.waiting);
  });
  return {
    get store() {
      return store;
    },
    async record(result, alerts) {
      const hash = hashes.get(result.dataset);
      await store?.record(runOf(result, { alerts, ...(hash !== undefined && { configHash: hash }) }));
      // What became of a run says it from now on.
      reached = true;
    },
    async open() {
      store = await spoolingStore(() => openStore(placed(url, folder)), join(folder, "store"), {
        log: (level, message) => log[level](message),
      });
      timer = setInterval(prune, pruneEvery).unref();
      // Not waited for: the service does not need it to take rows.
      void reach(store);
    },
    async close() {
      if (timer) clearInterval(timer);
      await store?.close();
    },
  };
}

/** Files lie in the data folder, unless their path says otherwise. */
function placed(url: string, folder: string): string {
  const path = /^duckdb:(?!:memory:)(.+)$/.exec(url)?.[1];
  return path === undefined || isAbsolute(path) ? url : `duckdb:${join(folder, path)}`;
}
