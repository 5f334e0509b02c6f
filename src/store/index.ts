/** Results in a database. */
export type { HistoryPoint, HistoryQuery, KindRecord, MetricRecord, MetricStore, RunRecord } from "./metric-store.js";
