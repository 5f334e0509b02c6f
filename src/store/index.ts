/** Results in a database. */
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
export { type Blame, StoreError } from "./store-error.js";
