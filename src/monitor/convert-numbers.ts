/** Numbers of one type as another that holds them exactly, or not at all. */
import { bitAt } from "../column/bits.js";
import { numbersByRow } from "../column/by-row.js";
import { FormatError } from "../column/format-error.js";
import type { FixedChunk } from "../engine/chunk.js";

const signed = { low: -(2n ** 63n), high: 2n ** 63n - 1n, name: "Int64" } as const;
const unsigned = { low: 0n, high: 2n ** 64n - 1n, name: "Uint64" } as const;
const exact = { low: -(2n ** 53n), high: 2n ** 53n, name: "Float64" } as const;

/**
 * A chunk of numbers as doubles or integers of 64 bits.
 *
 * @param where begins the message
 * @throws FormatError for an integer that the other type does not hold
 */
export function convertNumbers(chunk: FixedChunk, layout: "f64" | "i64" | "u64", where: string): FixedChunk {
  if (chunk.layout === layout) return chunk;
  const values = layout === "f64" ? doublesOf(chunk, where) : integersOf(chunk, layout, where);
  return { ...chunk, layout, bytes: new Uint8Array(values.buffer), bitOffset: 0 };
}

function doublesOf(chunk: FixedChunk, where: string): Float64Array {
  const { layout, length } = chunk;
  if (layout !== "i64" && layout !== "u64") {
    const column = { kind: "numeric", type: layout, rows: length, chunks: [chunk], unitsPerSecond: 1 } as const;
    return numbersByRow(column);
  }
  const from = wideIntegers(chunk);
  return Float64Array.from({ length }, (_, row) => (isNull(chunk, row) ? 0 : Number(within(from(row), exact, where))));
}

function integersOf(chunk: FixedChunk, layout: "i64" | "u64", where: string): BigInt64Array | BigUint64Array {
  const { length } = chunk;
  const range = layout === "i64" ? signed : unsigned;
  const wide = chunk.layout === "i64" || chunk.layout === "u64";
  const doubles = wide ? null : doublesOf(chunk, where);
  const from = doubles ? (row: number) => BigInt(doubles[row]!) : wideIntegers(chunk);
  const integerAt = (_: unknown, row: number) => (isNull(chunk, row) ? 0n : within(from(row), range, where));
  return layout === "i64" ? BigInt64Array.from({ length }, integerAt) : BigUint64Array.from({ length }, integerAt);
}

function wideIntegers({ bytes, layout }: FixedChunk): (row: number) => bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return layout === "i64" ? (row) => view.getBigInt64(8 * row, true) : (row) => view.getBigUint64(8 * row, true);
}

function isNull({ validity, validityOffset }: FixedChunk, row: number): boolean {
  return validity !== null && !bitAt(validity, validityOffset + row);
}

function within(value: bigint, { low, high, name }: typeof signed | typeof unsigned | typeof exact, where: string) {
  if (value >= low && value <= high) return value;
  throw new FormatError(where, `numbers that ${name}, the type of other batches, holds exactly`, `${value}`);
}
