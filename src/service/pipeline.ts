/** Whoever is told of windows, one after the other. One that fails is logged, and holds up no other. */
import type { FastifyBaseLogger } from "fastify";
import type { Alerts } from "../alerts/alerts.js";
import type { Exporter } from "../exporters/exporter.js";
import type { AlertEvent } from "../monitor/alert-event.js";
import type { WindowResult } from "../monitor/window-result.js";
import type { EventHub } from "./event-hub.js";
import type { ReportShelf } from "./report-shelf.js";
import { windowSummary } from "./window-summary.js";

export interface Pipeline {
  readonly shelf: ReportShelf;
  readonly alerts: Alerts;
  /** Keeps the rows of a window; `null` where nobody will ask for them. */
  readonly keepRows: ((result: WindowResult) => Promise<void>) | null;
  /** Writes the run, or keeps it until it can be written. */
  readonly store: (result: WindowResult, alerts: readonly AlertEvent[]) => Promise<void>;
  readonly exporters: readonly Exporter[];
  readonly events: EventHub;
  readonly log: FastifyBaseLogger;
  /** Called with the name of an exporter that could not tell a window. */
  readonly failed: (exporter: string) => void;
}

export async function tellWindow(pipeline: Pipeline, result: WindowResult): Promise<void> {
  const { shelf, exporters, events, log, failed } = pipeline;
  const summary = windowSummary(result);
  const guarded = async <T>(name: string, work: () => T | Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      log.error({ err: error, dataset: result.dataset, window: result.id }, `${name} failed`);
      return otherwise;
    }
  };
  await guarded("keeping the report", () => shelf.add(result), undefined);
  await guarded("keeping the rows", () => pipeline.keepRows?.(result), undefined);
  const alerts = await guarded("alerts", () => pipeline.alerts.window(result), []);
  await guarded("the store", () => pipeline.store(result, alerts), undefined);
  await guarded("alerts", () => pipeline.alerts.dispatch(alerts), undefined);
  for (const exporter of exporters) {
    await guarded(
      exporter.name,
      async () => {
        await Promise.resolve(exporter.window(result, alerts)).catch((error) => {
          failed(exporter.name);
          throw error;
        });
      },
      undefined,
    );
  }
  events.send({ type: "window", dataset: result.dataset, data: summary });
  for (const alert of alerts) events.send({ type: "alert", dataset: result.dataset, data: alert });
  const { dataset, id, rows, late, status, drifted, columns, seconds } = summary;
  log.info(
    { dataset, window: id, rows, late, status, drifted, columns: columns.slice(0, 10), alerts: alerts.length, seconds },
    result.report?.dataset.reason ?? summary.reason,
  );
}
