/** Prometheus: the newest numbers of all datasets as a page that is scraped. */
import type { MetricObjectWithValues, MetricValueWithName, Registry } from "prom-client";
import { needsPackages } from "../engine/peers.js";
import type { AlertEvent } from "../monitor/alert-event.js";
import { knownOptions, truthValue } from "../statistics/option-checks.js";
import { exportedMetrics } from "./all-metrics.js";
import type { ExportedMetric, Labels } from "./exported-metric.js";
import type { Exporter } from "./exporter.js";
import type { OperationsMetrics } from "./operations-metrics.js";
import type { MetricValues } from "./recorded-values.js";
import { type SeriesOptions, seriesOptions } from "./series-options.js";
import { WindowBook } from "./window-book.js";

/** What is used of a `Registry` of prom-client. */
export interface PrometheusRegistry {
  registerMetric(metric: never): void;
  removeSingleMetric(name: string): void;
  metrics(): Promise<string>;
  readonly contentType: string;
}

export interface PrometheusOptions extends SeriesOptions {
  /** Where the metrics are registered; default one of its own. */
  readonly registry?: PrometheusRegistry;
  /** What names begin with; default `smirnov_`, which the shipped dashboards and rules expect. */
  readonly prefix?: string;
  /** Numbers of the process that runs monitors. */
  readonly operations?: OperationsMetrics;
  /** Also those of prom-client on memory, processor and event loop (`process_…`, `nodejs_…`); default false. */
  readonly processMetrics?: boolean;
}

export interface PrometheusExporter extends Exporter {
  readonly contentType: string;
  /** All metrics as text, those of others in the registry among them. */
  metrics(): Promise<string>;
  alerts(events: readonly AlertEvent[]): void;
}

/**
 * Exports windows to Prometheus, by the package prom-client. docs/exporters.md has all metrics.
 *
 * Gauges are of each dataset's newest window: a column that it does not have is gone, a number that is `null` has no
 * series. There are at most `maximumSeries` of these; `smirnov_series_dropped` tells how many were left out.
 *
 * @throws TypeError, RangeError for options that are none, Error where prom-client is not installed
 */
export async function prometheusExporter(options: PrometheusOptions = {}): Promise<PrometheusExporter> {
  const caller = "prometheusExporter";
  const own = ["registry", "prefix", "operations", "processMetrics"] as const;
  knownOptions(caller, options, ["maximumSeries", "columns", "segments", ...own]);
  const { prefix = "smirnov_", processMetrics = false, operations } = options;
  if (typeof prefix !== "string" || !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(prefix)) {
    throw new RangeError(`${caller}: prefix must be letters, digits and underscores, got ${JSON.stringify(prefix)}`);
  }
  truthValue(caller, "processMetrics", processMetrics);
  const book = new WindowBook(seriesOptions(caller, options));
  const client = await promClient(caller);
  const registry = (options.registry as Registry | undefined) ?? new client.Registry();
  const read = oncePerTurn(() => [...book.read(), ...(operations?.read() ?? [])]);

  class TableMetric extends client.Gauge {
    readonly #metric: ExportedMetric;
    readonly #name: string;

    constructor(metric: ExportedMetric) {
      const name = metric.name.replace(/^smirnov_/, prefix);
      super({ name, help: `${metric.help}.`, labelNames: [...metric.labels], registers: [registry] });
      this.#metric = metric;
      this.#name = name;
    }

    /** prom-client's own values are not used: it takes some different sets of labels for the same one. */
    override async get(): Promise<MetricObjectWithValues<MetricValueWithName<string>>> {
      const { values, ...about } = this.getForPromString();
      return {
        ...about,
        values: values.map(({ sharedLabels, labels, ...one }) => ({ ...one, labels: { ...sharedLabels, ...labels } })),
      };
    }

    /** What prom-client asks for instead where there is such a method: text of shared labels is made once. */
    getForPromString() {
      const { type, help } = this.#metric;
      const opened = registry.contentType.startsWith("application/openmetrics-text") && type === "counter";
      const name = opened ? this.#name.replace(/_total$/, "") : this.#name;
      const values = valuesOf(this.#name, name, read().get(this.#metric.name));
      return { name, help: `${help}.`, type: type as never, aggregator: "first" as const, values, collect() {} };
    }
  }
  const told = exportedMetrics.filter(({ from }) => operations !== undefined || from !== "service");
  const registered = told.map((metric) => new TableMetric(metric));
  if (processMetrics) client.collectDefaultMetrics({ register: registry });
  return {
    name: "prometheus",
    get contentType() {
      return registry.contentType;
    },
    window: (result, alerts) => book.window(result, alerts),
    alerts: (events) => book.lasting(events),
    metrics: () => registry.metrics(),
    close() {
      for (const { name } of registered as unknown as { readonly name: string }[]) registry.removeSingleMetric(name);
    },
  };
}

async function promClient(caller: string): Promise<typeof import("prom-client")> {
  try {
    return await import("prom-client");
  } catch (cause) {
    throw new Error(needsPackages(caller, ["prom-client"]), { cause });
  }
}

/** All metrics of a registry are read in one go: what they read is looked up once. */
function oncePerTurn(read: () => readonly MetricValues[]): () => ReadonlyMap<string, MetricValues> {
  let current: ReadonlyMap<string, MetricValues> | undefined;
  return () => {
    if (!current) {
      current = new Map(read().map((values) => [values.metric.name, values]));
      queueMicrotask(() => {
        current = undefined;
      });
    }
    return current;
  };
}

interface SharedValue {
  readonly metricName: string;
  readonly sharedLabels: Labels;
  readonly labels: Record<string, string>;
  readonly value: number;
}

/** @param base name of a histogram's parts without their ends */
function valuesOf(base: string, metricName: string, values: MetricValues | undefined): SharedValue[] {
  if (!values) return [];
  const { metric } = values;
  if (metric.type !== "histogram") {
    return values
      .samples()
      .map(({ base: sharedLabels, labels, value }) => ({ metricName, sharedLabels, labels, value }));
  }
  return values.histograms().flatMap(({ labels: sharedLabels, counts, sum }) => {
    let below = 0;
    const buckets = counts.map((count, index) => {
      below += count;
      const bound = metric.buckets?.[index];
      const le = bound === undefined ? "+Inf" : String(bound);
      return { metricName: `${base}_bucket`, sharedLabels, labels: { le }, value: below };
    });
    return [
      ...buckets,
      { metricName: `${base}_sum`, sharedLabels, labels: {}, value: sum },
      { metricName: `${base}_count`, sharedLabels, labels: {}, value: below },
    ];
  });
}
