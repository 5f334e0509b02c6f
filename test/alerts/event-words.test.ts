/** The sentence of an event. */
import { type AlertCondition, type AlertRule, alerts } from "smirnov/alerts";
import { describe, expect, it } from "vitest";
import type { WindowResult } from "../../src/monitor/window-result.ts";
import { latency, reportOf, seriesOf, windowOf } from "./windows.ts";

/** What is told of windows, in order. */
function summaries(rule: Omit<AlertRule, "name">, ...windows: readonly WindowResult[]): string[] {
  const one = alerts({ rules: [{ name: "rule", ...rule }] });
  return windows.flatMap((window) => one.window(window).map(({ summary }) => summary));
}

const changed = { drifted: true, change: "mean rose by 0.8 σ (3.26 → 9.04)" };
const drifted = (index: number, isSo = true) =>
  windowOf({ index, report: reportOf({ hour: isSo ? changed : {}, day: {} }) });
const ofHour: AlertCondition = { metric: "drifted", column: "*", eq: true };
const begin = "2026-11-26 00:00 UTC";

describe("the summary of an event", () => {
  it("says what drifted, how often, since when and how", () => {
    const change = "mean rose by 0.8 σ (3.26 → 9.04)";
    expect(summaries({ when: ofHour }, drifted(0))).toEqual([`orders: hour drifted, since ${begin}: ${change}`]);
    expect(summaries({ when: ofHour, for: 2 }, drifted(0), drifted(1))).toEqual([
      `orders: hour drifted in 2 windows in a row, since ${begin}: ${change}`,
    ]);
    const share = { when: ofHour, windows: { k: 3, n: 5 } };
    expect(summaries(share, drifted(0), drifted(1, false), drifted(2), drifted(3))).toEqual([
      `orders: hour drifted in 3 of the last 4 windows, since ${begin}: ${change}`,
    ]);
    const all = { when: { metric: "drifted", eq: true } } as const;
    expect(summaries(all, drifted(0))).toEqual([
      `orders: the dataset drifted, since ${begin}: 1 of 2 columns, hour most (${change})`,
    ]);
  });

  it("says that an alert is over, or lasts", () => {
    const [, again, over] = summaries({ when: ofHour, repeat: "1h" }, drifted(0), drifted(1), drifted(2, false));
    expect(again).toBe(`orders: hour drifted, still, since ${begin}: mean rose by 0.8 σ (3.26 → 9.04)`);
    expect(over).toBe(`orders: hour: over at 2026-11-26 03:00 UTC, since ${begin}: hour did not drift`);
  });

  it.each<[AlertCondition, Partial<WindowResult>, string]>([
    [{ metric: "series.latency.q95", gt: 100, clear: 90 }, {}, "q95 of latency 200 (above 100)"],
    [{ metric: "series.*.mean", gte: 1, lt: 900 }, {}, "mean of latency 200 (at least 1, below 900)"],
    [{ metric: "rows", lt: 1 }, { rows: 0, status: "empty" }, "rows 0 (below 1)"],
    [{ metric: "status", in: ["failed", "empty"] }, { status: "empty" }, "the window is empty"],
    [{ metric: "lateShare", gt: 0.05 }, { late: 400 }, "late share 0.5 (above 0.05)"],
    [
      { metric: "kind", column: "*", in: ["gradual", "periodic"] },
      { kinds: { hour: { kind: "gradual" } as never } },
      "the drift of hour over time is gradual",
    ],
    [{ metric: "score", column: "hour", gt: 4 }, { scores: { hour: 4.25 } }, "score of hour 4.25 (above 4)"],
    [
      { metric: "status", column: "*", notEq: "ok" },
      { report: reportOf({ hour: { status: "missing-in-current" } }) },
      "hour is missing-in-current",
    ],
  ])("says of %j what was found", (when, changes, words) => {
    const window = windowOf({ index: 0, report: null, series: { latency: seriesOf(200) }, ...changes });
    const [summary] = summaries({ when }, window);
    expect(summary?.replace(/: day.*$/, "")).toMatch(new RegExp(`^orders: ${escaped(words)}, since ${begin}`));
  });

  it("joins conditions, and lets no name act on who reads it", () => {
    const name = "a\u001b[31m\nb\u202e";
    const window = latency(0, 200, { dataset: name, series: { [name]: seriesOf(200) } });
    const [summary] = summaries(
      {
        when: [
          { metric: "series.*.q95", gt: 100 },
          { metric: "rows", gt: 0 },
        ],
      },
      window,
    );
    expect(summary).toMatch(
      /^a␛\[31m␊b\ufffd: q95 of a␛\[31m␊b\ufffd 200 \(above 100\) and rows 400 \(above 0\), since /,
    );
  });
});

const escaped = (text: string) => text.replace(/[()[\].*]/g, "\\$&");
