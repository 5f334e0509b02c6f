import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { columnOf } from "../../dist/column/column-of.js";
import { FormatError } from "../../dist/column/format-error.js";
import type { FixedChunk } from "../../src/engine/chunk.js";
import { firstChunk, valuesOf } from "./naive.ts";

const days = [new Date("1969-12-31"), null, new Date("2026-02-03"), new Date("1970-01-01")];
const small = [1, null, 3, 0, 120, null, 7, 8, 9, 10, 11];
const large = [1n, null, -(2n ** 40n), 0n, 2n ** 62n];
const truth = [true, null, false, true, true, false, null, true, false, true, true];
const words = ["alpha", null, "", "ä€😀", "a text of more than twelve bytes", "alpha", null, "z"];

/** Type, values, and our kind, type name and units per second. */
const types: [arrow.DataType, unknown[], string, string, number][] = [
  [new arrow.Int8(), small, "numeric", "Int8", 1],
  [new arrow.Int16(), small, "numeric", "Int16", 1],
  [new arrow.Int32(), small, "numeric", "Int32", 1],
  [new arrow.Int64(), large, "numeric", "Int64", 1],
  [new arrow.Uint8(), small, "numeric", "Uint8", 1],
  [new arrow.Uint16(), small, "numeric", "Uint16", 1],
  [new arrow.Uint32(), small, "numeric", "Uint32", 1],
  [new arrow.Uint64(), large.map((value) => value && (value < 0n ? -value : value)), "numeric", "Uint64", 1],
  [new arrow.Float16(), [1.5, null, -2, 65504, 2 ** -24], "numeric", "Float16", 1],
  [new arrow.Float32(), [1.5, null, Number.NaN, -0.25], "numeric", "Float32", 1],
  [new arrow.Float64(), [1.1, null, Number.NaN, Number.POSITIVE_INFINITY], "numeric", "Float64", 1],
  [new arrow.Bool(), truth, "boolean", "Bool", 1],
  [new arrow.DateDay(), days, "temporal", "Date32<DAY>", 1 / 86400],
  [new arrow.DateMillisecond(), days, "temporal", "Date64<MILLISECOND>", 1000],
  [new arrow.TimeSecond(), small, "temporal", "Time32<SECOND>", 1],
  [new arrow.TimeMillisecond(), small, "temporal", "Time32<MILLISECOND>", 1000],
  [new arrow.TimeMicrosecond(), large, "temporal", "Time64<MICROSECOND>", 1e6],
  [new arrow.TimeNanosecond(), large, "temporal", "Time64<NANOSECOND>", 1e9],
  [new arrow.TimestampMillisecond("UTC"), small, "temporal", "Timestamp<MILLISECOND, UTC>", 1000],
  [new arrow.DurationMicrosecond(), large, "numeric", "Duration<MICROSECOND>", 1e6],
  [new arrow.Utf8(), words, "categorical", "Utf8", 1],
  [new arrow.LargeUtf8(), words, "categorical", "LargeUtf8", 1],
  [new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8()), words, "categorical", "Dictionary<Int8, Utf8>", 1],
  [new arrow.Dictionary(new arrow.Utf8(), new arrow.Uint16()), words, "categorical", "Dictionary<Uint16, Utf8>", 1],
  [new arrow.Dictionary(new arrow.Int32(), new arrow.Int8()), small, "numeric", "Dictionary<Int8, Int32>", 1],
];

/** A value as the column stores it. */
function stored(value: unknown, type: string): unknown {
  if (value === null) return null;
  if (value instanceof Date) return type === "Date32<DAY>" ? value.getTime() / 86_400_000 : BigInt(value.getTime());
  return type.startsWith("Timestamp") ? BigInt(value as number) : value;
}

describe("columnOf an Arrow Vector", () => {
  for (const [type, values, kind, name, unitsPerSecond] of types) {
    const expected = values.map((value) => stored(value, name));
    it(`keeps the values of ${name}`, () => {
      const column = columnOf(arrow.vectorFromArray(values, type));
      expect(column).toMatchObject({ kind, type: name, rows: values.length });
      if (kind !== "categorical") expect(column).toMatchObject({ unitsPerSecond });
      expect(valuesOf(column)).toEqual(expected);
    });

    it(`keeps the values of every slice of chunks of ${name}`, () => {
      const vector = arrow.vectorFromArray(values, type).concat(arrow.vectorFromArray([...values].reverse(), type));
      const all = [...expected, ...[...expected].reverse()];
      for (let from = 0; from <= all.length; from++) {
        for (let to = from; to <= all.length; to++) {
          expect(valuesOf(columnOf(vector.slice(from, to)))).toEqual(all.slice(from, to));
        }
      }
    });
  }

  it("reads Utf8View, inline and in buffers", () => {
    const text = new TextEncoder().encode("a text of more than twelve bytes");
    const views = new DataView(new ArrayBuffer(48));
    views.setInt32(0, 2, true);
    views.setUint16(4, 0x6261, true);
    views.setInt32(16, text.length, true);
    new Uint8Array(views.buffer).set(text.subarray(0, 4), 20);
    const data = arrow.makeData({
      type: new arrow.Utf8View(),
      length: 3,
      views: new Uint8Array(views.buffer),
      variadicBuffers: [text],
    });
    const vector = new arrow.Vector([data]);
    expect(valuesOf(columnOf(vector))).toEqual(["ab", "a text of more than twelve bytes", ""]);
    expect(valuesOf(columnOf(vector.slice(1, 3)))).toEqual(["a text of more than twelve bytes", ""]);
    views.setInt32(28, 1, true);
    expect(() => columnOf(vector)).toThrow(FormatError);
    views.setInt32(28, 0, true);
    views.setInt32(20, 0, true);
    expect(() => columnOf(vector)).toThrow("prefix");
  });

  it("keeps decimals of 128 and 256 bits with their scale", () => {
    for (const bits of [128, 256]) {
      const words = new Uint32Array(bits / 16).fill(0xffffffff, bits / 32);
      words[0] = 12345;
      const type = new arrow.Decimal(2, 30, bits);
      const column = columnOf(new arrow.Vector([arrow.makeData({ type, length: 2, data: words })]));
      expect(column.type).toBe(`Decimal${bits}(30, 2)`);
      expect((firstChunk(column) as FixedChunk).scale).toBe(2);
      expect(valuesOf(column)).toEqual([12345n, -1n]);
    }
  });

  it("takes the type Null as nulls", () => {
    const vector = new arrow.Vector([arrow.makeData({ type: new arrow.Null(), length: 11 })]);
    expect(valuesOf(columnOf(vector))).toEqual(Array(11).fill(null));
  });

  it("gives each chunk its own dictionary", () => {
    const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8());
    const chunk = (dictionary: string[], codes: number[]) =>
      arrow.makeData({
        type,
        length: codes.length,
        data: Int8Array.from(codes),
        dictionary: arrow.vectorFromArray(dictionary, new arrow.Utf8()),
      });
    const column = columnOf(new arrow.Vector([chunk(["a", "b"], [1, 0]), chunk(["b", "c"], [1, 0])]));
    expect(valuesOf(column)).toEqual(["b", "a", "c", "b"]);
  });

  it("takes dictionary codes of 64 bits, and timestamps in seconds", () => {
    const data = BigInt64Array.of(1n, 0n);
    const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int64() as never);
    const dictionary = arrow.vectorFromArray(["a", "b"], new arrow.Utf8());
    const made = (props: object) => new arrow.Vector([arrow.makeData(props as never)]);
    expect(valuesOf(columnOf(made({ type, length: 2, data, dictionary })))).toEqual(["b", "a"]);
    const seconds = columnOf(made({ type: new arrow.TimestampSecond(), length: 2, data }));
    expect(seconds).toMatchObject({ kind: "temporal", type: "Timestamp<SECOND>", unitsPerSecond: 1 });
  });

  it("does not copy fixed-width values", () => {
    const values = new Float64Array([1, 2, 3]);
    expect((firstChunk(columnOf(arrow.makeVector(values))) as FixedChunk).bytes.buffer).toBe(values.buffer);
  });

  it("refuses types that are not supported by name", () => {
    const list = new arrow.List(new arrow.Field("item", new arrow.Int32()));
    expect(() => columnOf(arrow.vectorFromArray([[1]], list), "tags")).toThrow(
      new TypeError("columnOf: tags is of type List, which is not supported"),
    );
    expect(() => columnOf(arrow.vectorFromArray([new Uint8Array(1)], new arrow.Binary()))).toThrow("Binary");
  });
});

describe("columnOf a Vector whose buffers lie", () => {
  const int32 = (values: number[]) => Int32Array.from(values);
  const cases: [string, object, string][] = [
    ["too few values", { type: new arrow.Int32(), length: 3, data: int32([1, 2]) }, "12 bytes of values"],
    ["too few bits", { type: new arrow.Bool(), length: 9, data: new Uint8Array(1) }, "2 bytes of values"],
    [
      "a short bitmap",
      { type: new arrow.Int32(), length: 9, data: new Int32Array(9), nullCount: 1, nullBitmap: new Uint8Array(1) },
      "2 bytes of validity",
    ],
    [
      "offsets that fall",
      { type: new arrow.Utf8(), length: 2, valueOffsets: int32([0, 3, 2]), data: new Uint8Array(3) },
      "offset 2 below 3",
    ],
    [
      "offsets that begin below 0",
      { type: new arrow.Utf8(), length: 1, valueOffsets: int32([-1, 2]), data: new Uint8Array(3) },
      "offset 0 below 0",
    ],
    [
      "offsets beyond the text",
      { type: new arrow.Utf8(), length: 1, valueOffsets: int32([0, 4]), data: new Uint8Array(3) },
      "within 3 bytes",
    ],
    [
      "too few offsets",
      { type: new arrow.Utf8(), length: 2, valueOffsets: int32([0, 1]), data: new Uint8Array(3) },
      "12 bytes of offsets",
    ],
    [
      "wide offsets that fall",
      {
        type: new arrow.LargeUtf8(),
        length: 1,
        valueOffsets: BigInt64Array.from([2n ** 32n, 1n]),
        data: new Uint8Array(3),
      },
      "below 4294967296",
    ],
    [
      "codes beyond the dictionary",
      {
        type: new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
        length: 2,
        data: int32([0, 1]),
        dictionary: arrow.vectorFromArray(["a"], new arrow.Utf8()),
      },
      "dictionary codes in [0, 1), found 1 in row 1",
    ],
  ];
  it.each(cases)("refuses %s", (_, data, message) => {
    const vector = new arrow.Vector([arrow.makeData(data as never)]);
    expect(() => columnOf(vector, "x")).toThrow(FormatError);
    expect(() => columnOf(vector, "x")).toThrow(message);
  });

  it("does not look at the codes of null rows", () => {
    const data = arrow.makeData({
      type: new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
      length: 2,
      nullCount: 1,
      nullBitmap: Uint8Array.of(1),
      data: int32([0, 99]),
      dictionary: arrow.vectorFromArray(["a"], new arrow.Utf8()),
    });
    expect(valuesOf(columnOf(new arrow.Vector([data])))).toEqual(["a", null]);
  });

  it("does not trust the count of nulls", () => {
    const lying = (nullCount: number, bits: number) =>
      columnOf(
        new arrow.Vector([
          arrow.makeData({
            type: new arrow.Int32(),
            length: 2,
            nullCount,
            nullBitmap: Uint8Array.of(bits),
            data: int32([5, 6]),
          }),
        ]),
      );
    expect(valuesOf(lying(2, 3))).toEqual([5, 6]);
    expect(firstChunk(lying(2, 3)).validity).toBe(null);
    expect(valuesOf(lying(7, 1))).toEqual([5, null]);
  });
});
