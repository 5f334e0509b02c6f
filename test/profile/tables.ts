/** Tables with columns of every kind, seeded. */
import type { TableInput } from "../../dist/column/table-of.js";
import { randomFrom, sample } from "../statistics/samples.ts";

/** Arrays that tests can cut. */
export type Arrays = { readonly [name: string]: Float64Array | Int32Array | BigInt64Array | readonly unknown[] };

/** Numbers of many shapes, nulls, NaN, infinities, integers of 32 and 64 bits, truth values, dates, few and many texts. */
export function mixedTable(rows: number, seed: number): Arrays {
  const random = randomFrom(seed);
  const list = <T>(make: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => make(row));
  return {
    normal: sample("normal", rows, seed),
    heavy: sample("cauchy", rows, seed + 1),
    infinite: sample("infinities", rows, seed + 2),
    nan: sample("some NaN", rows, seed + 3),
    zeros: sample("zeros of both signs", rows, seed + 4),
    holes: list(() => (random() < 0.3 ? null : Math.round(100 * random()) / 8)),
    empty: list(() => null),
    whole: Int32Array.from({ length: rows }, () => Math.floor(1000 * random()) - 500),
    wide: BigInt64Array.from({ length: rows }, () => BigInt(Math.floor(random() * 2 ** 53)) * 1000n),
    truth: list(() => (random() < 0.1 ? undefined : random() < 0.4)),
    when: list(() => (random() < 0.1 ? null : new Date(1.7e12 + Math.floor(1e9 * random())))),
    few: list(() => ["red", "green", "blue", "", "ä€😀"][Math.floor(5 * random())]),
    many: list((row) => (random() < 0.2 ? null : `user ${Math.floor(random() * rows) * (row % 3)}`)),
  };
}

/** Rows from `from` up to but without `to`. */
export function cut(table: Arrays, from: number, to: number): TableInput {
  return Object.fromEntries(
    Object.entries(table).map(([name, values]) => [name, values.slice(from, to)]),
  ) as TableInput;
}

/** The same rows as objects. */
export function rowsOf(table: Arrays, from: number, to: number): { [name: string]: never }[] {
  return Array.from({ length: to - from }, (_, k) =>
    Object.fromEntries(Object.entries(table).map(([name, values]) => [name, values[from + k] as never])),
  );
}
