/** What holds of alerts whatever windows come. */
import fc from "fast-check";
import { type AlertEvent, type AlertRule, type Alerts, alerts } from "smirnov/alerts";
import { describe, expect, it } from "vitest";
import type { WindowResult } from "../../src/monitor/window-result.ts";
import { naiveAlert } from "./naive-alert.ts";
import { latency, reportOf, windowOf } from "./windows.ts";

const [limit, clear] = [100, 60];
const duration = fc.integer({ min: 1, max: 5 }).map((hours) => `${hours}h`);
const lasting = fc.oneof(fc.integer({ min: 1, max: 4 }), duration);
const share = fc
  .integer({ min: 1, max: 5 })
  .chain((n) => fc.record({ k: fc.integer({ min: 1, max: n }), n: fc.constant(n) }));
const hold = fc.oneof(fc.record({ for: lasting }), fc.record({ windows: share }), fc.constant({}));
const rule = fc
  .tuple(
    hold,
    fc.record({ clearFor: lasting, coolDown: duration, repeat: duration }, { requiredKeys: [] }),
    fc.boolean(),
  )
  .map(
    ([hold, others, hysteresis]): AlertRule => ({
      name: "rule",
      when: { metric: "series.latency.q95", gt: limit, ...(hysteresis && { clear }) },
      ...hold,
      ...others,
    }),
  );

const value = fc.constantFrom(null, 10, clear, 80, limit, 101, 500);

/** Windows in order, among them later revisions of some, and some that are told twice. */
const windows = fc
  .array(fc.tuple(value, fc.option(fc.tuple(fc.integer({ min: 1, max: 6 }), value)), fc.boolean()), { maxLength: 40 })
  .map((steps) => {
    const told: { index: number; revision: number; value: number | null }[] = [];
    const revisions = new Map<number, number>();
    steps.forEach(([value, revised, twice], index) => {
      told.push({ index, revision: 1, value });
      const older = revised ? index - revised[0] : -1;
      if (revised && older >= 0) {
        const revision = (revisions.get(older) ?? 1) + 1;
        revisions.set(older, revision);
        told.push({ index: older, revision, value: revised[1] });
      }
      if (twice) told.push(told[(index * 7) % told.length]!);
    });
    return told.map(({ index, revision, value }) => ({ value, window: latency(index, value, { revision }) }));
  });

const restarted = (one: Alerts, rules: readonly AlertRule[]): Alerts => {
  const next = alerts({ rules });
  next.restore(JSON.parse(JSON.stringify(one.state())));
  return next;
};

describe("alerts", () => {
  it("begin, repeat and end as a naive version of them does", () => {
    fc.assert(
      fc.property(rule, windows, (rule, all) => {
        const one = alerts({ rules: [rule] });
        const clearAt = (rule.when as { clear?: number }).clear ?? limit;
        const naive = all.map(({ value, window: { index, revision, start, end } }) => ({
          index,
          revision,
          start,
          end,
          value,
        }));
        const statuses = all.map(({ window }) => {
          const events = one.window(window);
          one.dispatch(events);
          return events.map(({ status }) => status).join();
        });
        expect(statuses).toEqual(naiveAlert(rule, limit, clearAt, naive));
      }),
      { numRuns: 1500 },
    );
  });

  it("are the same whenever a process ends and another goes on", () => {
    fc.assert(
      fc.property(rule, windows, fc.infiniteStream(fc.boolean()), (rule, all, restarts) => {
        const rules = [rule, { ...rule, name: "other" }];
        const straight = alerts({ rules });
        let broken = alerts({ rules });
        for (const { window } of all) {
          const events = straight.window(window);
          expect(broken.window(window)).toEqual(events);
          if (restarts.next().value) {
            broken = restarted(broken, rules);
            expect(broken.window(window)).toEqual(events);
          }
          broken.dispatch(events);
          straight.dispatch(events);
          if (restarts.next().value) broken = restarted(broken, rules);
        }
        expect(broken.state()).toEqual(straight.state());
        expect(broken.firing()).toEqual(straight.firing());
      }),
      { numRuns: 300 },
    );
  });

  it("change nothing when all windows are told again", () => {
    fc.assert(
      fc.property(rule, windows, (rule, all) => {
        const one = alerts({ rules: [rule] });
        const events = all.map(({ window }) => one.window(window));
        // What was not dispatched is told again with its window.
        for (const [k, { window }] of all.entries())
          if (events[k]!.length > 0) expect(one.window(window)).toEqual(events[k]);
        one.dispatch(events.flat());
        const before = JSON.stringify(one.state());
        for (const { window } of all) expect(one.window(window)).toEqual([]);
        expect(JSON.stringify(one.state())).toBe(before);
      }),
      { numRuns: 300 },
    );
  });

  const columns = fc.dictionary(fc.constantFrom("a", "b", "__proto__", ""), fc.boolean());
  const reports = fc.array(fc.record({ columns, version: fc.boolean() }), { maxLength: 25 });

  it("of every subject fire and resolve in turn, under one id each, whatever columns and references there are", () => {
    fc.assert(
      fc.property(fc.record({ hold, clearFor: lasting }), reports, ({ hold, clearFor }, all) => {
        const rules: AlertRule[] = [
          { name: "each", when: { metric: "drifted", column: "*", eq: true }, clearFor, ...hold },
          { name: "any", when: { metric: "driftedShare", gt: 0.5, clear: 0.2 }, ...hold },
        ];
        const one = alerts({ rules });
        let version = 1;
        const open = new Map<string, AlertEvent>();
        const over = new Set<string>();
        all.forEach(({ columns, version: another }, index) => {
          version += another ? 1 : 0;
          const events = one.window(reportWindow(index, columns, version));
          for (const event of events) {
            const key = JSON.stringify([event.rule, event.subject]);
            expect(over.has(event.id)).toBe(false);
            if (event.status === "firing") {
              expect(open.has(key)).toBe(false);
              open.set(key, event);
            } else {
              expect(open.get(key)).toMatchObject({ id: event.id, startsAt: event.startsAt });
              expect(event.endsAt).toBeGreaterThanOrEqual(event.startsAt);
              open.delete(key);
              over.add(event.id);
            }
          }
          expect(new Set(one.firing().map(({ id }) => id))).toEqual(new Set([...open.values()].map(({ id }) => id)));
        });
      }),
      { numRuns: 300 },
    );
  });
});

function reportWindow(index: number, columns: Readonly<Record<string, boolean>>, version: number): WindowResult {
  const facts = Object.entries(columns).map(([name, drifted]) => [name, { drifted }] as const);
  return windowOf({
    index,
    report: reportOf(Object.fromEntries(facts)),
    reference: { kind: "fixed", rows: 9, windows: null, version, hash: null },
  });
}
