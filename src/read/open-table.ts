/** `openTable`: files as a table that stays where it is. */
import { statSync } from "node:fs";
import type { Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { filesLike, isPattern } from "./glob.js";
import type { Batches } from "./open-batches.js";
import type { Opened } from "./opened.js";
import { type Format, formatOfFile } from "./read-table.js";
import { Spill } from "./spill.js";

export interface OpenOptions {
  /** Only these columns; all when left out. */
  readonly columns?: readonly string[];
  /** The files' format; told by each one's name, then by its first bytes, when left out. */
  readonly format?: Format;
  /** Bytes that a call may hold of what it reads, at least 1 MiB; 512 MiB when left out. */
  readonly memory?: number;
}

const leastMemory = 2 ** 20;

/**
 * Opens files as one table whose columns are read whenever they are asked something, piece by piece: for what is larger
 * than memory. Uncompressed Arrow files are read where they are, compressed ones decoded batch by batch in every pass.
 * Parquet and CSV files and batches are decoded once: into memory where they are small, else into a temporary file.
 *
 * The table goes wherever columns are looked at one by one: `compare`, `prepare`, and the tests and distances of one
 * column. What looks at rows (`by`, `pairBy`, correlations, roles, `learnThresholds`, …) refuses it.
 *
 * The files must stay as they are as long as the table is used. Nothing has to be closed.
 *
 * @param input a file, a pattern (`data/2026-*.parquet`), several of either, or an iterable of record batches: Arrow
 *   RecordBatches or Tables, tables, or records of columns. Rows are in the order of the files; those of a pattern are
 *   sorted by name
 * @throws Error when a file is not there, is a directory, or a pattern matches none; TypeError when files or batches have
 *   other columns or types than the first; FormatError when a file is empty or not what its format promises (of an Arrow
 *   file's buffers when they are read); RangeError when one of `columns` is not there, and for options out of range
 */
export async function openTable(
  input: string | readonly string[] | Batches,
  options: OpenOptions = {},
): Promise<Table> {
  const { memory = 2 ** 29, columns } = options;
  if (typeof memory !== "number" || !(memory >= leastMemory)) {
    throw new RangeError(`openTable: memory must be at least ${leastMemory} bytes, got ${memory}`);
  }
  if (columns !== undefined && !Array.isArray(columns)) {
    throw new TypeError(`openTable: columns must be an array of names, got ${typeof columns}`);
  }
  const paths = pathsOf(input);
  const spill = new Spill(memory / 4);
  try {
    const files = paths ? await openFiles(paths, options, spill) : [await openIterable(input, columns, spill)];
    return (await import("./opened.js")).tableOfFiles(files, memory, spill);
  } catch (error) {
    spill.close();
    throw error;
  }
}

/** Names of files; `null` when it is something else. */
function pathsOf(input: unknown): string[] | null {
  const given = typeof input === "string" ? [input] : input;
  if (!Array.isArray(given) || given.some((path) => typeof path !== "string")) return null;
  if (given.length === 0) throw new RangeError("openTable: needs at least one file, got none");
  return (given as string[]).flatMap((path) => {
    if (!isPattern(path)) return [path];
    const found = filesLike(path);
    if (found.length === 0) throw new Error(`openTable: no file matches ${path}`);
    return found;
  });
}

async function openIterable(input: unknown, columns: OpenOptions["columns"], spill: Spill): Promise<Opened> {
  if (typeof (input as { readonly getChildAt?: unknown } | null)?.getChildAt === "function") {
    throw new TypeError("openTable: needs paths or an iterable of batches, got one table, which can be used as it is");
  }
  const batches = input as Partial<AsyncIterable<never> & Iterable<never>> | null | undefined;
  if (typeof input !== "object" || (!batches?.[Symbol.asyncIterator] && !batches?.[Symbol.iterator])) {
    throw new TypeError(
      `openTable: needs paths or an iterable of batches, got ${input === null ? "null" : typeof input}`,
    );
  }
  return (await import("./open-batches.js")).openBatches(batches as Batches, columns, spill);
}

async function openFiles(paths: readonly string[], options: OpenOptions, spill: Spill): Promise<Opened[]> {
  const formats = paths.map((path) => checkedFormat(path, options.format));
  const { columns } = options;
  // Types of CSV files are guessed from all of them.
  if (formats.every((format) => format === "csv"))
    return (await import("./open-csv.js")).openCsv(paths, columns, spill);
  const files: Opened[] = [];
  for (const [k, path] of paths.entries()) files.push(await openFile(path, formats[k]!, columns, spill));
  return files;
}

function checkedFormat(path: string, format: Format | undefined): Format {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new Error(`openTable: there is no file ${path}`);
  if (stats.isDirectory()) throw new Error(`openTable: ${path} is a directory, not a file`);
  if (stats.size === 0) throw new FormatError(path, "a table", "an empty file");
  return format ?? formatOfFile(path);
}

async function openFile(path: string, format: Format, columns: OpenOptions["columns"], spill: Spill): Promise<Opened> {
  switch (format) {
    case "arrow":
      return (await import("./open-arrow.js")).openArrow(path, columns);
    case "parquet":
      return (await import("./open-parquet.js")).openParquet(path, columns, spill);
    case "csv":
      return (await (await import("./open-csv.js")).openCsv([path], columns, spill))[0]!;
    default:
      throw new RangeError(`openTable: format needs to be arrow, parquet or csv, got ${format}`);
  }
}
