/** The table of metrics that are exported: names as Prometheus wants them, numbers as docs/metrics.md names them. */
import { metricsOf } from "smirnov";
import { describe, expect, it } from "vitest";
import { exportedMetrics } from "../../dist/exporters/all-metrics.js";
import { allLabels, numberOf } from "../../dist/exporters/exported-metric.js";
import { windowSeries } from "../../dist/exporters/window-series.js";
import { driftedReport, plainReport, windowOf } from "./results.ts";

const wanted = [
  ...["drift_score", "drift_p_value", "drift_effect", "drift_threshold", "column_drifted", "dataset_drifted_share"],
  ...["window_rows", "missing_share", "drift_kind", "model_quality", "evaluation_seconds"],
].map((name) => `smirnov_${name}`);

describe("exported metrics", () => {
  it("have the names that were agreed", () => {
    const names = exportedMetrics.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(wanted));
    expect(new Set(names).size).toBe(names.length);
  });

  it("are named as Prometheus asks for: base units, _total of counters, no colons, nothing reserved", () => {
    for (const { name, type, unit, labels, help } of exportedMetrics) {
      expect(name).toMatch(/^smirnov_[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
      expect(name.endsWith("_total"), name).toBe(type === "counter");
      expect(/_seconds(_total)?$/.test(name), name).toBe(unit === "s");
      expect(/_bytes(_total)?$/.test(name), name).toBe(unit === "By");
      expect(name).not.toMatch(/_(count|sum|bucket|milliseconds|ms|kb|mb|percent)$/);
      expect(labels.filter((label) => !/^[a-z]+$/.test(label) || label === "le" || label === "quantile")).toEqual([]);
      expect(new Set(labels).size).toBe(labels.length);
      expect(help).toMatch(/^[A-Z0-9].*[^.]$/);
    }
  });

  it("have buckets in order where they are histograms, and only there", () => {
    for (const { name, type, buckets } of exportedMetrics) {
      expect(buckets !== undefined, name).toBe(type === "histogram");
      expect(buckets ?? []).toEqual([...(buckets ?? [])].sort((one, other) => one - other));
    }
  });

  it.each([
    ["with everything", driftedReport],
    ["of plain defaults", plainReport],
  ])("are the numbers of metricsOf under their names, of a report %s", async (_, promise) => {
    const report = await promise;
    const own = metricsOf(report);
    const options = { segments: "columns" as const, most: 100_000 };
    const { groups } = windowSeries(windowOf(report), options);
    // Names in backticks are those of docs/metrics.md; severity is told as a level, status as whether it is ok.
    const compared = groups.flat().filter(([{ from }]) => /^`\w+`$/.test(from) && !/severity|status/.test(from));
    const seen = new Set<string>();
    for (const [{ name, from }, sample] of compared) {
      const labels = allLabels(sample);
      const { value } = sample;
      const same = own.filter(
        ({ metric, segment, column, side, of }) =>
          `\`${metric}\`` === from &&
          (segment ?? "") === (labels.segment ?? "") &&
          column === (labels.column ?? null) &&
          of === null &&
          (side ?? "current") === (labels.side ?? "current"),
      );
      expect(
        same.map((one) => numberOf(one.value as number)),
        `${name} ${JSON.stringify(labels)}`,
      ).toEqual([value]);
      seen.add(name);
    }
    expect(seen.size).toBeGreaterThan(_ === "with everything" ? 17 : 10);
  });

  it("tell severity and status of columns as numbers", async () => {
    const report = await driftedReport;
    const { groups } = windowSeries(windowOf(report), { segments: "none", most: 10_000 });
    const levels = { none: 0, unresolved: 1, possible: 2, drift: 3 };
    for (const [name, column] of Object.entries(report.columns)) {
      const own = groups.flat().filter(([, { base }]) => base.column === name);
      const exported = (metric: string) => own.find((one) => one[0].name === metric)?.[1].value;
      expect(exported("smirnov_drift_severity")).toBe(levels[column.severity]);
      expect(exported("smirnov_column_judged")).toBe(column.status === "ok" ? 1 : 0);
    }
  });
});
