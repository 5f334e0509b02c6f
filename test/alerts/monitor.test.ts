/** Alerts on a real monitor: drift that stays, a retraining, another reference, and alarms that end; with a restart in the middle. */

import { type AlertEvent, type AlertHooks, type AlertOptions, type Alerts, alerts } from "smirnov/alerts";
import { Monitor, type MonitorOptions, type WindowResult } from "smirnov/monitor";
import { afterAll, describe, expect, it } from "vitest";
import { listening } from "./servers.ts";
import { reportOf, windowOf } from "./windows.ts";

const size = 400;
const shared = {
  name: "orders",
  window: { rows: size },
  model: { name: "credit", version: "1" },
} satisfies MonitorOptions;
const running: Alerts[] = [];
afterAll(() => Promise.all(running.map((one) => one.close())));

/** Rows of one window; the same for the same seed. */
function batch(seed: number, shift: number) {
  let state = seed * 7919 + 1;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  return {
    amount: Float64Array.from({ length: size }, () => normal() + shift),
    age: Float64Array.from({ length: size }, normal),
  };
}

const options = (url: string): AlertOptions => ({
  rules: [
    {
      ...{ name: "persistent drift", when: { metric: "drifted", eq: true }, windows: { k: 3, n: 4 } },
      ...{ unlessKind: ["temporary"], actions: ["retrain"] },
    },
    { name: "column", when: { metric: "drifted", column: "*", eq: true } },
  ],
  actions: { retrain: { action: "retrain", url, rebaseline: "drifted-windows" } },
});

describe("alerts on a monitor", () => {
  for (const restarts of [false, true]) {
    it(`end once the model was retrained on what drifted${restarts ? ", also through restarts" : ""}`, async () => {
      const { url, requests } = await listening();
      const rows = new Map<number, ReturnType<typeof batch>>();
      const told: AlertEvent[] = [];
      const windows: WindowResult[] = [];
      let monitor: Monitor;
      let rules: Alerts;
      const hooks: AlertHooks = {
        rebaseline: async (_, windows) => {
          const drifted = windows.map(({ index }) => rows.get(index)!);
          const all = (name: "amount" | "age") => Float64Array.from(drifted.flatMap((one) => Array.from(one[name])));
          monitor.setReference({ amount: all("amount"), age: all("age") });
        },
      };
      const monitorOptions: MonitorOptions = {
        ...shared,
        onWindow: (window) => {
          windows.push(window);
          const events = rules.window(window);
          told.push(...events);
          rules.dispatch(events);
        },
      };
      const begin = () => {
        rules = alerts(options(url), hooks);
        running.push(rules);
        return rules;
      };
      begin();
      monitor = new Monitor({ ...monitorOptions, reference: batch(999, 0) });
      for (let index = 0; index < 11; index++) {
        rows.set(index, batch(index, index < 3 ? 0 : 1));
        monitor.push(rows.get(index)!);
        await monitor.idle();
        await rules!.idle();
        if (restarts && index % 2 === 1) {
          const bytes = monitor.toBytes();
          const state = JSON.parse(JSON.stringify(rules!.state()));
          begin().restore(state);
          monitor = Monitor.restore(bytes, monitorOptions);
        }
      }
      expect(windows.map(({ reference }) => reference?.version)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
      expect(windows.map(({ report }) => report?.columns.amount?.drifted)).toEqual([
        ...[false, false, false, true, true, true, false, false, false, false, false],
      ]);
      expect(told.map(({ rule, subject, status, window }) => [rule, subject, status, window])).toEqual([
        ["column", "amount", "firing", windows[3]!.id],
        ["persistent drift", null, "firing", windows[5]!.id],
        ["persistent drift", null, "resolved", windows[6]!.id],
        ["column", "amount", "resolved", windows[6]!.id],
      ]);
      for (const { summary } of told.slice(2)) expect(summary).toContain("re-baselined");
      expect(requests).toHaveLength(1);
      const asked = JSON.parse(requests[0]!.body);
      expect(asked.windows.map(({ index }: { index: number }) => index)).toEqual([3, 4, 5]);
      expect(asked.report.columns.amount.drifted).toBe(true);
      expect(asked.history.at(-1).columns).toMatchObject([{ column: "amount", score: expect.any(Number) }]);
      expect(asked.digest).toContain("- amount: drift since");
      expect(rules!.firing()).toEqual([]);
    });
  }

  it("lose no event where a state is taken while a window is told", async () => {
    const { url } = await listening();
    const before = alerts(options(url));
    running.push(before);
    const window = windowOf({ index: 0, report: reportOf({ amount: { drifted: true } }) });
    const events = before.window(window);
    expect(events).toHaveLength(1);
    // The monitor counts a window that is being told as not told: it comes again.
    const after = alerts(options(url));
    running.push(after);
    after.restore(JSON.parse(JSON.stringify(before.state())));
    expect(after.window(window)).toEqual(events);
    after.dispatch(events);
    expect(after.window(window)).toEqual([]);
  });
});
