/** OpenTelemetry: the same numbers through a meter, whatever the process sends its metrics to. */
import type { BatchObservableResult, Histogram, Meter, MetricOptions, Observable } from "@opentelemetry/api";
import { needsPackages } from "../engine/peers.js";
import { knownOptions } from "../statistics/option-checks.js";
import { exportedMetrics } from "./all-metrics.js";
import { allLabels, type ExportedMetric } from "./exported-metric.js";
import type { Exporter } from "./exporter.js";
import type { OperationsMetrics } from "./operations-metrics.js";
import { labelsOf } from "./recorded-values.js";
import { type SeriesOptions, seriesOptions } from "./series-options.js";
import { WindowBook } from "./window-book.js";
import { modelNameOf } from "./window-series.js";

/** What is used of a `Meter` of @opentelemetry/api. */
export interface OpenTelemetryMeter {
  createHistogram(name: string, options?: object): unknown;
  createObservableGauge(name: string, options?: object): unknown;
  createObservableCounter(name: string, options?: object): unknown;
  addBatchObservableCallback(callback: never, observables: never): void;
  removeBatchObservableCallback(callback: never, observables: never): void;
}

export interface OpenTelemetryOptions extends SeriesOptions {
  /** Default: that of the process' own meter provider, named `smirnov`; where there is none, nothing happens. */
  readonly meter?: OpenTelemetryMeter;
  /** Numbers of the process that runs monitors. */
  readonly operations?: OperationsMetrics;
}

/**
 * Exports windows through OpenTelemetry, by the package @opentelemetry/api. Names are those of Prometheus with a dot
 * behind `smirnov` and without `_total`, which collectors turn back into the same; labels are attributes.
 *
 * @throws TypeError, RangeError for options that are none, Error where @opentelemetry/api is not installed
 */
export async function opentelemetryExporter(options: OpenTelemetryOptions = {}): Promise<Exporter> {
  const caller = "opentelemetryExporter";
  knownOptions(caller, options, ["maximumSeries", "columns", "segments", "meter", "operations"]);
  const { operations } = options;
  const book = new WindowBook(seriesOptions(caller, options));
  const meter = (options.meter as Meter | undefined) ?? (await api(caller)).metrics.getMeter("smirnov");
  const told = exportedMetrics.filter(({ from }) => operations !== undefined || from !== "service");
  const observables = new Map<string, Observable>();
  const histograms = new Map<string, { readonly metric: ExportedMetric; readonly instrument: Histogram }>();
  for (const metric of told) {
    const { name, type } = metric;
    if (type === "histogram") histograms.set(name, { metric, instrument: histogramOf(meter, metric) });
    else if (type === "counter") observables.set(name, meter.createObservableCounter(...instrumentOf(metric)));
    else observables.set(name, meter.createObservableGauge(...instrumentOf(metric)));
  }
  const record = (name: string, labels: readonly string[], value: number) => {
    const found = histograms.get(name);
    found?.instrument.record(value, labelsOf(found.metric, labels));
  };
  const observe = (result: BatchObservableResult) => {
    for (const values of [...book.read(), ...(operations?.read() ?? [])]) {
      const instrument = observables.get(values.metric.name);
      if (!instrument) continue;
      for (const sample of values.samples()) result.observe(instrument, sample.value, allLabels(sample));
    }
  };
  const watched = [...observables.values()];
  meter.addBatchObservableCallback(observe, watched);
  const end = operations?.onObservation(record);
  return {
    name: "opentelemetry",
    window(result, alerts) {
      book.window(result, alerts);
      if (result.status !== "compared" && result.status !== "failed") return;
      record("smirnov_evaluation_seconds", [result.dataset, modelNameOf(result)], result.seconds);
    },
    alerts: (events) => book.lasting(events),
    close() {
      end?.();
      meter.removeBatchObservableCallback(observe, watched);
    },
  };
}

/** A unit of 1 is not told: collectors would take each such gauge for a ratio, and append `_ratio` to its name. */
function instrumentOf({ name, unit, help }: ExportedMetric): [string, MetricOptions] {
  const options = { description: help, ...(unit !== "1" && { unit }) };
  return [name.replace(/^smirnov_/, "smirnov.").replace(/_total$/, ""), options];
}

function histogramOf(meter: Meter, metric: ExportedMetric): Histogram {
  const [name, options] = instrumentOf(metric);
  return meter.createHistogram(name, { ...options, advice: { explicitBucketBoundaries: [...(metric.buckets ?? [])] } });
}

async function api(caller: string): Promise<typeof import("@opentelemetry/api")> {
  try {
    return await import("@opentelemetry/api");
  } catch (cause) {
    throw new Error(needsPackages(caller, ["@opentelemetry/api"]), { cause });
  }
}
