/** Columns of vectors as sides of a comparison. */
import type { VectorColumn } from "../column/column.js";
import { type ColumnInput, columnOf } from "../column/column-of.js";
import type { VectorsSeen } from "../engine/vectors.js";
import { isPrepared } from "./prepared.js";
import type { NumericInput } from "./sides.js";
import type { Missing } from "./source.js";

/**
 * Both sides as vectors of one dimension.
 *
 * @param caller named in errors
 * @throws TypeError for other columns, RangeError for vectors of different dimensions
 */
export function vectorSides(caller: string, reference: NumericInput, current: NumericInput) {
  const x = vectorColumn(caller, "reference", reference);
  const y = vectorColumn(caller, "current", current);
  if (x.dimension !== y.dimension) {
    throw new RangeError(`${caller}: vectors must be of one dimension, got ${x.dimension} and ${y.dimension}`);
  }
  return [x, y] as const;
}

/** Whether a side is a column of vectors. @param caller, which  named in errors */
export function isOfVectors(caller: string, which: string, input: NumericInput): boolean {
  return !isPrepared(input) && columnOf(input as ColumnInput, which, caller).kind === "vector";
}

/** Rows without a vector, as results report them: `null` where a vector or a component is, `nan` where else one is NaN. */
export function missingVectors({ rows, nulls, nan }: VectorsSeen): Missing {
  return { rows, null: nulls, nan };
}

function vectorColumn(caller: string, which: string, input: NumericInput): VectorColumn {
  const column = isPrepared(input) ? input : columnOf(input as ColumnInput, which, caller);
  if (!("chunks" in column) || column.kind !== "vector") {
    throw new TypeError(`${caller}: ${which} must hold vectors, got ${column.type}`);
  }
  return column;
}
