/** Store and exporters, as the configuration has them. */
import type { FastifyBaseLogger } from "fastify";
import type { Exporter } from "../exporters/exporter.js";
import type { PrometheusExporter } from "../exporters/prometheus.js";
import type { AlertEvent } from "../monitor/alert-event.js";
import type { WindowResult } from "../monitor/window-result.js";
import type { MetricStore } from "../store/metric-store.js";
import type { ByteBudget } from "./byte-budget.js";
import type { ServiceConfig } from "./config.js";
import type { Dataset } from "./dataset.js";
import type { EventHub } from "./event-hub.js";
import { type Operations, operationsOf } from "./operations.js";
import { storeOf } from "./service-store.js";

export interface Sinks {
  readonly operations: Operations;
  readonly prometheus: PrometheusExporter | null;
  readonly exporters: readonly Exporter[];
  readonly events: EventHub;
  /** `null` where nothing is stored, and before it was opened. */
  readonly store: MetricStore | null;
  /** Writes a window, or keeps it until it can be written. */
  record(result: WindowResult, alerts: readonly AlertEvent[]): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

export interface SinksOptions {
  readonly config: ServiceConfig;
  /** Of all data. */
  readonly folder: string;
  readonly log: FastifyBaseLogger;
  readonly events: EventHub;
  readonly budget: ByteBudget;
  readonly datasets: () => readonly Dataset[];
}

export async function openSinks({ config, folder, log, events, budget, datasets }: SinksOptions): Promise<Sinks> {
  const operations = operationsOf(budget, datasets);
  const { prometheus = true, opentelemetry = false, mlflow } = config.exporters ?? {};
  const scraped = prometheus === false ? null : await prometheusOf(prometheus, operations);
  const exporters: Exporter[] = scraped ? [scraped] : [];
  if (opentelemetry) {
    const { opentelemetryExporter } = await import("../exporters/opentelemetry.js");
    exporters.push(await opentelemetryExporter({ operations: operations.metrics }));
  }
  if (mlflow) {
    const { mlflowExporter } = await import("../exporters/mlflow.js");
    const onError = (err: Error) => {
      operations.metrics.exporterError("mlflow");
      log.warn({ err }, "mlflow failed");
    };
    exporters.push(await mlflowExporter({ ...mlflow, onError }));
  }
  for (const { name } of exporters) operations.metrics.exporter(name);
  for (const action of Object.keys(config.actions ?? {})) operations.metrics.alertAction(action);
  const stored = storeOf(config, { folder, log, operations });
  return {
    ...{ operations, prometheus: scraped, exporters, events },
    get store() {
      return stored?.store ?? null;
    },
    async record(result, alerts) {
      await stored?.record(result, alerts);
    },
    async open() {
      await stored?.open();
    },
    async close() {
      await stored?.close();
      for (const exporter of exporters) {
        await Promise.resolve(exporter.close()).catch((error) => log.error({ err: error }, `${exporter.name} failed`));
      }
    },
  };
}

async function prometheusOf(
  options: true | { readonly maximumSeries?: number },
  { metrics: operations }: Operations,
): Promise<PrometheusExporter> {
  const { prometheusExporter } = await import("../exporters/prometheus.js");
  return prometheusExporter({ ...(options === true ? {} : options), operations, processMetrics: true });
}
