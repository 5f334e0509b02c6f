import { compare, type DriftReport, type Metric, metricsOf, profile, quality } from "smirnov";
import { describe, expect, it } from "vitest";
import type { MetricDefinition } from "../../dist/metrics/definition.js";
import { effectNames } from "../../dist/metrics/effect-names.js";
import { definitionsOf, metricDefinitions, quantileName } from "../../dist/metrics/vocabulary.js";
import { results, table } from "./reports.ts";

const all = Object.entries(results).map(([name, result]) => ({ name, metrics: metricsOf(result) }));

/** What a metric that is listed must be defined as. */
function fits({ column, of, side }: Metric, { subjects, sides }: MetricDefinition) {
  const subject =
    column !== null ? (of === null ? ["column"] : ["pair"]) : of === null ? ["table", "model"] : ["class"];
  const sideFits = sides === "both" ? side === null : sides === "current" ? side === "current" : side !== null;
  return sideFits && subjects.some((one) => subject.includes(one));
}

const kindFits = {
  count: (value: unknown) => Number.isInteger(value) && (value as number) >= 0,
  share: (value: unknown) => typeof value === "number" && value >= 0 && value <= 1,
  number: (value: unknown) => typeof value === "number" && Number.isFinite(value),
  truth: (value: unknown) => typeof value === "boolean",
  text: (value: unknown) => typeof value === "string",
  value: (value: unknown) => ["number", "string", "boolean"].includes(typeof value),
  names: (value: unknown) => Array.isArray(JSON.parse(value as string)),
};

describe.each(all)("metricsOf the result `$name`", ({ metrics }) => {
  it("lists only what is defined, of the subject and the side that it is defined for", () => {
    const unknown = metrics.filter((metric) => !definitionsOf(metric.metric).some((one) => fits(metric, one)));
    expect(unknown).toEqual([]);
  });

  it("has values of the kind that is defined, and no NaN", () => {
    const wrong = metrics.filter((metric) => {
      const [definition] = definitionsOf(metric.metric).filter((one) => fits(metric, one));
      return metric.value !== null && !kindFits[definition!.value](metric.value);
    });
    expect(wrong).toEqual([]);
    expect(JSON.parse(JSON.stringify(metrics))).toEqual(metrics);
  });

  it("names each metric once", () => {
    const keys = metrics.map(({ segment, column, of, side, metric }) =>
      JSON.stringify([segment, column, of, side, metric]),
    );
    expect(keys.filter((key, k) => keys.indexOf(key) !== k)).toEqual([]);
  });

  it("has the table first, then columns, then segments in the same order", () => {
    const rank = ({ segment, column }: Metric) => (segment === null ? 0 : 2) + (column === null ? 0 : 1);
    const whole = metrics.filter(({ segment }) => segment === null).map(rank);
    expect(whole).toEqual(whole.toSorted((a, b) => a - b));
    const firstOfSegment = metrics.findIndex(({ segment }) => segment !== null);
    if (firstOfSegment >= 0) expect(metrics.slice(firstOfSegment).every(({ segment }) => segment !== null)).toBe(true);
  });
});

describe("the vocabulary", () => {
  it("has nothing that no result lists, but for names of effects", () => {
    const listed = all.flatMap(({ metrics }) => metrics);
    const unseen = metricDefinitions.filter(
      (definition) =>
        !effectNames.has(definition.name) &&
        !listed.some((metric) => metric.metric === definition.name && fits(metric, definition)),
    );
    expect(unseen.map(({ name, subjects }) => `${name} of ${subjects}`)).toEqual([]);
  });

  it("has the effect of every method of compare", async () => {
    const { methods } = await import("../../dist/drift/methods.js");
    const columns = {
      numbers: table().weight,
      texts: table().shop,
      vectors: null,
    };
    const found = new Set<string>();
    for (const [name, { values, categories }] of methods) {
      if (!values && !categories) continue;
      const sides = values ? [columns.numbers, table(37).weight] : [columns.texts, table(37).city];
      const pairs = name === "fisher" || name === "proportion" ? [table().target, table(37).target] : sides;
      const report = await compare({ x: pairs[0]! }, { x: pairs[1]! }, { method: name });
      for (const effect of report.columns.x!.effects) found.add(effect.name);
    }
    expect(found.size).toBeGreaterThan(12);
    expect([...found].filter((name) => !effectNames.has(name))).toEqual([]);
  });

  it("writes probabilities into names without loss", () => {
    expect([0.05, 0.5, 0.999, 0.1, 1, 1e-7].map((p) => quantileName("q", p))).toEqual([
      "q05",
      "q50",
      "q999",
      "q10",
      "q100",
      "q0000001",
    ]);
  });
});

describe("metricsOf", () => {
  const metricIn = (metrics: readonly Metric[], metric: string, column: string | null, side: Metric["side"]) =>
    metrics.find((one) => one.metric === metric && one.column === column && one.side === side && one.segment === null)
      ?.value;

  it("says what a report says", () => {
    const report = results.classification;
    const metrics = metricsOf(report);
    expect(metricIn(metrics, "driftedShare", null, null)).toBe(report.dataset.share);
    expect(metricIn(metrics, "pValue", "price", null)).toBe(report.columns.price!.pValue);
    expect(metricIn(metrics, "mean", "price", "current")).toBe(report.quality!.current.columns.price!.numbers!.mean);
    expect(metricIn(metrics, "missingShare", "price", "reference")).toBeCloseTo(16 / 300, 12);
    expect(metricIn(metrics, "when", "when", "current")).toBeUndefined();
    expect(metricIn(metrics, "min", "when", "current")).toBe("2024-01-01T00:00:00.000Z");
  });

  it("counts infinities among the values, null and NaN among what is missing", async () => {
    const metrics = metricsOf(await quality({ x: [1, Number.NaN, null, Number.POSITIVE_INFINITY] }));
    const of = (name: string) => metricIn(metrics, name, "x", "current");
    expect(["values", "missing", "missingShare", "nan", "infinite", "infiniteShare"].map(of)).toEqual([
      2, 2, 0.5, 1, 1, 0.25,
    ]);
  });

  it("gives a profile the metrics of the table, with intervals for what it does not know exactly", async () => {
    const values = Float64Array.from({ length: 50_000 }, (_, k) => Math.sin(k) * 1000);
    const found = metricsOf(await profile({ x: values }));
    const exact = metricsOf(await quality({ x: values }));
    for (const metric of exact) {
      const own = found.find((one) => one.metric === metric.metric && one.column === metric.column);
      if (own?.interval === undefined || typeof metric.value !== "number") continue;
      expect(own.interval[0]).toBeLessThanOrEqual(metric.value);
      expect(own.interval[1]).toBeGreaterThanOrEqual(metric.value);
    }
    expect(found.filter(({ interval }) => interval !== undefined).map(({ metric }) => metric)).toContain("q50");
  });

  it("takes columns by any name", async () => {
    const names = ["__proto__", "constructor", "", " ", "7", "a=b", "</script>", "\u202e"];
    const columns = Object.fromEntries(names.map((name) => [name, [1, 2, 3]]));
    const report = (await compare(columns, columns, { quality: true })) as DriftReport;
    const found = new Set(metricsOf(report).map(({ column }) => column));
    expect(names.filter((name) => !found.has(name))).toEqual([]);
  });

  it("refuses what has no metrics", () => {
    expect(() => metricsOf({} as never)).toThrow(
      "metricsOf: needs a report, what quality or modelQuality returned, or a profile, got an object",
    );
    expect(() => metricsOf(null as never)).toThrow(TypeError);
  });
});
