/** A real Prometheus scrapes what is exported, and answers every query of the dashboards. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { operationsMetrics, type PrometheusExporter, prometheusExporter } from "smirnov/exporters";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at } from "../house/repository.ts";
import { hasPrometheus, type PrometheusServer, startPrometheus } from "../servers/prometheus.ts";
import { dashboardQueries } from "./dashboards.ts";
import { readExposition } from "./exposition.ts";
import { alertOf, driftedReport, windowOf } from "./results.ts";

/** Names that are hard to write. */
const hostile = ["line\nfeed", 'quo"te', "back\\slash", "😀 名", "lone \ud83d", "nul \0", "y".repeat(10_000)];

describe.skipIf(!hasPrometheus)("a Prometheus that scrapes the exporter", () => {
  let exporter: PrometheusExporter;
  let server: Server;
  let prometheus: PrometheusServer;

  beforeAll(async () => {
    const report = await driftedReport;
    const operations = operationsMetrics();
    exporter = await prometheusExporter({ operations, processMetrics: true });
    operations.buildInfo("0.1.0", "node 20");
    operations.rowsAccepted("orders", 900);
    operations.rejected("orders", 413);
    operations.request("/v1/:dataset/rows", "POST", 202, 0.004);
    operations.spoolBytes(1_000);
    operations.pendingBytes(100);
    operations.pendingWindows("orders", 1);
    operations.watermark("orders", Date.UTC(2026, 10, 26, 10));
    operations.store(true, 0);
    operations.alertDelivery("hook", true);
    operations.exporterError("mlflow");
    exporter.window(windowOf(report), [alertOf()]);
    const columns = Object.fromEntries(hostile.map((name) => [name, report.columns.price!]));
    exporter.window(windowOf({ ...report, columns }, { dataset: "hostile", model: null }), []);
    server = createServer(async (_, response) => {
      // Each page is later than the one before.
      operations.request("/v1/:dataset/rows", "POST", 202, 0.004);
      exporter.window(windowOf(report, { seconds: 0.02 }), []);
      response.setHeader("content-type", exporter.contentType).end(await exporter.metrics());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const rules = [at("docs/prometheus/alerts.yml")];
    prometheus = await startPrometheus({ target: `127.0.0.1:${port}`, rules });
  });

  afterAll(async () => {
    await prometheus?.stop();
    server?.closeAllConnections();
    server?.close();
    exporter?.close();
  });

  it("answers every query of the dashboards with data", async () => {
    const without: string[] = [];
    for (const { of, promql } of dashboardQueries) {
      const found = await prometheus.query(promql);
      if (found.length === 0) without.push(`${of}: ${promql}`);
    }
    expect(without).toEqual([]);
    expect(dashboardQueries.length).toBeGreaterThan(80);
  });

  it("reads every number as it was written", async () => {
    const page = readExposition(await exporter.metrics());
    const { samples } = page.get("smirnov_drift_p_value")!;
    const found = await prometheus.query("smirnov_drift_p_value");
    const key = (labels: Readonly<Record<string, string>>) => `${labels.dataset}/${labels.column}`;
    const read = new Map(found.map(({ metric, value }) => [key(metric), Number(value[1])]));
    expect(read).toEqual(new Map(samples.map(({ labels, value }) => [key(labels), value])));
    expect(read.size).toBeGreaterThan(hostile.length + 4);
  });

  it("can evaluate every rule of alerts, and fires what should fire", async () => {
    interface Group {
      readonly rules: readonly { readonly name: string; readonly health: string; readonly lastError?: string }[];
    }
    const rulesOf = async () => ((await prometheus.api("rules")) as { readonly groups: readonly Group[] }).groups;
    await expect
      .poll(async () => (await rulesOf()).flatMap(({ rules }) => rules).filter(({ health }) => health === "unknown"), {
        interval: 500,
      })
      .toEqual([]);
    const rules = (await rulesOf()).flatMap((group) => group.rules);
    expect(rules.filter(({ health }) => health !== "ok")).toEqual([]);
    const firing = await prometheus.query('ALERTS{alertname="SmirnovDatasetDrifted", alertstate="firing"}');
    expect(firing.map(({ metric }) => metric.dataset).sort()).toEqual(["hostile", "orders"]);
  });

  it("has no gaps: no scrape failed", async () => {
    expect((await prometheus.query("min_over_time(up[5m])")).map(({ value }) => value[1])).toEqual(["1"]);
    expect(await prometheus.query("scrape_samples_scraped != scrape_samples_post_metric_relabeling")).toEqual([]);
  });
});
