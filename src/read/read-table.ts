/** `readTable`: a file as a table, whatever its format. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { extname } from "node:path";
import type { Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";

export type Format = "arrow" | "parquet" | "csv";

export interface ReadOptions {
  /** Only these columns; all when left out. */
  readonly columns?: readonly string[];
  /** The file's format; told by its name, then by its first bytes, when left out. */
  readonly format?: Format;
}

const extensions: Readonly<Record<string, Format>> = {
  ".arrow": "arrow",
  ".arrows": "arrow",
  ".feather": "arrow",
  ".ipc": "arrow",
  ".parquet": "parquet",
  ".csv": "csv",
};

/** The format that a file's name tells, or else its first bytes. @throws FormatError when neither does */
export function formatOfFile(path: string): Format {
  const named = extensions[extname(path).toLowerCase()];
  if (named) return named;
  const file = openSync(path, "r");
  const head = new Uint8Array(8);
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  const text = String.fromCharCode(...head);
  if (text.startsWith("ARROW1") || text.startsWith("FEA1") || text.startsWith("\xff\xff\xff\xff")) return "arrow";
  if (text.startsWith("PAR1")) return "parquet";
  const known = Object.keys(extensions).join(", ");
  throw new FormatError(path, `one of ${known}, or bytes that begin with ARROW1 or PAR1`, "neither");
}

/**
 * Reads an Arrow, Feather (version 2), Parquet or CSV file.
 *
 * Columns of types that are not supported are listed in the table's `unsupported`. Of several columns of one name the
 * later ones are called `name (2)`, `name (3)`, …
 *
 * @throws Error when the file is not there or is a directory; FormatError when it is empty or not what its format
 *   promises; RangeError when one of `columns` is not in it; Error when the reader of its format is not installed
 */
export async function readTable(path: string, options: ReadOptions = {}): Promise<Table> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new Error(`readTable: there is no file ${path}`);
  if (stats.isDirectory()) throw new Error(`readTable: ${path} is a directory, not a file`);
  if (stats.size === 0) throw new FormatError(path, "a table", "an empty file");
  const format = options.format ?? formatOfFile(path);
  switch (format) {
    case "arrow": {
      const [{ arrowTable }, { fileBytes }] = await Promise.all([import("./arrow.js"), import("./file-bytes.js")]);
      return arrowTable(fileBytes(path), options.columns);
    }
    case "parquet":
      return (await import("./parquet.js")).readParquet(path, options.columns);
    case "csv":
      return (await import("./csv.js")).readCsv(path, options.columns);
    default:
      throw new RangeError(`readTable: format needs to be arrow, parquet or csv, got ${format}`);
  }
}
