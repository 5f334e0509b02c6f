/** Rows drawn from a column of vectors, without those that are missing. */
import type { VectorColumn } from "../column/column.js";
import { chooseSome } from "../engine/random.js";
import { completeRows, pickRows } from "../engine/vector-rows.js";
import type { VectorsSeen } from "../engine/vectors.js";

/** A column, and which of its rows are neither null nor hold a null or a NaN. */
export interface CompleteVectors {
  readonly column: VectorColumn;
  readonly complete: Uint8Array;
  readonly seen: VectorsSeen;
  /** How many rows are complete. */
  readonly count: number;
}

export interface SampledVectors {
  /** One after the other. */
  readonly rows: Float64Array;
  readonly dimension: number;
  /** Complete rows of the column. */
  readonly count: number;
}

export function completeVectors(column: VectorColumn): CompleteVectors {
  const { complete, seen } = completeRows(column);
  return { column, complete, seen, count: seen.rows - seen.nulls - seen.nan };
}

/** All complete rows, or `most` of them drawn with the seed. */
export function sampledVectors(
  { column, complete, count }: CompleteVectors,
  most: number,
  seed: number,
  stream: number,
): SampledVectors {
  const chosen = chooseSome(count, Math.min(count, most), seed, stream);
  const rows: number[] = [];
  for (let row = 0, place = 0; rows.length < chosen.length; row++) {
    if (complete[row] === 0) continue;
    if (chosen[rows.length] === place) rows.push(row);
    place++;
  }
  return { rows: pickRows(column, rows), dimension: column.dimension, count };
}
