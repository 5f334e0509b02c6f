import fc from "fast-check";
import { Monitor, type MonitorOptions, type WindowResult } from "smirnov/monitor";
import { describe, expect, it } from "vitest";

const base = Date.UTC(2026, 10, 26);
const reference = {
  x: Float64Array.from({ length: 300 }, (_, k) => ((k * 7919) % 401) / 4),
  g: Array.from({ length: 300 }, (_, k) => ["a", "b", "c"][k % 3]!),
};

const row = fc.record({
  at: fc.integer({ min: 0, max: 900 }).map((seconds) => base + seconds * 1000),
  x: fc.double({ min: 0, max: 100, noNaN: true }),
  g: fc.constantFrom("a", "b", "c", null),
});
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never;
type Step =
  | { readonly push: readonly Row[] }
  | { readonly advanceTo: number }
  | { readonly observe: number; readonly at: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.array(row, { minLength: 1, maxLength: 60 }).map((push) => ({ push })), weight: 4 },
  { arbitrary: row.map(({ at }) => ({ advanceTo: at })), weight: 1 },
  { arbitrary: row.map(({ at, x }) => ({ observe: x, at })), weight: 2 },
);

const options: fc.Arbitrary<Omit<MonitorOptions, "onWindow">> = fc
  .record({
    window: fc.constantFrom<MonitorOptions["window"][]>(
      { duration: "1m" },
      { duration: "2m", every: "30s" },
      { rows: 40 },
      { rows: 40, every: 20 },
    ),
    against: fc.constantFrom<NonNullable<MonitorOptions["against"]>[]>(
      "fixed",
      "previous",
      "expanding",
      { rolling: 3 },
      { lag: 4 },
      { lag: 33 },
    ),
    lateness: fc.constantFrom(0, "1m"),
    late: fc.constantFrom("count" as const, "next" as const),
  })
  .map((chosen) => ({
    name: "orders",
    time: "at",
    ...chosen,
    detectors: { latency: [{ detector: "pageHinkley", threshold: 20 }], x: [{ detector: "kswin" }] },
    ...(chosen.against === "fixed" && { reference }),
  }));

/** Without what is measured. */
const told = (results: readonly WindowResult[]) =>
  new Map(results.map(({ seconds, ...result }) => [`${result.id}`, result] as const));

/** Runs all steps; after those named in `cuts` another monitor goes on from the state. */
async function run(options: Omit<MonitorOptions, "onWindow">, steps: readonly Step[], cuts: ReadonlySet<number>) {
  const results: WindowResult[] = [];
  const onWindow = (result: WindowResult) => {
    results.push(result);
  };
  let monitor = new Monitor({ ...options, onWindow });
  for (const [k, step] of steps.entries()) {
    const record = { arrival: base + k, sequence: k + 1 };
    if ("push" in step) monitor.push(step.push, record);
    else if ("advanceTo" in step) monitor.advanceTo(step.advanceTo, record);
    else monitor.observe("latency", step.observe, step.at, record);
    if (!cuts.has(k)) continue;
    const bytes = monitor.toBytes();
    monitor.close();
    monitor = Monitor.restore(bytes, { ...options, onWindow });
    expect(monitor.sequence).toBe(k + 1);
    // What was applied before changes nothing.
    if ("push" in step) expect(monitor.push(step.push, record).accepted).toBe(0);
  }
  await monitor.flush();
  return results;
}

describe("a monitor's state", () => {
  it("goes on as if there had been no cut, wherever a run is cut", async () => {
    const steps = fc.array(step, { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(options, steps, fc.uniqueArray(fc.nat(7)), async (options, steps, cuts) => {
        const whole = await run(options, steps, new Set());
        const parts = await run(options, steps, new Set(cuts));
        expect([...told(parts)]).toEqual([...told(whole)]);
      }),
      { numRuns: 60 },
    );
  });
});
