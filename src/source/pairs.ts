/** Two columns whose rows belong together: what row-by-row statistics read. */
import { type FixedColumn, isFixed } from "../column/column.js";
import { type ColumnInput, columnOf } from "../column/column-of.js";
import type { Dense } from "../engine/dense.js";
import { chunksInMemory } from "../engine/in-memory.js";
import type { PairsSeen } from "../engine/pairs.js";
import { isPrepared } from "./prepared.js";
import type { NumericInput } from "./sides.js";
import type { Missing } from "./source.js";
import { commonRepresentation, integerRangesOf } from "./values.js";

/**
 * Both sides of rows that belong together, represented alike.
 *
 * @param caller named in errors, and so are both sides
 * @throws TypeError for text and for what `prepare` returned, which is in another order; RangeError for columns of
 *   unequal length
 */
export function pairedSides(
  caller: string,
  reference: NumericInput,
  current: NumericInput,
  [first, second]: readonly [string, string] = ["reference", "current"],
): [Dense, Dense] {
  const x = columnWithRows(caller, first, reference);
  const y = columnWithRows(caller, second, current);
  if (x.rows !== y.rows) {
    throw new RangeError(`${caller}: paired rows need columns of equal length, got ${x.rows} and ${y.rows} rows`);
  }
  const representation = commonRepresentation([integerRangesOf(x), integerRangesOf(y)]);
  const dense = ({ chunks, rows }: FixedColumn): Dense => ({ chunks, rows, representation, selection: null });
  return [dense(x), dense(y)];
}

/**
 * A column and the weights of its rows, both as doubles.
 *
 * @param caller named in errors
 * @throws as `pairedSides`
 */
export function weightedRows(caller: string, column: NumericInput, weights: NumericInput): [Dense, Dense] {
  const x = columnWithRows(caller, "column", column);
  const w = columnWithRows(caller, "weights", weights);
  if (x.rows !== w.rows) {
    throw new RangeError(`${caller}: weights need as many rows as the column, got ${w.rows} for ${x.rows}`);
  }
  const dense = ({ chunks, rows }: FixedColumn): Dense => ({ chunks, rows, representation: "f64", selection: null });
  return [dense(x), dense(w)];
}

/** Rows without a pair, as results report them: `null` where a side is null, `nan` where else a side is NaN. */
export function missingPairs({ rows, nulls, nan }: PairsSeen): Missing {
  return { rows, null: nulls, nan };
}

function columnWithRows(caller: string, which: string, input: NumericInput): FixedColumn {
  if (isPrepared(input)) {
    throw new TypeError(`${caller}: rows that belong together need the columns as they are, got a prepared ${which}`);
  }
  const column = columnOf(input as ColumnInput, which, caller);
  if (!isFixed(column)) throw new TypeError(`${caller}: ${which} must hold numbers, got ${column.type}`);
  return { ...column, chunks: chunksInMemory(column.chunks, `${caller}: ${which}`) };
}
