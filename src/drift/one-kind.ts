/** Both sides of a column brought to one kind and one unit, so that a method can compare them. */
import type { FixedColumn, TextColumn } from "../column/column.js";
import { commonUnit, countsTime } from "../column/units.js";
import { countCategories, countValues } from "../engine/categories.js";
import type { PreparedCategories } from "../source/categories.js";
import { columnOfPrepared, type Prepared } from "../source/prepared.js";

/** The columns that methods apply to. */
export type Judged = FixedColumn | TextColumn | Prepared | PreparedCategories;
export type Numbers = FixedColumn | Prepared;

/** A side without any value has no type of its own (an empty CSV column, Arrow's Null): it takes the other side's. */
export function ofOneKind(reference: Judged, current: Judged): [Judged, Judged] {
  if (reference.kind === current.kind) return [reference, current];
  if (isEmpty(current)) return [reference, emptyLike(reference, rowsOf(current))];
  return isEmpty(reference) ? [emptyLike(current, rowsOf(reference)), current] : [reference, current];
}

function rowsOf(column: Judged): number {
  return "prepared" in column ? column.missing.rows : column.rows;
}

/** Points in time and durations in the finer of two units; beside other numbers as they are. */
export function inOneUnit(x: Numbers, y: Numbers): readonly [Numbers, Numbers] {
  if (x.unitsPerSecond === y.unitsPerSecond || !countsTime(x) || !countsTime(y)) return [x, y];
  const [before, after] = [x, y].map((side) => ("prepared" in side ? columnOfPrepared(side) : side));
  return commonUnit(before!, after!);
}

export function isEmpty(column: Judged): boolean {
  if ("prepared" in column) return column.missing.null === column.missing.rows;
  const found = column.kind === "categorical" ? countCategories(column.chunks) : countValues(column.chunks, null, 1);
  return found !== null && found.nulls === found.rows;
}

export function emptyLike(column: Judged, rows: number): Judged {
  const nulls = { length: rows, validity: new Uint8Array(Math.ceil(rows / 8)), validityOffset: 0 };
  const { type } = column;
  if (column.kind === "categorical") return { kind: column.kind, type, rows, chunks: [{ ...nulls, strings: [] }] };
  const chunk = { ...nulls, layout: "bit", bytes: nulls.validity, bitOffset: 0, scale: 0 } as const;
  const { unitsPerSecond } = column;
  return { kind: column.kind as FixedColumn["kind"], type, unitsPerSecond, rows, chunks: [chunk] };
}
