/** Alerts of a dataset, as the configuration has them. */
import type { FastifyBaseLogger } from "fastify";
import { type Alerts, alerts } from "../alerts/alerts.js";
import type { WindowReferenced } from "../alerts/evidence.js";
import type { OperationsMetrics } from "../exporters/operations-metrics.js";
import type { ServiceConfig } from "./config.js";

export interface DatasetAlertsOptions {
  readonly log: FastifyBaseLogger;
  readonly operations: OperationsMetrics;
  /** Makes windows the reference; `null`: that cannot be done. */
  readonly rebaseline: ((windows: readonly WindowReferenced[]) => Promise<void>) | null;
}

/** Rules that name datasets are of these alone. Each dataset has its own, so that its state is written with the dataset's. */
export function datasetAlerts(
  name: string,
  { alerts: all = [], actions = {} }: ServiceConfig,
  { log, operations, rebaseline }: DatasetAlertsOptions,
): Alerts {
  const rules = all.filter(({ datasets }) => !datasets || datasets.includes(name));
  return alerts(
    { rules, actions },
    {
      ...(rebaseline && { rebaseline: (_: string, windows: readonly WindowReferenced[]) => rebaseline(windows) }),
      onDelivered: (action) => operations.alertDelivery(action, true),
      onFailure: (failure) => {
        operations.alertDelivery(failure.action, false);
        log.warn(failure, "an alert could not be told");
      },
    },
  );
}
