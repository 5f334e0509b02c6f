import { type RecordBatch, Table, tableFromArrays, tableToIPC } from "apache-arrow";
import { type CompareOptions, compare, prepare } from "smirnov";
import { describe, expect, it } from "vitest";
import { closeThreads, threadsInUse } from "../../dist/engine/pool.js";
import { Monitor as Compiled } from "../../dist/monitor/index.js";
import type { WindowResult } from "../../src/monitor/window-result.js";
import { told as toldOf } from "./told.ts";

const columns = (count: number, shift: number) => ({
  x: Float64Array.from({ length: count }, (_, k) => ((k * 7919) % 1009) / 100 + shift),
  y: Float64Array.from({ length: count }, (_, k) => ((k * 6007) % 997) / 90),
  n: Int32Array.from({ length: count }, (_, k) => (k * 31) % (7 + shift)),
  g: Array.from({ length: count }, (_, k) => (k % 11 === 0 ? null : ["a", "b", "c"][(k * 13) % 3]!)),
  when: Array.from({ length: count }, (_, k) => new Date(k)),
  truth: Array.from({ length: count }, (_, k) => k % 3 === 0),
  said: Array.from({ length: count }, (_, k) => (k % 7 === 0) !== (k % 3 === 0)),
});
const reference = columns(400, 0);
const current = columns(200, 1);

const looking: readonly (readonly [string, CompareOptions])[] = [
  ["segments", { by: "g" }],
  ["rows that are chosen", { where: { y: { gt: 3 } } }],
  ["rows up to a date", { where: { when: { lt: "1970-01-01T00:00:00.150Z" } } }],
  ["correlations", { correlations: true }],
  ["quality", { quality: true }],
  ["blocks of rows that depend on each other", { blocks: true }],
  ["clusters", { clusterBy: "n" }],
  ["roles", { target: "truth", prediction: "said", joint: true }],
  ["roles, and rows from the start of serving", { target: "truth", startOfServing: tableFromArrays(columns(300, 2)) }],
  ["a model's quality", { modelQuality: { task: "classification", target: "truth", prediction: "said" } }],
];
const others: readonly (readonly [string, CompareOptions])[] = [
  ["other methods", { method: "ks", methodByKind: { categorical: "psi" }, threshold: 0.01 }],
  ["some columns", { columns: ["g", "n"], correction: "holm" }],
];

describe("the report of a window", () => {
  it.each([...looking, ...others])("is that of compare with %s", async (_, options) => {
    const { monitor, told } = toldOf({ name: "orders", window: { rows: 200 }, reference, compare: options });
    monitor.push(current);
    await monitor.idle();
    const isPrepared = others.some(([, own]) => own === options);
    expect(told).toMatchObject([{ status: "compared" }]);
    expect(told[0]!.report).toEqual(await compare(isPrepared ? prepare(reference) : reference, current, options));
  });

  it("is that of rows of an Arrow table, or of record batches", async () => {
    const table = tableFromArrays({ ...current, g: current.g.map((g) => g ?? "none") });
    const { monitor, told } = toldOf({ name: "orders", window: { rows: 200 }, reference });
    monitor.push(table);
    for (const batch of [new Table(table.schema, table.slice(0, 90).batches), table.slice(90)]) {
      for (const one of batch.batches) monitor.push(one as RecordBatch);
    }
    await monitor.idle();
    expect(tableToIPC(table).length).toBeGreaterThan(0);
    expect(told).toHaveLength(2);
    const { g: _, ...expected } = (await compare(prepare(reference), table)).columns;
    for (const { report } of told) {
      const { g, ...found } = report!.columns;
      // The family is the same, so are all other columns; texts of dictionaries are kept as texts.
      expect(found).toEqual(expected);
      expect(g!.statistic).toBe(_!.statistic);
    }
  });
});

describe("threads that are lost", () => {
  it("cost no window", async () => {
    const told: WindowResult[] = [];
    const onWindow = (result: WindowResult): void => {
      told.push(result);
    };
    const monitor = new Compiled({ name: "orders", window: { rows: 200 }, reference, onWindow });
    for (let k = 0; k < 12; k++) monitor.push(current);
    for (let k = 0; k < 3; k++) {
      await new Promise((resolve) => setTimeout(resolve, 15));
      for (const worker of (await threadsInUse())?.workers() ?? []) await worker.terminate();
    }
    await monitor.idle();
    expect(told.map(({ index, status }) => [index, status])).toEqual(told.map((_, k) => [k, "compared"]));
    expect(told).toHaveLength(12);
    for (const { report } of told) expect(report).toEqual(told[0]!.report);
    await closeThreads();
  });
});
