/** A dataset with everything around it. */
import { isAbsolute, join } from "node:path";
import type { FastifyBaseLogger } from "fastify";
import { Monitor } from "../monitor/monitor.js";
import type { MonitorOptions } from "../monitor/monitor-options.js";
import { giveBack } from "../monitor/panes-of-stream.js";
import { openSpool } from "../spool/open-spool.js";
import type { ByteBudget } from "./byte-budget.js";
import type { ServiceConfig } from "./config.js";
import { datasetAlerts } from "./dataset-alerts.js";
import type { Decoder } from "./decoder.js";
import { decodedBody } from "./effects.js";
import type { Intake } from "./intake-routes.js";
import type { LiveMonitor } from "./live-monitor.js";
import { tableType } from "./media-types.js";
import { type OpenedDataset, openDataset } from "./open-dataset.js";
import { type Pipeline, tellWindow } from "./pipeline.js";
import { readReference } from "./read-reference.js";
import { ReportShelf } from "./report-shelf.js";
import type { Sinks } from "./sinks.js";
import { WindowRows } from "./window-rows.js";

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
  const { reference, reports = defaultReports, idle, maximumBytes, ...dataset } = config.datasets[name]!;
  const shelf = await ReportShelf.open(join(folder, "reports"), reports);
  let live: LiveMonitor | null = null;
  const windows = new WindowRows(join(folder, "windows"));
  let started: OpenedDataset | null = null;
  const ruled = datasetAlerts(name, config, {
    log,
    operations: sinks.operations.metrics,
    rebaseline: async (chosen) => {
      if (!started) throw new Error("rebaseline: the dataset is being read");
      const { rows, bytes } = await windows.together(chosen.map(({ index }) => index));
      await setReference(started, rows, bytes, budget);
      log.info({ dataset: name, windows: chosen.map(({ id }) => id), rows }, "windows that drifted are the reference");
    },
  });
  const pipeline: Pipeline = {
    ...{ shelf, log, exporters: sinks.exporters, events: sinks.events },
    alerts: ruled,
    keepRows: rebaselines(name, config)
      ? async ({ index, revision }) => {
          const rows = revision === 1 ? live?.rowsTold : null;
          if (rows) await windows.keep(index, rows).finally(() => giveBack(rows));
        }
      : null,
    store: sinks.record,
    failed: sinks.operations.metrics.exporterError,
  };
  // What has room is decided before it is accepted. What was accepted is taken, though there may be less room by now.
  const maximumRows = 2 ** 31;
  const monitorOptions: MonitorOptions = {
    ...dataset,
    maximumRows,
    name,
    onWindow: (result) => tellWindow(pipeline, result),
  };
  const path = reference === undefined || isAbsolute(reference) ? reference : join(base, reference);
  const opened = await openDataset({
    ...{ name, config, folder, budget, log, shelf, decoder, openSpool, readReference },
    dataset: {
      ...dataset,
      ...(idle !== undefined && { idle }),
      ...(maximumBytes !== undefined && { maximumBytes }),
      ...(path !== undefined && { reference: path }),
    },
    makeMonitor: (state, given) => {
      for (const exporter of sinks.exporters) exporter.alerts?.(ruled.firing());
      const all = { ...monitorOptions, ...(given !== undefined && { reference: given }) };
      live = state === null ? new Monitor(all) : Monitor.restore(state, all);
      return live;
    },
    alerts: ruled,
  });
  started = opened;
  return { ...opened, alerts: ruled, byClock: dataset.time === undefined && "duration" in dataset.window };
}

/** Whether an action of the dataset's rules makes windows its reference. */
function rebaselines(name: string, { alerts = [], actions = {} }: ServiceConfig): boolean {
  return alerts.some(({ datasets, actions: named = [] }) => {
    if (datasets && !datasets.includes(name)) return false;
    return named.some((one) => {
      const action = actions[one];
      return action?.action === "retrain" && action.rebaseline === "drifted-windows";
    });
  });
}

/** As if it had been sent: it is in the spool, between the rows that came before and after. */
async function setReference(
  { dataset, context }: OpenedDataset,
  rows: number,
  bytes: Uint8Array,
  budget: ByteBudget,
): Promise<void> {
  const { effect } = await decodedBody("reference", tableType, bytes, context);
  budget.add(bytes.length);
  await dataset.append({ kind: "reference", type: tableType, rows }, bytes, bytes.length, effect);
}
