/** `columnOf`: anything that holds one column's values, as a column. */
import type { Column } from "./column.js";
import { columnOfValues, columnOfVectors } from "./values.js";
import { columnOfVector, isVector } from "./vector.js";

/** Vectors one after the other, `dimension` numbers each. */
export interface VectorsInput {
  /** A Float32Array, Float64Array or Float16Array, of as many numbers as rows times `dimension`. */
  readonly values: ArrayBufferView;
  readonly dimension: number;
}

/** What `columnOf` takes: a typed array, a plain array, a Vector of apache-arrow, vectors one after the other, or a column. */
export type ColumnInput =
  | Column
  | VectorsInput
  | ArrayBufferView
  | readonly (number | null | undefined)[]
  | readonly (bigint | null | undefined)[]
  | readonly (boolean | null | undefined)[]
  | readonly (string | null | undefined)[]
  | readonly (Date | null | undefined)[]
  | { readonly type: object; readonly data: readonly unknown[]; readonly length: number };

/** Whether `input` is a column already. */
export function isColumn(input: unknown): input is Column {
  const { kind, chunks, rows } = input as Partial<Column>;
  return (
    typeof kind === "string" &&
    (Array.isArray(chunks) || (chunks as { stored?: unknown } | undefined)?.stored === true) &&
    typeof rows === "number"
  );
}

/** Whether `input` is vectors one after the other. */
export function isVectors(input: unknown): input is VectorsInput {
  const { values, dimension } = input as Partial<VectorsInput>;
  return (
    ArrayBuffer.isView(values) && dimension !== undefined && !ArrayBuffer.isView(dimension) && !Array.isArray(dimension)
  );
}

/**
 * Makes a validated column of what holds its values. Typed arrays and Vectors are not copied, plain arrays of numbers
 * and truth values are.
 *
 * null and undefined are null (as in Arrow), NaN stays NaN: both are counted, neither enters a statistic. Numbers are
 * numeric, Bool is boolean, text and dictionaries of text are categorical, dates, times and timestamps temporal;
 * FixedSizeLists of floating-point numbers are vectors.
 *
 * @param name, caller  of the column, and who is to be named in messages
 * @throws TypeError when the input or its type is not supported, RangeError for integers beyond 64 bits, FormatError
 *   when a Vector's buffers are not what its type promises
 */
export function columnOf(input: ColumnInput, name = "the column", caller = "columnOf"): Column {
  const where = `${caller}: ${name}`;
  if (ArrayBuffer.isView(input) || Array.isArray(input)) return columnOfValues(input, where);
  if (typeof input === "object" && input !== null) {
    if (isVector(input)) return columnOfVector(input, name, caller);
    if (isColumn(input)) return input;
    if (isVectors(input)) return columnOfVectors(input, where);
  }
  const found = input === null ? "null" : typeof input;
  throw new TypeError(`${where} needs a typed array, an array or an Arrow Vector, got ${found}`);
}
