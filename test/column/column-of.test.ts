import { describe, expect, it } from "vitest";
import { columnOf } from "../../dist/column/column-of.js";
import type { FixedChunk } from "../../src/engine/chunk.js";
import { firstChunk, valuesOf } from "./naive.ts";

const typed = [
  [new Int8Array([-128, 127]), "Int8", "i8"],
  [new Uint8Array([0, 255]), "Uint8", "u8"],
  [new Uint8ClampedArray([0, 255]), "Uint8", "u8"],
  [new Int16Array([-32768, 32767]), "Int16", "i16"],
  [new Uint16Array([0, 65535]), "Uint16", "u16"],
  [new Int32Array([-(2 ** 31), 2 ** 31 - 1]), "Int32", "i32"],
  [new Uint32Array([0, 2 ** 32 - 1]), "Uint32", "u32"],
  [new BigInt64Array([-(2n ** 63n), 2n ** 63n - 1n]), "Int64", "i64"],
  [new BigUint64Array([0n, 2n ** 64n - 1n]), "Uint64", "u64"],
  [new Float32Array([1.5, Number.NaN]), "Float32", "f32"],
  [new Float64Array([Number.NEGATIVE_INFINITY, -0]), "Float64", "f64"],
] as const;

describe("columnOf a typed array", () => {
  it.each(typed)("keeps the values of %o without a copy", (array, type, layout) => {
    const column = columnOf(array);
    expect(column).toMatchObject({ kind: "numeric", type, rows: 2, unitsPerSecond: 1 });
    expect(column.chunks).toMatchObject([{ layout, length: 2, validity: null }]);
    expect((firstChunk(column) as FixedChunk).bytes.buffer).toBe(array.buffer);
    expect(valuesOf(column)).toEqual([...array]);
  });

  it("looks at its part of a larger buffer only", () => {
    const column = columnOf(new Float64Array([1, 2, 3, 4]).subarray(1, 3));
    expect(valuesOf(column)).toEqual([2, 3]);
  });

  it("takes shared memory and no rows", () => {
    expect(valuesOf(columnOf(new Int32Array(new SharedArrayBuffer(8))))).toEqual([0, 0]);
    expect(columnOf(new Float64Array(0)).rows).toBe(0);
  });

  it("refuses a DataView", () => {
    expect(() => columnOf(new DataView(new ArrayBuffer(8)))).toThrow(TypeError);
  });
});

describe("columnOf an array", () => {
  it("takes null and undefined as null and keeps NaN", () => {
    const column = columnOf([1, null, Number.NaN, undefined, -2.5]);
    expect(column).toMatchObject({ kind: "numeric", type: "Float64", rows: 5 });
    expect(valuesOf(column)).toEqual([1, null, Number.NaN, null, -2.5]);
  });

  it("takes an array of nulls, and an empty one, as numeric", () => {
    expect(valuesOf(columnOf([null, null]))).toEqual([null, null]);
    expect(columnOf([])).toMatchObject({ kind: "numeric", rows: 0 });
  });

  it("keeps bigints exactly, signed where it can", () => {
    const signed = columnOf([-(2n ** 63n), null, 2n ** 63n - 1n]);
    expect(signed.type).toBe("Int64");
    expect(valuesOf(signed)).toEqual([-(2n ** 63n), null, 2n ** 63n - 1n]);
    expect(columnOf([1n, 2n ** 64n - 1n]).type).toBe("Uint64");
    expect(() => columnOf([-1n, 2n ** 64n - 1n])).toThrow(RangeError);
  });

  it("packs booleans into bits", () => {
    const values = [true, false, null, true, true, true, true, false, true];
    const column = columnOf(values);
    expect(column).toMatchObject({ kind: "boolean", type: "Bool" });
    expect(valuesOf(column)).toEqual(values);
  });

  it("keeps strings, the empty one too", () => {
    const column = columnOf(["a", "", null, undefined, "ä"]);
    expect(column).toMatchObject({ kind: "categorical", rows: 5 });
    expect(valuesOf(column)).toEqual(["a", "", null, null, "ä"]);
  });

  it("takes dates as timestamps, and one that is none as null", () => {
    const column = columnOf([new Date(1500), null, new Date(Number.NaN), new Date(-1)]);
    expect(column).toMatchObject({ kind: "temporal", type: "Timestamp<MILLISECOND>", rows: 4, unitsPerSecond: 1000 });
    expect(valuesOf(column)).toEqual([1500n, null, null, -1n]);
    expect(() => columnOf([new Date(), {}] as never)).toThrow("got dates and another object in row 1");
  });

  it("refuses mixed types by row", () => {
    expect(() => columnOf([1, "2"] as never, "price")).toThrow(
      "columnOf: price begins with a number, got a string in row 1",
    );
    expect(() => columnOf([{}] as never)).toThrow(TypeError);
    expect(() => columnOf(7 as never)).toThrow(TypeError);
    expect(() => columnOf(null as never)).toThrow("got null");
  });

  it("returns a column as it is", () => {
    const column = columnOf([1, 2]);
    expect(columnOf(column)).toBe(column);
  });
});
