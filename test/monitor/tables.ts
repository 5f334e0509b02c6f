/** Tables for tests: rows, their values one by one, and tables of every kind of column. */
import fc from "fast-check";
import { expect } from "vitest";
import { FormatError } from "../../dist/index.js";
import { checksumOf } from "../../dist/monitor/sealed-bytes.js";
import type { Column, Table } from "../../src/column/column.js";
import { bitsOf, type Chunk, type FixedChunk, type Layout } from "../../src/engine/chunk.js";
import { type Value, valuesOf } from "../column/naive.js";

/** All values by column, in the order of the columns. */
export const contents = ({ columns }: Table): [string, Value[]][] =>
  Array.from(columns, ([name, column]) => [name, valuesOf(column)]);

/** What every column is. */
export const types = ({ columns }: Table): [string, string][] =>
  Array.from(columns, ([name, { type }]) => [name, type]);

/** Cuts a list at random places. */
export const cuts = <T>(list: readonly T[]): fc.Arbitrary<T[][]> =>
  fc.array(fc.nat(list.length), { maxLength: 5 }).map((places) => {
    const at = [0, ...places.sort((a, b) => a - b), list.length];
    return at.slice(1).map((to, k) => list.slice(at[k], to));
  });

const nulls = (rows: number) => fc.array(fc.boolean(), { minLength: rows, maxLength: rows });

const validityOf = (present: readonly boolean[]) => {
  const bits = new Uint8Array(Math.ceil((present.length + 3) / 8));
  for (const [row, isPresent] of present.entries()) if (isPresent) bits[(row + 3) >> 3]! |= 1 << ((row + 3) & 7);
  return { length: present.length, validity: bits, validityOffset: 3 };
};

const fixedChunk = (layout: Layout, rows: number): fc.Arbitrary<FixedChunk> =>
  fc
    .tuple(nulls(rows), fc.uint8Array({ minLength: rows * 32 + 1, maxLength: rows * 32 + 1 }), fc.nat(7))
    .map(([present, bytes, bit]) => {
      const bitOffset = layout === "bit" ? bit : 0;
      const length = Math.ceil((bitOffset + rows * bitsOf[layout]) / 8);
      return { ...validityOf(present), layout, scale: 0, bytes: bytes.subarray(0, length), bitOffset };
    });

/** Kind, type, layout and units of columns of fixed width. */
const fixedTypes = [
  ["numeric", "Float64", "f64", 1],
  ["numeric", "Float32", "f32", 1],
  ["numeric", "Float16", "f16", 1],
  ["numeric", "Int8", "i8", 1],
  ["numeric", "Uint32", "u32", 1],
  ["numeric", "Int64", "i64", 1],
  ["numeric", "Uint64", "u64", 1],
  ["numeric", "Decimal128(20, 0)", "decimal128", 1],
  ["numeric", "Decimal256(40, 0)", "decimal256", 1],
  ["numeric", "Duration<SECOND>", "i64", 1],
  ["boolean", "Bool", "bit", 1],
  ["temporal", "Date32<DAY>", "i32", 1 / 86_400],
  ["temporal", "Timestamp<MICROSECOND, UTC>", "i64", 1e6],
] as const;

const texts = (rows: number) =>
  fc.array(fc.option(fc.string({ unit: "grapheme", maxLength: 20 })), { minLength: rows, maxLength: rows });

/** A table of one chunk a column, one column of each kind. */
export const everyKind = (rows: number): fc.Arbitrary<Table> =>
  fc
    .tuple(
      fc.tuple(...fixedTypes.map(([, , layout]) => fixedChunk(layout, rows))),
      texts(rows),
      texts(rows),
      fc.tuple(nulls(rows), fixedChunk("f32", rows * 3)),
    )
    .map(([fixed, strings, coded, [present, components]]) => {
      const columns = new Map<string, Column>();
      for (const [k, [kind, type, , unitsPerSecond]] of fixedTypes.entries()) {
        columns.set(type, { kind, type, rows, unitsPerSecond, chunks: filled([fixed[k]!]) });
      }
      const none = { length: rows, validity: null, validityOffset: 0 };
      const plain = { ...validityOf(strings.map((text) => text !== null)), strings };
      columns.set("text", { kind: "categorical", type: "Utf8", rows, chunks: filled([plain]) });
      const dictionary = [...new Set(coded)];
      const codes = Int32Array.from(coded, (text) => dictionary.indexOf(text));
      const code = { ...none, layout: "i32", scale: 0, bitOffset: 0, bytes: new Uint8Array(codes.buffer) } as const;
      const chunk = { ...none, codes: code, dictionary };
      columns.set("coded", { kind: "categorical", type: "Dictionary<Int32, Utf8>", rows, chunks: filled([chunk]) });
      const vectors = { ...validityOf(present), dimension: 3, components };
      const type = "FixedSizeList[3]<Float32>";
      columns.set("vector", { kind: "vector", type, rows, dimension: 3, chunks: filled([vectors]) });
      return { rows, columns, unsupported: new Map([["list", "List"]]) };
    });

const filled = <C extends Chunk>(chunks: C[]) => chunks.filter(({ length }) => length > 0);

/** The same bytes with a checksum that is right, so that what is behind it has to find the damage. */
export function sealed(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes);
  const size = copy.length - 16;
  if (size >= 0) copy.set(checksumOf(copy.subarray(0, size)), size);
  return copy;
}

/**
 * Bytes with some of them changed or the end cut off, under a checksum that is right, are given to `read`, which reads them or
 * throws a FormatError.
 *
 * @returns how many of `runs` were refused
 */
export function refusedDamages(bytes: Uint8Array, runs: number, read: (damaged: Uint8Array) => void): number {
  const changes = fc.array(fc.tuple(fc.nat(bytes.length - 17), fc.nat(255)), { minLength: 1, maxLength: 4 });
  let refused = 0;
  fc.assert(
    fc.property(changes, fc.nat(bytes.length), (all, length) => {
      const damaged = bytes.slice(0, length % 3 === 0 ? length : bytes.length);
      for (const [place, value] of all) if (place < damaged.length - 16) damaged[place] = value;
      try {
        read(sealed(damaged));
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        refused++;
      }
    }),
    { numRuns: runs },
  );
  return refused;
}
