import fc from "fast-check";
import { driftKind } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { autocorrelationOf, sharedNoise } from "../../dist/monitor/score-noise.js";
import { told as toldOf } from "./told.ts";

/** The square of the correlation of Σ w(pane) x(pane) with the same sum `every` panes later, from weights that are written out. */
function naive(panes: number, first: number, last: number, every: number): number {
  const weights = new Map<number, number>();
  const add = (pane: number, weight: number) => weights.set(pane, (weights.get(pane) ?? 0) + weight);
  for (let pane = 0; pane < panes; pane++) add(pane, 1 / panes);
  const [from, to] = [-first, -last + panes];
  for (let pane = from; pane < to; pane++) add(pane, -1 / (to - from));
  let [variance, covariance] = [0, 0];
  for (const [pane, weight] of weights) {
    variance += weight * weight;
    covariance += weight * (weights.get(pane - every) ?? 0);
  }
  return (covariance / variance) ** 2;
}

/** A seeded generator of uniform numbers. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("what scores of unchanged data share", () => {
  it("is what the panes have in common that neighbouring windows and their references are made of", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.nat(30),
        fc.nat(30),
        fc.integer({ min: 1, max: 40 }),
        (panes, gap, more, every) => {
          const [last, first] = [panes + gap, panes + gap + more];
          const shape = { by: "rows", every: 10, panes, offset: 0 } as const;
          const found = autocorrelationOf({ kind: "rolling", keeps: "rows", first, last }, shape, every);
          expect(found).toBeCloseTo(naive(panes, first, last, every), 12);
        },
      ),
    );
    const sliding = { by: "rows", every: 10, panes: 4, offset: 0 } as const;
    expect(autocorrelationOf({ kind: "fixed", keeps: "nothing", first: 0, last: 0 }, sliding, 1)).toBe(0.75 ** 2);
    expect(autocorrelationOf({ kind: "expanding", keeps: "profiles", first: null, last: 4 }, sliding, 1)).toBe(
      0.75 ** 2,
    );
  });

  it("is told to driftKind, so that windows that slide show no drift where nothing changes", async () => {
    const random = seeded(3);
    const names = Array.from({ length: 24 }, (_, k) => `c${k}`);
    const batch = (rows: number) =>
      Object.fromEntries(names.map((name) => [name, Float64Array.from({ length: rows }, () => random() ** 2)]));
    const { monitor, told } = toldOf({ name: "orders", window: { rows: 200, every: 50 }, reference: batch(1000) });
    for (let k = 0; k < 60; k++) monitor.push(batch(50));
    await monitor.idle();
    const level = 0.4 * Math.sqrt(200 / 1000);
    const kinds = names.map((name) => {
      const scores = told.map((result) => result.scores[name]!);
      const alone = driftKind(scores, { level }).kind;
      const expected = driftKind(scores, { level, autocorrelation: 0.75 ** 2 });
      expect(told.at(-1)!.kinds[name]).toEqual(expected);
      return { alone, with: expected.kind };
    });
    const drifts = (which: "alone" | "with") => kinds.filter((one) => !["none", "undecided"].includes(one[which]));
    expect(drifts("alone").length).toBeGreaterThan(2);
    expect(drifts("with").length).toBeLessThan(2);
  });
});
