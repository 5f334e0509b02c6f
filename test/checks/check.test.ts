import { type Check, type CheckStatus, check, compare, profile, quality, type Suite } from "smirnov";
import { describe, expect, it } from "vitest";
import { results } from "../metrics/reports.ts";

const numbers = (count: number, of: (k: number) => number | null) => Array.from({ length: count }, (_, k) => of(k));
const before = {
  price: numbers(100, (k) => (k < 5 ? null : k)),
  city: numbers(100, (k) => k).map((k) => "abc"[k! % 3]!),
  when: numbers(100, (k) => k).map((k) => new Date(Date.UTC(2024, 0, 1 + k!))),
  big: Array.from({ length: 100 }, (_, k) => 9007199254740990n + BigInt(k)),
  flag: numbers(100, (k) => k).map((k) => k! % 2 === 0),
  hollow: numbers(100, () => null),
};
const after = { ...before, price: numbers(100, (k) => (k < 12 ? null : k + 10)) };
const report = await compare(before, after, { quality: true });

const one = (own: Check) => check(report, [own]).results[0]!;
const statusOf = (own: Check) => one(own).status;

describe("check", () => {
  it("says what is, and what should be", () => {
    expect(one({ metric: "missingShare", column: "price", lte: 0.05 })).toEqual({
      name: "missingShare of price ≤ 0.05",
      status: "fail",
      reason: "missingShare of price is 0.12, should be ≤ 0.05",
      metric: "missingShare",
      column: "price",
      of: null,
      side: "current",
      segment: null,
      where: null,
      critical: true,
      actual: 0.12,
      expected: "≤ 0.05",
    });
  });

  it("puts numbers in place of references", () => {
    const found = one({ metric: "missingShare", column: "price", lte: { reference: 1.1 } });
    expect(found).toMatchObject({ status: "fail", expected: "≤ 0.055 (1.1 × 0.05)" });
    expect(found.name).toBe("missingShare of price ≤ 1.1 × reference");
    const expected = (own: Partial<Check>) => one({ metric: "rows", ...own }).expected;
    expect(expected({ gte: { reference: 1, plus: -5 } })).toBe("≥ 95 (100 − 5)");
    expect(expected({ eq: { reference: 1 } })).toBe("= 100 (the reference's)");
    expect(expected({ approx: { value: { reference: 1 }, relative: 0.1 } })).toBe("100 (the reference's) ± 10");
  });

  it("warns in place of failing where a check is not critical", () => {
    const checks: Check[] = [{ metric: "missing", column: "price", eq: 0, critical: false }];
    expect(check(report, checks)).toMatchObject({ passed: true, counts: { warn: 1, fail: 0 } });
  });

  it("passes unless a check fails or is an error", () => {
    const suite: Suite = { name: "s", checks: [{ metric: "rows", eq: 100 }] };
    expect(check(report, suite)).toMatchObject({ format: 1, suite: "s", passed: true, counts: { pass: 1 } });
    expect(check(report, [{ metric: "rows", eq: 1 }]).passed).toBe(false);
    expect(check(report, [{ metric: "rows", column: "no", eq: 1 }])).toMatchObject({
      passed: false,
      counts: { error: 1 },
    });
    expect(check(report, [])).toMatchObject({ passed: true, results: [] });
  });

  it("has a result for each column that has the metric where columns are *, and for each that is named", () => {
    const columns = (column: string | string[]) =>
      check(report, [{ metric: "mean", column, gte: 0, name: "n" }]).results.map(({ column, name }) => [column, name]);
    expect(columns("*").map(([column]) => column)).toEqual(["price", "big", "flag", "hollow"]);
    expect(columns(["big", "price", "big"])).toEqual([
      ["big", "n (big)"],
      ["price", "n (price)"],
    ]);
  });

  it("looks at the reference where it is told to", () => {
    const found = one({ metric: "missing", column: "price", side: "reference", eq: 5 });
    expect(found).toMatchObject({ status: "pass", reason: "missing of price (reference) is 5, should be 5" });
  });

  it.each<[string, Check, CheckStatus, RegExp]>([
    [
      "a column that is not there",
      { metric: "mean", column: "prise", eq: 1 },
      "error",
      /no column "prise"; did you mean "price"\?/,
    ],
    ["a metric that a column's kind has not", { metric: "mean", column: "city", eq: 1 }, "error", /city has no mean/],
    ["what was not compared by segments", { metric: "rows", segment: "a=b", eq: 1 }, "error", /by segments/],
    ["other rows", { metric: "rows", where: { city: "a" }, eq: 1 }, "error", /runSuite/],
    ["a metric of a column without any value", { metric: "mean", column: "hollow", gte: 1 }, "error", /has no value/],
    ["a truth value held against text", { metric: "mostCommon", column: "flag", eq: "a" }, "error", /"a" is not true/],
    ["a date that is none", { metric: "max", column: "when", lt: "tomorrow" }, "error", /"tomorrow" is not a date/],
  ])("tells of %s", (_, own, status, reason) => {
    const found = one(own);
    expect(found.status).toBe(status);
    expect(found.reason).toMatch(reason);
  });

  it("orders dates as dates, however they are written", () => {
    const last = { metric: "max", column: "when" };
    expect(statusOf({ ...last, eq: "2024-04-09" })).toBe("pass");
    expect(statusOf({ ...last, lte: "2024-04-09T02:00+02:00" })).toBe("pass");
    expect(statusOf({ ...last, lt: "2024-04-09T00:00:00.000Z" })).toBe("fail");
    expect(statusOf({ ...last, gt: "+010000-01-01" })).toBe("fail");
    expect(statusOf({ ...last, gte: "0999-01-01" })).toBe("pass");
    expect(statusOf({ ...last, eq: { reference: 1 } })).toBe("pass");
    expect(one({ ...last, lt: { reference: 1.1 } })).toMatchObject({ status: "error" });
  });

  it("compares whole numbers beyond 2^53 digit by digit", () => {
    const most = { metric: "max", column: "big" };
    expect(statusOf({ ...most, eq: "9007199254741089" })).toBe("pass");
    expect(statusOf({ ...most, lt: "9007199254741090" })).toBe("pass");
    expect(statusOf({ ...most, lt: "9007199254741089" })).toBe("fail");
    expect(statusOf({ ...most, lte: { reference: 1, plus: -1 } })).toBe("fail");
    expect(statusOf({ ...most, lte: { reference: 1, plus: 0 } })).toBe("pass");
  });

  it("needs a comparison for what is relative to the reference", async () => {
    const alone = check(await quality(before), [
      { metric: "missing", column: "price", lte: { reference: 1 } },
      { metric: "missing", column: "price", lte: 5 },
      { metric: "drifted", eq: false },
    ]);
    expect(alone.results.map(({ status }) => status)).toEqual(["error", "pass", "error"]);
    expect(alone.results[2]!.reason).toBe("drifted: drifted was not computed: it needs a comparison");
  });

  it("takes all that there is of a report without quality", async () => {
    const plain = await compare(before, after);
    const found = check(plain, [
      { metric: "missingShare", column: "price", lte: 0.2 },
      { metric: "mean", column: "price", gt: 0 },
      { metric: "q50", column: "price", gt: 0 },
      { metric: "rows", eq: 100 },
    ]);
    expect(found.results.map(({ status }) => status)).toEqual(["pass", "pass", "error", "pass"]);
  });

  it("warns where it hangs on what a profile does not know exactly", async () => {
    const values = Float64Array.from({ length: 40_000 }, (_, k) => Math.sin(k) * 1000);
    const known = await profile({ x: values });
    const found = check(known, [
      { metric: "distinct", column: "x", lte: 40_001 },
      { metric: "q50", column: "x", lt: 900 },
      { metric: "q50", column: "x", gt: 900 },
      { metric: "q50", column: "x", gte: 0.1234 },
    ]).results;
    expect(found.map(({ status }) => status)).toEqual(["pass", "pass", "fail", "warn"]);
    expect(found[3]!.reason).toMatch(/it is only known to lie between .* and .*, which leaves it open$/);
  });

  it("checks segments: one, or each; those without rows on a side are skipped", async () => {
    const [x, y] = [
      { v: numbers(90, (k) => k), s: numbers(90, (k) => k).map((k) => (k! < 45 ? "a" : "b")) },
      { v: numbers(90, (k) => k), s: numbers(90, (k) => k).map((k) => (k! < 45 ? "a" : "c")) },
    ];
    const cut = await compare(x, y, { by: "s", quality: true });
    const found = check(cut, [
      { metric: "drifted", column: "v", segment: "*", eq: false },
      { metric: "rows", segment: "s=a", eq: 45 },
      { metric: "rows", segment: "s=d", eq: 45 },
    ]).results;
    expect(found.map(({ segment, status }) => [segment, status])).toEqual([
      ["s=a", "pass"],
      ["s=b", "skip"],
      ["s=c", "skip"],
      ["s=a", "pass"],
      ["s=d", "error"],
    ]);
    expect(found[0]!.reason).toBe("drifted of v in s=a is false, should be false");
  });

  it("finds correlations in either order of the columns, and classes by name", () => {
    const found = check(results.classification, [
      { metric: "correlation", column: "price", of: "weight", gte: -1 },
      { metric: "correlation", column: "weight", of: "price", gte: -1 },
      { metric: "correlationChange", column: "*", gte: -2, lte: 2 },
      { metric: "recall", of: "yes", gte: 0 },
      { metric: "recall", gte: 0 },
      { metric: "recall", of: "maybe", gte: 0 },
    ]).results;
    expect(found[0]!.actual).toBe(found[1]!.actual);
    expect(found.filter(({ metric }) => metric === "correlationChange").length).toBeGreaterThan(5);
    expect(found.slice(-3).map(({ status, of }) => [of, status])).toEqual([
      ["yes", "pass"],
      [null, "pass"],
      ["maybe", "error"],
    ]);
    expect(found.at(-3)!.actual).toBe(found.at(-2)!.actual);
  });

  it("takes a check of some rows where the report is on exactly these", async () => {
    const some = await compare(before, after, { quality: true, where: { city: { in: ["a", "b"] } } });
    const found = check(some, [
      { metric: "rows", eq: 67, where: { city: { in: ["a", "b"] } } },
      { metric: "rows", eq: 67 },
      { metric: "rows", eq: 67, where: { city: "a" } },
    ]);
    expect(found.results.map(({ status }) => status)).toEqual(["pass", "pass", "error"]);
  });

  it("tells which columns came and went", async () => {
    const found = check(await compare({ a: [1], b: [1] }, { a: [1], c: [1] }, { quality: true }), [
      { metric: "columnNames", eq: { reference: 1 } },
    ]);
    expect(found.results[0]!.reason).toBe('columnNames is not as it should be: without "b", with "c"');
  });

  it("holds the names of columns against a list", async () => {
    const report = await compare({ a: [1], b: [1] }, { a: [1], c: [1] }, { quality: true });
    const found = check(report, [
      { metric: "columnNames", eq: ["a", "c"] },
      { metric: "columnNames", eq: ["c", "a"] },
      { metric: "columnNames", eq: ["a", "b", "d", "e", "f", "g"] },
      { metric: "columnNames", notEq: ["a", "b"] },
      { metric: "columnNames", notEq: ["a", "c"] },
      { metric: "columnNames", side: "reference", eq: '["a","b"]' },
    ]);
    expect(found.results.map(({ status }) => status)).toEqual(["pass", "fail", "fail", "pass", "fail", "pass"]);
    expect(found.results.map(({ name }) => name)[2]).toBe("columnNames = a, b, d, e, f, … (6 in all)");
    expect(found.results.map(({ reason }) => reason)).toMatchObject({
      1: "columnNames is not as it should be: the same names in another order",
      2: 'columnNames is not as it should be: without "b", "d", "e", "f", "g", with "c"',
      4: expect.stringMatching(/ should be ≠ a, c$/),
    });
    expect(() => check(report, [{ metric: "missingShare", column: "a", eq: ["a"] }])).toThrow(
      "missingShare is no list of names: eq takes one value, in several",
    );
  });

  it("takes columns, categories and segments by any name, and cuts what is long", async () => {
    const names = [
      "__proto__",
      "constructor",
      "toString",
      "",
      " ",
      "7",
      "a = b",
      "</script>",
      "{{",
      "\u202eevil",
      "x\ny",
      "😀",
    ];
    const columns = Object.fromEntries(names.map((name) => [name, ["a", "b", name, "c".repeat(10_000)]]));
    const hostile = await compare(columns, columns, { quality: true });
    for (const name of names) {
      const [found] = check(hostile, [{ metric: "missing", column: name, eq: 0 }]).results;
      expect(found).toMatchObject({ status: "pass", column: name, actual: 0 });
    }
    const [long] = check(hostile, [{ metric: "kind", column: "7", eq: "c".repeat(10_000) }]).results;
    expect(long!.reason.length).toBeLessThan(200);
    const all = check(hostile, [{ metric: "missing", column: "*", eq: 0 }]).results;
    expect(all.map(({ column }) => column).toSorted()).toEqual(names.toSorted());
  });

  it("refuses what is no suite, and tells all that is wrong", () => {
    expect(() => check(report, 5 as never)).toThrow("check: needs a suite or a list of checks, got number");
    expect(() => check(report, Promise.resolve({}) as never)).toThrow(/got a Promise: await it/);
    expect(() => check(report, [{ metric: "mising", lte: 1 }, { metric: "rows" }])).toThrow(
      /^check: checks\[0\]\.metric: unknown metric "mising"; did you mean "missing"\?; checks\[1\]: .* needs one of eq/,
    );
    expect(() => check({} as never, [])).toThrow(TypeError);
  });
});
