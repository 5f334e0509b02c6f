/** Windows of columns of all kinds, with values that are missing, infinite or equal: online and batch tell the same. */
import fc from "fast-check";
import { type CompareOptions, compare, prepare } from "smirnov";
import { type BatchSchema, columnsToTable, Monitor, type MonitorOptions, type WindowResult } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { type NaiveEvent, type NaivePolicy, type NaiveRow, naiveWindows } from "./naive.ts";

interface Row extends NaiveRow {
  readonly count: number | null;
  readonly flag: boolean | null;
  readonly when: Date | null;
  readonly code: string | null;
}

const base = Date.UTC(2026, 10, 26);
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 6 });
const row: fc.Arbitrary<Row> = fc.record({
  time: fc.integer({ min: 0, max: 300 }).map((seconds) => base + 1000 * seconds),
  x: fc.oneof(
    { arbitrary: fc.double({ min: -1e3, max: 1e3, noNaN: true }), weight: 4 },
    { arbitrary: fc.constantFrom(0, -0, 0, 1e300, Number.NaN), weight: 3 },
    { arbitrary: fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY), weight: 1 },
  ),
  g: fc.constantFrom("a", "b", "céü", ""),
  count: maybe(fc.integer({ min: 0, max: 4 })),
  flag: maybe(fc.boolean()),
  when: maybe(fc.integer({ min: 0, max: 9 }).map((day) => new Date(base + 86_400_000 * day))),
  code: maybe(fc.integer({ min: 0, max: 40 }).map((code) => `k${code}`)),
});

const columns = (rows: readonly Row[]) => ({
  x: rows.map(({ x }) => x),
  g: rows.map(({ g }) => g),
  count: rows.map(({ count }) => count),
  flag: rows.map(({ flag }) => flag),
  when: rows.map(({ when }) => when),
  code: rows.map(({ code }) => code),
});
const batch = (rows: readonly Row[]) => ({ time: Float64Array.from(rows, ({ time }) => time), ...columns(rows) });

/** Without the types: that of a window's column of nulls alone is none, whatever came before. */
const plain = (report: unknown): unknown =>
  JSON.parse(JSON.stringify(report, (key, value) => (key === "type" ? undefined : value)));

/** One value of each kind: columns of nulls alone have none. */
const first: Row = { time: base, x: 1, g: "a", count: 1, flag: true, when: new Date(base), code: "k1" };
const kinds: BatchSchema = new Map();
columnsToTable(columns([first]), kinds);
const table = (rows: readonly NaiveRow[]) => columnsToTable(columns(rows as readonly Row[]), new Map(kinds));
const reference = table(
  fc.sample(row, { seed: 3, numRuns: 500 }).map((one, k) => (k === 0 ? { ...first, time: base } : one)),
);

const asked: readonly CompareOptions[] = [
  {},
  { by: "g" },
  { quality: true, method: "ks" },
  { methodByKind: { numeric: "wasserstein", categorical: "psi" }, correction: "holm" },
  { columns: ["x", "when", "count"], dates: "elapsed" } as CompareOptions,
];
const works = await Promise.all(
  asked.map((options) =>
    compare(reference, reference, options).then(
      () => true,
      () => false,
    ),
  ),
);

const policy: fc.Arbitrary<NaivePolicy> = fc
  .record({
    by: fc.constantFrom("time" as const, "rows" as const),
    every: fc.integer({ min: 20, max: 60 }),
    panes: fc.integer({ min: 1, max: 3 }),
    against: fc.constantFrom("fixed", "lag", "rolling"),
  })
  .map(({ by, every, panes, against }) => {
    const unit = by === "time" ? 1000 : 1;
    const first = against === "rolling" ? panes + 2 : panes;
    return {
      ...{ by, every: every * unit, whole: every * panes * unit, offset: 0, lateness: 60_000, late: "count" as const },
      against: against === "fixed" ? null : { first, last: panes },
    };
  });

function optionsOf({ by, whole, every, against }: NaivePolicy): Pick<MonitorOptions, "window" | "against"> {
  return {
    window: by === "rows" ? { rows: whole, every } : { duration: whole, every },
    ...(against && { against: against.first === against.last ? { lag: against.last } : { rolling: 3 } }),
  };
}

describe("windows of columns of all kinds", () => {
  it("take batches of which a column holds nothing but null, in arrays as in rows", async () => {
    const told: number[] = [];
    const monitor = new Monitor({
      ...{ name: "orders", time: "time", window: { rows: 4 }, reference },
      onWindow: ({ report }) => {
        told.push(report!.columns.flag!.availability!.current.null, report!.columns.code!.availability!.current.null);
      },
    });
    const none = { ...first, x: Number.NaN, count: null, flag: null, when: null, code: null };
    for (const rows of [[none], [first], [none, none]]) monitor.push(batch(rows));
    await monitor.flush();
    expect(told).toEqual([3, 3]);
  });

  it("have the reports that compare gives of their rows", async () => {
    expect(works.filter(Boolean).length).toBeGreaterThan(3);
    const options = fc.constantFrom(...asked.filter((_, k) => works[k]));
    const pushes = fc.array(fc.array(row, { minLength: 1, maxLength: 80 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(policy, pushes, options, async (policy, pushes, options) => {
        const events: NaiveEvent[] = [[first], ...pushes].map((push) => ({ push }));
        const naive = naiveWindows(events, policy).windows;
        const told: WindowResult[] = [];
        const monitor = new Monitor({
          ...{ name: "orders", time: "time", lateness: 60_000, compare: options as never },
          ...optionsOf(policy),
          ...(policy.against === null && { reference }),
          onWindow: (result) => {
            told.push(result);
          },
        });
        for (const push of [[first], ...pushes]) monitor.push(batch(push));
        await monitor.flush();
        const full = told.filter(({ status }) => status !== "empty");
        expect(full.map(({ rows }) => rows)).toEqual(naive.map(({ rows }) => rows.length));
        for (const [k, { report, status, reason }] of full.entries()) {
          const { rows, reference: before } = naive[k]!;
          if (policy.against && before.length === 0) {
            expect(status).toBe("no-reference");
            continue;
          }
          const isPrepared = options.by === undefined && options.quality === undefined;
          const fixed = isPrepared ? prepare(reference) : reference;
          const against = policy.against ? table(before) : fixed;
          const expected = await compare(against, table(rows), options);
          expect(status, reason).toBe("compared");
          expect(plain(report)).toEqual(plain(expected));
        }
      }),
      { numRuns: 8 },
    );
  });
});
