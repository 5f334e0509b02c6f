/** What a service tells of itself. */
import { type OperationsMetrics, operationsMetrics, prometheusExporter } from "smirnov/exporters";
import { describe, expect, it } from "vitest";
import { processMetrics } from "../../dist/exporters/all-metrics.js";
import { readExposition } from "./exposition.ts";

async function pageOf(operations: OperationsMetrics) {
  const exporter = await prometheusExporter({ operations });
  return readExposition(await exporter.metrics());
}

describe("operationsMetrics", () => {
  it("are told under their names", async () => {
    const operations = operationsMetrics();
    operations.buildInfo("0.1.0", "node 20");
    operations.rowsAccepted("orders", 100);
    operations.rowsAccepted("orders", 20);
    operations.rejected("orders", 413);
    operations.rejected("orders", 418);
    operations.request("/v1/:dataset/rows", "POST", 202, 0.003);
    operations.spoolBytes(1_000);
    operations.spoolBytes(10);
    operations.pendingBytes(7);
    operations.pendingWindows("orders", 2);
    operations.watermark("orders", 1_500);
    operations.store(false, 12);
    operations.alertDelivery("hook", true);
    operations.alertDelivery("hook", false);
    operations.exporterError("mlflow");
    const page = await pageOf(operations);
    const told = processMetrics.flatMap(({ name, type }) => {
      const samples = page
        .get(name)!
        .samples.filter((sample) => type !== "histogram" || /_(sum|count)$/.test(sample.name));
      return samples.map((sample) => [sample.name, Object.values(sample.labels).join(" "), sample.value]);
    });
    expect(told).toEqual([
      ["smirnov_build_info", "0.1.0 node 20", 1],
      ["smirnov_rows_accepted_total", "orders", 120],
      ["smirnov_bodies_rejected_total", "orders too-large", 1],
      ["smirnov_bodies_rejected_total", "orders 418", 1],
      ["smirnov_http_requests_total", "/v1/:dataset/rows POST 202", 1],
      ["smirnov_http_request_seconds_sum", "/v1/:dataset/rows", 0.003],
      ["smirnov_http_request_seconds_count", "/v1/:dataset/rows", 1],
      ["smirnov_spool_bytes", "", 10],
      ["smirnov_pending_bytes", "", 7],
      ["smirnov_pending_windows", "orders", 2],
      ["smirnov_watermark_timestamp_seconds", "orders", 1.5],
      ["smirnov_store_up", "", 0],
      ["smirnov_store_waiting_runs", "", 12],
      ["smirnov_alert_deliveries_total", "hook delivered", 1],
      ["smirnov_alert_deliveries_total", "hook failed", 1],
      ["smirnov_exporter_errors_total", "mlflow", 1],
    ]);
  });

  it("count from 0 what a known action or exporter fails in", async () => {
    const operations = operationsMetrics();
    operations.alertAction("hook");
    operations.exporter("mlflow");
    operations.exporterError("mlflow");
    operations.exporter("mlflow");
    const page = await pageOf(operations);
    const told = ["smirnov_alert_deliveries_total", "smirnov_exporter_errors_total"].flatMap((name) =>
      page.get(name)!.samples.map(({ labels, value }) => [...Object.values(labels), value]),
    );
    expect(told).toEqual([
      ["hook", "delivered", 0],
      ["hook", "failed", 0],
      ["mlflow", 1],
    ]);
  });

  it("are told only where they are given", async () => {
    const exporter = await prometheusExporter();
    expect(await exporter.metrics()).not.toContain("smirnov_spool_bytes");
  });

  it("look numbers up when they are read, once for a page", async () => {
    const operations = operationsMetrics();
    let times = 0;
    operations.beforeReading(() => operations.spoolBytes(++times));
    const exporter = await prometheusExporter({ operations });
    for (const expected of [1, 2]) {
      expect(readExposition(await exporter.metrics()).get("smirnov_spool_bytes")!.samples[0]!.value).toBe(expected);
    }
  });

  it("leave out numbers that are none, and counts that would fall", async () => {
    const operations = operationsMetrics();
    operations.rowsAccepted("orders", 3);
    operations.rowsAccepted("orders", -5);
    operations.rowsAccepted("orders", Number.NaN);
    operations.spoolBytes(Number.POSITIVE_INFINITY);
    operations.request("/", "GET", 200, Number.NaN);
    const page = await pageOf(operations);
    expect(page.get("smirnov_rows_accepted_total")!.samples).toMatchObject([{ value: 3 }]);
    expect(page.get("smirnov_spool_bytes")!.samples).toEqual([]);
    expect(page.get("smirnov_http_request_seconds")!.samples).toEqual([]);
  });

  it("never become more than a bounded number of series, whatever is asked for", async () => {
    const operations = operationsMetrics();
    for (let i = 0; i < 8_000; i++) {
      operations.rejected(`guess ${i}`, 404);
      operations.rowsAccepted(`guess ${i}`, 1);
    }
    const page = await pageOf(operations);
    expect(page.get("smirnov_bodies_rejected_total")!.samples).toMatchObject([
      { labels: { dataset: "", reason: "unknown-dataset" }, value: 8_000 },
    ]);
    expect(page.get("smirnov_rows_accepted_total")!.samples).toHaveLength(4_999);
  });
});
