/** The rules and settings in docs/prometheus: every query against what is exported, and what promtool says. */
import { operationsMetrics, prometheusExporter } from "smirnov/exporters";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { at, text } from "../house/repository.ts";
import { hasPromtool, runPromtool } from "../servers/prometheus.ts";
import { labelsOfExported } from "./exported-labels.ts";
import { shapeOf } from "./promql.ts";
import { alertOf, driftedReport, windowOf } from "./results.ts";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

interface UnitTest {
  readonly name: string;
  readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts?: readonly unknown[] }[];
}

const { groups } = parse(text("docs/prometheus/alerts.yml")) as {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const { tests } = parse(text("test/exporters/alerts-test.yml")) as { readonly tests: readonly UnitTest[] };

describe("the rules of alerts", () => {
  it.each(rules.map((rule) => [rule.alert, rule] as const))("%s asks for what is exported", (_, rule) => {
    const shape = shapeOf(rule.expr, labelsOfExported);
    const { severity } = rule.labels;
    expect(["info", "warning", "critical"]).toContain(severity);
    const { summary, description } = rule.annotations;
    const told = Array.from(`${summary} ${description}`.matchAll(/\$labels\.(\w+)/g), ([, label = ""]) => label);
    expect(told.filter((label) => !shape?.has(label))).toEqual([]);
  });

  it("are each tested, to fire and not to fire", () => {
    expect(tests.map(({ name }) => name)).toEqual(rules.map(({ alert }) => alert));
    for (const { name, alert_rule_test: checks } of tests) {
      expect(checks.map(({ alertname }) => alertname)).toEqual(checks.map(() => name));
      const [quiet = 0, fires = 0] = checks.map(({ exp_alerts: expected = [] }) => expected.length);
      expect([checks.length, quiet, Math.min(fires, 1)]).toEqual([2, 0, 1]);
    }
  });
});

describe.skipIf(!hasPromtool)("promtool", () => {
  it("finds nothing wrong with the rules", async () => {
    const { status, output } = await runPromtool(["check", "rules", at("docs/prometheus/alerts.yml")]);
    expect(status, output).toBe(0);
    expect(output).toContain(`SUCCESS: ${rules.length} rules found`);
  });

  it("finds nothing wrong with the settings", async () => {
    const { status, output } = await runPromtool(["check", "config", at("docs/prometheus/prometheus.yml")]);
    expect(status, output).toBe(0);
    expect(output).toContain("SUCCESS: 1 rule files found");
  });

  it("sees the alerts fire as their tests say", async () => {
    const { status, output } = await runPromtool(["test", "rules", at("test/exporters/alerts-test.yml")]);
    expect(status, output).toBe(0);
  });

  it("finds nothing to complain of in what is exported", async () => {
    const report = await driftedReport;
    const operations = operationsMetrics();
    operations.request("/v1/:dataset/rows", "POST", 202, 0.01);
    operations.buildInfo("0.1.0", "node 20");
    const exporter = await prometheusExporter({ operations, segments: "columns" });
    exporter.window(windowOf(report), [alertOf()]);
    const hostile = ["a\nb", 'quo"te', "back\\slash", "😀", "\ud83d", "nul\0", "x".repeat(10_000), '{a="b"} 1'];
    const columns = Object.fromEntries(hostile.map((name) => [name, report.columns.price!]));
    for (const dataset of hostile) exporter.window(windowOf({ ...report, columns }, { dataset }), []);
    const { status, output } = await runPromtool(["check", "metrics"], await exporter.metrics());
    expect({ status, output }).toEqual({ status: 0, output: "" });
  });
});
