/** What is found of whole rows: hashes of columns, rows that are there twice, columns that are. */
import type { Column, Table } from "../../column/column.js";
import { countDuplicates } from "../../engine/duplicates.js";
import { addRowHashes, type HashedColumn, hashColumns, hexHash } from "../../engine/row-hashes.js";
import { threadsWanted } from "../../engine/threads-wanted.js";
import { type Cost, costOf } from "../column-cost.js";
import { inParallel, type ParallelOptions } from "../in-parallel.js";
import { type AnyTable, isPreparedTable } from "../prepare.js";
import { isProfile } from "../profiles/is-profile.js";
import { told } from "../told-columns.js";
import { hashColumn, hashOfBlocks } from "./column-hash.js";
import { rowRanges, slicerOf } from "./row-ranges.js";
import { noRows, type RowsFound } from "./table-quality.js";

/**
 * Hashes all columns and rows of a table, on all threads: tables in memory by ranges of rows, opened ones by columns.
 *
 * Rows are equal when they hold the same in each column, missing values included: null is null and NaN is NaN, as in
 * pandas. They are told apart by 64 bits: the count of n rows is wrong with a probability of n²/2^65 (3e-8 for a million
 * rows); columns that hold the same are told by their hashes as well. Memory: 8 bytes a row, of an opened table for each thread, and up to 128 MiB for a table of hashes.
 */
export async function rowQuality(
  table: Table,
  options: Pick<ParallelOptions, "signal" | "threads"> = {},
): Promise<RowsFound> {
  const { signal, threads } = options;
  const { hashes, columns } = await hashTable(table, { signal, threads });
  const countable = table.columns.size > 0 && table.unsupported.size === 0;
  return {
    duplicatedRows: countable ? await duplicatesIn(hashes, { signal, threads }) : null,
    duplicatedColumns: sameColumns(columns),
    hash: tableHash(table, columns),
    hashes: columns,
  };
}

/** Of some columns of a table; of what has kept no rows nothing. */
export async function rowsOf(
  table: AnyTable,
  names: readonly string[],
  options: Pick<ParallelOptions, "signal" | "threads">,
): Promise<RowsFound> {
  if (isPreparedTable(table) || isProfile(table)) return noRows;
  const chosen = new Set(names);
  const only = <V>(all: ReadonlyMap<string, V>) => new Map([...all].filter(([name]) => chosen.has(name)));
  const all = table as Table;
  return rowQuality({ ...all, columns: only(all.columns), unsupported: only(all.unsupported) }, options);
}

/** 1 for each row that equals an earlier one, on this thread; `null` where a column cannot be read, and without columns. */
export function duplicatedRowMarks({ columns, rows, unsupported }: Table): Uint8Array | null {
  if (columns.size === 0 || unsupported.size > 0) return null;
  const hashes = new BigUint64Array(rows);
  for (const [index, column] of [...columns.values()].entries()) hashColumn(column, hashes, index);
  const marks = new Uint8Array(rows);
  countDuplicates(hashes, marks);
  return marks;
}

interface Hashed {
  readonly hashes: BigUint64Array;
  readonly columns: ReadonlyMap<string, string>;
}

/** Nanoseconds a value, and a row whose hash is looked up. */
const hashTime = 2;
const lookTime = 20;

async function hashTable({ columns, rows, stored }: Table, options: ParallelOptions): Promise<Hashed> {
  const hashes = new BigUint64Array(new SharedArrayBuffer(rows * 8));
  const all = [...columns].map(([name, column], index) => ({ name, column, index }));
  const found = new Map<string, string>();
  const threads = threadsWanted(options.threads);
  const apart = stored && threads > 1 ? all.filter(({ column }) => costOf([column]).sendable) : [];
  const streamed = await hashStreams(apart, hashes, threads, options);
  for (const [index, hash] of streamed) found.set(all[index]!.name, hash);
  const ranged = stored ? [] : all.flatMap((one) => ({ ...one, slice: slicerOf(one.column, one.index) }));
  const sliced = ranged.flatMap(({ slice, ...one }) => (slice ? [{ ...one, slice }] : []));
  const ranges = sliced.length > 0 ? rowRanges(rows, sliced.length, threads) : [];
  const pieces = ranges.map((range) => {
    const own = hashes.subarray(range.start, range.end);
    const values = (range.end - range.start) * sliced.length;
    return {
      column: "",
      cost: costFor(values, own.length),
      task: "hashes",
      message: () => ({ columns: sliced.map(({ slice }) => slice(range)), rows: own }),
      here: () => hashRange({ columns: sliced.map(({ slice }) => slice(range)), rows: own }),
    };
  });
  const blocks = await inParallel(pieces, options);
  for (const [k, { name, column }] of sliced.entries()) {
    found.set(name, hashOfBlocks(column, joined(blocks.map((each) => each[k]!))));
  }
  for (const { name, column, index } of all) {
    if (found.has(name)) continue;
    options.signal?.throwIfAborted();
    found.set(name, hashColumn(column, hashes, index));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { hashes, columns: new Map(all.map(({ name }) => [name, found.get(name)!])) };
}

/** Rows of several columns, hashed together. */
export interface RangeTask {
  readonly columns: readonly HashedColumn[];
  /** Of the range; what was there is lost. */
  readonly rows: BigUint64Array;
}

/** A task that is done twice, because its thread was lost, writes the same twice. */
export function hashRange({ columns, rows }: RangeTask): BigUint64Array[] {
  const sums = new BigUint64Array(rows.length);
  const blocks = hashColumns(columns, sums);
  rows.set(sums);
  return blocks;
}

/** Columns of an opened table, each read from where it is. */
export interface StreamTask {
  readonly columns: readonly { readonly column: Column; readonly index: number }[];
  readonly rows: number;
}

/** The hashes of rows over these columns, in memory of their own. */
export function hashStream({ columns, rows }: StreamTask): {
  readonly rows: BigUint64Array;
  readonly hashes: readonly string[];
} {
  const sums = new BigUint64Array(new SharedArrayBuffer(rows * 8));
  return { hashes: columns.map(({ column, index }) => hashColumn(column, sums, index)), rows: sums };
}

async function hashStreams(
  columns: StreamTask["columns"],
  hashes: BigUint64Array,
  threads: number,
  options: ParallelOptions,
): Promise<[index: number, hash: string][]> {
  const groups = Array.from({ length: Math.min(threads, columns.length) }, (_, group) =>
    columns.filter((_, k) => k % threads === group),
  );
  const rows = hashes.length;
  const pieces = groups.map((group) => ({
    column: "",
    cost: costFor(rows * group.length, rows),
    task: "stream",
    message: () => ({ columns: group.map(({ column, index }) => ({ column: told(column), index })), rows }),
    here: () => hashStream({ columns: group, rows }),
  }));
  const found = await inParallel(pieces, options);
  for (const { rows } of found) addRowHashes(hashes, rows);
  return found.flatMap((each, k) => each.hashes.map((hash, i): [number, string] => [groups[k]![i]!.index, hash]));
}

async function duplicatesIn(hashes: BigUint64Array, options: ParallelOptions): Promise<number> {
  const piece = {
    column: "",
    cost: { time: (hashes.length * lookTime) / 1e6, memory: 2 ** 26 + 32 * hashes.length, sendable: true },
    task: "duplicates",
    message: () => ({ hashes }),
    here: () => countDuplicates(hashes),
  };
  const [count] = (await inParallel([piece], options)) as [number];
  return count;
}

function costFor(values: number, rows: number): Cost {
  return { time: (values * hashTime) / 1e6, memory: 2 ** 22 + 8 * rows, sendable: true };
}

function joined(parts: readonly BigUint64Array[]): BigUint64Array {
  const all = new BigUint64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function sameColumns(columns: ReadonlyMap<string, string>): string[][] {
  const groups = new Map<string, string[]>();
  for (const [name, hash] of columns) groups.set(hash, [...(groups.get(hash) ?? []), name]);
  return [...groups.values()].filter(({ length }) => length > 1);
}

function tableHash({ rows, unsupported }: Table, columns: ReadonlyMap<string, string>): string {
  return hexHash(new TextEncoder().encode(JSON.stringify([rows, [...columns], [...unsupported]])));
}
