/**
 * CSV files as tables: RFC 4180 with a header, commas and UTF-8 (with or without a byte order mark), split into fields
 * by papaparse. The types are guessed from the first rows and checked on all: where a guess was wrong the file is read
 * once more with what is known by then. `csv-values.ts` says which fields make which type.
 */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import Papa from "papaparse";
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { uniqueNames, wantedColumns } from "./columns.js";
import { CsvColumn } from "./csv-columns.js";
import { type CsvType, classOf, text, typeOf } from "./csv-values.js";

/** Rows that types are guessed from. */
const sample = 1000;

/** The file's text in pieces. @throws FormatError where it is not UTF-8 */
async function* textOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let end = false;
  const decode = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: !end });
    } catch (cause) {
      throw new FormatError(path, "UTF-8", "other bytes", { cause });
    }
  };
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) yield decode(bytes as Uint8Array);
  end = true;
  yield decode();
}

/**
 * Calls `take` with every record, the header first, until it answers false. Lines without anything are no records,
 * unless the file has one column.
 */
function records(path: string, take: (fields: string[]) => boolean): Promise<void> {
  const source = Readable.from(textOf(path));
  return new Promise((resolve, reject) => {
    let line = 1;
    let width = 0;
    const record = (fields: string[]): boolean => {
      const at = line;
      line++;
      for (const field of fields) for (let i = field.indexOf("\n"); i >= 0; i = field.indexOf("\n", i + 1)) line++;
      if (fields.length === 1 && fields[0] === "" && width !== 1) return true;
      width ||= fields.length;
      if (fields.length !== width) {
        throw new FormatError(`${path}, line ${at}`, `${width} fields like the header`, `${fields.length}`);
      }
      return take(fields);
    };
    Papa.parse<string[]>(source, {
      delimiter: ",",
      step: ({ data, errors: [problem] }, parser) => {
        try {
          if (problem) throw new FormatError(`${path}, line ${line}`, "fields quoted as in RFC 4180", problem.message);
          if (record(data)) return;
          resolve();
        } catch (error) {
          reject(error);
        }
        parser.abort();
        source.destroy();
      },
      complete: () => resolve(),
      error: reject,
    });
  });
}

/** The header, and the classes of the first rows' fields by column. */
export async function guess(path: string): Promise<{ readonly header: string[]; readonly classes: number[] }> {
  let header: string[] | undefined;
  let classes: number[] = [];
  let rows = 0;
  await records(path, (fields) => {
    if (header) classes = classes.map((known, index) => known | classOf(fields[index]!));
    else {
      header = fields;
      classes = fields.map(() => 0);
    }
    return rows++ < sample;
  });
  if (!header) throw new FormatError(path, "a header", "no line");
  return { header, classes };
}

/** Rows after which what was read may be put away. */
const nowAndThen = 1 << 16;

/** Reads the wanted columns as these types; undefined where a column is not wanted. `now` is called now and then. */
export async function pass(
  path: string,
  types: readonly CsvType[],
  wanted: readonly boolean[],
  now: (columns: readonly (CsvColumn | undefined)[]) => void = () => {},
) {
  const columns = types.map((type, index) => (wanted[index] ? new CsvColumn(type) : undefined));
  let rows = -1;
  await records(path, (fields) => {
    if (rows >= 0) for (let i = 0; i < fields.length; i++) columns[i]?.add(fields[i]!);
    rows++;
    if (rows % nowAndThen === 0) now(columns);
    return true;
  });
  return { rows, columns };
}

/**
 * Reads a CSV file.
 *
 * @param columns only these; all when undefined
 * @throws FormatError with the line where the file is malformed, or when it has no header; RangeError for a column that
 *   is not in it
 */
export async function readCsv(path: string, columns?: readonly string[]): Promise<Table> {
  const { header, classes } = await guess(path);
  const types = classes.map(typeOf);
  const names = uniqueNames(header);
  const wanted = wantedColumns(names, columns);
  let result = await pass(path, types, wanted);
  const found = types.map((type, i) => (type === "text" ? type : typeOf(result.columns[i]?.classes ?? text)));
  if (found.some((type, i) => wanted[i] && type !== types[i])) result = await pass(path, found, wanted);
  const table = new Map<string, Column>();
  result.columns.forEach((column, index) => {
    if (column) table.set(names[index]!, column.column());
  });
  return { rows: result.rows, columns: table, unsupported: new Map() };
}
