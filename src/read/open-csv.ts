/** CSV files of one table: types are those that the fields of all files allow. */
import type { Column } from "../column/column.js";
import { uniqueNames, wantedColumns } from "./columns.js";
import { guess, pass } from "./csv.js";
import type { CsvColumn } from "./csv-columns.js";
import { type CsvType, text, typeOf } from "./csv-values.js";
import type { Opened, OpenedColumn } from "./opened.js";
import type { Spill, SpilledColumn } from "./spill.js";

interface CsvFile {
  readonly path: string;
  readonly names: readonly string[];
  readonly wanted: readonly boolean[];
}

/**
 * @param columns only these; all when undefined
 * @throws FormatError with the line where a file is malformed; RangeError for a column that is not in it
 */
export async function openCsv(
  paths: readonly string[],
  columns: readonly string[] | undefined,
  spill: Spill,
): Promise<Opened[]> {
  const classes = new Map<string, number>();
  const files: CsvFile[] = [];
  for (const path of paths) {
    const found = await guess(path);
    const names = uniqueNames(found.header);
    files.push({ path, names, wanted: wantedColumns(names, columns, "openTable") });
    widen(classes, names, found.classes);
  }
  for (;;) {
    const types = new Map([...classes].map(([name, found]) => [name, typeOf(found)] as const));
    const read: { opened: Opened; made: SpilledColumn[] }[] = [];
    for (const file of files) read.push(await readFile(file, types, classes, spill));
    if ([...classes].every(([name, found]) => typeOf(found) === types.get(name)))
      return read.map(({ opened }) => opened);
    for (const { made } of read) spill.abandon(made);
  }
}

function widen(classes: Map<string, number>, names: readonly string[], found: readonly number[]): void {
  names.forEach((name, index) => {
    classes.set(name, (classes.get(name) ?? 0) | found[index]!);
  });
}

/** One pass over a file, as these types; notes the classes that there really are. */
async function readFile(
  { path, names, wanted }: CsvFile,
  types: ReadonlyMap<string, CsvType>,
  classes: Map<string, number>,
  spill: Spill,
): Promise<{ opened: Opened; made: SpilledColumn[] }> {
  const made: (SpilledColumn | undefined)[] = [];
  const put = (
    columns: readonly (CsvColumn | undefined)[],
    chunksOf: (column: CsvColumn) => Column["chunks"],
  ): void => {
    columns.forEach((column, index) => {
      if (!column) return;
      made[index] ??= spill.column(column.about(), `${path}, column ${names[index]}`);
      for (const chunk of chunksOf(column)) spill.add(made[index], chunk, true);
    });
  };
  const own = names.map((name) => types.get(name)!);
  const { rows, columns } = await pass(path, own, wanted, (some) => put(some, (column) => column.drain() as never));
  put(columns, (column) => column.column().chunks);
  widen(
    classes,
    names,
    columns.map((column, index) => (!column ? 0 : own[index] === "text" ? text : column.classes)),
  );
  const opened = new Map<string, OpenedColumn>();
  names.forEach((name, index) => {
    const spilled = made[index];
    if (spilled) opened.set(name, { about: spilled.about, spilled });
  });
  return {
    opened: { where: path, rows, columns: opened, unsupported: new Map() },
    made: [...opened.values()].map(({ spilled }) => spilled!),
  };
}
