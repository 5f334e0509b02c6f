/** The schemas of what is written for programs: kept in docs/, complete, and true of reports of every kind. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { type CompareOptions, compare, learnThresholds, type Profile, profile, type TableInput } from "smirnov";
import { renderJson } from "smirnov/render";
import { describe, expect, it } from "vitest";
import { generator, normals } from "../drift/samples.ts";
import { everything } from "./fixture.ts";
import { checksWith, hostile, reportWith } from "./hostile.ts";
import { everyResult, qualityOf, regressionModel } from "./quality-fixture.ts";
import { reportSchema } from "./schema/report.ts";
import { suiteResultSchema } from "./schema/suite-result.ts";

const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
const isReport = ajv.compile(reportSchema);
const isResult = ajv.compile(suiteResultSchema);

/** What is wrong with what is written, if anything. */
const wrong = (is: typeof isReport, value: unknown) => {
  is(JSON.parse(JSON.stringify(value)));
  return (is.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
};

const rows = 300;

/** A table with columns of all kinds. */
function tableOf(seed: number, by: number): Record<string, unknown> {
  const random = generator(seed);
  const some = <T>(value: () => T) => Array.from({ length: rows }, value);
  const price = normals(rows, seed, by, 1);
  return {
    price: price.map((x, row) => (row % 17 === 0 ? null : x)),
    area: price.map((x) => 2 * x + random()),
    count: some(() => Math.floor(5 * random() + by)),
    odd: some(() => (random() < 0.2 ? Number.NaN : random() < 0.1 ? Number.POSITIVE_INFINITY : random())),
    city: some(() => (random() < 0.3 + by / 10 ? "Oslo" : random() < 0.1 ? "" : `Rome ${Math.floor(by)}`)),
    share: some(random),
    guess: some(() => Math.floor(5 * random())),
    sold: some(() => random() < 0.4),
    day: some(() => new Date(1.7e12 + 1e9 * (random() + by))),
    key: some(() => `id ${random()}`),
    empty: some(() => null),
    same: some(() => 3),
    customer: Array.from({ length: rows }, (_, row) => `customer ${row >> 2}`),
    row: Array.from({ length: rows }, (_, row) => row),
    vector: { values: Float64Array.from({ length: 3 * rows }, () => random() + by), dimension: 3 },
  };
}

const before = tableOf(1, 0) as TableInput;
const after = {
  ...tableOf(2, 0.8),
  city2: ["x", ...Array(rows - 1).fill("y")],
  same: Array(rows).fill("3"),
} as TableInput;
const start = tableOf(3, 0.1) as TableInput;
const features = ["price", "area", "city"];

const options: readonly (readonly [what: string, options: CompareOptions])[] = [
  ["nothing", {}],
  ["dates", { temporal: true, methodByKind: { numeric: "ks" }, methods: { city: "psi" }, threshold: 0.01 }],
  ["thresholds", { thresholds: { price: 0.1 }, thresholdByKind: { numeric: 0.2 }, method: "wasserstein" }],
  ["resampling", { method: "wasserstein-resampled", columns: ["price", "odd"] }],
  ["weights and a schedule", { weights: { price: 2 }, schedule: { perDay: 24 }, correction: "holm" }],
  ["any column", { datasetRule: "any", level: 0.001, possibleLevel: 0.01, minimumValues: 50, share: 0.2 }],
  ["clusters", { clusterBy: "customer" }],
  ["blocks", { blocks: true }],
  ["blocks of a length", { blocks: 5 }],
  ["segments", { by: ["city", "sold"] }],
  ["pairs", { pairBy: "row" }],
  ["correlations", { correlations: { matrix: true } }],
  ["conditions on rows", { where: { price: { gt: 0, notIn: [1, 2] }, city: "Oslo", count: { missing: false } } }],
  ["quality", { quality: true }],
  ["quality of segments", { quality: true, by: "sold", columns: ["price", "city", "odd", "day", "empty"] }],
  ["a classifier", { modelQuality: { target: "sold", scores: "share" } }],
  ["a model of several classes", { modelQuality: { target: "count", prediction: "guess", task: "classification" } }],
  ["a regression, by segments", { modelQuality: { target: "price", prediction: "area" }, by: "sold" }],
  ["a ranking", { modelQuality: { target: "count", scores: "area", query: "customer", k: [1, 3] } }],
  ["roles", { target: "sold", prediction: "count", features, startOfServing: start, joint: true }],
];

describe("docs/report.schema.json", () => {
  it("is what the types say", async () => {
    await expect(`${JSON.stringify(reportSchema, null, 2)}\n`).toMatchFileSnapshot("../../docs/report.schema.json");
  });

  it.each(options)("takes a report with %s", async (_, chosen) => {
    const report = await compare(before, after, { ...chosen, threads: 1 });
    expect(wrong(isReport, report)).toEqual([]);
    expect(JSON.parse(renderJson(report))).toEqual(report);
  });

  it("takes a report with thresholds that were learned", async () => {
    const learned = await learnThresholds(before, { columns: ["price", "city"], chunks: 5 });
    expect(wrong(isReport, await compare(before, after, { columns: ["price", "city"], learned }))).toEqual([]);
  });

  it("takes what profiles leave open", async () => {
    const columns = ["price", "area", "count", "city", "sold", "day"];
    const sides: Profile[] = [await profile(before, { columns }), await profile(after, { columns })];
    for (const current of [sides[1]!, after]) {
      const report = await compare(sides[0]!, current, { columns });
      expect(wrong(isReport, report)).toEqual([]);
    }
  });

  it("takes a report of Evidently's preset", async () => {
    const columns = ["price", "count", "city", "sold", "empty"];
    expect(wrong(isReport, await compare(before, after, { preset: "evidently", columns }))).toEqual([]);
  });

  it("takes reports with quality, with a model, and with no column", async () => {
    const report = { ...everything, quality: qualityOf("price"), modelQuality: regressionModel("y") };
    expect(wrong(isReport, report)).toEqual([]);
    expect(wrong(isReport, await compare({}, {}))).toEqual([]);
  });

  it.each(hostile)("takes a report that names %s", (_, text) => {
    expect(wrong(isReport, reportWith(text))).toEqual([]);
    expect(wrong(isResult, checksWith(text))).toEqual([]);
  });

  it("refuses a field that there is not, one that lacks, and a number that is none", () => {
    const [first] = Object.values(everything.columns);
    const withColumn = (changes: object) => ({ ...everything, columns: { a: { ...first, ...changes } } });
    expect(wrong(isReport, withColumn({}))).toEqual([]);
    expect(wrong(isReport, { ...everything, extra: 1 })).not.toEqual([]);
    expect(wrong(isReport, withColumn({ extra: 1 }))).not.toEqual([]);
    expect(wrong(isReport, withColumn({ severity: undefined }))).not.toEqual([]);
    expect(wrong(isReport, withColumn({ severity: "none at all" }))).not.toEqual([]);
    expect(wrong(isReport, withColumn({ pValue: 1.5 }))).not.toEqual([]);
    expect(wrong(isReport, { ...everything, format: 2 })).not.toEqual([]);
  });
});

describe("renderJson", () => {
  it("holds no number that JSON has not", async () => {
    for (const [, chosen] of options) {
      const report = await compare(before, after, { ...chosen, threads: 1 });
      const strange: unknown[] = [];
      JSON.stringify(report, (_, value) => {
        if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value))) strange.push(value);
        return typeof value === "bigint" ? null : value;
      });
      expect(strange).toEqual([]);
    }
  });
});

describe("docs/suite-result.schema.json", () => {
  it("is what the types say", async () => {
    const written = `${JSON.stringify(suiteResultSchema, null, 2)}\n`;
    await expect(written).toMatchFileSnapshot("../../docs/suite-result.schema.json");
  });

  it("takes results of every status, and refuses others", () => {
    expect(wrong(isResult, everyResult)).toEqual([]);
    const [first, ...rest] = everyResult.results;
    const filter = { price: { gte: 3, notIn: [5, "x"] }, city: "Oslo" };
    expect(wrong(isResult, { ...everyResult, results: [{ ...first, where: filter }, ...rest] })).toEqual([]);
    expect(wrong(isResult, { ...everyResult, results: [{ ...first, status: "passed" }] })).not.toEqual([]);
    expect(wrong(isResult, { ...everyResult, results: [{ ...first, extra: true }] })).not.toEqual([]);
  });
});
