/** Typed arrays and plain arrays as columns. */
import type { FixedChunk, Layout, StringsChunk } from "../engine/chunk.js";
import { setBit } from "./bits.js";
import type { Column, FixedColumn, VectorColumn } from "./column.js";
import type { VectorsInput } from "./column-of.js";

/** Layout and Arrow's name of each typed array, by its own name. */
const typedArrays: Readonly<Record<string, readonly [Layout, string]>> = {
  Int8Array: ["i8", "Int8"],
  Uint8Array: ["u8", "Uint8"],
  Uint8ClampedArray: ["u8", "Uint8"],
  Int16Array: ["i16", "Int16"],
  Uint16Array: ["u16", "Uint16"],
  Int32Array: ["i32", "Int32"],
  Uint32Array: ["u32", "Uint32"],
  BigInt64Array: ["i64", "Int64"],
  BigUint64Array: ["u64", "Uint64"],
  Float16Array: ["f16", "Float16"],
  Float32Array: ["f32", "Float32"],
  Float64Array: ["f64", "Float64"],
};

type Missing = null | undefined;
/** Validity of an array, and how many rows are null. */
interface Holes {
  readonly validity: Uint8Array | null;
  readonly validityOffset: 0;
}

type OneChunk = FixedColumn & { readonly chunks: readonly [FixedChunk] };

/** A fixed-width column of one chunk. */
function column(kind: FixedColumn["kind"], type: string, chunk: FixedChunk): OneChunk {
  return { kind, type, rows: chunk.length, chunks: [chunk], unitsPerSecond: 1 };
}

/** A view of the array's own memory: nothing is copied. */
function typedColumn(values: ArrayBufferView, where: string): OneChunk {
  const tag = (values as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag] ?? "";
  const known = typedArrays[tag];
  if (!known) throw new TypeError(`${where} needs a typed array of numbers, got ${tag}`);
  const [layout, type] = known;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const { length } = values as unknown as ArrayLike<number>;
  return column("numeric", type, { length, layout, bytes, bitOffset: 0, scale: 0, validity: null, validityOffset: 0 });
}

/** Checks that every value is of one type, or missing, and marks the missing ones. */
function holes(values: readonly unknown[], type: string, where: string): Holes {
  let validity: Uint8Array | null = null;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value === null || value === undefined) {
      validity ??= new Uint8Array(Math.ceil(values.length / 8)).fill(255);
      validity[row >> 3]! &= ~(1 << (row & 7));
    } else if (typeof value !== type) {
      throw new TypeError(`${where} begins with a ${type}, got a ${typeof value} in row ${row}`);
    }
  }
  return { validity, validityOffset: 0 };
}

function bigintColumn(values: readonly (bigint | Missing)[], missing: Holes, where: string): FixedColumn {
  let low = 0n;
  let high = 0n;
  for (const value of values) {
    if ((value ?? 0n) < low) low = value!;
    else if ((value ?? 0n) > high) high = value!;
  }
  const signed = high < 1n << 63n;
  if (low < -(1n << 63n) || high >= 1n << 64n || (!signed && low < 0n)) {
    throw new RangeError(`${where} needs integers of 64 bits, got ${low} to ${high}`);
  }
  const array = signed ? new BigInt64Array(values.length) : new BigUint64Array(values.length);
  for (let row = 0; row < values.length; row++) array[row] = values[row] ?? 0n;
  const plain = typedColumn(array, where);
  return { ...plain, chunks: [{ ...plain.chunks[0], ...missing }] };
}

function numberColumn(values: readonly (number | Missing)[], missing: Holes, where: string): FixedColumn {
  const array = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) array[row] = values[row] ?? 0;
  const plain = typedColumn(array, where);
  return { ...plain, chunks: [{ ...plain.chunks[0], ...missing }] };
}

function booleanColumn(values: readonly (boolean | Missing)[], missing: Holes): FixedColumn {
  const { length } = values;
  const bytes = new Uint8Array(Math.ceil(length / 8));
  for (let row = 0; row < length; row++) if (values[row]) setBit(bytes, row);
  return column("boolean", "Bool", { length, layout: "bit", bytes, bitOffset: 0, scale: 0, ...missing });
}

/** Milliseconds since 1970; a date that is none is null. */
function dateColumn(values: readonly (Date | Missing)[]): FixedColumn {
  const { length } = values;
  const array = new BigInt64Array(length);
  const validity = new Uint8Array(Math.ceil(length / 8)).fill(255);
  for (let row = 0; row < length; row++) {
    const time = values[row]?.getTime() ?? Number.NaN;
    if (Number.isNaN(time)) validity[row >> 3]! &= ~(1 << (row & 7));
    else array[row] = BigInt(time);
  }
  const bytes = new Uint8Array(array.buffer);
  const chunk = { length, layout: "i64", bytes, bitOffset: 0, scale: 0, validity, validityOffset: 0 } as const;
  return { ...column("temporal", "Timestamp<MILLISECOND>", chunk), unitsPerSecond: 1000 };
}

function stringColumn(strings: readonly (string | Missing)[], missing: Holes): Column {
  const chunk: StringsChunk = { length: strings.length, strings, ...missing };
  return { kind: "categorical", type: "Utf8", rows: strings.length, chunks: [chunk] };
}

/**
 * Vectors one after the other as a column, on their own memory.
 *
 * @param where begins messages
 * @throws TypeError unless they are floating-point numbers, RangeError when they do not fill whole rows
 */
export function columnOfVectors({ values, dimension }: VectorsInput, where: string): VectorColumn {
  const [components] = typedColumn(values, where).chunks;
  const { layout } = components;
  if (layout !== "f16" && layout !== "f32" && layout !== "f64") {
    throw new TypeError(`${where} needs vectors of floating-point numbers, got ${layout}`);
  }
  if (!(Number.isInteger(dimension) && dimension >= 1 && components.length % dimension === 0)) {
    const found = `${components.length} numbers of dimension ${dimension}`;
    throw new RangeError(`${where} needs whole vectors of at least one number, got ${found}`);
  }
  const rows = components.length / dimension;
  const chunk = { length: rows, validity: null, validityOffset: 0, dimension, components };
  const type = `FixedSizeList[${dimension}]<Float${layout.slice(1)}>`;
  return { kind: "vector", type, rows, dimension, chunks: [chunk] };
}

/**
 * A typed array as a column, on its own memory; or an array of numbers, bigints, booleans, strings or dates, the first
 * value that is not null deciding which. null, undefined and holes are null; NaN stays NaN. An array of only nulls is numeric.
 *
 * @param where begins messages
 * @throws TypeError when values of two types are mixed; RangeError for integers beyond 64 bits
 */
export function columnOfValues(values: ArrayBufferView | readonly unknown[], where: string): Column {
  if (ArrayBuffer.isView(values)) return typedColumn(values, where);
  const first = values.find((value) => value !== null && value !== undefined) ?? Number.NaN;
  const missing = holes(values, typeof first, where);
  switch (typeof first) {
    case "number":
      return numberColumn(values as (number | Missing)[], missing, where);
    case "bigint":
      return bigintColumn(values as (bigint | Missing)[], missing, where);
    case "boolean":
      return booleanColumn(values as (boolean | Missing)[], missing);
    case "string":
      return stringColumn(values as (string | Missing)[], missing);
    default: {
      const odd = values.findIndex((value) => value !== null && value !== undefined && !(value instanceof Date));
      if (odd < 0) return dateColumn(values as (Date | Missing)[]);
      const another = Array.isArray(first) ? "an array (vectors come as { values, dimension })" : `an ${typeof first}`;
      const found = first instanceof Date ? `dates and another object in row ${odd}` : another;
      throw new TypeError(`${where} needs numbers, bigints, booleans, strings or dates, got ${found}`);
    }
  }
}
