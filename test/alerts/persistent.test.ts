/** What the rule of docs/alerts.md for drift that stays makes of simulated scores, with their kinds of drift. */
import { readFileSync } from "node:fs";
import { type AlertRule, alerts } from "smirnov/alerts";
import { driftKind } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { normals } from "../../bench/data.js";
import { reportOf, windowOf } from "./windows.ts";

const page = readFileSync(new URL("../../docs/alerts.md", import.meta.url), "utf8");
const [first] = page.match(/```yaml\n[\s\S]*?```/)!;
const [rule] = parse(first.replace(/```(yaml)?/g, "")).alerts as [AlertRule];

/** The score whose p-value is 0.005. */
const drifts = 2.5758;
const onset = 30;

/**
 * When the rule begins in each of 20 histories, counted from the onset; `null`: not at all.
 *
 * @param from  the window from which on it is looked at
 */
function begins(shape: (window: number) => number, { windows = 100, from = 0, asked = rule } = {}): (number | null)[] {
  return Array.from({ length: 20 }, (_, k) => {
    const next = normals(1000 + k);
    const scores = Array.from({ length: windows }, (_, window) => next() + shape(window));
    const one = alerts({ rules: [{ ...asked, actions: [] }], actions: {} });
    for (const [index, amount] of scores.entries()) {
      if (index < from) continue;
      const drifted = amount > drifts;
      // Kinds of windows that did not drift do not matter to the rule.
      const kinds = drifted ? { amount: driftKind(scores.slice(0, index + 1)) } : {};
      const report = reportOf({ amount: { drifted }, age: {} });
      const events = one.window(windowOf({ index, report, kinds, scores: { amount } }));
      if (events.some(({ status }) => status === "firing")) return index - onset;
    }
    return null;
  });
}

const never = Array(20).fill(null);
const step = (height: number) => (window: number) => (window >= onset ? height : 0);
const ramp = (height: number) => (window: number) => height * Math.min(1, Math.max(0, (window - onset) / 10));
const stretch = (height: number, length: number) => (window: number) =>
  window >= onset && window < onset + length ? height : 0;
const cosine = (height: number, period: number) => (window: number) =>
  (height * (1 + Math.cos((2 * Math.PI * window) / period))) / 2;
const square = (height: number, period: number) => (window: number) => (window % period < period / 2 ? height : 0);

describe("drift that stays", () => {
  it("is not seen where nothing changes", () => {
    expect(begins(() => 0)).toEqual(never);
  });

  it.each([
    ["a step of 3 σ", step(3), 2, 11],
    ["a step of 5 σ", step(5), 2, 3],
    ["a ramp over 10 windows to 3 σ", ramp(3), 7, 18],
    ["a ramp over 10 windows to 5 σ", ramp(5), 5, 10],
  ] as const)("is seen soon after %s", (_, shape, soonest, latest) => {
    for (const window of begins(shape)) {
      expect(window).toBeGreaterThanOrEqual(soonest);
      expect(window).toBeLessThanOrEqual(latest);
    }
  });

  it("is not a stretch of two windows; one of five may be, while it lasts", () => {
    for (const height of [3, 5]) expect(begins(stretch(height, 2))).toEqual(never);
    for (const window of begins(stretch(3, 5))) if (window !== null) expect(window).toBeLessThan(5);
  });

  it.each([
    ["7 windows, a cosine", cosine(5, 7), 7],
    ["7 windows, on and off", square(5, 7), 7],
    ["24 windows, a cosine", cosine(3, 24), 24],
    ["24 windows, on and off", square(5, 24), 24],
  ] as const)("is not a rhythm of %s, once it was seen three times", (_, shape, period) => {
    expect(begins(shape, { from: 3 * period })).toEqual(never);
    const others = begins(shape, { from: 3 * period, asked: { ...rule, unlessKind: ["temporary"] } });
    expect(others).not.toContain(null);
  });
});
