/** The same numbers through OpenTelemetry's own SDK. */
import { metrics } from "@opentelemetry/api";
import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { opentelemetryExporter, operationsMetrics, prometheusExporter } from "smirnov/exporters";
import { afterEach, describe, expect, it } from "vitest";
import { exportedMetrics } from "../../dist/exporters/all-metrics.js";
import { readExposition } from "./exposition.ts";
import { alertOf, driftedReport, plainReport, windowOf } from "./results.ts";

const report = await driftedReport;
const plain = await plainReport;

const providers: MeterProvider[] = [];
afterEach(async () => {
  await Promise.all(providers.splice(0).map((provider) => provider.shutdown()));
  metrics.disable();
});

/** A provider, and a function that collects what it would send, by name. */
function collector() {
  const memory = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: memory, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  providers.push(provider);
  const collect = async () => {
    await provider.forceFlush();
    const all =
      memory
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
    return new Map(all.map((metric) => [metric.descriptor.name, metric]));
  };
  return { provider, meter: provider.getMeter("smirnov"), collect };
}

/**
 * The name that Prometheus gets: OpenTelemetry's "Prometheus and OpenMetrics compatibility", as the collector and the OTLP
 * receiver of Prometheus do it. For all names and units compared with github.com/prometheus/otlptranslator 1.0.0.
 */
function sentOn({ descriptor: { name, unit }, dataPointType }: MetricData): string {
  const base = name.replace(/[^a-zA-Z0-9_:]/g, "_");
  const words: { readonly [unit: string]: string } = { s: "seconds", By: "bytes" };
  const suffix = dataPointType === DataPointType.GAUGE && unit === "1" ? "ratio" : (words[unit] ?? "");
  const withUnit = suffix === "" || base.split("_").includes(suffix) ? base : `${base}_${suffix}`;
  return dataPointType === DataPointType.SUM ? `${withUnit}_total` : withUnit;
}

const otelName = (name: string) => name.replace(/^smirnov_/, "smirnov.").replace(/_total$/, "");
const labelled = (attributes: object) => JSON.stringify(Object.entries(attributes).sort());

describe("opentelemetryExporter", () => {
  it("tells the same numbers as Prometheus reads", async () => {
    const { meter, collect } = collector();
    const operations = operationsMetrics();
    const exporters = [
      await opentelemetryExporter({ meter, operations }),
      await prometheusExporter({ operations }),
    ] as const;
    operations.rowsAccepted("orders", 12);
    operations.request("/v1/:dataset/rows", "POST", 202, 0.004);
    for (const one of exporters) one.window(windowOf(report), [alertOf()]);
    const found = await collect();
    const page = readExposition(await exporters[1].metrics());
    let compared = 0;
    for (const { name, type, unit, help } of exportedMetrics) {
      const samples = page.get(name)!.samples;
      const own = found.get(otelName(name));
      if (type === "histogram" || samples.length === 0) continue;
      expect(own?.descriptor, name).toMatchObject({ unit: unit === "1" ? "" : unit, description: help });
      expect(own!.dataPointType).toBe(type === "counter" ? DataPointType.SUM : DataPointType.GAUGE);
      const points = own!.dataPoints.map(({ attributes, value }) => [labelled(attributes), value]);
      expect(new Map(points as [string, number][])).toEqual(
        new Map(samples.map(({ labels, value }) => [labelled(labels), value])),
      );
      compared += samples.length;
    }
    expect(compared).toBeGreaterThan(150);
  });

  it("has the names of Prometheus once a collector has sent them on", async () => {
    const { meter, collect } = collector();
    const operations = operationsMetrics();
    const exporter = await opentelemetryExporter({ meter, operations });
    operations.buildInfo("0.1.0", "node 20");
    operations.rowsAccepted("orders", 12);
    operations.request("/v1/:dataset/rows", "POST", 202, 0.004);
    operations.spoolBytes(10);
    operations.store(true, 0);
    exporter.window(windowOf(report), [alertOf()]);
    const found = [...(await collect()).values()].map(sentOn);
    const known = exportedMetrics.map(({ name }) => name);
    expect(found.filter((name) => !known.includes(name))).toEqual([]);
    expect(found).toContain("smirnov_drift_p_value");
    expect(found.length).toBeGreaterThan(45);
  });

  it("records times in the same buckets", async () => {
    const { meter, collect } = collector();
    const operations = operationsMetrics();
    const exporter = await opentelemetryExporter({ meter, operations });
    operations.request("/healthz", "GET", 200, 0.004);
    exporter.window(windowOf(report, { seconds: 0.02 }), []);
    exporter.window(windowOf(null, { index: 1, seconds: 0 }), []);
    exporter.window(windowOf(report, { index: 2, seconds: 90 }), []);
    const found = await collect();
    const evaluations = found.get("smirnov.evaluation_seconds") as MetricData;
    expect(evaluations.dataPoints).toMatchObject([
      {
        attributes: { dataset: "orders", model: "late-orders" },
        value: {
          count: 2,
          sum: 90.02,
          buckets: {
            boundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
            counts: [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
          },
        },
      },
    ]);
    expect(found.get("smirnov.http_request_seconds")!.dataPoints).toMatchObject([
      { attributes: { route: "/healthz" }, value: { count: 1 } },
    ]);
  });

  it("tells of alerts that fired before it began", async () => {
    const { meter, collect } = collector();
    const exporter = await opentelemetryExporter({ meter });
    exporter.alerts?.([alertOf()]);
    const found = await collect();
    expect(found.get("smirnov.alerts_firing")?.dataPoints.map(({ value }) => value)).toEqual([1]);
  });

  it("uses the process' own meter provider, and does nothing where there is none", async () => {
    const idle = await opentelemetryExporter();
    idle.window(windowOf(report), []);
    idle.close();
    const { provider, collect } = collector();
    metrics.setGlobalMeterProvider(provider);
    const exporter = await opentelemetryExporter({ maximumSeries: 200 });
    exporter.window(windowOf(plain, { dataset: "payments" }), []);
    const rows = (await collect()).get("smirnov.window_rows")!;
    expect(rows.dataPoints.map(({ attributes }) => attributes.dataset)).toEqual(["payments"]);
  });

  it("tells no service's numbers unless they are given, and nothing after it was closed", async () => {
    const { meter, collect } = collector();
    const exporter = await opentelemetryExporter({ meter });
    exporter.window(windowOf(report), []);
    expect([...(await collect()).keys()].filter((name) => /spool|http/.test(name))).toEqual([]);
    exporter.close();
    const fresh = collector();
    const closed = await opentelemetryExporter({ meter: fresh.meter });
    closed.window(windowOf(report), []);
    closed.close();
    expect([...(await fresh.collect()).keys()].filter((name) => name !== "smirnov.evaluation_seconds")).toEqual([]);
  });

  it("refuses options that are none", async () => {
    await expect(opentelemetryExporter({ maximumSeries: 1.5 })).rejects.toThrow(
      "opentelemetryExporter: maximumSeries must be a whole number of at least 100, got 1.5",
    );
    await expect(opentelemetryExporter({ url: "x" } as never)).rejects.toThrow(/there is no option "url"/);
  });
});
