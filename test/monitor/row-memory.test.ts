import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Table } from "../../dist/column/column.js";
import { tableOf } from "../../dist/column/table-of.js";
import { Monitor } from "../../dist/monitor/index.js";
import { RowMemory } from "../../dist/monitor/row-memory.js";
import { RowStore } from "../../dist/monitor/row-store.js";
import type { WindowResult } from "../../dist/monitor/window-result.js";
import { contents, everyKind } from "./tables.js";

describe("memory of rows", () => {
  it("is zeros of the wanted length, and a quarter more at most", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50_000 }), { maxLength: 6 }), (lengths) => {
        const memory = new RowMemory();
        for (let round = 0; round < 2; round++) {
          const taken = lengths.map((length) => memory.take(length));
          expect(taken.map(({ length }) => length)).toEqual(lengths);
          expect(taken.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
          expect(new Set(taken.map(({ buffer }) => buffer)).size).toBe(taken.length);
          for (const { length, buffer } of taken) expect(buffer.byteLength).toBeLessThanOrEqual(1.25 * length + 8);
          for (const bytes of taken) bytes.fill(7);
          memory.give(taken);
        }
      }),
    );
  });

  it("is used again, but not while somebody reads it, nor kept for long where nobody takes it", async () => {
    const memory = new RowMemory();
    const first = memory.take(4000);
    memory.give([first]);
    expect(memory.bytes).toBe(first.buffer.byteLength);
    expect(memory.take(4090).buffer).toBe(first.buffer);
    expect(memory.bytes).toBe(0);
    await memory.reading(async () => memory.give([first]));
    expect(memory.take(4000).buffer).not.toBe(first.buffer);
    memory.give([first]);
    for (let round = 0; round < 8; round++) {
      expect(memory.bytes).toBeGreaterThanOrEqual(first.buffer.byteLength);
      const other = memory.take(50_000);
      memory.give([other]);
    }
    expect(memory.take(4000).buffer).not.toBe(first.buffer);
  });

  it("does not show in what lies in it", () => {
    const memory = new RowMemory();
    const tables = fc.array(fc.nat(300).chain(everyKind), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(tables, (all) => {
        for (const table of all) {
          const store = new RowStore("test", memory);
          store.append(table);
          expect(contents(store.take())).toEqual(contents(table));
          store.letGo();
          expect(store.rows).toBe(0);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe("a monitor", () => {
  it("takes no more memory the more windows it has told", async () => {
    const [rows, columns, windows] = [20_000, 20, 40];
    const bytes = 8 * rows * columns;
    const batch = Object.fromEntries(
      Array.from({ length: columns }, (_, k) => [`c${k}`, Float64Array.from({ length: rows }, (_, row) => row * k)]),
    );
    const held: number[] = [];
    const monitor = new Monitor({
      name: "orders",
      window: { rows },
      against: "previous",
      compare: { method: "ks" },
      onWindow: () => void held.push(process.memoryUsage().arrayBuffers),
    });
    for (let window = 0; window < windows; window++) {
      monitor.push(batch);
      await monitor.idle();
    }
    monitor.close();
    // The window that is told and the one before, and one for each that was let go and is used again.
    expect(held.at(-1)! - held[4]!).toBeLessThan(4 * bytes);
  });

  it("keeps rows that it has told as they are for whoever still has them, and uses memory of others again", async () => {
    const rows = 2000;
    const results: WindowResult[] = [];
    const told: { readonly window: number; readonly table: Table }[] = [];
    const monitor = new Monitor({
      name: "orders",
      window: { rows },
      compare: { method: "ks" },
      onWindow: (result) => {
        results.push(result);
        if (result.index % 3 !== 0) return;
        const table = monitor.rowsTold!;
        told.push({ window: result.index, table });
        if (result.index === 0) monitor.setReference(table);
      },
    });
    const batch = (window: number) => ({
      x: Float64Array.from({ length: rows }, (_, k) => k + 1e6 * window),
      name: Array.from({ length: rows }, (_, k) => `w${window} ${k % 7}`),
    });
    for (let window = 0; window < 9; window++) {
      monitor.push(batch(window));
      await monitor.idle();
    }
    // The first window's rows once more: they are those of the reference.
    monitor.push(batch(0));
    await monitor.idle();
    monitor.close();
    for (const { window, table } of told) expect(contents(table)).toEqual(contents(tableOf(batch(window % 9))));
    expect(told.map(({ window }) => window)).toEqual([0, 3, 6, 9]);
    const last = results.at(-1)!;
    expect(last.reference!.hash).toBe(last.hash);
    expect(last.report!.dataset.drifted).toBe(false);
  });
});
