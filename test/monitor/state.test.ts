import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { openTable, profile } from "smirnov";
import { Monitor, type MonitorOptions, type WindowResult } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { told } from "./told.ts";

const base = Date.UTC(2026, 10, 26);
const reference = {
  x: Float64Array.from({ length: 300 }, (_, k) => ((k * 7919) % 401) / 4),
  g: Array.from({ length: 300 }, (_, k) => ["a", "b", "c"][k % 3]!),
};

const row = fc.record({
  at: fc.integer({ min: 0, max: 900 }).map((seconds) => base + seconds * 1000),
  x: fc.double({ min: 0, max: 100, noNaN: true }),
  g: fc.constantFrom("a", "b", "c", null),
  id: fc.nat(80),
});
const label = fc.record({ id: fc.nat(80), truth: fc.double({ min: 0, max: 100, noNaN: true }) });
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never;
type Step =
  | { readonly push: readonly Row[] }
  | { readonly advanceTo: number }
  | { readonly observe: number; readonly at: number }
  | { readonly labels: readonly { readonly id: number; readonly truth: number }[] };
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.array(row, { minLength: 1, maxLength: 60 }).map((push) => ({ push })), weight: 4 },
  { arbitrary: row.map(({ at }) => ({ advanceTo: at })), weight: 1 },
  { arbitrary: row.map(({ at, x }) => ({ observe: x, at })), weight: 2 },
  { arbitrary: fc.array(label, { minLength: 1, maxLength: 60 }).map((labels) => ({ labels })), weight: 2 },
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
    labels: { id: "id", task: "regression", target: "truth", prediction: "x", coverage: 0.2 } as const,
    detectors: { latency: [{ detector: "pageHinkley", threshold: 20 }], x: [{ detector: "kswin" }] },
    ...(chosen.against === "fixed" && { reference }),
  }));

/** Without what is measured. */
const measured = (results: readonly WindowResult[]) =>
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
    else if ("labels" in step) monitor.labels(step.labels, record);
    else monitor.observe("latency", step.observe, step.at, record);
    if (!cuts.has(k)) continue;
    const saving = monitor.save();
    const bytes = monitor.toBytes();
    monitor.close();
    expect(Buffer.compare(await saving, bytes)).toBe(0);
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
    const steps = fc.array(step, { minLength: 2, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(options, steps, fc.uniqueArray(fc.nat(9)), async (options, steps, cuts) => {
        const whole = await run(options, steps, new Set());
        const parts = await run(options, steps, new Set(cuts));
        expect([...measured(parts)]).toEqual([...measured(whole)]);
      }),
      { numRuns: 60 },
    );
  });
});

const minutes = (count: number, from = 0): readonly { readonly at: number; readonly x: number }[] =>
  Array.from({ length: 40 * count }, (_, k) => ({
    at: base + (from + Math.floor(k / 40)) * 60_000,
    x: (k * 7919) % 401,
  }));
const common = { name: "orders", time: "at", window: { duration: "1m" } } as const;

describe("restoring", () => {
  it("keeps the fixed reference, its versions, and which windows are compared with which", async () => {
    const second = await profile({ x: Float64Array.from({ length: 100 }, (_, k) => k) });
    const first = told({ ...common, reference });
    first.monitor.push(minutes(2));
    first.monitor.setReference(second);
    first.monitor.push(minutes(2, 2));
    const bytes = first.monitor.toBytes();
    first.monitor.close();
    const { told: results, onWindow } = told(common);
    await Monitor.restore(bytes, { ...common, onWindow }).flush();
    expect(results.map(({ reference }) => reference?.version)).toEqual([1, 2, 2, 2]);
  });

  it("takes a reference that is given again as the same version, and another one as the next", async () => {
    const first = told({ ...common, reference });
    first.monitor.push(minutes(1));
    const bytes = first.monitor.toBytes();
    for (const [given, version] of [
      [structuredClone(reference), 1],
      [{ x: reference.x.map((x) => x + 1) }, 2],
    ] as const) {
      const { told: results, onWindow } = told(common);
      await Monitor.restore(bytes, { ...common, reference: given, onWindow }).flush();
      expect(results.map(({ reference }) => reference?.version)).toEqual([version]);
    }
  });

  it("needs a reference again that lies in files", async () => {
    const folder = await mkdtemp(join(tmpdir(), "smirnov-monitor-"));
    try {
      const path = join(folder, "reference.csv");
      await writeFile(path, `x\n${Array.from(reference.x).join("\n")}\n`);
      const opened = await openTable(path);
      const first = told({ ...common, reference: opened });
      first.monitor.push(minutes(2));
      await first.monitor.idle();
      expect(first.told).toMatchObject([{ status: "compared", reference: { rows: 300, version: 1, hash: null } }]);
      const bytes = first.monitor.toBytes();
      expect(() => Monitor.restore(bytes, common)).toThrow("reference must be given again");
      const { told: results, onWindow } = told(common);
      await Monitor.restore(bytes, { ...common, reference: opened, onWindow }).flush();
      expect(results).toMatchObject([{ status: "compared", reference: { version: 1 } }]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("refuses the state of a monitor with other options, naming the first that differs", () => {
    const { monitor } = told({ ...common, lateness: "1m" });
    monitor.push(minutes(1));
    const bytes = monitor.toBytes();
    const others: readonly (readonly [object, string])[] = [
      [{ name: "other" }, 'option name must be that of the state, "orders", got "other"'],
      [{ window: { duration: "2m" } }, "option window"],
      [{ window: { duration: "1m", offset: "10s" } }, "option window"],
      [{ against: "previous" }, "option against"],
      [{ time: undefined }, "option time"],
      [{ detectors: { x: [{ detector: "cusum" }] } }, "option detectors"],
    ];
    for (const [other, message] of others) {
      const wanted = () => Monitor.restore(bytes, { ...common, ...other } as MonitorOptions);
      expect(wanted).toThrow(RangeError);
      expect(wanted).toThrow(message);
    }
    // The same in other words, and what may change between runs.
    Monitor.restore(bytes, { ...common, window: { duration: 60_000, every: "60s" }, lateness: 5, maximumRows: 100 });
  });

  it("refuses damaged bytes", () => {
    const { monitor } = told(common);
    monitor.push(minutes(2));
    monitor.observe("latency", 5, base);
    const bytes = monitor.toBytes();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at]! ^= change;
        expect(() => Monitor.restore(damaged, common)).toThrow(FormatErrorLike);
      }),
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(() => Monitor.restore(bytes.slice(0, length), common)).toThrow(FormatErrorLike);
      }),
    );
    expect(() => Monitor.restore("state" as never, common)).toThrow(TypeError);
    expect(() => Monitor.restore(new Uint8Array(100), common)).toThrow("expected bytes that begin with SMIRSTAT");
  });
});

const FormatErrorLike = expect.objectContaining({ name: "FormatError" });
