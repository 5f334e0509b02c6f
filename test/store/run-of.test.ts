import { describe, expect, it } from "vitest";
import { compare } from "../../dist/drift/compare.js";
import { metricsOf } from "../../dist/metrics/metrics-of.js";
import type { WindowResult } from "../../dist/monitor/window-result.js";
import { configHash } from "../../dist/store/config-hash.js";
import { openStore } from "../../dist/store/open-store.js";
import { runMetricNames, runOf, runOfReport } from "../../dist/store/run-of.js";
import { alert, start } from "./runs.ts";

const rows = 400;
const values = (shift: number) => Float64Array.from({ length: rows }, (_, k) => ((k * 7919) % 1009) / 1009 + shift);
const reference = { price: values(0), weight: values(0), empty: new Float64Array(rows).fill(Number.NaN) };
const current = { price: values(0.4), weight: values(0), empty: new Float64Array(rows).fill(Number.NaN) };
const segments = Array.from({ length: rows }, (_, k) => (k % 2 === 0 ? "DE" : "FR"));
const report = await compare(
  { ...reference, country: segments },
  { ...current, country: segments },
  { by: ["country"], quality: true },
);
const labels = Array.from({ length: rows }, (_, k) => (k % 3 === 0 ? "yes" : "no"));
const judged = await compare(
  { truth: labels, said: labels },
  { truth: labels, said: [...labels].reverse() },
  { modelQuality: { target: "truth", prediction: "said" } },
);

const result: WindowResult = {
  ...{ id: "orders/2026-11-26T10:00:00.000Z/2", dataset: "orders", model: { name: "prices", version: "3" }, index: 4 },
  ...{
    start,
    end: start + 1000,
    revision: 2,
    asOf: start + 2000,
    rows,
    late: 3,
    status: "compared",
    reason: "because",
  },
  reference: { kind: "fixed", rows, windows: null, version: 1, hash: "aa" },
  report,
  modelQuality: {
    ...{ report: judged.modelQuality!, labelled: 300, coverage: 0.75, asOf: start + 2000, revision: 2 },
  },
  series: { latency: { values: 3, mean: 2, min: 1, max: 3, q50: 2, q95: null, q99: 3 } },
  detections: [{ series: "latency", detector: "adwin", status: "drift", time: start + 5, values: 17 }],
  kinds: {
    price: {
      ...{ kind: "instantaneous", confidence: 0.8, onset: 3, width: 0, duration: null, period: null, amplitude: 4 },
      probabilities: { none: 0.1, instantaneous: 0.8, gradual: 0.05, temporary: 0.03, periodic: 0.02 },
      ...{ windows: 5, words: "a step" },
    },
  },
  scores: { price: 5.5, weight: -0.25, empty: null },
  ...{ hash: "bb", seconds: 0.5 },
};

describe("runOf", () => {
  it("tells what labels told of segments in place of what came with the rows", async () => {
    const rowsOf = (said: readonly string[]) => ({ truth: labels, said, country: segments });
    const sides = [rowsOf(labels), rowsOf([...labels].reverse())] as const;
    const model = { target: "truth", prediction: "said" };
    const withRows = await compare(...sides, { by: "country", modelQuality: model });
    const joined = { ...result.modelQuality!, segments: { "country=DE": judged.modelQuality! } };
    const accuracies = (of: WindowResult) =>
      runOf(of)
        .metrics.filter(({ name, side }) => name === "accuracy" && side === "current")
        .map(({ segment, value }) => [segment, value]);
    const accuracyOf = (found: typeof judged.modelQuality) =>
      found?.task === "classification" ? found.current!.accuracy.value : expect.unreachable();
    const french = accuracyOf(withRows.segments!["country=FR"]!.modelQuality);
    const german = accuracyOf(withRows.segments!["country=DE"]!.modelQuality);
    const all = accuracyOf(judged.modelQuality);
    expect(accuracies({ ...result, report: withRows, modelQuality: joined })).toEqual([
      [null, all],
      ["country=DE", all],
    ]);
    expect(accuracies({ ...result, report: withRows })).toEqual([
      ["country=DE", german],
      ["country=FR", french],
      [null, all],
    ]);
  });

  it("tells the window, what it was compared with, and the facts", () => {
    const run = runOf(result, { configHash: "cc", codeVersion: "9.9.9", alerts: [alert()] });
    const { metrics: _m, kinds, alerts, ...head } = run;
    expect(head).toEqual({
      ...{ id: result.id, dataset: "orders", model: "prices", modelVersion: "3", windowStart: start },
      ...{ windowEnd: start + 1000, revision: 2, asOf: start + 2000, rows, late: 3, status: "compared" },
      ...{ reason: "because", referenceHash: "aa", dataHash: "bb", configHash: "cc", codeVersion: "9.9.9" },
      ...{ seconds: 0.5, drifted: report.dataset.drifted, driftedShare: report.dataset.share },
    });
    expect(kinds).toEqual([
      {
        ...{ column: "price", kind: "instantaneous", confidence: 0.8, onset: 3, width: 0, duration: null },
        ...{ period: null, amplitude: 4 },
      },
    ]);
    expect(alerts).toEqual([alert()]);
  });

  it("tells the verdict on each column, of all rows and of each segment", () => {
    const verdicts = runOf(result).metrics.filter(({ name }) => name === "drift");
    expect(verdicts.map(({ segment, column }) => [segment, column])).toEqual([
      ...["price", "weight", "empty", "country"].map((column) => [null, column]),
      ...["country=DE", "country=FR"].flatMap((segment) =>
        ["price", "weight", "empty"].map((column) => [segment, column]),
      ),
    ]);
    const { method, statistic, pValue, effect, threshold, severity, status } = report.columns.price!;
    expect(verdicts[0]).toEqual({
      ...{ column: "price", segment: null, of: null, side: null, name: "drift", method, value: statistic, pValue },
      ...{ effect, threshold, severity, status, n: rows },
    });
    expect(severity).toBe("drift");
  });

  it("tells every number of the report and of the model once, scores, series and detections", () => {
    const { metrics } = runOf(result);
    const named = (name: string) => metrics.filter((one) => one.name === name);
    expect(named("score").map(({ column, value }) => [column, value])).toEqual(Object.entries(result.scores));
    expect(named("labelledRows")[0]).toMatchObject({ value: 300, side: "current" });
    expect(named("labelCoverage")[0]).toMatchObject({ value: 0.75, side: "current" });
    expect(named("seriesQ99")).toMatchObject([{ column: "latency", value: 3, n: 3 }]);
    expect(named("seriesQ95")).toMatchObject([{ column: "latency", value: null }]);
    expect(named("detection")).toMatchObject([
      { column: "latency", method: "adwin", severity: "drift", value: start + 5, n: 17 },
    ]);
    const own = new Set(Object.keys(runMetricNames));
    const told = metrics
      .filter(({ name }) => !own.has(name))
      .map(({ name, column, segment, of, side, value }) => ({ segment, column, of, side, metric: name, value }));
    const expected = [...metricsOf(report), ...metricsOf(judged.modelQuality!)].map(
      ({ segment, column, of, side, metric, value }) => ({ segment, column, of, side, metric, value }),
    );
    expect(told).toEqual(expected);
    expect(expected.some(({ metric }) => metric === "accuracy")).toBe(true);
  });

  it("keeps a model's quality of later labels in place of that of the window's own", () => {
    const both = runOf({ ...result, report: { ...report, modelQuality: judged.modelQuality! } });
    expect(both.metrics.filter(({ name, side }) => name === "accuracy" && side === "current")).toHaveLength(1);
    const own = runOf({ ...result, report: { ...report, modelQuality: judged.modelQuality! }, modelQuality: null });
    expect(own.metrics.filter(({ name, side }) => name === "accuracy" && side === "current")).toHaveLength(1);
  });

  it("keeps fewer numbers where that is asked for", () => {
    const verdicts = new Set(runOf(result, { metrics: "verdicts" }).metrics.map(({ name }) => name));
    expect([...verdicts].filter((name) => !Object.hasOwn(runMetricNames, name))).toEqual([]);
    const some = new Set(runOf(result, { metrics: ["missingShare", "accuracy"] }).metrics.map(({ name }) => name));
    expect([...some].filter((name) => !Object.hasOwn(runMetricNames, name))).toEqual(["missingShare", "accuracy"]);
    for (const wrong of ["everything", 3, [3]]) {
      expect(() => runOf(result, { metrics: wrong as never })).toThrow(TypeError);
    }
  });

  it("tells a window that was not compared", () => {
    const none = {
      reference: null,
      report: null,
      modelQuality: null,
      series: {},
      detections: [],
      kinds: {},
      scores: {},
    };
    const run = runOf({ ...result, ...none, model: null, hash: null, status: "empty", rows: 0 });
    expect(run).toMatchObject({
      status: "empty",
      drifted: null,
      driftedShare: null,
      metrics: [],
      kinds: [],
      model: null,
    });
  });

  it("is taken by a store, and told again as it was", async () => {
    const store = await openStore("duckdb::memory:");
    const run = runOf(result, { alerts: [alert()] });
    await store.record(run);
    const names = [...new Set(run.metrics.map(({ name }) => name))];
    let found = 0;
    for (const name of names) {
      for (const segment of [null, "country=DE", "country=FR"]) {
        const wanted = run.metrics.filter((one) => one.name === name && one.segment === segment);
        const points = await store.history({ dataset: "orders", name, segment });
        expect(
          points.map(({ run: _1, windowStart: _2, windowEnd: _3, revision: _4, rows: _5, ...metric }) => metric),
        ).toEqual(wanted);
        found += points.length;
      }
    }
    expect(found).toBe(run.metrics.length);
    await store.close();
  });
});

describe("runOfReport", () => {
  it("tells a comparison as a run of a dataset", () => {
    const run = runOfReport(report, { dataset: "orders", windowStart: start, windowEnd: start + 1000, seconds: 2 });
    expect(run).toMatchObject({
      ...{ id: "orders/2026-11-26T10:00:00.000Z/1", dataset: "orders", windowStart: start, windowEnd: start + 1000 },
      ...{ rows, status: "compared", drifted: report.dataset.drifted, codeVersion: report.version, seconds: 2 },
      referenceHash: report.quality!.reference.hash,
      dataHash: report.quality!.current.hash,
    });
    expect(run.dataHash).toMatch(/^[0-9a-f]{16}$/);
    const scores = run.metrics.filter(({ name }) => name === "score");
    expect(scores.find(({ column }) => column === "price")!.value).toBeGreaterThan(3);
    expect(() => runOfReport(report, {} as never)).toThrow(TypeError);
  });

  it("is a run of its own where no window is told", () => {
    const [one, other] = [report, judged].map((some) => runOfReport(some, { dataset: "a" }));
    expect(one!.id).not.toBe(other!.id);
    expect(Math.abs(one!.windowStart - Date.now())).toBeLessThan(10_000);
    expect(one!.windowEnd).toBe(one!.windowStart);
  });
});

describe("configHash", () => {
  it("does not depend on the order of keys, on what was not given, or on callbacks", () => {
    const hash = configHash({ a: 1, b: { c: [1, 2], d: null }, e: undefined });
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(configHash({ b: { d: null, c: [1, 2], f: () => {} }, a: 1 })).toBe(hash);
  });

  it("depends on everything else", () => {
    const all = [
      ...[
        { a: 1 },
        { a: "1" },
        { a: true },
        { a: null },
        { b: 1 },
        [1],
        1,
        "1",
        null,
        { a: [1, 2] },
        { a: [2, 1] },
        { a: ["1,2"] },
      ],
      ...[
        { a: Number.NaN },
        { a: Number.POSITIVE_INFINITY },
        { a: {} },
        { a: [] },
        {},
        [],
        { a: new Date(1) },
        [null],
        ["n1"],
      ],
    ];
    expect(new Set(all.map(configHash)).size).toBe(all.length);
    expect(configHash({ a: -0 })).toBe(configHash({ a: 0 }));
  });

  it("takes plain data only", () => {
    const circle: Record<string, unknown> = {};
    circle.self = { circle };
    for (const wrong of [circle, new Map(), 1n, Symbol("a"), new Float64Array(1)]) {
      expect(() => configHash({ wrong })).toThrow(/^configHash: needs plain data, got /);
    }
  });
});
