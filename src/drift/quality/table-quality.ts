/** From columns to tables. */
import type { ColumnFindings } from "../columns.js";
import type { AnyTable } from "../prepare.js";
import type { ColumnQuality, QualityChange, QualityOfBoth, TableQuality } from "./quality-report.js";

/** What is known of a table's rows, across its columns; `row-quality.ts` says what is equal. */
export interface RowsFound extends Pick<TableQuality, "duplicatedColumns" | "duplicatedRows" | "hash"> {
  /** By column. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** Where rows are not looked at. */
export const noRows: RowsFound = { duplicatedColumns: null, duplicatedRows: null, hash: null, hashes: new Map() };

/**
 * Puts a table's quality together from that of its columns and what was found in its rows.
 *
 * @param chosen  columns that were looked at
 * @param columns  their quality; without those that are not read, and those that did not fit into memory
 */
export function tableQuality(
  table: Pick<AnyTable, "rows" | "unsupported"> & { readonly columns: ReadonlyMap<string, unknown> },
  chosen: readonly string[],
  columns: ReadonlyMap<string, ColumnQuality>,
  { hashes, ...rows }: RowsFound = noRows,
): TableQuality {
  const isChosen = new Set(chosen);
  const names = [...new Set([...table.columns.keys(), ...table.unsupported.keys()])].filter((name) =>
    isChosen.has(name),
  );
  const known = names.flatMap((name) => {
    const column = columns.get(name);
    return column ? [[name, { ...column, hash: hashes.get(name) ?? column.hash }] as const] : [];
  });
  const namesOf = (is: (column: ColumnQuality) => boolean): string[] =>
    known.filter(([, column]) => is(column)).map(([name]) => name);
  return {
    rows: table.rows,
    names,
    columns: Object.fromEntries(known),
    unsupported: Object.fromEntries([...table.unsupported].filter(([name]) => isChosen.has(name))),
    emptyColumns: namesOf(({ availability: { rows, null: nulls, nan } }) => rows === nulls + nan),
    constantColumns: namesOf(({ constant }) => constant),
    almostConstantColumns: namesOf(({ almostConstant }) => almostConstant),
    ...rows,
  };
}

/** The same of both sides of a comparison, from its findings. */
export function qualityOfBoth(
  before: AnyTable,
  after: AnyTable,
  found: ReadonlyMap<string, ColumnFindings>,
  [rowsBefore, rowsAfter]: readonly [RowsFound, RowsFound],
): QualityOfBoth {
  const names = [...found.keys()];
  const sideOf = (side: "reference" | "current"): ReadonlyMap<string, ColumnQuality> =>
    new Map([...found].flatMap(([name, { quality }]) => (quality?.[side] ? [[name, quality[side]] as const] : [])));
  const changes = [...found].flatMap(([name, { quality }]): [string, QualityChange][] =>
    quality?.change ? [[name, quality.change]] : [],
  );
  return {
    reference: tableQuality(before, names, sideOf("reference"), rowsBefore),
    current: tableQuality(after, names, sideOf("current"), rowsAfter),
    changes: Object.fromEntries(changes),
  };
}
