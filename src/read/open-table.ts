/** `openTable`: files as a table that stays where it is. */
import { statSync } from "node:fs";
import type { Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { openArrow } from "./open-arrow.js";
import { type Opened, tableOfFiles } from "./opened.js";
import { type Format, formatOfFile } from "./read-table.js";

export interface OpenOptions {
  /** Only these columns; all when left out. */
  readonly columns?: readonly string[];
  /** The files' format; told by each one's name, then by its first bytes, when left out. */
  readonly format?: Format;
  /** Bytes that a call may hold of what it reads, 512 MiB when left out. */
  readonly memory?: number;
}

export async function openTable(input: string | readonly string[], options: OpenOptions = {}): Promise<Table> {
  const { memory = 2 ** 29 } = options;
  const paths = typeof input === "string" ? [input] : input;
  const files: Opened[] = [];
  for (const path of paths) files.push(await openFile(path, options));
  return tableOfFiles(files, memory);
}

async function openFile(path: string, { columns, format }: OpenOptions): Promise<Opened> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new Error(`openTable: there is no file ${path}`);
  if (stats.size === 0) throw new FormatError(path, "a table", "an empty file");
  const found = format ?? formatOfFile(path);
  if (found === "arrow") return openArrow(path, columns);
  throw new RangeError(`openTable: not ${found}`);
}
