/** Suites made of a reference hold on windows that are like it, and fail on those that are not. */
import { check, compare, profile, quality, runSuite, type Suite, suiteFrom } from "smirnov";
import { beforeAll, describe, expect, it } from "vitest";
import { random } from "./random.ts";

interface Change {
  readonly shift?: number;
  readonly spread?: number;
  readonly nulls?: number;
  readonly category?: string;
  readonly without?: string;
}

/** Twenty columns: bell-shaped, skewed, heavy-tailed, few values, gaps, names with a long tail, a constant. */
function window(seed: number, rows: number, change: Change = {}) {
  const { uniform, normal, exponential } = random(seed);
  const column = <T>(of: () => T) => Array.from({ length: rows }, of);
  const orNull = (share: number, of: () => number) => () => (uniform() < share ? null : of());
  const table = {
    normal: column(() => 100 + 15 * (change.spread ?? 1) * normal() + (change.shift ?? 0)),
    standard: column(normal),
    year: column(() => 2024 + 0.5 * normal()),
    lognormal: column(() => Math.exp(normal())),
    exponential: column(exponential),
    uniform: column(uniform),
    heavy: column(() => normal() / Math.sqrt((exponential() + exponential() + exponential()) / 3)),
    count: column(() => Math.floor(4 * exponential())),
    zeros: column(() => (uniform() < 0.8 ? 0 : 10 * exponential())),
    rating: column(() => 1 + Math.floor(5 * uniform())),
    gaps: column(orNull(change.nulls ?? 0.1, normal)),
    rareGaps: column(orNull(0.001, exponential)),
    mostlyNull: column(orNull(0.97, uniform)),
    flag: column(() => uniform() < 0.3),
    rareFlag: column(() => uniform() < 0.002),
    country: column(() =>
      change.category !== undefined && uniform() < 0.05 ? change.category : "ABCDEFGH"[Math.floor(8 * uniform() ** 2)]!,
    ),
    city: column(() => `city ${Math.floor(Math.exp(Math.log(300) * uniform()))}`),
    id: column(() => `id ${uniform()}`),
    emptyAtTimes: column(() => (uniform() < 0.05 ? "" : "xyz"[Math.floor(3 * uniform())]!)),
    constant: column(() => 7),
  };
  return Object.fromEntries(Object.entries(table).filter(([name]) => name !== change.without));
}

/** Laws on which limits of means, or of what lies between known quantiles, fail. */
function odd(seed: number, rows: number) {
  const { uniform, normal } = random(seed);
  const column = <T>(of: () => T) => Array.from({ length: rows }, of);
  return {
    cauchy: column(() => normal() / normal()),
    pareto: column(() => (1 - uniform()) ** (-1 / 1.5)),
    lognormal: column(() => Math.exp(2 * normal())),
    peaks: column(() => (uniform() < 0.5 ? -5 : 5) + normal()),
    zeros: column(() => (uniform() < 0.95 ? 0 : Math.exp(2 * normal()))),
    rare: column(() => (uniform() < 0.02 ? 1 : 0)),
    user: column(() => `u${Math.floor(3000 * uniform())}`),
    rarelyFalse: column(() => uniform() < 0.997),
  };
}

const reference = window(1, 1000);

describe("suiteFrom of a reference of 1000 rows", () => {
  let suite: Suite;
  beforeAll(async () => {
    suite = await suiteFrom(reference);
  });

  it("holds on 50 unchanged windows of 1000 rows", async () => {
    const failed: string[] = [];
    for (let k = 0; k < 50; k++) {
      const { result } = await runSuite(suite, reference, window(100 + k, 1000), { threads: 1 });
      failed.push(
        ...result.results.filter(({ status }) => status === "fail" || status === "error").map(({ reason }) => reason),
      );
    }
    expect(suite.checks!.length).toBeGreaterThan(200);
    expect(failed).toEqual([]);
  });

  it.each<[string, Change, RegExp]>([
    ["a shift by a third of the standard deviation", { shift: 5 }, /^mean of normal/],
    ["a spread that grows by half", { spread: 1.5 }, /^standardDeviation of normal/],
    ["nulls that rise from 10 to 20 %", { nulls: 0.2 }, /^missingShare of gaps/],
    ["a new category in 5 % of the rows", { category: "new" }, /^outOfListShare of country/],
    ["a column that vanishes", { without: "city" }, /^columnNames is not as it should be: without "city"/],
  ])("fails on %s", async (_, change, reason) => {
    const { result } = await runSuite(suite, reference, window(77, 1000, change));
    const failed = result.results.filter(({ status }) => status === "fail");
    expect(failed.map((one) => one.reason)).toContainEqual(expect.stringMatching(reason));
  });
});

describe("suiteFrom", () => {
  it("holds on windows of other sizes than the reference, each of another reference", async () => {
    for (const [rows, expectedRows] of [
      [1000, 200],
      [400, 2000],
    ] as const) {
      let failed = 0;
      for (let k = 0; k < 15; k++) {
        const own = window(500 + k, rows);
        const { result } = await runSuite(await suiteFrom(own, { expectedRows }), own, window(900 + k, expectedRows), {
          threads: 1,
        });
        failed += result.counts.fail + result.counts.error;
      }
      expect(failed, `${rows} and ${expectedRows} rows`).toBeLessThanOrEqual(2);
    }
  });

  it("holds on laws with heavy tails, two peaks, rare values, and on windows larger than the reference", async () => {
    const failed: string[] = [];
    for (const [rows, expectedRows, windows] of [
      [1000, 1000, 20],
      [300, 50, 20],
      [500, 2000, 10],
    ] as const) {
      for (let k = 0; k < windows; k++) {
        const own = odd(3000 + k, rows);
        const suite = await suiteFrom(own, { expectedRows });
        const { results } = check(
          await compare(own, odd(6000 + k, expectedRows), { quality: true, threads: 1 }),
          suite,
        );
        failed.push(
          ...results.filter(({ status }) => status === "fail" || status === "error").map((one) => one.reason),
        );
      }
    }
    expect(failed).toEqual([]);
  });

  it("finds a shift of heavy tails by their quantiles, for a mean of them says nothing", async () => {
    const own = odd(1, 1000);
    const { checks = [] } = await suiteFrom({ cauchy: own.cauchy });
    expect(checks.some(({ metric }) => metric === "mean" || metric === "standardDeviation")).toBe(false);
    const shifted = { cauchy: odd(2, 1000).cauchy.map((x) => x + 1) };
    const { results } = check(
      await quality(shifted),
      checks.filter(({ metric }) => /^q/.test(metric)),
    );
    expect(results.filter(({ status }) => status === "fail").map(({ metric }) => metric)).toContain("q50");
  });

  it("expects a number of rows only where it is told", async () => {
    const rows = async (options: Parameters<typeof suiteFrom>[1]) =>
      (await suiteFrom(reference, options)).checks!.filter(({ metric }) => metric === "rows");
    expect(await rows({})).toEqual([]);
    expect(await rows({ expectedRows: 500 })).toEqual([{ metric: "rows", gte: 450, lte: 550 }]);
  });

  it("warns of what the reference never has, and fails when chance does not explain it", async () => {
    const suite = await suiteFrom({ x: Array.from({ length: 1000 }, (_, k) => k) });
    const conditions = suite.checks!.filter(({ metric }) => metric === "missingShare");
    expect(conditions).toEqual([
      { metric: "missingShare", column: "x", lte: 0, critical: false },
      { metric: "missingShare", column: "x", lte: expect.closeTo(0.011, 2) },
    ]);
    const withNulls = async (count: number) =>
      check(await quality({ x: Array.from({ length: 1000 }, (_, k) => (k < count ? null : k)) }), conditions).counts;
    expect(await withNulls(0)).toMatchObject({ pass: 2 });
    expect(await withNulls(1)).toMatchObject({ pass: 1, warn: 1 });
    expect(await withNulls(50)).toMatchObject({ warn: 1, fail: 1 });
  });

  it("has limits that are away from 0 by what the column's scale and chance make of it", async () => {
    const { normal } = random(5);
    const { checks } = await suiteFrom({ x: Float64Array.from({ length: 10_000 }, () => 1e-3 * normal()) });
    const { gte, lte } = checks!.find(({ metric }) => metric === "mean")! as { gte: number; lte: number };
    expect(lte - gte).toBeGreaterThan(2 * 0.1 * 0.9e-3);
    expect(lte - gte).toBeLessThan(2 * 0.1 * 1.2e-3);
  });

  it("standalone, only has conditions that need no reference", async () => {
    const suite = await suiteFrom(reference, { standalone: true });
    const alone = check(await quality(window(3, 1000)), suite);
    expect(alone.counts).toMatchObject({ fail: 0, error: 0, warn: 0 });
  });

  it("takes a table, a profile or its quality", async () => {
    for (const input of [reference, await quality(reference), await profile(reference)]) {
      const suite = await suiteFrom(input);
      const { result } = await runSuite(suite, reference, window(4, 1000));
      expect(result.counts).toMatchObject({ fail: 0, error: 0 });
    }
  });

  it("of a quality has quantiles between those that it knows, not tighter than those of the table", async () => {
    const limits = async (input: Parameters<typeof suiteFrom>[0]) =>
      (await suiteFrom(input)).checks!.filter(({ metric }) => /^q\d/.test(metric)) as { gte: number; lte: number }[];
    const [exact, known] = [await limits(reference), await limits(await quality(reference))];
    for (const [k, { gte, lte }] of known.entries()) {
      expect(gte).toBeLessThanOrEqual(exact[k]!.gte);
      expect(lte).toBeGreaterThanOrEqual(exact[k]!.lte);
    }
  });

  it("takes empty columns and tables, and any kind of column", async () => {
    const odd = {
      none: [null, null, null],
      dates: [new Date(0), new Date(1), null],
      infinite: [1, Number.POSITIVE_INFINITY, 2],
      big: [9007199254740993n, 9007199254740995n, 1n],
      one: ["a", "a", "a"],
    };
    const suite = await suiteFrom(odd, { name: "odd" });
    const found = check(await compare(odd, odd, { quality: true }), suite);
    expect(found.results.filter(({ status }) => status !== "pass")).toEqual([]);
    expect(await suiteFrom({})).toEqual({});
  });

  it("refuses options that are none", async () => {
    await expect(suiteFrom(reference, { tolerance: -1 })).rejects.toThrow(
      "suiteFrom: tolerance must be a number of at least 0",
    );
    await expect(suiteFrom(reference, { expectedRows: 0.5 })).rejects.toThrow(RangeError);
    await expect(suiteFrom(reference, { columns: ["no"] })).rejects.toThrow('suiteFrom: no column "no"');
    await expect(suiteFrom(reference, { rows: 1 } as never)).rejects.toThrow('there is no option "rows"');
    await expect(suiteFrom(5 as never)).rejects.toThrow(TypeError);
  });
});
