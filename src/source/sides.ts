/** The two sides of a comparison as sources: what people pass becomes what plans ask. */
import type { Column, FixedColumn } from "../column/column.js";
import { type ColumnInput, columnOf } from "../column/column-of.js";
import { type Representation, withResident } from "../engine/dense.js";
import { isPrepared, type Prepared, prepareColumn, preparedSource, representationOf } from "./prepared.js";
import type { Missing, Source } from "./source.js";
import { commonRepresentation, denseSource } from "./values.js";

/** One side of a numeric comparison: a typed array, a plain array, an Arrow Vector, or what `prepare` returned. */
export type NumericInput = ColumnInput | Prepared;

/** Missing values of both sides, as results report them. */
export interface MissingOfBoth {
  readonly reference: Missing;
  readonly current: Missing;
}

/**
 * Runs `work` with both sides as sources that represent values alike; they lie in engine memory until it returns.
 *
 * @param caller named in errors
 * @throws TypeError for text
 */
export function withSides<R>(
  caller: string,
  reference: NumericInput,
  current: NumericInput,
  work: (reference: Source, current: Source) => R,
): R {
  const sides = [numericSide(caller, "reference", reference), numericSide(caller, "current", current)];
  return withSources(sides, (sources) => work(sources[0]!, sources[1]!));
}

/** The same for one column of numbers. */
export function withSource<R>(caller: string, input: NumericInput, work: (source: Source) => R): R {
  return withSources([numericSide(caller, "the column", input)], (sources) => work(sources[0]!));
}

/**
 * Orders a column once. Every later comparison with it as the reference reads only the current side.
 *
 * @param reference numbers, truth values or points in time; nulls and NaN are left out and counted
 * @returns plain data over shared memory, valid as long as it is referenced; costs 8 bytes a value
 * @throws TypeError for text
 */
export function prepare(reference: ColumnInput): Prepared {
  const column = numericColumn("prepare", "reference", reference);
  return prepareColumn(column, commonRepresentation(column));
}

function numericSide(caller: string, which: string, input: NumericInput): FixedColumn | Prepared {
  return isPrepared(input) ? input : numericColumn(caller, which, input);
}

function numericColumn(caller: string, which: string, input: ColumnInput): FixedColumn {
  const column: Column = columnOf(input, which);
  if (column.kind === "categorical") {
    throw new TypeError(`${caller}: ${which} must hold numbers, got ${column.type}`);
  }
  return column;
}

function shared(sides: readonly (FixedColumn | Prepared)[]): Representation {
  const columns = sides.filter((side) => !isPrepared(side)) as FixedColumn[];
  const prepared = sides.filter(isPrepared);
  if (prepared.length === 0) return commonRepresentation(...columns);
  const wide = [commonRepresentation(...columns), ...prepared.map(representationOf)].filter((r) => r !== "f64");
  const integers =
    prepared.every((side) => side.integers) &&
    columns.every(({ chunks }) => chunks.every(({ layout }) => layout === "i64" || layout === "u64"));
  if (wide.length === 0 || !integers) return "f64";
  return wide.every((representation) => representation === wide[0]) ? wide[0]! : "f64";
}

function withSources<R>(sides: readonly (FixedColumn | Prepared)[], work: (sources: readonly Source[]) => R): R {
  const representation = shared(sides);
  const columns = sides.filter((side) => !isPrepared(side)) as FixedColumn[];
  const dense = columns.map(({ chunks, rows }) => ({ chunks, rows, representation, selection: null }));
  return withResident(dense, (resident) => {
    let next = 0;
    return work(
      sides.map((side) => (isPrepared(side) ? preparedSource(side, representation) : denseSource(resident[next++]!))),
    );
  });
}
