/** All metrics that are exported. */
import { changeTable } from "./change-table.js";
import { columnTable } from "./column-table.js";
import { eventTable } from "./event-table.js";
import type { ExportedMetric } from "./exported-metric.js";
import { knownTable, modelTable } from "./model-table.js";
import { operationsTable } from "./operations-table.js";
import { verdictTable, windowTable } from "./window-table.js";

const described = ({ name, type, unit, labels, help, from, buckets }: ExportedMetric): ExportedMetric => ({
  name,
  type,
  unit,
  labels: [...labels],
  help,
  from,
  ...(buckets && { buckets: [...buckets] }),
});

/** In the order of docs/exporters.md. */
export const windowMetrics: readonly ExportedMetric[] = [
  ...[...windowTable, ...eventTable, ...verdictTable, ...changeTable, ...columnTable, ...modelTable, ...knownTable].map(
    described,
  ),
];

/** Of the process that runs monitors. */
export const processMetrics: readonly ExportedMetric[] = operationsTable.map(described);

export const exportedMetrics: readonly ExportedMetric[] = [...windowMetrics, ...processMetrics];
