import { compare, prepare, profile, runSuite, type Suite } from "smirnov";
import { describe, expect, it } from "vitest";
import { table } from "../metrics/reports.ts";

const rows = Array.from({ length: 200 }, (_, k) => k);
const reference = { price: rows.map((k) => k % 50), city: rows.map((k) => "ab"[k % 2]!), other: rows };
const current = {
  price: rows.map((k) => (k % 40 === 3 ? null : k % 50 === 0 ? 60 : k % 50)),
  city: rows.map((k) => (k === 5 || k === 17 ? "c" : "ab"[k % 2]!)),
  other: rows,
};

const run = async (checks: Suite["checks"], options = {}) =>
  (await runSuite({ checks: checks! }, reference, current, options)).result.results;

describe("runSuite", () => {
  it("compares and checks", async () => {
    const suite: Suite = { name: "s", checks: [{ metric: "missing", column: "price", lte: { reference: 1 } }] };
    const { report, result } = await runSuite(suite, reference, current);
    expect(result).toMatchObject({ suite: "s", passed: false, counts: { fail: 1 } });
    expect(report.rows).toEqual({ reference: 200, current: 200 });
  });

  it("compares what the checks need, and nothing more", async () => {
    const reportOf = async (suite: Suite) => (await runSuite(suite, reference, current)).report;
    const little = await reportOf({ checks: [{ metric: "missing", column: "price", lte: 0 }] });
    expect(Object.keys(little.columns)).toEqual(["price"]);
    expect(little.quality).toBeUndefined();
    const some = await reportOf({ checks: [{ metric: "q50", column: "price", lte: 0 }] });
    expect(Object.keys(some.quality!.current.columns)).toEqual(["price"]);
    const all = await reportOf({ checks: [{ metric: "driftedShare", lte: 0 }] });
    expect(Object.keys(all.columns)).toEqual(["price", "city", "other"]);
    expect(all.quality).toBeUndefined();
    expect(
      (await reportOf({ checks: [{ metric: "adjustedPValue", column: "price", lte: 0 }] })).columns,
    ).toHaveProperty("city");
    const pairs = await reportOf({ checks: [{ metric: "correlation", column: "price", of: "other", lte: 2 }] });
    expect(pairs.correlations?.matrices).toBeDefined();
    expect((await reportOf({})).quality).toBeUndefined();
  });

  it("takes options of compare from the suite, and from the caller before these", async () => {
    const suite: Suite = {
      compare: { by: "city", level: 0.01 },
      checks: [{ metric: "rows", segment: "city=a", eq: 100 }],
    };
    const { report, result } = await runSuite(suite, reference, current, { level: 0.02 });
    expect(result.results[0]!.status).toBe("pass");
    expect(report.settings.level).toBe(0.02);
  });

  it("names the rows behind what does not hold", async () => {
    const found = await run([
      { metric: "missingShare", column: "price", lte: 0 },
      { metric: "outOfList", column: "city", eq: 0 },
      { metric: "outOfRangeShare", column: "price", lte: 0, critical: false },
      { metric: "max", column: "price", lte: 59 },
      { metric: "max", column: "price", lte: { reference: 1 } },
      { metric: "mean", column: "price", lte: 0 },
      { metric: "missing", column: "price", gte: 100 },
      { metric: "missing", column: "price", lte: 100 },
      { metric: "duplicatedRows", lte: 0 },
    ]);
    expect(found.map(({ rows }) => rows)).toEqual([
      { count: 5, indices: [3, 43, 83, 123, 163] },
      { count: 2, indices: [5, 17] },
      { count: 4, indices: [0, 50, 100, 150] },
      { count: 4, indices: [0, 50, 100, 150] },
      { count: 4, indices: [0, 50, 100, 150] },
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("names no more rows than wanted", async () => {
    const check = { metric: "missing", column: "price", lte: 0 };
    expect((await run([check], { mostRows: 2 }))[0]!.rows).toEqual({ count: 5, indices: [3, 43] });
    expect((await run([check], { mostRows: 0 }))[0]!.rows).toBeUndefined();
    await expect(run([check], { mostRows: -1 })).rejects.toThrow("mostRows must be a whole number");
  });

  it("compares the rows that a check is about, once for all of the same, and names rows of the whole table", async () => {
    const found = await run([
      { metric: "missing", column: "price", lte: 0, where: { city: "a" } },
      { metric: "missing", column: "price", lte: 0, where: { other: { gte: 80 } } },
      { metric: "rows", eq: 120, where: { other: { gte: 80 } } },
      { metric: "rows", eq: 200 },
      { metric: "outOfList", column: "city", lte: 0, where: { other: { lt: 10 } } },
    ]);
    expect(found.map(({ status, rows }) => [status, rows?.indices])).toEqual([
      ["pass", undefined],
      ["fail", [83, 123, 163]],
      ["pass", undefined],
      ["pass", undefined],
      ["fail", [5]],
    ]);
    const doubled = { a: [1, 1, 2, 3, 3], b: ["x", "x", "y", "z", "z"] };
    const { result } = await runSuite(
      { checks: [{ metric: "duplicatedRowShare", lte: 0, where: { a: { gt: 1 } } }] },
      doubled,
      doubled,
    );
    expect(result.results[0]!.rows).toEqual({ count: 1, indices: [4] });
    expect(found[1]!.where).toEqual({ other: { gte: 80 } });
  });

  it("adds a check's rows to those of the suite", async () => {
    const own: Suite = {
      compare: { where: { other: { lt: 100 } } },
      checks: [
        { metric: "rows", eq: 100 },
        { metric: "rows", eq: 50, where: { city: { in: ["a", "c"] } } },
      ],
    };
    const { result } = await runSuite(own, reference, current);
    expect(result.results.map(({ actual }) => actual)).toEqual([100, 52]);
    const twice: Suite = { ...own, checks: [{ metric: "rows", eq: 1, where: { other: 5 } }] };
    await expect(runSuite(twice, reference, current)).rejects.toThrow('both choose rows by "other"');
  });

  it("checks prepared tables and profiles too, without rows", async () => {
    const suite: Suite = { checks: [{ metric: "missing", column: "price", lte: 0 }] };
    const { result } = await runSuite(suite, prepare(reference), current);
    expect(result.results[0]).toMatchObject({ status: "fail", rows: { count: 5 } });
    const profiled = (await runSuite(suite, await profile(reference), await profile(current))).result.results[0]!;
    expect(profiled).toMatchObject({ status: "fail", actual: 5 });
    expect(profiled.rows).toBeUndefined();
  });

  it("checks a model where the suite says how it is compared", async () => {
    const suite: Suite = {
      presets: ["classification"],
      compare: { modelQuality: { target: "target", prediction: "prediction", scores: "score", positive: "yes" } },
    };
    const { result } = await runSuite(suite, table(), table(37));
    expect(result.counts.error).toBe(0);
    const without = await runSuite({ presets: ["classification"] }, table(), table(37));
    expect(without.result.results[0]!.reason).toBe("accuracy: accuracy was not computed: it needs modelQuality");
  });

  it("is the same as compare and check", async () => {
    const { report } = await runSuite({ presets: ["data-quality"] }, reference, current);
    const own = await compare(reference, current, { quality: true });
    expect(report).toEqual(own);
  });
});
