/** Any column that is profiled as it comes, and what becomes of its type when pieces do not agree. */
import type { FixedColumn, TextColumn } from "../column/column.js";
import type { CategoryChunk } from "../engine/categories.js";
import type { FixedChunk } from "../engine/chunk.js";
import {
  accumulatorOfNumbers,
  addNulls,
  addNumberProfile,
  addNumbers,
  emptyNumbers,
  type NumberAccumulator,
  numberProfile,
} from "./number-accumulator.js";
import type { ColumnProfile, NumberProfile, TextProfile } from "./profile.js";
import {
  accumulatorOfTexts,
  addNullTexts,
  addTextProfile,
  addTexts,
  emptyTexts,
  type TextAccumulator,
  textProfile,
} from "./text-accumulator.js";

export type ColumnAccumulator = NumberAccumulator | TextAccumulator;

/** What a column says of itself. */
export type Described = Pick<FixedColumn, "kind" | "type" | "unitsPerSecond"> | Pick<TextColumn, "kind" | "type">;

/** @param limit of categories that are kept */
export function emptyColumn(column: Described, limit: number): ColumnAccumulator {
  return column.kind === "categorical" ? emptyTexts(column.type, limit) : emptyNumbers(column);
}

/** Adds the rows of one chunk of a column of the accumulator's kind. */
export function addChunk(to: ColumnAccumulator, chunk: FixedChunk | CategoryChunk): void {
  if (to.kind === "categorical") addTexts(to, chunk as CategoryChunk);
  else addNumbers(to, chunk as FixedChunk);
}

/** Adds rows that hold null. */
export function addNullRows(to: ColumnAccumulator, rows: number): void {
  if (to.kind === "categorical") addNullTexts(to, rows);
  else addNulls(to, rows);
}

/** What is known of all rows so far; the accumulator can go on. */
export function columnProfile(of: ColumnAccumulator): ColumnProfile {
  return of.kind === "categorical" ? textProfile(of) : numberProfile(of);
}

export function accumulatorOf(profile: ColumnProfile): ColumnAccumulator {
  return profile.kind === "categorical" ? accumulatorOfTexts(profile) : accumulatorOfNumbers(profile);
}

/** Adds a profile of the accumulator's kind. */
export function addProfile(to: ColumnAccumulator, profile: ColumnProfile): void {
  if (to.kind === "categorical") addTextProfile(to, profile as TextProfile);
  else addNumberProfile(to, profile as NumberProfile);
}

/** Rows so far, of the block that is not full yet too. */
export function rowsOf(of: ColumnAccumulator): number {
  return of.rows + of.blockRows;
}

/** Whether any row so far holds a value, NaN being one. */
export function holdsValues(of: ColumnAccumulator): boolean {
  return of.rows > of.null || (of.kind === "categorical" ? of.blockRows > of.blockNulls : of.blockValues > 0);
}

/** The type that columns have together, whichever comes first; `null` where they cannot be one. */
export function commonType(x: Described, y: Described): Described | null {
  if (x.kind === "categorical" || y.kind === "categorical") {
    if (x.kind !== y.kind) return null;
    return x.type === y.type ? x : { kind: "categorical", type: "Utf8" };
  }
  if (x.kind !== y.kind || x.unitsPerSecond !== y.unitsPerSecond) return null;
  if (x.type === y.type) return x;
  return x.kind === "numeric" && x.unitsPerSecond === 1 ? { ...x, type: "Float64" } : x.type < y.type ? x : y;
}

/** Of two columns without values: the same, and one of text or the like rather than one of which nothing is known. */
export function typeOfNulls(x: Described, y: Described): Described {
  const common = commonType(x, y);
  if (common) return common;
  const rank = ({ kind, type }: Described): string => `${type === "Null" ? 1 : 0} ${kind} ${type}`;
  return rank(x) < rank(y) ? x : y;
}

/** A type as messages name it. */
export function shownType({ kind, type }: Described): string {
  return `${{ numeric: "numbers", boolean: "truth values", temporal: "points in time", categorical: "text" }[kind]} (${type})`;
}
