/** What a service tells of itself; exporters read it. */

import { operationsTable } from "./operations-table.js";
import { type MetricValues, RecordedValues, SeriesBudget } from "./recorded-values.js";

export type OperationsName = (typeof operationsTable)[number]["name"];

/** In words, by status code. */
const reasons: { readonly [status: number]: string } = {
  400: "malformed",
  401: "unauthenticated",
  403: "forbidden",
  404: "unknown-dataset",
  408: "slow",
  409: "conflict",
  413: "too-large",
  415: "media-type",
  422: "unusable",
  429: "back-pressure",
  500: "error",
  503: "unavailable",
  507: "disk-full",
};

/** Of all metrics together; more are left out. */
const mostSeries = 5_000;

/**
 * Numbers of a running service, which exporters are given (`prometheusExporter({ operations })`). All calls are cheap and
 * never throw; numbers that are not finite are left out.
 */
export interface OperationsMetrics {
  buildInfo(version: string, runtime: string): void;
  rowsAccepted(dataset: string, rows: number): void;
  /** A body was answered with an error; of a dataset that is not known its name is not kept. */
  rejected(dataset: string, status: number): void;
  /** @param route the pattern, `/v1/:dataset/rows`, never the path itself */
  request(route: string, method: string, status: number, seconds: number): void;
  spoolBytes(bytes: number): void;
  pendingBytes(bytes: number): void;
  pendingWindows(dataset: string, windows: number): void;
  /** @param time milliseconds since 1970 */
  watermark(dataset: string, time: number): void;
  store(up: boolean, waitingRuns: number): void;
  /** There is such an action, or such an exporter: what it fails in counts from 0, so that the first failure is an increase. */
  alertAction(action: string): void;
  exporter(name: string): void;
  alertDelivery(action: string, delivered: boolean): void;
  exporterError(exporter: string): void;
  /** Called before the numbers are read, to set those that are looked up only then. */
  beforeReading(update: () => void): void;
  /** Of all metrics, as they are now. */
  read(): readonly MetricValues[];
  /** Called with each value of a histogram as it comes. @returns a function that ends it */
  onObservation(listener: (name: OperationsName, labels: readonly string[], value: number) => void): () => void;
}

export function operationsMetrics(): OperationsMetrics {
  const budget = new SeriesBudget(mostSeries);
  const values = new Map(operationsTable.map((metric) => [metric.name, new RecordedValues(metric, budget)]));
  const updates: (() => void)[] = [];
  const listeners = new Set<(name: OperationsName, labels: readonly string[], value: number) => void>();
  const set = (name: OperationsName, labels: readonly string[], value: number) => {
    if (Number.isFinite(value)) values.get(name)?.set(labels, value);
  };
  const add = (name: OperationsName, labels: readonly string[], amount: number) => {
    if (Number.isFinite(amount) && amount >= 0) values.get(name)?.add(labels, amount);
  };
  const observe = (name: OperationsName, labels: readonly string[], value: number) => {
    if (!Number.isFinite(value)) return;
    values.get(name)?.observe(labels, value);
    for (const listener of listeners) listener(name, labels, value);
  };
  return {
    buildInfo: (version, runtime) => set("smirnov_build_info", [version, runtime], 1),
    rowsAccepted: (dataset, rows) => add("smirnov_rows_accepted_total", [dataset], rows),
    rejected: (dataset, status) => {
      add("smirnov_bodies_rejected_total", [status === 404 ? "" : dataset, reasons[status] ?? String(status)], 1);
    },
    request: (route, method, status, seconds) => {
      add("smirnov_http_requests_total", [route, method, String(status)], 1);
      observe("smirnov_http_request_seconds", [route], seconds);
    },
    spoolBytes: (bytes) => set("smirnov_spool_bytes", [], bytes),
    pendingBytes: (bytes) => set("smirnov_pending_bytes", [], bytes),
    pendingWindows: (dataset, windows) => set("smirnov_pending_windows", [dataset], windows),
    watermark: (dataset, time) => set("smirnov_watermark_timestamp_seconds", [dataset], time / 1_000),
    store: (up, waitingRuns) => {
      set("smirnov_store_up", [], up ? 1 : 0);
      set("smirnov_store_waiting_runs", [], waitingRuns);
    },
    alertAction: (action) => {
      for (const outcome of ["delivered", "failed"]) add("smirnov_alert_deliveries_total", [action, outcome], 0);
    },
    exporter: (name) => add("smirnov_exporter_errors_total", [name], 0),
    alertDelivery: (action, delivered) => {
      add("smirnov_alert_deliveries_total", [action, "delivered"], delivered ? 1 : 0);
      add("smirnov_alert_deliveries_total", [action, "failed"], delivered ? 0 : 1);
    },
    exporterError: (exporter) => add("smirnov_exporter_errors_total", [exporter], 1),
    beforeReading: (update) => {
      updates.push(update);
    },
    read: () => {
      for (const update of updates) update();
      return [...values.values()];
    },
    onObservation: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
