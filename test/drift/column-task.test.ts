/** What a worker thread does with a column, here on the main thread: in the memory that the column's cost asks for. */
import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import type { Column, Kind } from "../../dist/column/column.js";
import { tableOf } from "../../dist/column/table-of.js";
import { costOf } from "../../dist/drift/column-cost.js";
import { evidentlyReportOf, type HashedTask, hashedFindingsOf } from "../../dist/drift/column-task.js";
import type { SideColumn } from "../../dist/drift/columns.js";
import { kinds } from "../../dist/drift/options.js";
import { prepare } from "../../dist/drift/prepare.js";
import { hashColumn } from "../../dist/drift/quality/column-hash.js";
import { column, evidently, ready } from "../../dist/drift/worker.js";
import { memoryEnd, theEngine } from "../../dist/engine/memory.js";
import { newRowSums, type RowSums } from "../../dist/engine/row-sums.js";
import { bytesToPlace, sendable } from "../../dist/engine/sendable.js";
import type { Envelope, Outcome } from "../../dist/engine/task.js";
import { normals } from "./samples.ts";

const rows = 60_000;
const [x, y] = [normals(rows, 1, 0, 1), normals(rows - 1, 2, 0.2, 1)];

const word = () => new Int32Array(new SharedArrayBuffer(4));

/** Runs a task as a worker would, in a region at the end of the memory. */
function run(task: (envelope: Envelope) => Outcome, message: object, scratch: number): Outcome {
  const end = memoryEnd;
  const start = Math.floor((end - scratch - bytesToPlace(message)) / 64) * 64;
  const placed = sendable(message, { start, end }, theEngine());
  const control = { begun: word(), cancelled: word() };
  return task({ control, region: { start: placed.end, end }, sent: structuredClone(placed.sent) });
}

function taskOf(reference: SideColumn, current: SideColumn, method?: string): HashedTask {
  const choice = { method, requested: false, threshold: undefined };
  const choices = Object.fromEntries(kinds.map((kind) => [kind, choice])) as Record<Kind, typeof choice>;
  const settings = { temporal: true, minimumValues: 20, possibleLevel: 0.05 };
  return {
    reference,
    current,
    choices,
    ...settings,
    blocks: null,
    clustered: false,
    quality: false,
    into: [null, null],
  };
}

const makers: Record<string, (values: number[]) => unknown> = {
  doubles: (values) => Float64Array.from(values),
  singles: (values) => Float32Array.from(values),
  "integers beyond 2^53": (values) => BigInt64Array.from(values, (v) => 2n ** 60n + BigInt(Math.round(3000 * v))),
  nulls: (values) =>
    arrow.vectorFromArray(
      values.map((v) => (v > 1 ? null : v)),
      new arrow.Float64(),
    ),
  "truth values": (values) =>
    arrow.vectorFromArray(
      values.map((v) => v > 0),
      new arrow.Bool(),
    ),
  names: (values) =>
    arrow.vectorFromArray(
      values.map((v) => `name ${Math.round(5000 * v)}`),
      new arrow.Utf8(),
    ),
  words: (values) =>
    arrow.vectorFromArray(
      values.map((v) => `word ${Math.round(3 * v)}`),
      new arrow.Utf8(),
    ),
  vectors: (values) => ({ values: Float64Array.from(values.slice(1)), dimension: 1 }),
};

describe("a column as a task", () => {
  it.each(Object.keys(makers))("fits into the memory it asks for, and finds the same: %s", (name) => {
    const [before, after] = [x, y].map((values) => {
      const { columns } = tableOf({ column: makers[name]!(values) } as never);
      return columns.get("column")!;
    }) as [SideColumn, SideColumn];
    for (const method of [undefined, "wasserstein-resampled", "psi", "mmd"]) {
      const message = taskOf(before, after, method);
      const outcome = run(column, message, costOf([before, after]).memory);
      expect(outcome).toEqual({ is: "done", result: hashedFindingsOf(message) });
    }
  });

  it("is hashed in the same memory, and without another region", () => {
    for (const make of [makers.doubles!, makers.words!]) {
      const sides = [x, y].map((values) => tableOf({ column: make(values) } as never));
      const [before, after] = sides.map(({ columns }) => columns.get("column")!) as [Column, Column];
      const sums = sides.map(({ rows }) => newRowSums(rows, 1)) as [RowSums, RowSums];
      const into = [
        { sums: sums[0], index: 0 },
        { sums: sums[1], index: 0 },
      ] as const;
      const message = { ...taskOf(before, after), quality: true, into };
      const outcome = run(column, message, costOf([before, after]).memory) as Outcome & { is: "done" };
      expect(outcome.is).toBe("done");
      expect(outcome.result).toMatchObject({ hashes: [hashColumn(before), hashColumn(after)] });
      expect(sums.map(({ rows }) => new Set(rows).size)).toEqual(
        [x, y].map((own) => new Set(make === makers.doubles ? own : own.map((v) => Math.round(3 * v))).size),
      );
    }
  });

  it("may be compared with a prepared one", () => {
    const { columns } = prepare({ x: Float64Array.from(x), text: x.map((v) => `word ${Math.round(v)}`) });
    const current = tableOf({ x: Float64Array.from(y), text: y.map((v) => `word ${Math.round(v)}`) } as never);
    for (const [name, reference] of columns) {
      const message = taskOf(reference, current.columns.get(name)!);
      expect(run(column, message, costOf([reference]).memory)).toEqual({
        is: "done",
        result: hashedFindingsOf(message),
      });
    }
  });

  it("may be missing or of a type that is not read", () => {
    for (const message of [taskOf(null, null), taskOf({ unsupported: "List" }, { unsupported: "List" })]) {
      expect(run(column, message, 0)).toEqual({ is: "done", result: hashedFindingsOf(message) });
    }
  });

  it("is judged as Evidently does", () => {
    const [reference, current] = [x, y].map((values) => tableOf({ a: Float64Array.from(values) }));
    const message = { reference, current, name: "a", components: null, options: { preset: "evidently" } } as const;
    const found = run(evidently, message, costOf([reference!.columns.get("a")!]).memory);
    expect(found).toEqual({ is: "done", result: evidentlyReportOf(message as never) });
    expect(ready()).toBe(true);
  });
});

describe("a column's cost", () => {
  it("tells what other threads cannot see", () => {
    const { columns } = tableOf({ strings: ["a", "b"], numbers: [1, 2] } as never);
    expect(costOf([columns.get("strings")!]).sendable).toBe(false);
    expect(costOf([columns.get("numbers")!, null, { unsupported: "List" }]).sendable).toBe(true);
  });

  it("grows with the rows, and with methods that deal again and again", () => {
    const { columns } = tableOf({ few: [1, 2, 3] } as never);
    const few = columns.get("few")!;
    const many = { ...few, rows: 1e6 } as typeof few;
    expect(costOf([many]).time).toBeGreaterThan(10 * costOf([few]).time);
    expect(costOf([few], "energy-resampled").time).toBeGreaterThan(10 * costOf([few]).time);
    expect(costOf([many]).memory).toBeGreaterThan(costOf([few]).memory);
  });
});
