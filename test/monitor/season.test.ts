import { compare, profile } from "smirnov";
import { driftKind, Monitor, type MonitorOptions } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { normal } from "../../dist/distributions/normal.js";
import { told as toldOf } from "./told.ts";

const scoreOf = (p: number) =>
  Math.max(-3, normal.upperQuantile(Math.min(1 - 2 ** -53, Math.max(p, Number.MIN_VALUE))));
const minute = 60_000;
const base = Date.UTC(2026, 10, 26, 10);
const period = 6;

/** Rows of a minute: a mean that is higher in three of six minutes, or that steps and stays. */
function rows(k: number, count: number, isPeriodic: boolean) {
  const up = isPeriodic ? k % period >= 3 : k >= 12;
  return {
    at: new Float64Array(count).fill(base + k * minute),
    x: Float64Array.from({ length: count }, (_, j) => (((j + 211 * k) * 7919) % 1009) / 100 + (up ? 1.2 : 0)),
  };
}
const reference = { x: Float64Array.from({ length: 2000 }, (_, j) => ((j * 7919) % 1009) / 100) };
const options = { name: "orders", time: "at", window: { duration: "1m" }, reference } as const;

describe("a period", () => {
  it("compares each window with the one a period ago too, as evidence of the kind of drift", async () => {
    for (const isPeriodic of [true, false]) {
      const { monitor, told } = toldOf({ ...options, period: "6m" });
      const all = Array.from({ length: 18 }, (_, k) => rows(k, 100, isPeriodic));
      for (const one of all) monitor.push(one);
      await monitor.flush();
      const seasonal: (number | null)[] = [];
      for (const [k, { x }] of all.entries()) {
        const before = all[k - period];
        if (!before) {
          seasonal.push(null);
          continue;
        }
        const { pValue } = (await compare(await profile({ x: before.x }), { x })).columns.x!;
        seasonal.push(scoreOf(pValue!));
      }
      const scores = told.map((result) => result.scores.x!);
      const level = 0.4 * Math.sqrt(100 / 2000);
      const expected = driftKind(scores, { level, autocorrelation: 0, period, seasonal });
      expect(told.at(-1)!.kinds.x!.kind).toBe(isPeriodic ? "periodic" : "instantaneous");
      expect(told.at(-1)!.kinds.x!.words).toBe(expected.words);
      expect(told.at(-1)!.kinds.x!.confidence).toBeCloseTo(expected.confidence, 9);
      expect(expected.confidence).not.toBe(driftKind(scores, { level, period }).confidence);
    }
  });

  it("is found of windows that slide, across gaps, and when a run is cut", async () => {
    const sliding = { ...options, window: { duration: "2m", every: "1m" }, period: 6 } as const;
    const runs = await Promise.all(
      [[], [7], [3, 9, 20]].map(async (cuts) => {
        const { told, onWindow } = toldOf(sliding);
        let monitor = new Monitor({ ...sliding, onWindow });
        for (let k = 0; k < 24; k++) {
          if (k !== 10 && k !== 11 && k !== 12) monitor.push(rows(k, 100, true), { arrival: base, sequence: k + 1 });
          if (!cuts.includes(k)) continue;
          const bytes = monitor.toBytes();
          monitor.close();
          monitor = Monitor.restore(bytes, { ...sliding, onWindow });
        }
        await monitor.flush();
        return told.map(({ seconds, ...result }) => result);
      }),
    );
    const last = runs[0]!.at(-1)!;
    expect(last.kinds.x).toMatchObject({ kind: "periodic", period });
    for (const run of runs.slice(1)) expect([...new Map(run.map((one) => [one.id, one])).values()]).toEqual(runs[0]);
  });

  it("holds no more profiles than a period has panes", async () => {
    const { monitor } = toldOf({ ...options, period, history: 12 });
    const sizes: number[] = [];
    for (let k = 0; k < 60; k++) {
      monitor.push(rows(k, 40, false));
      await monitor.idle();
      sizes.push(monitor.toBytes().length);
    }
    // Names and numbers of windows grow by a digit.
    expect(sizes[59]! - sizes[20]!).toBeLessThan(400);
  });

  it("looks at columns alone, whatever else is asked of the comparison", async () => {
    const grouped = (own: { readonly x: Float64Array }) => ({
      ...own,
      g: Array.from(own.x, (_, k) => (k % 2 ? "a" : "b")),
    });
    const compare = { by: "g", quality: true, correlations: true };
    const asked = toldOf({ ...options, reference: grouped(reference), period, compare });
    const plain = toldOf({ ...options, reference: grouped(reference), period });
    for (let k = 0; k < 14; k++) {
      for (const { monitor } of [asked, plain]) monitor.push(grouped(rows(k, 60, true)));
    }
    await Promise.all([asked.monitor.flush(), plain.monitor.flush()]);
    const kinds = ({ told }: typeof asked) => told.map((result) => result.kinds.x!.probabilities);
    expect(asked.told.map(({ status }) => status)).toEqual(asked.told.map(() => "compared"));
    for (const [k, probabilities] of kinds(asked).entries()) {
      for (const [kind, probability] of Object.entries(kinds(plain)[k]!)) {
        expect(probabilities[kind as keyof typeof probabilities]).toBeCloseTo(probability, 12);
      }
    }
  });

  const wrong: readonly (readonly [Partial<MonitorOptions>, ErrorConstructor, string])[] = [
    [{ period: true as never }, TypeError, "Monitor: period must be a number of windows or a time as text, got true"],
    [{ period: "90s" }, RangeError, "Monitor: period must be a multiple of 60000 ms"],
    [{ period: 1 }, RangeError, "Monitor: period must be 2 to 200 windows, got 1"],
    [{ period: 150 }, RangeError, "Monitor: history must hold two periods, 300 windows, got 200"],
    [{ period: "6m", against: "previous", reference: undefined as never }, RangeError, "Monitor: period goes with"],
    [{ period: "6m", compare: { where: { x: { gt: 3 } } } }, RangeError, "Monitor: compare.where needs rows"],
  ];
  it.each(wrong)("%j is refused", (change, kind, message) => {
    const { reference: _, ...rest } = { ...options, ...change };
    const make = () => new Monitor(rest);
    expect(make).toThrow(kind);
    expect(make).toThrow(message);
  });

  it("has to be that of the state", () => {
    const { monitor } = toldOf({ ...options, period });
    monitor.push(rows(0, 10, true));
    expect(() => Monitor.restore(monitor.toBytes(), { ...options, period: "7m" })).toThrow(
      "Monitor.restore: option period must be that of the state, 6, got 7",
    );
  });
});
