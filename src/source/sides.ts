/** The two sides of a comparison as sources: what people pass becomes what plans ask. */
import { type Column, type FixedColumn, isFixed, type TextColumn } from "../column/column.js";
import { type ColumnInput, columnOf } from "../column/column-of.js";
import { type Dense, type Representation, withResident } from "../engine/dense.js";
import { isPreparedCategories, type PreparedCategories, prepareCategories } from "./categories.js";
import { isPrepared, type Prepared, prepareColumn, preparedRanges, preparedSource } from "./prepared.js";
import type { Missing, Source } from "./source.js";
import { commonRepresentation, denseSource, integerRangesOf } from "./values.js";

/** One side of a numeric comparison: a typed array, a plain array, an Arrow Vector, or what `prepare` returned. */
export type NumericInput = ColumnInput | Prepared | PreparedCategories;

/** Missing values of both sides, as results report them. */
export interface MissingOfBoth {
  readonly reference: Missing;
  readonly current: Missing;
}

/** How often a plan reads its columns: what is read once is streamed, the rest lies in engine memory until the end. */
export type Passes = "one" | "many";

/**
 * Runs `work` with both sides as sources that represent values alike.
 *
 * @param caller named in errors
 * @throws TypeError for text
 */
export function withSides<R>(
  caller: string,
  reference: NumericInput,
  current: NumericInput,
  work: (reference: Source, current: Source) => R,
  passes: Passes = "many",
): R {
  const sides = [numericSide(caller, "reference", reference), numericSide(caller, "current", current)];
  return withSources(sides, passes, (sources) => work(sources[0]!, sources[1]!));
}

/** The same for any number of columns, each with its name for errors. */
export function withGroups<R>(
  caller: string,
  groups: readonly { readonly name: string; readonly column: NumericInput }[],
  work: (sources: readonly Source[]) => R,
  passes: Passes = "many",
): R {
  return withSources(
    groups.map(({ name, column }) => numericSide(caller, name, column)),
    passes,
    work,
  );
}

/** The same for one column of numbers. */
export function withSource<R>(
  caller: string,
  input: NumericInput,
  work: (source: Source) => R,
  passes: Passes = "many",
): R {
  return withSources([numericSide(caller, "the column", input)], passes, (sources) => work(sources[0]!));
}

/**
 * Orders a column of numbers, or counts a column of text, once. Every later comparison with it as the reference reads
 * only the current side.
 *
 * @param reference numbers, truth values, points in time or text; nulls and NaN are left out and counted
 * @returns plain data, valid as long as it is referenced; costs 8 bytes a value, or an entry for each distinct text
 * @throws TypeError for types that are not supported
 */
export function prepare(reference: readonly (number | null | undefined)[] | ArrayBufferView | FixedColumn): Prepared;
export function prepare(reference: readonly (string | null | undefined)[] | TextColumn): PreparedCategories;
export function prepare(reference: ColumnInput): Prepared | PreparedCategories;
export function prepare(reference: ColumnInput): Prepared | PreparedCategories {
  const column = columnOf(reference, "reference", "prepare");
  if (column.kind === "categorical") return prepareCategories(column);
  if (!isFixed(column)) throw new TypeError(`prepare: reference must hold numbers or text, got ${column.type}`);
  return prepareColumn(column, commonRepresentation([integerRangesOf(column)]));
}

/**
 * A column of numbers, truth values or points in time.
 *
 * @throws TypeError for text
 */
export function numericColumn(caller: string, which: string, input: ColumnInput): FixedColumn {
  const column: Column = columnOf(input, which, caller);
  if (!isFixed(column)) {
    throw new TypeError(`${caller}: ${which} must hold numbers, got ${column.type}`);
  }
  return column;
}

/** The same, or what `prepare` made of one. */
export function numericSide(caller: string, which: string, input: NumericInput): FixedColumn | Prepared {
  if (isPreparedCategories(input)) throw new TypeError(`${caller}: ${which} must hold numbers, got ${input.type}`);
  return isPrepared(input) ? input : numericColumn(caller, which, input);
}

function shared(sides: readonly (FixedColumn | Prepared)[]): Representation {
  return commonRepresentation(sides.map((side) => (isPrepared(side) ? preparedRanges(side) : integerRangesOf(side))));
}

/** Whether a column alone is represented as 64-bit integers. */
export function isWide(column: FixedColumn | Prepared): boolean {
  return shared([column]) !== "f64";
}

function withSources<R>(
  sides: readonly (FixedColumn | Prepared)[],
  passes: Passes,
  work: (sources: readonly Source[]) => R,
): R {
  const representation = shared(sides);
  const columns = sides.filter((side) => !isPrepared(side)) as FixedColumn[];
  const dense = columns.map(({ chunks, rows }) => ({ chunks, rows, representation, selection: null }));
  const run = (columns: readonly Dense[]): R => {
    let next = 0;
    return work(
      sides.map((side) => (isPrepared(side) ? preparedSource(side, representation) : denseSource(columns[next++]!))),
    );
  };
  return passes === "one" ? run(dense) : withResident(dense, run);
}
