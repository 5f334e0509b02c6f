/** The dashboards in docs/grafana: every query against the table of what is exported, every link and variable. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { exportedMetrics } from "../../dist/exporters/all-metrics.js";
import { text } from "../house/repository.ts";
import { hasPromtool, runPromtool } from "../servers/prometheus.ts";
import { dashboardQueries, dashboards, filledIn, type Panel } from "./dashboards.ts";
import { labelsOfExported } from "./exported-labels.ts";
import { shapeOf } from "./promql.ts";

const uids = ["smirnov-overview", "smirnov-column", "smirnov-model-quality", "smirnov-operations"];
const known = ["datasource", "dataset", "model", "column", "metric", "__rate_interval", "__range", "__all"];

describe("the queries of the dashboards", () => {
  it.each(dashboardQueries.map(({ of, ...query }) => [of, query] as const))("%s", (_, { promql, legend }) => {
    const shape = shapeOf(promql, labelsOfExported);
    const told = Array.from(legend.matchAll(/\{\{(\w+)\}\}/g), ([, label = ""]) => label);
    expect(told.filter((label) => !shape?.has(label))).toEqual([]);
  });

  it("are as many as were written", () => {
    expect(dashboardQueries.length).toBeGreaterThan(80);
  });

  it("show every metric but those that only tell what others mean", () => {
    const rules = text("docs/prometheus/alerts.yml");
    const shown = new Set([rules, ...dashboardQueries.map(({ promql }) => promql)].join("\n").match(/\bsmirnov_\w+/g));
    const parts = (name: string) => [name, `${name}_bucket`, `${name}_sum`, `${name}_count`];
    const hidden = exportedMetrics.filter(({ name }) => !parts(name).some((part) => shown.has(part)));
    expect(hidden.map(({ name }) => name)).toEqual([
      "smirnov_window_index",
      "smirnov_window_compared",
      "smirnov_reference_version",
      "smirnov_model_info",
      "smirnov_series_observations",
      "smirnov_dataset_compared_columns",
      "smirnov_report_warnings",
    ]);
  });
});

describe.skipIf(!hasPromtool)("panels of counters that begin with what they count (needs promtool)", () => {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-panels-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const counted = dashboardQueries.filter(({ promql }) => /\(smirnov_(?:detections|alerts)_total/.test(promql));

  it("show the first one, and nothing before, after it, and when scrapes that failed come again", async () => {
    expect(counted.length).toBe(3);
    const labels = 'dataset="orders", model="m", series="latency", detector="adwin", status="drift"';
    const input = {
      interval: "15s",
      input_series: [
        { series: `smirnov_detections_total{${labels}}`, values: "_x40 1x20 stale _x7 1x80" },
        {
          series: 'smirnov_alerts_total{dataset="orders", model="m", rule="r", severity="info"}',
          values: "_x40 1x20 stale _x7 1x80",
        },
      ],
    };
    const tests = counted.flatMap(({ promql: expr }) => [
      ...["9m", "12m", "16m", "17m30s"].map((eval_time) => ({ expr, eval_time, exp_samples: [] })),
      ...["10m", "10m45s"].map((eval_time) => {
        const told = expr.includes("alerts")
          ? '{dataset="orders", rule="r", severity="info"}'
          : '{dataset="orders", detector="adwin", series="latency", status="drift"}';
        return { expr, eval_time, exp_samples: [{ labels: told, value: 1 }] };
      }),
    ]);
    const path = join(folder, "tests.yml");
    writeFileSync(path, JSON.stringify({ tests: [{ ...input, promql_expr_test: tests }] }));
    const { status, output } = await runPromtool(["test", "rules", path]);
    expect(status, output).toBe(0);
  });
});

describe.each(dashboards)("%s", (file, dashboard) => {
  const source = text(file);
  const { panels, templating, links } = dashboard;
  const shown = panels.filter(({ type }) => type !== "row");

  it("is of Grafana 10, is known by an address of its own, and asks the data source that is chosen", () => {
    expect(dashboard.schemaVersion).toBe(38);
    expect(uids).toContain(dashboard.uid);
    const sources = new Set(Array.from(source.matchAll(/"uid": "([^"]+)"/g), ([, uid]) => uid));
    sources.delete(dashboard.uid);
    sources.delete("-- Grafana --");
    expect([...sources]).toEqual(["$" + "{datasource}"]);
  });

  it("has panels with titles and units that do not cover each other", () => {
    expect(shown.length).toBeGreaterThan(10);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = new Set<string>();
    for (const { title, gridPos, fieldConfig, targets = [] } of shown) {
      expect(title).not.toBe("");
      expect(fieldConfig!.defaults.unit).not.toBe("");
      expect(targets.length).toBeGreaterThan(0);
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(cells.has(`${x} ${y}`), title).toBe(false);
          cells.add(`${x} ${y}`);
        }
      }
    }
  });

  it("uses variables that it has, which list labels that are exported", () => {
    const own = templating.list.map(({ name }) => name);
    expect(own).toEqual(expect.arrayContaining(["datasource", "dataset", "model"]));
    const asked = panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => expr.match(/\$\w+/g) ?? []));
    for (const name of asked.map((one) => one.slice(1))) {
      expect(known).toContain(name);
      if (!name.startsWith("__")) expect(own).toContain(name);
    }
    for (const { type, query } of templating.list) {
      if (type === "datasource") continue;
      const [, promql = "", label = ""] =
        /^label_values\((.*), (\w+)\)$/.exec((query as { readonly query: string }).query) ?? [];
      expect(shapeOf(filledIn(promql), labelsOfExported)?.has(label)).toBe(true);
    }
  });

  it("links to the other dashboards", () => {
    const targets = links.map(({ url }) => url.match(/^\/d\/([\w-]+)\?/)?.[1]);
    expect([...targets, dashboard.uid].sort()).toEqual([...uids].sort());
    const within = shown.flatMap(({ fieldConfig }) => fieldConfig!.defaults.links ?? []);
    for (const { url } of within) expect(uids).toContain(url.match(/^\/d\/([\w-]+)\?/)?.[1]);
  });

  it("changes only fields that a table has", () => {
    for (const panel of shown.filter(({ type }) => type === "table")) {
      const names = fieldsOf(panel);
      const changed = panel.fieldConfig!.overrides.map(({ matcher }) => matcher.options);
      expect(
        changed.filter((name) => !names.includes(name)),
        panel.title,
      ).toEqual([]);
    }
  });
});

/** Names of a table's columns behind its transformations. */
function fieldsOf({ targets = [], transformations = [] }: Panel): string[] {
  const labels = targets.flatMap(({ expr }) => [...(shapeOf(filledIn(expr), labelsOfExported) ?? [])]);
  const values = targets.length === 1 ? ["Value"] : targets.map(({ refId }) => `Value #${refId}`);
  const renamed = transformations.find(({ id }) => id === "organize")?.options.renameByName ?? {};
  return [...labels, ...values].map((name) => renamed[name] ?? name);
}
