/**
 * A table that is profiled as it comes, or as the profiles of its parts come. What a column holds decides its type: a column
 * without values takes any. A column that some part lacks holds nulls there.
 */

import { countBits } from "../column/bits.js";
import type { FixedColumn, Table, TextColumn } from "../column/column.js";
import type { CellsIndex } from "../engine/key-cells.js";
import { indexOf } from "./cells.js";
import {
  accumulatorOf,
  addChunk,
  addNullRows,
  addProfile,
  type ColumnAccumulator,
  columnProfile,
  commonType,
  type Described,
  emptyColumn,
  holdsValues,
  rowsOf,
  shownType,
  typeOfNulls,
} from "./column-accumulator.js";
import type { ColumnProfile, Profile } from "./profile.js";

export interface TableAccumulator {
  rows: number;
  readonly columns: Map<string, ColumnAccumulator>;
  readonly unsupported: Map<string, string>;
  readonly limit: number;
}

export function emptyTable(limit: number): TableAccumulator {
  return { rows: 0, columns: new Map(), unsupported: new Map(), limit };
}

export function tableProfile({ rows, columns, unsupported }: TableAccumulator): Profile {
  const profiles = new Map<string, ColumnProfile>();
  for (const [name, column] of columns) profiles.set(name, columnProfile(column));
  return { profile: true, rows, columns: profiles, unsupported: new Map(unsupported) };
}

/**
 * Adds rows. Nothing is changed when it throws.
 *
 * @throws TypeError for a column of another type than before
 */
export function addTable(to: TableAccumulator, table: Table, caller: string): void {
  const supported = new Map<string, FixedColumn | TextColumn>();
  const unsupported = new Map(table.unsupported);
  for (const [name, column] of table.columns) {
    if (column.kind === "vector") unsupported.set(name, column.type);
    else supported.set(name, column);
  }
  const first = `from row ${to.rows} on`;
  for (const [name, column] of supported)
    checkColumn(to, name, column, () => filled(column), `${caller}: ${name}`, first);
  checkUnsupported(to, unsupported, caller, first);
  for (const [name, column] of supported) {
    if (to.unsupported.has(name)) continue;
    const known = openColumn(to, name, column, () => filled(column));
    if (known.kind === column.kind) for (const chunk of column.chunks) addChunk(known, chunk);
  }
  addUnsupported(to, unsupported);
  to.rows += table.rows;
  fillUp(to);
}

/** Begins to add the profile of a part; then come its columns one by one, and the end. */
export function addHead(to: TableAccumulator, unsupported: ReadonlyMap<string, string>, caller: string): void {
  checkUnsupported(to, unsupported, caller, "in another profile");
  addUnsupported(to, unsupported);
}

/** @throws TypeError for a column of another type than before */
export function addColumn(to: TableAccumulator, name: string, column: ColumnProfile, caller: string): void {
  const isFilled = (): boolean => column.missing.rows > column.missing.null;
  checkColumn(to, name, column, isFilled, `${caller}: ${name}`, "in another profile");
  if (to.unsupported.has(name)) return;
  if (!to.columns.has(name) && to.rows === 0) {
    to.columns.set(name, accumulatorOf(column));
    return;
  }
  const known = openColumn(to, name, column, isFilled);
  if (known.kind === column.kind) addProfile(known, column);
}

export function addEnd(to: TableAccumulator, rows: number): void {
  to.rows += rows;
  fillUp(to);
}

/** The index of a column's cells, if it has some. */
export function indexOfColumn({ columns }: TableAccumulator, name: string): CellsIndex | null {
  const known = columns.get(name);
  return known && known.kind !== "categorical" && known.cells.length > 0 ? indexOf(known.cells) : null;
}

/** Columns that were not there now hold nulls. */
function fillUp({ rows, columns }: TableAccumulator): void {
  for (const column of columns.values()) addNullRows(column, rows - rowsOf(column));
}

function checkColumn(
  to: TableAccumulator,
  name: string,
  column: Described,
  isFilled: () => boolean,
  where: string,
  whence: string,
): void {
  const refused = to.unsupported.get(name);
  if (refused !== undefined && isFilled()) {
    throw new TypeError(`${where} held ${refused}, which is not supported, and holds ${shownType(column)} ${whence}`);
  }
  const known = to.columns.get(name);
  if (!known || commonType(known, column) || !holdsValues(known) || !isFilled()) return;
  throw new TypeError(`${where} held ${shownType(known)}, and holds ${shownType(column)} ${whence}`);
}

function checkUnsupported(
  to: TableAccumulator,
  unsupported: ReadonlyMap<string, string>,
  caller: string,
  whence: string,
): void {
  for (const [name, type] of unsupported) {
    const known = to.columns.get(name);
    if (!known || !holdsValues(known)) continue;
    throw new TypeError(
      `${caller}: ${name} held ${shownType(known)}, and holds ${type}, which is not supported, ${whence}`,
    );
  }
}

/** The column's accumulator, of the type that it has together with what now comes. */
function openColumn(to: TableAccumulator, name: string, column: Described, isFilled: () => boolean): ColumnAccumulator {
  const known = to.columns.get(name);
  const type = known ? typeWith(known, column, isFilled) : column;
  if (known && sameKind(known, type)) {
    known.type = type.type;
    return known;
  }
  const opened = emptyColumn(type, to.limit);
  addNullRows(opened, known ? rowsOf(known) : to.rows);
  to.columns.set(name, opened);
  return opened;
}

function typeWith(known: ColumnAccumulator, column: Described, isFilled: () => boolean): Described {
  const same = known.type === column.type && sameKind(known, column);
  if (same) return known;
  const [before, now] = [holdsValues(known), isFilled()];
  if (before !== now) return before ? known : column;
  return before ? commonType(known, column)! : typeOfNulls(known, column);
}

function sameKind(x: Described, y: Described): boolean {
  if (x.kind === "categorical" || y.kind === "categorical") return x.kind === y.kind;
  return x.kind === y.kind && x.unitsPerSecond === y.unitsPerSecond;
}

/** Whether any row of a column holds a value. */
function filled({ chunks }: FixedColumn | TextColumn): boolean {
  for (const chunk of chunks) {
    const rows = "codes" in chunk ? chunk.codes : chunk;
    const { length, validity, validityOffset } = rows;
    if (length > 0 && (!validity || countBits(validity, validityOffset, length) > 0)) return true;
  }
  return false;
}

/** Of several types' names the first is kept. */
function addUnsupported(to: TableAccumulator, unsupported: ReadonlyMap<string, string>): void {
  for (const [name, type] of unsupported) {
    const known = to.unsupported.get(name);
    if (known === undefined || type < known) to.unsupported.set(name, type);
    to.columns.delete(name);
  }
}
