/** What drifted and how, in words. */

import { compare } from "smirnov";
import { digest, slackText, windowEvidence } from "smirnov/alerts";
import { describe, expect, it } from "vitest";
import type { DriftKind } from "../../src/monitor/drift-kind.ts";
import type { WindowResult } from "../../src/monitor/window-result.ts";
import { report, reportOf, seriesOf, windowOf } from "./windows.ts";

const gradual = { kind: "gradual", confidence: 0.874, onset: 0, windows: 3, width: 3 } as unknown as DriftKind;

describe("a digest", () => {
  it("tells what drifted, how, and since when, the worst first", () => {
    const columns = {
      age: {},
      income: { drifted: true, severity: "possible", change: "spread grew × 1.5", effect: 0.15, threshold: 0.1 },
      amount: {
        drifted: true,
        severity: "drift",
        change: "mean rose by 0.8 σ (3.26 → 9.04)",
        effect: 0.8,
        threshold: 0.1,
      },
      price: { drifted: true, severity: "drift", change: "", reason: "it is so", effect: 0.2, threshold: 0.1 },
    } as const;
    const windows = [0, 1, 2].map((index) =>
      windowOf({ index, report: reportOf(index === 0 ? { age: {} } : columns), kinds: { amount: gradual } }),
    );
    const { long, short } = digest(windows[2]!, windows.map(windowEvidence));
    const lines = long.split("\n");
    expect(lines[0]).toBe(
      "orders (model credit 3), 2026-11-26 02:00 UTC to 2026-11-26 03:00 UTC: drift since 2026-11-26 01:00 UTC (2 windows). 3 of 4 columns drifted (75 %), 400 rows against reference 1 of 400 rows.",
    );
    expect(lines[1]).toBe("Columns, the worst first:");
    expect(lines[2]).toMatch(
      /^- amount: drift since 2026-11-26 01:00 UTC \(2 windows\), gradual \(87 %\): mean rose by 0\.8 σ \(3\.26 → 9\.04\); \S+ 0\.8, matters from 0\.1 on; adjusted p \S+; it began 2 windows ago$/,
    );
    expect(lines[3]).toMatch(/^- price: drift since .*: it is so; /);
    expect(lines[4]).toMatch(/^- income: possible since .*: spread grew × 1\.5; /);
    expect(lines).toHaveLength(5);
    expect(short.split("\n")).toEqual([
      lines[0],
      "amount: drift, gradual (87 %): mean rose by 0.8 σ (3.26 → 9.04)",
      "price: drift: it is so",
      "income: possible: spread grew × 1.5",
    ]);
  });

  it("names as many columns as it is asked to, and counts the others", () => {
    const columns = Object.fromEntries(Array.from({ length: 14 }, (_, k) => [`c${k}`, { drifted: true }]));
    const window = windowOf({ index: 0, report: reportOf(columns) });
    expect(digest(window).long.split("\n").slice(2)).toHaveLength(11);
    expect(digest(window).long).toContain("\n- and 4 more columns");
    expect(digest(window, [], { columns: 2 }).long).toContain("\n- and 12 more columns");
    expect(digest(window).short.split("\n").at(-1)).toBe("and 11 more columns");
  });

  it("tells of the model, of the data's quality, of detectors, series and late rows", async () => {
    const labels = Array.from({ length: 300 }, (_, k) => (k % 3 === 0 ? "yes" : "no"));
    const wrong = labels.map((label, k) => (k % 2 === 0 ? label : "yes"));
    const missing = Array.from({ length: 300 }, (_, k) => (k % 4 === 0 ? null : k));
    const sides = [
      { target: labels, prediction: labels, amount: missing.map((_, k) => k) },
      { target: labels, prediction: wrong, amount: missing },
    ] as const;
    const judged = await compare(...sides, {
      ...{ quality: true, modelQuality: { target: "target", prediction: "prediction" } },
    });
    const window: WindowResult = windowOf({
      ...{ index: 0, report: judged, late: 7, series: { latency: seriesOf(12) } },
      modelQuality: { report: judged.modelQuality!, labelled: 240, coverage: 0.8, asOf: 0, revision: 1 },
      detections: [
        { series: "latency", detector: "adwin", status: "drift", time: Date.UTC(2026, 10, 26, 0, 30), values: 9 },
      ],
    });
    const { long } = digest(window);
    expect(long).toContain(`Model: ${judged.modelQuality!.words} (labels of 80 % of the rows are known)`);
    expect(long).toContain("Quality, missing: amount 0 % → 25 %");
    expect(long).toContain("Detectors found drift of latency (adwin, 2026-11-26 00:30 UTC)");
    expect(long).toContain("Series latency: mean 12, half up to 12, 95 % up to 12, 99 % up to 12 (10 values)");
    expect(long).toContain("Late: 7 rows came too late for a window.");
  });

  it("says so where nothing drifted, came, or could be compared", () => {
    expect(digest(windowOf({ index: 0, report: reportOf({ age: {} }) })).long).toMatch(
      /: no drift\. 0 of 1 column drifted \(0 %\), 400 rows against reference 1 of 400 rows\.$/,
    );
    const none = { report: null, reference: null, index: 0 } as const;
    expect(digest(windowOf({ ...none, status: "empty", rows: 0 })).long).toMatch(/ UTC: no rows\.$/);
    const failed = windowOf({ ...none, status: "failed", reason: "there was an error" });
    expect(digest(failed).short).toMatch(/: not compared, there was an error\.$/);
  });

  it("is harmless whatever names there are", () => {
    const hostile = `\u001b[2J\n\u202e<@here>\`*_${"x".repeat(5000)}`;
    const window = windowOf({
      ...{ index: 0, dataset: hostile, model: { name: hostile, version: hostile } },
      report: reportOf({ [hostile]: { drifted: true, change: hostile } }),
      series: { [hostile]: seriesOf(1) },
      detections: [{ series: hostile, detector: hostile, status: "drift", time: 8.64e15 + 1, values: 1 }],
    });
    const { long, short } = digest(window, [windowEvidence(window)]);
    for (const text of [long, short]) {
      for (const mark of ["\u001b", "\u202e"]) expect(text).not.toContain(mark);
      for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(301);
    }
    expect(long.split("\n")).toHaveLength(5);
    const event = { status: "firing", severity: "warning", rule: hostile, summary: short, digest: long } as never;
    expect(slackText(event)).not.toMatch(/<@/);
  });

  it("is of a real report what the report says", () => {
    expect(report.columns.amount!.drifted).toBe(true);
    expect(digest(windowOf({ index: 0 })).long).toContain(`- amount: drift: ${report.columns.amount!.change}`);
  });
});
