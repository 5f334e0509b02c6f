import fc from "fast-check";
import { compare, merge, type Profile, prepare, profile } from "smirnov";
import { Monitor, type WindowResult } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { type NaiveEvent, type NaivePolicy, type NaiveRow, naiveWindows, optionsOf } from "./naive.ts";

const columns = (rows: readonly NaiveRow[]) => ({
  x: Float64Array.from(rows, ({ x }) => x),
  g: rows.map(({ g }) => g),
});
const batch = (rows: readonly NaiveRow[]) => ({ time: Float64Array.from(rows, ({ time }) => time), ...columns(rows) });

const base = Date.UTC(2026, 10, 26);
/** Minutes after the base lie before, around and after 1970. */
const origin = fc.constantFrom(Date.UTC(1904, 1, 29), -300_000, base);

function moved(events: readonly NaiveEvent[], origin: number): NaiveEvent[] {
  const later = (time: number) => time - base + origin;
  return events.map((event) =>
    "push" in event
      ? { push: event.push.map((row) => ({ ...row, time: later(row.time) })) }
      : { advanceTo: later(event.advanceTo) },
  );
}

const row = fc.record({
  time: fc.integer({ min: 0, max: 600 }).map((seconds) => base + 1000 * seconds),
  x: fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.integer({ min: 0, max: 5 })),
  g: fc.constantFrom("a", "b", "céü", ""),
});
const event: fc.Arbitrary<NaiveEvent> = fc.oneof(
  { arbitrary: fc.array(row, { minLength: 1, maxLength: 60 }).map((push) => ({ push })), weight: 5 },
  { arbitrary: row.map(({ time }) => ({ advanceTo: time })), weight: 1 },
);
const policy: fc.Arbitrary<NaivePolicy> = fc
  .record({
    by: fc.constantFrom("time" as const, "rows" as const),
    every: fc.integer({ min: 5, max: 60 }),
    panes: fc.integer({ min: 1, max: 4 }),
    offset: fc.integer({ min: 0, max: 30 }),
    lateness: fc.constantFrom(0, 20, 100),
    late: fc.constantFrom("count" as const, "next" as const),
    against: fc.oneof(
      fc.constant(null),
      fc.integer({ min: 0, max: 3 }).map((more) => ({ lag: more })),
      fc.integer({ min: 1, max: 4 }).map((rolling) => ({ rolling })),
    ),
  })
  .map(({ by, every, panes, offset, lateness, late, against }) => {
    const unit = by === "time" ? 1000 : 1;
    const own = against === null ? null : "lag" in against ? panes + against.lag : panes;
    const first = against === null ? 0 : "rolling" in against ? panes + against.rolling - 1 : own!;
    return {
      ...{ by, every: every * unit, whole: every * panes * unit, offset: offset * unit || 0 },
      ...{ lateness: lateness * 1000, late },
      against: own === null ? null : { first, last: own },
    };
  });

const reference = columns(
  Array.from({ length: 400 }, (_, k) => ({ time: 0, x: ((k * 7919) % 401) / 4, g: ["a", "b", "céü"][k % 3]! })),
);

async function watch(policy: NaivePolicy, events: readonly NaiveEvent[], against?: "expanding") {
  const told: WindowResult[] = [];
  let late = 0;
  const monitor = new Monitor({
    name: "orders",
    time: "time",
    ...optionsOf(policy),
    ...(against ? { against } : policy.against === null && { reference }),
    onWindow: (result) => {
      told.push(result);
    },
  });
  for (const event of events) {
    if ("advanceTo" in event) monitor.advanceTo(event.advanceTo);
    else late += monitor.push(batch(event.push)).late;
  }
  await monitor.flush();
  return { told, late };
}

describe("windows", () => {
  it("hold the rows that a naive model assigns, and their reports are those of compare on these rows, whatever the policy", async () => {
    const prepared = prepare(reference);
    await fc.assert(
      fc.asyncProperty(
        policy,
        fc.array(event, { minLength: 1, maxLength: 8 }),
        origin,
        async (policy, given, origin) => {
          const events = moved(given, origin);
          const naive = naiveWindows(events, policy);
          const { told, late } = await watch(policy, events);
          const full = told.filter(({ status }) => status !== "empty");
          expect(full.map(({ rows }) => rows)).toEqual(naive.windows.map(({ rows }) => rows.length));
          expect(full.map(({ start }) => start)).toEqual(naive.windows.map(({ start }) => start));
          expect(late).toBe(naive.late);
          for (const [k, { report, status, reference: against }] of full.entries()) {
            const { rows, reference: before } = naive.windows[k]!;
            if (policy.against && before.length === 0) {
              expect(status).toBe("no-reference");
              continue;
            }
            expect(against?.rows).toBe(policy.against ? before.length : 400);
            const expected = policy.against
              ? await compare(columns(before), columns(rows))
              : await compare(prepared, columns(rows));
            expect(report).toEqual(expected);
          }
          expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
          expect(told.map(({ index }) => index)).toEqual(told.map((_, k) => k));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("are compared with the profile of all stretches before them that they do not overlap", async () => {
    const fixed = policy.map((one) => ({ ...one, against: null }));
    await fc.assert(
      fc.asyncProperty(fixed, fc.array(event, { minLength: 1, maxLength: 8 }), async (policy, events) => {
        const naive = naiveWindows(events, policy).windows;
        const { told } = await watch(policy, events, "expanding");
        const panes = policy.whole / policy.every;
        const full = told.filter(({ status }) => status !== "empty");
        for (const [k, { report, status, index, reference: against }] of full.entries()) {
          const { rows, earlier } = naive[k]!;
          if (index < panes || earlier.length === 0) {
            expect(status).toBe("no-reference");
            continue;
          }
          let merged: Profile | null = null;
          for (const stretch of earlier) {
            const own = await profile(batch(stretch));
            merged = merged === null ? own : await merge([merged, own]);
          }
          expect(against?.rows).toBe(earlier.flat().length);
          expect(report).toEqual(await compare(withoutTime(merged!), columns(rows)));
        }
      }),
      { numRuns: 25 },
    );
  });
});

function withoutTime(profile: Profile): Profile {
  return { ...profile, columns: new Map([...profile.columns].filter(([name]) => name !== "time")) };
}
