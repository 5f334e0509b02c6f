import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { sliceTable } from "../../dist/column/slice.js";
import { tableOf } from "../../dist/column/table-of.js";
import { takeRows } from "../../dist/column/take-rows.js";
import { ksTest } from "../../dist/index.js";
import { rowsToTable } from "../../dist/monitor/index.js";
import { RowMemory } from "../../dist/monitor/row-memory.js";
import { RowStore } from "../../dist/monitor/row-store.js";
import type { Table } from "../../src/column/column.js";
import type { FixedChunk, Layout } from "../../src/engine/chunk.js";
import { contents, everyKind, types } from "./tables.js";

const tableOfNumbers = (values: ArrayBufferView | readonly unknown[]): Table => tableOf({ a: values as never });
const store = (...tables: Table[]): RowStore => {
  const made = new RowStore("test");
  for (const table of tables) made.append(table);
  return made;
};

describe("a row store", () => {
  it("gives back what was put in, of every kind of column, however it was cut", () => {
    const cut = fc.nat(40).chain((rows) => fc.tuple(everyKind(rows), fc.array(fc.nat(rows), { maxLength: 6 })));
    fc.assert(
      fc.property(cut, fc.nat(40), fc.nat(40), ([table, places], a, b) => {
        const at = [0, ...places.sort((x, y) => x - y), table.rows];
        const made = store(...at.slice(1).map((to, k) => sliceTable(table, at[k]!, to)));
        expect(contents(made.take())).toEqual(contents(table));
        const [from, to] = [Math.min(a, b, table.rows), Math.min(Math.max(a, b), table.rows)];
        expect(contents(made.take(from, to))).toEqual(contents(sliceTable(table, from, to)));
        const dropped = Math.min(from, table.rows);
        made.drop(dropped);
        expect(contents(made.take())).toEqual(contents(sliceTable(table, dropped, table.rows)));
        expect(made.rows).toBe(table.rows - dropped);
      }),
      { numRuns: 60 },
    );
  });

  it("takes rows whose columns come and go, nulls where they do not", () => {
    const row = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.oneof(fc.integer(), fc.constant(null)));
    const texts = fc.dictionary(fc.constantFrom("s", "t"), fc.option(fc.string({ unit: "grapheme" })));
    const rows = fc.array(
      fc.tuple(row, texts).map(([one, other]) => ({ ...one, ...other })),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(rows, (all) => {
        const made = store(...all.map((each) => rowsToTable([each])));
        expect(contents(made.take())).toEqual(contents(rowsToTable(all)));
      }),
    );
  });

  it("takes no more for values that stand alone in their columns than for some thousand rows", () => {
    const made = store(rowsToTable(Array.from({ length: 70_000 }, (_, k) => ({ a: k }))));
    const before = made.bytes;
    for (let k = 0; k < 600; k++) made.append(rowsToTable([{ [`c${k}`]: k }]));
    expect(made.bytes - before).toBeLessThan(100e6);
    const taken = made.take(70_000);
    for (const k of [0, 1, 63, 64, 65, 300, 599]) {
      const expected = new Array(600).fill(null).with(k, k);
      expect(contents(taken).find(([name]) => name === `c${k}`)![1]).toEqual(expected);
    }
  });

  it("keeps a row at a time in a few chunks, and drops them by blocks", () => {
    const made = new RowStore("test");
    const model: number[] = [];
    for (let k = 0; k < 3000; k++) {
      made.append(rowsToTable([{ a: k, b: `${k}` }]));
      model.push(k);
      if (k % 700 === 699) {
        made.drop(500);
        model.splice(0, 500);
      }
    }
    const taken = made.take();
    expect(contents(taken)).toEqual([
      ["a", model],
      ["b", model.map(String)],
    ]);
    expect([...taken.columns.get("a")!.chunks].length).toBeLessThan(6);
    const before = made.bytes;
    made.drop(made.rows);
    expect(made.bytes).toBe(0);
    expect(before).toBeGreaterThan(3000 * 8);
  });

  it("counts all memory that it keeps, also that of texts which it has copied to a larger place", () => {
    const memory = new RowMemory();
    const take = vi.spyOn(memory, "take");
    const made = new RowStore("test", memory);
    for (let k = 0; k < 40; k++) made.append(rowsToTable([{ t: "x".repeat(1000), n: k < 20 ? k : k + 0.5 }]));
    const kept = take.mock.results.map(({ value }) => (value as Uint8Array).buffer.byteLength);
    expect(kept.length).toBeGreaterThan(8);
    expect(made.bytes).toBe(kept.reduce((sum, bytes) => sum + bytes, 0));
    made.letGo();
    expect(made.bytes).toBe(0);
  });

  it("hands out views that stay what they are while more rows come", () => {
    const made = store(
      rowsToTable([
        { a: 1, b: "x", c: true, v: [1] },
        { a: null, c: null },
      ]),
    );
    const taken = made.take();
    const before = contents(taken);
    made.append(rowsToTable([{ a: 5, b: "y".repeat(1000), c: false, v: [2] }]));
    made.append(tableOfNumbers(Int32Array.of(7)));
    expect(contents(taken)).toEqual(before);
    made.drop(2);
    expect(contents(taken)).toEqual(before);
  });

  it("copies what is appended", () => {
    const values = Float64Array.of(1, 2);
    const made = store(tableOfNumbers(values));
    values[0] = 9;
    expect(contents(made.take())).toEqual([["a", [1, 2]]]);
  });

  it("takes chosen rows as takeRows does", () => {
    const all = rowsToTable([{ a: 1 }, { a: 2, b: "x" }, { b: "y" }]);
    const made = new RowStore("test");
    made.append(all, Uint32Array.of(2, 0));
    expect(contents(made.take())).toEqual(contents(takeRows(all, Uint32Array.of(2, 0))));
    expect(() => made.append(all, Uint32Array.of(3))).toThrow(RangeError);
  });

  it("keeps numbers of two types as one that holds both exactly", () => {
    const cases: [ArrayBufferView, ArrayBufferView, string, unknown[]][] = [
      [Int32Array.of(1), Float64Array.of(0.5), "Float64", [1, 0.5]],
      [Float64Array.of(0.5), Int8Array.of(-1), "Float64", [0.5, -1]],
      [Float32Array.of(0.5), Uint32Array.of(2 ** 32 - 1), "Float64", [0.5, 2 ** 32 - 1]],
      [Int32Array.of(-1), BigInt64Array.of(2n ** 60n), "Int64", [-1n, 2n ** 60n]],
      [BigUint64Array.of(5n), BigInt64Array.of(-1n), "Int64", [5n, -1n]],
      [BigUint64Array.of(2n ** 63n), Uint8Array.of(1), "Uint64", [2n ** 63n, 1n]],
      [BigInt64Array.of(2n ** 53n), Float64Array.of(0.5), "Float64", [2 ** 53, 0.5]],
      [Float64Array.of(0.5), BigInt64Array.of(-(2n ** 53n)), "Float64", [0.5, -(2 ** 53)]],
    ];
    for (const [one, other, type, expected] of cases) {
      const taken = store(tableOfNumbers(one), tableOfNumbers(other)).take();
      expect(types(taken)).toEqual([["a", type]]);
      expect(contents(taken)).toEqual([["a", expected]]);
    }
    const nulls = store(tableOfNumbers(Int32Array.of(3)), rowsToTable([{ a: null }]), rowsToTable([{ a: 0.5 }]));
    expect(contents(nulls.take())).toEqual([["a", [3, null, 0.5]]]);
  });

  it("widens vectors to doubles", () => {
    const one = tableOf({ v: { values: Float32Array.of(1, 2), dimension: 2 } });
    const made = store(one, rowsToTable([{ v: [0.1, 3] }, {}]));
    expect(contents(made.take())).toEqual([["v", [[1, 2], [0.1, 3], null]]]);
    expect(types(made.take())).toEqual([["v", "FixedSizeList[2]<Float64>"]]);
  });

  it("refuses a column of another type, by name, and then adds nothing", () => {
    const about = (rows: object[]) => rowsToTable(rows);
    const made = store(about([{ a: 1, t: "x", v: [1, 2], i: 2n ** 60n, d: new Date(0), f: true }]));
    const wrong: [Table, string][] = [
      [about([{ t: "y", a: "x" }]), 'test: column "a": expected Float64 as in earlier rows, found texts'],
      [about([{ t: 1 }]), 'column "t": expected texts as in earlier rows, found Float64'],
      [about([{ v: [1] }]), 'column "v": expected FixedSizeList[2]<Float64> as in earlier rows'],
      [about([{ f: 1 }]), 'column "f": expected Bool'],
      [about([{ d: 1 }]), 'column "d": expected Timestamp<MILLISECOND>'],
      [about([{ i: 0.5 }]), 'column "i": expected numbers that Float64, the type of other batches, holds exactly'],
      [about([{ a: 2n ** 53n + 1n }]), "found 9007199254740993"],
      [tableOf({ i: BigUint64Array.of(2n ** 63n) }), "numbers that Int64, the type of other batches"],
      [{ rows: 1, columns: new Map(), unsupported: new Map([["a", "List"]]) }, "found List"],
    ];
    const before = contents(made.take());
    for (const [table, message] of wrong) expect(() => made.append(table)).toThrow(message);
    expect(contents(made.take())).toEqual(before);
    made.append(about([{ a: 2 }]));
    expect(made.rows).toBe(2);
  });

  it("takes times of other time zones, and refuses those of other units and decimals of another scale", () => {
    const of = (
      type: string,
      kind: "temporal" | "numeric",
      layout: Layout,
      scale: number,
      unitsPerSecond: number,
    ): Table => {
      const none = { length: 1, validity: null, validityOffset: 0, bitOffset: 0 };
      const chunk = { ...none, layout, scale, bytes: new Uint8Array(16).fill(1) };
      return {
        rows: 1,
        columns: new Map([["a", { kind, type, rows: 1, unitsPerSecond, chunks: [chunk] }]]),
        unsupported: new Map(),
      };
    };
    const micro = of("Timestamp<MICROSECOND>", "temporal", "i64", 0, 1e6);
    const made = store(micro, of("Timestamp<MICROSECOND, UTC>", "temporal", "i64", 0, 1e6));
    expect(types(made.take())).toEqual([["a", "Timestamp<MICROSECOND>"]]);
    for (const other of [
      of("Timestamp<SECOND>", "temporal", "i64", 0, 1),
      of("Time64<MICROSECOND>", "temporal", "i64", 0, 1e6),
      of("Int64", "numeric", "i64", 0, 1),
    ]) {
      expect(() => made.append(other)).toThrow('column "a": expected Timestamp<MICROSECOND> as in earlier rows');
    }
    const decimals = store(of("Decimal128(20, 2)", "numeric", "decimal128", 2, 1));
    decimals.append(of("Decimal128(30, 2)", "numeric", "decimal128", 2, 1));
    expect(() => decimals.append(of("Decimal128(20, 3)", "numeric", "decimal128", 3, 1))).toThrow(
      "found Decimal128(20, 3)",
    );
    expect(() => decimals.append(tableOfNumbers(Float64Array.of(1)))).toThrow("found Float64");
  });

  it("keeps columns of types that are not read by their types' names, and refuses them when they become others", () => {
    const made = store({ rows: 1, columns: new Map(), unsupported: new Map([["l", "List"]]) });
    expect([...made.take().unsupported]).toEqual([["l", "List"]]);
    expect(() => made.append(rowsToTable([{ l: 1 }]))).toThrow(
      'column "l": expected List as in earlier rows, found Float64',
    );
  });

  it("holds shared memory that statistics read", () => {
    const made = new RowStore("test");
    const values = Array.from({ length: 5000 }, (_, k) => (k * 7919) % 5003);
    for (let k = 0; k < 5000; k += 50) made.append(rowsToTable(values.slice(k, k + 50).map((a) => ({ a }))));
    const column = made.take(1000, 4000).columns.get("a")!;
    const [chunk] = column.chunks as readonly FixedChunk[];
    expect(chunk!.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    const plain = Float64Array.from(values.slice(1000, 4000));
    const other = Float64Array.from(values, (value) => value * 1.01);
    expect(ksTest(column as never, other)).toEqual(ksTest(plain, other));
  });

  it("checks what is asked for", () => {
    const made = store(rowsToTable([{ a: 1 }]));
    for (const [from, to] of [
      [-1, 0],
      [0, 2],
      [1, 0],
      [0.5, 1],
    ] as const) {
      expect(() => made.take(from, to)).toThrow(RangeError);
    }
    expect(() => made.drop(2)).toThrow("test: can drop 0 to 1 rows, got 2");
  });
});
