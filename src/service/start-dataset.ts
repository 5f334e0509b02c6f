/** A dataset with everything around it. */
import { isAbsolute, join } from "node:path";
import type { FastifyBaseLogger } from "fastify";
import { Monitor } from "../monitor/monitor.js";
import type { MonitorOptions } from "../monitor/monitor-options.js";
import { openSpool } from "../spool/open-spool.js";
import type { ByteBudget } from "./byte-budget.js";
import type { ServiceConfig } from "./config.js";
import { datasetAlerts } from "./dataset-alerts.js";
import type { Decoder } from "./decoder.js";
import type { Intake } from "./intake-routes.js";
import type { LiveMonitor } from "./live-monitor.js";
import { openDataset } from "./open-dataset.js";
import { type Pipeline, tellWindow } from "./pipeline.js";
import { readReference } from "./read-reference.js";
import { ReportShelf } from "./report-shelf.js";
import type { Sinks } from "./sinks.js";

export interface StartOptions {
  readonly config: ServiceConfig;
  /** What relative paths begin at. */
  readonly base: string;
  /** Of this dataset. */
  readonly folder: string;
  readonly budget: ByteBudget;
  readonly log: FastifyBaseLogger;
  readonly sinks: Sinks;
  readonly decoder: Decoder;
}

const defaultReports = 50;

export async function startDataset(name: string, options: StartOptions): Promise<Intake> {
  const { config, base, folder, budget, log, sinks, decoder } = options;
  const { reference, reports = defaultReports, ...dataset } = config.datasets[name]!;
  const shelf = await ReportShelf.open(join(folder, "reports"), reports);
  const ruled = datasetAlerts(name, config, { log, operations: sinks.operations.metrics, rebaseline: null });
  const pipeline: Pipeline = {
    ...{ shelf, log, exporters: sinks.exporters, events: sinks.events },
    alerts: ruled,
    store: sinks.record,
    failed: sinks.operations.metrics.exporterError,
  };
  const monitorOptions: MonitorOptions = { ...dataset, name, onWindow: (result) => tellWindow(pipeline, result) };
  const path = reference === undefined || isAbsolute(reference) ? reference : join(base, reference);
  const opened = await openDataset({
    ...{ name, config, folder, budget, log, shelf, decoder, openSpool, readReference },
    dataset: { ...dataset, ...(path !== undefined && { reference: path }) },
    makeMonitor: (state, given) => {
      const all = { ...monitorOptions, ...(given !== undefined && { reference: given }) };
      return (state === null ? new Monitor(all) : Monitor.restore(state, all)) as unknown as LiveMonitor;
    },
    alerts: ruled,
  });
  return { ...opened, alerts: ruled, byClock: dataset.time === undefined && "duration" in dataset.window };
}
