/** What a window cannot answer does not pass. */
import { type Check, type CheckStatus, check, compare, quality, runSuite, suiteFrom } from "smirnov";
import { describe, expect, it } from "vitest";

const cities = ["a", "b", "c"];
const table = (rows: number, price: (row: number) => unknown = (row) => 10 + (row % 17)) => ({
  price: Array.from({ length: rows }, (_, row) => price(row)) as number[],
  city: Array.from({ length: rows }, (_, row) => cities[row % 3]!),
});
const usual = table(300);
const { price: _, ...withoutPrice } = usual;
const hollow = { ...usual, price: new Float64Array(300).fill(Number.NaN) };
const asText = { ...usual, price: usual.price.map(String) };

const mean: Check = { metric: "mean", column: "price", gte: 5, lte: 50 };
const drifted: Check = { metric: "drifted", column: "price", eq: false };

async function statuses(checks: readonly Check[], reference: object, current: object) {
  const { result } = await runSuite({ checks }, reference as never, current as never, { threads: 1 });
  return result.results.map(({ status }) => status);
}

describe("checks of a window", () => {
  it.each<[string, object, object, CheckStatus[]]>([
    ["that is as it should be", usual, usual, ["pass", "pass"]],
    ["without rows", usual, table(0), ["error", "error"]],
    ["without the column", usual, withoutPrice, ["error", "error"]],
    ["with the column as text", usual, asText, ["error", "error"]],
    ["with a column without values", usual, hollow, ["error", "fail"]],
    ["where the reference has no such column", withoutPrice, usual, ["pass", "error"]],
    ["of one row", usual, table(1), ["pass", "skip"]],
  ])("%s", async (_, reference, current, expected) => {
    expect(await statuses([mean, drifted], reference, current)).toEqual(expected);
  });

  it("warn where they are not critical", async () => {
    const checks = [mean, drifted].map((one) => ({ ...one, critical: false }));
    expect(await statuses(checks, usual, table(0))).toEqual(["warn", "warn"]);
  });

  it("of all columns are errors for those that lost their values, and skip those that never had any", async () => {
    const all: Check = { ...mean, column: "*" };
    expect(await statuses([all], usual, hollow)).toEqual(["error"]);
    expect(await statuses([all], hollow, hollow)).toEqual(["skip"]);
    expect(await statuses([{ ...drifted, column: "*" }], usual, withoutPrice)).toEqual(["error", "pass"]);
    expect(await statuses([{ ...drifted, column: "*" }], withoutPrice, usual)).toEqual(["pass", "skip"]);
  });

  it("relative to a reference without any value are errors", async () => {
    const relative: Check = { metric: "mean", column: "price", gte: { reference: 0.9 } };
    expect(await statuses([relative], hollow, usual)).toEqual(["error"]);
  });

  it("on the verdict of a table of which nothing was judged are no passes", async () => {
    const whole: Check[] = [
      { metric: "drifted", eq: false },
      { metric: "driftedColumns", lte: 1 },
    ];
    expect(await statuses(whole, usual, table(5))).toEqual(["skip", "skip"]);
    expect(await statuses(whole, usual, table(0))).toEqual(["error", "error"]);
  });

  it("without a reference are errors where the columns named have no value", async () => {
    const { passed, results } = check(await quality(table(0)), [mean, { metric: "duplicatedRowShare", lte: 0.1 }]);
    expect(passed).toBe(false);
    expect(results.map(({ status }) => status)).toEqual(["error", "error"]);
  });

  it("made by suiteFrom fail on an empty window", async () => {
    const report = await compare(usual, table(0), { quality: true });
    expect(check(report, await suiteFrom(usual)).passed).toBe(false);
  });

  it("in a segment that vanished are errors where it is named, and skipped among all", async () => {
    const report = await compare(
      usual,
      { ...usual, city: usual.city.map((city) => (city === "a" ? "d" : city)) },
      { by: "city" },
    );
    const of = (segment: string) => check(report, [{ ...drifted, segment }]).results.map((one) => one.status);
    expect(of("city=a")).toEqual(["error"]);
    expect(of("*")).toEqual(["skip", "pass", "pass", "skip"]);
    expect(of("city=d")).toEqual(["skip"]);
  });
});

describe("runSuite", () => {
  const other: Check = { metric: "mean", column: "price", where: { city: "a" }, gte: 5 };

  it("has an error for a check whose rows cannot be told, and goes on with the others", async () => {
    const { city: _, ...withoutCity } = usual;
    expect(await statuses([mean, other], usual, withoutCity)).toEqual(["pass", "error"]);
    expect(await statuses([mean, { ...other, where: { price: "x" } }], usual, usual)).toEqual(["pass", "error"]);
    const { result } = await runSuite({ checks: [{ ...other, where: { town: "a" } }] }, usual, usual);
    expect(result.results[0]!.reason).toBe(
      'mean of price: where names "town", which is not a column of the reference; there are price, city',
    );
  });

  it("has an error for a column that is nowhere, also where it is the only one that is looked at", async () => {
    const { result } = await runSuite({ checks: [{ ...mean, column: "prize" }] }, usual, usual);
    expect(result.results.map(({ status, reason }) => [status, reason])).toEqual([
      ["error", 'mean of prize: there is no column "prize"; did you mean "price"?'],
    ]);
  });

  it("asks of points in time by name only whether they leave the reference's range", async () => {
    const days = (first: number) => ({
      day: Array.from({ length: 50 }, (_, k) => new Date((first + k) * 864e5)),
      x: Array.from({ length: 50 }, (_, k) => k),
    });
    const { result } = await runSuite({ presets: ["data-stability"] }, days(0), days(100));
    expect(result.passed).toBe(true);
    expect(await statuses([{ metric: "outOfRangeShare", column: "day", lte: 0 }], days(0), days(100))).toEqual([
      "fail",
    ]);
  });

  it("refuses a promise of a table", async () => {
    await expect(runSuite({ checks: [mean] }, Promise.resolve(usual) as never, usual)).rejects.toThrow("got a Promise");
  });
});

describe("reasons", () => {
  it("have the digits that decide", () => {
    const found = (mean: number, limit: number) =>
      quality({ x: [mean] }).then(
        (one) => check(one, [{ metric: "mean", column: "x", lte: limit }]).results[0]!.reason,
      );
    return expect(
      Promise.all([found(0.50000000001, 0.5), found(0.123456789, 0.1), found(2 ** 53, 2 ** 53 - 1)]),
    ).resolves.toEqual([
      "mean of x is 0.50000000001, should be ≤ 0.5",
      "mean of x is 0.123457, should be ≤ 0.1",
      "mean of x is 9007199254740992, should be ≤ 9007199254740991",
    ]);
  });
});
