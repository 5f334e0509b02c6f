/** Categories from Vectors and from Arrow files: every type of text, codes and small values, counted as a Map does. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type ColumnInput, columnOf } from "../../dist/column/column-of.js";
import { chiSquareTest, readTable } from "../../dist/index.js";
import { categorySource } from "../../dist/source/categories.js";
import { sorted, type Texts, texts } from "./naive.js";

type Values = readonly (string | number | bigint | boolean | null)[];

/** A column's categories as text → count, and how many rows hold none. */
function counted(input: ColumnInput) {
  const source = categorySource(columnOf(input) as never);
  const { counts, other, distinct } = source.categories(1000);
  const { rows, null: nulls } = source.missing();
  expect({ other, distinct }).toEqual({ other: 0, distinct: counts.size });
  return { counts: sorted(counts), rows, nulls };
}

function naively(values: Values) {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  const nulls = values.filter((value) => value === null).length;
  return { counts: sorted(counts), rows: values.length, nulls };
}

const indices = {
  Int8: new arrow.Int8(),
  Int16: new arrow.Int16(),
  Int32: new arrow.Int32(),
  Int64: new arrow.Int64(),
  Uint8: new arrow.Uint8(),
  Uint16: new arrow.Uint16(),
  Uint32: new arrow.Uint32(),
  Uint64: new arrow.Uint64(),
};

const wide = new Set(["Int64", "Uint64"]);

/** A dictionary that repeats a value and holds a null, to which the codes of some null rows point. */
function coded(values: Texts, index: keyof typeof indices, id: number): arrow.Vector {
  const names = [...new Set(values.filter((value) => value !== null))];
  const dictionary = arrow.vectorFromArray([...names, "never used", null, ...names.slice(0, 1)], new arrow.Utf8());
  const nullCode = names.length + 1;
  const codes = values.map((value, row) => {
    if (value === null) return nullCode;
    return row % 2 && value === names[0] ? nullCode + 1 : names.indexOf(value);
  });
  const type = new arrow.Dictionary(new arrow.Utf8(), indices[index] as never, id);
  const array = indices[index].ArrayType;
  const data = wide.has(index)
    ? (array as typeof BigInt64Array).from(codes, BigInt)
    : (array as typeof Int8Array).from(codes);
  return arrow.makeVector(arrow.makeData({ type, length: values.length, data: data as never, dictionary }));
}

const present = fc.array(
  fc.option(fc.constantFrom("a", "b", "", "größe", "a text of more than twelve bytes"), { freq: 5 }),
  {
    minLength: 1,
    maxLength: 40,
  },
);

describe("categories of Arrow Vectors", () => {
  it.each(Object.keys(indices))("are those of a dictionary that repeats a value and holds a null: %s", (index) => {
    fc.assert(
      fc.property(fc.array(present, { minLength: 1, maxLength: 3 }), fc.nat(5), (parts, cut) => {
        const vectors = parts.map((part, id) => coded(part, index as keyof typeof indices, id));
        const vector = new arrow.Vector(vectors.flatMap(({ data }) => data));
        expect(counted(vector)).toEqual(naively(parts.flat()));
        expect(counted(vector.slice(cut))).toEqual(naively(parts.flat().slice(cut)));
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ["Utf8", new arrow.Utf8()],
    ["LargeUtf8", new arrow.LargeUtf8()],
    ["Utf8View", new arrow.Utf8View()],
  ])("are those of %s, sliced and in chunks too", (_, type) => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 3 }), fc.nat(9), (parts, cut) => {
        const vectors = parts.map((part) => arrow.vectorFromArray(part, type as arrow.Utf8));
        const vector = new arrow.Vector(vectors.flatMap(({ data }) => data));
        expect(counted(vector.slice(cut))).toEqual(naively(parts.flat().slice(cut)));
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ["Bool", new arrow.Bool(), fc.boolean()],
    ["Int8", new arrow.Int8(), fc.integer({ min: -128, max: 127 })],
    ["Uint8", new arrow.Uint8(), fc.integer({ min: 0, max: 255 })],
    ["Int16", new arrow.Int16(), fc.integer({ min: -32_768, max: 32_767 })],
    ["Uint16", new arrow.Uint16(), fc.integer({ min: 0, max: 65_535 })],
    ["Int32", new arrow.Int32(), fc.integer({ min: -9, max: 9 })],
    ["Int64", new arrow.Int64(), fc.bigInt({ min: -9n, max: 9n })],
  ] as const)("are those of %s, sliced and in chunks too", (_, type, value) => {
    const rows = fc.array(fc.option(value as fc.Arbitrary<number | bigint | boolean>), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 3 }), fc.nat(9), (parts, cut) => {
        const vectors = parts.map((part) => arrow.vectorFromArray(part, type as arrow.DataType));
        const vector = new arrow.Vector(vectors.flatMap(({ data }) => data));
        expect(counted(vector.slice(cut) as ColumnInput)).toEqual(naively(parts.flat().slice(cut)));
      }),
      { numRuns: 40 },
    );
  });

  it("compare alike whatever dictionary each side has", () => {
    fc.assert(
      fc.property(present, present, (reference, current) => {
        fc.pre([reference, current].every((side) => side.some((value) => value !== null)));
        const expected = chiSquareTest(reference, current);
        expect(chiSquareTest(coded(reference, "Int8", 1), coded(current, "Uint32", 2))).toEqual(expected);
        expect(chiSquareTest(coded(reference, "Int64", 1), current)).toEqual(expected);
      }),
    );
  });
});

/** Of each message with dictionary values, whether they extend those before. */
function deltas(bytes: Uint8Array): boolean[] {
  const found: boolean[] = [];
  const reader = new arrow.MessageReader(bytes);
  for (let message = reader.readMessage(); message; message = reader.readMessage()) {
    if (message.isDictionaryBatch()) found.push(message.header()!.isDelta);
    reader.readMessageBody(message.bodyLength);
  }
  return found;
}

describe("categories of Arrow files", () => {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-categories-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are counted over batches with dictionaries of their own, replaced and extended ones", async () => {
    const parts: Texts[] = [
      ["a", "b", null],
      ["c", "a", "a"],
      ["b", null, "d", "c"],
    ];
    const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16(), 7);
    for (const extended of [false, true]) {
      const names: string[] = [];
      const grown: arrow.Data[] = [];
      const batches = parts.map((part) => {
        const own = [...new Set(part.filter((value) => value !== null))].filter(
          (name) => !extended || !names.includes(name),
        );
        if (!extended) names.length = 0;
        names.push(...own);
        if (!extended) grown.length = 0;
        grown.push(...arrow.vectorFromArray(own, new arrow.Utf8()).data);
        const dictionary = new arrow.Vector([...grown]) as arrow.Vector<arrow.Utf8>;
        const codes = Int16Array.from(part, (value) => (value === null ? 0 : names.indexOf(value)));
        const nullBitmap = Uint8Array.of(part.reduce((bits, value, row) => bits | (Number(value !== null) << row), 0));
        const nullCount = part.filter((value) => value === null).length;
        const data = arrow.makeData({ type, length: part.length, nullCount, nullBitmap, data: codes, dictionary });
        const schema = new arrow.Schema([new arrow.Field("c", type, true)]);
        const struct = arrow.makeData({ type: new arrow.Struct(schema.fields), length: part.length, children: [data] });
        return new arrow.RecordBatch(schema, struct);
      });
      const bytes = arrow.RecordBatchStreamWriter.writeAll(batches).toUint8Array(true);
      expect(deltas(bytes)).toEqual(extended ? [false, true, true] : [false, false, false]);
      const path = join(folder, `${extended}.arrows`);
      writeFileSync(path, bytes);
      const table = await readTable(path);
      expect(counted(table.columns.get("c") as ColumnInput)).toEqual(naively(parts.flat()));
    }
  });
});
