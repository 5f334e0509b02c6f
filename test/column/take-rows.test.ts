import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../dist/column/table-of.js";
import { takeColumn, takeRows } from "../../dist/column/take-rows.js";
import type { Column } from "../../src/column/column.js";
import { bitsOf, type FixedChunk, type Layout, type Rows } from "../../src/engine/chunk.js";
import { valuesOf } from "./naive.js";

const utf8 = new TextEncoder();

/** A bitmap that begins at some bit, and the rows it covers. */
const validity = (length: number) =>
  fc.oneof(
    fc.constant({ length, validity: null, validityOffset: 0 }),
    fc.record({
      length: fc.constant(length),
      validity: fc.uint8Array({
        minLength: Math.ceil((length + 7) / 8) + 1,
        maxLength: Math.ceil((length + 7) / 8) + 1,
      }),
      validityOffset: fc.nat(7),
    }),
  );

const lengths = fc.array(fc.nat(12), { minLength: 1, maxLength: 4 });
const chunked = <C>(chunk: (length: number) => fc.Arbitrary<C>) =>
  lengths.chain((all) => fc.tuple(...all.map(chunk)) as fc.Arbitrary<C[]>);

/** Any bytes are values; views into longer buffers, so that they do not lie on their alignment. */
const fixed = (layout: Layout) => (length: number) =>
  fc
    .record({
      rows: validity(length),
      bytes: fc.uint8Array({ minLength: 500, maxLength: 500 }),
      skip: fc.nat(9),
      bit: fc.nat(7),
    })
    .map(({ rows, bytes, skip, bit }): FixedChunk => {
      const bitOffset = layout === "bit" ? bit : 0;
      const end = skip + Math.ceil((bitOffset + length * bitsOf[layout]) / 8);
      return { ...rows, layout, scale: 0, bytes: bytes.subarray(skip, end), bitOffset };
    });

const texts = (length: number) => fc.array(fc.string({ maxLength: 40 }), { minLength: length, maxLength: length });

const joined = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

const text = (wide: boolean) => (length: number) =>
  fc.record({ rows: validity(length), strings: texts(length) }).map(({ rows, strings }) => {
    const parts = strings.map((each) => utf8.encode(each));
    const ends = [3, ...parts.map((_, k) => 3 + parts.slice(0, k + 1).reduce((sum, part) => sum + part.length, 0))];
    const offsets = wide ? BigInt64Array.from(ends, BigInt) : Int32Array.from(ends);
    return { ...rows, offsets, bytes: joined([new Uint8Array(3), ...parts]) };
  });

const view = (length: number) =>
  fc.record({ rows: validity(length), strings: texts(length) }).map(({ rows, strings }) => {
    const views = new Uint8Array(16 * length);
    const words = new DataView(views.buffer);
    const buffers: Uint8Array[] = [];
    for (const [row, each] of strings.entries()) {
      const bytes = utf8.encode(each);
      words.setInt32(16 * row, bytes.length, true);
      if (bytes.length <= 12) views.set(bytes, 16 * row + 4);
      else {
        views.set(bytes.subarray(0, 4), 16 * row + 4);
        words.setInt32(16 * row + 8, buffers.push(bytes) - 1, true);
      }
    }
    return { ...rows, views, buffers };
  });

const coded = (layout: "u8" | "i16" | "i64", dictionary: readonly (string | null)[]) => (length: number) =>
  fc
    .record({
      rows: validity(length),
      codes: fc.array(fc.nat(dictionary.length - 1), { minLength: length, maxLength: length }),
    })
    .map(({ rows, codes }) => {
      const array = { u8: Uint8Array.from(codes), i16: Int16Array.from(codes), i64: BigInt64Array.from(codes, BigInt) }[
        layout
      ];
      const bytes = new Uint8Array(array.buffer);
      return { ...rows, codes: { ...rows, layout, scale: 0, bytes, bitOffset: 0 }, dictionary };
    });

const strings = (length: number) =>
  fc.record({
    length: fc.constant(length),
    validity: fc.constant(null),
    validityOffset: fc.constant(0),
    strings: fc.array(fc.option(fc.string()), { minLength: length, maxLength: length }),
  });

const vectors = (length: number) =>
  fc.record({ rows: validity(length), components: fixed("f32")(3 * length) }).map(({ rows, components }) => ({
    ...rows,
    dimension: 3,
    components,
  }));

const letters = ["a", null, "c"];
const anyCoded = (length: number) => fc.oneof(coded("u8", letters)(length), coded("i64", ["c", "d"])(length));

const columnOf = (kind: Column["kind"], chunks: readonly Rows[]): Column => {
  const rows = chunks.reduce((sum, { length }) => sum + length, 0);
  return { kind, type: "any", rows, chunks, unitsPerSecond: 1, dimension: 3 } as unknown as Column;
};

const layouts = Object.keys(bitsOf) as Layout[];
const stored: Record<string, [Column["kind"], (length: number) => fc.Arbitrary<Rows>]> = {
  ...Object.fromEntries(layouts.map((layout) => [layout, ["numeric", fixed(layout)] as const])),
  Utf8: ["categorical", text(false)],
  LargeUtf8: ["categorical", text(true)],
  Utf8View: ["categorical", view],
  "codes of one dictionary": ["categorical", coded("i16", letters)],
  "codes of several dictionaries": ["categorical", anyCoded],
  strings: ["categorical", strings],
  "text in every way": [
    "categorical",
    (length) => fc.oneof<fc.Arbitrary<Rows>[]>(text(false)(length), view(length), strings(length), anyCoded(length)),
  ],
  vectors: ["vector", vectors],
};

describe("taken rows are those that a slow reading finds", () => {
  for (const [name, [kind, chunk]] of Object.entries(stored)) {
    it(name, () => {
      fc.assert(
        fc.property(chunked(chunk), fc.array(fc.nat()), fc.boolean(), (chunks, numbers, inOrder) => {
          const column = columnOf(kind, chunks);
          const rows = Uint32Array.from(column.rows === 0 ? [] : numbers, (number) => number % column.rows);
          if (inOrder) rows.sort();
          const values = valuesOf(column);
          const taken = takeColumn(column, rows);
          expect(taken.rows).toBe(rows.length);
          expect(valuesOf(taken)).toEqual(Array.from(rows, (row) => values[row]));
          // What was taken is a column like any other.
          const reversed = Uint32Array.from(rows, (_, k) => rows.length - 1 - k);
          expect(valuesOf(takeColumn(taken, reversed))).toEqual(Array.from(rows, (row) => values[row]).reverse());
        }),
      );
    });
  }
});

it("a NaN keeps its bits", () => {
  const bytes = new Uint8Array(BigUint64Array.of(0x7ff0_0000_0000_0001n, 0xfff8_dead_beef_0001n).buffer);
  const chunk = { length: 2, validity: null, validityOffset: 0, layout: "f64", scale: 0, bytes, bitOffset: 0 } as const;
  const [taken] = takeColumn(columnOf("numeric", [chunk]), Uint32Array.of(1, 0)).chunks as FixedChunk[];
  expect(new BigUint64Array(taken!.bytes.buffer)).toEqual(
    BigUint64Array.of(0xfff8_dead_beef_0001n, 0x7ff0_0000_0000_0001n),
  );
});

it("rows of a table are taken of all its columns, and those that it does not have are refused", () => {
  const table = tableOf({ a: [1, 2, null], b: ["x", null, "z"], c: [true, false, true] });
  const taken = takeRows(table, Uint32Array.of(2, 0, 2));
  expect(taken.rows).toBe(3);
  expect([...taken.columns].map(([name, column]) => [name, valuesOf(column)])).toEqual([
    ["a", [null, 1, null]],
    ["b", ["z", "x", "z"]],
    ["c", [true, true, true]],
  ]);
  expect(() => takeRows(table, Uint32Array.of(0, 3))).toThrow("takeRows: rows must be below 3, got 3");
});
