/** Results in a database. */

export { configHash } from "./config-hash.js";
export type { KeptMetrics } from "./metric-records.js";
export type {
  HistoryPoint,
  HistoryQuery,
  KindPoint,
  KindRecord,
  MetricRecord,
  MetricStore,
  RunHead,
  RunRecord,
  WindowQuery,
} from "./metric-store.js";
export { openStore, type StoreOptions } from "./open-store.js";
export { type ReportFacts, type RunFacts, runOf, runOfReport } from "./run-of.js";
export { type SpoolingOptions, type SpoolingStore, spoolingStore } from "./spooling-store.js";
export { type Blame, StoreError } from "./store-error.js";
