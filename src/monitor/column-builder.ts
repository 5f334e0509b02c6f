/** One column while its rows come: typed from the first value on, nulls where none came. */

import { setBit } from "../column/bits.js";
import type { Column } from "../column/column.js";
import type { FixedChunk, Layout } from "../engine/chunk.js";
import { type BatchSchema, type ColumnKind, kindInWords } from "./batch-schema.js";

/** The digits of a number as they were written, where that is known: a double does not hold every integer. */
export type Written = (row: number, name: string) => string | undefined;

/** What a value must not be in its column: becomes an error that knows the row. */
export class Refused extends Error {
  readonly expected: string;
  readonly found: string;

  constructor(expected: string, found: string) {
    super(`expected ${expected}, found ${found}`);
    this.expected = expected;
    this.found = found;
  }
}

const shownCharacters = 40;

/** A value in words, never longer than a line. */
export function valueInWords(value: unknown): string {
  if (typeof value === "string") {
    return `the text ${JSON.stringify(value.length > shownCharacters ? `${value.slice(0, shownCharacters)}…` : value)}`;
  }
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "a date that is none" : "a date";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "number" || typeof value === "bigint") return `the number ${value}`;
  return typeof value === "function" || typeof value === "symbol" ? `a ${typeof value}` : String(value);
}

const noNumbers = new Float64Array(0);
const lowest = -(2n ** 63n);
const highest = 2n ** 63n - 1n;

export class ColumnBuilder {
  readonly name: string;
  /** Among the columns of its table. */
  readonly place: number;
  kind: ColumnKind | "id" | null;
  /** Of numbers and truth values' places: the reader writes into it where `kind` is `number`. */
  numbers: Float64Array | null = null;
  /** The row that is to be filled next: those before it are done. */
  next = 0;
  #capacity: number;
  #validity: Uint8Array | null = null;
  #integers = new BigInt64Array(0);
  #bits = new Uint8Array(0);
  #components = new Float64Array(0);
  #strings: (string | null)[] = [];

  constructor(name: string, place: number, kind: ColumnKind | "id" | null, capacity: number) {
    this.name = name;
    this.place = place;
    this.kind = kind;
    this.#capacity = capacity;
  }

  /** Whether rows take memory: nothing is kept of a column of nulls. */
  get filled(): boolean {
    return this.next > 0;
  }

  /** Numbers that a row takes in this column, if `value` is its first one: 0 for null, and for vectors that will be refused. */
  widthOf(value: unknown): number {
    if (value === null || value === undefined) return 0;
    const isMany = Array.isArray(value) || ArrayBuffer.isView(value);
    const width = isMany ? ((value as { length?: number }).length ?? 1) : 1;
    if (typeof this.kind !== "object" || this.kind === null) return width;
    return isMany && width === this.kind.vector ? width : 0;
  }

  /** Room for so many rows. */
  grow(capacity: number): void {
    this.#capacity = capacity;
    if (this.filled) this.#makeRoom();
  }

  /** Rows that had no value become nulls. */
  skipTo(row: number): void {
    this.#validity ??= new Uint8Array(Math.ceil(this.#capacity / 8)).fill(255);
    for (let k = this.next; k < row; k++) this.#validity[k >> 3]! &= ~(1 << (k & 7));
    this.next = row;
  }

  /**
   * Adds a row's value; null and undefined are left for `skipTo`.
   *
   * @throws Refused for a value of another kind
   */
  add(row: number, value: unknown, written: Written | null): void {
    if (value === null || value === undefined) return;
    const kind = decided(this.kind, value);
    this.kind = kind;
    const vector = typeof kind === "object" ? vectorOf(value, kind) : null;
    if (!this.filled) this.#makeRoom();
    if (kind === "number" && typeof value === "number") this.numbers![row] = value;
    else if (kind === "number" && typeof value === "bigint") this.numbers![row] = Number(value);
    else if (kind === "text" && typeof value === "string") this.#strings[row] = value;
    else if (kind === "boolean" && typeof value === "boolean") {
      if (value) setBit(this.#bits, row);
    } else if (kind === "integer") this.#integers[row] = integerOf(value, () => written?.(row, this.name));
    else if (kind === "time" && value instanceof Date && !Number.isNaN(value.getTime())) {
      this.#integers[row] = BigInt(value.getTime());
    } else if (vector) this.#addVector(row, vector);
    else throw new Refused(kindInWords(kind), valueInWords(value));
    if (row !== this.next) this.skipTo(row);
    this.next = row + 1;
  }

  /** All rows as a column; the builder is not to be used any more. @param nulls  as many nulls, for columns without a value */
  column(rows: number, nulls: FixedChunk): Column {
    const { kind, next } = this;
    const missing = next === 0;
    if (next < rows && !missing) this.skipTo(rows);
    const about = { length: rows, validity: missing ? nulls.validity : this.#validity, validityOffset: 0 };
    if (kind === "text") {
      return { kind: "categorical", type: "Utf8", rows, chunks: rows ? [{ ...about, strings: this.#strings }] : [] };
    }
    if (kind === null || kind === "id" || (typeof kind === "object" && missing)) {
      return { kind: "numeric", type: "Null", rows, chunks: rows ? [nulls] : [], unitsPerSecond: 1 };
    }
    if (typeof kind === "object") {
      const { vector: dimension } = kind;
      const components = fixed("f64", rows * dimension, this.#components);
      const type = `FixedSizeList[${dimension}]<Float64>`;
      return { kind: "vector", type, rows, dimension, chunks: rows ? [{ ...about, dimension, components }] : [] };
    }
    const of = (values: ArrayBufferView, layout: Layout) => {
      const chunk = missing ? nulls : { ...fixed(layout, rows, values), validity: about.validity };
      return { rows, chunks: rows ? [chunk] : [], unitsPerSecond: kind === "time" ? 1000 : 1 };
    };
    switch (kind) {
      case "number":
        return { kind: "numeric", type: "Float64", ...of(this.numbers ?? noNumbers, "f64") };
      case "integer":
        return { kind: "numeric", type: "Int64", ...of(this.#integers, "i64") };
      case "time":
        return { kind: "temporal", type: "Timestamp<MILLISECOND>", ...of(this.#integers, "i64") };
      case "boolean":
        return { kind: "boolean", type: "Bool", ...of(this.#bits, "bit") };
    }
  }

  #addVector(row: number, vector: ArrayLike<unknown>): void {
    const { length } = vector;
    for (let i = 0; i < length; i++) {
      const component = vector[i];
      if (typeof component !== "number") throw new Refused("numbers in vectors", valueInWords(component));
      this.#components[row * length + i] = component;
    }
  }

  #makeRoom(): void {
    const { kind } = this;
    const rows = this.#capacity;
    if (kind === "number") this.numbers = larger(this.numbers ?? new Float64Array(0), new Float64Array(rows));
    else if (kind === "integer" || kind === "time") this.#integers = larger(this.#integers, new BigInt64Array(rows));
    else if (kind === "boolean") this.#bits = larger(this.#bits, new Uint8Array(Math.ceil(rows / 8)));
    else if (typeof kind === "object" && kind !== null) {
      this.#components = larger(this.#components, new Float64Array(rows * kind.vector));
    }
    if (this.#validity) {
      this.#validity = larger(this.#validity, new Uint8Array(Math.ceil(rows / 8)).fill(255));
    }
  }
}

type Growing = Float64Array | BigInt64Array | Uint8Array;

function larger<A extends Growing>(before: A, after: A): A {
  (after as Uint8Array).set(before as Uint8Array);
  return after;
}

function fixed(layout: Layout, length: number, { buffer, byteOffset, byteLength }: ArrayBufferView): FixedChunk {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return { length, layout, bytes, bitOffset: 0, scale: 0, validity: null, validityOffset: 0 };
}

/** What a column is from its first value on. @throws Refused for values that no column holds */
function decided(kind: ColumnKind | "id" | null, value: unknown): ColumnKind {
  if (kind !== null && kind !== "id") return kind;
  switch (typeof value) {
    case "number":
      return kind === "id" ? "integer" : "number";
    case "bigint":
      return "integer";
    case "boolean":
      if (kind === null) return "boolean";
      break;
    case "string":
      return "text";
    default:
      if (kind === "id") break;
      if (value instanceof Date) return "time";
      if (Array.isArray(value) && value.length > 0) return { vector: value.length };
      if (value instanceof Float64Array || value instanceof Float32Array) {
        if (value.length > 0) return { vector: value.length };
      }
  }
  const flat = "an object" === valueInWords(value) ? " (members of objects are columns of their own, such as a.b)" : "";
  const needed =
    kind === "id" ? "an id, an integer or a text" : "a number, true or false, a text, or an array of numbers";
  throw new Refused(`${needed}${flat}`, valueInWords(value));
}

/** @throws Refused for what is no vector of so many components, before there is room for it */
function vectorOf(value: unknown, kind: { readonly vector: number }): ArrayLike<unknown> {
  const isVector = Array.isArray(value) || value instanceof Float64Array || value instanceof Float32Array;
  if (isVector && value.length === kind.vector) return value;
  throw new Refused(kindInWords(kind), valueInWords(value));
}

function integerOf(value: unknown, written: () => string | undefined): bigint {
  const refuse = (found: string): never => {
    throw new Refused(kindInWords("integer"), found);
  };
  if (typeof value !== "number" && typeof value !== "bigint") return refuse(valueInWords(value));
  if (Number.isSafeInteger(value)) return BigInt(value);
  let exact = value;
  if (typeof value === "number") {
    if (!Number.isInteger(value)) return refuse(valueInWords(value));
    const found = Math.abs(value) <= 2 ** 64 ? writtenInteger(written() ?? "") : BigInt(value);
    if (found === null) return refuse(`${valueInWords(value)}, which a double does not hold exactly`);
    exact = found;
  }
  const integer = exact as bigint;
  return integer >= lowest && integer <= highest ? integer : refuse(valueInWords(value));
}

const longestNumber = 100;

/** The integer that a number of JSON is, of any way to write it: `1e17`, `9007199254740993.0`; `null` where it is none. */
function writtenInteger(text: string): bigint | null {
  const parts = text.length <= longestNumber && /^(-?\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!parts) return null;
  const [, whole = "", fraction = "", exponent = "0"] = parts;
  const digits = BigInt(whole + fraction);
  const shift = Number(exponent) - fraction.length;
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const unit = 10n ** BigInt(-shift);
  return digits % unit === 0n ? digits / unit : null;
}

/** Commits what was decided: a batch that is refused leaves the schema as it was. */
export function learn(schema: BatchSchema, builders: readonly ColumnBuilder[]): void {
  for (const { name, kind } of builders) schema.set(name, kind);
}
