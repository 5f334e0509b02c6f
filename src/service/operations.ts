/** What the service tells of itself, in the numbers of the exporters. */
import { version } from "../engine/version.js";
import { type OperationsMetrics, operationsMetrics } from "../exporters/operations-metrics.js";
import type { ByteBudget } from "./byte-budget.js";
import type { Dataset } from "./dataset.js";

export interface Operations {
  readonly metrics: OperationsMetrics;
  readonly accepted: (dataset: string, rows: number) => void;
  readonly rejected: (dataset: string, status: number) => void;
  readonly request: (route: string, method: string, status: number, seconds: number) => void;
}

export function operationsOf(budget: ByteBudget, datasets: () => readonly Dataset[]): Operations {
  const metrics = operationsMetrics();
  metrics.buildInfo(version, `node ${process.versions.node}`);
  metrics.beforeReading(() => {
    metrics.pendingBytes(budget.used);
    metrics.spoolBytes(datasets().reduce((sum, { parts }) => sum + parts.spool.bytes, 0));
    for (const { name, parts } of datasets()) {
      metrics.pendingWindows(name, parts.monitor.pending);
      const { watermark } = parts.monitor;
      if (watermark !== null) metrics.watermark(name, watermark);
    }
  });
  return {
    metrics,
    accepted: metrics.rowsAccepted,
    rejected: metrics.rejected,
    request: metrics.request,
  };
}
