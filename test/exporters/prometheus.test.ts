/** What Prometheus reads: the newest windows, bounded, valid whatever names are. */
import fc from "fast-check";
import { type OpenMetricsContentType, Registry, register } from "prom-client";
import type { ModelQualityReport } from "smirnov";
import {
  operationsMetrics,
  type PrometheusExporter,
  type PrometheusOptions,
  prometheusExporter,
} from "smirnov/exporters";
import type { WindowResult } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { exportedMetrics } from "../../dist/exporters/all-metrics.js";
import { labelValue } from "../../dist/exporters/label-value.js";
import { run } from "../house/repository.ts";
import { type ExposedSample, readExposition } from "./exposition.ts";
import { alertOf, driftedReport, plainReport, windowOf } from "./results.ts";

async function samplesOf(exporter: PrometheusExporter, name: string): Promise<readonly ExposedSample[]> {
  return readExposition(await exporter.metrics()).get(name)?.samples ?? [];
}

/** Values by one label. */
async function valuesBy(exporter: PrometheusExporter, name: string, label: string) {
  const samples = await samplesOf(exporter, name);
  return Object.fromEntries(samples.map(({ labels, value }) => [labels[label], value]));
}

const report = await driftedReport;
const plain = await plainReport;
const price = report.columns.price!;

describe("prometheusExporter", () => {
  it("tells all metrics with the labels of the table, where a window has everything", async () => {
    const operations = operationsMetrics();
    const exporter = await prometheusExporter({ operations, segments: "columns" });
    exporter.window(windowOf(report), [alertOf()]);
    const page = readExposition(await exporter.metrics());
    expect(exporter.contentType).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect([...page.keys()]).toEqual(exportedMetrics.map(({ name }) => name));
    for (const { name, type, labels, help, from } of exportedMetrics) {
      const { samples, ...about } = page.get(name)!;
      expect(about).toEqual({ type, help: `${help}.` });
      if (from === "service") continue;
      expect(samples.length, name).toBeGreaterThan(0);
      const more = type === "histogram" ? ["le"] : [];
      for (const sample of samples) {
        const own = sample.name === name || !sample.name.endsWith("_bucket") ? [] : more;
        expect(Object.keys(sample.labels).sort()).toEqual([...labels, ...own].sort());
      }
    }
  });

  it("tells a column's verdict", async () => {
    const exporter = await prometheusExporter();
    exporter.window(windowOf(report), []);
    const at = { dataset: "orders", model: "late-orders", segment: "", column: "price" };
    const told = async (name: string) =>
      (await samplesOf(exporter, name)).filter(({ labels }) => labels.column === "price");
    expect(await told("smirnov_drift_p_value")).toEqual([
      { name: "smirnov_drift_p_value", labels: at, value: price.pValue },
    ]);
    expect(await told("smirnov_drift_effect")).toMatchObject([{ value: price.effect }]);
    expect(await told("smirnov_drift_threshold")).toMatchObject([{ value: price.threshold }]);
    expect(await told("smirnov_drift_score")).toMatchObject([{ value: 3.25 }]);
    expect(await told("smirnov_column_drifted")).toMatchObject([{ value: 1 }]);
    const kinds = (await told("smirnov_drift_kind")).map(({ labels, value }) => [labels.kind, value]);
    expect(Object.fromEntries(kinds)).toEqual({
      ...{ none: 0, instantaneous: 1, gradual: 0, temporary: 0, periodic: 0, undecided: 0 },
    });
    const missing = Object.fromEntries(
      (await samplesOf(exporter, "smirnov_missing_share"))
        .filter(({ labels }) => labels.column === "amount")
        .map(({ labels, value }) => [labels.side, value]),
    );
    const { reference, current } = report.columns.amount!.availability!;
    expect(missing).toEqual({ reference: reference.null / reference.rows, current: current.null / current.rows });
    expect(missing.current).toBeGreaterThan(0.2);
  });

  it("has no series for what has no number", async () => {
    const exporter = await prometheusExporter();
    exporter.window(windowOf(report), []);
    expect(Object.keys(await valuesBy(exporter, "smirnov_drift_score", "column"))).not.toContain("country");
    expect(Object.keys(await valuesBy(exporter, "smirnov_series_value", "statistic"))).not.toContain("q99");
    expect(await exporter.metrics()).not.toMatch(/ (nan|null|undefined)$/im);
  });

  it("forgets what the newest window does not have", async () => {
    const exporter = await prometheusExporter();
    exporter.window(windowOf(report, { index: 0 }), []);
    const { price: _, ...columns } = report.columns;
    exporter.window(windowOf({ ...report, columns }, { index: 1, series: {} }), []);
    expect(Object.keys(await valuesBy(exporter, "smirnov_column_drifted", "column"))).toEqual(Object.keys(columns));
    expect(await samplesOf(exporter, "smirnov_series_value")).toEqual([]);
    exporter.window(windowOf(null, { index: 2 }), []);
    expect(await samplesOf(exporter, "smirnov_column_drifted")).toEqual([]);
    expect(await samplesOf(exporter, "smirnov_dataset_drifted")).toEqual([]);
    expect(await valuesBy(exporter, "smirnov_window_rows", "dataset")).toEqual({ orders: 0 });
    expect(await valuesBy(exporter, "smirnov_window_compared", "dataset")).toEqual({ orders: 0 });
  });

  it("keeps the newest window when an older one is told again", async () => {
    const exporter = await prometheusExporter();
    exporter.window(windowOf(plain, { index: 4, modelQuality: null }), []);
    exporter.window(windowOf(plain, { index: 5, modelQuality: null, rows: 77 }), []);
    expect(await samplesOf(exporter, "smirnov_model_quality")).toEqual([]);
    const again = windowOf(report, { index: 4, revision: 2 });
    exporter.window(again, []);
    expect(await valuesBy(exporter, "smirnov_window_rows", "dataset")).toEqual({ orders: 77 });
    expect(await valuesBy(exporter, "smirnov_window_index", "dataset")).toEqual({ orders: 5 });
    expect(await valuesBy(exporter, "smirnov_model_quality_coverage", "dataset")).toEqual({ orders: 0.9 });
    const ends = "smirnov_model_quality_window_end_timestamp_seconds";
    expect(await valuesBy(exporter, ends, "dataset")).toEqual({ orders: again.end / 1_000 });
    expect(await valuesBy(exporter, "smirnov_window_revisions_total", "dataset")).toEqual({ orders: 1 });
    // The newest itself, told again.
    exporter.window(windowOf(plain, { index: 5, revision: 2, modelQuality: null, rows: 78 }), []);
    expect(await valuesBy(exporter, "smirnov_window_rows", "dataset")).toEqual({ orders: 78 });
    // Older labels do not replace newer ones.
    exporter.window(windowOf(report, { index: 3, revision: 2 }), []);
    expect(await valuesBy(exporter, ends, "dataset")).toEqual({ orders: again.end / 1_000 });
  });

  it("tells how well the model did, on both sides and with intervals", async () => {
    const exporter = await prometheusExporter();
    exporter.window(windowOf(report), []);
    const quality = report.modelQuality!;
    if (quality.task !== "classification") throw new Error("no classifier");
    const told = (await samplesOf(exporter, "smirnov_model_quality")).filter(
      ({ labels }) => labels.metric === "accuracy" && labels.segment === "",
    );
    expect(Object.fromEntries(told.map(({ labels, value }) => [labels.side, value]))).toEqual({
      reference: quality.reference!.accuracy.value,
      current: quality.current!.accuracy.value,
    });
    const lows = await samplesOf(exporter, "smirnov_model_quality_low");
    expect(lows).toContainEqual({
      name: "smirnov_model_quality_low",
      labels: { dataset: "orders", model: "late-orders", segment: "", metric: "accuracy", side: "current" },
      value: quality.current!.accuracy.interval![0],
    });
    const all = await samplesOf(exporter, "smirnov_model_quality_worse");
    const whole = all.filter(({ labels }) => labels.segment === "");
    const worse = Object.fromEntries(whole.map(({ labels, value }) => [labels.metric!, value]));
    expect(
      Object.keys(worse)
        .filter((name) => worse[name] === 1)
        .sort(),
    ).toEqual([...quality.worse].sort());
    expect(worse.accuracy).toBe(1);
    const metrics = new Set((await samplesOf(exporter, "smirnov_model_quality")).map(({ labels }) => labels.metric!));
    expect([...metrics].filter((name) => /Low|High|Macro|Micro|Weighted/.test(name))).toEqual([]);
  });

  it("tells how well the model did on segments: what labels told, else what came with the rows", async () => {
    const accuracies = async (result: WindowResult, options: PrometheusOptions = {}) => {
      const exporter = await prometheusExporter(options);
      exporter.window(result, []);
      const told = await samplesOf(exporter, "smirnov_model_quality");
      const current = told.filter(({ labels }) => labels.metric === "accuracy" && labels.side === "current");
      return Object.fromEntries(current.map(({ labels, value }) => [labels.segment!, value]));
    };
    const accuracyOf = (found: ModelQualityReport | undefined) =>
      found?.task === "classification" ? found.current!.accuracy.value : expect.unreachable();
    const all = { "": accuracyOf(report.modelQuality) };
    const ofRows = Object.fromEntries(
      Object.entries(report.segments!).map(([key, segment]) => [key, accuracyOf(segment.modelQuality)]),
    );
    expect(Object.keys(ofRows).length).toBeGreaterThan(1);
    expect(await accuracies(windowOf(report))).toEqual({ ...all, ...ofRows });
    expect(await accuracies(windowOf(report, { modelQuality: null }))).toEqual({ ...all, ...ofRows });
    const { modelQuality } = windowOf(report);
    const [key = ""] = Object.keys(ofRows);
    const joined = windowOf(report, { modelQuality: { ...modelQuality!, segments: { [key]: report.modelQuality! } } });
    expect(await accuracies(joined)).toEqual({ ...all, [key]: all[""] });
    expect(await accuracies(joined, { segments: "none" })).toEqual(all);
  });

  it("bounds the series of a model's segments, and counts what it leaves out", async () => {
    const { modelQuality } = windowOf(plain, { modelQuality: windowOf(report).modelQuality });
    const segments = Object.fromEntries(
      Array.from({ length: 1000 }, (_, k) => [`city=${k}`, report.modelQuality!] as const),
    );
    const exporter = await prometheusExporter({ maximumSeries: 500 });
    exporter.window(windowOf(plain, { modelQuality: { ...modelQuality!, segments } }), []);
    const text = await exporter.metrics();
    const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    expect(lines.length).toBeLessThanOrEqual(500);
    const model = lines.filter((line) => line.startsWith("smirnov_model_quality{"));
    expect(model.filter((line) => line.includes('segment=""')).length).toBeGreaterThan(0);
    const [dropped] = await samplesOf(exporter, "smirnov_series_dropped");
    // Each of them has a dozen series at least.
    expect(dropped!.value).toBeGreaterThan(12 * 900);
  });

  it("counts windows, late rows, detections and evaluations", async () => {
    const exporter = await prometheusExporter();
    exporter.window(windowOf(report, { index: 0, seconds: 0.02 }), []);
    exporter.window(windowOf(report, { index: 1, seconds: 700 }), []);
    exporter.window(windowOf(null, { index: 2 }), []);
    exporter.window(windowOf(report, { index: 1, revision: 2, seconds: 0.01 }), []);
    expect(await valuesBy(exporter, "smirnov_windows_total", "status")).toEqual({
      ...{ compared: 2, empty: 1, "no-reference": 0, failed: 0 },
    });
    expect(await valuesBy(exporter, "smirnov_late_rows_total", "dataset")).toEqual({ orders: 9 });
    expect(await valuesBy(exporter, "smirnov_detections_total", "detector")).toEqual({ pageHinkley: 3, adwin: 3 });
    const evaluations = await samplesOf(exporter, "smirnov_evaluation_seconds");
    const buckets = evaluations.filter(({ name }) => name.endsWith("_bucket"));
    expect(buckets.map(({ labels, value }) => [labels.le, value])).toEqual([
      ...[
        ["0.005", 0],
        ["0.01", 1],
        ["0.025", 2],
        ["0.05", 2],
        ["0.1", 2],
        ["0.25", 2],
        ["0.5", 2],
        ["1", 2],
      ],
      ...[
        ["2.5", 2],
        ["5", 2],
        ["10", 2],
        ["30", 2],
        ["60", 2],
        ["+Inf", 3],
      ],
    ]);
    expect(evaluations.slice(-2).map(({ name, value }) => [name.slice(27), value])).toEqual([
      ["sum", 700.03],
      ["count", 3],
    ]);
  });

  it("counts alerts that begin, and tells those that fire", async () => {
    const exporter = await prometheusExporter();
    const other = alertOf({ id: "orders drifts/amount/1", subject: "amount" });
    exporter.window(windowOf(report), [alertOf(), other]);
    exporter.window(windowOf(report, { index: 1 }), [alertOf()]);
    expect(await samplesOf(exporter, "smirnov_alerts_firing")).toMatchObject([
      { labels: { rule: "orders drifts", severity: "warning", model: "late-orders" }, value: 2 },
    ]);
    exporter.window(windowOf(report, { index: 2 }), [alertOf({ status: "resolved", endsAt: 1 })]);
    exporter.window(windowOf(report, { index: 3 }), [alertOf({ status: "resolved", endsAt: 1 })]);
    expect(await samplesOf(exporter, "smirnov_alerts_firing")).toMatchObject([{ value: 1 }]);
    expect(await samplesOf(exporter, "smirnov_alerts_total")).toMatchObject([{ value: 2 }]);
    const later = await prometheusExporter();
    later.alerts([other]);
    expect(await samplesOf(later, "smirnov_alerts_firing")).toMatchObject([{ value: 1 }]);
    expect(await samplesOf(later, "smirnov_alerts_total")).toMatchObject([{ value: 0 }]);
    later.window(windowOf(report), [{ ...other, status: "resolved", endsAt: 1 }]);
    expect(await samplesOf(later, "smirnov_alerts_firing")).toMatchObject([{ value: 0 }]);
  });

  it("tells a later window after the revision of an earlier one, where it has just begun", async () => {
    const exporter = await prometheusExporter();
    exporter.window(windowOf(report, { index: 3, revision: 2, rows: 3 }), []);
    exporter.window(windowOf(report, { index: 5, revision: 2, rows: 5 }), []);
    exporter.window(windowOf(report, { index: 4, revision: 2, rows: 4 }), []);
    expect(await samplesOf(exporter, "smirnov_window_rows")).toMatchObject([{ value: 5 }]);
  });

  it("tells segments' verdicts, nothing of segments, or their columns", async () => {
    const segmentsOf = async (segments: "none" | "verdicts" | "columns") => {
      const exporter = await prometheusExporter({ segments });
      exporter.window(windowOf(report), []);
      const names = ["smirnov_dataset_drifted", "smirnov_column_drifted"];
      const all = await Promise.all(names.map((name) => samplesOf(exporter, name)));
      return all.map((samples) => [...new Set(samples.map(({ labels }) => labels.segment))]);
    };
    const every = ["", "country=DE", "country=FR"];
    expect(await segmentsOf("none")).toEqual([[""], [""]]);
    expect(await segmentsOf("verdicts")).toEqual([every, [""]]);
    expect(await segmentsOf("columns")).toEqual([every, every]);
  });

  it("tells only the columns that are asked for", async () => {
    const exporter = await prometheusExporter({ columns: ["amount", "price", "nowhere"] });
    exporter.window(windowOf(report), []);
    expect(Object.keys(await valuesBy(exporter, "smirnov_column_drifted", "column"))).toEqual(["price", "amount"]);
  });
});

describe("the number of series", () => {
  const wide = (columns: number) => ({
    ...plain,
    columns: Object.fromEntries(Array.from({ length: columns }, (_, index) => [`c${index}`, price])),
  });
  const countOf = async (exporter: PrometheusExporter) =>
    [...readExposition(await exporter.metrics()).values()].reduce((sum, { samples }) => sum + samples.length, 0);
  const dropped = async (exporter: PrometheusExporter) =>
    (await samplesOf(exporter, "smirnov_series_dropped"))[0]!.value;

  it("stays below the limit; the last columns are left out, and what was left out is told", async () => {
    const unbounded = await prometheusExporter({ maximumSeries: 1_000_000 });
    const exporter = await prometheusExporter({ maximumSeries: 600 });
    for (const one of [unbounded, exporter]) one.window(windowOf(wide(200)), []);
    const all = await countOf(unbounded);
    const kept = await countOf(exporter);
    expect(await dropped(unbounded)).toBe(0);
    expect(kept).toBeLessThanOrEqual(600);
    expect(kept).toBeGreaterThan(570);
    expect(await dropped(exporter)).toBe(all - kept);
    const columns = Object.keys(await valuesBy(exporter, "smirnov_column_drifted", "column"));
    expect(columns.length).toBeGreaterThan(10);
    expect(columns).toEqual(Array.from(columns, (_, index) => `c${index}`));
    expect(Object.keys(await valuesBy(exporter, "smirnov_drift_kind", "column"))).toEqual(columns);
    const before = await exporter.metrics();
    exporter.window(windowOf(wide(200), { revision: 2, late: 0, detections: [], seconds: 0 }), []);
    const steady = (page: string) => page.split("\n").filter((line) => /^smirnov_(column|drift)/.test(line));
    expect(steady(await exporter.metrics())).toEqual(steady(before));
  });

  it("is shared fairly by datasets, whatever there are of them", async () => {
    const exporter = await prometheusExporter({ maximumSeries: 1_000 });
    exporter.window(windowOf(wide(500), { dataset: "wide" }), []);
    exporter.window(windowOf(plain, { dataset: "narrow" }), []);
    const samples = await samplesOf(exporter, "smirnov_column_drifted");
    const narrow = samples.filter(({ labels }) => labels.dataset === "narrow").map(({ labels }) => labels.column);
    expect(narrow).toEqual(Object.keys(plain.columns));
    for (let index = 0; index < 300; index++) exporter.window(windowOf(plain, { dataset: `tenant ${index}` }), []);
    expect(await countOf(exporter)).toBeLessThanOrEqual(1_000);
    expect(await dropped(exporter)).toBeGreaterThan(10_000);
    expect(await valuesBy(exporter, "smirnov_window_rows", "dataset")).toMatchObject({ wide: 300, narrow: 300 });
  });

  it("counts what it does not even make", async () => {
    const unbounded = await prometheusExporter({ maximumSeries: 1_000_000, segments: "columns" });
    const exporter = await prometheusExporter({ maximumSeries: 100, segments: "columns" });
    for (const one of [unbounded, exporter]) one.window(windowOf(report), []);
    expect((await dropped(exporter)) + (await countOf(exporter))).toBe(await countOf(unbounded));
  });
});

/** Names that somebody might give a column. */
const hostileName = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc
    .array(fc.constantFrom("\n", '"', "\\", "\\n", "\r", "\0", "\ud83d", "\ude00", "😀", "{}", ",", "=", "a"), {
      minLength: 1,
      maxLength: 12,
    })
    .map((parts) => parts.join("")),
  fc.integer({ min: 190, max: 10_000 }).map((length) => "x".repeat(length)),
);

describe("hostile names", () => {
  it("are valid labels, and different ones stay different", async () => {
    const names = fc.uniqueArray(hostileName, { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(names, hostileName, async (columns, dataset) => {
        const exporter = await prometheusExporter();
        const named = Object.fromEntries(columns.map((name) => [name, price]));
        exporter.window(windowOf({ ...plain, columns: named }, { dataset }), []);
        const samples = await samplesOf(exporter, "smirnov_column_drifted");
        expect(samples.map(({ labels }) => labels.column)).toEqual(Object.keys(named).map(labelValue));
        expect(new Set(samples.map(({ labels }) => labels.column)).size).toBe(columns.length);
        for (const { labels } of samples) {
          expect(labels.dataset).toBe(labelValue(dataset));
          expect(labels.column!.length).toBeLessThanOrEqual(217);
          expect(labels.column).not.toMatch(/\p{Surrogate}/u);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are not taken for each other, as prom-client takes some", async () => {
    const exporter = await prometheusExporter();
    const [one, other] = ["a,dataset:x", "x,dataset:x"];
    exporter.window(windowOf({ ...plain, columns: { a: price, [one]: price } }, { dataset: other }), []);
    exporter.window(windowOf({ ...plain, columns: { a: price, [one]: price } }, { dataset: "x" }), []);
    expect(await samplesOf(exporter, "smirnov_column_drifted")).toHaveLength(4);
  });

  it("stay as they are where nothing is wrong with them", () => {
    for (const name of ["", "price", "größe 名 😀", 'a "b" \\ c\nd', "x".repeat(200)])
      expect(labelValue(name)).toBe(name);
    expect(labelValue("a\0b")).toMatch(/^a\ufffdb…[0-9a-f]{16}$/);
    expect(labelValue("x".repeat(201))).toMatch(/^x{200}…[0-9a-f]{16}$/);
    expect(labelValue(`${"x".repeat(199)}😀`)).toMatch(/^x{199}\ufffd…[0-9a-f]{16}$/);
  });
});

describe("registries", () => {
  it("are one's own by default: nothing is registered for the whole process", async () => {
    const before = register.getMetricsAsArray().length;
    const exporters = await Promise.all([prometheusExporter(), prometheusExporter({ processMetrics: true })]);
    expect(register.getMetricsAsArray()).toHaveLength(before);
    expect(await exporters[0].metrics()).not.toContain("process_");
    expect(await samplesOf(exporters[1], "process_cpu_seconds_total")).toHaveLength(1);
  });

  it("may be given, beside metrics of others, until the exporter is closed", async () => {
    const registry = new Registry();
    registry.setDefaultLabels({ zone: "north" });
    const exporter = await prometheusExporter({ registry, prefix: "drift_of_" });
    exporter.window(windowOf(report), []);
    const page = readExposition(await registry.metrics());
    expect(page.get("drift_of_window_rows")!.samples[0]!.labels).toMatchObject({ dataset: "orders", zone: "north" });
    expect(page.get("drift_of_evaluation_seconds")!.samples.at(-1)).toMatchObject({
      name: "drift_of_evaluation_seconds_count",
      value: 1,
    });
    await expect(prometheusExporter({ registry, prefix: "drift_of_" })).rejects.toThrow(/already been registered/);
    exporter.close();
    expect(registry.getMetricsAsArray()).toEqual([]);
  });

  it("tell as JSON what they tell as text", async () => {
    const registry = new Registry();
    const exporter = await prometheusExporter({ registry });
    exporter.window(windowOf(report), []);
    const page = readExposition(await exporter.metrics());
    const values = (await registry.getMetricsAsJSON()).map(({ name, values }) => [name, values] as const);
    for (const [name, own] of values) {
      const samples = own.map(({ labels, value }) => JSON.stringify([Object.entries(labels).sort(), value]));
      const texts = page
        .get(name)!
        .samples.map(({ labels, value }) => JSON.stringify([Object.entries(labels).sort(), value]));
      expect(samples).toEqual(texts);
    }
  });

  it("may be of OpenMetrics", async () => {
    const registry = new Registry<OpenMetricsContentType>();
    registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    const exporter = await prometheusExporter({ registry });
    exporter.window(windowOf(report), []);
    expect(exporter.contentType).toContain("application/openmetrics-text");
    const lines = (await exporter.metrics()).split("\n");
    expect(lines.filter((line) => line.includes("late_rows"))).toEqual([
      "# HELP smirnov_late_rows Rows that came too late for a window.",
      "# TYPE smirnov_late_rows counter",
      'smirnov_late_rows_total{dataset="orders",model="late-orders"} 3',
    ]);
    expect(lines.slice(-2)).toEqual(["# EOF", ""]);
  });
});

describe("prometheusExporter's options", () => {
  it.each([
    [{ maximumSeries: 99 }, "prometheusExporter: maximumSeries must be a whole number of at least 100, got 99"],
    [{ maximumSeries: "9" }, 'prometheusExporter: maximumSeries must be a whole number of at least 100, got "9"'],
    [{ columns: "price" }, 'prometheusExporter: columns must be an array of names, got "price"'],
    [{ segments: "all" }, 'prometheusExporter: segments must be none, verdicts, columns, got "all"'],
    [{ prefix: "a:b" }, 'prometheusExporter: prefix must be letters, digits and underscores, got "a:b"'],
    [{ processMetrics: 1 }, "prometheusExporter: processMetrics must be true or false, got 1"],
    [{ port: 1 }, /^prometheusExporter: there is no option "port", but maximumSeries/],
  ])("%j: %s", async (options, message) => {
    await expect(prometheusExporter(options as never)).rejects.toThrow(message);
  });

  it.each([
    ["prometheusExporter", "prom-client", "15"],
    ["opentelemetryExporter", "@opentelemetry/api", "1"],
  ])("%s says which package is missing", async (name, missing, version) => {
    const hook = `export async function resolve(name, context, next) {
      if (name === ${JSON.stringify(missing)}) throw new Error("not installed");
      return next(name, context);
    }`;
    const script = `
      import { register } from "node:module";
      register("data:text/javascript,${encodeURIComponent(hook)}");
      const exporters = await import("./dist/bundle/exporters.js");
      await exporters.${name}().catch(({ message }) => console.log(message));`;
    const child = await run(process.execPath, ["--input-type=module", "--eval", script]);
    expect(child.output).toBe(`${name}: needs the package ${missing}: npm install ${missing}@${version}\n`);
  });
});
