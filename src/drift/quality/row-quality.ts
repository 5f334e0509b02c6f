/** What is found of whole rows: hashes of columns, rows that are there twice, columns that are. */
import type { Column, Table } from "../../column/column.js";
import { countDuplicates } from "../../engine/duplicates.js";
import { hexHash } from "../../engine/row-hashes.js";
import { isWhole, newRowSums, type RowSums } from "../../engine/row-sums.js";
import { costOf } from "../column-cost.js";
import { inParallel, type ParallelOptions } from "../in-parallel.js";
import { type AnyTable, isPreparedTable } from "../prepare.js";
import { isProfile } from "../profiles/is-profile.js";
import { told } from "../told-columns.js";
import { hashColumn } from "./column-hash.js";
import { noRows, type RowsFound } from "./table-quality.js";

/** A table whose columns are hashed one by one, where they are looked at for something else. */
export interface HashedTable {
  readonly table: Table;
  readonly sums: RowSums;
  /** The numbers of its columns, by name. */
  readonly places: ReadonlyMap<string, number>;
  /** By column. */
  readonly hashes: Map<string, string>;
}

/** What a column is hashed into, on whatever thread. */
export interface HashedInto {
  readonly sums: RowSums;
  readonly index: number;
}

/** Of some columns of a table; `null` of what has kept no rows. */
export function hashedTable(table: AnyTable, names: readonly string[]): HashedTable | null {
  if (isPreparedTable(table) || isProfile(table)) return null;
  const chosen = new Set(names);
  const only = <V>(all: ReadonlyMap<string, V>) => new Map([...all].filter(([name]) => chosen.has(name)));
  const all = table as Table;
  const columns = only(all.columns);
  const sums = newRowSums(all.rows, columns.size);
  const places = new Map([...columns.keys()].map((name, index) => [name, index]));
  return { table: { ...all, columns, unsupported: only(all.unsupported) }, sums, places, hashes: new Map() };
}

/** By name of the column; `null` where there is no such one. */
export function hashedInto(hashed: HashedTable | null, name: string): HashedInto | null {
  const index = hashed?.places.get(name);
  return hashed === null || index === undefined ? null : { sums: hashed.sums, index };
}

/** The hash of a column, whose rows are hashed into the sums of its table. */
export function hashInto(column: Column, { sums, index }: HashedInto): string {
  return hashColumn(column, sums, index);
}

/**
 * What rows are like, once all columns were hashed.
 *
 * Rows are equal when they hold the same in each column, missing values included: null is null and NaN is NaN, as in
 * pandas. They are told apart by 64 bits: the count of n rows is wrong with a probability of n²/2^65 (3e-8 for a million
 * rows); columns that hold the same are told by their hashes as well. Memory: 8 bytes a row, and up to 128 MiB for a table
 * of hashes.
 */
export async function rowsOf(
  tables: readonly (HashedTable | null)[],
  { signal, threads }: Pick<ParallelOptions, "signal" | "threads">,
): Promise<RowsFound[]> {
  const whole = tables.map((hashed) => (hashed && !isWhole(hashed.sums) ? hashedAgain(hashed) : hashed));
  const countable = whole.filter((hashed) => hashed !== null && isCountable(hashed.table)) as HashedTable[];
  const pieces = countable.map(({ sums: { rows } }) => ({
    column: "",
    cost: { time: (rows.length * lookTime) / 1e6, memory: 2 ** 26 + 32 * rows.length, sendable: true },
    task: "duplicates",
    message: () => ({ hashes: rows }),
    here: () => countDuplicates(rows),
  }));
  const counts = await inParallel(pieces, { signal, threads });
  return whole.map((hashed) => {
    if (!hashed) return noRows;
    const { table, hashes: found } = hashed;
    const hashes = new Map([...table.columns.keys()].map((name) => [name, found.get(name)!]));
    return {
      duplicatedRows: counts[countable.indexOf(hashed)] ?? null,
      duplicatedColumns: sameColumns(hashes),
      hash: tableHash(table, hashes),
      hashes,
    };
  });
}

/** Nanoseconds a row whose hash is looked up. */
const lookTime = 20;

/** Of a table alone, on all threads, without its quality: for tests and benchmarks of hashes by themselves. */
export async function rowQuality(
  table: Table,
  options: Pick<ParallelOptions, "signal" | "threads"> = {},
): Promise<RowsFound> {
  const { signal, threads } = options;
  const hashed = hashedTable(table, [...table.columns.keys(), ...table.unsupported.keys()])!;
  const all = [...hashed.table.columns];
  const pieces = all.map(([name, column], index) => ({
    column: name,
    cost: costOf([column]),
    task: "hash",
    message: () => ({ column: told(column), sums: hashed.sums, index }),
    here: () => hashInto(column, { sums: hashed.sums, index }),
  }));
  const found = await inParallel(pieces, { signal, threads });
  for (const [k, [name]] of all.entries()) hashed.hashes.set(name, found[k]!);
  const [rows] = await rowsOf([hashed], { signal, threads });
  return rows!;
}

/** The hash of a table, on this thread: of what its rows hold in each column, in their order. */
export function tableHashHere(table: Table): string {
  const hashes = new Map([...table.columns].map(([name, column]) => [name, hashColumn(column, null)]));
  return tableHash(table, hashes);
}

/** 1 for each row that equals an earlier one, on this thread; `null` where a column cannot be read, and without columns. */
export function duplicatedRowMarks(table: Table): Uint8Array | null {
  if (!isCountable(table)) return null;
  const marks = new Uint8Array(table.rows);
  countDuplicates(sumsOf(table).rows, marks);
  return marks;
}

function isCountable({ columns, unsupported }: Table): boolean {
  return columns.size > 0 && unsupported.size === 0;
}

/** On this thread, which is not lost. */
function hashedAgain(hashed: HashedTable): HashedTable {
  return { ...hashed, sums: sumsOf(hashed.table) };
}

function sumsOf({ columns, rows }: Table): RowSums {
  const sums = newRowSums(rows, columns.size);
  for (const [index, column] of [...columns.values()].entries()) hashColumn(column, sums, index);
  return sums;
}

function sameColumns(columns: ReadonlyMap<string, string>): string[][] {
  const groups = new Map<string, string[]>();
  for (const [name, hash] of columns) groups.set(hash, [...(groups.get(hash) ?? []), name]);
  return [...groups.values()].filter(({ length }) => length > 1);
}

function tableHash({ rows, unsupported }: Table, columns: ReadonlyMap<string, string>): string {
  return hexHash(new TextEncoder().encode(JSON.stringify([rows, [...columns], [...unsupported]])));
}
