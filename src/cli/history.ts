/** The command `smirnov history`. */

import { metricNames } from "../metrics/vocabulary.js";
import { scoreOf } from "../monitor/scores.js";
import { suggestion } from "../statistics/suggest.js";
import type { HistoryPoint, KindPoint, MetricStore } from "../store/metric-store.js";
import type { HistoryCommand } from "./history-command.js";
import { UsageError } from "./usage-error.js";

export interface Found {
  /** Verdicts, or values of the metric that was asked for. */
  readonly points: readonly HistoryPoint[];
  /** Beside verdicts. */
  readonly scores: readonly HistoryPoint[];
  readonly kinds: readonly KindPoint[];
}

/**
 * Asks a store, which is only read.
 *
 * @throws UsageError for a dataset, column or metric of which there is nothing
 */
export async function historyOf(command: HistoryCommand): Promise<Found> {
  const { openStore } = await import("../store/open-store.js");
  const store = await openStore(command.store, { readOnly: true });
  try {
    const { dataset, column, metric, segment, from, to, limit } = command;
    const query = {
      ...{ dataset, limit },
      ...(column !== undefined && { column }),
      ...(segment !== undefined && { segment }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    };
    const points = await store.history({ ...query, name: metric ?? "drift" });
    if (points.length === 0) throw new UsageError(await nothing(store, command));
    if (metric !== undefined) return { points, scores: [], kinds: [] };
    if (segment !== undefined) {
      // Stored with all rows' verdicts only.
      return { points, scores: points.map((point) => ({ ...point, value: scoreOf(point.pValue) })), kinds: [] };
    }
    return { points, scores: await store.history({ ...query, name: "score" }), kinds: await store.kinds(query) };
  } finally {
    await store.close();
  }
}

/** Why there is nothing: what was asked for is not known, or not of that time. */
async function nothing(
  store: MetricStore,
  { dataset, column, segment, metric = "drift" }: HistoryCommand,
): Promise<string> {
  const quoted = JSON.stringify(dataset);
  const [last] = await store.runs({ dataset, limit: 1 });
  if (!last) {
    const datasets = new Set((await store.runs({ limit: 10_000 })).map((run) => run.dataset));
    const known = [...datasets].slice(0, 20).join(", ");
    return `there is no run of ${quoted}${suggestion(dataset, datasets) || (known && `; there are ${known}`)}`;
  }
  const all = await store.history({ dataset, name: metric, ...(segment !== undefined && { segment }) });
  const columns = new Set(all.flatMap((point) => point.column ?? []));
  if (all.length === 0 && segment !== undefined) {
    return `no run of ${quoted} has ${metric === "drift" ? "verdicts" : JSON.stringify(metric)} of a segment ${JSON.stringify(segment)}; segments are named as country=DE`;
  }
  if (all.length === 0 && metric === "drift") {
    return `no run of ${quoted} has a verdict; the last one: ${last.status}, ${last.reason}`;
  }
  if (all.length === 0) {
    const { runMetricNames } = await import("../store/run-of.js");
    const known = [...metricNames, ...Object.keys(runMetricNames)];
    return `no run of ${quoted} has a metric ${JSON.stringify(metric)}${suggestion(metric, known)}`;
  }
  if (column !== undefined && !columns.has(column)) {
    return `no run of ${quoted} has a column ${JSON.stringify(column)}${suggestion(column, columns)}`;
  }
  return `no run of ${quoted} began within that time`;
}

/** As a JSON document: verdicts with their scores, or values. */
export function historyJson({ dataset, column, segment, metric = "drift" }: HistoryCommand, found: Found): string {
  const scores = new Map(found.scores.map((point) => [keyOf(point), point.value]));
  const points = found.points.map((point) =>
    metric === "drift" ? { ...point, score: scores.get(keyOf(point)) ?? null } : point,
  );
  return `${JSON.stringify({ dataset, column: column ?? null, segment: segment ?? null, metric, points, kinds: found.kinds }, null, 2)}\n`;
}

export function keyOf({ run, column }: { readonly run: string; readonly column: string | null }): string {
  return JSON.stringify([run, column]);
}
