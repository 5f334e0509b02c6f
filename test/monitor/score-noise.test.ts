import fc from "fast-check";
import { driftKind } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { toldOf as slidingKind } from "../../bench/kinds/sliding.js";
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

  it("is asked of windows so far apart that they share no row, of which a period is a whole number", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.option(fc.integer({ min: 2, max: 200 })),
        fc.boolean(),
        (panes, period, isFixed) => {
          const shape = { by: "rows", every: 10, panes, offset: 0 } as const;
          const against = isFixed
            ? ({ kind: "fixed", keeps: "nothing", first: 0, last: 0 } as const)
            : ({ kind: "previous", keeps: "rows", first: panes, last: panes } as const);
          const { every, autocorrelation, minimum } = sharedNoise(against, shape, period);
          expect(autocorrelation).toBe(autocorrelationOf(against, shape, every));
          // Windows from the first to the last of `minimum` that are looked at: ten of them at least share no row.
          expect(Math.floor(((minimum - 1) * every) / panes) + 1).toBeGreaterThanOrEqual(10);
          expect(Math.floor(((minimum - 2) * every) / panes) + 1).toBeLessThan(10);
          if (period === null) expect([every, minimum]).toEqual([panes, 10]);
          else {
            expect(period % every).toBe(0);
            expect(period / every).toBeGreaterThanOrEqual(2);
            const divisors = Array.from({ length: panes }, (_, k) => k + 1).filter(
              (one) => period % one === 0 && 2 * one <= period,
            );
            expect(every).toBe(Math.max(...divisors));
          }
          if (every === panes) expect(autocorrelation).toBeCloseTo(isFixed ? 0 : 0.25, 12);
        },
      ),
    );
  });

  it("leaves few false labels where windows slide, which all of them do not", () => {
    const labels = (apart: boolean) =>
      Array.from({ length: 400 }, (_, k) =>
        slidingKind("none", { count: 120, panes: 10, height: 0, apart }, 410_000_001 + 7 * k),
      ).filter((kind) => kind !== "none" && kind !== "undecided").length;
    expect(labels(true)).toBeLessThanOrEqual(8);
    expect(labels(false)).toBeGreaterThan(8);
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
      const expected = driftKind(scores, { level, every: 4, minimum: 10 });
      expect(told.at(-1)!.kinds[name]).toEqual(expected);
      return { alone, with: expected.kind };
    });
    const drifts = (which: "alone" | "with") => kinds.filter((one) => !["none", "undecided"].includes(one[which]));
    expect(drifts("alone").length).toBeGreaterThan(2);
    expect(drifts("with").length).toBeLessThan(2);
  });
});
