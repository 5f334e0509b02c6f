/** Which rows are behind a number: those that are missing, out of range, not in a list, duplicated, … */
import type { Column, Table } from "../../column/column.js";
import { markedRows, type RowTest, type TestedValue } from "../../column/marked-rows.js";
import { operandOf } from "../../column/operand.js";
import { duplicatedRowMarks } from "./row-quality.js";

/** What values are held against, for metrics that need it. Bounds belong to the range: numbers, else ISO 8601 or digits. */
export interface KnownValues {
  readonly min?: number | string;
  readonly max?: number | string;
  readonly categories?: ReadonlySet<string>;
}

export interface FailingRows {
  readonly count: number;
  /** The first of them, ascending. */
  readonly indices: number[];
}

/**
 * The rows that a metric counts, by the name of the metric or of its share:
 *
 * - `null`, `nan`, `missing` (both), `positiveInfinity`, `negativeInfinity`, `infinite`, `empty`, `zeros`, `negatives`
 * - `outOfRange`: finite values below `min` or above `max`; `min` and `max`: those below `min`, or above `max`, alone
 * - `outOfList`: values that are not among the `categories`
 * - `minLength`, `maxLength`: texts of fewer than `min` or more than `max` UTF-8 bytes
 * - without a column: `missing`, rows in which any column has no value; `duplicatedRows` and `duplicatedRowShare`, rows
 *   that equal an earlier one
 *
 * Opened tables are read from where they are, at a byte a row, nine for duplicates.
 *
 * @param known   bounds and lists that the metric needs
 * @param most    indices that are wanted
 * @returns `null` where a metric has no rows of its own, or the column or a bound is not there
 */
export function failingRows(
  table: Table,
  metric: string,
  column: string | null,
  known: KnownValues,
  most: number,
): FailingRows | null {
  const name = metric.replace(/Share$/, "");
  if (column === null) {
    const isDuplicates = metric === "duplicatedRows" || metric === "duplicatedRowShare";
    const marks = isDuplicates ? duplicatedRowMarks(table) : name === "missing" ? anyMissing(table) : null;
    return marks && counted(marks, most);
  }
  const looked = table.columns.get(column);
  const test = looked && testOf(name, looked, known);
  return test ? counted(markedRows(looked, test), most) : null;
}

function counted(marks: Uint8Array, most: number): FailingRows {
  const indices: number[] = [];
  let count = 0;
  for (let row = 0; row < marks.length; row++) {
    if (marks[row] === 0) continue;
    if (indices.length < most) indices.push(row);
    count++;
  }
  return { count, indices };
}

const missing: RowTest = { null: true, nan: true, value: false };

function anyMissing({ columns, rows }: Table): Uint8Array {
  const any = new Uint8Array(rows);
  for (const column of columns.values()) {
    const marks = markedRows(column, missing);
    for (let row = 0; row < rows; row++) any[row]! |= marks[row]!;
  }
  return any;
}

function testOf(metric: string, column: Column, known: KnownValues): RowTest | null {
  switch (metric) {
    case "missing":
      return missing;
    case "null":
      return { null: true, nan: false, value: false };
    case "nan":
      return { null: false, nan: true, value: false };
  }
  const value = column.kind === "vector" ? null : valueTestOf(metric, column, known);
  return value && { null: false, nan: false, value };
}

type ValueTest = Exclude<RowTest["value"], boolean>;

function valueTestOf(metric: string, column: Column, known: KnownValues): ValueTest | null {
  const isText = column.kind === "categorical";
  switch (metric) {
    case "empty":
      return (value) => value === "";
    case "positiveInfinity":
      return (value) => value === Number.POSITIVE_INFINITY;
    case "negativeInfinity":
      return (value) => value === Number.NEGATIVE_INFINITY;
    case "infinite":
      return isInfinite;
    case "zeros":
      return column.kind === "numeric" ? (value) => value === 0 : null;
    case "negatives":
      return column.kind === "numeric" ? (value) => (value as number | bigint) < 0 && !isInfinite(value) : null;
    case "min":
      return isText ? null : outside(column, known.min, undefined);
    case "max":
      return isText ? null : outside(column, undefined, known.max);
    case "outOfRange":
      return isText ? null : outside(column, known.min, known.max);
    case "outOfList":
      return known.categories ? notAmong(column, known.categories) : null;
    case "minLength":
    case "maxLength":
      return isText ? ofLength(metric, known) : null;
    default:
      return null;
  }
}

function isInfinite(value: TestedValue): boolean {
  return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
}

/** Of what cannot be held against the column's values no row is named: a check tells why elsewhere. */
function outside(column: Column, min: KnownValues["min"], max: KnownValues["max"]): ValueTest | null {
  if (min === undefined && max === undefined) return null;
  try {
    const low = min === undefined ? null : operandOf(column, min, "failingRows: min");
    const high = max === undefined ? null : operandOf(column, max, "failingRows: max");
    return (value) => ((low?.(value) ?? 0) < 0 || (high?.(value) ?? 0) > 0) && !isInfinite(value);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}

/** Categories of numbers and truth values are named as JavaScript prints them. */
function notAmong({ kind }: Column, categories: ReadonlySet<string>): ValueTest | null {
  if (kind === "temporal") return null;
  const nameOf = kind === "boolean" ? (value: TestedValue) => String(value === 1) : String;
  return (value) => !categories.has(nameOf(value));
}

function ofLength(metric: "minLength" | "maxLength", { min, max }: KnownValues): ValueTest | null {
  const bound = metric === "minLength" ? min : max;
  if (typeof bound !== "number") return null;
  const encoder = new TextEncoder();
  const length = (value: TestedValue): number => encoder.encode(value as string).length;
  return metric === "minLength" ? (value) => length(value) < bound : (value) => length(value) > bound;
}
